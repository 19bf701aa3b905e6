"""Reading by caret, rectangles of words, marks by key and the picture tool, on a real canvas by real keys and mouse."""

import pytest
from canvas_making import SIZES, Button, Key, Marked, Mod, drag, grab, is_sharp, word_pixel
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.annotations.anchor import Anchor, Quad
from desktop.packs.book import Book, BookPage
from desktop.reader.cells import Patch
from desktop.ui.kit.mark_words import describe
from desktop.ui.kit.palettes import LIGHT
from desktop.ui.kit.theme import Theme
from desktop.ui.reader.canvas import PageCanvas

NONE, SHIFT, CONTROL, ALT = Mod.NoModifier, Mod.ShiftModifier, Mod.ControlModifier, Mod.AltModifier


@pytest.fixture
def walking(reading: PageCanvas) -> PageCanvas:
    """With the caret on, at the first word of the first page."""
    reading.caret.turn(True)
    return reading


def press(canvas: PageCanvas, *keys: Key, modifier: Mod = NONE) -> None:
    for key in keys:
        QTest.keyClick(canvas, key, modifier)


def word_at_caret(canvas: PageCanvas) -> str:
    selection = canvas._selector.selection
    assert selection is not None
    text = canvas._texts.get(selection.focus.page)
    assert text is not None
    return text.words[selection.focus.index].text


def bars(canvas: PageCanvas) -> int:
    """How many pixels have the caret's colour, away from the window's own focus ring."""
    image, port = grab(canvas), canvas.viewport().rect().adjusted(8, 8, -8, -8)
    return sum(
        image.pixelColor(x, y).name() == LIGHT.focus
        for x in range(port.left(), port.right())
        for y in range(port.top(), port.bottom())
    )


def test_f7s_caret_is_seen_at_the_first_word_in_sight(reading: PageCanvas) -> None:
    before = bars(reading)
    reading.caret.turn(True)
    assert word_at_caret(reading) == "alpha"
    assert bars(reading) > before
    assert not reading.has_selection
    reading.caret.turn(False)
    assert bars(reading) == before


@pytest.mark.parametrize(
    ("keys", "modifier", "word"),
    [
        ((Key.Key_Right, Key.Key_Right), NONE, "1"),
        ((Key.Key_Right, Key.Key_Right), CONTROL, "1"),
        ((Key.Key_Down,), NONE, "line1"),
        ((Key.Key_Down, Key.Key_Down, Key.Key_End), NONE, "gamma"),
        ((Key.Key_Down, Key.Key_Right, Key.Key_Home), NONE, "line1"),
        ((Key.Key_Down, Key.Key_Up), NONE, "alpha"),
    ],
)
def test_arrows_move_the_caret(walking: PageCanvas, keys: tuple[Key, ...], modifier: Mod, word: str) -> None:
    press(walking, *keys, modifier=modifier)
    assert word_at_caret(walking) == word
    assert not walking.has_selection


def test_shift_selects_and_a_plain_key_ends_that(walking: PageCanvas) -> None:
    press(walking, Key.Key_Down)
    press(walking, Key.Key_Right, Key.Key_Right, modifier=SHIFT)
    assert walking.selected_text() == "line1 of"
    press(walking, Key.Key_End, modifier=SHIFT)
    assert walking.selected_text().startswith("line1 of page1")
    assert walking.selected_text().endswith("gamma")
    press(walking, Key.Key_Left)
    assert not walking.has_selection
    assert word_at_caret(walking) == "line1"


def test_a_selection_begun_backwards_keeps_its_first_word(walking: PageCanvas) -> None:
    press(walking, Key.Key_Down, Key.Key_Right, Key.Key_Right)
    press(walking, Key.Key_Left, modifier=SHIFT)
    assert walking.selected_text() == "of"


def test_the_end_of_the_book_and_its_start_are_a_key_away(walking: PageCanvas, qtbot: QtBot) -> None:
    press(walking, Key.Key_End, modifier=CONTROL)
    qtbot.waitUntil(lambda: walking._selector.selection is not None and walking._selector.selection.focus.page == 11)
    assert word_at_caret(walking) == "gamma"
    assert walking.current_page() == 11
    press(walking, Key.Key_Home, modifier=CONTROL)
    assert (walking.current_page(), word_at_caret(walking)) == (0, "alpha")
    assert walking.can_go_back


