"""A register as a file for a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from desktop.errors import KnownError
from desktop.registers.table import Entry, Register

_RISKY = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula
_WIDEST = 90  # letters of a column


def write_register(register: Register, entries: Sequence[Entry], path: Path) -> None:
    """Write these rows to a .csv or .xlsx file. Raises KnownError where it cannot be written."""
    try:
        if path.suffix.lower() == ".csv":
            path.write_text(as_csv(register, entries), "utf-8-sig", newline="")
        else:
            _write_xlsx(register, entries, path)
    except OSError as error:
        raise KnownError(
            f"{path.name} could not be written: {error.strerror}.", "The register is unharmed.", "Choose another place."
        ) from error


def as_csv(register: Register, entries: Sequence[Entry]) -> str:
    """Rows with commas; a cell that a spreadsheet would run is text."""
    said = io.StringIO()
    writer = csv.writer(said, lineterminator="\r\n")
    writer.writerow(register.heads)
    writer.writerows([[_harmless(cell) for cell in entry.cells] for entry in entries])
    return said.getvalue()


def _write_xlsx(register: Register, entries: Sequence[Entry], path: Path) -> None:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    book = Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    sheet = book.add_worksheet(register.name)
    strong, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_row(0, 0, register.heads, strong)
    for place, entry in enumerate(entries, 1):
        sheet.write_row(place, 0, entry.cells, wrapped)
    for column, head in enumerate(register.heads):
        longest = max([len(head), *(len(entry.cells[column]) for entry in entries)], default=8)
        sheet.set_column(column, column, min(_WIDEST, longest + 2))
    sheet.freeze_panes(1, 0)
    if entries:
        sheet.autofilter(0, 0, len(entries), len(register.heads) - 1)
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(getattr(error.args[0], "errno", 0), getattr(error.args[0], "strerror", str(error))) from error


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RISKY) else cell
