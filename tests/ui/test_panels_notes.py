"""Notes and search beside the page, worked by real keys and mouse over a real store."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from panels_making import Bench, Show, buttons_of, make_book, make_show, mark_at, open_bench
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.annotations.notebook import Annotation
from desktop.packs.book import Book
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.note_editor import NoteEditor
from desktop.ui.panels.notes import NotesPanel
from desktop.ui.panels.popups import BookmarkBox


@pytest.fixture
def book() -> Book:
    return make_book()


@pytest.fixture
def bench(tmp_path: Path, qapp: object) -> Iterator[Bench]:
    with open_bench(tmp_path / "home") as bench:
        yield bench


@pytest.fixture
def shown(qtbot: QtBot) -> Show:
    return make_show(qtbot)


# ---- notes


def test_notes_stand_in_the_order_of_the_pages_and_are_filtered(
    book: Book, bench: Bench, theme: Theme, shown: Show
) -> None:
    notebook = bench.notebook()
    late = notebook.add_note(mark_at(book, 1, 1, 50), "Cash?", "question")
    low = notebook.add_highlight(mark_at(book, 0, 0, 400, "Café position"), "risk")
    high = notebook.add_highlight(mark_at(book, 0, 0, 90, "minutes agreed"), "agree")
    old = notebook.add_highlight(replace(mark_at(book, 2, 0, 9, "gone words"), sha256="f" * 64), "action")
    panel = NotesPanel(theme)
    shown(panel)
    panel.show_notes(book, notebook)
    told = [row.spoken for row in panel.list.rows]
    assert told == [
        "Paper 1, 2 notes",
        "Agree, p 1, minutes agreed",
        "Risk, p 1, Café position",
        "Paper 2, 1 note",
        "Question, p 5, Cash?",
        "Paper 3, 1 note",
        "Action, p 6, on an earlier version of this paper, gone words",
    ]
    QTest.keyClicks(panel.filter, "cafe pos")
    assert [row.key for row in panel.list.rows if not row.heading] == [low.id]
    panel.filter.clear()
    QTest.mouseClick(panel.colours.button("agree"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(panel.colours.button("question"), Qt.MouseButton.LeftButton)
    assert [row.key for row in panel.list.rows if not row.heading] == [high.id, late.id]
    QTest.keyClicks(panel.filter, "gone")
    assert not panel.list.isVisible()
    assert panel.empty.text() == "No note here has these colours and words."
    assert old.id not in told


def test_bookmarks_have_a_list_of_their_own(book: Book, bench: Bench, theme: Theme, qtbot: QtBot, shown: Show) -> None:
    notebook = bench.notebook()
    panel = NotesPanel(theme)
    shown(panel)
    panel.show_notes(book, notebook)
    assert "Select words on a page" in panel.empty.text()
    panel.show_tab(bookmarks=True)
    assert "Ctrl+D" in panel.empty.text()
    mark = notebook.add_bookmark(book.papers[1].paper_id, book.papers[1].version, 1, 0.0, "Cash")
    panel.refresh()
    assert [row.spoken for row in panel.list.rows] == ["Cash, p 5"]
    panel.focus_list()
    for key, signal in (
        (Qt.Key.Key_Return, panel.chosen),
        (Qt.Key.Key_Delete, panel.removal_asked),
        (Qt.Key.Key_F2, panel.editing_asked),
    ):
        with qtbot.waitSignal(signal, check_params_cb=lambda entry_id, *_: entry_id == mark.id):
            QTest.keyClick(panel.list, key)


# ---- writing


def open_editor(theme: Theme, shown: Show) -> NoteEditor:
    holder = QWidget()
    shown(holder)
    holder.resize(800, 600)
    return NoteEditor(theme, holder)


ROOM = QRect(0, 0, 800, 600)


def test_a_note_is_saved_while_it_is_written(book: Book, bench: Bench, theme: Theme, qtbot: QtBot, shown: Show) -> None:
    notebook, editor = bench.notebook(), open_editor(theme, shown)
    editor.draft(notebook, mark_at(book, 0, 0, 90), "risk", QPoint(300, 200), ROOM)
    assert notebook.annotations == []
    QTest.keyClicks(editor.words, "Why")
    qtbot.waitUntil(lambda: [mark.words for mark in notebook.annotations] == ["Why"])
    QTest.keyClicks(editor.words, " now?")
    QTest.keyClick(editor.words, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    assert notebook.flush()
    (kept,) = bench.notebook().annotations
    assert (kept.words, kept.colour, kept.kind) == ("Why now?", "risk", "note")
    assert notebook.undo_name == "note"  # written in one go, taken back in one go


def test_a_note_nobody_wrote_is_never_made(book: Book, bench: Bench, theme: Theme, shown: Show) -> None:
    notebook, editor = bench.notebook(), open_editor(theme, shown)
    editor.draft(notebook, mark_at(book, 0, 0, 90), "risk", QPoint(300, 200), ROOM)
    QTest.keyClicks(editor.words, "  ")
    editor.close_editor()
    assert notebook.annotations == []
    assert notebook.undo_name == ""


def test_a_highlight_is_recoloured_written_at_and_deleted(
    book: Book, bench: Bench, theme: Theme, qtbot: QtBot, shown: Show
) -> None:
    notebook, editor = bench.notebook(), open_editor(theme, shown)
    mark = notebook.add_highlight(mark_at(book, 0, 0, 90), "risk")
    editor.edit(notebook, mark, QPoint(300, 200), ROOM)
    QTest.mouseClick(editor.colours.button("agree"), Qt.MouseButton.LeftButton)
    QTest.keyClicks(editor.words, "Good")
    QTest.keyClick(editor.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    changed = notebook.get(mark.id)
    assert isinstance(changed, Annotation)
    assert (changed.colour, changed.words, changed.kind) == ("agree", "Good", "highlight")
    editor.edit(notebook, changed, QPoint(300, 200), ROOM)
    bin_button = next(button for button in buttons_of(editor) if button.accessibleName() == "Delete this note")
    with qtbot.waitSignal(editor.removal_asked) as asked:
        QTest.mouseClick(bin_button, Qt.MouseButton.LeftButton)
    assert asked.args == [mark.id]


def test_undo_behind_an_open_note_is_followed(book: Book, bench: Bench, theme: Theme, shown: Show) -> None:
    notebook, editor = bench.notebook(), open_editor(theme, shown)
    notebook.listen(lambda entry: editor.follow(entry.id))
    mark = notebook.add_note(mark_at(book, 0, 0, 90), "One", "risk")
    notebook.settle()
    notebook.change(mark.id, words="Two")
    editor.edit(notebook, notebook.annotations[0], QPoint(300, 200), ROOM)
    notebook.undo()
    assert editor.words.toPlainText() == "One"
    notebook.undo()
    assert not editor.isVisible()


@pytest.mark.parametrize("at", [QPoint(0, 0), QPoint(799, 599), QPoint(400, 300), QPoint(-50, 900)])
def test_the_note_lies_wholly_over_the_page(book: Book, bench: Bench, theme: Theme, shown: Show, at: QPoint) -> None:
    editor = open_editor(theme, shown)
    room = QRect(200, 50, 420, 500)
    editor.draft(bench.notebook(), mark_at(book, 0, 0, 90), "risk", at, room)
    assert room.contains(editor.geometry())
    editor.words.insertPlainText("many\nlines\nof\nwords\nhere\nand\nthere\n")
    editor.stay_within(room)
    assert room.contains(editor.geometry())
    editor.close_editor()


def test_a_bookmark_keeps_its_name_when_emptied(theme: Theme, qtbot: QtBot, shown: Show) -> None:
    holder = QWidget()
    shown(holder)
    box = BookmarkBox(theme, holder)
    named: list[tuple[str, str]] = []
    box.named.connect(lambda *args: named.append(args))
    box.edit("b1", "Paper 1, page 3", QPoint(10, 10), QRect(0, 0, 500, 400))
    assert box.field.selectedText() == "Paper 1, page 3"
    QTest.keyClicks(box.field, "  Cash   flow ")
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    box.edit("b2", "Paper 2", QPoint(10, 10), QRect(0, 0, 500, 400))
    box.field.clear()
    QTest.keyClick(box.field, Qt.Key.Key_Escape)
    assert named == [("b1", "Cash flow")]


def test_every_button_of_a_note_has_a_name_and_room_for_a_finger(
    book: Book, bench: Bench, theme: Theme, shown: Show
) -> None:
    editor = open_editor(theme, shown)
    editor.draft(bench.notebook(), mark_at(book, 0, 0, 90), "risk", QPoint(300, 200), ROOM)
    names = [button.accessibleName() for button in buttons_of(editor)]
    assert set(names) == {
        "Close the note", "Delete this note", "Choose who sees this note",
        "Question", "Risk", "Action", "Agree", "Challenge",
    }  # fmt: skip
    for button in buttons_of(editor):
        assert button.accessibleName()
        assert min(button.width(), button.height()) >= 24
    editor.close_editor()
