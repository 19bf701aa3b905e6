"""The part of the tour at the secretary's desk: people, an agenda with its papers, pre-flight and the despatch."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit

from desktop.pdf.client import PdfClient
from desktop.sample import SAMPLE_PASSPHRASE
from desktop.tour.after import after_despatch, terms_of
from desktop.tour.walk import CONTROL, SHIFT, Walk, open_home
from desktop.ui.desk.forms import NewBody, NewMeeting
from desktop.ui.desk.one_pdf import OnePdfForm
from desktop.ui.desk.preparing import PreparingScreen
from desktop.ui.desk.rules import RulesForm
from desktop.ui.window import Screen

_ITEMS = ("Welcome and apologies", "Minutes of 29 January 2026", "Finance report: January 2026", "Any other business")
_PAPERS = {
    "2 Minutes of 29 January 2026.pdf": "Minutes of the meeting held on 29 January 2026",
    "3 Finance report January 2026.pdf": "Finance report: January 2026",
    "Car park.pdf": "Car park survey",
}


def at_the_desk(name: Path, sample: Path, folder: Path, look: str) -> Iterator[Path]:
    """The sample's secretary prepares the meeting of March."""
    home, papers = name / f"secretary-{look}", name / f"scans-{look}"
    shutil.copytree(sample / "secretary", home)
    papers.mkdir()
    _write_papers(papers)
    walk = open_home(home, folder, look, SAMPLE_PASSPHRASE)
    walk.wait(walk.shows(Screen.SHELF), "the shelf")
    walk.key(Qt.Key.Key_D, CONTROL | SHIFT)
    walk.wait(lambda: walk.is_in_sight("New meeting…"), "the desk")
    yield walk.take("80-desk-empty")
    walk.press("People of Trust Board")
    walk.wait(lambda: walk.is_in_sight("Write an invitation…"), "the people")
    yield walk.take("81-people")
    walk.key(Qt.Key.Key_Escape)
    walk.wait(walk.shows(Screen.DESK), "the desk again")
    yield from _ask(walk)
    yield from _prepare(walk, name / f"Trust Board March {look}", papers)
    walk.end()


def _ask(walk: Walk) -> Iterator[Path]:
    """A body on an object store, and how long its members keep their notes."""
    walk.press("Become the secretary of another body…")
    body = walk.window.findChildren(NewBody)[0]
    body.place.kind.show_choice("s3")
    body.place.kind.chosen.emit("s3")
    yield walk.take("81-new-body", body)
    body.reject()
    walk.window.activateWindow()
    walk.press("Members’ notes of Trust Board")
    walk.wait(lambda: walk.window.findChildren(RulesForm), "the rules")
    rules = walk.window.findChildren(RulesForm)[0]
    yield walk.take("81-rules", rules)
    rules.reject()
    walk.window.activateWindow()


def _prepare(walk: Walk, meeting: Path, papers: Path) -> Iterator[Path]:
    walk.press("New meeting…")
    dialog = walk.window.findChildren(NewMeeting)[0]
    for field, words in zip(_fields(dialog), ("26 March 2026", "1.30 pm", "Boardroom", str(meeting)), strict=True):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, words)
        QTest.keyClick(field, Qt.Key.Key_Tab)
    yield walk.take("82-new-meeting", dialog)
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    walk.wait(walk.shows(Screen.PREPARING), "the agenda")
    walk.window.activateWindow()
    screen = walk.app.window.screen_of(Screen.PREPARING)
    assert isinstance(screen, PreparingScreen)
    walk.wait(screen.list.hasFocus, "the keys in the agenda")
    yield walk.take("83-agenda-empty")
    for title in _ITEMS:
        walk.key(Qt.Key.Key_Return, CONTROL)
        walk.type(title)
        walk.key(Qt.Key.Key_Tab)
    screen.files_added.emit([str(each) for each in sorted(papers.iterdir())])
    walk.wait(lambda: any(row.key.startswith("loose ") for row in screen.list.rows), "papers in their places")
    yield walk.take("84-agenda")
    screen.list.setFocus()
    screen.list.put_cursor("paper 2 0")
    yield walk.take("85-paper")
    walk.press("One PDF…")
    form = walk.window.findChildren(OnePdfForm)[0]
    yield walk.take("85-one-pdf", form)
    form.reject()
    walk.window.activateWindow()
    walk.press("Check the pack")
    walk.wait(screen.remarks.isVisible, "pre-flight")
    yield walk.take("86-pre-flight")
    yield from terms_of(walk, screen)
    QTest.mouseClick(screen.despatch, Qt.MouseButton.LeftButton)
    walk.wait(lambda: "Edition 1 despatched" in screen.about.text(), "the despatch")
    yield walk.take("87-despatched")
    walk.key(Qt.Key.Key_Escape)
    walk.wait(lambda: walk.is_in_sight("New meeting…"), "the desk")
    yield walk.take("88-desk")
    yield from after_despatch(walk)


def _fields(dialog: QDialog) -> list[QLineEdit]:
    named = ("Day", "Begins at", "Place", "A folder for its papers")
    found = {field.accessibleName(): field for field in dialog.findChildren(QLineEdit)}
    return [found[name] for name in named]


def _write_papers(folder: Path) -> None:
    pdf = PdfClient("papers")
    try:
        for name, title in _PAPERS.items():
            (folder / name).write_bytes(pdf.typeset(f"<h1>{title}</h1><p>To the Trust Board.</p>").result())
    finally:
        pdf.shut_down()
