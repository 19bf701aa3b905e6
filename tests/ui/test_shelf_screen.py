"""The shelf: what is next comes first, every state has its word, and keys do what the mouse does."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from shelf_making import NOW, full_shelf, make_body, make_pack

from desktop.library.shelf import PackState
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Text
from desktop.ui.panels.shelf_rows import PackRow
from desktop.ui.shelf import SHOWN, ShelfScreen


@pytest.fixture
def shelf(theme: Theme, qtbot: QtBot) -> ShelfScreen:
    screen = ShelfScreen(theme)
    qtbot.addWidget(screen)
    screen.resize(1200, 700)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()
    screen.show_bodies(full_shelf(), NOW)
    return screen


def said(screen: ShelfScreen) -> str:
    return "\n".join(label.text() for label in screen.findChildren(Text) if label.isVisibleTo(screen))


def row_of(screen: ShelfScreen, pack_id: str) -> PackRow:
    return next(row for row in screen.rows() if row.pack.pack_id == pack_id)


def button_of(screen: ShelfScreen, name: str) -> Button:
    return next(b for b in screen.findChildren(Button) if b.accessibleName() == name and b.isVisibleTo(screen))


def test_the_next_meeting_stands_first_with_its_countdown(shelf: ShelfScreen) -> None:
    assert "Next meeting in 3 days" in said(shelf)
    assert [row.pack.pack_id for row in shelf.rows()][:3] == ["a1", "a2", "a3"]
    assert "b99" in [row.pack.pack_id for row in shelf.rows()]
    assert "in 17 days" in row_of(shelf, "b99").when.text()


def test_two_meetings_on_the_same_day_are_both_next(shelf: ShelfScreen) -> None:
    day = date(2026, 1, 26)
    late = make_pack("x", "Public", day)
    early = make_pack("y", "Private", day)
    early = replace(early, meeting=replace(early.meeting, starts="09:30"))
    shelf.show_bodies([make_body("a", "Board", late, early)], NOW)
    assert "Next meetings today" in said(shelf)
    assert [row.pack.pack_id for row in shelf.rows()] == ["y", "x"]


def test_every_state_has_a_word_and_its_numbers(shelf: ShelfScreen) -> None:
    expected = {
        "a1": ("Unread", "12 of 203 pages read"),
        "a2": ("Read", "203 pages"),
        "a3": ("Updated", "Edition 2"),
        "a4": ("Trouble", "203 of 203 pages read"),
        "a5": ("Downloading", "3 of 12 papers, 14 MB of 60 MB"),
        "b99": ("New", "203 pages, 12 papers"),
    }
    for pack_id, (word, numbers) in expected.items():
        row = row_of(shelf, pack_id)
        assert (row.state.words.text(), row.numbers.text()) == (word, numbers)
        assert word in row.accessibleName()
        assert row.bar.isVisible() == (word == "Downloading")
    assert row_of(shelf, "a5").bar.value() == 233
    assert row_of(shelf, "a3").note.text() == "Item 6 is new."
    assert "3\u00a0decisions\u00a0to\u00a0take" in row_of(shelf, "a1").when.text()


def test_a_body_says_how_sure_it_is_and_what_it_waits_for(shelf: ShelfScreen) -> None:
    words = said(shelf)
    assert "Confirmed 3 hours ago" in words
    assert "Last confirmed 14 days ago: there may be newer papers" in words
    assert "The folder is not there." in words
    assert "amber violin harvest tunnel sparrow" in words
    assert "Packs appear here once you are admitted." in words


def test_a_click_and_enter_open_a_pack(shelf: ShelfScreen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shelf.pack_chosen, check_params_cb=lambda pack: pack == "a3"):
        qtbot.mouseClick(row_of(shelf, "a3"), Qt.MouseButton.LeftButton)
    row = row_of(shelf, "a2")
    row.setFocus()
    with qtbot.waitSignal(shelf.pack_chosen, check_params_cb=lambda pack: pack == "a2"):
        qtbot.keyClick(row, Qt.Key.Key_Return)


def test_arrows_go_from_the_filter_through_the_rows_and_back(shelf: ShelfScreen, qtbot: QtBot) -> None:
    shelf.setFocus()
    assert QApplication.focusWidget() is shelf.filter
    for wanted in ("a1", "a2", "a3"):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        assert row_of(shelf, wanted).hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    assert shelf.rows()[-1].hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Home)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert shelf.filter.hasFocus()


def test_typing_anywhere_filters(shelf: ShelfScreen, qtbot: QtBot) -> None:
    row = row_of(shelf, "a2")
    row.setFocus()
    qtbot.keyClick(row, "n")
    qtbot.keyClicks(shelf.filter, "ovember board")
    qtbot.waitUntil(lambda: [row.pack.pack_id for row in shelf.rows()] == ["a2"])
    assert "1 of 16 packs" in said(shelf)
    qtbot.keyClick(shelf.filter, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(shelf.rows()) > 5)


def test_a_filter_without_match_says_what_to_do(shelf: ShelfScreen, qtbot: QtBot) -> None:
    qtbot.keyClicks(shelf.filter, "zeppelin")
    qtbot.waitUntil(lambda: "No pack matches" in said(shelf))
    qtbot.mouseClick(button_of(shelf, "Show every pack"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(shelf.rows()) > 5)


def test_trouble_can_be_tried_again(shelf: ShelfScreen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shelf.retry_wanted, check_params_cb=lambda pack: pack == "a4"):
        qtbot.mouseClick(row_of(shelf, "a4").again, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(shelf.check_wanted):
        qtbot.mouseClick(button_of(shelf, "Try again to reach Audit Committee"), Qt.MouseButton.LeftButton)


def test_f5_checks_and_checking_is_seen(shelf: ShelfScreen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shelf.check_wanted):
        qtbot.keyClick(shelf.filter, Qt.Key.Key_F5)
    shelf.checking(True)
    assert "Checking…" in shelf.check.text()
    assert not shelf.check.isEnabled()
    shelf.checking(False)
    assert shelf.check.isEnabled()


def test_progress_changes_the_row_in_place_and_keeps_the_focus(shelf: ShelfScreen) -> None:
    row = row_of(shelf, "a5")
    row.setFocus()
    bodies = full_shelf()
    board = bodies[2]
    further = replace(board.packs[4], papers_here=4, done=30_000_000)
    bodies[2] = replace(board, packs=(*board.packs[:4], further))
    shelf.show_bodies(bodies, NOW + timedelta(minutes=1))
    assert row_of(shelf, "a5") is row
    assert row.hasFocus()
    assert row.numbers.text() == "4 of 12 papers, 30 MB of 60 MB"


def test_a_new_pack_keeps_the_focus_where_it_was(shelf: ShelfScreen) -> None:
    row_of(shelf, "a2").setFocus()
    bodies = full_shelf()
    bodies[2] = replace(bodies[2], packs=(*bodies[2].packs, make_pack("a9", "Late", date(2025, 12, 1))))
    shelf.show_bodies(bodies, NOW)
    assert row_of(shelf, "a2").hasFocus()


def test_earlier_packs_are_shown_when_asked_for(shelf: ShelfScreen, qtbot: QtBot) -> None:
    def audit() -> list[str]:
        return [row.pack.pack_id for row in shelf.rows() if row.pack.pack_id.startswith("b")]

    assert len(audit()) == SHOWN
    button = button_of(shelf, "Show 3 earlier packs of Audit Committee")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert len(audit()) == 11


def test_the_menu_of_a_row_opens_by_key(shelf: ShelfScreen, qtbot: QtBot) -> None:
    row = row_of(shelf, "a4")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), row.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(row, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Open pack",
        "Meeting sheet",
        "What becomes of my notes…",
        "Try again",
        "Copy title and date",
    ]
    menu.actions()[-1].trigger()
    menu.close()
    assert QApplication.clipboard().text() == "Trust Board in September, Thursday 25 September 2025"
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


def test_an_empty_shelf_says_what_to_do(shelf: ShelfScreen, qtbot: QtBot) -> None:
    shelf.clear()
    assert shelf.rows() == []
    assert "Nothing on the shelf yet" in said(shelf)
    with qtbot.waitSignal(shelf.sample_wanted):
        qtbot.mouseClick(button_of(shelf, "Look at the sample board"), Qt.MouseButton.LeftButton)


def test_a_pack_with_no_pages_and_no_place_is_shown(shelf: ShelfScreen) -> None:
    bare = make_pack("z", "", date(2025, 1, 1), pages=0, read=0, papers=0, papers_here=0, size=0, done=0)
    shelf.show_bodies([make_body("a", "", replace(bare, state=PackState.NEW))], NOW)
    assert row_of(shelf, "z").numbers.text() == "0 pages, 0 papers"
