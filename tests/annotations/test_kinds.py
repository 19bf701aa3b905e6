"""Every kind of mark: kept with what it alone has, moved, and taken back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from db.annotations import Annotations, Bookmarks
from db.bodies import Bodies
from db.packs import Packs
from db.records import AnnotationRecord, BodyRecord, PackRecord
from db.store import Store
from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.entries import KINDS, Annotation, Asking
from desktop.annotations.notebook import Notebook
from desktop.annotations.saver import Notes
from desktop.annotations.shapes import Shape, boxed, distance
from desktop.changes import Changes
from desktop.jobs import Lane

PACK = "a" * 16
ANCHOR = Anchor("b" * 16, "c" * 64, 3, "47", (Quad(3, 72, 100, 300, 112),), "cash position", "the", "is", "Finance")
INK = Shape((((72.004, 100, 0.25), (90, 110, 1.0)), ((200, 300, 0.5),)), 3.0)


@dataclass
class Desk:
    notes: Notes

    def notebook(self) -> Notebook:
        return self.notes.open(PACK).result(10)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    lane = Lane("store")
    store = lane.do(Store.open, tmp_path / "home", b"k" * 32).result(30)

    def fill() -> None:
        Bodies(store).add(BodyRecord("e" * 16, "Board", "Trust", "/mnt/packs", b"{}", "age1secretary"))
        Packs(store).put(
            PackRecord(PACK, "e" * 16, "B", "2026-01-29", "", "", "public", 1, "2026-01-22T09:00:00Z", "", b"{}")
        )

    lane.do(fill).result(10)
    yield Desk(Notes(lane, Annotations(store), Bookmarks(store), Changes()))
    lane.do(store.close).result(10)
    lane.close()


def test_every_kind_comes_back_as_it_was_made(desk: Desk) -> None:
    notebook = desk.notebook()
    for kind in KINDS:
        notebook.add(ANCHOR, kind, "risk", "words", INK if kind == "ink" else None)
    notebook.add(ANCHOR, "question", "question", "Why?", asking=Asking("3.2", "Director of Finance", True))
    assert notebook.flush()
    kept = desk.notebook().annotations
    rounded = Shape((((72.0, 100, 0.25), (90, 110, 1.0)), ((200, 300, 0.5),)), 3.0)
    assert [replace(mark, shape=None) for mark in kept] == [replace(mark, shape=None) for mark in notebook.annotations]
    assert [mark.shape for mark in kept if mark.kind == "ink"] == [rounded]
    assert kept[-1].asking == Asking("3.2", "Director of Finance", True)
    assert notebook.undo_name == "question"


def test_a_mark_of_an_older_release_is_what_it_was() -> None:
    record = AnnotationRecord("n", PACK, "b" * 16, "c" * 64, 3, "note", "risk", ANCHOR.to_json(), "Mine", "1", "2")
    mark = Annotation.from_record(record)
    assert (mark.shape, mark.asking, mark.words) == (None, None, "Mine")
    assert mark.to_record() == record


def test_moving_asking_and_doubling_are_taken_back_by_name(desk: Desk) -> None:
    notebook = desk.notebook()
    frame = notebook.add(ANCHOR, "rectangle", "agree", shape=boxed((10, 10), (60, 40)))
    assert frame.shape is not None
    notebook.reshape(frame.id, ANCHOR, frame.shape.moved(5, 6))
    assert notebook.undo_name == "moving rectangle"
    notebook.undo()
    assert notebook.get(frame.id) == frame
    question = notebook.add(ANCHOR, "question", "question", "Why?")
    notebook.change_asking(question.id, Asking("2.1"))
    assert notebook.undo_name == "whom it is for"
    notebook.change_asking(question.id, Asking("2.1", asked=True))
    assert notebook.undo_name == "asking"
    copy = notebook.duplicate(question.id, ANCHOR, None)
    assert (copy.words, copy.asking) == ("Why?", Asking("2.1", asked=True))
    notebook.undo()
    assert notebook.get(copy.id) is None
    with pytest.raises(ValueError, match="no such kind"):
        notebook.add(ANCHOR, "scribble", "agree")


def test_what_is_drawn_goes_with_the_words_it_was_drawn_at() -> None:
    mark = Annotation("i", PACK, ANCHOR, "ink", "risk", "", "1", "1", INK)
    moved = mark.carried_to(replace(ANCHOR, page=5, quads=(Quad(5, 82, 350, 310, 362),)))
    assert moved.shape == INK.moved(10, 250)
    assert (moved.pages, moved.place) == ((5,), (5, 350.0))


def test_shapes_are_moved_stretched_and_rubbed_out() -> None:
    frame = boxed((10, 10), (60, 40))
    assert frame.stretched((10, 10, 110, 100)).box == (10, 10, 110, 100)
    assert frame.stretched((10, 10, 9, 9)).box == (10, 10, 14, 14)  # never too small to be taken hold of
    assert boxed((60, 40), (10, 10)).stretched((0, 0, 50, 30)).strokes == boxed((50, 30), (0, 0)).strokes
    assert frame.moved(-30, 900).within(595, 842).box == (0, 812, 50, 842)
    assert frame.with_end(1, 5, 7).strokes[0][1] == (5, 7, 1.0)
    assert distance(INK.strokes[0], 81, 115) < 10
    assert INK.erased(81, 106, 4) == Shape(INK.strokes[1:], 3.0)
    assert INK.erased(400, 400, 4) == INK
    assert Shape(INK.strokes[1:]).erased(201, 300, 4) is None
