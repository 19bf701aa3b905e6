"""A day of three members who share notes over the repository in a folder, by keys and mouse."""

from pathlib import Path

import pytest
from flow_making import SHIFT, WORDS, Desk, Office, a_member, at_desk, plain_on_disk
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit

from desktop.ui.kit.sharing_words import PRIVATE_WORDS
from desktop.ui.panels.share_dialog import ShareDialog
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.window import Screen

PACK = "29 January 2026"
AMINA, GRACE, TOM = "Amina Okonkwo", "Grace Hall", "Thomas Reed"
ASKED, FOR_ALL = "Is this affordable?", ("For the minutes", "For the auditors")
MENU = QContextMenuEvent.Reason.Keyboard


def reader_of(desk: Desk) -> ReaderScreen:
    found = desk.app.window.screen_of(Screen.READER)
    assert isinstance(found, ReaderScreen)
    return found


def open_whole(desk: Desk) -> ReaderScreen:
    """The newest pack, once its papers are here: from the shelf, or as it was left."""
    come_to(desk)
    desk.wait(lambda: desk.app.reading and desk.app.reading.room.post, "the post")
    desk.wait(lambda: "Downloading" not in desk.said(), "every paper")
    desk.go_to("item 10 p2")
    desk.wait(lambda: desk.page.startswith("28  ("), "the page")
    return reader_of(desk)


def come_to(desk: Desk) -> None:
    desk.wait(lambda: desk.screen in (Screen.SHELF, Screen.READER), "the shelf, or the pack that was left open")
    if desk.screen is Screen.SHELF:
        desk.open_pack(PACK)
    desk.wait(lambda: "of" in desk.page, "the pages")


def write(desk: Desk, words: str, down: float = 0.3) -> None:
    desk.select(down)
    desk.key(Qt.Key.Key_N)
    desk.wait(lambda: isinstance(desk.focused, QPlainTextEdit), "the note to write in")
    desk.type(words)
    desk.wait_for(PRIVATE_WORDS)


def answer_dialog(desk: Desk, name: str) -> str:
    """Choose a member, or everybody, and share; returns what the button said."""
    desk.wait(lambda: desk.window.findChildren(ShareDialog), "the question who sees it")
    dialog = desk.window.findChildren(ShareDialog)[-1]
    assert dialog.nobody.isChecked()  # private unless somebody is chosen
    button = dialog.everybody if name == "*" else next(box for box in dialog.boxes.values() if name in box.text())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, button.height() // 2))
    said = dialog.go.text()
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    desk.wait(lambda: not desk.window.findChildren(ShareDialog), "the question to go")
    desk.window.activateWindow()
    return said


def show_list(desk: Desk) -> None:
    reader = reader_of(desk)
    reader.canvas.setFocus()
    desk.show_notes()
    desk.wait(lambda: reader.side.is_showing(reader.notes), "the list of notes")


def rows(desk: Desk) -> list[str]:
    return desk.rows_of("Notes")


def row_of(desk: Desk, words: str) -> str:
    desk.wait(lambda: any(words in row for row in rows(desk)), f"the note “{words}”")
    return next(row for row in rows(desk) if words in row)


def menu_of(desk: Desk, words: str, choice: str) -> None:
    """Choose from the menu of a note in the list, opened with the menu key."""
    view = reader_of(desk).notes.list
    place = next(number for number, row in enumerate(view.rows) if words in row.spoken)
    at = view.visualRect(view.model().index(place, 0)).center()
    event = QContextMenuEvent(MENU, at, view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), event)
    desk.wait(lambda: [menu for menu in desk.window.findChildren(QMenu) if menu.isVisible()], "the menu")
    menu = next(menu for menu in desk.window.findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.text() == choice).trigger()
    menu.close()


