"""A member looks up what was decided, and lands on the page that says so."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from flow_making import CONTROL, Desk, at_desk
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from desktop.errors import KnownError
from desktop.papers.finding import Confidence, Finding, FindingKind, Place
from desktop.registers.export import as_csv, write_register
from desktop.registers.table import ReadPaper, Register, registers_of
from desktop.sample import SAMPLE_PASSPHRASE
from desktop.ui.window import Screen

SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier


def open_registers(desk: Desk) -> QTableView:
    desk.wait_screen(Screen.SHELF)
    desk.key(Qt.Key.Key_R, SHIFT)
    desk.wait_screen(Screen.REGISTERS)
    table = desk.named("Register", QTableView)
    assert isinstance(table, QTableView)
    desk.wait(lambda: table.model().rowCount(), "what the papers say")
    return table


def cells(table: QTableView) -> list[list[str]]:
    model = table.model()
    return [
        [str(model.index(at, column).data()) for column in range(model.columnCount())] for at in range(model.rowCount())
    ]


def test_a_decision_is_found_and_opens_its_page(member_home: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        table = open_registers(desk)
        desk.key(Qt.Key.Key_F, CONTROL)
        desk.type("BAF 5 increase")
        desk.wait(lambda: table.model().rowCount() == 1, "one decision")
        assert cells(table)[0][:3] == ["27 Nov 2025", "TB/25/84", "RESOLVED"]
        at = table.visualRect(table.model().index(0, 3)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at))
        desk.wait_screen(Screen.READER)
        desk.wait(lambda: desk.pages.is_over_text, "words")  # type: ignore[attr-defined]
        assert "29 January 2026" in desk.window.windowTitle()  # whose pack holds those minutes
        assert desk.page.split(" ")[0] in ("3", "4", "5", "6")


def test_registers_turn_by_key_and_sort_by_their_heads(member_home: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        table = open_registers(desk)
        desk.key(Qt.Key.Key_Tab, CONTROL)
        desk.wait(lambda: table.model().headerData(0, Qt.Orientation.Horizontal) == "Action", "the actions")
        header = table.horizontalHeader()
        at = QPoint(header.sectionViewportPosition(0) + 10, header.height() // 2)
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        refs = [row[0] for row in cells(table) if row[0].startswith("A25-")]
        assert len(refs) > 10
        assert refs in (sorted(refs), sorted(refs, reverse=True))
        table.setFocus()
        table.setCurrentIndex(table.model().index(0, 2))
        for turned in (False, True):
            desk.key(Qt.Key.Key_S, SHIFT)
            leads = [row[2] for row in cells(table)]
            assert leads == sorted(leads, reverse=turned)
        desk.key(Qt.Key.Key_Escape)
        desk.wait_screen(Screen.SHELF)


def read_paper(*findings: Finding) -> ReadPaper:
    return ReadPaper("p" * 16, "q" * 16, date(2026, 1, 29), "3", "Minutes", findings)


def decision(text: str, minute: str = "12", confidence: Confidence = Confidence.CERTAIN) -> Finding:
    facts = {"verb": "RESOLVED", "minute": minute, "of": "2025-11-27"}
    return Finding(FindingKind.DECISION, Place(1), text, facts=facts, confidence=confidence)


def decisions(*findings: Finding) -> Register:
    return registers_of([read_paper(*findings)], date(2026, 1, 29))[0]


def test_a_decision_bears_the_day_of_its_own_meeting() -> None:
    assert decisions(decision("To approve it")).entries[0].cells == ("27 Nov 2025", "12", "RESOLVED", "To approve it")


def test_what_was_read_with_doubt_says_so() -> None:
    sure, unsure = decisions(decision("One"), decision("Two", confidence=Confidence.UNSURE)).entries
    assert not sure.doubt
    assert "doubt" in unsure.doubt


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1", "-2", "@sum"])
def test_a_paper_cannot_put_a_formula_into_a_spreadsheet(cell: str, tmp_path: Path) -> None:
    register = decisions(decision(cell))
    rows = list(csv.reader(io.StringIO(as_csv(register, register.entries))))
    assert rows[0] == list(register.heads)
    assert rows[1][3] == f"'{cell}"
    path = tmp_path / "decisions.xlsx"
    write_register(register, register.entries, path)
    with zipfile.ZipFile(path) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        assert cell.encode() in book.read("xl/sharedStrings.xml")


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    register = decisions(decision("One"))
    for name in ("a.csv", "a.xlsx"):
        with pytest.raises(KnownError, match="could not be written"):
            write_register(register, register.entries, tmp_path / "absent" / name)
