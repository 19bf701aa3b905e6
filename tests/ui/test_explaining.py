"""What an abbreviation stands for: under the pointer, and by key for what is selected or at the caret."""

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot
from reader_making import CONTROL, SHIFT, WAIT, Kept, Open, pixel_of, press, write_paper

from desktop.pdf.words import pack as pack_words
from desktop.ui.reader_screen import ReaderScreen

MEANT = "BAF: Board Assurance Framework (page 1)"
LINES = ("The Board Assurance Framework (BAF) was read.", "BAF and QXZT are named here,", "and nothing else.")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> list[Kept]:
    """Papers of which the first explains an abbreviation, and names one that nothing explains."""
    folder: Path = tmp_path_factory.mktemp("explained")
    papers = [write_paper(folder, "minutes", "1", "Minutes", 1), write_paper(folder, "finance", "2.1", "Finance", 1)]
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        for place, line in enumerate(LINES):
            page.insert_text((72, 100 + 40 * place), line, fontsize=14)
        papers[0].path.write_bytes(document.tobytes())
        papers[0].words[:] = [pack_words([word[:7] for word in page.get_text("words")])]
        papers[0].texts[:] = [page.get_text()]
    return papers


@pytest.fixture
def screen(open_reader: Open, qtbot: QtBot) -> Iterator[ReaderScreen]:
    made = open_reader()
    qtbot.waitUntil(lambda: made.canvas.is_over_text(pixel_of(made.canvas, QPointF(85, 136))), timeout=WAIT)
    yield made
    QToolTip.hideText()


def at_word(screen: ReaderScreen, word: str, line: int) -> QPoint:
    """Where a word of a line stands in the window."""
    for across in range(72, 500, 3):
        at = pixel_of(screen.canvas, QPointF(across, 96 + 40 * line))
        if screen.canvas.word_under(at).strip("(),.") == word:
            return pixel_of(screen.canvas, QPointF(across + 4, 96 + 40 * line)).toPoint()
    raise LookupError(word)


def said(screen: ReaderScreen) -> str:
    return screen.marking.toast.words.text()


def test_the_pointer_resting_on_an_abbreviation_is_told_what_it_stands_for(screen: ReaderScreen, qtbot: QtBot) -> None:
    port = screen.canvas.viewport()
    QTest.mouseMove(port, at_word(screen, "named", 1))
    QTest.mouseMove(port, at_word(screen, "BAF", 1))
    qtbot.waitUntil(lambda: MEANT in QToolTip.text(), timeout=30_000)
    assert QToolTip.isVisible()


def test_a_double_click_and_a_key_say_it_too(screen: ReaderScreen, qtbot: QtBot) -> None:
    port = screen.canvas.viewport()
    press(screen, Qt.Key.Key_E, CONTROL)
    assert "Select an abbreviation first" in said(screen)
    for word, told in (("BAF", MEANT), ("QXZT", "QXZT is not explained in this pack")):
        where = at_word(screen, word, 1)
        QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=where)
        QTest.mouseDClick(port, Qt.MouseButton.LeftButton, pos=where)
        qtbot.waitUntil(lambda word=word: screen.canvas.selected_text().strip(",") == word, timeout=30_000)
        press(screen, Qt.Key.Key_E, CONTROL)
        qtbot.waitUntil(lambda told=told: told in said(screen), timeout=30_000)


def test_it_is_asked_without_a_mouse(screen: ReaderScreen, qtbot: QtBot) -> None:
    screen.canvas.setFocus()
    press(screen, Qt.Key.Key_F7)
    press(screen, Qt.Key.Key_Down)
    press(screen, Qt.Key.Key_Home)
    assert screen.canvas.caret.word == "BAF"
    press(screen, Qt.Key.Key_E, CONTROL)
    qtbot.waitUntil(lambda: MEANT in said(screen), timeout=30_000)
    press(screen, Qt.Key.Key_End, SHIFT)
    press(screen, Qt.Key.Key_E, CONTROL)
    qtbot.waitUntil(lambda: "one abbreviation at a time" in said(screen), timeout=30_000)
