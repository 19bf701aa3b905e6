"""The part of the tour in which notes come to their end: the notice, what can be done, the receipt, the settings."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from desktop.annotations.anchor import Anchor
from desktop.annotations.entries import HIGHLIGHT, NOTE, QUESTION, Annotation, new_id, time_now
from desktop.annotations.retention import NOTICE_DAYS
from desktop.annotations.subject import ITEM, Subject
from desktop.library.holdings import Holdings
from desktop.packs.index import kept_pack, pack_to_bytes
from desktop.packs.pack import Session
from desktop.packs.retention import Confirmed, Retention, Rule
from desktop.sample import MEMBER, SAMPLE_NOW, SAMPLE_PASSPHRASE
from desktop.tour.walk import Walk, open_home
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.shelf import ShelfScreen
from desktop.ui.window import Screen
from desktop.vault import Vault

_TIED = "Chief Executive's report"
_WORDS = (
    ("Is the second theatre in this figure?", QUESTION), ("Ask for the trajectory by month", NOTE), ("", HIGHLIGHT),
    ("The auditors will want to see this paragraph beside the one of July", NOTE),
)  # fmt: skip


def notes_end(sample: Path, folder: Path, look: str) -> Iterator[Path]:
    """A body that has notes destroyed, and the minutes of its September meeting confirmed."""
    home = sample.with_name(f"ending-{look}")
    shutil.copytree(sample, home, ignore=shutil.ignore_patterns("secretary", "repository"))
    decide(home)
    walk = open_home(home, folder, look, SAMPLE_PASSPHRASE)
    yield from _look_round(walk)
    walk.end()


def decide(home: Path) -> None:
    """Put what a secretary would have signed, and notes it is about, into a sample home that nobody has open."""
    said = Confirmed(date(2025, 9, 25), Session.PUBLIC, date(2025, 11, 27))
    decided = Retention(Rule.CONFIRMED, datetime(2025, 12, 1, tzinfo=UTC), confirmed=(said,))
    holdings = Holdings.open(home, Vault(home).open_with_passphrase(SAMPLE_PASSPHRASE))
    try:
        for record in holdings.packs.all():
            pack = replace(kept_pack(record.index), retention=decided)
            holdings.packs.put(replace(record, index=pack_to_bytes(pack, "0" * 16, MEMBER)))
            if record.held_on == "2025-09-25":
                papers = [paper for paper in pack.papers if paper.pages > 1]
                for number, (words, kind) in enumerate(_WORDS):
                    paper = papers[number]
                    anchor = Anchor(paper.id, paper.sha256, 0, str(pack.first_pack_page(paper)), (), "in the quarter")
                    mark = Annotation(new_id(), pack.id, anchor, kind, "question", words, time_now(), time_now())
                    subject = Subject(ITEM, "", _TIED) if number == 0 else None
                    holdings.annotations.put(replace(mark, subject=subject).to_record())
    finally:
        holdings.store.close()


def _look_round(walk: Walk) -> Iterator[Path]:
    walk.wait(walk.shows(Screen.SHELF), "the shelf")
    walk.wait(lambda: walk.is_in_sight("See them…") or walk.is_in_sight("Keep them all"), "the notice")
    yield walk.take("70-notes-will-be-destroyed")
    yield from _earlier(walk)
    walk.press("See them…")
    yield walk.take("71-what-becomes-of-them", _dialog(walk))
    _dialog(walk).close()
    walk.rest()
    walk.window.activateWindow()
    walk.press("Settings")
    walk.wait(walk.shows(Screen.SETTINGS), "the settings")
    screen = walk.app.window.screen_of(Screen.SETTINGS)
    assert screen is not None
    walk.wait(lambda: screen.retention.isVisibleTo(screen), "what the body has decided")  # type: ignore[attr-defined]
    screen.retention.receipts.setFocus()  # type: ignore[attr-defined]
    yield walk.take("72-settings-of-notes", screen.retention)  # type: ignore[attr-defined]
    walk.key(Qt.Key.Key_Escape)
    later = SAMPLE_NOW + timedelta(NOTICE_DAYS)
    walk.app.now = lambda: later  # type: ignore[method-assign]
    walk.press("Check for new packs")
    walk.wait(lambda: walk.is_in_sight("Show the receipt"), "the end")
    yield walk.take("73-notes-destroyed")
    walk.press("Show the receipt")
    yield walk.take("74-receipt", _dialog(walk))
    _dialog(walk).close()


def _earlier(walk: Walk) -> Iterator[Path]:
    """A note beside its item in a later pack."""
    shelf = walk.app.window.screen_of(Screen.SHELF)
    assert isinstance(shelf, ShelfScreen)
    next(row for row in shelf.rows() if row.pack.meeting.held_on == date(2026, 1, 29)).setFocus()
    walk.key(Qt.Key.Key_Return)
    walk.wait(walk.shows(Screen.READER), "the reader")
    reader = walk.app.window.screen_of(Screen.READER)
    assert isinstance(reader, ReaderScreen)
    walk.rest()
    walk.app.window.notices.clear()
    reader.commands.notes.trigger()
    assert reader.pane.pack is not None
    paper = next(each for each in reader.pane.pack.book.papers if each.title.startswith(_TIED))
    reader.canvas.go_to(paper.first)
    walk.wait(lambda: any(row.heading for row in reader.notes.list.rows), "the earlier note")
    yield walk.take("75-a-note-of-an-earlier-pack")
    reader.commands.notes.trigger()
    reader.commands.shelf.trigger()
    walk.wait(walk.shows(Screen.SHELF), "the shelf")


def _dialog(walk: Walk) -> QDialog:
    walk.wait(lambda: [each for each in walk.window.findChildren(QDialog) if each.isVisible()], "the dialog")
    return next(each for each in walk.window.findChildren(QDialog) if each.isVisible())
