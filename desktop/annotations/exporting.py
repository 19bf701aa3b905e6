"""Notes on their way out: as annotations of a PDF, as Markdown, as a table, and as W3C Web Annotations."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from desktop.annotations.entries import ARROW, ELLIPSE, INK, LINE, NOTE, QUESTION, RECTANGLE, TEXT, Annotation
from desktop.annotations.sheet_writing import plain_markdown
from desktop.packs.book import Book
from desktop.pdf.annotations import PdfMark, to_pdf_date

OURS = "despatch-"  # before the id, where a file names a mark of ours
CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"despatch": "urn:despatch:"}]
MARK = "despatch:mark"  # what the standard has no words for
_PAGES = "http://tools.ietf.org/rfc/rfc3778"
_RGB = {
    "question": (1.0, 0.898, 0.478),
    "risk": (1.0, 0.722, 0.671),
    "action": (0.671, 0.839, 1.0),
    "agree": (0.714, 0.906, 0.69),
    "challenge": (0.863, 0.769, 0.984),
}
_SUBTYPES = {
    "highlight": "Highlight", "underline": "Underline", "strike out": "StrikeOut", "squiggly line": "Squiggly",
    TEXT: "FreeText", INK: "Ink", RECTANGLE: "Square", ELLIPSE: "Circle", LINE: "Line", ARROW: "Line",
}  # fmt: skip
_MOTIVES = {NOTE: "commenting", QUESTION: "questioning", TEXT: "commenting"}
_SIGN, _STEP = 20.0, 26.0  # points: a note's sign, and from one to the next
_COLUMNS = (
    "Item", "Paper", "Page", "Kind", "Colour", "Note", "Passage", "Question for", "Asked", "Answer", "Author", "Made",
    "Changed",
)  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """A mark with where it stands, as people say it."""

    mark: Annotation
    item: str
    paper: str
    page: str


def listed(book: Book, marks: Iterable[Annotation], paper_id: str = "") -> list[Listed]:
    """Marks in the order of the book; those of one paper where it is named. Of papers that are gone they come last."""
    order = {paper.paper_id: place for place, paper in enumerate(book.papers)}
    wanted = [mark for mark in marks if paper_id in ("", mark.anchor.paper_id)]
    wanted.sort(key=lambda mark: (order.get(mark.anchor.paper_id, len(order)), *mark.place, mark.created))
    return [_listed(book, order, mark) for mark in wanted]


def author_of(mark: Annotation, member: str) -> str:
    """Who made a mark. member: whose notebook it is in."""
    if not mark.is_mine:
        return mark.sharing.name
    return mark.origin.author if mark.origin is not None else member


def to_pdf_marks(marks: Sequence[Annotation], member: str) -> list[PdfMark]:
    """As annotations of the paper's PDF. A mark over several pages is one on each, the first with the words.

    Whom a question is for, and what was answered, stay here: other readers would not show them.
    """
    stacked: dict[int, int] = defaultdict(int)
    made: list[PdfMark] = []
    for mark in marks:
        made += _pdf_parts(mark, member, stacked)
    return made


def to_markdown(rows: Sequence[Listed], title: str) -> str:
    """Notes under their papers, each with its page and passage."""
    parts = [f"# {plain_markdown(title)}"]
    before = None
    for row in rows:
        if row.paper != before:
            before = row.paper
            parts.append("## " + plain_markdown(f"{row.item}\u2002{row.paper}" if row.item else row.paper))
        parts.append(_markdown(row))
    return "\n\n".join(parts) + "\n"


def to_csv(rows: Sequence[Listed], member: str) -> str:
    """A table, a mark a row. Cells that a spreadsheet would take for a formula begin with an apostrophe."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(_COLUMNS)
    for row in rows:
        mark, asking = row.mark, row.mark.asking
        asked = ("yes" if asking.asked else "no") if asking else ""
        cells = [row.item, row.paper, row.page, mark.kind, mark.colour, mark.words, mark.anchor.exact]
        cells += [asking.whom if asking else "", asked, asking.answer if asking else ""]
        table.writerow([_harmless(cell) for cell in (*cells, author_of(mark, member), mark.created, mark.changed)])
    return written.getvalue()


def to_jsonld(rows: Sequence[Listed], member: str) -> str:
    """W3C Web Annotations (https://www.w3.org/TR/annotation-model/), with what only we have under a name of our own."""
    items = [_annotation(row, member) for row in rows]
    page = {"@context": CONTEXT, "type": "AnnotationPage", "items": items}
    return json.dumps(page, ensure_ascii=False, indent=1)


# ---- to PDF


