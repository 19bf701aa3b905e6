"""What lies upon the pages: selection, annotations, hits; made by real mouse and keys."""

from concurrent.futures import Future

import pytest
from canvas_making import Button, Key, Marked, Mod, drag, grab, word_pixel
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.annotations.anchor import Anchor, Quad
from desktop.errors import KnownError
from desktop.packs.book import Book
from desktop.pdf.words import pack
from desktop.reader.viewport import PagePoint
from desktop.ui.reader.canvas import PageCanvas


def test_dragging_selects_words_and_says_so_when_done(reading: PageCanvas, qtbot: QtBot) -> None:
    with qtbot.waitSignals([reading.selection_changed, reading.selection_finished]):
        start, end = word_pixel(reading, 0, "line2"), word_pixel(reading, 0, "page1", 2)
        drag(reading, start - QPoint(10, 0), end + QPoint(15, 0))
    assert reading.selected_text() == "line2 of page1 says alpha beta gamma line3 of page1"
    anchor = reading.selected_anchor()
    assert anchor is not None
    assert (anchor.paper_id, anchor.page, len(anchor.quads)) == ("alpha", 0, 2)


def test_dragging_on_past_the_edge_scrolls_and_selects(reading: PageCanvas, qtbot: QtBot) -> None:
    port = reading.viewport()
    QTest.mousePress(port, Button.LeftButton, Mod.NoModifier, word_pixel(reading, 0, "line2"))
    QTest.mouseMove(port, QPoint(300, 300))
    QTest.mouseMove(port, QPoint(300, port.height() + 80))
    qtbot.waitUntil(lambda: "page2" in reading.selected_text())
    QTest.mouseRelease(port, Button.LeftButton, Mod.NoModifier, QPoint(300, port.height() + 80))
    assert not reading._pointing._edge.isActive()


def test_double_click_takes_the_word_and_a_third_the_line(reading: PageCanvas) -> None:
    place = word_pixel(reading, 0, "alpha", 1)
    QTest.mouseDClick(reading.viewport(), Button.LeftButton, Mod.NoModifier, place)
    assert reading.selected_text() == "alpha"
    QTest.mouseClick(reading.viewport(), Button.LeftButton, Mod.NoModifier, place)
    assert reading.selected_text() == "line1 of page1 says alpha beta gamma"


def test_shift_click_and_shift_arrows_extend(reading: PageCanvas) -> None:
    port = reading.viewport()
    QTest.mouseClick(port, Button.LeftButton, Mod.NoModifier, word_pixel(reading, 0, "line4") - QPoint(12, 0))
    assert not reading.has_selection
    QTest.mouseClick(port, Button.LeftButton, Mod.ShiftModifier, word_pixel(reading, 0, "of", 3) + QPoint(5, 0))
    assert reading.selected_text() == "line4 of"
    QTest.keyClick(reading, Key.Key_Right, Mod.ShiftModifier)
    assert reading.selected_text() == "line4 of page1"
    QTest.keyClick(reading, Key.Key_Down, Mod.ShiftModifier)
    assert reading.selected_text().endswith("line5 of page1")
    QTest.keyClick(reading, Key.Key_Left, Mod.ShiftModifier)
    assert reading.selected_text().endswith("line5 of")


