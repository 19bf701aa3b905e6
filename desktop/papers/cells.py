"""A page's tables as rows of cells, told from the rules drawn on it, or from how its words stand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from desktop.pdf.rules import Rule as Box
from desktop.pdf.rules import is_in_columns
from desktop.pdf.words import Word

if TYPE_CHECKING:
    from desktop.papers.paper_text import PaperPage

Line = tuple[Word, ...]
_SAME_LINE = 0.55  # of the lower of two words: so much of it beside the other
_SAME_EDGE = 4.0  # points between the edges of one column on two pages
# What was set in bold comes apart from the comma after it, and "21" from its raised "st".
_SPACED = re.compile(r" ([,.;])(?= |$)|(?<=\d) (st|nd|rd|th)\b")
_LONGEST_HEAD = 60  # letters in a cell that heads a column
_NUMBER = re.compile(r"[\d.,%£$€()\s/x×+–-]+")


@dataclass(frozen=True)
class Cell:
    """A cell. lines: its words, line by line. box: in page points. columns, rows: how many it reaches over."""

    lines: tuple[Line, ...]
    box: Box
    columns: int = 1
    rows: int = 1

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """In reading order."""
        return tuple(word for line in self.lines for word in line)

    @cached_property
    def text(self) -> str:
        """Its words, a space between two; one that was broken at the end of a line is whole again."""
        return _SPACED.sub(r"\1\2", joined_text(said(line) for line in self.lines))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Its lines."""
        return tuple(said(line) for line in self.lines)

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """Around each of its lines."""
        return tuple(around(line) for line in self.lines)


Row = tuple[Cell | None, ...]


@dataclass(frozen=True)
class CellTable:
    """A table on one page (from 0): rows of cells; None where nothing stands, or a cell of another column reaches in.

    Every row has as many places as there are columns. headed: the first row heads the columns. edges: every upright
    rule of it, or where there are none the left edges of its columns, and its right end.
    """

    page: int
    rows: tuple[Row, ...]
    headed: bool = False
    edges: tuple[float, ...] = ()
    ruled: bool = True

    def texts(self) -> list[list[str]]:
        """What its cells say, "" where nothing stands."""
        return [[cell.text if cell else "" for cell in row] for row in self.rows]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """All of them, row by row."""
        return tuple(cell for row in self.rows for cell in row if cell is not None)

    @cached_property
    def box(self) -> Box:
        """Around all of it."""
        return around(self.cells)


@dataclass(frozen=True)
class LongRow:
    """A row of a table that may go on over pages; page: where it begins, from 0."""

    page: int
    cells: Row

    def text(self, column: int) -> str:
        """What stands in a column, "" for nothing; a column there is none of is empty too."""
        cell = self.cells[column] if 0 <= column < len(self.cells) else None
        return cell.text if cell is not None else ""

    @cached_property
    def filled(self) -> tuple[tuple[int, Cell], ...]:
        """Its cells with their columns."""
        return tuple((column, cell) for column, cell in enumerate(self.cells) if cell is not None)

    @property
    def whole(self) -> str:
        """All it says."""
        return " ".join(cell.text for _, cell in self.filled)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Around each line of each cell."""
        return tuple(box for _, cell in self.filled for box in cell.boxes)


@dataclass(frozen=True)
class LongTable:
    """A table with what goes on of it on later pages; heads that are repeated there are left out."""

    rows: tuple[LongRow, ...]
    headed: bool
    columns: int
    ruled: bool
    bottom: float  # where it ends on its last page

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.rows[0].page

    @property
    def last_page(self) -> int:
        """The page it ends on."""
        return self.rows[-1].page

    @cached_property
    def top(self) -> float:
        """Where it begins on its page."""
        return min(box[1] for box in self.rows[0].boxes)


def tables_of(page: "PaperPage") -> tuple[CellTable, ...]:
    """The tables of a page, from the top; none of a page whose words nowhere stand side by side."""
    from desktop.papers.ruled import ruled_tables
    from desktop.papers.unruled import unruled_tables

    if not page.rules and not _stand_in_columns(page.words):
        return ()
    taken: set[int] = set()
    found = list(ruled_tables(page.page, page.rules, page.words, taken)) if page.rules else []
    left = [word for number, word in enumerate(page.words) if number not in taken and word.text.strip()]
    found += unruled_tables(page.page, left, page.rules)
    return tuple(sorted(found, key=lambda table: (table.box[1], table.box[0])))


def _stand_in_columns(words: Sequence[Word]) -> bool:
    return is_in_columns([(word.x0, word.y0, word.x1, word.y1, "", word.block, word.line) for word in words])


def joined_text(lines: Iterable[str]) -> str:
    """Lines as running text."""
    text = ""
    for line in lines:
        if text and _is_broken(text, line):
            hyphened = "-" in line.split(" ", 1)[0]  # "ward-" before "by-ward" keeps its own
            text = (text if hyphened else text[:-1]) + line
        else:
            text += (" " if text and line else "") + line
    return text


def _is_broken(before: str, after: str) -> bool:
    if len(before) < 3 or not before[-2].isalpha() or not after[:1].isalpha():
        return False
    return before[-1] in "\u2010\u00ad" or (before[-1] == "-" and before[-2].islower() and after[0].islower())


def said(line: Iterable[Word]) -> str:
    """A line's words."""
    return " ".join(word.text for word in line).strip()