def send_now(desk: Desk) -> None:
    """What waits for a moment of rest goes out when the pack is left and packs are asked for."""
    desk.press("Back to the shelf")
    desk.wait_screen(Screen.SHELF)
    desk.press("Check for new packs")
    desk.wait(lambda: desk._button("Check for new packs"), "an end to checking")


@pytest.fixture
def three(office: Office, tmp_path: Path) -> list[Path]:
    return [a_member(office, tmp_path / name.split()[0], name) for name in (AMINA, GRACE, TOM)]


def test_notes_are_shared_answered_and_withdrawn(office: Office, three: list[Path]) -> None:
    amina, grace, tom = three
    with at_desk(amina, WORDS) as desk:
        open_whole(desk)
        write(desk, ASKED)
        desk.press("Choose who sees this note")
        assert answer_dialog(desk, GRACE) == f"Share with {GRACE}"
        desk.wait_for(f"Shared with {GRACE}.")
        for down, words in zip((0.5, 0.7), FOR_ALL, strict=True):
            write(desk, words, down)
            desk.key(Qt.Key.Key_Escape)
        write(desk, "Mine alone", 0.85)
        desk.key(Qt.Key.Key_Escape)
        show_list(desk)
        assert f"Seen by {GRACE}" in row_of(desk, ASKED)
        view = reader_of(desk).notes.list
        assert {row.emblem for row in view.rows if "Mine alone" in row.spoken} == {"lock"}
        view.put_cursor(next(row.key for row in view.rows if FOR_ALL[0] in row.spoken))
        view.setFocus()
        desk.key(Qt.Key.Key_Down, SHIFT)
        menu_of(desk, FOR_ALL[1], "Share 2 notes…")
        assert answer_dialog(desk, "*") == "Share with everybody"
        desk.wait(lambda: all("Seen by everybody" in row_of(desk, words) for words in FOR_ALL), "who sees the two")
    assert plain_on_disk(office.repository, "affordable", "auditors", "alone") == []

    with at_desk(grace, WORDS) as desk:
        reader = open_whole(desk)
        desk.wait(lambda: any("3 notes have come from Amina Okonkwo" in words for words in desk.notices()), "the notes")
        desk.wait(lambda: reader.commands.notes.text() == "Notes and bookmarks, 3 new", "the sign of new notes")
        show_list(desk)
        assert row_of(desk, ASKED).startswith(f"New, {AMINA}, ")
        assert not any("alone" in row for row in rows(desk))
        menu_of(desk, ASKED, "Read the note")
        desk.press("Reply")
        desk.wait_for("Your reply")
        desk.type("Not this year.")
        desk.key(Qt.Key.Key_Escape)
        assert "Reply" in row_of(desk, "Not this year.")
        assert row_of(desk, ASKED).startswith(AMINA)  # read now
        send_now(desk)
        desk.open_pack(PACK)
        desk.wait(lambda: reader_of(desk).commands.notes.text() == "Notes and bookmarks", "nothing to be new any more")

    with at_desk(tom, WORDS) as desk:
        open_whole(desk)
        show_list(desk)
        row_of(desk, FOR_ALL[0])
        assert not any("affordable" in row or "this year" in row for row in rows(desk))

    with at_desk(amina, WORDS) as desk:
        open_whole(desk)
        show_list(desk)
        assert f"New, {GRACE}, Reply" in row_of(desk, "Not this year.")
        listed = rows(desk)
        note, reply = (next(n for n, row in enumerate(listed) if words in row) for words in (ASKED, "Not this"))
        assert reply == note + 1
        menu_of(desk, ASKED, "Stop sharing")
        desk.wait_for("Private to you again")
        desk.wait(lambda: "Seen by" not in row_of(desk, ASKED), "the lock again")

    with at_desk(grace, WORDS) as desk:
        open_whole(desk)
        show_list(desk)
        row_of(desk, FOR_ALL[0])
        desk.wait(lambda: not any(ASKED in row for row in rows(desk)), "the note to be gone")
