"""Selected words: over lines, columns and pages, in reading order; their text, their strips, their anchor."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop.annotations.anchor import Anchor, Quad
from desktop.packs.book import Book
from desktop.reader.lines import Line, TextPage

CONTEXT = 120  # characters of prefix and suffix
_CELL_GAP = 0.8  # of a line's height: what stands further apart in one row is two cells

Pages = Callable[[int], TextPage | None]  # a page of the book -> its words, or None while they are not loaded


@dataclass(frozen=True, order=True, slots=True)
class Caret:
    """A point between words: so many words of that page of the book lie before it."""

    page: int
    index: int


@dataclass(frozen=True, slots=True)
class Selection:
    """From where the reader began to where the pointer or caret is now; either may come first."""

    anchor: Caret
    focus: Caret

    @property
    def start(self) -> Caret:
        """The earlier end."""
        return min(self.anchor, self.focus)

    @property
    def end(self) -> Caret:
        """The later end."""
        return max(self.anchor, self.focus)

    @property
    def empty(self) -> bool:
        """Whether it is only a caret."""
        return self.anchor == self.focus

    @property
    def pages(self) -> range:
        """The pages of the book it touches; none when empty."""
        return range(0) if self.empty else range(self.start.page, self.end.page + 1)

    def span(self, page: int, count: int) -> tuple[int, int]:
        """The selected words of a page that has `count`: first and end."""
        if page not in self.pages:
            return 0, 0
        first = self.start.index if page == self.start.page else 0
        end = self.end.index if page == self.end.page else count
        return min(first, count), min(end, count)

    def extended(self, focus: Caret) -> "Selection":
        """The same beginning, another end."""
        return Selection(self.anchor, focus)

    def around(self, unit: "Selection") -> "Selection":
        """Grown from this word or line to take in that one: dragging after a double or triple click."""
        if unit.start < self.start:
            return Selection(self.end, unit.start)
        return Selection(self.start, max(self.end, unit.end))


def word_at(page: int, text: TextPage, x: float, y: float) -> Selection | None:
    """The word under a point of a page."""
    word = text.word_at(x, y)
    return None if word is None else Selection(Caret(page, word), Caret(page, word + 1))


def line_at(page: int, text: TextPage, x: float, y: float) -> Selection | None:
    """The line of the word under a point of a page."""
    word = text.word_at(x, y)
    if word is None:
        return None
    line = text.line_of(word)
    return Selection(Caret(page, line.first), Caret(page, line.end))


def text_of(selection: Selection, pages: Pages) -> str:
    """The selected words as plain text: paragraphs flow, lines that end early stay lines, split words are joined."""
    return "\n".join(part for part in (_page_text(selection, page, pages) for page in selection.pages) if part)


def _page_text(selection: Selection, page: int, pages: Pages) -> str:
    text = pages(page)
    if text is None:
        return ""
    first, end = selection.span(page, len(text))
    parts: list[str] = []
    before: Line | None = None
    for line in text.lines:
        words = [word.text for word in text.words[max(first, line.first) : min(end, line.end)]]
        if not words:
            continue
        if before is not None:
            parts.append(_joint(text, before, line, parts))
        parts.append(" ".join(words))
        before = line
    return "".join(parts)


def _joint(text: TextPage, before: Line, line: Line, parts: list[str]) -> str:
    """What stands between two lines: a tab between cells of a row, nothing where a word was split, a blank in a
    paragraph, else a line feed."""
    if line.stands_beside(before):
        return "\t" if line.x0 - before.x1 > _CELL_GAP * (line.y1 - line.y0) else " "
    if before.block != line.block:
        return "\n"
    if text.in_table(line) or text.in_table(before):
        return "\n"
    last, following = parts[-1], text.words[line.first]
    if len(last) > 1 and last[-1] in "-\u00ad\u2010" and last[-2].isalpha() and following.text[:1].islower():
        parts[-1] = last[:-1]
        return ""
    right = max(other.x1 for other in text.lines if other.block == line.block)
    room = right - before.x1
    # Had the next word still fitted, the line was ended on purpose.
    return "\n" if room > (following.x1 - following.x0) + (following.y1 - following.y0) else " "


def boxes_on(selection: Selection, page: int, text: TextPage) -> list[tuple[float, float, float, float]]:
    """The selection on one page as strips, one a line, in page points."""
    first, end = selection.span(page, len(text))
    return text.boxes(first, end) if first < end else []


def anchor_of(selection: Selection, book: Book, pages: Pages) -> Anchor | None:
    """The place of the selection, in the paper where it begins; None when no word of that paper is selected."""
    spans = list(_spans(selection, book, pages))
    if not spans:
        return None
    (page, text, first, _), (_, last_text, _, end) = spans[0], spans[-1]
    where = book.pages[page]
    return Anchor(
        paper_id=where.paper.paper_id,
        sha256=where.paper.version,
        page=where.index,
        label=where.label,
        quads=tuple(
            Quad(book.pages[number].index, *box) for number, on, begin, stop in spans for box in on.boxes(begin, stop)
        ),
        exact=" ".join(word.text for _, on, begin, stop in spans for word in on.words[begin:stop]),
        prefix=_before(text, first),
        suffix=_after(last_text, end),
        heading=text.heading_above(first),
    )


def _spans(selection: Selection, book: Book, pages: Pages) -> Iterator[tuple[int, TextPage, int, int]]:
    paper_id = ""
    for page in selection.pages:
        text = pages(page)
        first, end = selection.span(page, len(text)) if text is not None else (0, 0)
        if text is None or first >= end:
            continue
        paper_id = paper_id or book.pages[page].paper.paper_id
        if book.pages[page].paper.paper_id != paper_id:
            return
        yield page, text, first, end


def _before(text: TextPage, first: int) -> str:
    """Whole words before, up to about 120 characters."""
    taken: list[str] = []
    length = 0
    for word in reversed(text.words[:first]):
        taken.append(word.text)
        length += len(word.text) + 1
        if length >= CONTEXT:
            break
    return " ".join(reversed(taken))


def _after(text: TextPage, end: int) -> str:
    taken: list[str] = []
    length = 0
    for word in text.words[end:]:
        taken.append(word.text)
        length += len(word.text) + 1
        if length >= CONTEXT:
            break
    return " ".join(taken)
