"""Every way of marking a page, by real mouse, pen and keys on the real reader, over a real store, through a restart."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from reader_making import CONTROL, SHIFT, WAIT, Home, Kept, Open, at_top, pixel_of, press, select

from desktop.annotations.entries import Annotation, Asking
from desktop.ui.reader_screen import ReaderScreen

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


def at(screen: ReaderScreen, x: float, y: float) -> QPoint:
    """The pixel of a point of the first page."""
    return pixel_of(screen.canvas, QPointF(x, y)).toPoint()


def drag(screen: ReaderScreen, *points: tuple[float, float]) -> None:
    port = screen.canvas.viewport()
    pixels = [at(screen, *point) for point in points]
    QTest.mousePress(port, LEFT, Qt.KeyboardModifier.NoModifier, pixels[0])
    for pixel in pixels[1:]:
        QTest.mouseMove(port, pixel)
    QTest.mouseRelease(port, LEFT, Qt.KeyboardModifier.NoModifier, pixels[-1])


def click(screen: ReaderScreen, x: float, y: float) -> None:
    QTest.mouseClick(screen.canvas.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at(screen, x, y))


@pytest.fixture
def reader(open_reader: Open, qtbot: QtBot) -> ReaderScreen:
    screen = open_reader()
    at_top(screen, qtbot)
    screen.canvas.setFocus()
    qtbot.waitUntil(lambda: screen.canvas.words_on(0) is not None, timeout=WAIT)
    return screen


def marks(screen: ReaderScreen) -> list[Annotation]:
    assert screen.marking.notebook is not None
    return screen.marking.notebook.annotations


def only(screen: ReaderScreen) -> Annotation:
    (mark,) = marks(screen)
    return mark


def pick_tool(screen: ReaderScreen, qtbot: QtBot, tool: str) -> None:
    """From the box of tools, by mouse."""
    press(screen, Key.Key_T)
    assert screen.marking.tool_box.isVisible()
    QTest.mouseClick(screen.marking.tool_box.button(tool), LEFT)
    assert screen.marking.tool == tool
    qtbot.waitUntil(lambda: not screen.marking.tool_box.isVisible(), timeout=WAIT)


@pytest.mark.parametrize("kind", ["rectangle", "ellipse", "line", "arrow"])
def test_a_shape_is_drawn_from_corner_to_corner_and_then_one_reads_again(
    reader: ReaderScreen, qtbot: QtBot, kind: str
) -> None:
    before = reader.canvas.grab().toImage()
    pick_tool(reader, qtbot, kind)
    drag(reader, (120, 160), (200, 200), (300, 240))
    mark = only(reader)
    assert mark.kind == kind
    assert mark.shape is not None
    assert mark.shape.box == pytest.approx((120, 160, 300, 240), abs=2)
    assert "cash1" in mark.anchor.exact  # the words it was drawn at, to find it again by
    assert reader.marking.tool == ""
    assert reader.canvas.grab().toImage() != before
    assert reader.canvas.drawing.holding.held == mark.id


def test_a_tool_pressed_twice_stays_until_escape(reader: ReaderScreen, qtbot: QtBot) -> None:
    press(reader, Key.Key_T)
    box = reader.marking.tool_box
    button = box.button("rectangle")
    QTest.mouseClick(button, LEFT)
    QTest.mouseDClick(button, LEFT)
    assert box.pin.isChecked()
    qtbot.waitUntil(lambda: not box.isVisible(), timeout=WAIT)
    drag(reader, (100, 150), (150, 180))
    drag(reader, (200, 150), (250, 180))
    assert [mark.kind for mark in marks(reader)] == ["rectangle", "rectangle"]
    press(reader, Key.Key_Escape)
    assert reader.marking.tool == ""
    drag(reader, (300, 150), (350, 300))
    assert len(marks(reader)) == 2


def test_the_tools_are_chosen_by_key_and_digits_pick_the_colour(reader: ReaderScreen, qtbot: QtBot) -> None:
    press(reader, Key.Key_T)
    assert reader.marking.tool_box.button("").hasFocus()
    for _ in range(6):
        press(reader, Key.Key_Down)
    assert reader.marking.tool_box.button("line").hasFocus()
    press(reader, Key.Key_Space)
    press(reader, Key.Key_3)
    qtbot.waitUntil(lambda: not reader.marking.tool_box.isVisible(), timeout=WAIT)
    press(reader, Key.Key_Return)  # placed in the middle of what is in sight
    mark = only(reader)
    assert (mark.kind, mark.colour) == ("line", "action")
    press(reader, Key.Key_5)
    assert only(reader).colour == "challenge"  # what is held takes the colour


@pytest.mark.parametrize(("place", "kind"), [(0, "underline"), (1, "strike out"), (2, "squiggly line")])
def test_selected_words_are_marked_in_other_ways_from_the_small_bar(
    reader: ReaderScreen, qtbot: QtBot, kept: list[Kept], place: int, kind: str
) -> None:
    select(reader, qtbot, kept[0], 12, 15)
    qtbot.waitUntil(reader.marking.bar.isVisible, timeout=WAIT)
    shown = reader.canvas.grab().toImage()
    reader.marking.bar.kinds.menu().actions()[place].trigger()
    assert only(reader).kind == kind
    assert not reader.marking.bar.isVisible()
    assert reader.canvas.grab().toImage() != shown
    press(reader, Key.Key_Z, CONTROL)
    assert marks(reader) == []


def pen(screen: ReaderScreen, kind: QEvent.Type, x: float, y: float, firm: float, rubber: bool = False) -> bool:
    """One event of a drawing tablet's pen, as the system would send it."""
    port = screen.canvas.viewport()
    place = QPointF(at(screen, x, y))
    tip = QPointingDevice.PointerType.Eraser if rubber else QPointingDevice.PointerType.Pen
    device = QPointingDevice(
        "pen", 7, QInputDevice.DeviceType.Stylus, tip, QInputDevice.Capability.Pressure, 1, 1
    )  # fmt: skip
    held = LEFT if kind != QEvent.Type.TabletRelease else Qt.MouseButton.NoButton
    event = QTabletEvent(
        kind, device, place, QPointF(port.mapToGlobal(place.toPoint())), firm, 0, 0, 0, 0, 0,
        Qt.KeyboardModifier.NoModifier, LEFT, held,
    )  # fmt: skip
    QApplication.sendEvent(port, event)
    return event.isAccepted()


