"""The tables of a page, by the rules drawn round their cells. Runs in the worker process only."""

from typing import Any

_MOST_CELLS = 20_000


def tables_on(page: Any) -> list[list[list[list[float] | None]]]:
    """Rows of cells of each table, a cell as its box in page points or None. page: PyMuPDF's, not MuPDF's.

    None of a page turned round: its boxes would be of the page turned back.
    """
    if page.rotation:
        return []
    found = [[[_box(cell) for cell in row.cells] for row in table.rows] for table in page.find_tables().tables]
    whole = [table for table in found if len(table) > 1]
    return whole if sum(len(row) for table in whole for row in table) <= _MOST_CELLS else []


def _box(cell: Any) -> list[float] | None:
    return None if cell is None else [round(max(0.0, float(side)), 2) for side in cell]
