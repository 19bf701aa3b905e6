"""After the despatch: minutes that go into the next pack, and texts to paste."""

from pathlib import Path

from flow_making import Desk, Office, at_desk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QPlainTextEdit, QWidget
from test_desk_day import add_item, begin_meeting, go_to_desk

from desktop.sample import SAMPLE_PASSPHRASE
from desktop.secretary.minutes import NAME, ToDo, minutes_of
from desktop.secretary.project import load_project
from desktop.ui.window import Screen


def dialog_of(desk: Desk, title: str) -> QDialog:
    def shown() -> list[QDialog]:
        dialogs = desk.window.findChildren(QDialog)
        return [each for each in dialogs if each.isVisible() and each.windowTitle() == title]

    desk.wait(shown, f"the dialog “{title}”")
    dialog = shown()[0]
    dialog.activateWindow()
    return dialog


def press_in(dialog: QDialog, words: str) -> None:
    buttons = [each for each in dialog.findChildren(QAbstractButton) if each.isVisible()]
    QTest.mouseClick(next(each for each in buttons if each.text().strip() == words), Qt.MouseButton.LeftButton)


def words_in(dialog: QWidget) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def area(dialog: QDialog, name: str) -> QPlainTextEdit:
    return next(each for each in dialog.findChildren(QPlainTextEdit) if each.accessibleName() == name)


def test_minutes_are_typed_and_go_into_the_next_pack(office: Office, tmp_path: Path) -> None:
    first, later = tmp_path / "february", tmp_path / "march"
    with at_desk(office.home, SAMPLE_PASSPHRASE) as desk:
        go_to_desk(desk)
        begin_meeting(desk, first)
        add_item(desk, "Minutes of the last meeting")
        add_item(desk, "Matters arising")
        desk.key(Qt.Key.Key_Escape)
        desk.wait_for("Not despatched yet")
        desk.press("Minutes… Trust Board")
        dialog = dialog_of(desk, "Minutes")
        items = dialog.list  # type: ignore[attr-defined]
        items.setFocus()
        QTest.keyClick(items, Qt.Key.Key_Down)
        for name, words in (
            ("What was said", "They were taken as read."),
            ("Decisions, one on each line", "AGREED"),
            ("Actions, one on each line: what | who | by when", "Write to the ICB | DoF | 1 March"),
        ):
            field = area(dialog, name)
            field.setFocus()
            QTest.keyClicks(field, words)
        press_in(dialog, "Put into the next pack")
        desk.wait_for("No later meeting of Trust Board is on the desk")
        press_in(dialog, "Close")
        desk.wait((first / NAME).exists, "the minutes kept")
        item = minutes_of(load_project(first), first).items[0]
        assert (item.said, item.decisions) == ("They were taken as read.", ("AGREED",))
        assert item.actions == (ToDo("Write to the ICB", "DoF", "1 March"),)
        screen = desk.app.window.screen_of(Screen.DESK)
        assert screen is not None
        project = load_project(first).for_next_meeting(load_project(first).meeting.held_on.replace(month=3))
        screen.meeting_begun.emit(str(later), project)  # type: ignore[attr-defined]
        desk.wait_screen(Screen.PREPARING)
        desk.key(Qt.Key.Key_Escape)
        desk.wait(lambda: len(minutes_buttons(desk)) == 2, "both meetings")
        QTest.mouseClick(minutes_buttons(desk)[1], Qt.MouseButton.LeftButton)
        dialog = dialog_of(desk, "Minutes")
        press_in(dialog, "Put into the next pack")
        desk.wait_for("are in the next pack")
        papers = [paper.file for item in load_project(later).items for paper in item.papers]
        assert papers == ["Minutes of 12 February 2026.pdf", "Action log.pdf"]
        QApplication.processEvents()


def minutes_buttons(desk: Desk) -> list[QAbstractButton]:
    """The latest meeting's first."""
    buttons = desk.window.findChildren(QAbstractButton)
    found = [each for each in buttons if each.text() == "Minutes…" and each.isVisible()]
    return sorted(found, key=lambda each: each.mapTo(desk.window, each.rect().topLeft()).y())


def test_texts_are_copied(office: Office, tmp_path: Path) -> None:
    with at_desk(office.home, SAMPLE_PASSPHRASE) as desk:
        go_to_desk(desk)
        begin_meeting(desk, tmp_path / "board")
        add_item(desk, "Welcome")
        desk.key(Qt.Key.Key_Escape)
        desk.wait_for("Not despatched yet")
        desk.press("E-mail texts… Trust Board")
        dialog = dialog_of(desk, "E-mail texts")
        press_in(dialog, "Copy the text")
        desk.wait(lambda: "Copied." in words_in(dialog), "that it is copied")
        assert "12 February 2026" in QApplication.clipboard().text()
        press_in(dialog, "Close")
