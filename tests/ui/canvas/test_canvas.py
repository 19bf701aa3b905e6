"""The reading canvas by real keys, a real mouse and a real engine: pages, moving, zooming."""

import gc
import weakref
from pathlib import Path

import pytest
from canvas_making import (
    SIZES,
    UPRIGHT,
    Button,
    Key,
    Mod,
    book_of,
    darkness,
    grab,
    is_sharp,
    missing,
    no_words,
    wheel,
    with_trouble,
)
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.annotations.anchor import Quad
from desktop.packs.book import Book
from desktop.pdf.client import PdfClient
from desktop.reader.history import Place
from desktop.reader.viewport import PagePoint
from desktop.ui.kit.bridge import Bridge
from desktop.ui.kit.theme import Theme
from desktop.ui.reader.canvas import PageCanvas


def test_the_first_page_is_drawn_with_its_print(reading: PageCanvas) -> None:
    box = reading._view.box(0)
    image = grab(reading)
    assert image.pixelColor(round(box.left + 10), round(box.top + 10)) == Qt.GlobalColor.white
    assert darkness(image, round(box.left), round(box.top), round(box.width), 200) > 100


def test_the_page_fills_the_width_and_a_wide_one_no_more(reading: PageCanvas) -> None:
    view = reading._view
    assert view.box(0).width == pytest.approx(view.box(2).width)
    assert not reading.can_scroll_across()
    assert view.box(0).width > 0.9 * view.width


@pytest.mark.parametrize(
    ("key", "modifier", "page"),
    [
        (Key.Key_End, Mod.ControlModifier, 11),
        (Key.Key_PageDown, Mod.ControlModifier, 1),
        (Key.Key_Right, Mod.NoModifier, 1),
        (Key.Key_Left, Mod.NoModifier, 0),
    ],
)
def test_keys_turn_pages(reading: PageCanvas, key: Key, modifier: Mod, page: int) -> None:
    QTest.keyClick(reading, key, modifier)
    assert reading.current_page() == page


def test_space_goes_on_by_screens_and_back(reading: PageCanvas) -> None:
    tops = [reading._view.top]
    for _ in range(3):
        QTest.keyClick(reading, Key.Key_Space)
        tops.append(reading._view.top)
    assert tops == sorted(set(tops))
    assert tops[1] < reading._view.height
    for _ in range(3):
        QTest.keyClick(reading, Key.Key_Space, Mod.ShiftModifier)
    assert reading._view.top == pytest.approx(tops[0], abs=2)


def test_screens_are_pages_when_pages_fit(reading: PageCanvas) -> None:
    reading.fit_page()
    seen = []
    for _ in range(4):
        QTest.keyClick(reading, Key.Key_PageDown)
        seen.append(reading.current_page())
    assert seen == [1, 2, 3, 4]
    QTest.keyClick(reading, Key.Key_PageUp)
    assert reading.current_page() == 3


def test_arrows_scroll_by_lines(reading: PageCanvas) -> None:
    QTest.keyClick(reading, Key.Key_Down)
    assert 20 <= reading._view.top <= 100
    QTest.keyClick(reading, Key.Key_Up)
    assert reading._view.top == 0


def test_home_and_end_keep_to_the_page(reading: PageCanvas) -> None:
    reading.go_to(3)
    QTest.keyClick(reading, Key.Key_End)
    assert reading.current_page() == 3
    box = reading._view.box(3)
    assert box.top + box.height == pytest.approx(reading._view.height, abs=2)
    QTest.keyClick(reading, Key.Key_Home)
    assert reading._view.box(3).top == pytest.approx(0, abs=2)


def test_the_wheel_scrolls_by_notches_and_by_pixels(reading: PageCanvas) -> None:
    wheel(reading, -120)
    notch = reading._view.top
    assert 60 <= notch <= 150
    wheel(reading, -3, pixels=-7)
    assert reading._view.top == notch + 7


def test_the_wheel_with_ctrl_zooms_about_the_pointer(reading: PageCanvas) -> None:
    reading.go_to(3, 200)
    middle = QPointF(reading.viewport().rect().center())
    before = reading.point_at(middle)
    zoom = reading.zoom
    wheel(reading, 120, modifier=Mod.ControlModifier)
    after = reading.point_at(middle)
    assert reading.zoom > zoom
    assert before is not None
    assert after is not None
    assert after.page == before.page
    assert after.y == pytest.approx(before.y, abs=1.5)


