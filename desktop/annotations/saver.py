"""Saving behind the notebook: every action goes to the store's lane at once; what fails is kept and tried again."""

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass

from db.annotations import Annotations, Bookmarks
from db.errors import StoreError
from desktop.annotations.entries import Annotation, Bookmark, Entry
from desktop.annotations.notebook import Notebook
from desktop.changes import Change, Changes, Event
from desktop.jobs import Lane


@dataclass(frozen=True)
class _Wanted:
    """How one entry should stand in the store: as `entry`, or gone."""

    entry: Entry
    gone: bool


class NoteSaver:
    """Writes entries through the store lane, each in a commit of its own. Callable from the window's thread only."""

    def __init__(self, lane: Lane, annotations: Annotations, bookmarks: Bookmarks, changes: Changes) -> None:
        self._lane, self._changes = lane, changes
        self._annotations, self._bookmarks = annotations, bookmarks
        self._waiting: dict[str, _Wanted] = {}
        self._failed: set[str] = set()
        self._lock = threading.Lock()
        self._running: list[Future[None]] = []

    @property
    def unsaved(self) -> int:
        """How many entries are not in the store yet."""
        with self._lock:
            return len(self._waiting)

    @property
    def failed(self) -> int:
        """How many entries the store has refused so far; they are tried again by retry, the next save or flush."""
        with self._lock:
            return len(self._failed)

    def put(self, entry: Entry) -> None:
        """Keep this state of the entry."""
        self._want(_Wanted(entry, gone=False))

    def remove(self, entry: Entry) -> None:
        """Take the entry out of the store."""
        self._want(_Wanted(entry, gone=True))

    def bring(self, kept: Sequence[Entry], gone: Sequence[Entry]) -> None:
        """Keep some entries and take others out, in one go: one commit, and one change told a paper."""
        wanted = [_Wanted(entry, gone=False) for entry in kept] + [_Wanted(entry, gone=True) for entry in gone]
        with self._lock:
            self._waiting.update({each.entry.id: each for each in wanted})
        self.retry()
        self._running.append(self._lane.do(self._write_all, wanted))
        self._look_back()

    def forget(self, entry_id: str) -> None:
        """The entry was destroyed: no state of it is kept or written any more."""
        with self._lock:
            self._waiting.pop(entry_id, None)
            self._failed.discard(entry_id)

    def overlay(self, pack_id: str, entries: Iterable[Entry]) -> list[Entry]:
        """What the store holds of a pack, brought to what is still wanted of it."""
        with self._lock:
            waiting = [each for each in self._waiting.values() if each.entry.pack_id == pack_id]
        held = {entry.id: entry for entry in entries}
        for wanted in waiting:
            if wanted.gone:
                held.pop(wanted.entry.id, None)
            else:
                held[wanted.entry.id] = wanted.entry
        return list(held.values())

    def waiting(self, pack_id: str) -> frozenset[str]:
        """Ids of a pack's entries that are not in the store yet."""
        with self._lock:
            return frozenset(each.entry.id for each in self._waiting.values() if each.entry.pack_id == pack_id)

    def retry(self) -> None:
        """Try again what the store refused."""
        with self._lock:
            again = tuple(self._failed)
        for entry_id in again:
            self._send(entry_id)

    def flush(self, timeout: float | None = None) -> bool:
        """Wait until everything is written, trying refused entries once more; whether nothing is left unsaved."""
        self.retry()
        wait(self._running, timeout)
        self._look_back()
        return self.unsaved == 0

    def _want(self, wanted: _Wanted) -> None:
        with self._lock:
            self._waiting[wanted.entry.id] = wanted
        self.retry()
        self._send(wanted.entry.id)
        self._look_back()

    def _send(self, entry_id: str) -> None:
        self._running.append(self._lane.do(self._write, entry_id))

    def _look_back(self) -> None:
        """Forget finished writes; one that ended in a bug of ours raises it here, where it is seen."""
        done = [future for future in self._running if future.done()]
        self._running = [future for future in self._running if future not in done]
        for future in done:
            future.result()

    def _write(self, entry_id: str) -> None:
        """In the lane: bring the store to the newest wanted state of one entry."""
        with self._lock:
            wanted = self._waiting.get(entry_id)
        if wanted is None:
            return
        try:
            self._action(wanted)()
        except StoreError as error:
            self._refused(wanted.entry, error)
        else:
            self._saved(entry_id, wanted)

    def _write_all(self, wanted: list[_Wanted]) -> None:
        """In the lane: those that are marks in one commit, bookmarks each in its own; what is refused stays wanted."""
        with self._lock:
            now = [each for each in wanted if self._waiting.get(each.entry.id) is each]
        marks = [each for each in now if isinstance(each.entry, Annotation)]
        try:
            self._annotations.bring(
                [each.entry.to_record() for each in marks if isinstance(each.entry, Annotation) and not each.gone],
                [each.entry.id for each in marks if each.gone],
            )
        except StoreError as error:
            for each in marks:
                self._refused(each.entry, error, told=each is not marks[0])
        else:
            changes = {_change_of(each.entry, self): None for each in marks}
            for each in marks:
                self._settled(each.entry.id, each)
            for change in changes:
                self._changes.publish(change)
        for each in now:
            if not isinstance(each.entry, Annotation):
                self._write(each.entry.id)

    def _refused(self, entry: Entry, error: StoreError, told: bool = False) -> None:
        """Say so once an entry, not at every trial. told: it was said of another that was refused with it."""
        with self._lock:
            again = told or entry.id in self._failed
            self._failed.add(entry.id)
        if not again:
            self._changes.publish(Change(Event.STORE_FAILED, pack_id=entry.pack_id, words=str(error), origin=self))

    def _action(self, wanted: _Wanted) -> Callable[[], None]:
        entry = wanted.entry
        if isinstance(entry, Annotation):
            if wanted.gone:
                return lambda: self._annotations.remove(entry.id)
            return lambda: self._annotations.put(entry.to_record())
        if wanted.gone:
            return lambda: self._bookmarks.remove(entry.id)
        return lambda: self._bookmarks.put(entry.to_record())

    def _saved(self, entry_id: str, wanted: _Wanted) -> None:
        self._settled(entry_id, wanted)
        self._changes.publish(_change_of(wanted.entry, self))

    def _settled(self, entry_id: str, wanted: _Wanted) -> None:
        with self._lock:
            self._failed.discard(entry_id)
            if self._waiting.get(entry_id) is wanted:  # else a newer state came, and its own write is behind this one
                del self._waiting[entry_id]


