"""The meeting sheet, with questions asked and answered, and what it and the notes can be exported as."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt

from desktop.tour.walk import CONTROL, SHIFT, Walk, go_to, select_words
from desktop.ui.panels.export_dialog import ExportDialog
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.sheet import SheetScreen
from desktop.ui.window import Screen

_QUESTIONS = (
    ("item 8 p2", 0.3, "Which of the three sites drives this, and what would change it by March?"),
    ("item 13 p2", 0.5, "What happens to the case if the commercial terms are not approved today?"),
)
_ANSWER = "Calder Vale. The discharge lounge opens on 16 February; the Chief Operating Officer reports in March."


def meeting_sheet(walk: Walk, reader: ReaderScreen) -> Iterator[Path]:
    """From two questions to the sheet, a tick and an answer, and the dialog that exports it."""
    for place, down, words in _QUESTIONS:
        go_to(walk, place)
        select_words(walk, reader, down)
        walk.key(Qt.Key.Key_N)
        walk.type(words)
        walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_M, CONTROL | SHIFT)
    walk.wait(walk.shows(Screen.SHEET), "the meeting sheet")
    screen = walk.app.window.screen_of(Screen.SHEET)
    assert isinstance(screen, SheetScreen)
    walk.wait(lambda: screen.sheet and any(item.papers for item in screen.sheet.items), "what papers ask")
    yield walk.take("50-meeting-sheet")
    row = next(row for row in screen.rows() if row.entry.is_question)
    while not row.box.hasFocus():
        walk.key(Qt.Key.Key_Tab)
    walk.key(Qt.Key.Key_Space)
    while not row.answer.hasFocus():
        walk.key(Qt.Key.Key_Tab)
    walk.type(_ANSWER)
    walk.rest()
    yield walk.take("51-asked-and-answered")
    walk.key(Qt.Key.Key_E, CONTROL | SHIFT)
    dialog = screen.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    yield walk.take("52-export-the-sheet", dialog)
    dialog.reject()
    walk.window.activateWindow()  # what a desktop does by itself
    walk.wait(walk.window.isActiveWindow, "the window")
    walk.key(Qt.Key.Key_Escape)


def coming_and_going(walk: Walk, reader: ReaderScreen) -> Iterator[Path]:
    """The dialog that exports notes, over the page."""
    go_to(walk, "item 8 p2")
    walk.key(Qt.Key.Key_E, CONTROL | SHIFT)
    dialog = reader.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    yield walk.take("53-export", dialog)
    dialog.reject()
    walk.window.activateWindow()  # what a desktop does by itself
    walk.wait(walk.window.isActiveWindow, "the window")
