"""The tables of a page, and those of a paper in one piece where they go on over a page break."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.papers.cells import Cell, CellTable, LongRow, LongTable, Row
from desktop.papers.ruled import ruled_tables
from desktop.papers.unruled import unruled_tables
from desktop.pdf import rules
from desktop.pdf.protocol import Table
from desktop.pdf.rules import is_in_columns
from desktop.pdf.words import Word

if TYPE_CHECKING:
    from desktop.papers.paper_text import PaperPage

_SAME_EDGE = 4.0  # points between the edges of one column on two pages


def tables_of(page: "PaperPage") -> tuple[CellTable, ...]:
    """The tables of a page, from the top; none of a page whose words nowhere stand side by side."""
    if not page.rules and not _stand_in_columns(page.words):
        return ()
    taken: set[int] = set()
    found = list(ruled_tables(page.page, page.rules, page.words, taken)) if page.rules else []
    left = [word for number, word in enumerate(page.words) if number not in taken and word.text.strip()]
    found += unruled_tables(page.page, left, page.rules)
    return tuple(sorted(found, key=lambda table: (table.box[1], table.box[0])))


def _stand_in_columns(words: Sequence[Word]) -> bool:
    return is_in_columns([(word.x0, word.y0, word.x1, word.y1, "", word.block, word.line) for word in words])


def drawn_tables(words: Sequence[Word], laid: bytes) -> tuple[Table, ...]:
    """The boxes of the cells of a page's tables, of those with rules only: for reading a page without the page.

    laid: as the worker lays them; of what are none, no tables.
    """
    try:
        drawn = rules.read(laid)
    except ValueError:
        return ()
    found = sorted(ruled_tables(0, drawn, words, set()), key=lambda table: (table.box[1], table.box[0]))
    return tuple(tuple(tuple(cell.box if cell else None for cell in row) for row in table.rows) for table in found)


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
