"""A corrected paper arrives: the notes made on the first edition are carried, told of and reviewed by keys."""

import shutil
from pathlib import Path

import pytest
from flow_making import CONTROL, Desk, at_desk
from PySide6.QtCore import Qt

from desktop.annotations.carriage import CHANGED, EXACT, KEPT, ORPHAN
from desktop.annotations.entries import Annotation
from desktop.sample import SAMPLE_PASSPHRASE
from desktop.tour.editions import write_on_first_edition
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.window import Screen


@pytest.fixture
def home(sample: Path, tmp_path: Path) -> Path:
    """The sample's member, who had written on the finance report before it was corrected."""
    shutil.copytree(sample, tmp_path / "home", ignore=shutil.ignore_patterns("secretary", "repository"))
    write_on_first_edition(tmp_path / "home")
    return tmp_path / "home"


def reader_of(desk: Desk) -> ReaderScreen:
    reader = desk.app.window.screen_of(Screen.READER)
    assert isinstance(reader, ReaderScreen)
    return reader


def marks(desk: Desk) -> dict[str, Annotation]:
    """The notes by what the member wrote, as the notebook has them."""
    notebook = reader_of(desk).marking.notebook
    return {mark.words: mark for mark in notebook.annotations} if notebook else {}


def begin(desk: Desk) -> None:
    desk.open_pack("29 January 2026")
    desk.wait(lambda: any("The papers have changed" in said for said in desk.notices()), "the notes to follow")
    desk.wait(lambda: len([mark for mark in marks(desk).values() if mark.carriage.state]) == 4, "every note")


def test_notes_on_the_first_edition_follow_into_the_second(home: Path) -> None:
    with at_desk(home, SAMPLE_PASSPHRASE) as desk:
        begin(desk)
        states = {words: mark.carriage.state for words, mark in marks(desk).items()}
        assert states == {
            "What made December better?": EXACT,
            "Nearly all of it": CHANGED,
            "Is this lasting?": ORPHAN,
            "": EXACT,
        }
        assert "£19.8m" in marks(desk)["Nearly all of it"].anchor.exact
        assert "£21.9m" in marks(desk)["Nearly all of it"].carriage.earlier[0].exact
        desk.show_notes()
        desk.wait(reader_of(desk).notes.list.isVisible, "the list")
        rows = " ".join(row.spoken for row in reader_of(desk).notes.list.rows)
        assert "≈ Words changed" in rows, rows
        assert "The passage is no longer in this paper" in rows
    with at_desk(home, SAMPLE_PASSPHRASE) as desk:  # what was carried is kept
        desk.wait_screen(Screen.READER)
        desk.wait(lambda: len(marks(desk)) == 4, "the notes")
        assert marks(desk)["Nearly all of it"].carriage.state == CHANGED


def test_the_review_list_is_worked_by_keys(home: Path) -> None:
    with at_desk(home, SAMPLE_PASSPHRASE) as desk:
        begin(desk)
        desk.press("Look at them")
        reader = reader_of(desk)
        desk.wait(lambda: reader.carried.side_by_side.panes, "both versions")
        first, second = reader.split.panes
        assert first.page is not None
        desk.wait(lambda: "Earlier version" in desk.said(), "the earlier version's name")
        assert (first.pack and first.pack.is_earlier, second.pack and second.pack.is_earlier) == (True, False)
        desk.key(Qt.Key.Key_K)  # the orphan stays with the earlier version
        assert marks(desk)["Is this lasting?"].carriage.state == KEPT
        desk.wait(lambda: "1 note to look at" in desk.said(), "the next")
        desk.key(Qt.Key.Key_A)  # the changed words are right where they are
        assert marks(desk)["Nearly all of it"].carriage.settled
        desk.wait_for("Every note has been looked at")
        desk.key(Qt.Key.Key_Z, CONTROL)
        assert not marks(desk)["Nearly all of it"].carriage.settled
        desk.wait_for("1 note to look at")
        desk.key(Qt.Key.Key_Escape)
        desk.wait(lambda: len(reader.split.panes) == 1, "one pane again")


def test_the_whole_list_is_accepted_and_one_undo_takes_it_back(home: Path) -> None:
    with at_desk(home, SAMPLE_PASSPHRASE) as desk:
        begin(desk)
        desk.press("Look at them")
        desk.wait_for("2 notes to look at")
        desk.press("Accept all 2 places")
        desk.wait_for("Every note has been looked at")
        assert all(mark.carriage.settled for mark in marks(desk).values() if mark.carriage.state != EXACT)
        notebook = reader_of(desk).marking.notebook
        assert notebook is not None
        assert notebook.undo_name == "accepting all places"
        desk.key(Qt.Key.Key_Z, CONTROL)
        desk.wait_for("2 notes to look at")


def test_a_note_is_placed_anew_on_words_of_the_new_version(home: Path) -> None:
    with at_desk(home, SAMPLE_PASSPHRASE) as desk:
        begin(desk)
        desk.press("Look at them")
        reader = reader_of(desk)
        desk.wait(lambda: reader.carried.side_by_side.panes, "both versions")
        desk.key(Qt.Key.Key_P)
        desk.wait_for("Place here")
        new = reader.split.panes[-1].canvas
        finance = next(paper for paper in reader.pane.pack.book.papers if paper.corrected)  # type: ignore[union-attr]
        desk.wait(lambda: new.current_page() >= finance.first, "the new page")
        new.go_to(finance.first, remember=False)
        new.select_words(finance.first, 0, 1)
        desk.wait(lambda: new.selected_anchor() is not None, "words to be selected")
        wanted = new.selected_anchor()
        desk.press("Place here")
        placed = marks(desk)["Is this lasting?"]
        assert wanted is not None
        assert (placed.anchor, placed.carriage.settled) == (wanted, True)
        assert placed.carriage.earlier[-1].exact.startswith("The over-delivery")


def test_what_changed_is_listed_and_lit_in_both_versions(home: Path) -> None:
    with at_desk(home, SAMPLE_PASSPHRASE) as desk:
        begin(desk)
        reader = reader_of(desk)
        desk.press("What changed")
        desk.wait(lambda: reader.carried.changes.panel.list.rows, "the changes")
        rows = desk.rows_of("Changes")
        assert any("£21.9m" in row and "£19.8m" in row for row in rows)
        desk.wait(lambda: reader.carried.side_by_side.panes, "both versions")
        first, second = reader.split.panes
        old = [light for page in first.pack.book.pages for light in reader.carried.changes.lights_on(first, page)]  # type: ignore[union-attr]
        new = [light for page in second.pack.book.pages for light in reader.carried.changes.lights_on(second, page)]  # type: ignore[union-attr]
        assert {light.kind for light in old} >= {"replaced"}
        assert {light.kind for light in new} >= {"replaced", "added"}
        desk.key(Qt.Key.Key_Escape)
        desk.wait(lambda: len(reader.split.panes) == 1, "one pane again")
