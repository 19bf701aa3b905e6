"""A secretary's day at the desk: an agenda with its papers, looked through and despatched, and a member let in."""

import shutil
from pathlib import Path

import pymupdf
import pytest
from flow_making import CONTROL, NONE, WORDS, Desk, Office, at_desk, set_up
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QLineEdit, QWidget

from desktop.sample import SAMPLE_PASSPHRASE
from desktop.secretary.project import load_project
from desktop.ui.window import Screen

SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier


def write_pdf(path: Path, *lines: str) -> Path:
    with pymupdf.open() as document:
        page = document.new_page()
        for place, line in enumerate(lines):
            page.insert_text((72, 90 + 24 * place), line, fontsize=14)
        document.save(path)
    return path


def go_to_desk(desk: Desk) -> None:
    desk.wait_screen(Screen.SHELF)
    desk.key(Qt.Key.Key_D, SHIFT)
    desk.wait_screen(Screen.DESK)
    desk.wait_for("People")


def fill_dialog(desk: Desk, **words: str) -> QDialog:
    """Type into the fields of the dialog that is open, by their names."""
    desk.wait(lambda: QApplication.activeModalWidget() or _dialog(desk), "a dialog")
    dialog = _dialog(desk)
    assert dialog is not None
    for name, word in words.items():
        field = next(each for each in dialog.findChildren(QLineEdit) if each.accessibleName() == name.replace("_", " "))
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, word)
        QTest.keyClick(field, Qt.Key.Key_Tab)
    return dialog


def _dialog(desk: Desk) -> QDialog | None:
    shown = [each for each in desk.window.findChildren(QDialog) if each.isVisible()]
    return next((each for each in shown if not isinstance(each, QFileDialog)), None)


def begin_meeting(desk: Desk, folder: Path) -> None:
    desk.press("New meeting…")
    dialog = fill_dialog(
        desk, Day="12 February 2026", Begins_at="1.30 pm", Place="Boardroom", A_folder_for_its_papers=str(folder)
    )
    QTest.mouseClick(button_of(dialog, "Begin the agenda"), Qt.MouseButton.LeftButton)
    desk.wait_screen(Screen.PREPARING)
    desk.window.activateWindow()
    desk.wait_for("Not despatched yet")
    desk.wait(lambda: desk.named("Agenda").hasFocus(), "the keys in the agenda")


def button_of(parent: QWidget, name: str) -> QWidget:
    from PySide6.QtWidgets import QAbstractButton

    return next(each for each in parent.findChildren(QAbstractButton) if each.text().strip() == name)


def add_item(desk: Desk, title: str) -> None:
    desk.key(Qt.Key.Key_Return, CONTROL)
    desk.wait(lambda: isinstance(desk.focused, QLineEdit), "the title's field")
    desk.type(title)
    desk.key(Qt.Key.Key_Tab)


