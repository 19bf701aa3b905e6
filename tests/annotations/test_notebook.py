"""The notebook of an open pack, over a real encrypted store."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from db.annotations import Annotations, Bookmarks
from db.bodies import Bodies
from db.packs import Packs
from db.records import BodyRecord, PackRecord
from db.store import Store
from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.entries import Entry
from desktop.annotations.notebook import Annotation, Notebook
from desktop.annotations.saver import Notes
from desktop.changes import Change, Changes, Event
from desktop.jobs import Lane

PACK = "a" * 16
ANCHOR = Anchor("b" * 16, "c" * 64, 3, "47", (Quad(3, 72, 100, 200, 112), Quad(4, 72, 80, 150, 92)), "cash position")


@dataclass
class Bench:
    folder: Path
    key: bytes
    lane: Lane
    store: Store
    changes: list[Change]
    notes: Notes
    closed: bool = False

    def open(self) -> Notebook:
        return self.notes.open(PACK).result(10)

    def stored(self) -> list[Annotation]:
        records = self.lane.do(Annotations(self.store).of_pack, PACK).result(10)
        return [Annotation.from_record(record) for record in records]

    def run(self, sql: str) -> None:
        self.lane.do(lambda: self.store.database.execute(sql)).result(10)

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            self.lane.do(self.store.close).result(10)
            self.lane.close()


def make_bench(folder: Path, key: bytes) -> Bench:
    """A store in its lane; made anew, or opened again."""
    lane = Lane("store")
    store = lane.do(Store.open, folder, key).result(30)
    lane.do(put_pack, store).result(10)
    heard: list[Change] = []
    changes = Changes()
    changes.listen(heard.append)
    return Bench(folder, key, lane, store, heard, Notes(lane, Annotations(store), Bookmarks(store), changes))


def put_pack(store: Store) -> None:
    """Notes stand in a pack, and a pack in a body."""
    if Packs(store).get(PACK):
        return
    Bodies(store).add(BodyRecord("e" * 16, "Board", "Trust", "/mnt/packs", b"{}", "age1secretary"))
    pack = PackRecord(PACK, "e" * 16, "Board", "2026-01-29", "", "", "public", 1, "2026-01-22T09:00:00Z", "", b"{}")
    Packs(store).put(pack)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = make_bench(tmp_path / "home", secrets.token_bytes(32))
    yield bench
    bench.close()


def test_what_is_marked_is_there_after_a_restart(bench: Bench, tmp_path: Path) -> None:
    notebook = bench.open()
    mark = notebook.add_highlight(ANCHOR, "risk")
    note = notebook.add_note(ANCHOR, "Ask about the £3m gap — “why now?”", "question")
    place = notebook.add_bookmark(ANCHOR.paper_id, ANCHOR.sha256, 3, 12.5, "Cash")
    assert notebook.flush()
    bench.close()
    again = make_bench(bench.folder, bench.key)
    try:
        opened = again.open()
        assert opened.annotations == [mark, note]
        assert opened.bookmarks == [place]
        assert opened.get(mark.id) == mark
        assert mark.anchor == ANCHOR
    finally:
        again.close()


def test_the_words_are_nowhere_readable_on_the_disk(bench: Bench) -> None:
    notebook = bench.open()
    notebook.add_note(ANCHOR, "Unspeakable suspicion", "challenge")
    assert notebook.flush()
    found = [path for path in bench.folder.rglob("*") if path.is_file() and b"Unspeakable" in path.read_bytes()]
    assert found == []


def test_every_action_is_committed_by_itself_at_once(bench: Bench) -> None:
    notebook = bench.open()
    mark = notebook.add_highlight(ANCHOR, "risk")
    assert bench.stored() == [mark]  # the lane is a queue: what was asked after is answered after
    notebook.change(mark.id, colour="agree")
    assert [each.colour for each in bench.stored()] == ["agree"]
    notebook.remove(mark.id)
    assert bench.stored() == []
    told = [(change.event, change.paper_id) for change in bench.changes]
    assert told == [(Event.NOTES_CHANGED, ANCHOR.paper_id)] * 3


def test_a_mark_lies_on_each_page_it_crosses(bench: Bench) -> None:
    notebook = bench.open()
    mark = notebook.add_highlight(ANCHOR, "risk")
    page_note = notebook.add_note(Anchor(ANCHOR.paper_id, ANCHOR.sha256, 3, "47"), "On the page", "action")
    assert notebook.on_page(ANCHOR.paper_id, 3) == [mark, page_note]
    assert notebook.on_page(ANCHOR.paper_id, 4) == [mark]
    assert notebook.on_page(ANCHOR.paper_id, 5) == []
    assert notebook.on_page("d" * 16, 3) == []


def test_undo_and_redo_name_and_reverse_each_action(bench: Bench) -> None:
    notebook = bench.open()
    assert (notebook.undo_name, notebook.redo_name, notebook.undo(), notebook.redo()) == ("", "", None, None)
    mark = notebook.add_highlight(ANCHOR, "risk")
    notebook.change(mark.id, colour="agree")
    notebook.remove(mark.id)
    names = []
    while notebook.undo_name:
        names.append(notebook.undo_name)
        notebook.undo()
    assert names == ["deleting highlight", "colour", "highlight"]
    assert notebook.annotations == []
    notebook.redo()
    assert notebook.annotations == [mark]
    assert notebook.redo_name == "colour"
    notebook.add_bookmark(ANCHOR.paper_id, ANCHOR.sha256, 3, 0.0, "Here")
    assert notebook.redo_name == ""
    assert notebook.flush()
    assert bench.stored() == [mark]


def test_words_typed_in_one_go_are_one_step(bench: Bench) -> None:
    notebook = bench.open()
    note = notebook.add_note(ANCHOR, "Why", "question")
    notebook.change(note.id, words="Why now")
    notebook.change(note.id, words="Why now?")
    notebook.settle()
    notebook.change(note.id, words="Why not?")
    notebook.undo()
    changed = notebook.get(note.id)
    assert isinstance(changed, Annotation)
    assert changed.words == "Why now?"
    notebook.undo()
    assert notebook.annotations == []


def test_a_change_that_changes_nothing_is_no_step(bench: Bench) -> None:
    notebook = bench.open()
    note = notebook.add_note(ANCHOR, "Why", "question")
    place = notebook.add_bookmark(ANCHOR.paper_id, ANCHOR.sha256, 3, 0.0, "Here")
    notebook.change(note.id, words="Why", colour="question")
    notebook.rename_bookmark(place.id, "Here")
    assert notebook.undo_name == "bookmark"


def test_a_bookmark_is_renamed_and_removed(bench: Bench) -> None:
    notebook = bench.open()
    place = notebook.add_bookmark(ANCHOR.paper_id, ANCHOR.sha256, 3, 0.0, "Here")
    notebook.rename_bookmark(place.id, "There")
    assert [mark.name for mark in notebook.bookmarks] == ["There"]
    notebook.remove(place.id)
    assert notebook.bookmarks == []
    notebook.undo()
    assert notebook.flush()
    assert [mark.name for mark in bench.open().bookmarks] == ["There"]


def test_listeners_hear_every_action_until_they_stop(bench: Bench) -> None:
    notebook = bench.open()
    heard: list[Entry] = []
    stop = notebook.listen(heard.append)
    mark = notebook.add_highlight(ANCHOR, "risk")
    notebook.undo()
    assert heard == [mark, mark]
    stop()
    notebook.redo()
    assert len(heard) == 2


def test_what_is_brought_in_is_shown_and_saved_in_one_go_and_taken_back_in_one(bench: Bench) -> None:
    notebook = bench.open()
    own = notebook.add_highlight(ANCHOR, "risk")
    assert notebook.flush(10)
    heard: list[str] = []
    notebook.listen(lambda entry: heard.append(entry.id))
    del bench.changes[:]
    marks = [replace(own, id=f"{number:016x}") for number in range(200)]
    notebook.take_in(marks)
    assert notebook.flush(10)
    assert len(heard) == 1
    assert [change.event for change in bench.changes] == [Event.NOTES_CHANGED]
    assert len(bench.stored()) == 201
    assert notebook.undo_name == "import"
    notebook.undo()
    assert notebook.flush(10)
    assert bench.stored() == [own]
    notebook.redo()
    assert notebook.flush(10)
    assert (len(bench.stored()), len(heard), len(bench.changes)) == (201, 3, 3)


def test_many_places_are_settled_in_one_step(bench: Bench) -> None:
    notebook = bench.open()
    marks = [notebook.add_highlight(ANCHOR, "risk") for _ in range(3)]
    moved = replace(ANCHOR, page=9)
    notebook.place_all([mark.carried_to(moved) for mark in marks], "accepting all places")
    assert {mark.anchor.page for mark in notebook.annotations} == {9}
    assert notebook.undo_name == "accepting all places"
    notebook.undo()
    assert notebook.annotations == marks
    assert notebook.flush(10)
    assert bench.stored() == marks


def test_what_a_full_disk_refused_of_many_is_kept_told_once_and_tried_again(bench: Bench) -> None:
    notebook = bench.open()
    own = notebook.add_highlight(ANCHOR, "risk")
    assert notebook.flush(10)
    pages = bench.lane.do(bench.store.rows, "PRAGMA page_count").result(10)[0][0]
    bench.lane.do(bench.store.rows, f"PRAGMA max_page_count={pages}").result(10)
    notebook.take_in([replace(own, id=f"{number:016x}", words="w" * 9000) for number in range(20)])
    assert not notebook.flush(10)
    assert notebook.failed == 20
    assert len(notebook.annotations) == 21
    assert [change.event for change in bench.changes].count(Event.STORE_FAILED) == 1
    bench.lane.do(bench.store.rows, "PRAGMA max_page_count=1000000").result(10)
    assert notebook.flush(10)
    assert len(bench.stored()) == 21


def test_an_unknown_colour_is_refused(bench: Bench) -> None:
    notebook = bench.open()
    with pytest.raises(ValueError, match="mauve"):
        notebook.add_highlight(ANCHOR, "mauve")
    assert notebook.annotations == []


def test_a_full_disk_loses_no_note(bench: Bench) -> None:
    """The store may grow no further: SQLite answers as on a full disk."""
    notebook = bench.open()
    assert notebook.flush()
    bench.run("PRAGMA wal_checkpoint(TRUNCATE)")
    bench.run("PRAGMA max_page_count=1")  # SQLite takes the present size, and will not grow from there
    note = notebook.add_note(ANCHOR, "x" * 200_000, "question")
    assert not notebook.flush()
    assert notebook.annotations == [note]
    assert notebook.failed == 1
    told = [change for change in bench.changes if change.event is Event.STORE_FAILED]
    assert len(told) == 1
    assert "no room left on the disk" in told[0].words
    assert told[0].pack_id == PACK
    bench.run("PRAGMA max_page_count=1000000")
    notebook.add_highlight(ANCHOR, "risk")  # the next action tries again by itself
    assert notebook.flush()
    assert notebook.failed == 0
    assert [mark.words[:1] for mark in bench.stored()] == ["x", ""]


def test_a_refused_note_deleted_meanwhile_stays_away(bench: Bench) -> None:
    notebook = bench.open()
    bench.run("PRAGMA wal_checkpoint(TRUNCATE)")
    bench.run("PRAGMA max_page_count=1")
    note = notebook.add_note(ANCHOR, "x" * 200_000, "question")
    assert not notebook.flush()
    notebook.remove(note.id)
    bench.run("PRAGMA max_page_count=1000000")
    notebook.retry()
    assert notebook.flush()
    assert bench.stored() == []


def test_a_bug_in_saving_is_raised_and_the_note_stays(bench: Bench) -> None:
    notebook = bench.open()
    bench.run("DROP TABLE annotations")
    note = notebook.add_note(ANCHOR, "Kept in sight", "question")
    with pytest.raises(Exception, match="no such table"):
        notebook.flush()
    assert notebook.annotations == [note]


def test_an_anchor_reads_back_as_written() -> None:
    assert Anchor.from_json(ANCHOR.to_json()) == ANCHOR
    assert "£" in Anchor("p", "s", 0, "1", exact="£3m").to_json()