def test_the_caret_stays_in_sight_as_it_walks_down_over_pages(walking: PageCanvas, qtbot: QtBot) -> None:
    for _ in range(45):
        press(walking, Key.Key_Down)
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not walking._texts.lacks(range(walking.current_page() + 2)))
        area = walking.caret._area()
        assert area is not None
        assert walking.viewport().rect().contains(area[0].toRect())
    selection = walking._selector.selection
    assert selection is not None
    assert selection.focus.page == 1


def test_a_screen_is_walked_by_page_down(walking: PageCanvas) -> None:
    press(walking, Key.Key_PageDown)
    first = walking._selector.selection
    assert first is not None
    assert first.focus.index > 50
    press(walking, Key.Key_PageUp)
    assert word_at_caret(walking) == "alpha"


def test_a_key_brings_the_caret_to_where_the_reader_went(walking: PageCanvas, qtbot: QtBot) -> None:
    walking.go_to(8)
    qtbot.waitUntil(lambda: walking._texts.get(8) is not None)
    press(walking, Key.Key_Down)
    selection = walking._selector.selection
    assert selection is not None
    assert selection.focus.page == 8
    assert walking.current_page() == 8


def test_a_click_puts_the_caret_there_and_escape_leaves_it(walking: PageCanvas) -> None:
    QTest.mouseClick(walking.viewport(), Button.LeftButton, NONE, word_pixel(walking, 0, "line4") - QPoint(8, 0))
    assert word_at_caret(walking) == "line4"
    press(walking, Key.Key_Right, modifier=SHIFT)
    press(walking, Key.Key_Escape)
    assert not walking.has_selection
    assert walking.caret.on


def test_without_the_caret_arrows_scroll(reading: PageCanvas) -> None:
    top = reading._view.top
    press(reading, Key.Key_Down)
    assert reading._view.top > top


# Rectangles


def test_alt_and_the_mouse_select_a_column(reading: PageCanvas, qtbot: QtBot) -> None:
    start, end = word_pixel(reading, 0, "says", 0), word_pixel(reading, 0, "says", 5)
    drag(reading, start - QPoint(14, 8), end + QPoint(14, 8), ALT)
    assert reading.selected_text() == "\n".join(["says"] * 6)
    assert reading.selected_anchor() is None
    press(reading, Key.Key_C, modifier=CONTROL)
    assert QApplication.clipboard().text() == reading.selected_text()
    left = grab(reading)
    assert left.pixelColor(start) != left.pixelColor(start - QPoint(60, 0))
    press(reading, Key.Key_Escape)
    assert not reading.has_selection


def test_a_column_by_key(walking: PageCanvas) -> None:
    press(walking, Key.Key_Down, Key.Key_Right)
    press(walking, Key.Key_Down, Key.Key_Down, modifier=ALT | SHIFT)
    assert walking.selected_text() == "of\nof\nof"


def test_a_click_after_a_rectangle_begins_anew(reading: PageCanvas) -> None:
    start, end = word_pixel(reading, 0, "says", 0), word_pixel(reading, 0, "says", 2)
    drag(reading, start - QPoint(14, 8), end + QPoint(14, 8), ALT)
    QTest.mouseDClick(reading.viewport(), Button.LeftButton, NONE, start)
    assert reading.selected_text() == "says"
    assert reading.selected_anchor() is not None


# Marks by key


def marked(book: Book, page: int, y: float, name: str, words: str = "") -> Marked:
    paper = book.pages[page].paper
    place = Quad(page, 72, y, 200, y + 12)
    return Marked(name, Anchor(paper.paper_id, paper.version, page, "1", (place,), "the words"), words=words)


def test_tab_goes_from_mark_to_mark_and_enter_opens(reading: PageCanvas, book: Book, qtbot: QtBot) -> None:
    marks = [marked(book, 0, 200, "second"), marked(book, 0, 100, "first", "Who agreed?")]

    def on(page: BookPage) -> list[Marked]:
        return marks if (page.paper.paper_id, page.index) == ("alpha", 0) else []

    reading.set_marks(on)
    opened: list[str] = []
    reading.annotation_clicked.connect(lambda mark_id, _at: opened.append(mark_id))
    for _ in range(2):
        assert reading.focusNextPrevChild(True)
        press(reading, Key.Key_Return)
    assert opened == ["first", "second"]
    assert reading.focusNextPrevChild(False)
    press(reading, Key.Key_Return)
    assert opened[-1] == "first"
    press(reading, Key.Key_Escape)
    assert not reading.stops.has_keys


def test_a_mark_is_said_with_its_meaning_and_words(book: Book, theme: Theme) -> None:
    said = describe(marked(book, 0, 100, "x", "Who agreed?"), theme)
    assert said == "Highlight, Question: Who agreed? On “the words”"


