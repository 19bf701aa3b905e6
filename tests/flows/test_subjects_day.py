"""A note is tied to an item, and stands beside it in the pack of the next meetings."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flow_making import CONTROL, SHIFT, Desk, at_desk
from notes_making import mark
from PySide6.QtCore import Qt

from desktop.annotations.entries import Annotation
from desktop.annotations.subject import ACTION, ITEM, RISK, Subject
from desktop.annotations.wire import told_of
from desktop.library.subjects import subjects_of
from desktop.sample import SAMPLE_PASSPHRASE
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.window import Screen

EARLIER, LATER, ITEM_NAME = "25 September 2025", "29 January 2026", "Chief Executive's report"
WORDS = "Ask again in January"


@pytest.fixture
def home(sample: Path, tmp_path: Path) -> Path:
    shutil.copytree(sample, tmp_path / "home", ignore=shutil.ignore_patterns("secretary", "repository"))
    return tmp_path / "home"


def reader_of(desk: Desk) -> ReaderScreen:
    reader = desk.app.window.screen_of(Screen.READER)
    assert isinstance(reader, ReaderScreen)
    return reader


def test_a_note_follows_its_item_into_later_packs_and_stays_tied_when_undone_and_redone(home: Path) -> None:
    with at_desk(home, SAMPLE_PASSPHRASE) as desk:
        desk.open_pack(EARLIER)
        desk.select(0.3)
        desk.write_note(WORDS)
        desk.show_notes()
        desk.wait(lambda: desk.rows_of("Notes"), "the note")
        reader = reader_of(desk)
        reader.notes.list.put_cursor_first()
        reader.notes.list.setFocus()
        desk.key(Qt.Key.Key_J, CONTROL | SHIFT)
        desk.wait_for("an item, a risk or an action of this pack")
        desk.wait(lambda: desk.rows_of("Where to go"), "the items")
        desk.type("chief exec")
        desk.wait(lambda: ITEM_NAME in desk.rows_of("Where to go")[0], "the item")
        desk.key(Qt.Key.Key_Return)
        desk.wait(lambda: f"about {ITEM_NAME}" in " ".join(desk.rows_of("Notes")), "the tie")
        desk.key(Qt.Key.Key_Z, CONTROL)
        assert "about" not in " ".join(desk.rows_of("Notes"))
        desk.key(Qt.Key.Key_Z, CONTROL | SHIFT)
        assert "about" in " ".join(desk.rows_of("Notes"))
        desk.press("Back to the shelf")

        desk.open_pack(LATER)
        reader = reader_of(desk)
        pack = reader.pane.pack
        assert pack is not None
        paper = next(each for each in pack.book.papers if each.title.startswith(ITEM_NAME))
        desk.wait(lambda: reader.carried.also(reader.pane, pack.book.pages[paper.first]), "the mark at its place")
        assert WORDS not in " ".join(desk.rows_of("Notes"))  # the agenda is in sight, not the item
        reader.canvas.go_to(paper.first, remember=False)
        desk.wait(lambda: "From earlier packs" in desk.rows_of("Notes"), "the earlier note beside its item")
        row = next(row for row in desk.rows_of("Notes") if WORDS in row)
        assert EARLIER in row
        reader.noting.go(next(row.key for row in reader.notes.list.rows if WORDS in row.spoken))
        desk.wait(lambda: reader.pane.pack is not None and reader.pane.pack.id != pack.id, "the pack it was made in")


def test_risks_and_actions_of_the_papers_can_be_chosen(home: Path) -> None:
    with at_desk(home, SAMPLE_PASSPHRASE) as desk:
        desk.wait_screen(Screen.SHELF)
        assert desk.app.reading
        room = desk.app.reading.room

        def kinds() -> dict[str, int]:
            pack = next(pack for pack in room.shelf.packs().values() if pack.meeting.held_on.year == 2026)
            found = [spot.subject.kind for spot in subjects_of(room.holdings, pack)]
            return {kind: found.count(kind) for kind in (ITEM, RISK, ACTION)}

        desk.wait(lambda: room.store.do(kinds).result(10)[RISK], "the risks to be read")
        found = room.store.do(kinds).result(10)
        assert min(found.values()) > 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Subject(ITEM, "", "Finance: December 2025 (M9)"), Subject(ITEM, "", "Finance – May 2025 (M2)"), True),
        (Subject(ITEM, "", "Finance report"), Subject(ITEM, "", "Workforce report"), False),
        (Subject(RISK, "BAF 3", "Cash"), Subject(RISK, "BAF3", "Cash and capital"), True),
        (Subject(RISK, "BAF 3", "Cash"), Subject(RISK, "Group BAF3", "Cash"), False),
        (Subject(RISK, "GTB/25/8", "Cash"), Subject(ACTION, "GTB/25/8", "Cash"), False),
    ],
)  # fmt: skip
def test_a_subject_is_known_again_by_its_reference_or_by_its_title_without_dates(
    one: Subject, other: Subject, same: bool
) -> None:
    assert (one.key == other.key) is same


def test_a_tie_is_kept_in_the_store_and_told_to_ones_other_computers() -> None:
    tied = replace(mark(1), subject=Subject(RISK, "BAF 3", "Cash"))
    assert Annotation.from_record(tied.to_record()) == tied
    assert told_of(tied)[0]["subject"] == [RISK, "BAF 3", "Cash"]