def test_zoom_keys(reading: PageCanvas, qtbot: QtBot) -> None:
    fitted = reading.zoom
    with qtbot.waitSignal(reading.zoom_changed):
        QTest.keyClick(reading, Key.Key_Plus, Mod.ControlModifier)
    assert reading.zoom > fitted
    QTest.keyClick(reading, Key.Key_Minus, Mod.ControlModifier)
    QTest.keyClick(reading, Key.Key_Minus, Mod.ControlModifier)
    assert reading.zoom < fitted
    QTest.keyClick(reading, Key.Key_0, Mod.ControlModifier)
    assert reading.zoom == pytest.approx(fitted)
    assert reading.fit == "width"


def test_the_old_picture_stands_in_until_the_new_one_comes(reading: PageCanvas) -> None:
    reading.set_zoom(reading.zoom * 1.4)
    box = reading._view.box(0)
    top = max(0, round(box.top))
    assert darkness(grab(reading), max(0, round(box.left)), top, 600, 300) > 100


def test_deep_zoom_is_drawn_in_tiles(reading: PageCanvas, qtbot: QtBot) -> None:
    reading.set_zoom(6.0)
    reading.go_to(0, 60)
    qtbot.waitUntil(lambda: is_sharp(reading))
    assert any(request.clip for request in reading._pictures.wanted)
    assert reading.can_scroll_across()


def test_resizing_keeps_the_fit_and_the_line(reading: PageCanvas) -> None:
    reading.go_to(4, 300)
    before = reading.place()
    reading.resize(600, 500)
    after = reading.place()
    assert reading._view.box(4).width == pytest.approx(reading._view.width, rel=0.1)
    assert (after.paper_id, after.page) == (before.paper_id, before.page)
    assert after.y == pytest.approx(before.y, abs=2)


def test_a_place_is_come_back_to(canvas: PageCanvas, book: Book) -> None:
    canvas.show_book(book, Place("bravo", 3, 0, 120.0, 1.7, ""))
    assert canvas.current_page() == 9
    place = canvas.place()
    assert (place.paper_id, place.page, place.zoom, place.fit) == ("bravo", 3, 1.7, "")
    assert place.y == pytest.approx(120, abs=1)


def test_a_place_in_a_paper_that_is_gone_opens_at_the_start(canvas: PageCanvas, book: Book) -> None:
    canvas.show_book(book, Place("withdrawn", 3, 0, 120.0, 1.7, ""))
    assert canvas.current_page() == 0


def test_back_and_forward(reading: PageCanvas, qtbot: QtBot) -> None:
    reading.scroll_by(0, 90)
    with qtbot.waitSignal(reading.history_changed):
        reading.go_to(8)
    assert reading.can_go_back
    reading.back()
    assert (reading.current_page(), reading._view.top) == (0, 90)
    assert not reading.can_go_back
    reading.forward()
    assert reading.current_page() == 8


def test_going_to_a_page_makes_it_the_current_one_even_at_the_end(reading: PageCanvas) -> None:
    reading.set_zoom(0.3)
    for page in (11, 10, 5, 0, 9):
        reading.go_to(page)
        assert reading.current_page() == page


def test_a_jump_flashes_its_target_and_the_flash_goes_out(reading: PageCanvas, qtbot: QtBot) -> None:
    reading._theme.use_motion(True)
    reading.go_to(4, flash=[Quad(4, 72, 300, 200, 312)])
    assert reading._flash.strength > 0.9
    assert 0 < reading._view.to_view(PagePoint(4, 72, 300)).y < reading._view.height
    qtbot.waitUntil(lambda: not reading._flash.quads)


def test_without_motion_the_target_is_lit_steadily_for_a_moment(reading: PageCanvas, qtbot: QtBot) -> None:
    reading._theme.use_motion(False)
    reading.go_to(4, flash=[Quad(4, 72, 300, 200, 312)])
    assert reading._flash.strength == 1.0
    assert reading._flash._fading.state() == reading._flash._fading.State.Stopped
    qtbot.waitUntil(lambda: not reading._flash.quads)
    assert reading.current_page() == 4


