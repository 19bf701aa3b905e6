"""The reading view, reading aloud and abbreviations, by key and mouse in the real reader over a real store."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from reader_making import CONTROL, SHIFT, WAIT, Kept, Open, at_top, press, select

from desktop.ui.panels.text_view import TextView
from desktop.ui.reader_screen import ReaderScreen


def text_of(screen: ReaderScreen, qtbot: QtBot, page: int = 0) -> TextView:
    """The view of the pane in use, with this page (of its paper) in it."""
    view = screen.pane.findChild(TextView)
    assert view is not None
    qtbot.waitUntil(lambda: page in view.pages_shown, timeout=WAIT)
    return view


def test_the_paper_is_read_as_text_and_left_at_the_same_page(open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 4)
    press(screen, Qt.Key.Key_R, CONTROL)
    view = text_of(screen, qtbot, 1)
    assert view.isVisible()
    assert not screen.canvas.isVisible()
    assert "Line 3 of finance says cash2" in view.toPlainText()
    assert screen.commands.text.isChecked()
    press(screen, Qt.Key.Key_Escape)
    assert screen.canvas.isVisible()
    assert screen.canvas.hasFocus()
    assert screen.canvas.current_page() == 4


def test_text_and_page_stay_in_step(open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 3)
    press(screen, Qt.Key.Key_R, CONTROL | SHIFT)
    view = text_of(screen, qtbot, 2)
    assert view.isVisible()
    assert screen.canvas.isVisible()
    while view.place()[0] < 2:
        before = view.verticalScrollBar().value()
        press(screen, Qt.Key.Key_Space)
        assert view.verticalScrollBar().value() > before
        QApplication.processEvents()
    qtbot.waitUntil(lambda: screen.canvas.current_page() == 5, timeout=WAIT)
    screen.canvas.go_to(3)
    qtbot.waitUntil(lambda: view.place()[0] == 0, timeout=WAIT)


def test_going_to_another_paper_shows_that_one(open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 0)
    press(screen, Qt.Key.Key_R, CONTROL | SHIFT)
    view = text_of(screen, qtbot)
    assert "Minutes of the last meeting" in view.toPlainText()
    screen.canvas.go_to(5)
    qtbot.waitUntil(lambda: "of finance says cash3" in view.toPlainText(), timeout=WAIT)
    assert view.pages_shown.start == 2


def test_page_up_at_the_top_goes_to_the_page_before(open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 2)
    press(screen, Qt.Key.Key_R, CONTROL)
    view = text_of(screen, qtbot, 2)
    view.verticalScrollBar().setValue(0)
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: view.pages_shown.start == 1, timeout=WAIT)


def test_reading_aloud_marks_sentence_after_sentence(open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 3)
    marked = screen.canvas.selected_text  # none for a moment between two sentences
    press(screen, Qt.Key.Key_U, CONTROL)
    qtbot.waitUntil(lambda: screen.aloud_bar.isVisible() and bool(marked()), timeout=WAIT)
    first = marked()
    assert first.startswith("Line 1 of finance says cash1")
    QTest.mouseClick(screen.aloud_bar.on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: marked() not in ("", first), timeout=WAIT)
    QTest.mouseClick(screen.aloud_bar.pause, Qt.MouseButton.LeftButton)
    assert screen.aloud_bar.pause.accessibleName() == "Go on"
    press(screen, Qt.Key.Key_2)  # one key marks what was just heard
    assert screen.marking.notebook is not None
    (mark,) = screen.marking.notebook.annotations
    assert mark.colour == "risk"
    QTest.mouseClick(screen.aloud_bar.end, Qt.MouseButton.LeftButton)
    assert not screen.aloud_bar.isVisible()
    assert not screen.commands.aloud.isChecked()


def test_the_word_said_is_marked_in_the_text(open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    at_top(screen, qtbot, 3)
    press(screen, Qt.Key.Key_R, CONTROL)
    view = text_of(screen, qtbot)
    press(screen, Qt.Key.Key_U, CONTROL)
    marked: set[str] = set()

    def look() -> bool:
        lights = view.extraSelections()
        if len(lights) == 2:
            marked.add(lights[1].cursor.selectedText())
        return len(marked) >= 3

    qtbot.waitUntil(look, timeout=WAIT)
    assert {"Line", "1", "of"} <= marked
    screen.text.aloud.end()


def test_leaving_falls_silent(open_reader: Open, qtbot: QtBot) -> None:
    screen = open_reader()
    press(screen, Qt.Key.Key_R, CONTROL)
    text_of(screen, qtbot)
    press(screen, Qt.Key.Key_U, CONTROL)
    qtbot.waitUntil(screen.aloud_bar.isVisible, timeout=WAIT)
    assert screen.leave()
    assert not screen.text.aloud.is_on
    view = screen.findChild(TextView)
    assert view is None or view.toPlainText() == ""


def test_a_plain_word_is_no_abbreviation_and_says_what_to_select(
    open_reader: Open, qtbot: QtBot, kept: list[Kept]
) -> None:
    screen = open_reader()
    at_top(screen, qtbot)
    select(screen, qtbot, kept[0], 12, 12)
    press(screen, Qt.Key.Key_E, CONTROL)
    words = "Select an abbreviation first, as BAF: by a double click, or with the caret (F7)."
    qtbot.waitUntil(lambda: words in [label.text() for label in screen.findChildren(QLabel)], timeout=WAIT)