def stroke(screen: ReaderScreen, *dots: tuple[float, float, float]) -> None:
    assert pen(screen, QEvent.Type.TabletPress, *dots[0])
    for dot in dots[1:]:
        pen(screen, QEvent.Type.TabletMove, *dot)
    pen(screen, QEvent.Type.TabletRelease, *dots[-1])


def test_a_pen_writes_as_firmly_as_it_is_pressed_and_its_other_end_rubs_out(reader: ReaderScreen) -> None:
    press(reader, Key.Key_P)
    stroke(reader, (100, 300, 0.2), (140, 310, 0.6), (180, 300, 1.0))
    stroke(reader, (100, 340, 0.5), (180, 340, 0.5))  # at once after the first: the same drawing
    mark = only(reader)
    assert mark.shape is not None
    assert [len(each) for each in mark.shape.strokes] == [3, 2]
    assert [round(dot[2], 1) for dot in mark.shape.strokes[0]] == [0.2, 0.6, 1.0]
    assert reader.marking.tool == "ink"  # nobody draws one stroke
    pen(reader, QEvent.Type.TabletPress, 140, 340, 0.5, True)
    pen(reader, QEvent.Type.TabletRelease, 140, 340, 0.5, True)
    left = only(reader).shape
    assert left is not None
    assert len(left.strokes) == 1
    press(reader, Key.Key_Escape)
    assert not pen(reader, QEvent.Type.TabletPress, 140, 500, 0.5)  # reading, it is a mouse


def test_the_mouse_draws_ink_and_rubs_it_out(reader: ReaderScreen, qtbot: QtBot) -> None:
    press(reader, Key.Key_P)
    drag(reader, (100, 300), (120, 320), (160, 300))
    assert only(reader).kind == "ink"
    press(reader, Key.Key_Escape)
    pick_tool(reader, qtbot, "eraser")
    drag(reader, (110, 290), (110, 312), (110, 330))
    assert marks(reader) == []
    press(reader, Key.Key_Z, CONTROL)
    assert only(reader).kind == "ink"