def test_a_paper_that_cannot_be_read_says_so_and_can_be_tried_again(
    canvas: PageCanvas, papers: dict[str, Path], qtbot: QtBot
) -> None:
    broken = book_of([("damaged", papers["damaged"], [UPRIGHT])])
    canvas.show_book(broken, None)
    page = broken.pages[0]
    qtbot.waitUntil(lambda: bool(canvas._pictures.trouble(page)))
    assert "." in canvas._pictures.trouble(page)
    button = find_button(canvas)
    papers["damaged"].write_bytes(papers["alpha"].read_bytes())
    QTest.mouseClick(canvas.viewport(), Button.LeftButton, Mod.NoModifier, button)
    qtbot.waitUntil(lambda: is_sharp(canvas))
    assert canvas.retry_at(QPointF(button)) is None
    papers["damaged"].write_bytes(b"%PDF-1.7 this is no paper at all")


def find_button(canvas: PageCanvas) -> QPoint:
    middle = canvas.viewport().rect().center()
    return next(
        QPoint(middle.x(), y) for y in range(canvas.viewport().height()) if canvas.retry_at(QPointF(middle.x(), y)) == 0
    )


def test_pages_on_their_way_are_filled_in_when_they_come(
    canvas: PageCanvas, papers: dict[str, Path], book: Book, qtbot: QtBot
) -> None:
    waiting = book_of([missing("alpha", 2), ("bravo", papers["bravo"], SIZES)])
    canvas.show_book(waiting, Place("bravo", 1, 0, 40.0, 1.0, "width"))
    before = canvas.place()
    canvas.update_book(book)
    after = canvas.place()
    assert (after.paper_id, after.page) == (before.paper_id, before.page)
    assert after.y == pytest.approx(before.y, abs=1)
    assert canvas.current_page() == 7
    canvas.go_to(0)
    qtbot.waitUntil(lambda: is_sharp(canvas))


def test_a_refused_paper_shows_its_sentence_and_no_button(canvas: PageCanvas, book: Book) -> None:
    canvas.show_book(with_trouble(book, "alpha", "This paper is withheld from you."), None)
    assert darkness(grab(canvas), 200, 200, 500, 300) > 20
    port = canvas.viewport()
    assert all(canvas.retry_at(QPointF(port.width() / 2, y)) is None for y in range(0, port.height(), 4))


def test_a_page_counts_as_seen_once_after_a_second(reading: PageCanvas, qtbot: QtBot) -> None:
    seen: list[int] = []
    reading.page_seen.connect(seen.append)
    qtbot.waitUntil(lambda: 0 in seen)
    reading.go_to(6)
    reading.go_to(0)
    qtbot.waitUntil(lambda: not reading._dwell._timer.isActive())
    assert seen.count(0) == 1
    assert 6 not in seen


def test_nothing_runs_on_while_hidden(reading: PageCanvas) -> None:
    reading.go_to(3)
    reading.hide()
    assert not reading._dwell._timer.isActive()
    assert not reading._asking.isActive()


def test_thumbnails_of_all_pages_are_made(reading: PageCanvas, book: Book, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(reading._pictures.thumbnail(page) for page in book.pages))
    assert reading._pictures.bytes < 100_000_000


def test_fast_scrolling_never_shows_white(reading: PageCanvas, book: Book, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(reading._pictures.thumbnail(page) for page in book.pages))
    reading.verticalScrollBar().setValue(round(reading._view.range_y * 0.8))
    box = reading._view.box(reading._view.pages[-1])
    image = grab(reading)
    part = image.copy(round(box.left), max(0, round(box.top)), 500, 300)
    assert any(part.pixelColor(x, y).lightness() < 240 for x in range(500) for y in range(part.height()))


def test_the_scroll_bar_and_the_view_agree(reading: PageCanvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(reading.page_changed):
        reading.verticalScrollBar().setValue(reading.verticalScrollBar().maximum())
    assert reading._view.top == reading._view.range_y
    assert reading.current_page() == 11
    QTest.keyClick(reading, Key.Key_Home, Mod.ControlModifier)
    assert reading.verticalScrollBar().value() == 0
    assert reading.can_go_back


def test_the_focus_ring_is_seen(reading: PageCanvas, qtbot: QtBot) -> None:
    QApplication.sendEvent(reading, QEvent(QEvent.Type.WindowActivate))
    reading.activateWindow()
    reading.setFocus()
    qtbot.waitUntil(reading.hasFocus)
    ring = grab(reading).pixelColor(1, 300)
    reading.clearFocus()
    assert grab(reading).pixelColor(1, 300) != ring


def test_another_book_starts_afresh(reading: PageCanvas, book: Book, papers: dict[str, Path], qtbot: QtBot) -> None:
    reading.go_to(5)
    QTest.keyClick(reading, Key.Key_A, Mod.ControlModifier)
    reading.show_book(book_of([("bravo", papers["bravo"], SIZES)]), None)
    assert not reading.can_go_back
    assert not reading.has_selection
    assert reading.current_page() == 0
    qtbot.waitUntil(lambda: is_sharp(reading))


def test_a_screen_reader_is_told_the_page(reading: PageCanvas) -> None:
    assert reading.accessibleName() == "Pages of the pack"
    reading.go_to(7)
    assert reading.accessibleDescription() == "Page 8, Paper bravo"


@pytest.mark.parametrize("key", [Key.Key_F7, Key.Key_Escape])
def test_other_keys_are_left_to_the_window(reading: PageCanvas, key: Key) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, key, Mod.NoModifier)
    QApplication.sendEvent(reading, event)
    assert not event.isAccepted()


