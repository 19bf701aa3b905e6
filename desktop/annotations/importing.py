"""Notes made elsewhere, on their way in from an annotated copy of a paper; those of a file are `web_import`'s.

Each is placed by its strips, which are checked against the words, and by its words where they lie elsewhere; what
cannot be placed is kept as a note on its page. Who made it stays with it, and nothing is taken in twice.
"""

import colorsys
import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.entries import (
    ARROW,
    ELLIPSE,
    FOREIGN,
    HIGHLIGHT,
    INK,
    LINE,
    NOTE,
    QUESTION,
    RECTANGLE,
    TEXT,
    Annotation,
    Asking,
    Origin,
    new_id,
    time_now,
)
from desktop.annotations.exporting import OURS
from desktop.annotations.seeking import Passage, seek
from desktop.annotations.shapes import Shape, boxed
from desktop.annotations.text import PaperText
from desktop.pdf.annotations import PASSAGES, PdfMark, from_pdf_date

_ALIKE, _ENOUGH = 0.9, 12  # share of a paper's words that its copy must have; words without which nothing can be told
_KIND_OF = {
    "Highlight": HIGHLIGHT, "Underline": "underline", "StrikeOut": "strike out", "Squiggly": "squiggly line",
    "FreeText": TEXT, "Ink": INK, "PolyLine": INK, "Polygon": INK, "Square": RECTANGLE, "Circle": ELLIPSE, "Line": LINE,
}  # fmt: skip
_HUES = ((35, "risk"), (75, "question"), (170, "agree"), (255, "action"), (325, "challenge"), (361, "risk"))


@dataclass(frozen=True)
class Home:
    """A paper of the open pack that notes may belong to. labels: its pages' printed numbers."""

    pack_id: str
    paper_id: str
    version: str
    labels: tuple[str, ...]
    text: PaperText = field(repr=False)


@dataclass(frozen=True)
class Taken:
    """What an import comes to. known: marks that are here already; loose: of `marks`, those whose words were not found
    and that stand on their page as a whole; empty: that say and mark nothing; elsewhere: of other papers."""

    marks: tuple[Annotation, ...] = ()
    known: int = 0
    loose: int = 0
    empty: int = 0
    elsewhere: int = 0


def names_of(marks: Iterable[Annotation]) -> set[str]:
    """By what marks would be known again."""
    marks = list(marks)
    return {mark.id for mark in marks} | {mark.origin.source for mark in marks if mark.origin}


def is_same(copy: PaperText, own: PaperText) -> bool:
    """Whether one is a copy of the other, by the words of its pages; never where there are hardly any."""
    if copy.pages != own.pages or len(own.tokens) < _ENOUGH:
        return False
    ours, theirs = _words_by_page(own), _words_by_page(copy)
    shared = sum((ours & theirs).values())
    return shared >= _ALIKE * max(sum(ours.values()), 1)


def from_pdf(marks: Sequence[PdfMark], copy: PaperText, home: Home, known: Collection[str]) -> Taken:
    """The marks of a copy of a paper; see `is_same`."""
    taken = _Taking(home, set(known))
    for parts in _grouped(marks):
        taken.take(parts[0], [quad for part in parts for quad in _quads(part)], copy)
    return taken.whole()


# ---- from a PDF


class _Taking:
    """Takes one mark after another into a paper."""

    def __init__(self, home: Home, known: set[str]) -> None:
        self._home, self._known = home, known
        self._marks: list[Annotation] = []
        self._counts: Counter[str] = Counter()

    def whole(self) -> Taken:
        """What it came to."""
        counts = self._counts
        return Taken(tuple(self._marks), counts["known"], counts["loose"], counts["empty"])

    def take(self, mark: PdfMark, quads: Sequence[Quad], copy: PaperText) -> None:
        """One mark of the copy. quads: its strips, on all its pages."""
        source, passage = _source(mark), mark.kind in PASSAGES and bool(quads)
        shape = None if passage else _shape(mark)
        if source in self._known:
            self._counts["known"] += 1
        elif not passage and shape is None and not mark.words.strip():
            self._counts["empty"] += 1
        else:
            self._known.add(source)
            anchor = _placed(quads, copy, self._home) if passage else page_anchor(self._home, mark.page)
            if anchor is not None:
                self._marks.append(self._made(mark, source, anchor, _kind(mark), mark.words.strip(), shape))
            else:
                self._counts["loose"] += 1
                words, page = _with_quote(mark.words.strip(), copy, quads), page_anchor(self._home, mark.page)
                self._marks.append(self._made(mark, source, page, NOTE, words, None))

    def _made(
        self, mark: PdfMark, source: str, anchor: Anchor, kind: str, words: str, shape: Shape | None
    ) -> Annotation:
        created = _moment(mark.created) or _moment(mark.changed) or time_now()
        asking = Asking() if kind == QUESTION else None
        return Annotation(
            new_id(), self._home.pack_id, anchor, kind, _colour(mark.colour), words, created,
            _moment(mark.changed) or created, shape, asking, origin=Origin(mark.author.strip(), source),
        )  # fmt: skip


