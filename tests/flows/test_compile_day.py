"""A secretary who has never seen Despatch compiles a pack: from the first window to the despatch, and to one PDF."""

import shutil
import time
from datetime import datetime
from pathlib import Path

import pymupdf
import pytest
from flow_making import CONTROL, WORDS, Desk, Office, at_desk, keep_code
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFileDialog, QLineEdit, QSpinBox

from desktop.sample import SAMPLE_PASSPHRASE
from desktop.secretary.project import load_project
from desktop.ui.window import Screen

SHIFT = CONTROL | Qt.KeyboardModifier.ShiftModifier
MINUTES = 5


def dialog_of(desk: Desk, title: str) -> QDialog:
    def shown() -> QDialog | None:
        found = [each for each in desk.window.findChildren(QDialog) if each.isVisible() and each.windowTitle() == title]
        return found[-1] if found else None

    desk.wait(shown, f"the dialog “{title}”")
    found = shown()
    assert found is not None
    found.activateWindow()
    return found


def fill(dialog: QDialog, name: str, words: str) -> None:
    field = next(each for each in dialog.findChildren(QLineEdit) if each.accessibleName() == name)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)
    QTest.keyClick(field, Qt.Key.Key_Tab)


def choose(dialog: QDialog, path: Path) -> None:
    """In the system's own dialog a person types the path, or clicks to it."""
    assert isinstance(dialog, QFileDialog)
    if dialog.fileMode() is QFileDialog.FileMode.Directory:
        dialog.fileSelected.emit(str(path))
        dialog.reject()
        return
    dialog.selectFile(str(path))
    dialog.accept()


def pick(dialog: QDialog, name: str, words: str) -> None:
    box = next(each for each in dialog.findChildren(QComboBox) if each.accessibleName() == name)
    box.setFocus()
    while box.currentText() != words:
        before = box.currentIndex()
        QTest.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() != before, words


def finish(desk: Desk, dialog: QDialog) -> None:
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    desk.window.activateWindow()


def begin_as_secretary(desk: Desk) -> None:
    desk.wait_for("Do you send papers out?")
    desk.press("Begin as a secretary")
    desk.wait_for("Choose a passphrase")
    desk.fill(WORDS, WORDS)
    desk.press("Protect my papers")
    keep_code(desk)
    desk.wait_screen(Screen.DESK)


def found_body(desk: Desk, repository: Path) -> None:
    desk.wait_for("No body yet")
    desk.press("Become the secretary of a body…")
    dialog = dialog_of(desk, "Become the secretary of a body")
    fill(dialog, "Its name", "Group Trust Board")
    fill(dialog, "Organisation", "Associate University NHS Group")
    fill(dialog, "An empty folder for its packs", str(repository))
    finish(desk, dialog)
    desk.wait_for("Group Trust Board is ready")


@pytest.mark.long
def test_the_nhs_pack_is_compiled_and_despatched_by_what_the_screens_say(corpus: Path, tmp_path: Path) -> None:
    """The steps of the help's first pages, one by one. What a person needs besides is said there, and was measured."""
    folder = tmp_path / "nhs-group-board-2026-01-29"
    shutil.copytree(corpus / folder.name, folder)
    began = time.monotonic()
    with at_desk(tmp_path / "home") as desk:
        begin_as_secretary(desk)
        found_body(desk, tmp_path / "packs")
        desk.press("Take up a folder of papers…")
        choose(dialog_of(desk, "Take up a folder of papers"), folder)
        desk.wait_screen(Screen.PREPARING)
        desk.wait_for("Thursday 29 January 2026")
        assert len([row for row in desk.rows_of("Agenda") if row.startswith("Paper")]) == 11
        desk.press("Check the pack")
        desk.wait_for("It can be despatched")
        assert any("considered" in row for row in desk.rows_of("What pre-flight found"))
        desk.press("Despatch to 0 members")
        desk.wait_for("edition 1, is despatched")
    assert list((tmp_path / "packs" / "targets" / "blob").iterdir())
    assert time.monotonic() - began < MINUTES * 60, "a person would be far slower"


