"""The notes of the open pack: one list in memory, which is what the screen shows. Saving and undo stand behind it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from desktop.annotations.anchor import Anchor
from desktop.annotations.entries import (
    COLOURS,
    HIGHLIGHT,
    KINDS,
    NOTE,
    PRIVATE,
    QUESTION,
    TEXT,
    Asking,
    Entry,
    Sharing,
    new_id,
    time_now,
)
from desktop.annotations.entries import Annotation as Annotation
from desktop.annotations.entries import Bookmark as Bookmark
from desktop.annotations.shapes import Shape
from desktop.annotations.standing import paper_of
from desktop.annotations.subject import Subject

Listener = Callable[[Entry], None]


class Saving(Protocol):
    """What stands behind the notebook; see `saver.NoteSaver`."""

    @property
    def failed(self) -> int:
        """Entries the store refused so far."""

    def put(self, entry: Entry) -> None:
        """Keep this state of the entry."""

    def remove(self, entry: Entry) -> None:
        """Take the entry out."""

    def bring(self, kept: Sequence[Entry], gone: Sequence[Entry]) -> None:
        """Keep some entries and take others out, in one go."""

    def forget(self, entry_id: str) -> None:
        """The entry was destroyed: whatever was wanted of it is wanted no more."""

    def retry(self) -> None:
        """Try refused entries again."""

    def flush(self, timeout: float | None = None) -> bool:
        """Wait for every save; whether nothing is left."""


@dataclass(frozen=True)
class _Step:
    """One action: the entry before and after it, None where there was or is none. joined: one with the step before."""

    name: str
    before: Entry | None
    after: Entry | None
    joined: bool = False

    @property
    def entry_id(self) -> str:
        """Whose step it is."""
        entry = self.after or self.before
        return entry.id if entry else ""


class Notebook:
    """Annotations and bookmarks of one pack. For one thread; listeners are called after each action."""

    def __init__(
        self, pack_id: str, annotations: Iterable[Annotation], bookmarks: Iterable[Bookmark], save: Saving
    ) -> None:
        self.pack_id = pack_id
        self._entries: dict[str, Entry] = {mark.id: mark for mark in annotations}
        self._entries |= {mark.id: mark for mark in bookmarks}
        self._save = save
        self._pages: dict[tuple[str, int], list[Annotation]] | None = None
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._listeners: list[Listener] = []
        self._typing = ""

    @property
    def annotations(self) -> list[Annotation]:
        """Every mark, oldest first."""
        return [entry for entry in self._entries.values() if isinstance(entry, Annotation)]

    @property
    def bookmarks(self) -> list[Bookmark]:
        """Every bookmark, oldest first."""
        return [entry for entry in self._entries.values() if isinstance(entry, Bookmark)]

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call listener after every action with the entry it touched; returns the function that stops it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def get(self, entry_id: str) -> Entry | None:
        """The entry as it stands, None once removed."""
        return self._entries.get(entry_id)

    def on_page(self, paper_id: str, page: int) -> list[Annotation]:
        """The marks that lie on a page (from 0) of a paper, whichever version they were made on."""
        if self._pages is None:
            self._pages = defaultdict(list)
            for mark in self.annotations:
                for number in mark.pages:
                    self._pages[mark.anchor.paper_id, number].append(mark)
        return self._pages.get((paper_id, page), [])

    def add_highlight(self, anchor: Anchor, colour: str) -> Annotation:
        """Mark a passage."""
        return self.add(anchor, HIGHLIGHT, colour)

    def add_note(self, anchor: Anchor, words: str, colour: str) -> Annotation:
        """Write a note at a passage, or on a whole page where the anchor has no quads."""
        return self.add(anchor, NOTE, colour, words)

    def add(
        self,
        anchor: Anchor,
        kind: str,
        colour: str,
        words: str = "",
        shape: Shape | None = None,
        asking: Asking | None = None,
    ) -> Annotation:
        """Make a mark of any kind. shape: what was drawn, or a note's point. asking: of a question."""
        _check(colour)
        if kind not in KINDS:
            raise ValueError(f"no such kind of mark: {kind}")
        now = time_now()
        asking = asking or (Asking() if kind == QUESTION else None)
        mark = Annotation(new_id(), self.pack_id, anchor, kind, colour, words, now, now, shape, asking)
        self._act(_Step(kind, None, mark))
        self._typing = mark.id if kind in (NOTE, QUESTION, TEXT) else ""
        return mark

    def duplicate(self, mark_id: str, anchor: Anchor, shape: Shape | None) -> Annotation:
        """The same mark once more at another place."""
        mark, now = self._annotation(mark_id), time_now()
        copy = replace(mark, id=new_id(), anchor=anchor, shape=shape, created=now, changed=now, sharing=PRIVATE)
        self._act(_Step(f"another {mark.kind}", None, copy))
        return copy

    def add_bookmark(self, paper_id: str, sha256: str, page: int, y: float, name: str) -> Bookmark:
        """Name a place: page from 0 within the paper, y in points from its top."""
        mark = Bookmark(new_id(), self.pack_id, paper_id, sha256, page, y, name, time_now())
        self._act(_Step("bookmark", None, mark))
        return mark

    def change(self, mark_id: str, words: str | None = None, colour: str | None = None) -> None:
        """Other words or another colour. Words typed in one go, until `settle`, are one step of undo."""
        before = self._own(mark_id)
        after = replace(before, words=before.words if words is None else words, colour=colour or before.colour)
        if after == before:
            return
        _check(after.colour)
        after = replace(after, changed=time_now())
        if after.words == before.words:
            self._act(_Step("colour", before, after))
        else:
            self._type(before, after)

    def reshape(self, mark_id: str, anchor: Anchor, shape: Shape | None, name: str = "moving") -> None:
        """Another place or extent. name: of the step, for undo."""
        before = self._own(mark_id)
        if (anchor, shape) != (before.anchor, before.shape):
            # Whoever moves a note that followed its paper agrees with where it came to.
            carriage = replace(before.carriage, settled=True) if before.carriage.state else before.carriage
            after = replace(before, anchor=anchor, shape=shape, changed=time_now(), carriage=carriage)
            self._act(_Step(f"{name} {before.kind}", before, after))

    def change_asking(self, mark_id: str, asking: Asking) -> None:
        """For another item, to someone else, asked now or not any more."""
        before = self._own(mark_id)
        if asking != before.asking:
            name = "asking" if before.asking is None or asking.asked != before.asking.asked else "whom it is for"
            self._act(_Step(name, before, replace(before, asking=asking, changed=time_now())))

    def answer(self, mark_id: str, words: str) -> None:
        """What was answered to a question. Typed in one go, until `settle`, it is one step of undo."""
        before = self._own(mark_id)
        asking = replace(before.asking or Asking(), answer=words)
        if asking != (before.asking or Asking()):
            self._type(before, replace(before, asking=asking, changed=time_now()), "answer")

    def share(self, mark_ids: Iterable[str], to: Iterable[str]) -> None:
        """Let these persons, or EVERYBODY, see marks of the reader's own; nobody: private again. One step of undo."""
        to, joined = tuple(sorted(to)), False
        for mark_id in mark_ids:
            before = self._annotation(mark_id)
            if before.is_mine and before.sharing.to != to:
                name = "sharing" if to else "withdrawing"
                after = replace(before, sharing=replace(before.sharing, to=to), changed=time_now())
                self._act(_Step(name, before, after, joined))
                joined = True

    def reply(self, mark_id: str, words: str, to: Iterable[str]) -> Annotation:
        """Answer a mark: a note at its place that those who see both of them see under it."""
        answered, now = self._annotation(mark_id), time_now()
        sharing = Sharing(tuple(sorted(to)), answered.sharing.reply_to or answered.id)
        anchor, shape = answered.anchor, None
        mark = Annotation(
            new_id(), self.pack_id, anchor, NOTE, answered.colour, words, now, now, shape, carriage=answered.carriage,
            sharing=sharing,
        )  # fmt: skip
        self._act(_Step("reply", None, mark))
        self._typing = mark.id
        return mark

    def replies_to(self, mark_id: str) -> list[Annotation]:
        """What answers a mark, oldest first."""
        found = [mark for mark in self.annotations if mark.sharing.reply_to == mark_id]
        return sorted(found, key=lambda mark: mark.created)

    def take_received(self, before: Mapping[str, Entry], now: Iterable[Entry]) -> bool:
        """What the store holds since something came from elsewhere. before: what was here when it was asked. Whether
        all of it was taken: what the reader has changed meanwhile stays, and is to be asked for once more."""
        held = {entry.id: entry for entry in now}
        whole = True
        for entry_id in {*before, *held, *self._entries}:
            here, there = self._entries.get(entry_id), held.get(entry_id)
            if here == there:
                continue
            if here != before.get(entry_id):
                whole = False
                continue
            self._forget_steps_of(entry_id)
            self._show(here, there)
        return whole

    def take_in(self, marks: Iterable[Annotation], name: str = "import") -> None:
        """Marks made elsewhere, all of them in one step of undo, and shown and saved in one go."""
        self._act_all([_Step(name, None, mark, joined=number > 0) for number, mark in enumerate(marks)])

    def settle(self) -> None:
        """The note is written: what is typed from now on is a step of its own."""
        self._typing = ""

    def place(self, entry_id: str, placed: Entry, name: str) -> None:
        """Put an entry elsewhere, or settle where it stands; name: what undo would take back."""
        before = self._entries[entry_id]
        if placed != before:
            self._act(_Step(name, before, placed))

    def place_all(self, placed: Iterable[Entry], name: str) -> None:
        """Settle where many entries stand, in one step of undo."""
        moved = [each for each in placed if self._entries.get(each.id) not in (None, each)]
        self._act_all(
            [_Step(name, self._entries[each.id], each, joined=number > 0) for number, each in enumerate(moved)]
        )

    def take_carried(self, carried: Iterable[Entry]) -> None:
        """Entries followed their papers in the store meanwhile. What was written here since is kept, at the new place;
        each can be put back."""
        for placed in carried:
            here = self._entries.get(placed.id)
            if here is None or here.carriage == placed.carriage:
                continue
            self._forget_steps_of(placed.id)
            if isinstance(here, Annotation) and isinstance(placed, Annotation):
                kept: Entry = replace(placed, words=here.words, colour=here.colour, changed=here.changed)
            else:
                kept = placed
            self._apply(here, kept)

    def keep(self, mark_id: str, keep: bool) -> None:
        """Make a mark an exception to the body's rule, or none any more."""
        before = self._annotation(mark_id)
        if before.keep != keep:
            self._act(_Step("keeping a note" if keep else "keeping no more", before, before.kept(keep)))

    def look_at(self, mark_ids: Iterable[str]) -> None:
        """The reader has looked at these marks of others. No step of undo: what was read was read."""
        for mark_id in mark_ids:
            mark = self._entries.get(mark_id)
            if isinstance(mark, Annotation) and mark.fresh:
                self._apply(mark, replace(mark, fresh=False))

    def tie(self, mark_id: str, subject: Subject | None) -> None:
        """Tie a mark to what it is about, so that later packs show it there; None unties it."""
        before = self._annotation(mark_id)
        if before.subject != subject:
            name = "tying a note" if subject is not None else "untying a note"
            self._act(_Step(name, before, replace(before, subject=subject, changed=time_now())))

    def forget(self, gone: Iterable[str]) -> None:
        """These were destroyed in the store. Nothing of them stays here, not even what undo would bring back."""
        for entry_id in gone:
            self._forget_steps_of(entry_id)
            entry = self._entries.pop(entry_id, None)
            self._save.forget(entry_id)
            self._pages = None
            if entry is not None:
                self._tell(entry)

    def rename_bookmark(self, bookmark_id: str, name: str) -> None:
        """Another name for a place."""
        before = self._entries[bookmark_id]
        if isinstance(before, Bookmark) and name != before.name:
            self._act(_Step("renaming", before, replace(before, name=name)))

    def remove(self, entry_id: str) -> None:
        """Take a mark or a bookmark out; `undo` brings it back."""
        entry = self._own(entry_id) if isinstance(self._entries[entry_id], Annotation) else self._entries[entry_id]
        kind = entry.kind if isinstance(entry, Annotation) else "bookmark"
        self._act(_Step(f"deleting {kind}", entry, None))

    @property
    def undo_name(self) -> str:
        """What undo would take back, "highlight"; "" when there is nothing."""
        return self._done[-1].name if self._done else ""

    @property
    def redo_name(self) -> str:
        """What redo would do again; "" when there is nothing."""
        return self._undone[-1].name if self._undone else ""

    def undo(self) -> Entry | None:
        """Take back the last action; the entry it touched, None when there was nothing."""
        if not self._done:
            return None
        self._typing, steps = "", [self._done.pop()]
        while steps[-1].joined:
            steps.append(self._done.pop())
        self._undone += steps
        return self._apply_all([(step.after, step.before) for step in steps])

    def redo(self) -> Entry | None:
        """Do again what was taken back; the entry it touched, None when there was nothing."""
        if not self._undone:
            return None
        self._typing, steps = "", [self._undone.pop()]
        while self._undone and self._undone[-1].joined:
            steps.append(self._undone.pop())
        self._done += steps
        return self._apply_all([(step.before, step.after) for step in steps])

    @property
    def failed(self) -> int:
        """Entries the store has refused so far; they stay here and are tried again."""
        return self._save.failed

    def retry(self) -> None:
        """Try again to save what the store refused."""
        self._save.retry()

    def flush(self, timeout: float | None = None) -> bool:
        """Wait for every save (on close and lock); whether nothing is left unsaved. timeout in seconds."""
        return self._save.flush(timeout)

    def _type(self, before: Annotation, after: Annotation, name: str = "words") -> None:
        last = self._done[-1] if self._done else None
        goes_on = last is not None and (last.name == "answer") == (name == "answer")
        if last and goes_on and self._typing == after.id and last.after == before:
            self._done[-1] = replace(last, after=after)
            self._undone.clear()
            self._apply(before, after)
        else:
            self._act(_Step(name, before, after))
        self._typing = after.id

    def _forget_steps_of(self, entry_id: str) -> None:
        """Undoing what was done before a note was carried would put it back on the version it came from."""
        self._done = [step for step in self._done if step.entry_id != entry_id]
        self._undone = [step for step in self._undone if step.entry_id != entry_id]

    def _act(self, step: _Step) -> None:
        self._typing = ""
        self._done.append(step)
        self._undone.clear()
        self._apply(step.before, step.after)

    def _act_all(self, steps: list[_Step]) -> None:
        if steps:
            self._typing = ""
            self._done += steps
            self._undone.clear()
            self._apply_all([(step.before, step.after) for step in steps])

    def _apply(self, before: Entry | None, after: Entry | None) -> Entry:
        entry = self._show(before, after)
        if after is None:
            self._save.remove(entry)
        else:
            self._save.put(entry)
        return entry

    def _show(self, before: Entry | None, after: Entry | None) -> Entry:
        """Have the entry in the list, and tell whoever shows it."""
        entry = self._change(before, after)
        self._tell(entry)
        return entry

    def _apply_all(self, changes: Sequence[tuple[Entry | None, Entry | None]]) -> Entry:
        """Many are told of once a paper, and saved in one go; the last one."""
        if len(changes) == 1:
            return self._apply(*changes[0])
        entries = [self._change(before, after) for before, after in changes]
        for entry in {paper_of(entry): entry for entry in entries}.values():
            self._tell(entry)
        kept = [entry for entry, (_, after) in zip(entries, changes, strict=True) if after is not None]
        self._save.bring(kept, [entry for entry, (_, after) in zip(entries, changes, strict=True) if after is None])
        return entries[-1]

    def _change(self, before: Entry | None, after: Entry | None) -> Entry:
        entry = after or before
        assert entry is not None
        self._pages = None
        if after is None:
            del self._entries[entry.id]
        else:
            self._entries[entry.id] = after
        return entry

    def _tell(self, entry: Entry) -> None:
        for listener in tuple(self._listeners):
            listener(entry)

    def _annotation(self, mark_id: str) -> Annotation:
        entry = self._entries[mark_id]
        assert isinstance(entry, Annotation)
        return entry

    def _own(self, mark_id: str) -> Annotation:
        mark = self._annotation(mark_id)
        if not mark.is_mine:
            raise ValueError("another member's mark can only be replied to")
        return mark


def _check(colour: str) -> None:
    if colour not in COLOURS:
        raise ValueError(f"no such note colour: {colour}")
