"""Which column of a table says what, told from its heads in whatever words they are put."""

import re
from collections.abc import Mapping, Sequence

from desktop.papers.cells import LongRow, LongTable

_LOOK_IN = 4  # rows at the top of a table that may head it


def heads_of(texts: Sequence[str], words: Mapping[str, re.Pattern[str]]) -> dict[str, int]:
    """Names to columns, for the heads that match; the first column that matches a name has it."""
    found: dict[str, int] = {}
    for column, text in enumerate(texts):
        bare = re.sub(r"[^\w/?# ]+", " ", text).strip()
        name = next((name for name, pattern in words.items() if pattern.fullmatch(bare) and name not in found), None)
        if bare and name is not None:
            found[name] = column
    return found


def headed_by(
    table: LongTable, words: Mapping[str, re.Pattern[str]], needed: str, fewest: int
) -> tuple[dict[str, int], int] | None:
    """The columns by name and the row that heads them, where one of the first heads `needed` and `fewest` in all."""
    for place, row in enumerate(table.rows[:_LOOK_IN]):
        found = heads_of(texts_of(row), words)
        if needed in found and len(found) >= fewest:
            return found, place
    return None


def texts_of(row: LongRow) -> list[str]:
    """What each of its cells says."""
    return [row.text(column) for column in range(len(row.cells))]
