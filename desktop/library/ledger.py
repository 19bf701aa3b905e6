"""What is known of each note, kept in step with the notes themselves: what the member did is written down, and what
came from elsewhere is brought to the notes. Every method runs in the store's lane, in the caller's transaction."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace

from db.records import AnnotationRecord, BookmarkRecord, StateRecord
from desktop.annotations.entries import EVERYBODY, Annotation, Bookmark, Entry, time_now
from desktop.annotations.merging import State, delete, from_fields, join, rescue, write
from desktop.annotations.standing import anchor_of
from desktop.annotations.wire import entry_of, stands_by_itself, told_of
from desktop.library.ends_told import is_kept
from desktop.library.holdings import Holdings
from desktop.packs.fields import Malformed

Record = AnnotationRecord | BookmarkRecord


@dataclass(frozen=True)
class Me:
    """This device of a body's member. tag: its name; person: the member. shares_all: other devices of theirs get the
    same notes, so that private ones are written down too."""

    tag: str
    person: str
    shares_all: bool


class Ledger:
    """Keeps `note_states` and the notes together."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings

    def read(self, record: StateRecord) -> State:
        """What is known of a note."""
        return _state(record.state)

    # ---- what the member did here

    def write_down(self, pack_id: str, me: Me) -> None:
        """Everything the member did in a pack since."""
        known = {record.id: record for record in self._holdings.note_states.of_pack(pack_id)}
        there: set[str] = set()
        for row in self._rows(pack_id):
            there.add(row.id)
            before = known.get(row.id)
            if before is None or before.row != _digest(row):
                self._write_down(row, before, me)
        for entry_id, record in known.items():
            if entry_id not in there and not record.author and record.row:
                gone = join(delete(_state(record.stale or record.state)), self.read(record))
                self._holdings.note_states.put(replace(record, row="", state=gone.to_text(), stale=""))

    def catch_up(self, pack_id: str, me: Me, but: Iterable[str] = ()) -> None:
        """The pack's notes are being read for the screen, all but those that still wait to be saved."""
        behind = set(self._holdings.note_states.behind(pack_id))
        if behind:
            self.write_down(pack_id, me)
            self._holdings.note_states.catch_up(behind - set(but))

    def _write_down(self, row: Record, before: StateRecord | None, me: Me) -> None:
        entry = _entry(row)
        if isinstance(entry, Annotation) and not entry.is_mine:
            return
        shared = isinstance(entry, Annotation) and bool(entry.sharing.to)
        if before is None and not (shared or me.shares_all):
            return
        now = self.read(before) if before is not None else State()
        seen = _state(before.stale) if before is not None and before.stale else now
        mine = _written(seen, entry, me.tag)
        joined = rescue(mine, join(mine, now), me.tag, time_now()) if mine is not seen else now
        if before is not None and before.stale:
            # The screen still shows what was there before something came: the note here must not.
            self._bring(row.id, row.pack_id, joined, seen, row, "", "")
            fresh = self._row(row.id)
            stale = mine.to_text()
        else:
            fresh, stale = row, ""
        digest = _digest(fresh) if fresh is not None else ""
        self._holdings.note_states.put(StateRecord(row.id, row.pack_id, "", digest, joined.to_text(), stale))

    # ---- what came

    def take(self, entry_id: str, pack_id: str, paper_id: str, came: State, author: str, name: str, me: Me) -> bool:
        """What another computer knows of a note. author: the person, "" where it is one of the member's own devices;
        name: theirs. Whether anything here is other now. Raises Malformed for what that author may not say."""
        if self._holdings.retained.is_destroyed(entry_id):
            return False
        before = self._holdings.note_states.get(entry_id)
        row = self._row(entry_id)
        self._check(entry_id, pack_id, before, row, author)
        known = self.read(before) if before is not None else State(-1)
        joined = came if before is None else join(known, came)
        if not author:
            joined = rescue(known, joined, me.tag, time_now())
        elif not is_for(joined, me.person):
            joined = withdrawn(joined)
        if before is not None and joined == known:
            return False
        if joined.gone is None and "kind" in joined.parts:
            entry = entry_of(entry_id, pack_id, joined)
            if author and anchor_of(entry).paper_id != paper_id:
                raise Malformed("a note of another paper")
        self._bring(entry_id, pack_id, joined, known, row, author, name)
        fresh = self._row(entry_id)
        stale = (before.stale or before.state) if before is not None and not author and row is not None else ""
        digest = _digest(fresh) if fresh is not None else ""
        self._holdings.note_states.put(StateRecord(entry_id, pack_id, author, digest, joined.to_text(), stale))
        return True

    def _check(self, entry_id: str, pack_id: str, before: StateRecord | None, row: Record | None, author: str) -> None:
        """Nobody changes what is not theirs, nor takes a note to another pack."""
        if before is not None and (before.author != author or before.pack_id != pack_id):
            raise Malformed("another's note")
        if row is not None and (row.pack_id != pack_id or (before is None and author)):
            raise Malformed("another's note")

    def _bring(
        self, entry_id: str, pack_id: str, state: State, known: State, row: Record | None, author: str, name: str
    ) -> None:
        """Have the note here as the state says. known: the state it was brought to before."""
        if state.gone is not None or not state.parts or (author and "kind" not in state.parts):
            self._holdings.annotations.remove(entry_id)
            self._holdings.bookmarks.remove(entry_id)
            return
        entry = entry_of(entry_id, pack_id, state)
        if row is not None and state.parts.get("place") == known.parts.get("place"):
            entry = _where_it_stands(entry, _entry(row))
        if isinstance(entry, Bookmark):
            if author:
                raise Malformed("another's bookmark")
            self._holdings.bookmarks.put(entry.to_record())
            return
        if author:
            here = Annotation.from_record(row) if isinstance(row, AnnotationRecord) else None
            kept = here.keep if here is not None else is_kept(self._holdings, entry_id)
            fresh = here is None or here.fresh or (here.words, here.asking) != (entry.words, entry.asking)
            entry = replace(entry, sharing=replace(entry.sharing, by=author, name=name), keep=kept, fresh=fresh)
        self._holdings.annotations.put(entry.to_record())

    def _rows(self, pack_id: str) -> list[Record]:
        return [*self._holdings.annotations.of_pack(pack_id), *self._holdings.bookmarks.of_pack(pack_id)]

    def _row(self, entry_id: str) -> Record | None:
        return self._holdings.annotations.get(entry_id) or self._holdings.bookmarks.get(entry_id)


