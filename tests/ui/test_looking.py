"""How pages are looked at, from the reader's bar, menus and keys, over a real store that is closed and reopened."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot
from reach import cut, out_of_reach, small, unnamed
from reader_making import CONTROL, PACK, SHIFT, WAIT, Home, Kept, Open, at_top, make_book, press

from desktop.reader.layout import Fit, Mode
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.full_screen import WORDS
from desktop.ui.panels.zoom_box import REFUSAL, read_percent
from desktop.ui.reader_screen import ReaderScreen


@pytest.fixture
def screen(open_reader: Open, qtbot: QtBot) -> ReaderScreen:
    screen = open_reader()
    at_top(screen, qtbot)
    return screen


@pytest.mark.parametrize(
    ("key", "modifiers", "mode", "fit"),
    [
        (Qt.Key.Key_6, CONTROL, Mode.SINGLE, Fit.WIDTH),
        (Qt.Key.Key_8, CONTROL, Mode.SPREAD, Fit.WIDTH),
        (Qt.Key.Key_7, CONTROL, Mode.CONTINUOUS, Fit.WIDTH),
        (Qt.Key.Key_9, CONTROL, Mode.CONTINUOUS, Fit.PAGE),
        (Qt.Key.Key_3, CONTROL, Mode.CONTINUOUS, Fit.TEXT),
        (Qt.Key.Key_2, CONTROL, Mode.CONTINUOUS, Fit.WIDTH),
        (Qt.Key.Key_1, CONTROL, Mode.CONTINUOUS, Fit.NONE),
    ],
)
def test_keys_choose_how_pages_are_shown_and_the_menus_say_so(
    screen: ReaderScreen, key: Qt.Key, modifiers: Qt.KeyboardModifier, mode: Mode, fit: Fit
) -> None:
    do = screen.commands
    for _ in range(2):  # pressed once more, it stays so
        press(screen, key, modifiers)
        assert (screen.canvas.mode, screen.canvas.fit) == (mode, fit)
        checked = [action for action in (do.continuous, do.single, do.spread) if action.isChecked()]
        assert checked == [{Mode.CONTINUOUS: do.continuous, Mode.SINGLE: do.single, Mode.SPREAD: do.spread}[mode]]
        fits = {Fit.WIDTH: do.fit_width, Fit.PAGE: do.fit_page, Fit.TEXT: do.fit_text}
        assert [action for action in fits.values() if action.isChecked()] == ([fits[fit]] if fit else [])


def test_digits_alone_still_pick_colours(screen: ReaderScreen) -> None:
    press(screen, Qt.Key.Key_3)
    assert screen.marking.colour == "action"
    assert screen.canvas.fit is Fit.WIDTH


def test_a_zoom_is_typed(screen: ReaderScreen) -> None:
    field = screen.bar.zoom.field
    press(screen, Qt.Key.Key_0, CONTROL | SHIFT)
    assert field.hasFocus()
    QTest.keyClicks(field, "250")
    press(screen, Qt.Key.Key_Return)
    assert screen.canvas.zoom == 2.5
    assert screen.canvas.hasFocus()
    assert field.text() == "250 %"
    press(screen, Qt.Key.Key_0, CONTROL | SHIFT)
    QTest.keyClicks(field, "9000")
    press(screen, Qt.Key.Key_Return)
    assert screen.marking.toast.words.text() == REFUSAL
    assert field.hasFocus()
    press(screen, Qt.Key.Key_Escape)
    assert (field.text(), screen.canvas.zoom) == ("250 %", 2.5)


@pytest.mark.parametrize(
    ("typed", "zoom"),
    [
        ("125", 1.25),
        (" 90 % ", 0.9),
        ("33,3%", 0.333),
        ("100 per cent", 1.0),
        ("24", None),
        ("801", None),
        ("big", None),
    ],
)
def test_percentages_are_read_as_people_write_them(typed: str, zoom: float | None) -> None:
    assert read_percent(typed) == (pytest.approx(zoom) if zoom else None)


def test_presets_of_the_menu_zoom(screen: ReaderScreen) -> None:
    menu = screen.bar.zoom.button.menu()
    next(action for action in menu.actions() if action.text() == "200 %").trigger()
    assert screen.canvas.zoom == 2.0
    assert screen.bar.zoom.field.text() == "200 %"
    assert screen.commands.fit_text in menu.actions()


def test_a_paper_is_turned_by_a_letter_and_turned_back(screen: ReaderScreen) -> None:
    press(screen, Qt.Key.Key_R)
    assert (screen.canvas.turn, screen.canvas.current_page()) == (1, 0)
    press(screen, Qt.Key.Key_R, SHIFT)
    assert screen.canvas.turn == 0


def test_letters_are_letters_while_a_note_is_written(screen: ReaderScreen) -> None:
    press(screen, Qt.Key.Key_N)
    QTest.keyClicks(screen.marking.editor.words, "rI")
    assert screen.marking.editor.words.toPlainText() == "rI"
    assert (screen.canvas.turn, screen._desk.theme.dark_pages) == (0, False)


def test_pages_are_made_dark_by_a_letter(screen: ReaderScreen, theme: Theme) -> None:
    press(screen, Qt.Key.Key_I)
    assert theme.dark_pages
    assert screen.commands.dark_pages.isChecked()
    press(screen, Qt.Key.Key_I)
    assert not theme.dark_pages


def test_full_screen_leaves_the_page_alone_and_esc_brings_all_back(screen: ReaderScreen, qtbot: QtBot) -> None:
    press(screen, Qt.Key.Key_M, CONTROL)
    press(screen, Qt.Key.Key_F6)
    screen.canvas.setFocus()
    press(screen, Qt.Key.Key_F11)
    assert screen.window().isFullScreen()
    assert not any(part.isVisible() for part in (screen.bar, screen.spine, screen.side))
    assert screen.marking.toast.words.text() == WORDS
    assert screen.canvas.hasFocus()
    page = screen.canvas.current_page()
    press(screen, Qt.Key.Key_Space)
    press(screen, Qt.Key.Key_Escape)
    if screen.window().isFullScreen():  # the first Esc takes the words away
        press(screen, Qt.Key.Key_Escape)
    assert not screen.window().isFullScreen()
    assert screen.bar.isVisible()
    assert screen.spine.isVisible()
    assert screen.canvas.current_page() >= page


def test_looks_are_there_after_a_restart(home: Home, open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 1)
    press(screen, Qt.Key.Key_8, CONTROL)
    press(screen, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: bool(home.places) and home.places[-1][1].turn == 1, timeout=WAIT)
    at_top(screen, qtbot, 4)
    press(screen, Qt.Key.Key_6, CONTROL)
    press(screen, Qt.Key.Key_9, CONTROL)
    screen.leave()
    screen.close()
    home.close()
    home.open()
    again = open_reader()
    canvas = again.canvas
    assert (canvas.current_page(), canvas.mode, canvas.fit, canvas.turn) == (4, Mode.SINGLE, Fit.PAGE, 0)
    minutes = home.book.papers[0].paper_id
    qtbot.waitUntil(lambda: canvas.left_in(minutes) is not None, timeout=WAIT)
    canvas.go_to(0)
    assert (canvas.mode, canvas.turn) == (Mode.SPREAD, 1)


def test_a_paper_chosen_in_the_agenda_opens_where_it_was_left_and_then_at_its_first_page(
    screen: ReaderScreen, home: Home, qtbot: QtBot
) -> None:
    finance = home.book.papers[1].paper_id
    at_top(screen, qtbot, 5)
    qtbot.waitUntil(lambda: screen.canvas.left_in(finance) is not None, timeout=WAIT)
    at_top(screen, qtbot, 0)
    screen.spine.focus_list()
    row = next(number for number, row in enumerate(screen.spine.list.rows) if row.key == finance)
    for _ in range(len(screen.spine.list.rows)):
        press(screen, Qt.Key.Key_Up)
    for _ in range(row):
        press(screen, Qt.Key.Key_Down)
    press(screen, Qt.Key.Key_Return)
    assert screen.canvas.current_page() == 5
    assert "Choose it again" in screen.marking.toast.words.text()
    screen.spine.focus_list()
    press(screen, Qt.Key.Key_Return)
    assert screen.canvas.current_page() == 3
    press(screen, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    press(screen, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert screen.canvas.current_page() == 0


def test_a_look_survives_papers_that_arrive(home: Home, open_reader: Open, qtbot: QtBot, kept: list[Kept]) -> None:
    whole = home.book
    home.book = make_book(PACK, kept, missing=("Minutes of the last meeting",))
    screen = open_reader()
    at_top(screen, qtbot, 5)
    press(screen, Qt.Key.Key_8, CONTROL)
    press(screen, Qt.Key.Key_R)
    screen.update_book(whole)
    assert (screen.canvas.current_page(), screen.canvas.mode, screen.canvas.turn) == (5, Mode.SPREAD, 1)


@pytest.mark.parametrize("size", [12, 24])
def test_the_bar_is_named_reached_and_whole(screen: ReaderScreen, theme: Theme, qtbot: QtBot, size: int) -> None:
    theme.use_size(size)
    for width in (1280, 800):
        screen.resize(width, 720)
        field = screen.bar.zoom.field
        qtbot.waitUntil(lambda field=field: field.width() >= field.sizeHint().width())
        assert unnamed(screen.bar) == []
        assert small(screen.bar) == []
        assert cut(screen.bar) == []
    screen.resize(1280, 720)
    assert out_of_reach(screen) == []
    names = {button.accessibleName() for button in screen.bar.findChildren(QToolButton)}
    assert {"Fit and zoom", "How pages are shown"} <= names