def test_enter_in_caret_mode_opens_the_mark_under_it(walking: PageCanvas, book: Book) -> None:
    text = walking._texts.get(0)
    assert text is not None
    line = text.lines[1]
    paper = book.pages[0].paper
    here = Anchor(paper.paper_id, paper.version, 0, "1", (Quad(0, line.x0, line.y0, line.x1, line.y1),), "line1")
    walking.set_marks(lambda page: [Marked("here", here)] if page is walking.page_at(0) else [])
    opened: list[str] = []
    walking.annotation_clicked.connect(lambda mark_id, _at: opened.append(mark_id))
    press(walking, Key.Key_Return)
    assert opened == []
    press(walking, Key.Key_Down, Key.Key_Return)
    assert opened == ["here"]


# The picture tool


@pytest.fixture
def grabbed(reading: PageCanvas) -> list[Patch]:
    taken: list[Patch] = []
    reading.grab_tool.grabbed.connect(taken.append)
    reading.grab_tool.turn(True)
    return taken


def test_a_rectangle_is_drawn_and_taken(reading: PageCanvas, grabbed: list[Patch]) -> None:
    assert reading.viewport().cursor().shape() is Qt.CursorShape.CrossCursor
    box = reading._view.box(0)
    start, end = QPoint(round(box.left) + 60, 60), QPoint(round(box.left) + 260, 200)
    drag(reading, end, start)
    (patch,) = grabbed
    assert QRect(start, end).contains(QRect(*(round(part) for part in box.rect(*patch.box))).adjusted(1, 1, -1, -1))
    assert not reading.grab_tool.on
    assert not reading.has_selection


def test_it_ends_at_the_page_and_a_click_takes_nothing(reading: PageCanvas, grabbed: list[Patch]) -> None:
    box = reading._view.box(0)
    QTest.mouseClick(reading.viewport(), Button.LeftButton, NONE, QPoint(round(box.left) + 60, 60))
    assert grabbed == []
    drag(reading, QPoint(round(box.left) + 60, 60), QPoint(reading.viewport().width() + 90, 200))
    assert grabbed[0].x1 == SIZES[0][0]


def test_escape_leaves_the_tool(reading: PageCanvas, grabbed: list[Patch]) -> None:
    press(reading, Key.Key_Escape)
    assert not reading.grab_tool.on
    drag(reading, word_pixel(reading, 0, "line2"), word_pixel(reading, 0, "line4"))
    assert grabbed == []
    assert reading.has_selection


def test_arrows_place_it_and_enter_takes_it(reading: PageCanvas, grabbed: list[Patch]) -> None:
    press(reading, Key.Key_Down)
    begun = reading.grab_tool._patch
    assert begun is not None
    press(reading, Key.Key_Right, Key.Key_Down)
    press(reading, Key.Key_Right, modifier=SHIFT)
    press(reading, Key.Key_Return)
    (patch,) = grabbed
    assert (patch.x0 - begun.x0, patch.y0 - begun.y0) == (12, 12)
    assert (patch.x1 - begun.x1, patch.y1 - begun.y1) == (24, 12)


def test_the_rectangle_does_not_leave_the_page(reading: PageCanvas, grabbed: list[Patch]) -> None:
    press(reading, *[Key.Key_Left] * 60, *[Key.Key_Up] * 90)
    press(reading, *[Key.Key_Right] * 70, *[Key.Key_Down] * 90, modifier=SHIFT)
    press(reading, Key.Key_Return)
    assert grabbed[0].box == (0, 0, *SIZES[0])


def test_on_a_turned_page_the_rectangle_is_where_it_was_drawn(
    reading: PageCanvas, grabbed: list[Patch], qtbot: QtBot
) -> None:
    reading.turn_by(1)
    qtbot.waitUntil(lambda: is_sharp(reading))
    box = reading._view.box(0)
    start = QPoint(round(box.left) + 60, round(box.top) + 60)
    drag(reading, start, start + QPoint(200, 100))
    (patch,) = grabbed
    left, top, width, height = box.rect(*patch.box)
    assert (left, top) == pytest.approx((start.x(), start.y()), abs=2)
    assert (width, height) == pytest.approx((200, 100), abs=2)


def test_right_click_and_the_menu_key_ask_for_a_menu(reading: PageCanvas) -> None:
    asked: list[object] = []
    reading.menu_asked.connect(lambda pos, at: asked.append(pos))

    port = reading.viewport()
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        at = word_pixel(reading, 0, "line3")
        QApplication.sendEvent(port, QContextMenuEvent(reason, at, port.mapToGlobal(at)))
    assert len(asked) == 2