def test_a_new_secretary_finds_the_desk_and_decides_how_long_notes_stay(tmp_path: Path) -> None:
    with at_desk(tmp_path / "home") as desk:
        begin_as_secretary(desk)
        found_body(desk, tmp_path / "packs")
        desk.press("Members’ notes of Group Trust Board")
        dialog = dialog_of(desk, "Members’ notes of Group Trust Board")
        pick(dialog, "Notes on a meeting", "Destroyed some days after the meeting")
        dialog.findChild(QSpinBox).setValue(30)
        fill(dialog, "Destroy nothing for now, because of", "Request 12")
        finish(desk, dialog)
        desk.wait_for("It is decided, and signed")
        desk.press("Members’ notes of Group Trust Board")
        again = dialog_of(desk, "Members’ notes of Group Trust Board")
        assert again.findChild(QSpinBox).value() == 30
        again.reject()


@pytest.mark.long
def test_a_body_on_an_object_store_asks_for_its_key(office: Office) -> None:
    with at_desk(office.home, SAMPLE_PASSPHRASE) as desk:
        desk.wait_screen(Screen.SHELF)
        desk.key(Qt.Key.Key_D, SHIFT)
        desk.wait_for("Become the secretary of another body…")
        desk.press("Become the secretary of another body…")
        dialog = dialog_of(desk, "Become the secretary of a body")
        fill(dialog, "Its name", "Audit Committee")
        fill(dialog, "Organisation", "Anytown")
        pick(dialog, "Where its packs lie", "A bucket of S3, or of a store like it")
        box = next(each for each in dialog.findChildren(QComboBox) if each.accessibleName() == "Where its packs lie")
        QTest.keyClick(box, Qt.Key.Key_Return)
        box.activated.emit(box.currentIndex())
        finish(desk, dialog)
        assert dialog.trouble.text() == "The place begins with s3://"  # type: ignore[attr-defined]
        fill(dialog, "Its place", "s3://papers/audit")
        finish(desk, dialog)
        assert dialog.trouble.text() == "It needs: Access key ID."  # type: ignore[attr-defined]
        fill(dialog, "Access key ID", "key")
        fill(dialog, "Secret access key", "secret")
        fill(dialog, "Endpoint, if it is a store of your own", "http://127.0.0.1:9")
        finish(desk, dialog)
        desk.wait_for("cannot be reached, or answered with an error")
    assert "s3" not in office("roster", "--body", "Trust Board")


@pytest.mark.long
def test_items_come_from_the_workplan_and_the_pack_becomes_one_pdf(
    office: Office, corpus: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "2025-05-29 board"
    folder.mkdir()
    nhs = corpus / "nhs-group-board-2026-01-29"
    shutil.copy(nhs / "03-workplan-2025-26.pdf", folder)
    shutil.copy(nhs / "02-action-sheet.pdf", folder)
    with at_desk(office.home, SAMPLE_PASSPHRASE) as desk:
        desk.wait_screen(Screen.SHELF)
        desk.key(Qt.Key.Key_D, SHIFT)
        desk.wait_for("New meeting…")
        screen = desk.app.window.screen_of(Screen.DESK)
        screen.folder_wanted.emit(str(folder), "Trust Board")  # type: ignore[union-attr]
        desk.wait_screen(Screen.PREPARING)
        desk.wait_for("Not despatched yet")
        desk.press("From the workplan…")
        dialog = dialog_of(desk, "Items from the workplan")
        ticked = [box for box in dialog.findChildren(QCheckBox) if box.isChecked()]
        assert ticked
        assert len(ticked) < len(dialog.findChildren(QCheckBox))
        due = len(ticked)
        finish(desk, dialog)
        desk.wait(lambda: len(load_project(folder).items) == 2 + due, "the items on the agenda")
        desk.named("Agenda").setFocus()
        desk.key(Qt.Key.Key_Z, CONTROL)
        desk.wait(lambda: len(load_project(folder).items) == 2, "the items taken back")
        desk.press("One PDF…")
        form = dialog_of(desk, "One PDF of the pack")
        pick(form, "Which copy", "For the public")
        finish(desk, form)
        choose(dialog_of(desk, "One PDF of the pack"), tmp_path / "public.pdf")
        desk.wait_for("public.pdf is written: 5 pages")
    with pymupdf.open(tmp_path / "public.pdf") as made:
        assert [page.get_label() for page in made] == ["i", "ii", "1", "2", "3"]
        assert f"{datetime.now():%B %Y}" in made[0].get_text()
