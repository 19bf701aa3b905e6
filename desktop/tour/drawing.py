"""Marking in every way: the tools, what they make, a question, and the panel that lists it all."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from desktop.tour.walk import CONTROL, Walk, go_to, select_words
from desktop.ui.reader_screen import ReaderScreen

_KINDS = ("rectangle", "ellipse", "line", "arrow")


def drawing(walk: Walk, reader: ReaderScreen) -> Iterator[Path]:
    """On a page of words, and then again on a dark one that is turned."""
    go_to(walk, "item 6 p2")
    port = reader.canvas.viewport()
    wide, high = port.width(), port.height()
    walk.wait(lambda: reader.canvas.words_on(reader.canvas.current_page()) is not None, "the page's words")
    walk.key(Qt.Key.Key_T)
    yield walk.take("14a-tools")
    walk.key(Qt.Key.Key_Escape)
    for place, kind in enumerate(_KINDS):
        take_tool(walk, reader, kind)
        walk.key(Qt.Key(Qt.Key.Key_1 + place))
        left = wide * (0.24 + 0.13 * place)
        walk.drag(port, QPointF(left, high * 0.22), QPointF(left + wide * 0.1, high * 0.32))
        walk.key(Qt.Key.Key_Escape)
    for place, kind in enumerate(("underline", "strike out", "squiggly line")):
        select_words(walk, reader, 0.42 + 0.08 * place)
        reader.marking.bar.kinds.menu().actions()[place].trigger()
        assert reader.marking.notebook is not None
        assert reader.marking.notebook.annotations[-1].kind == kind
    walk.key(Qt.Key.Key_P)
    for down in (0.70, 0.74):
        walk.drag(port, QPointF(wide * 0.3, high * down), QPointF(wide * 0.5, high * (down + 0.05)))
    walk.key(Qt.Key.Key_Escape)
    take_tool(walk, reader, "text")
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=QPointF(wide * 0.55, high * 0.72).toPoint())
    walk.type("Compare with the risk on the BAF: is it the same money?")
    walk.key(Qt.Key.Key_Escape)
    select_words(walk, reader, 0.86)
    walk.key(Qt.Key.Key_Q)
    walk.type("Who checks that this was done, and when will we hear?")
    yield walk.take("14b-question")
    walk.key(Qt.Key.Key_Escape)
    yield walk.take("14c-every-kind-of-mark")
    if not reader.notes.isVisible():
        walk.key(Qt.Key.Key_M, CONTROL)
    walk.press("More filters")
    yield walk.take("14d-notes-filtered")
    reader.notes.filters.scope.setCurrentIndex(2)
    walk.press("More filters")
    yield walk.take("14e-notes-of-the-body")
    reader.notes.filters.scope.setCurrentIndex(0)
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_I)
    walk.key(Qt.Key.Key_R)
    walk.key(Qt.Key.Key_Tab)
    yield walk.take("14f-marks-on-a-dark-page-turned")
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    walk.key(Qt.Key.Key_I)


def take_tool(walk: Walk, reader: ReaderScreen, kind: str) -> None:
    """Take up a tool from the box, by mouse."""
    walk.key(Qt.Key.Key_T)
    QTest.mouseClick(reader.marking.tool_box.button(kind), Qt.MouseButton.LeftButton)
    walk.wait(lambda: not reader.marking.tool_box.isVisible(), "the tools put away")
