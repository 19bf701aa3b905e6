"""Lives of a notebook, of any actions in any order, with undo, redo, a new edition, restarts, and the power going: the
store always equals what was shown as saved."""

import secrets
import shutil
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from test_notebook import PACK, Bench, make_bench

from db.annotations import Annotations, Bookmarks
from desktop.annotations.anchor import Anchor
from desktop.annotations.carrying import Papers, Version
from desktop.annotations.entries import COLOURS, KINDS, PASSAGE_KINDS, QUESTION, Annotation, Asking, Bookmark, Entry
from desktop.annotations.notebook import Notebook
from desktop.annotations.shapes import Shape, boxed
from desktop.annotations.text import PaperText
from desktop.library.carrying import carry_all
from tests.benchmarks.typesetting import OTHER_EXPORT, WORD_PROCESSOR, Paragraph, sentence, typeset

LINES = [f"Ward {n} has {n + 3} beds and needs {n * 11} nurses by the {n}th of the month." for n in range(4, 28)]
SHAS = ("c" * 64, "d" * 64)


def edition(number: int, kept: slice) -> tuple[Version, PaperText]:
    lines: list[Paragraph] = [(sentence(line, line),) for line in LINES[kept]]
    pages = typeset(lines, OTHER_EXPORT if number else WORD_PROCESSOR).packed()
    return Version("b" * 16, SHAS[number], pages), PaperText(pages)


EDITIONS = (edition(0, slice(0, 24)), edition(1, slice(3, 24)))
KIND, COLOUR, WORDS = st.sampled_from(KINDS), st.sampled_from(COLOURS), st.sampled_from(("", "Why?", "“£3m”\nof what?"))
PLACE = st.integers(0, 250)


def as_kept(entry: Entry) -> Entry:
    """The store keeps what is drawn to a hundredth of a point."""
    return Annotation.from_record(entry.to_record()) if isinstance(entry, Annotation) else entry


