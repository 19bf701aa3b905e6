"""A rectangle of words on one page: a column of a table, or some of its rows, as a spreadsheet takes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from desktop.pdf.words import Word
from desktop.reader.lines import Line, TextPage

_CELL_GAP = 0.8  # of a word's height: what stands further apart is two cells
_CLOSE = 0.5  # of a word's height between two lines of one cell
_SPANNING = 0.2  # of the rows may lie across a gap between columns, as headings do

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Patch:
    """A rectangle on a page of the book, in the page's points. Words whose middle lies in it are taken."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    @staticmethod
    def between(page: int, x: float, y: float, other_x: float, other_y: float) -> "Patch":
        """From one corner to the other, whichever those are."""
        return Patch(page, min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        return self.x0, self.y0, self.x1, self.y1

    def holds(self, word: Word) -> bool:
        """Whether a word is taken."""
        return self.x0 <= (word.x0 + word.x1) / 2 <= self.x1 and self.y0 <= (word.y0 + word.y1) / 2 <= self.y1


def patch_from(page: int, text: TextPage, one: int, other: int) -> Patch:
    """The rectangle from one word to another; in a table from cell to cell, and wide enough for all between."""
    boxes = [_cell_or_word(text, word) for word in (one, other)]
    lefts, tops, rights, feet = zip(*boxes, strict=True)
    left, top, right, foot = min(lefts), min(tops), max(rights), max(feet)
    cells = [
        line
        for line in text.lines
        if top <= (line.y0 + line.y1) / 2 <= foot and line.x0 < right and left < line.x1 and text.in_table(line)
    ]
    return Patch(page, min([left, *(cell.x0 for cell in cells)]), top, max([right, *(cell.x1 for cell in cells)]), foot)


def _cell_or_word(text: TextPage, word: int) -> Box:
    line = text.line_of(word)
    found: Word | Line = line if text.in_table(line) else text.words[word]
    return found.x0, found.y0, found.x1, found.y1


def words_in(patch: Patch, text: TextPage) -> list[Word]:
    """The words of a rectangle."""
    return [word for word in text.words if patch.holds(word)]


def strips_in(patch: Patch, text: TextPage) -> list[Box]:
    """What is taken, as strips: one a cell."""
    return [_around(cell) for row in _rows(words_in(patch, text)) for cell in _cells(row)]


def table_of(patch: Patch, text: TextPage) -> str:
    """The words as rows of cells: a line feed after a row, a tab between cells, so that a spreadsheet takes them so.

    A row whose first cell is empty and which follows closely is the rest of the row above.
    """
    rows = _rows(words_in(patch, text))
    if not rows:
        return ""
    columns = _columns(rows)
    lines: list[list[str]] = []
    bottom = -1e9
    for row in rows:
        cells = [""] * len(columns)
        for cell in _cells(row):
            column = _column_of(cell, columns)
            cells[column] = " ".join((cells[column] + " " + " ".join(word.text for word in cell)).split())
        top, height = min(word.y0 for word in row), max(word.y1 - word.y0 for word in row)
        if lines and not cells[0] and top - bottom < _CLOSE * height:
            lines[-1] = [" ".join(f"{above} {below}".split()) for above, below in zip(lines[-1], cells, strict=True)]
        else:
            lines.append(cells)
        bottom = max(word.y1 for word in row)
    return "\n".join("\t".join(line) for line in lines)


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words side by side, from the top; each row from the left."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.y0 + word.y1) / 2):
        if rows and rows[-1][0].y0 <= (word.y0 + word.y1) / 2 <= rows[-1][0].y1:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.x0) for row in rows]


def _cells(row: Sequence[Word]) -> list[list[Word]]:
    cells = [[row[0]]]
    for before, word in pairwise(row):
        if word.x0 - before.x1 > _CELL_GAP * (word.y1 - word.y0):
            cells.append([word])
        else:
            cells[-1].append(word)
    return cells


def _columns(rows: Sequence[Sequence[Word]]) -> list[tuple[float, float]]:
    """Left and right of each column: where more cells than a few stand over each other, and what stands alone."""
    spans = [_span(cell) for row in rows for cell in _cells(row)]
    allowed = int(len(rows) * _SPANNING)
    columns: list[tuple[float, float]] = []
    edges = sorted({edge for span in spans for edge in span})
    for left, right in pairwise(edges):
        if sum(start <= left and right <= end for start, end in spans) > allowed:
            joined = columns and columns[-1][1] == left
            columns[-1:] = [(columns[-1][0], right)] if joined else [*columns[-1:], (left, right)]
    alone = [span for span in spans if not any(_over(span, column) for column in columns)]
    return sorted([*columns, *dict.fromkeys(alone)])


def _column_of(cell: Sequence[Word], columns: Sequence[tuple[float, float]]) -> int:
    """The column a cell stands in; of several, the first."""
    return next(number for number, column in enumerate(columns) if _over(_span(cell), column))


def _over(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _span(cell: Sequence[Word]) -> tuple[float, float]:
    return cell[0].x0, max(word.x1 for word in cell)


def _around(words: Sequence[Word]) -> Box:
    return (
        min(word.x0 for word in words),
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
    )
