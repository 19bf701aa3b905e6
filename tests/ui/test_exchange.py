"""Notes go out and come in as a member does it: by key, dialog and file, and what is said of it."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from reach import cut
from reader_making import CONTROL, SHIFT, WAIT, Home, Kept, Open, at_top, press, select, write_paper

from desktop.annotations.notebook import Annotation
from desktop.pdf.client import PdfClient
from desktop.ui.panels.export_dialog import OUTSIDE, ExportDialog
from desktop.ui.reader_screen import ReaderScreen

Marked = Callable[[], ReaderScreen]
NOTE = "Who agreed to this?"


@pytest.fixture
def marked(open_reader: Open, qtbot: QtBot, kept: list[Kept]) -> Marked:
    """A reader in whose first paper a passage is marked and a note is written, by hand."""

    def open_it() -> ReaderScreen:
        screen = open_reader()
        at_top(screen, qtbot)
        select(screen, qtbot, kept[0], 8, 12)
        press(screen, Qt.Key.Key_2)
        select(screen, qtbot, kept[0], 17, 20)
        press(screen, Qt.Key.Key_N)
        QTest.keyClicks(screen.window().focusWidget(), NOTE)
        press(screen, Qt.Key.Key_Escape)
        assert len(marks_of(screen)) == 2
        return screen

    return open_it


def marks_of(screen: ReaderScreen) -> list[Annotation]:
    notebook = screen.marking.notebook
    assert notebook is not None
    return notebook.annotations


def plain(screen: ReaderScreen) -> list[tuple[object, ...]]:
    marks = marks_of(screen)
    return sorted((mark.kind, mark.colour, mark.words, mark.anchor.exact, mark.anchor.page) for mark in marks)


def said(screen: ReaderScreen) -> str:
    return screen.marking.toast.words.text()


def dialog_of(screen: ReaderScreen) -> ExportDialog:
    press(screen, Qt.Key.Key_E, CONTROL | SHIFT)
    dialog = screen.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    return dialog


def choose_file(screen: ReaderScreen, qtbot: QtBot, path: Path) -> None:
    """In the system's dialog, which is Qt's own here."""
    qtbot.waitUntil(lambda: bool(screen.findChildren(QFileDialog)), timeout=WAIT)
    files = screen.findChildren(QFileDialog)[-1]
    files.selectFile(str(path))
    with qtbot.waitSignal(files.finished, timeout=WAIT):
        files.accept()
    QApplication.processEvents()
    with qtbot.waitActive(screen):
        screen.activateWindow()


def export(screen: ReaderScreen, qtbot: QtBot, form: str, path: Path, only: bool = False) -> None:
    dialog = dialog_of(screen)
    dialog.buttons[form].setFocus()
    QTest.keyClick(dialog.buttons[form], Qt.Key.Key_Space)
    if only:
        dialog.only.click()
    QTest.keyClick(dialog.go, Qt.Key.Key_Return)
    choose_file(screen, qtbot, path)
    qtbot.waitUntil(lambda: f"Exported to “{path.name}”" in said(screen), timeout=WAIT)


def bring(screen: ReaderScreen, qtbot: QtBot, path: Path) -> str:
    press(screen, Qt.Key.Key_I, CONTROL | SHIFT)
    choose_file(screen, qtbot, path)
    qtbot.waitUntil(lambda: not said(screen).startswith("Reading"), timeout=WAIT)
    return said(screen)


def forget_all(screen: ReaderScreen) -> None:
    for mark in marks_of(screen):
        screen.marking.remove(mark.id)
    assert marks_of(screen) == []


@pytest.mark.parametrize("form", ["pdf", "jsonld"])
def test_what_goes_out_comes_back_the_same_and_only_once(
    form: str, marked: Marked, qtbot: QtBot, kept: list[Kept], tmp_path: Path
) -> None:
    screen, path = marked(), tmp_path / f"notes.{form}"
    before, original = plain(screen), kept[0].path.read_bytes()
    export(screen, qtbot, form, path)
    assert kept[0].path.read_bytes() == original
    assert bring(screen, qtbot, path) == "No note was imported. 2 were here already."
    forget_all(screen)
    assert bring(screen, qtbot, path) == "2 notes imported."
    assert plain(screen) == before
    assert {mark.origin.author for mark in marks_of(screen) if mark.origin} == {"Ann Lee"}
    assert bring(screen, qtbot, path) == "No note was imported. 2 were here already."
    press(screen, Qt.Key.Key_Z, CONTROL)
    assert marks_of(screen) == []


def test_the_copy_shows_the_marks_in_another_reader(marked: Marked, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "copy.pdf"
    export(marked(), qtbot, "pdf", path)
    with pymupdf.open(path) as document:
        notes = [(note.type[1], note.info["title"], note.info["content"]) for note in document[0].annots()]
    assert notes == [("Highlight", "Ann Lee", ""), ("Highlight", "Ann Lee", NOTE)]


def test_tables_and_text_can_be_of_one_paper(marked: Marked, qtbot: QtBot, tmp_path: Path) -> None:
    screen = marked()
    at_top(screen, qtbot, 3)
    press(screen, Qt.Key.Key_N)
    QTest.keyClicks(screen.window().focusWidget(), "On the finance report")
    press(screen, Qt.Key.Key_Escape)
    assert len(marks_of(screen)) == 3
    export(screen, qtbot, "csv", tmp_path / "all.csv")
    export(screen, qtbot, "md", tmp_path / "one.md", only=True)
    assert (tmp_path / "all.csv").read_text("utf-8-sig").count("\n") == 4
    text = (tmp_path / "one.md").read_text("utf-8")
    assert "2.1\u2002Finance report" in text
    assert "On the finance report" in text
    assert NOTE not in text


@pytest.mark.parametrize("asked", ["no_printing", "no_export"])
def test_a_paper_that_is_not_to_be_copied_leaves_no_copy(
    home: Home, marked: Marked, kept: list[Kept], asked: str
) -> None:
    pack = home.book.pack
    barred = [replace(paper, **{asked: paper.id == kept[0].paper.id}) for paper in pack.papers]
    home.book = replace(home.book, pack=replace(pack, papers=tuple(barred)))
    dialog = dialog_of(marked())
    assert not dialog.buttons["pdf"].isEnabled()
    assert "secretary asks" in dialog.buttons["pdf"].accessibleDescription()
    assert dialog.key == "md"
    assert OUTSIDE in dialog.accessibleDescription()
    assert cut(dialog) == []
    dialog.reject()


def test_a_copy_of_another_paper_is_named_and_nothing_is_imported(
    marked: Marked, qtbot: QtBot, kept: list[Kept], tmp_path: Path, client: PdfClient
) -> None:
    screen = marked()
    path = tmp_path / "minutes.pdf"
    export(screen, qtbot, "pdf", path)
    at_top(screen, qtbot, 3)
    told = bring(screen, qtbot, path)
    assert "“minutes.pdf” is not a copy of the paper in front of you, “Finance report”." in told
    assert "It is a copy of “Minutes of the last meeting”" in told
    strange = write_paper(tmp_path, "strange", "1", "A paper of another board", 4)
    assert "Go to the paper it is a copy of" in bring(screen, qtbot, strange.path)
    assert len(marks_of(screen)) == 2


def test_notes_made_in_another_program_keep_their_author(
    open_reader: Open, qtbot: QtBot, kept: list[Kept], tmp_path: Path
) -> None:
    path = tmp_path / "theirs.pdf"
    with pymupdf.open(kept[0].path) as document:
        page = document[1]
        note = page.add_underline_annot(page.search_for("Line 3 of minutes"))
        note.set_info(title="Bo Hall", content="Is this right?", creationDate="D:20260120101500+01'00'")
        note.update()
        document.save(path)
    screen = open_reader()
    at_top(screen, qtbot)
    assert bring(screen, qtbot, path) == "1 note imported."
    (mark,) = marks_of(screen)
    assert (mark.kind, mark.words, mark.anchor.exact) == ("underline", "Is this right?", "Line 3 of minutes")
    assert mark.created == "2026-01-20T09:15:00.000000Z"
    press(screen, Qt.Key.Key_M, CONTROL)
    assert any("by Bo Hall" in row.spoken for row in screen.notes.list.rows)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("bad.pdf", b"%PDF-1.7 nothing follows", "damaged"),
        ("notes.json", b"{}", "no notes that Despatch can read"),
        ("other.jsonld", b"", "of other papers than those of this pack"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_imported(
    name: str, data: bytes, words: str, open_reader: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / name
    entry = {"type": "Annotation", "target": {"source": "urn:sha256:" + "0" * 64}}
    path.write_bytes(data or json.dumps(entry).encode())
    screen = open_reader()
    assert words in bring(screen, qtbot, path)
    assert marks_of(screen) == []


def test_with_nothing_to_export_that_is_said(open_reader: Open) -> None:
    screen = open_reader()
    press(screen, Qt.Key.Key_E, CONTROL | SHIFT)
    assert screen.findChild(ExportDialog) is None
    assert "nothing to export yet" in said(screen)
