"""The paper as text, printing, and the keys."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt

from desktop.tour.walk import CONTROL, SHIFT, Walk, go_to
from desktop.ui.panels.print_sheet import PrintSheet
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.window import Screen


def texting(walk: Walk, reader: ReaderScreen) -> Iterator[Path]:
    """The reading view beside its page and alone, a paper read aloud, and the sheet that asks what to print."""
    go_to(walk, "item 8 p2")
    walk.key(Qt.Key.Key_R, CONTROL | SHIFT)
    yield walk.take("40-text-beside-the-page")
    walk.key(Qt.Key.Key_R, CONTROL)
    walk.key(Qt.Key.Key_U, CONTROL)
    walk.wait(lambda: reader.canvas.has_selection, "the first sentence")
    walk.press("Pause")
    yield walk.take("41-text-read-aloud")
    walk.press("End reading aloud")
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_P, CONTROL)
    sheet = reader.findChild(PrintSheet)
    assert isinstance(sheet, PrintSheet)
    yield walk.take("42-print", sheet)
    sheet.reject()
    walk.window.activateWindow()  # what a desktop does by itself
    walk.wait(walk.window.isActiveWindow, "the window")


def keys(walk: Walk) -> Iterator[Path]:
    """Every command, and one of them asked for new keys."""
    walk.key(Qt.Key.Key_Comma, CONTROL)
    walk.press("Change keys…")
    walk.wait(walk.shows(Screen.KEYS), "the keys")
    walk.key(Qt.Key.Key_Tab)
    walk.key(Qt.Key.Key_Down)
    walk.key(Qt.Key.Key_Return)
    yield walk.take("43-keys")
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_Escape)
