"""Who sees a note, on the screen: chosen in a dialog, shown in the list, and others' notes under their names."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from panels_making import Bench, Show, make_book, make_show, mark_at, open_bench
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.annotations.entries import EVERYBODY, Annotation, Sharing
from desktop.annotations.notebook import Notebook
from desktop.library.standing import OwnDevice, Person
from desktop.ui.kit.sharing_words import say_seen
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button
from desktop.ui.panels.computers_card import ComputersCard
from desktop.ui.panels.note_editor import NoteEditor
from desktop.ui.panels.notes import NotesPanel
from desktop.ui.panels.share_dialog import ShareDialog

ME, JOHN, MARY, LEFT = "9" * 16, "1" * 16, "2" * 16, "3" * 16
NAMES = {JOHN: "John Roe", MARY: "Mary Poe"}
PEOPLE = (Person(JOHN, "John Roe", True), Person(MARY, "Mary Poe", True), Person(LEFT, "Old Hand", False))
BUTTON = Qt.MouseButton.LeftButton


@pytest.fixture
def bench(tmp_path: Path, qapp: object) -> Iterator[Bench]:
    with open_bench(tmp_path / "home") as bench:
        yield bench


@pytest.fixture
def shown(qtbot: QtBot) -> Show:
    return make_show(qtbot)


@pytest.fixture
def notebook(bench: Bench) -> Notebook:
    """A private note, one that is shared and answered, and one of John's."""
    book, notebook = make_book(), bench.notebook()
    private = notebook.add_note(mark_at(book, 0, 0, 90), "Private words", "risk")
    mine = notebook.add_note(mark_at(book, 0, 0, 190), "Shared words", "question")
    notebook.share([mine.id], [JOHN, MARY])
    his = replace(private, id="f" * 16, words="Words of John", sharing=Sharing((EVERYBODY,), "", JOHN, "John Roe"))
    reply = replace(his, id="e" * 16, words="Answer", sharing=Sharing((ME,), mine.id, MARY, "Mary Poe"))
    before = {mark.id: mark for mark in notebook.annotations}
    assert notebook.take_received(before, [*before.values(), his, reply])
    return notebook


def test_the_list_says_who_wrote_and_who_sees(notebook: Notebook, theme: Theme, shown: Show) -> None:
    panel = NotesPanel(theme)
    panel.say_seen = lambda sharing: say_seen(sharing, NAMES, ME)
    shown(panel)
    panel.show_notes(make_book(), notebook)
    rows = [row for row in panel.list.rows if not row.heading]
    assert [row.emblem for row in rows] == ["lock", "user", "users", "user"]
    assert rows[1].spoken.startswith("John Roe, ")
    assert "Seen by John Roe and Mary Poe" in rows[2].spoken
    assert rows[3].spoken.startswith("Mary Poe, Reply")
    assert rows[3].level > rows[2].level
    panel.filters.more.setChecked(True)
    panel.filters.author.setCurrentIndex(panel.filters.author.findData(JOHN))
    assert ["Words of John" in row.spoken for row in panel.list.rows if not row.heading] == [True]
    panel.filters.author.setCurrentIndex(panel.filters.author.findData("mine"))
    assert len([row for row in panel.list.rows if not row.heading]) == 3  # with the reply to one of them


def test_anothers_note_is_read_and_answered(notebook: Notebook, theme: Theme, shown: Show) -> None:
    holder = QWidget()
    editor = NoteEditor(theme, holder)
    editor.say_seen = lambda sharing: say_seen(sharing, NAMES, ME)
    shown(holder)
    his = notebook.get("f" * 16)
    assert isinstance(his, Annotation)
    editor.edit(notebook, his, QPoint(10, 10), QRect(0, 0, 800, 500))
    assert editor.words.isReadOnly()
    assert editor.state.text() == "From John Roe, to everybody"
    asked: list[str] = []
    editor.reply_asked.connect(asked.append)
    QTest.mouseClick(editor.answer, BUTTON)
    assert asked == [his.id]
    editor.reply(notebook, his, [JOHN], QPoint(10, 10), QRect(0, 0, 800, 500))
    QTest.keyClicks(editor.words, "Quite")
    QTest.keyClick(editor.words, Qt.Key.Key_Escape)
    (reply,) = notebook.replies_to(his.id)
    assert (reply.words, reply.sharing.to, reply.is_mine) == ("Quite", (JOHN,), True)


def test_members_are_chosen_by_name(theme: Theme, shown: Show) -> None:
    holder = QWidget()
    shown(holder)
    dialog = ShareDialog(theme, PEOPLE, (), 1, holder)
    chosen: list[object] = []
    dialog.chosen.connect(chosen.append)
    dialog.show()
    assert set(dialog.boxes) == {JOHN, MARY}
    assert not dialog.go.isEnabled()
    dialog.boxes[MARY].click()
    assert dialog.some.isChecked()
    assert dialog.go.text() == "Share with Mary Poe"
    dialog.everybody.click()
    assert "2 other members" in dialog.everybody.text()
    QTest.mouseClick(dialog.go, BUTTON)
    assert chosen == [{EVERYBODY}]


def test_a_computer_is_mine_only_when_i_say_so(theme: Theme, shown: Show) -> None:
    card = ComputersCard()
    shown(card)
    card.show_computers([("body", "Board", [OwnDevice("tag", "Tablet", "walnut ferry lantern otter dune", None)])])
    said: list[tuple[str, str, bool]] = []
    card.answered.connect(lambda *told: said.append(told))
    button = next(each for each in card.findChildren(Button) if each.text() == "It is mine")
    QTest.mouseClick(button, BUTTON)
    assert said == [("body", "tag", True)]