def _grouped(marks: Sequence[PdfMark]) -> list[list[PdfMark]]:
    """The parts of one of our marks over several pages together; any other alone."""
    groups: dict[str, list[PdfMark]] = {}
    for number, mark in enumerate(marks):
        ours = mark.name.startswith(OURS)
        groups.setdefault(mark.name.partition(".")[0] if ours else str(number), []).append(mark)
    return list(groups.values())


def _placed(quads: Sequence[Quad], copy: PaperText, home: Home) -> Anchor | None:
    """Where the words under strips of the copy stand in the paper; None where they do not."""
    under = copy.tokens_under(quads)
    page = page_anchor(home, quads[0].page)
    if under is None:  # over a picture: there are no words to check
        return replace(page, quads=tuple(quads))
    own, text = home.text.tokens_under(quads), home.text
    if own is not None and text.letters(*own) == copy.letters(*under):
        return replace(anchor_in(home, *own), quads=tuple(quads))
    return sought(Passage.of_text(copy, *under), quads[0].page, home)


def sought(passage: Passage, page: int, home: Home) -> Anchor | None:
    """A passage by its words: the only one on its page, or the one in the paper that has its neighbours; else None."""
    text = home.text
    here = [hit for hit in text.find(passage.exact) if text.page_of(hit[0]) == page]
    if len(here) == 1:
        return anchor_in(home, *here[0])
    found = seek(passage, text)
    return anchor_in(home, found.first, found.end) if found is not None else None


def anchor_in(home: Home, first: int, end: int) -> Anchor:
    """The place of tokens first to end of a paper's text."""
    made = home.text.anchor(page_anchor(home, 0), home.paper_id, home.version, first, end)
    return replace(made, label=label_of(home, made.page))


def page_anchor(home: Home, page: int) -> Anchor:
    """The place of a whole page."""
    return Anchor(home.paper_id, home.version, page, label_of(home, page))


def label_of(home: Home, page: int) -> str:
    """The printed number of a page, "" where it has none."""
    return home.labels[page] if 0 <= page < len(home.labels) else ""


def _with_quote(words: str, copy: PaperText, quads: Sequence[Quad]) -> str:
    """A note whose passage was not found says what it was."""
    under = copy.tokens_under(quads)
    quote = f"“{copy.said(*under)}”" if under is not None else ""
    return "\n".join(part for part in (words, quote) if part)


def _quads(mark: PdfMark) -> list[Quad]:
    return [Quad(mark.page, *quad) for quad in mark.quads]


def _kind(mark: PdfMark) -> str:
    said = mark.subject.casefold()
    if mark.name.startswith(OURS) and said in (NOTE, QUESTION):
        return said
    if mark.kind == "Line" and mark.arrow:
        return ARROW
    return _KIND_OF.get(mark.kind, NOTE)


def _shape(mark: PdfMark) -> Shape | None:
    """Of what is drawn or lies at a point; None where there is nothing."""
    x0, y0, x1, y1 = mark.box
    if mark.kind in ("Square", "Circle"):
        return replace(boxed((x0, y0), (x1, y1)), width=mark.width)
    if mark.kind == "FreeText":
        return boxed((x0, y0), (x1, y1))
    if mark.kind in ("Text", "Caret"):
        return Shape((((x0, y0, 1.0),),)) if mark.words.strip() else None
    strokes = tuple(tuple((x, y, 1.0) for x, y in stroke) for stroke in mark.strokes if stroke)
    if mark.kind == "Line" and strokes:
        strokes = ((strokes[0][0], strokes[0][-1]),)
    return Shape(strokes, mark.width) if strokes else None


def _colour(parts: Sequence[float]) -> str:
    """The colour of ours that looks most like it."""
    if len(parts) != 3:
        return "action"
    hue, _light, strength = colorsys.rgb_to_hls(*parts)
    if strength < 0.15:
        return "action"
    return next(name for most, name in _HUES if hue * 360 < most)


def _source(mark: PdfMark) -> str:
    if mark.name.startswith(OURS):
        return mark.name.removeprefix(OURS).partition(".")[0]
    said = mark.name or mark.words
    facts = (mark.kind, mark.page, mark.box, mark.quads, mark.strokes, mark.author, mark.created, said)
    return FOREIGN + hashlib.sha256(repr(facts).encode()).hexdigest()[:24]


def _moment(written: str) -> str:
    moment = from_pdf_date(written)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if moment is not None else ""


def _words_by_page(text: PaperText) -> "Counter[tuple[int, str]]":
    return Counter((page, text.tokens[token]) for page in range(text.pages) for token in text.page_tokens(page))
