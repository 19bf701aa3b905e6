"""The meeting sheet as a screen: by keys, with large text, and with nothing on it."""

from dataclasses import replace

import pytest
from notes_making import CASE, FINANCE, PACK, Nowhere, make_book, mark
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from reach import cut, out_of_reach, small, unnamed

from desktop.annotations.entries import Annotation, Asking, Origin
from desktop.annotations.notebook import Notebook
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.export_dialog import ExportDialog, Form
from desktop.ui.sheet import SheetScreen

LONG = "What would bring this back to plan by March, and who, of those who sit here today, has agreed to do it? " * 2


def marks() -> list[Annotation]:
    asking = Asking("13", "the Director of Finance", False, "Yes.\nIn March.\nOr April.")
    return [
        mark(1, CASE, 1, "question", LONG, "capital cost of the centre", "question", asking),
        mark(2, FINANCE, 2, "note", LONG),
        mark(3, FINANCE, 0, "highlight", "", "cash position", "question"),
        replace(mark(4, CASE, 0, "note", "Theirs", "award"), origin=Origin("Bo Hall", "x")),
    ]


def shown(theme: Theme, qtbot: QtBot, book: Notebook) -> SheetScreen:
    screen = SheetScreen(theme)
    qtbot.addWidget(screen)
    screen.resize(900, 700)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.show_meeting(make_book(), book)
    screen.show_asked({CASE: ("approve the full business case at a capital cost of £14.6m", "note the risks")})
    qtbot.wait(1)
    return screen


@pytest.mark.parametrize("size", [12, 24])
def test_everything_is_named_in_reach_and_uncut(theme: Theme, qtbot: QtBot, size: int) -> None:
    theme.use_size(size)
    screen = shown(theme, qtbot, Notebook(PACK, marks(), [], Nowhere()))
    assert unnamed(screen) == []
    assert small(screen) == []
    assert out_of_reach(screen) == []
    assert cut(screen) == []


def test_what_changes_in_the_notebook_is_shown_and_the_keys_stay_where_they_are(theme: Theme, qtbot: QtBot) -> None:
    book = Notebook(PACK, marks(), [], Nowhere())
    screen = shown(theme, qtbot, book)
    row = screen.rows()[0]
    row.answer.setFocus()
    QTest.keyClicks(row.answer, "Soon")
    assert row is screen.rows()[0]
    book.change(marks()[1].id, words="Other words")
    assert [each.words.text() for each in screen.rows()][1] == "Other words"
    assert screen.rows()[0].answer.toPlainText() == "Soon"
    book.remove(marks()[2].id)
    assert len(screen.rows()) == 3
    screen.stop()
    book.remove(marks()[1].id)
    assert screen.rows() == []


def test_a_sheet_without_questions_says_how_to_make_one(theme: Theme, qtbot: QtBot) -> None:
    screen = shown(theme, qtbot, Notebook(PACK, [], [], Nowhere()))
    assert "press 1" in screen.empty.text()
    assert screen.count.text() == "Only you can see this sheet."
    with qtbot.waitSignal(screen.closed):
        QTest.keyClick(screen, Qt.Key.Key_Escape)


@pytest.mark.parametrize("size", [12, 24])
def test_the_export_dialog_is_uncut_and_leaves_out_what_cannot_be_had(theme: Theme, qtbot: QtBot, size: int) -> None:
    theme.use_size(size)
    forms = (
        Form("pdf", "An annotated copy of this paper (PDF)", "Opens anywhere.", "The secretary asks that it is not."),
        Form("csv", "My notes as a table (CSV)", "Opens in any spreadsheet.", narrows=True),
    )
    dialog = ExportDialog(theme, "Export", forms, None, "Finance report")  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    assert dialog.key == "csv"
    assert not dialog.buttons["pdf"].isEnabled()
    assert unnamed(dialog) == []
    assert cut(dialog) == []
    assert out_of_reach(dialog) == []
    dialog.only.click()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        QTest.keyClick(dialog.go, Qt.Key.Key_Return)
    assert chosen.args == ["csv", True]