def test_ctrl_c_copies_and_esc_clears(reading: PageCanvas, qtbot: QtBot) -> None:
    QTest.keyClick(reading, Key.Key_A, Mod.ControlModifier)
    QTest.keyClick(reading, Key.Key_C, Mod.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("alpha page 1")
    assert "line30 of page1" in copied
    QTest.keyClick(reading, Key.Key_Escape)
    assert not reading.has_selection


def test_the_selection_is_seen(reading: PageCanvas) -> None:
    place = word_pixel(reading, 0, "alpha", 1)
    before = grab(reading).pixelColor(place + QPoint(22, -6))
    QTest.mouseDClick(reading.viewport(), Button.LeftButton, Mod.NoModifier, place)
    assert grab(reading).pixelColor(place + QPoint(18, -6)) != before


def mark(ident: str, page: int, **fields: str) -> Marked:
    return Marked(ident, Anchor("alpha", "", page, "1", (Quad(page, 72, 300, 200, 312),), "words"), **fields)


def test_annotations_are_shown_found_and_clicked(reading: PageCanvas, qtbot: QtBot) -> None:
    marks = [mark("one", 0, colour="risk")]
    reading.set_marks(lambda page: marks if (page.paper.paper_id, page.index) == ("alpha", 0) else [])
    where = reading._view.to_view(PagePoint(0, 195, 301))
    place = QPoint(round(where.x), round(where.y))
    colour = grab(reading).pixelColor(place)
    assert colour.red() > colour.blue() + 20
    assert reading.annotation_at(place) == "one"
    with qtbot.waitSignal(reading.annotation_clicked) as clicked:
        QTest.mouseClick(reading.viewport(), Button.LeftButton, Mod.NoModifier, place)
    assert clicked.args[0] == "one"
    marks.clear()
    reading.marks_changed("alpha")
    assert reading.annotation_at(place) is None


def test_a_note_has_a_marker_in_the_margin(reading: PageCanvas) -> None:
    reading.set_marks(lambda page: [mark("n", 0, kind="note", words="Ask why.")] if page.index == 0 else [])
    box = reading._view.box(0)
    beside = QPointF(box.left + box.width - 14, box.top + 300 * box.scale + 8)
    assert reading.annotation_at(beside) == "n"


def test_hits_are_lit(reading: PageCanvas) -> None:
    where = reading._view.to_view(PagePoint(0, 400, 40))
    place = QPoint(round(where.x), round(where.y))
    reading.set_hits({0: [Quad(0, 390, 30, 420, 50)]})
    assert grab(reading).pixelColor(place) != Qt.GlobalColor.white
    reading.set_hits({})
    assert grab(reading).pixelColor(place) == Qt.GlobalColor.white


def test_letting_go_of_shift_finishes_a_selection_made_by_key(reading: PageCanvas, qtbot: QtBot) -> None:
    before = word_pixel(reading, 0, "line4") - QPoint(12, 0)
    QTest.mouseClick(reading.viewport(), Button.LeftButton, Mod.NoModifier, before)
    QTest.keyClick(reading, Key.Key_Right, Mod.ShiftModifier)
    with qtbot.waitSignal(reading.selection_finished) as finished:
        QTest.keyRelease(reading, Key.Key_Shift)
    assert reading.viewport().rect().contains(reading.viewport().mapFromGlobal(finished.args[0]))


def test_a_third_click_elsewhere_takes_no_line(reading: PageCanvas) -> None:
    port = reading.viewport()
    QTest.mouseDClick(port, Button.LeftButton, Mod.NoModifier, word_pixel(reading, 0, "alpha", 1))
    QTest.mouseClick(port, Button.LeftButton, Mod.NoModifier, word_pixel(reading, 0, "line9"))
    assert not reading.has_selection


class SlowWords:
    """A store that answers when it is told to."""

    def __init__(self, ready: dict[int, bytes]) -> None:
        self.ready = ready
        self.waiting: dict[int, Future[bytes | None]] = {}

    def __call__(self, version: str, page: int) -> "Future[bytes | None]":
        future = self.waiting.setdefault(page, Future())
        if page in self.ready and not future.done():
            future.set_result(self.ready[page])
        return future


def words_saying(*texts: str) -> bytes:
    return pack((72 + 60 * n, 100, 72 + 60 * n + 50, 112, text, 0, 0) for n, text in enumerate(texts))


@pytest.fixture
def slow(canvas: PageCanvas, book: Book) -> SlowWords:
    words = SlowWords({0: words_saying("first", "page"), 2: words_saying("third", "page")})
    canvas._texts._words = words
    canvas.show_book(book, None)
    return words


def test_copying_waits_for_the_words_between(canvas: PageCanvas, slow: SlowWords, qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("before")
    canvas.set_zoom(0.3)
    qtbot.waitUntil(lambda: canvas._texts.get(2) is not None and 1 in slow.waiting)
    port = canvas.viewport()
    QTest.mouseClick(port, Button.LeftButton, Mod.NoModifier, word_pixel(canvas, 0, "page"))
    QTest.mouseClick(port, Button.LeftButton, Mod.ShiftModifier, word_pixel(canvas, 2, "third") + QPoint(6, 0))
    QTest.keyClick(canvas, Key.Key_C, Mod.ControlModifier)
    assert clipboard.text() == "before"
    slow.waiting[1].set_result(words_saying("second", "page"))
    qtbot.waitUntil(lambda: clipboard.text() != "before")
    assert clipboard.text().splitlines()[1:] == ["second page", "third"]


def test_words_that_cannot_be_read_are_told_of(canvas: PageCanvas, slow: SlowWords, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: 1 in slow.waiting)
    with qtbot.waitSignal(canvas.trouble) as told:
        slow.waiting[1].set_exception(KnownError("The store could not be read."))
    assert told.args == ["The store could not be read."]
