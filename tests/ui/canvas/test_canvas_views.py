"""One page, two or all; fitted, turned, dark: by real keys, mouse and wheel, on real papers."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from canvas_making import (
    SIZES,
    UPRIGHT,
    WIDE,
    Button,
    Key,
    Marked,
    Mod,
    book_of,
    drag,
    grab,
    is_sharp,
    missing,
    no_words,
    wheel,
    word_pixel,
)
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.annotations.anchor import Anchor, Quad
from desktop.packs.book import Book
from desktop.pdf.client import PdfClient
from desktop.reader.history import Place
from desktop.reader.layout import Fit, Mode
from desktop.reader.viewport import PagePoint
from desktop.ui.kit.bridge import Bridge
from desktop.ui.kit.palettes import NOTES, PALETTES, at_night, contrast
from desktop.ui.kit.theme import Theme
from desktop.ui.reader.canvas import PageCanvas


def print_at(image: QImage, canvas: PageCanvas, page: int, quad: tuple[float, float, float, float]) -> int:
    """How many pixels of a box of a page are print."""
    left, top, width, height = canvas._view.box(page).rect(*quad)
    return sum(
        image.pixelColor(x, y).lightness() < 120
        for x in range(max(0, round(left)), min(image.width(), round(left + width)))
        for y in range(max(0, round(top)), min(image.height(), round(top + height)))
    )


TITLE = (70.0, 40.0, 230.0, 64.0)  # where a page of write_paper says which it is


# ---- modes


def test_two_pages_stand_side_by_side_and_keys_turn_both(reading: PageCanvas, qtbot: QtBot) -> None:
    reading.set_mode(Mode.SPREAD)
    assert reading._view.pages[0] == 0
    assert reading._view.box(0).left > reading._view.width / 2 - 1
    QTest.keyClick(reading, Key.Key_Right)
    assert [reading._view.box(page).top for page in (1,)] == [pytest.approx(7 * reading.zoom, abs=2)]
    QTest.keyClick(reading, Key.Key_Right)
    QTest.keyClick(reading, Key.Key_Right)  # the wide page had a spread to itself
    assert reading.current_page() == 3
    assert reading._view.box(3).top == reading._view.box(4).top
    assert reading._view.box(4).left > reading._view.box(3).left + reading._view.box(3).width
    qtbot.waitUntil(lambda: is_sharp(reading))
    image = grab(reading)
    assert print_at(image, reading, 3, TITLE) > 60
    assert print_at(image, reading, 4, TITLE) > 60


def test_a_click_on_the_right_page_selects_there(reading: PageCanvas, qtbot: QtBot) -> None:
    reading.set_mode(Mode.SPREAD)
    reading.go_to(4)
    qtbot.waitUntil(lambda: reading._texts.get(4) is not None)
    QTest.mouseDClick(reading.viewport(), Button.LeftButton, Mod.NoModifier, word_pixel(reading, 4, "page5", 0))
    assert reading.selected_text() == "page5"


def test_one_page_at_a_time_is_turned_by_keys_and_by_scrolling_on_at_its_edge(reading: PageCanvas) -> None:
    reading.set_mode(Mode.SINGLE)
    reading.fit_page()
    assert list(reading._view.pages) == [0]
    wheel(reading, -120)
    assert list(reading._view.pages) == [1]
    QTest.keyClick(reading, Key.Key_Space)
    assert list(reading._view.pages) == [2]
    QTest.keyClick(reading, Key.Key_PageUp)
    wheel(reading, 120)
    assert list(reading._view.pages) == [0]
    wheel(reading, 120)
    assert list(reading._view.pages) == [0]


def test_one_large_page_is_scrolled_to_its_foot_before_it_is_turned(reading: PageCanvas) -> None:
    reading.set_mode(Mode.SINGLE)
    pages, tops = [], []
    for _ in range(12):
        wheel(reading, -120)
        pages.append(reading.current_page())
        tops.append(reading._view.box(0).top)
    assert tops[0] < 0
    assert pages == sorted(pages)
    assert pages[0] == 0
    assert pages[-1] == 1
    QTest.keyClick(reading, Key.Key_Home)
    wheel(reading, 120)
    box = reading._view.box(0)
    assert reading.current_page() == 0
    assert box.top + box.height <= reading._view.height  # back to its foot, not to its head


def test_what_a_touchpad_still_sends_turns_no_second_page(reading: PageCanvas) -> None:
    reading.set_mode(Mode.SINGLE)
    reading.fit_page()
    for _ in range(30):
        wheel(reading, -40, pixels=-60)
    assert reading.current_page() == 1


def test_the_scroll_bar_goes_over_the_whole_pack_one_page_at_a_time(reading: PageCanvas) -> None:
    reading.set_mode(Mode.SINGLE)
    reading.fit_page()
    bar = reading.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert reading.current_page() == 11
    bar.setValue((bar.minimum() + bar.maximum()) // 2)
    assert reading.current_page() in (5, 6)
    bar.setValue(bar.minimum())
    assert reading.current_page() == 0


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("fit", [Fit.WIDTH, Fit.PAGE, Fit.TEXT])
def test_the_page_being_read_stays_through_every_mode_and_fit(reading: PageCanvas, mode: Mode, fit: Fit) -> None:
    reading.go_to(8)
    reading.set_mode(mode)
    reading._use_fit(fit)
    assert reading.current_page() == 8
    assert 8 in reading._view.pages
    reading.resize(700, 500)
    assert reading.current_page() == 8
    reading.set_mode(Mode.CONTINUOUS)
    reading.fit_width()
    assert reading.current_page() == 8


def test_a_wide_page_among_others_is_seen_whole_and_large(reading: PageCanvas) -> None:
    reading.fit_page()
    reading.go_to(2)
    box = reading._view.box(2)
    assert (box.left >= 0, box.left + box.width <= reading._view.width) == (True, True)
    assert box.width > 0.9 * reading._view.width
    upright = reading._view.box(1)
    assert upright.height == pytest.approx(reading._view.height, rel=0.05)


def test_zooming_in_from_a_fit_never_makes_a_page_smaller(reading: PageCanvas) -> None:
    for fit in (reading.fit_page, reading.fit_width, reading.fit_text):
        for page in (1, 2):
            fit()
            reading.go_to(page)
            before = reading._view.box(page).scale
            QTest.keyClick(reading, Key.Key_Plus, Mod.ControlModifier)
            assert reading._view.box(page).scale > before
            assert reading.fit is Fit.NONE


# ---- fitting the text


def test_fitting_the_text_leaves_the_margins_out_and_cuts_no_word(reading: PageCanvas, qtbot: QtBot) -> None:
    wide = reading.zoom
    reading.fit_text()
    qtbot.waitUntil(lambda: reading.zoom > 1.3 * wide)
    text = reading._texts.get(0)
    assert text is not None
    box = reading._view.box(0)
    edges = [box.rect(word.x0, word.y0, word.x1, word.y1) for word in text.words]
    assert all(left >= 0 and left + width <= reading._view.width for left, _, width, _ in edges)
    assert box.left < 0


# ---- turning


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_words_of_a_turned_paper_are_drawn_selected_and_marked_where_they_are_seen(
    reading: PageCanvas, qtbot: QtBot, turns: int
) -> None:
    reading.fit_page()
    reading.turn_by(turns)
    qtbot.waitUntil(lambda: is_sharp(reading))
    assert print_at(grab(reading), reading, 0, TITLE) > 40
    QTest.mouseDClick(reading.viewport(), Button.LeftButton, Mod.NoModifier, word_pixel(reading, 0, "alpha", 5))
    assert reading.selected_text() == "alpha"
    start, end = word_pixel(reading, 0, "line3"), word_pixel(reading, 0, "page1", 3)
    drag(reading, start, end)
    assert reading.selected_text().startswith(("line3", "of"))
    quad = Quad(0, 72, 300, 200, 312)
    mark = Marked("one", Anchor("alpha", "", 0, "1", (quad,), "words"), words="Why?")
    reading.set_marks(lambda page: [mark] if (page.paper.paper_id, page.index) == ("alpha", 0) else [])
    where = reading._view.to_view(PagePoint(0, 150, 306))
    assert reading.annotation_at(QPointF(where.x, where.y)) == "one"
    reading.clear_selection()
    before = grab(reading)
    reading.set_hits({0: [Quad(0, 390, 20, 420, 50)]})
    lit = reading._view.to_view(PagePoint(0, 405, 35))
    at = QPoint(round(lit.x), round(lit.y))
    assert grab(reading).pixelColor(at) != before.pixelColor(at)


def test_only_the_paper_being_read_is_turned(reading: PageCanvas) -> None:
    reading.turn_by(1)
    assert reading._view.box(1).turn == 1
    assert reading._view.box(6).turn == 0
    reading.turn_by(-1)
    assert reading._view.box(1).turn == 0


def test_a_turned_page_is_drawn_in_tiles_at_deep_zoom(reading: PageCanvas, qtbot: QtBot) -> None:
    reading.turn_by(1)
    reading.set_zoom(6.0)
    reading._show(reading._view.with_point(PagePoint(0, 60, 35), reading._view.to_view(reading._view.topmost())))
    qtbot.waitUntil(lambda: is_sharp(reading))
    assert any(request.clip for request in reading._pictures.wanted)
    assert print_at(grab(reading), reading, 0, TITLE) > 1500


# ---- dark pages


@pytest.fixture
def pictured(tmp_path: Path) -> Path:
    """A page with print in colours, a photograph, and one that is nothing but a scan."""
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        for number, colour in enumerate(((0, 0, 0), (0.6, 0, 0), (0, 0.2, 0.5), (0.25, 0.25, 0.25))):
            page.insert_text((72, 100 + 60 * number), "HHHHHHHH", fontsize=40, color=colour)
        photograph = pymupdf.Pixmap(pymupdf.csRGB, (0, 0, 60, 60))
        photograph.set_rect(photograph.irect, (200, 40, 90))
        page.insert_image((100, 400, 300, 600), pixmap=photograph)
        scan = pymupdf.Pixmap(pymupdf.csRGB, (0, 0, 119, 168))
        scan.set_rect(scan.irect, (250, 250, 248))
        scan.set_rect((20, 20, 90, 40), (10, 10, 10))
        document.new_page(width=595, height=842).insert_image((0, 0, 595, 842), pixmap=scan)
        path = tmp_path / "pictured.pdf"
        document.save(path)
    return path


@pytest.fixture
def dark(canvas: PageCanvas, pictured: Path, qtbot: QtBot) -> Iterator[PageCanvas]:
    canvas._theme.use_dark_pages(True)
    canvas.show_book(book_of([("pictured", pictured, [UPRIGHT, UPRIGHT])]), None)
    qtbot.waitUntil(lambda: is_sharp(canvas) and canvas._texts.get(0) is not None)
    yield canvas
    canvas._theme.use_dark_pages(False)


def seen(canvas: PageCanvas, page: int, x: float, y: float) -> QColor:
    at = canvas._view.to_view(PagePoint(page, x, y))
    return grab(canvas).pixelColor(round(at.x), round(at.y))


def test_dark_pages_have_pale_print_and_pictures_as_they_are(dark: PageCanvas) -> None:
    assert seen(dark, 0, 500, 50).lightness() < 45
    dark.go_to(0, 500)
    photograph = seen(dark, 0, 200, 500)
    assert (photograph.red(), photograph.green(), photograph.blue()) == (200, 40, 90)


def test_print_on_dark_pages_has_contrast_in_every_colour(dark: PageCanvas) -> None:
    image = grab(dark)
    for number in range(4):
        left, top, width, height = dark._view.box(0).rect(72, 75 + 60 * number, 250, 98 + 60 * number)
        colours = {
            image.pixelColor(x, y).name()
            for x in range(round(left), round(left + width))
            for y in range(round(top), round(top + height))
        }
        assert max(contrast(colour, dark._theme.colours.night) for colour in colours) >= 4.5


def test_a_scan_is_paper_and_becomes_dark(dark: PageCanvas, qtbot: QtBot) -> None:
    dark.fit_page()
    dark.go_to(1)
    qtbot.waitUntil(lambda: is_sharp(dark))
    assert seen(dark, 1, 500, 700).lightness() < 45
    assert seen(dark, 1, 250, 150).lightness() > 180


def test_marks_on_dark_pages_are_seen_and_drown_no_print(dark: PageCanvas) -> None:
    mark = Marked("one", Anchor("pictured", "", 0, "1", (Quad(0, 60, 60, 320, 110),), "HHHHHHHH"), colour="risk")
    dark.set_marks(lambda page: [mark] if page.index == 0 else [])
    ground = seen(dark, 0, 310, 70)
    assert ground.red() > ground.blue() + 20
    left, top, width, height = (round(each) for each in dark._view.box(0).rect(72, 75, 250, 98))
    image = grab(dark)
    colours = {image.pixelColor(x, y).name() for x in range(left, left + width) for y in range(top, top + height)}
    assert max(contrast(colour, ground.name()) for colour in colours) >= 4.5


@pytest.mark.parametrize("palette", PALETTES)
def test_every_colour_over_dark_pages_leaves_pale_print_legible(palette: str) -> None:
    colours = PALETTES[palette]
    for name in ("selection", "hit", "hit_now", *(f"note_{note}" for note in NOTES)):
        over = at_night(getattr(colours, name))
        ground, ink = (screened(over, paper) for paper in (colours.night, colours.night_ink))
        assert contrast(ink, ground) >= 4.5, name
        assert contrast(ground, colours.night) >= 1.3, name


def screened(one: str, other: str) -> str:
    """Two lights on one spot."""
    parts = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{255 - (255 - a) * (255 - b) // 255:02x}" for a, b in parts)


def test_no_light_page_is_left_when_pages_become_dark(reading: PageCanvas, book: Book, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(reading._pictures.thumbnail(page) for page in book.pages))
    reading._theme.use_dark_pages(True)
    reading.verticalScrollBar().setValue(reading._view.range_y // 2)
    image = grab(reading)
    pages = [reading._view.box(page) for page in reading._view.pages]
    assert all(
        image.pixelColor(round(box.left + box.width / 2), y).lightness() < 60
        for box in pages
        for y in range(max(0, round(box.top) + 2), min(image.height(), round(box.top + 40)))
    )
    qtbot.waitUntil(lambda: is_sharp(reading))
    reading._theme.use_dark_pages(False)
    qtbot.waitUntil(lambda: is_sharp(reading))
    box = reading._view.box(reading.current_page())
    assert grab(reading).pixelColor(round(box.left + 10), 12).lightness() == 255


# ---- moving


def test_the_wheel_glides_and_arrives_where_it_would_have_jumped(reading: PageCanvas, qtbot: QtBot) -> None:
    reading._theme.use_motion(True)
    seen_tops: list[float] = []
    reading.place_changed.connect(lambda: seen_tops.append(reading._view.top))
    wheel(reading, -120)
    wheel(reading, -120)
    qtbot.waitUntil(lambda: not reading._glide.running)
    assert reading._view.top == 192
    assert len(set(seen_tops)) > 2
    assert seen_tops == sorted(seen_tops)


def test_a_jump_ends_a_glide(reading: PageCanvas) -> None:
    reading._theme.use_motion(True)
    wheel(reading, -120)
    reading.go_to(7)
    assert not reading._glide.running
    assert reading.current_page() == 7


def test_rushing_through_pages_not_drawn_yet_shows_their_small_pictures(
    canvas: PageCanvas, book: Book, qtbot: QtBot
) -> None:
    canvas.show_book(book, None)
    canvas.verticalScrollBar().setValue(canvas._view.range_y // 2)
    canvas._ask()
    canvas.verticalScrollBar().setValue(canvas._view.range_y)
    canvas._ask()
    asked = list(canvas._pictures.wanted.values())
    assert asked
    assert all(need.small for need in asked)
    qtbot.waitUntil(lambda: is_sharp(canvas))  # by itself, once it has come to rest


def test_a_jump_asks_for_the_page_itself_at_once_even_in_a_rush(canvas: PageCanvas, book: Book) -> None:
    canvas.show_book(book, None)
    canvas._ask()
    canvas.verticalScrollBar().setValue(canvas._view.range_y)
    canvas._ask()
    canvas.go_to(0)
    canvas._ask()
    assert next(need.page for need in canvas._pictures.wanted.values() if not need.small) == 0


def test_scrolling_far_where_drawing_keeps_up_is_no_rush(canvas: PageCanvas, book: Book, qtbot: QtBot) -> None:
    canvas.show_book(book, None)
    qtbot.waitUntil(lambda: is_sharp(canvas))
    for value in (canvas._view.range_y // 2, canvas._view.range_y):
        canvas.verticalScrollBar().setValue(value)
        canvas._ask()
        assert not all(need.small for need in canvas._pictures.wanted.values())
        qtbot.waitUntil(lambda: is_sharp(canvas))


# ---- remembering


def test_each_paper_keeps_its_look_and_a_jump_brings_it_back(reading: PageCanvas) -> None:
    reading.set_zoom(2.0)
    reading.remember()
    reading.go_to(8)
    reading.set_mode(Mode.SPREAD)
    reading.fit_page()
    reading.turn_by(1)
    reading.remember()
    reading.go_to(1)
    assert (reading.mode, reading.fit, reading.zoom, reading.turn) == (Mode.CONTINUOUS, Fit.NONE, 2.0, 0)
    reading.back()
    assert (reading.mode, reading.fit, reading.turn) == (Mode.SPREAD, Fit.PAGE, 1)
    assert reading.current_page() == 8


def test_scrolling_on_into_another_paper_changes_no_look(reading: PageCanvas) -> None:
    reading.use_looks([Place("bravo", 0, 0, 0, 3.0, "", "single", 0, 6)])
    reading.go_to(5)
    zoom = reading.zoom
    for _ in range(20):
        wheel(reading, -120)
    assert reading.current_page() >= 6
    assert (reading.zoom, reading.mode) == (zoom, Mode.CONTINUOUS)


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("fit", list(Fit))
@pytest.mark.parametrize("turn", [0, 1])
def test_a_pack_reopens_at_the_same_page_in_every_look_after_papers_came_before_it_and_in_another_window(
    reading: PageCanvas,
    engine: PdfClient,
    bridge: Bridge,
    papers: dict[str, Path],
    qtbot: QtBot,
    mode: Mode,
    fit: Fit,
    turn: int,
) -> None:
    reading.set_zoom(1.3)
    reading.set_mode(mode)
    reading._use_fit(fit)
    reading.go_to(8)
    reading.turn_by(turn)
    reading.scroll_by(0, 120)
    place, page = reading.remember(), reading.current_page()
    later = book_of([missing("early", 5), ("alpha", papers["alpha"], SIZES), ("bravo", papers["bravo"], SIZES)])
    again = PageCanvas(engine, no_words, bridge, Theme("light", motion=False))
    qtbot.addWidget(again)
    again.resize(640, 980)
    again.show()
    again.show_book(later, place)
    assert (again.current_page(), again.mode, again.fit, again.turn) == (page + 5, mode, fit, turn)
    now = again.place()
    assert (now.paper_id, now.page) == (place.paper_id, place.page)


def test_a_place_in_a_paper_withdrawn_meanwhile_opens_where_that_stood(
    canvas: PageCanvas, papers: dict[str, Path]
) -> None:
    shorter = book_of([("alpha", papers["alpha"], SIZES)])
    canvas.show_book(shorter, Place("bravo", 1, 0, 0, 1.0, "width", "continuous", 0, 7))
    assert canvas.current_page() == 5


def test_a_damaged_record_of_a_look_still_opens_the_page(canvas: PageCanvas, book: Book) -> None:
    canvas.show_book(book, Place("bravo", 1, 0, 0, 1.0, "nonsense", "nonsense", 7, 7))
    assert (canvas.current_page(), canvas.mode, canvas.fit) == (7, Mode.CONTINUOUS, Fit.WIDTH)


def test_landscape_pages_between_upright_ones_scroll_steadily(canvas: PageCanvas, papers: dict[str, Path]) -> None:
    canvas.show_book(book_of([("alpha", papers["alpha"], [UPRIGHT, WIDE, UPRIGHT, WIDE, UPRIGHT, UPRIGHT])]), None)
    for mode in (Mode.CONTINUOUS, Mode.SPREAD):
        canvas.set_mode(mode)
        canvas.go_to(0)
        centres = set()
        for _ in range(30):
            wheel(canvas, -120)
            centres |= {round(canvas._view.left)}
        assert len(centres) == 1


def test_pages_let_go_of_while_in_sight_trouble_nobody(
    engine: PdfClient, bridge: Bridge, book: Book, qtbot: QtBot
) -> None:
    """Python takes a circle of things apart before Qt does, and what is taken apart still hears that it is hidden."""
    pages = PageCanvas(engine, no_words, bridge, Theme("light", motion=False))
    pages.show_book(book, None)
    pages.show()
    QApplication.processEvents()
    gone: list[object] = []
    pages.destroyed.connect(lambda: gone.append(None))
    del pages
    gc.collect()
    QApplication.processEvents()
    assert gone