def is_for(state: State, person: str) -> bool:
    """Whether a note is shared with a person."""
    to = state.facts.get("to")
    return state.gone is None and isinstance(to, list) and (person in to or EVERYBODY in to)


def withdrawn(state: State) -> State:
    """All that is told of a note, and kept, where it is not shared any more: since when."""
    if state.gone is not None:
        return state
    return State(state.life, state.seen, None, {name: part for name, part in state.parts.items() if name == "to"}, {})


def _written(state: State, entry: Entry, device: str) -> State:
    """The state with what the member did since; itself where that is nothing."""
    parts, texts = told_of(entry)
    if state.gone is None and stands_by_itself(entry, state.facts.get("place")) and "place" in state.parts:
        del parts["place"]
    facts, words = (state.facts, state.words) if state.gone is None else ({}, {})
    changed = {name: value for name, value in parts.items() if name not in facts or facts[name] != value}
    worded = {name: text for name, text in texts.items() if words.get(name) != text}
    at = entry.changed if isinstance(entry, Annotation) and len(entry.changed) == len(time_now()) else time_now()
    return write(state, device, at, changed, worded)


def _where_it_stands(entry: Entry, here: Entry) -> Entry:
    """What came says nothing new of its place: it stays where it has come to here."""
    if isinstance(entry, Annotation) and isinstance(here, Annotation):
        return replace(entry, anchor=here.anchor, shape=here.shape, carriage=here.carriage)
    if isinstance(entry, Bookmark) and isinstance(here, Bookmark):
        return replace(
            entry, paper_id=here.paper_id, sha256=here.sha256, page=here.page, y=here.y, carriage=here.carriage
        )
    return entry


def _entry(row: Record) -> Entry:
    return Annotation.from_record(row) if isinstance(row, AnnotationRecord) else Bookmark.from_record(row)


def _digest(row: Record) -> str:
    return hashlib.blake2b(repr(astuple(row)).encode(), digest_size=16).hexdigest()


def _state(text: str) -> State:
    return from_fields(json.loads(text))