def drop(desk: Desk, files: list[Path]) -> None:
    """Papers let fall on the screen."""
    screen = desk.app.window.screen_of(Screen.PREPARING)
    assert screen is not None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    at, copy, left, none = screen.rect().center(), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, NONE
    enter = QDragEnterEvent(at, copy, data, left, none)
    QApplication.sendEvent(screen, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(screen, QDropEvent(QPointF(at), copy, data, left, none))


def agenda(desk: Desk) -> list[str]:
    return desk.rows_of("Agenda")


def test_papers_find_their_places_and_the_pack_reaches_a_member(office: Office, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    files = [
        write_pdf(papers / "2 Finance report.pdf", "Finance report", "Month 9"),
        write_pdf(papers / "scan0017.pdf", "Chief Executive's report", "To the Trust Board"),
        write_pdf(papers / "notes from phone.pdf", "Nothing in particular"),
    ]
    invitation = office.invite("Amina Okonkwo")
    folder = tmp_path / "February board"
    with at_desk(tmp_path / "amina", invitation=invitation) as member:
        _, phrase = set_up(member, "Amina Okonkwo")
    with at_desk(office.home, SAMPLE_PASSPHRASE) as desk:
        go_to_desk(desk)
        begin_meeting(desk, folder)
        for title in ("Minutes", "Finance report", "Chief Executive's report"):
            add_item(desk, title)
        assert [row.split(",")[0] for row in agenda(desk)] == ["Item 1", "Item 2", "Item 3"]
        drop(desk, files)
        desk.wait_for("2 papers found their place")
        assert "Paper: Finance report, 2 Finance report.pdf" in agenda(desk)
        assert "Paper: Chief Executive's report, scan0017.pdf" in agenda(desk)
        desk.wait(lambda: agenda(desk)[-1] == "File not on the agenda: notes from phone.pdf", "the file left over")
        desk.press("Check the pack")
        desk.wait_for("It can be despatched")
        assert load_project(folder).items[1].papers[0].file == "2 Finance report.pdf"
        desk.wait(lambda: _despatch_button(desk), "the despatch button")
        QTest.mouseClick(_despatch_button(desk), Qt.MouseButton.LeftButton)
        desk.wait_for("edition 1, is despatched")
        desk.key(Qt.Key.Key_Escape)
        desk.wait_for("Edition 1 despatched")
        desk.press("People of Trust Board")
        desk.wait_for(phrase)
        desk.press("Admit Amina Okonkwo")
        desk.wait_for("They are admitted")
    with at_desk(tmp_path / "amina", WORDS) as member:
        member.open_pack("12 February 2026")
        member.wait_for("Finance report")


def _despatch_button(desk: Desk) -> QWidget | None:
    from PySide6.QtWidgets import QAbstractButton

    found = desk.window.findChildren(QAbstractButton)
    return next((each for each in found if each.isVisible() and each.text().startswith("Despatch ")), None)


def test_every_step_can_be_undone_and_is_kept(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "board"
    with at_desk(office.home, SAMPLE_PASSPHRASE) as desk:
        go_to_desk(desk)
        begin_meeting(desk, folder)
        for title in ("Minutes", "Finance", "Quality"):
            add_item(desk, title)
        desk.named("Agenda").setFocus()
        desk.key(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert agenda(desk) == ["Item 1, Minutes", "Item 2, Quality", "Item 3, Finance"]
        desk.key(Qt.Key.Key_Delete)
        assert agenda(desk) == ["Item 1, Minutes", "Item 2, Finance"]
        desk.key(Qt.Key.Key_Z, CONTROL)
        desk.key(Qt.Key.Key_Z, CONTROL)
        assert agenda(desk) == ["Item 1, Minutes", "Item 2, Finance", "Item 3, Quality"]
        desk.key(Qt.Key.Key_Z, SHIFT)
        assert agenda(desk) == ["Item 1, Minutes", "Item 2, Quality", "Item 3, Finance"]
    with at_desk(office.home, SAMPLE_PASSPHRASE) as desk:
        go_to_desk(desk)
        desk.press("Prepare Trust Board")
        desk.wait_screen(Screen.PREPARING)
        assert agenda(desk) == ["Item 1, Minutes", "Item 2, Quality", "Item 3, Finance"]
        assert [item.title for item in load_project(folder).items] == ["Minutes", "Quality", "Finance"]


def test_what_is_wrong_stops_the_despatch_and_says_where(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "board"
    broken = tmp_path / "1 minutes.pdf"
    broken.write_bytes(b"%PDF-1.7 and no more")
    with at_desk(office.home, SAMPLE_PASSPHRASE) as desk:
        go_to_desk(desk)
        begin_meeting(desk, folder)
        add_item(desk, "Minutes")
        desk.key(Qt.Key.Key_Return, SHIFT)
        desk.type("Verbal update")
        desk.key(Qt.Key.Key_Tab)
        status = desk.named("State", QComboBox)
        status.setFocus()
        desk.key(Qt.Key.Key_Down)
        desk.key(Qt.Key.Key_Return)
        drop(desk, [broken])
        desk.wait_for("1 paper found its place")
        desk.press("Check the pack")
        desk.wait_for("must be mended before")
        assert any("1 minutes.pdf" in row or "Minutes" in row for row in desk.rows_of("What pre-flight found"))
        QTest.mouseClick(_despatch_button(desk), Qt.MouseButton.LeftButton)
        desk.wait_for("No pack was written")
        assert not desk.app.window.notices.sentences()[0].startswith("“Trust Board")


@pytest.mark.long
def test_the_real_pack_is_put_together_by_dropping_its_folder(office: Office, corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "nhs"
    folder.mkdir()
    for each in (corpus / "nhs-group-board-2026-01-29").glob("*.pdf"):
        shutil.copy(each, folder)
    with at_desk(office.home, SAMPLE_PASSPHRASE) as desk:
        go_to_desk(desk)
        screen = desk.app.window.screen_of(Screen.DESK)
        screen.folder_wanted.emit(str(folder), "Trust Board")  # type: ignore[union-attr]
        desk.wait_screen(Screen.PREPARING)
        desk.wait_for("Not despatched yet")
        assert len([row for row in agenda(desk) if row.startswith("Paper")]) == 11