def _pdf_parts(mark: Annotation, member: str, stacked: dict[int, int]) -> Iterator[PdfMark]:
    by_page: dict[int, list[tuple[float, float, float, float]]] = defaultdict(list)
    for quad in mark.anchor.quads if mark.shape is None else ():
        by_page[quad.page].append((quad.x0, quad.y0, quad.x1, quad.y1))
    if not by_page:
        yield _shown(mark, member, stacked)
    for number, (page, quads) in enumerate(sorted(by_page.items())):
        whole = replace(_told(mark, member), kind=_SUBTYPES.get(mark.kind, "Highlight"), page=page, quads=tuple(quads))
        yield whole if number == 0 else replace(whole, name=f"{whole.name}.{number}", words="")


def _shown(mark: Annotation, member: str, stacked: dict[int, int]) -> PdfMark:
    """What is drawn, or a note's sign; those of a whole page stand side by side in its corner."""
    told, shape, page = _told(mark, member), mark.shape, mark.anchor.page
    if shape is None:
        x, stacked[page] = 24.0 + _STEP * stacked[page], stacked[page] + 1
        return replace(told, kind="Text", box=(x, 24.0, x + _SIGN, 24.0 + _SIGN))
    strokes = tuple(tuple((x, y) for x, y, _ in stroke) for stroke in shape.strokes)
    kind = _SUBTYPES.get(mark.kind, "Text")
    return replace(told, kind=kind, box=shape.box, strokes=strokes, width=shape.width, arrow=mark.kind == ARROW)


def _told(mark: Annotation, member: str) -> PdfMark:
    return PdfMark(
        "Text", mark.anchor.page, (0.0, 0.0, 0.0, 0.0), colour=_RGB[mark.colour], author=author_of(mark, member),
        subject=mark.kind.capitalize(), words=mark.words, name=OURS + mark.id,
        created=to_pdf_date(datetime.fromisoformat(mark.created)),
        changed=to_pdf_date(datetime.fromisoformat(mark.changed)),
    )  # fmt: skip


# ---- as text


def _listed(book: Book, order: dict[str, int], mark: Annotation) -> Listed:
    place, anchor = order.get(mark.anchor.paper_id), mark.anchor
    if place is None:
        return Listed(mark, "", "Papers no longer in this pack", anchor.label)
    paper = book.papers[place]
    here = paper.version == anchor.sha256 and anchor.page < paper.count
    label = book.pages[paper.first + anchor.page].label if here else anchor.label
    return Listed(mark, paper.item, paper.title, label or f"{anchor.page + 1} of its paper")


def _markdown(row: Listed) -> str:
    mark = row.mark
    quote = " ".join(mark.anchor.exact.split())
    by = f", by {mark.origin.author}" if mark.origin and mark.origin.author else ""
    lines = [f"- **{mark.kind.capitalize()}** ({mark.colour}), page {row.page}{plain_markdown(by)}"]
    lines += ["  " + plain_markdown(mark.words).replace("\n", "  \n  ")] if mark.words else []
    lines += [f"  > {plain_markdown(quote)}"] if quote else []
    if mark.asking and mark.asking.answer:
        lines.append("  Answer: " + plain_markdown(mark.asking.answer).replace("\n", "  \n  "))
    return "  \n".join(lines)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell


# ---- as Web Annotations


def _annotation(row: Listed, member: str) -> dict[str, Any]:
    mark = row.mark
    made: dict[str, Any] = {
        "id": f"urn:despatch:note:{mark.id}",
        "type": "Annotation",
        "motivation": _MOTIVES.get(mark.kind, "highlighting"),
        "created": mark.created,
        "modified": mark.changed,
        "target": _target(row),
        MARK: _mark(mark),
    }
    if author := author_of(mark, member):
        made["creator"] = {"type": "Person", "name": author}
    if mark.words:
        made["body"] = {"type": "TextualBody", "value": mark.words, "format": "text/plain"}
    return made


def _target(row: Listed) -> dict[str, Any]:
    anchor = row.mark.anchor
    boxes = "".join(
        f"&viewrect={quad.x0:g},{quad.y0:g},{quad.x1 - quad.x0:g},{quad.y1 - quad.y0:g}"
        for quad in anchor.quads[:1]
    )  # fmt: skip
    page = {"type": "FragmentSelector", "conformsTo": _PAGES, "value": f"page={anchor.page + 1}{boxes}"}
    quote = {"type": "TextQuoteSelector", "exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix}
    return {
        "source": f"urn:sha256:{anchor.sha256}",
        "format": "application/pdf",
        "selector": [page, *([quote] if anchor.exact else [])],
        "despatch:paper": {"id": anchor.paper_id, "title": row.paper},
    }


def _mark(mark: Annotation) -> dict[str, Any]:
    anchor = mark.anchor
    told: dict[str, Any] = {
        "kind": mark.kind, "colour": mark.colour, "label": anchor.label, "heading": anchor.heading,
        "quads": [asdict(quad) for quad in anchor.quads],
    }  # fmt: skip
    if mark.shape is not None:
        told["shape"] = mark.shape.as_fields()
    if mark.asking is not None:
        told["asking"] = asdict(mark.asking)
    return told
