"""The meeting sheet in a member's hands: from reading to the meeting, its answers, its forms, and back to the page."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pymupdf
import pytest
from flow_making import CONTROL, SHIFT, Desk, at_desk
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop.sample import SAMPLE_PASSPHRASE
from desktop.ui.panels.export_dialog import OUTSIDE, ExportDialog
from desktop.ui.panels.sheet_parts import EntryRow
from desktop.ui.panels.shelf_rows import PackRow
from desktop.ui.reading import printing
from desktop.ui.sheet import SheetScreen
from desktop.ui.window import Screen

PACK = "29 January 2026"
NOTE = "Ask who agreed to the marmalade"


def sheet_of(desk: Desk) -> SheetScreen:
    desk.wait_screen(Screen.SHEET)
    screen = desk.app.window.screen_of(Screen.SHEET)
    assert isinstance(screen, SheetScreen)
    return screen


def prepared(desk: Desk) -> str:
    """A question on item 10 and a note on item 13; returns the passage in question."""
    desk.open_pack(PACK)
    desk.go_to("item 10 p2")
    desk.wait(lambda: desk.page.startswith("28  ("), "the second page of item 10")
    words = desk.select(0.3)
    desk.key(Qt.Key.Key_1)
    desk.go_to("item 13")
    desk.key(Qt.Key.Key_2)
    desk.write_note(NOTE)
    return words


def question(screen: SheetScreen) -> EntryRow:
    return next(row for row in screen.rows() if row.entry.is_question)


def open_sheet(desk: Desk) -> SheetScreen:
    desk.key(Qt.Key.Key_M, CONTROL | SHIFT)
    screen = sheet_of(desk)
    desk.wait_for("approve the full business case")
    return screen


def test_a_question_is_ticked_and_answered_and_all_is_there_the_next_day(member_home: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        words = prepared(desk)
        screen = open_sheet(desk)
        titles = [item.number for item in screen.sheet.items] if screen.sheet else []
        assert titles == ["3", "4", "10", "12", "13", "15", "18", "19"]
        row = question(screen)
        assert words[:20] in row.words.text()
        row.box.setFocus()
        desk.key(Qt.Key.Key_Space)
        row.answer.setFocus()
        desk.type("By March, says the director")
        assert screen.count.text() == "1 question, 1 of them asked; 1 note. Only you can see this sheet."
        desk.key(Qt.Key.Key_Escape)
        desk.wait_screen(Screen.READER)
        desk.key(Qt.Key.Key_W, CONTROL)
        desk.wait_screen(Screen.SHELF)
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        desk.wait_screen(Screen.SHELF)
        from_the_shelf(desk)
        screen = sheet_of(desk)
        assert question(screen).box.isChecked()
        assert question(screen).answer.toPlainText() == "By March, says the director"
        desk.key(Qt.Key.Key_Escape)
        desk.wait_screen(Screen.SHELF)


def from_the_shelf(desk: Desk) -> None:
    """By the menu of the pack's row, opened with the menu key."""

    def rows() -> list[PackRow]:
        return [row for row in desk.window.findChildren(PackRow) if PACK in row.accessibleName()]

    desk.wait(rows, "the pack's row")
    menu = rows()[0].make_menu()
    next(action for action in menu.actions() if action.text() == "Meeting sheet").trigger()
    assert isinstance(menu, QMenu)
    menu.close()


def test_ticks_and_answers_are_taken_back_in_turn(member_home: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        prepared(desk)
        row = question(open_sheet(desk))
        row.answer.setFocus()
        desk.type("Perhaps")
        row.box.setFocus()
        desk.key(Qt.Key.Key_Space)
        row.answer.setFocus()
        desk.key(Qt.Key.Key_Z, CONTROL)
        assert not row.box.isChecked()
        desk.key(Qt.Key.Key_Z, CONTROL)
        assert row.answer.toPlainText() == ""
        desk.key(Qt.Key.Key_Z, CONTROL | SHIFT)
        assert row.answer.toPlainText() == "Perhaps"


def test_a_note_leads_to_its_place(member_home: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        prepared(desk)
        row = question(open_sheet(desk))
        row.go.setFocus()
        desk.key(Qt.Key.Key_Return)
        desk.wait_screen(Screen.READER)
        desk.wait(lambda: desk.page.startswith("28  ("), "the page of the question")
        desk.key(Qt.Key.Key_W, CONTROL)
        desk.wait_screen(Screen.SHELF)
        from_the_shelf(desk)
        question(sheet_of(desk)).go.click()
        desk.wait_screen(Screen.READER)
        desk.wait(lambda: desk.page.startswith("28  ("), "the page of the question, from the shelf")


def export(desk: Desk, form: str, path: Path) -> None:
    desk.key(Qt.Key.Key_E, CONTROL | SHIFT)
    dialog = desk.window.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    assert OUTSIDE in [label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text")]
    dialog.buttons[form].click()
    dialog.go.click()
    desk.wait(lambda: desk.window.findChildren(QFileDialog), "where to save")
    files = desk.window.findChildren(QFileDialog)[-1]
    assert files.selectedFiles()[0].endswith(f".{form}")
    files.selectFile(str(path))
    files.accept()
    desk.wait(lambda: any(path.name in words for words in desk.notices()), "word that it is written")
    desk.app.window.activateWindow()


def text_of_pdf(path: Path) -> str:
    with pymupdf.open(path) as document:
        return "\n".join(page.get_text() for page in document)


def text_of_docx(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(path.read_bytes())).paragraphs)


@pytest.mark.parametrize(
    ("form", "read"), [("pdf", text_of_pdf), ("docx", text_of_docx), ("md", lambda path: path.read_text("utf-8"))]
)
def test_the_sheet_is_exported_with_questions_answers_and_asks(
    form: str, read: Callable[[Path], str], member_home: Path, tmp_path: Path
) -> None:
    path = tmp_path / f"sheet.{form}"
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        prepared(desk)
        question(open_sheet(desk)).answer.setFocus()
        desk.type("By March")
        export(desk, form, path)
    said = " ".join(read(path).split())
    for words in ("Trust Board", NOTE, "By March", "page 28", "approve the full business case at a capital cost of"):
        assert words in said
    assert [each.name for each in tmp_path.glob(".*.part")] == []


def test_where_nothing_can_be_written_that_is_said_and_nothing_is_left(member_home: Path, tmp_path: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        prepared(desk)
        screen = open_sheet(desk)
        assert desk.app.reading is not None
        assert screen.sheet is not None
        (tmp_path / "taken").mkdir()
        desk.app.reading.sheeting.write(screen.sheet, "md", tmp_path / "taken")
        desk.wait_for("could not be written")
        assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_the_sheet_is_printed(member_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "printed.pdf"

    def choose(_parent: QWidget, use: Callable[[QPrinter], None]) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        use(printer)

    monkeypatch.setattr(printing, "ask_system", choose)
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        prepared(desk)
        open_sheet(desk)
        desk.key(Qt.Key.Key_P, CONTROL)
        assert NOTE in " ".join(text_of_pdf(path).split())


def test_locking_leaves_nothing_of_the_sheet_in_sight(member_home: Path) -> None:
    with at_desk(member_home, SAMPLE_PASSPHRASE) as desk:
        prepared(desk)
        open_sheet(desk)
        desk.lock()
        assert NOTE not in desk.said()