class Lives(RuleBasedStateMachine):
    """`sure` is what was shown as saved; `versions` is each entry's every state since, None where it was out."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.key, self.edition = secrets.token_bytes(32), 0
        self.sure: dict[str, Entry] = {}
        self.versions: dict[str, list[Entry | None]] = {}
        self.open()

    def open(self) -> None:
        self.bench: Bench = make_bench(self.folder / "home", self.key)
        self.book: Notebook = self.bench.open()
        self.gate: threading.Event | None = None
        self.book.listen(lambda entry: self.note(entry.id))

    def note(self, entry_id: str) -> None:
        self.versions.setdefault(entry_id, []).append(self.entries().get(entry_id))

    # ---- what the reader does

    @rule(kind=KIND, colour=COLOUR, words=WORDS, at=PLACE)
    def mark(self, kind: str, colour: str, words: str, at: int) -> None:
        shape = None if kind in (*PASSAGE_KINDS, QUESTION) else boxed((50 + at, 60), (90 + at, 120 + at))
        self.book.add(self.anchor(at), kind, colour, words, shape)

    @rule(at=PLACE)
    def bookmark(self, at: int) -> None:
        self.book.add_bookmark("b" * 16, SHAS[self.edition], 0, float(at), f"Place {at}")

    @rule(data=st.data(), words=WORDS, colour=COLOUR)
    @precondition(lambda self: self.book.annotations)
    def change(self, data: st.DataObject, words: str, colour: str) -> None:
        self.book.change(self.one(data).id, words, colour)

    @rule(data=st.data(), at=PLACE)
    @precondition(lambda self: self.book.annotations)
    def move(self, data: st.DataObject, at: int) -> None:
        mark = self.one(data)
        self.book.reshape(mark.id, self.anchor(at), mark.shape and mark.shape.moved(5.0, float(at)))

    @rule(data=st.data(), size=st.integers(10, 300))
    @precondition(lambda self: any(mark.shape for mark in self.book.annotations))
    def resize(self, data: st.DataObject, size: int) -> None:
        mark = data.draw(st.sampled_from([mark for mark in self.book.annotations if mark.shape]))
        shape: Shape | None = mark.shape
        assert shape is not None
        self.book.reshape(mark.id, mark.anchor, shape.stretched((10.0, 10.0, 10.0 + size, 20.0 + size)), "resizing")

    @rule(data=st.data(), at=PLACE)
    @precondition(lambda self: self.book.annotations)
    def duplicate(self, data: st.DataObject, at: int) -> None:
        mark = self.one(data)
        self.book.duplicate(mark.id, self.anchor(at), mark.shape)

    @rule(data=st.data(), asked=st.booleans(), answer=WORDS)
    @precondition(lambda self: any(mark.asking for mark in self.book.annotations))
    def ask(self, data: st.DataObject, asked: bool, answer: str) -> None:
        mark = data.draw(st.sampled_from([mark for mark in self.book.annotations if mark.asking]))
        self.book.change_asking(mark.id, Asking("10", "Director of Finance", asked))
        self.book.answer(mark.id, answer)

    @rule(data=st.data(), name=WORDS)
    @precondition(lambda self: self.book.bookmarks)
    def rename(self, data: st.DataObject, name: str) -> None:
        self.book.rename_bookmark(data.draw(st.sampled_from(self.book.bookmarks)).id, name)

    @rule(data=st.data())
    @precondition(lambda self: self.entries())
    def delete(self, data: st.DataObject) -> None:
        self.book.remove(data.draw(st.sampled_from(list(self.entries()))))

    @rule()
    def undo(self) -> None:
        self.book.undo()

    @rule()
    def redo(self) -> None:
        self.book.redo()

    @rule()
    def settle(self) -> None:
        self.book.settle()

    # ---- what happens to them

    @rule()
    @precondition(lambda self: self.gate is None)
    def the_disk_is_busy(self) -> None:
        """Nothing is written from here on, until somebody waits for it."""
        self.written()
        self.gate = threading.Event()
        self.bench.lane.start(self.gate.wait, 60)

    @rule()
    def another_edition(self) -> None:
        """Or the first again, as when a correction is taken back."""
        self.written()
        self.edition = 1 - self.edition
        old, new = EDITIONS[1 - self.edition][0], EDITIONS[self.edition][0]
        papers = Papers({new.paper_id: new}, {old.sha256: old}, frozenset({new.paper_id}), True, 2 + self.edition)
        carried = carry_all(self.stored().values(), papers)
        for before, after in carried:
            self.versions.setdefault(before.id, []).append(after)
            store = Annotations(self.bench.store) if isinstance(after, Annotation) else Bookmarks(self.bench.store)
            self.bench.lane.do(store.put, after.to_record()).result(10)  # type: ignore[arg-type]
        self.book.take_carried([after for _, after in carried])

    @rule()
    def restart(self) -> None:
        self.written()
        shown = self.entries()
        self.bench.close()
        self.open()
        assert self.entries() == shown
        self.be_sure()

    @rule()
    def lose_power(self) -> None:
        """The store is left as it lies, and what waits to be written is never written."""
        if self.gate is None:
            self.written()  # else how much was written would be chance, and no run like another
        for write in self.bench.notes.saver._running:
            write.cancel()
        self.let_write()
        left, self.folder = self.folder, Path(tempfile.mkdtemp())
        # The copy is what is opened then: with the store's log as it lay, never brought in and never closed.
        self.bench.lane.do(shutil.copytree, left, self.folder, dirs_exist_ok=True).result(10)
        self.bench.close()
        shutil.rmtree(left)
        self.open()
        for entry_id in {*self.sure, *self.versions, *self.entries()}:
            may_be = [self.sure.get(entry_id), *self.versions.get(entry_id, [])]
            assert self.entries().get(entry_id) in may_be
        self.be_sure()

    @rule()
    def look(self) -> None:
        self.written()
        self.be_sure()

    def written(self) -> None:
        self.let_write()
        assert self.book.flush(30)

    def let_write(self) -> None:
        if self.gate is not None:
            self.gate.set()
        self.gate = None

    # ---- what must hold

    def be_sure(self) -> None:
        assert self.book.failed == 0
        self.sure, self.versions = self.stored(), {}
        assert self.sure == self.entries()

    @invariant()
    def nothing_is_shown_as_saved_that_is_not(self) -> None:
        if hasattr(self, "book") and self.gate is None and not self.bench.notes.saver.unsaved:
            assert self.stored() == self.entries()

    def teardown(self) -> None:
        if hasattr(self, "bench"):
            self.let_write()
            self.bench.close()
            shutil.rmtree(self.folder)

    # ---- tools

    def entries(self) -> dict[str, Entry]:
        return {entry.id: as_kept(entry) for entry in [*self.book.annotations, *self.book.bookmarks]}

    def stored(self) -> dict[str, Entry]:
        places = self.bench.lane.do(Bookmarks(self.bench.store).of_pack, PACK).result(10)
        found: list[Entry] = [*self.bench.stored(), *(Bookmark.from_record(place) for place in places)]
        return {entry.id: entry for entry in found}

    def one(self, data: st.DataObject) -> Annotation:
        return data.draw(st.sampled_from(self.book.annotations))

    def anchor(self, at: int) -> Anchor:
        version, text = EDITIONS[self.edition]
        first = at % (len(text.tokens) - 12)
        return text.anchor(Anchor("b" * 16, version.sha256, 0, ""), "b" * 16, version.sha256, first, first + 12)


TestLives = Lives.TestCase
TestLives.settings = settings(max_examples=20, stateful_step_count=30, deadline=None)


@pytest.mark.long
class TestManyLives(Lives.TestCase):  # type: ignore[misc]
    settings = settings(max_examples=250, stateful_step_count=60, deadline=None)