def test_words_are_written_on_the_page_and_nothing_is_left_without_them(reader: ReaderScreen, qtbot: QtBot) -> None:
    pick_tool(reader, qtbot, "text")
    click(reader, 200, 200)
    editor = reader.marking.editor
    qtbot.waitUntil(editor.isVisible, timeout=WAIT)
    QTest.keyClick(editor.words, Key.Key_Escape)
    assert marks(reader) == []
    pick_tool(reader, qtbot, "text")
    click(reader, 200, 200)
    QTest.keyClicks(editor.words, "See the BAF")
    QTest.keyClick(editor.words, Key.Key_Escape)
    mark = only(reader)
    assert (mark.kind, mark.words) == ("text", "See the BAF")
    assert mark.shape is not None
    assert mark.shape.box[:2] == pytest.approx((200, 200), abs=2)


def test_a_question_knows_its_item_whom_it_is_for_and_whether_it_was_asked(
    reader: ReaderScreen, qtbot: QtBot, kept: list[Kept]
) -> None:
    select(reader, qtbot, kept[0], 12, 15)
    press(reader, Key.Key_Q)
    editor = reader.marking.editor
    qtbot.waitUntil(editor.isVisible, timeout=WAIT)
    assert editor.asking.item.currentText() == "1  Minutes"
    assert editor.asking.whom.text() == "Chair"
    QTest.keyClicks(editor.words, "Why so late?")
    editor.asking.item.setFocus()
    QTest.keyClick(editor.asking.item, Key.Key_Down)
    assert editor.asking.whom.text() == "Director of Finance and Performance"
    editor.asking.asked.setFocus()
    QTest.keyClick(editor.asking.asked, Key.Key_Space)
    press(reader, Key.Key_Escape)
    mark = only(reader)
    assert mark.kind == "question"
    assert mark.words == "Why so late?"
    assert mark.asking == Asking("2.1", "Director of Finance and Performance", True)


def test_a_note_stands_at_the_point_that_was_clicked(reader: ReaderScreen, qtbot: QtBot) -> None:
    pick_tool(reader, qtbot, "note")
    click(reader, 400, 300)
    QTest.keyClicks(reader.marking.editor.words, "Here")
    QTest.keyClick(reader.marking.editor.words, Key.Key_Escape)
    mark = only(reader)
    assert mark.shape is not None
    assert mark.shape.box[:2] == pytest.approx((400, 300), abs=2)
    drag(reader, (400, 300), (380, 330), (350, 360))  # its marker is moved like any drawing
    moved = only(reader).shape
    assert moved is not None
    assert moved.box[:2] == pytest.approx((350, 360), abs=3)


def draw_frame(reader: ReaderScreen, qtbot: QtBot) -> Annotation:
    pick_tool(reader, qtbot, "rectangle")
    drag(reader, (120, 160), (200, 200), (300, 240))
    return only(reader)


def box_of(mark: Annotation) -> tuple[float, ...]:
    assert mark.shape is not None
    return mark.shape.box


def test_a_shape_is_moved_and_pulled_larger_by_mouse(reader: ReaderScreen, qtbot: QtBot) -> None:
    draw_frame(reader, qtbot)
    drag(reader, (160, 160), (170, 190), (180, 210))  # by its line
    assert box_of(only(reader)) == pytest.approx((140, 210, 320, 290), abs=3)
    drag(reader, (320, 290), (330, 300), (360, 330))  # by its corner
    assert box_of(only(reader)) == pytest.approx((140, 210, 360, 330), abs=3)
    press(reader, Key.Key_Z, CONTROL)
    press(reader, Key.Key_Z, CONTROL)
    assert box_of(only(reader)) == pytest.approx((120, 160, 300, 240), abs=2)


def test_everything_is_done_by_key_too(reader: ReaderScreen, qtbot: QtBot) -> None:
    frame = draw_frame(reader, qtbot)
    press(reader, Key.Key_Escape)
    held = reader.canvas.drawing.holding
    assert held.held == ""
    press(reader, Key.Key_Tab)
    assert held.held == frame.id
    press(reader, Key.Key_Right)
    press(reader, Key.Key_Down)
    assert box_of(only(reader)) == pytest.approx([part + 4 for part in box_of(frame)], abs=0.1)
    press(reader, Key.Key_Right, SHIFT)
    assert box_of(only(reader))[2] == pytest.approx(box_of(frame)[2] + 8, abs=0.1)
    press(reader, Key.Key_2)
    assert only(reader).colour == "risk"
    press(reader, Key.Key_J, CONTROL)
    assert len(marks(reader)) == 2
    copy = marks(reader)[1]
    assert held.held == copy.id
    press(reader, Key.Key_Delete)
    assert [mark.id for mark in marks(reader)] == [frame.id]
    assert held.held == ""


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_an_arrow_key_moves_the_way_it_points_however_the_page_is_turned(
    reader: ReaderScreen, qtbot: QtBot, turns: int
) -> None:
    frame = draw_frame(reader, qtbot)
    for _ in range(turns):
        press(reader, Key.Key_R)
    reader.canvas.go_to(0, 160.0)
    qtbot.waitUntil(lambda: reader.canvas.drawing.holding.held_mark() is not None, timeout=WAIT)
    before = reader.canvas.view.box(0).rect(*box_of(frame))
    press(reader, Key.Key_Right)
    after = reader.canvas.view.box(0).rect(*box_of(only(reader)))
    assert after[0] > before[0] + 2
    assert after[1] == pytest.approx(before[1], abs=0.5)