def test_pinching_zooms_about_the_fingers(reading: PageCanvas) -> None:
    zoom = reading.zoom
    middle = QPointF(reading.viewport().rect().center())
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2, middle, middle, middle,
        0.25, QPointF(0, 0),
    )  # fmt: skip
    QApplication.sendEvent(reading.viewport(), pinch)
    assert reading.zoom == pytest.approx(zoom * 1.25)


def test_a_longer_paper_before_the_reader_moves_nothing(reading: PageCanvas, papers: dict[str, Path]) -> None:
    reading.go_to(0)
    reading.go_to(8, 100)
    before = reading.place()
    longer = book_of([missing("early", 4), ("alpha", papers["alpha"], SIZES), ("bravo", papers["bravo"], SIZES)])
    reading.update_book(longer)
    after = reading.place()
    assert (after.paper_id, after.page) == (before.paper_id, before.page)
    assert after.y == pytest.approx(before.y, abs=1)
    assert reading.current_page() == 12
    reading.back()
    assert reading.current_page() == 4


def test_a_failed_page_is_tried_again_by_key(canvas: PageCanvas, tmp_path: Path, qtbot: QtBot) -> None:
    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(b"%PDF-1.7 nor is this")
    broken = book_of([("damaged", damaged, [UPRIGHT])])
    canvas.show_book(broken, None)
    qtbot.waitUntil(lambda: bool(canvas._pictures.trouble(broken.pages[0])))
    QTest.keyClick(canvas, Key.Key_Return)
    assert canvas._pictures.trouble(broken.pages[0]) == ""
    qtbot.waitUntil(lambda: bool(canvas._pictures.trouble(broken.pages[0])))


def test_pixels_go_when_their_picture_goes(reading: PageCanvas, qtbot: QtBot) -> None:
    """Without help from the collector: it comes by rarely, and pictures are large."""
    gc.collect()
    gc.disable()
    try:
        reading.set_zoom(1.7)
        reading._ask()
        futures = [weakref.ref(future) for future in reading._pictures.store.flying]
        qtbot.waitUntil(lambda: is_sharp(reading))
        qtbot.waitUntil(lambda: not any(future() for future in futures))
    finally:
        gc.enable()


def test_two_canvases_share_an_engine(
    reading: PageCanvas, engine: PdfClient, bridge: Bridge, book: Book, qtbot: QtBot
) -> None:
    second = PageCanvas(engine, no_words, bridge, Theme("dark"))
    qtbot.addWidget(second)
    second.resize(700, 500)
    second.show()
    second.show_book(book, Place("bravo", 2, 0, 0, 1.0, "width"))
    reading.go_to(4)
    qtbot.waitUntil(lambda: is_sharp(reading) and is_sharp(second))
    second.go_to(4)
    qtbot.waitUntil(lambda: is_sharp(second))


def test_a_book_put_away_leaves_nothing_behind(reading: PageCanvas, book: Book, qtbot: QtBot) -> None:
    QTest.keyClick(reading, Key.Key_A, Mod.ControlModifier)
    reading.close_book()
    assert (reading._pictures.bytes, reading.selected_text(), reading._texts.get(0)) == (0, "", None)
    assert (reading.can_go_back, reading.current_page(), reading.selected_anchor()) == (False, 0, None)
    for key in (Key.Key_Space, Key.Key_End, Key.Key_Right, Key.Key_Return, Key.Key_Plus):
        QTest.keyClick(reading, key)
    QTest.mouseClick(reading.viewport(), Button.LeftButton, Mod.NoModifier, QPoint(300, 300))
    assert grab(reading).pixelColor(300, 300) == reading._theme.colour("sunken")
    reading.show_book(book, None)
    qtbot.waitUntil(lambda: is_sharp(reading))
