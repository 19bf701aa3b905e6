"""The notes panel beside the page: what it shows of paper, pack and body, and where it leads."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from reader_making import CONTROL, OTHER, PACK, WAIT, Home, Kept, Open, at_top, button_named, press

from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.entries import Asking
from desktop.annotations.notebook import Notebook
from desktop.annotations.shapes import boxed
from desktop.ui.reader_screen import ReaderScreen

LEFT = Qt.MouseButton.LeftButton


def anchor(kept: Kept, page: int, y: float, words: str = "cash position", paper_id: str = "") -> Anchor:
    quad = Quad(page, 72, y, 200, y + 12)
    return Anchor(paper_id or kept.paper.id, kept.paper.sha256, page, str(page + 1), (quad,), words)


@pytest.fixture
def reader(open_reader: Open, qtbot: QtBot, kept: list[Kept]) -> ReaderScreen:
    screen = open_reader()
    at_top(screen, qtbot)
    notebook = screen.marking.notebook
    assert notebook is not None
    notebook.add(anchor(kept[0], 0, 200, "minutes agreed"), "highlight", "agree")
    notebook.add(anchor(kept[1], 2, 300), "question", "question", "Why so late?", asking=Asking("2.1", "Finance"))
    notebook.add(anchor(kept[1], 1, 100), "arrow", "risk", "", boxed((100, 100), (200, 200)))
    notebook.add(anchor(kept[1], 3, 100), "underline", "action")
    press(screen, Qt.Key.Key_M, CONTROL)
    return screen


def said(screen: ReaderScreen) -> list[str]:
    return [row.spoken for row in screen.notes.list.rows if not row.heading]


def choose(screen: ReaderScreen, which: str, words: str) -> None:
    choice = getattr(screen.notes.filters, which)
    choice.setCurrentIndex(choice.findText(words))


def test_notes_are_filtered_by_kind_state_and_words_that_are_mistyped(reader: ReaderScreen) -> None:
    assert said(reader) == [
        "Agree, p 1, minutes agreed",
        "Arrow, Risk, p 5, cash position",
        "Question for item 2.1, to Finance, not asked yet, p 6, Why so late?, cash position",
        "Underline, Action, p 7, cash position",
    ]
    QTest.keyClicks(reader.notes.filter, "minuets agred")
    assert said(reader) == ["Agree, p 1, minutes agreed"]
    reader.notes.filter.clear()
    QTest.mouseClick(button_named(reader.notes, "More filters"), LEFT)
    choose(reader, "kind", "Drawings")
    assert said(reader) == ["Arrow, Risk, p 5, cash position"]
    choose(reader, "kind", "All kinds")
    choose(reader, "state", "Questions asked")
    assert not reader.notes.list.isVisible()
    choose(reader, "state", "Questions to ask")
    assert len(said(reader)) == 1
    QTest.mouseClick(button_named(reader.notes, "More filters"), LEFT)  # what is not seen narrows nothing
    assert len(said(reader)) == 4


def test_the_newest_come_first_when_wanted(reader: ReaderScreen) -> None:
    QTest.mouseClick(button_named(reader.notes, "More filters"), LEFT)
    choose(reader, "order", "Newest first")
    assert said(reader)[0].startswith("Underline, Action, p 7, Finance report")
    choose(reader, "order", "Oldest first")
    assert said(reader)[0].startswith("Agree, p 1, Minutes of the last meeting")


def test_the_panel_follows_the_paper_that_is_read(reader: ReaderScreen, qtbot: QtBot) -> None:
    choose(reader, "scope", "This paper")
    assert said(reader) == ["Agree, p 1, minutes agreed"]
    at_top(reader, qtbot, 4)
    assert len(said(reader)) == 3


def test_the_pointer_over_a_note_shows_its_place(reader: ReaderScreen, qtbot: QtBot, kept: list[Kept]) -> None:
    row = next(row for row in reader.notes.list.rows if not row.heading)
    view = reader.notes.list
    place = next(number for number, each in enumerate(view.rows) if each.key == row.key)
    before = reader.canvas.grab().toImage()
    port = view.viewport()
    QTest.mouseMove(port, QPoint(5, port.height() - 2))
    QTest.mouseMove(port, view.visualRect(view.model().index(place, 0)).center())
    assert reader.canvas.drawing.holding.pointed == row.key
    assert reader.canvas.grab().toImage() != before


def test_notes_and_bookmarks_of_the_bodys_other_packs_are_listed_and_led_to(
    home: Home, reader: ReaderScreen, qtbot: QtBot, kept: list[Kept]
) -> None:
    other: Notebook = home.notes.open(OTHER).result(10)
    note = other.add(anchor(kept[1], 1, 200, "last time", "9" * 16), "note", "risk", "Said before")
    mark = other.add_bookmark("9" * 16, kept[1].paper.sha256, 2, 0.0, "The old table")
    assert other.flush()
    choose(reader, "scope", "This body")
    qtbot.waitUntil(lambda: any(row.key == note.id for row in reader.notes.list.rows), timeout=WAIT)
    QTest.keyClick(reader.notes.list, Qt.Key.Key_End)
    assert reader.notes.list.current_key() == note.id
    QTest.keyClick(reader.notes.list, Qt.Key.Key_Delete)
    assert other.get(note.id) is not None
    assert "another pack" in reader.marking.toast.words.text()
    reader.notes.show_tab(bookmarks=True)
    assert [row.key for row in reader.notes.list.rows if not row.heading] == [mark.id]
    reader.notes.list.put_cursor(mark.id)
    QTest.keyClick(reader.notes.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: reader.pane.pack is not None and reader.pane.pack.id == OTHER, timeout=WAIT)
    qtbot.waitUntil(lambda: reader.canvas.current_page() == 2, timeout=WAIT)
    reader.pane.back()
    qtbot.waitUntil(lambda: reader.pane.pack is not None and reader.pane.pack.id == PACK, timeout=WAIT)


def test_a_note_is_shown_whole_on_request(reader: ReaderScreen, kept: list[Kept]) -> None:
    assert reader.marking.notebook is not None
    reader.marking.notebook.add(anchor(kept[0], 1, 300), "note", "risk", "word " * 200)
    row = next(row for row in reader.notes.list.rows if "word word" in row.spoken)
    assert row.lines[1].most == 4
    QTest.mouseClick(button_named(reader.notes, "Show every note whole"), LEFT)
    row = next(row for row in reader.notes.list.rows if "word word" in row.spoken)
    assert row.lines[1].most == 0