def test_a_passage_is_made_longer_by_its_handle_and_by_key(
    reader: ReaderScreen, qtbot: QtBot, kept: list[Kept]
) -> None:
    select(reader, qtbot, kept[0], 12, 13)
    press(reader, Key.Key_H)
    mark = only(reader)
    words = mark.anchor.exact.split()
    press(reader, Key.Key_Tab)
    assert reader.canvas.drawing.holding.held == mark.id
    press(reader, Key.Key_Right, SHIFT)
    assert len(only(reader).anchor.exact.split()) == len(words) + 1
    quad = only(reader).anchor.quads[-1]
    drag(reader, (quad.x1, (quad.y0 + quad.y1) / 2), (quad.x1 + 30, quad.y1), (quad.x1 + 60, quad.y1 + 20))
    assert len(only(reader).anchor.quads) == 2
    assert only(reader).id == mark.id


def test_a_highlight_goes_on_over_the_foot_of_a_page(reader: ReaderScreen) -> None:
    reader.canvas.select_words(0, 150, 155)
    for _ in range(3):
        press(reader, Key.Key_Down, SHIFT)
    while reader.canvas.selected_anchor().quads[-1].page == 0:  # type: ignore[union-attr]
        press(reader, Key.Key_Down, SHIFT)
    press(reader, Key.Key_H)
    assert only(reader).pages == (0, 1)


def test_all_is_there_again_after_a_restart(
    home: Home, reader: ReaderScreen, open_reader: Open, qtbot: QtBot, kept: list[Kept]
) -> None:
    frame = draw_frame(reader, qtbot)
    select(reader, qtbot, kept[0], 30, 33)
    press(reader, Key.Key_Q)
    QTest.keyClicks(reader.marking.editor.words, "Why?")  # and the program is closed at once
    assert reader.leave()
    home.close()
    home.open()
    again = open_reader()
    at_top(again, qtbot)
    kept_marks = marks(again)
    assert [(mark.kind, mark.words) for mark in kept_marks] == [("rectangle", ""), ("question", "Why?")]
    assert box_of(kept_marks[0]) == pytest.approx(box_of(frame), abs=0.01)
    assert kept_marks[1].asking == Asking("1", "Chair", False)


def test_a_mark_says_what_it_is_under_the_pointer(reader: ReaderScreen, qtbot: QtBot) -> None:
    draw_frame(reader, qtbot)
    port, place = reader.canvas.viewport(), at(reader, 160, 160)
    QApplication.sendEvent(port, QHelpEvent(QEvent.Type.ToolTip, place, port.mapToGlobal(place)))
    assert QToolTip.text().startswith("Rectangle, Question. On “minutes says cash1")
    assert len(QToolTip.text()) < 100
    QToolTip.hideText()


def test_a_tool_works_in_the_other_pane_too(reader: ReaderScreen, qtbot: QtBot) -> None:
    press(reader, Key.Key_F8)
    first, second = reader.split.panes
    qtbot.waitUntil(lambda: second.canvas.words_on(0) is not None, timeout=WAIT)
    reader.split.use(second)
    press(reader, Key.Key_P)
    reader.split.use(first)
    port = second.canvas.viewport()
    box = second.canvas.box_of(0)
    start, end = (QPointF(*box.at(x, y)).toPoint() for x, y in ((150, 200), (220, 260)))
    QTest.mousePress(port, LEFT, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(port, (start + end) / 2)
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, LEFT, Qt.KeyboardModifier.NoModifier, end)
    assert reader.pane is second
    mark = only(reader)
    assert mark.kind == "ink"
    assert first.canvas.drawing.tool == second.canvas.drawing.tool == "ink"
