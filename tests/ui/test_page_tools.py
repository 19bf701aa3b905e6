"""Reading by caret, pictures of a page and the page's menu, as a member works them in the reader."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from reader_making import CONTROL, SHIFT, WAIT, Home, Open, at_top, pixel_of, press, select

from desktop.ui.kit.clipboard import clear_our_copy
from desktop.ui.reader_screen import ReaderScreen

NONE, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


@pytest.fixture
def screen(open_reader: Open, qtbot: QtBot) -> ReaderScreen:
    made = open_reader()
    qtbot.waitUntil(lambda: made.canvas.is_over_text(pixel_of(made.canvas, QPointF(80, 75))), timeout=WAIT)
    return made


def said(screen: ReaderScreen) -> str:
    return screen.marking.toast.words.text()


def copied_picture() -> QImage:
    return QGuiApplication.clipboard().image()


def draw(screen: ReaderScreen, left: float, top: float, right: float, foot: float) -> None:
    """A rectangle by the mouse, given in points of the page."""
    port, canvas = screen.canvas.viewport(), screen.canvas
    start, end = (pixel_of(canvas, QPointF(*at)).toPoint() for at in ((left, top), (right, foot)))
    QTest.mousePress(port, LEFT, NONE, start)
    QTest.mouseMove(port, (start + end) / 2)
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, LEFT, NONE, end)


# The caret


def test_f7_says_what_it_does_and_what_turns_it_off(screen: ReaderScreen) -> None:
    press(screen, Qt.Key.Key_F7)
    assert screen.commands.caret.isChecked()
    assert "F7 turns it off" in said(screen)
    press(screen, Qt.Key.Key_F7)
    assert not screen.commands.caret.isChecked()
    assert "off" in said(screen)


def test_words_are_marked_without_a_mouse(screen: ReaderScreen) -> None:
    press(screen, Qt.Key.Key_F7)
    press(screen, Qt.Key.Key_Down)
    for _ in range(3):
        press(screen, Qt.Key.Key_Right, SHIFT)
    assert screen.canvas.selected_text() == "Line 1 of"
    press(screen, Qt.Key.Key_2)
    notebook = screen.marking.notebook
    assert notebook is not None
    (mark,) = notebook.annotations
    assert (mark.anchor.exact, mark.colour) == ("Line 1 of", "risk")
    assert screen.canvas.caret.on
    press(screen, Qt.Key.Key_Return)  # the caret stands behind the mark's last word: nothing opens
    press(screen, Qt.Key.Key_Left)
    press(screen, Qt.Key.Key_Return)
    assert screen.marking.editor.isVisible()


# Citing


def test_a_quote_over_two_pages_names_both(screen: ReaderScreen, qtbot: QtBot) -> None:
    press(screen, Qt.Key.Key_F7)
    press(screen, Qt.Key.Key_End, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: screen.canvas.current_page() == 6 and screen.canvas.has_selection, timeout=WAIT)
    press(screen, Qt.Key.Key_C, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() != "", timeout=WAIT)
    assert (
        QGuiApplication.clipboard().text().endswith("(Minutes of the last meeting, pages 1–3, Board, 29 January 2026)")
    )


# Pictures


def test_a_part_of_a_page_is_copied_sharp_with_its_source(screen: ReaderScreen, qtbot: QtBot) -> None:
    at_top(screen, qtbot)
    press(screen, Qt.Key.Key_G)
    assert screen.commands.grab.isChecked()
    assert "Esc leaves" in said(screen)
    draw(screen, 60, 50, 260, 150)
    qtbot.waitUntil(lambda: not copied_picture().isNull(), timeout=WAIT)
    picture = copied_picture()
    assert picture.width() == pytest.approx(200 * 300 / 72, abs=12)
    assert picture.height() == pytest.approx(100 * 300 / 72, abs=12)
    shades = {picture.pixelColor(x, y).lightness() for x in range(0, picture.width(), 3) for y in range(60, 140)}
    assert min(shades) < 60
    assert max(shades) > 240
    assert QGuiApplication.clipboard().text() == "Minutes of the last meeting, page 1, Board, 29 January 2026"
    assert "on the clipboard" in said(screen)
    assert not screen.commands.grab.isChecked()
    clear_our_copy()
    assert copied_picture().isNull()


def test_a_turned_page_is_copied_as_it_is_read(screen: ReaderScreen, qtbot: QtBot) -> None:
    press(screen, Qt.Key.Key_R)
    press(screen, Qt.Key.Key_G)
    port = screen.canvas.viewport()
    middle = port.rect().center()
    QTest.mousePress(port, LEFT, NONE, middle)
    QTest.mouseMove(port, middle + QPoint(60, 20))
    QTest.mouseMove(port, middle + QPoint(120, 40))
    QTest.mouseRelease(port, LEFT, NONE, middle + QPoint(120, 40))
    qtbot.waitUntil(lambda: not copied_picture().isNull(), timeout=WAIT)
    picture = copied_picture()
    assert picture.width() / picture.height() == pytest.approx(3, rel=0.1)


def test_a_paper_that_is_not_to_be_printed_is_not_copied(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    first, *rest = home.book.pack.papers
    home.book = replace(home.book, pack=replace(home.book.pack, papers=(replace(first, no_printing=True), *rest)))
    screen = open_reader()
    press(screen, Qt.Key.Key_G)
    assert not screen.canvas.grab_tool.on
    assert not screen.commands.grab.isChecked()
    assert "the secretary asks that no copy of it is made" in said(screen)
    at_top(screen, qtbot, 3)
    press(screen, Qt.Key.Key_G)
    assert screen.canvas.grab_tool.on


def test_a_picture_that_comes_after_the_lock_is_not_copied(screen: ReaderScreen, qtbot: QtBot) -> None:
    press(screen, Qt.Key.Key_G)
    draw(screen, 60, 50, 260, 150)
    screen.tools.leave()
    QTest.qWait(600)
    assert copied_picture().isNull()


# The menu


@pytest.fixture
def menu_at(screen: ReaderScreen) -> Iterator[object]:
    def ask(point: QPointF, reason: QContextMenuEvent.Reason = QContextMenuEvent.Reason.Mouse) -> QMenu:
        port = screen.canvas.viewport()
        at = pixel_of(screen.canvas, point).toPoint()
        QApplication.sendEvent(port, QContextMenuEvent(reason, at, port.mapToGlobal(at)))
        assert screen.tools.menu is not None
        return screen.tools.menu

    yield ask
    if screen.tools.menu is not None:
        screen.tools.menu.close()


def entry(menu: QMenu, words: str) -> QAction:
    return next(action for action in menu.actions() if action.text().startswith(words))


def names(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def test_a_right_click_takes_the_word_and_offers_what_can_be_done(screen: ReaderScreen, menu_at) -> None:  # type: ignore[no-untyped-def]
    menu = menu_at(QPointF(80, 75))
    assert screen.canvas.selected_text() == "Minutes"
    listed = names(menu)
    for words in (
        "Copy", "Copy with where it stands", "Highlight: Question", "Highlight: Challenge", "Write a note",
        "Search this pack for “Minutes”", "Select all on this page", "Take part of a page as a picture",
        "Bookmark this page", "Print…",
    ):  # fmt: skip
        assert words in listed
    assert any("abbreviation" in words for words in listed)
    assert all(action.isEnabled() for action in menu.actions() if action.text().startswith("Highlight"))


def test_it_marks_and_copies(screen: ReaderScreen, menu_at) -> None:  # type: ignore[no-untyped-def]
    menu = menu_at(QPointF(80, 75))
    entry(menu, "Copy with").trigger()
    assert QGuiApplication.clipboard().text().startswith("“Minutes” (Minutes of the last meeting, page 1")
    entry(menu, "Highlight: Agree").trigger()
    notebook = screen.marking.notebook
    assert notebook is not None
    assert [(mark.anchor.exact, mark.colour) for mark in notebook.annotations] == [("Minutes", "agree")]


def test_on_a_mark_it_offers_to_edit_and_delete_that(screen: ReaderScreen, menu_at, qtbot, kept) -> None:  # type: ignore[no-untyped-def]
    select(screen, qtbot, kept[0], 0, 1)
    press(screen, Qt.Key.Key_1)
    menu = menu_at(QPointF(80, 75))
    entry(menu, "Delete this highlight").trigger()
    notebook = screen.marking.notebook
    assert notebook is not None
    assert notebook.annotations == []


def test_in_large_text_the_colours_have_a_menu_of_their_own(screen: ReaderScreen, home: Home, menu_at) -> None:  # type: ignore[no-untyped-def]
    home.theme.use_size(24)
    menu = menu_at(QPointF(80, 75))
    colours = entry(menu, "Highlight").menu()
    assert isinstance(colours, QMenu)
    assert len(names(colours)) == 5
    entry(colours, "Highlight: Risk").trigger()
    notebook = screen.marking.notebook
    assert notebook is not None
    assert [mark.colour for mark in notebook.annotations] == ["risk"]


def test_the_menu_key_opens_it_at_the_caret(screen: ReaderScreen, menu_at) -> None:  # type: ignore[no-untyped-def]
    press(screen, Qt.Key.Key_F7)
    press(screen, Qt.Key.Key_Down)
    press(screen, Qt.Key.Key_Right, SHIFT)
    menu = menu_at(QPointF(400, 700), QContextMenuEvent.Reason.Keyboard)
    assert "Search this pack for “Line”" in names(menu)


def test_on_blank_paper_nothing_is_offered_for_words(screen: ReaderScreen, menu_at) -> None:  # type: ignore[no-untyped-def]
    menu = menu_at(QPointF(560, 90))
    assert not screen.canvas.has_selection
    assert not entry(menu, "Highlight: Risk").isEnabled()
    assert not entry(menu, "Search this pack").isEnabled()