def _change_of(entry: Entry, origin: object) -> Change:
    if isinstance(entry, Annotation):
        return Change(Event.NOTES_CHANGED, pack_id=entry.pack_id, paper_id=entry.anchor.paper_id, origin=origin)
    return Change(Event.BOOKMARKS_CHANGED, pack_id=entry.pack_id, paper_id=entry.paper_id, origin=origin)


class Notes:
    """Every pack's notes: opens the notebook of one. One saver stands behind all, so that what a full disk refused is
    neither lost nor forgotten when its pack is put away."""

    def __init__(
        self,
        lane: Lane,
        annotations: Annotations,
        bookmarks: Bookmarks,
        changes: Changes,
        reading: Callable[[str, frozenset[str]], None] = lambda pack_id, but: None,
    ) -> None:
        """reading: told in the lane that a pack's notes are about to be read, all but those that wait to be saved."""
        self._lane, self._reading = lane, reading
        self._annotations, self._bookmarks = annotations, bookmarks
        self.saver = NoteSaver(lane, annotations, bookmarks, changes)

    def open(self, pack_id: str) -> Future[Notebook]:
        """Read a pack's notes and bookmarks in the store's lane."""
        return self._lane.do(self._read, pack_id)

    def _read(self, pack_id: str) -> Notebook:
        self._reading(pack_id, self.saver.waiting(pack_id))
        marks = [Annotation.from_record(record) for record in self._annotations.of_pack(pack_id)]
        places = [Bookmark.from_record(record) for record in self._bookmarks.of_pack(pack_id)]
        held = self.saver.overlay(pack_id, [*marks, *places])
        marks = [entry for entry in held if isinstance(entry, Annotation)]
        places = [entry for entry in held if isinstance(entry, Bookmark)]
        return Notebook(pack_id, marks, places, self.saver)