def around(parts: Sequence[Word] | Sequence[Cell]) -> Box:
    """The box around words or cells, at least one."""
    boxes = [part.box if isinstance(part, Cell) else (part.x0, part.y0, part.x1, part.y1) for part in parts]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def lines_of(words: Sequence[Word]) -> tuple[Line, ...]:
    """Words of one cell as lines from the top, wherever the file has them; what is raised or lowered stays in line."""
    lines: list[list[Word]] = []
    top, bottom = 0.0, 0.0
    for word in sorted(words, key=lambda word: word.y0 + word.y1):
        overlap = min(bottom, word.y1) - max(top, word.y0)
        if lines and overlap > _SAME_LINE * min(bottom - top, word.y1 - word.y0):
            lines[-1].append(word)
            if word.y1 - word.y0 > bottom - top:
                top, bottom = word.y0, word.y1
        else:
            lines.append([word])
            top, bottom = word.y0, word.y1
    return tuple(tuple(sorted(line, key=lambda word: word.x0)) for line in lines)


def is_head(row: Row) -> bool:
    """Whether a row may head the columns: short words in several of them, no numbers."""
    texts = [cell.text for cell in row if cell is not None and cell.text]
    return len(texts) > 1 and not any(_NUMBER.fullmatch(text) or len(text) > _LONGEST_HEAD for text in texts)


# over pages ---------------------------------------------------------------------------------------------------------


def long_tables(pages: Sequence["PaperPage"], tables: Sequence[Sequence[CellTable]]) -> list[LongTable]:
    """A paper's tables, those that go on over a page break in one piece. tables: of each page, from the top."""
    runs: list[list[CellTable]] = []
    open_run: list[CellTable] | None = None
    for page, found in zip(pages, tables, strict=True):
        for number, table in enumerate(found):
            if number == 0 and open_run is not None and _goes_on(open_run[-1], table, page):
                open_run.append(table)
            else:
                open_run = [table]
                runs.append(open_run)
        if open_run is not None and (not found or not _reaches_down(open_run[-1], page)):
            open_run = None
    return [_long(run) for run in runs]


def _reaches_down(table: CellTable, page: "PaperPage") -> bool:
    """Nothing of the page's own stands below it."""
    bottom = table.box[3]
    return table.page == page.page and all(line.middle < bottom for line in page.lines)


def _goes_on(before: CellTable, after: CellTable, page: "PaperPage") -> bool:
    if before.page != after.page - 1 or before.ruled != after.ruled:
        return False
    top = after.box[1]
    if any(line.middle < top for line in page.lines):
        return False
    if after.headed and before.headed and _same_head(before, after):
        return True
    ends = abs(before.edges[0] - after.edges[0]) < _SAME_EDGE and abs(before.edges[-1] - after.edges[-1]) < _SAME_EDGE
    shared = sum(any(abs(edge - other) < _SAME_EDGE for other in before.edges) for edge in after.edges)
    return ends and 2 * shared >= len(after.edges) and 3 * shared >= len(before.edges)


def _same_head(before: CellTable, after: CellTable) -> bool:
    return _folded(before.rows[0]) == _folded(after.rows[0])


def _folded(row: Row) -> list[str]:
    return [re.sub(r"[\W_]+", "", cell.text.casefold()) for cell in row if cell is not None]


def _long(run: Sequence[CellTable]) -> LongTable:
    lefts = _common_lefts(run)
    rows: list[LongRow] = []
    for number, table in enumerate(run):
        own = list(table.rows)
        if number and run[0].headed and _same_head(run[0], table):
            own = own[1:]
        for place, row in enumerate(own):
            placed = LongRow(table.page, _placed(row, lefts))
            if number and place == 0 and rows and _is_rest(placed, rows[-1]):
                rows[-1] = _with_rest(rows[-1], placed)
            elif placed.filled:
                rows.append(placed)
    return LongTable(tuple(rows), run[0].headed, len(lefts), run[0].ruled, run[-1].box[3])


def _common_lefts(run: Sequence[CellTable]) -> list[float]:
    lefts: list[float] = []
    for left in sorted(cell.box[0] for table in run for cell in table.cells):
        if not lefts or left - lefts[-1] > _SAME_EDGE:
            lefts.append(left)
    return lefts


def _placed(row: Row, lefts: Sequence[float]) -> Row:
    """The row's cells in the columns that all pages of the table have in common."""
    placed: list[Cell | None] = [None] * len(lefts)
    for cell in row:
        if cell is not None:
            column = max(place for place, left in enumerate(lefts) if left <= cell.box[0] + _SAME_EDGE)
            reached = sum(cell.box[0] + _SAME_EDGE < left < cell.box[2] - _SAME_EDGE for left in lefts)
            placed[column] = replace(cell, columns=1 + reached)
    return tuple(placed)


def _is_rest(row: LongRow, before: LongRow) -> bool:
    """Whether a row at a page's top is the rest of the last one before: nothing in its first column, and it goes on in
    columns that were begun."""
    filled = {column for column, _ in row.filled}
    begun = {column for column, _ in before.filled}
    return bool(filled) and 0 not in filled and 0 in begun and filled <= begun


def _with_rest(row: LongRow, rest: LongRow) -> LongRow:
    cells = [
        replace(cell, lines=cell.lines + more.lines) if cell and more else cell
        for cell, more in zip(row.cells, rest.cells, strict=True)
    ]
    return LongRow(row.page, tuple(cells))


def column_of(lefts: Sequence[float], x: float) -> int:
    """The column a place across the page lies in."""
    return sum(left <= x for left in lefts[1:])


def merged(intervals: Iterable[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """Intervals that touch, or nearly, in one."""
    found: list[tuple[float, float]] = []
    for start, end in sorted(intervals):
        if found and start <= found[-1][1] + gap:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found
