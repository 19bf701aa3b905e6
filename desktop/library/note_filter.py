"""Which notes are looked for: of which kind, colour and state, and with which words, also where those are mistyped."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from desktop.annotations.carriage import CHANGED, CHECK, EXACT, KEPT, MOVED, ORPHAN
from desktop.annotations.entries import (
    ARROW,
    ELLIPSE,
    HIGHLIGHT,
    INK,
    LINE,
    NOTE,
    QUESTION,
    RECTANGLE,
    SQUIGGLY,
    STRIKE,
    TEXT,
    UNDERLINE,
    Annotation,
    Bookmark,
)  # fmt: skip
from desktop.search.quick import alike
from desktop.search.text import folded, tokens

_CARRIED = (CHECK, ORPHAN, CHANGED, MOVED, EXACT)
MINE = "mine"
_ENOUGH = 0.4  # of `alike`: a wrong letter in five still counts

KIND_GROUPS: dict[str, frozenset[str]] = {
    "highlights": frozenset([HIGHLIGHT]),
    "lines": frozenset([UNDERLINE, STRIKE, SQUIGGLY]),
    "notes": frozenset([NOTE]),
    "questions": frozenset([QUESTION]),
    "words": frozenset([TEXT]),
    "drawings": frozenset([INK, RECTANGLE, ELLIPSE, LINE, ARROW]),
}


class State(StrEnum):
    """How things stand with a note."""

    TO_ASK = "to ask"
    ASKED = "asked"
    SHARED = "shared with others"
    NEW = "of another, and not looked at yet"
    EARLIER = "on an earlier version of its paper"
    CHECK = CHECK  # what became of it when its paper was replaced
    ORPHAN = ORPHAN
    CHANGED = CHANGED
    MOVED = MOVED
    EXACT = EXACT
    KEPT = KEPT


class Spelled:
    """The words of notes as they are looked for. Whoever shows the notes has it, and forgets it with them."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[object, str, frozenset[str]]] = {}
        self._judged: dict[str, tuple[set[str], set[str]]] = {}

    def of(self, entry: Annotation | Bookmark, names: Iterable[str]) -> tuple[str, frozenset[str]]:
        """The text of an entry with names it also goes by, and its words."""
        known = self._known.get(entry.id)
        if known is None or known[0] is not entry:
            text = folded(" ".join((*_texts(entry), *names)))
            known = self._known[entry.id] = entry, text, frozenset(tokens(text))
        return known[1], known[2]

    def forget(self) -> None:
        """The notes are not shown any more, or others are."""
        self._known.clear()
        self._judged.clear()

    def is_like(self, word: str, known: frozenset[str]) -> bool:
        """Whether any of these is much like the word. Notes share most of their words: each is compared once."""
        judged = self._judged.get(word)
        near, far = judged if judged is not None else self._judged.setdefault(word, (set(), set()))
        if not known.isdisjoint(near):
            return True
        for other in known - far:
            (near if alike(word, other) >= _ENOUGH else far).add(other)
        return not known.isdisjoint(near)


@dataclass(frozen=True)
class NoteFilter:
    """What is wanted; empty parts leave everything. kinds: a key of KIND_GROUPS. spelled: what is known of them.
    author: MINE, or a person.
    """

    kinds: str = ""
    colours: frozenset[str] = frozenset()
    state: State | None = None
    words: str = ""
    spelled: Spelled = field(default_factory=Spelled, repr=False, compare=False)
    author: str = ""

    def takes(self, mark: Annotation, current: bool, names: Iterable[str] = ()) -> bool:
        """Whether a mark is wanted. current: made on the version that is read now. names: more words it goes by."""
        if self.kinds and mark.kind not in KIND_GROUPS[self.kinds]:
            return False
        if self.author and self.author != (mark.sharing.by or MINE):
            return False
        if self.colours and mark.colour not in self.colours:
            return False
        if self.state is not None and self.state not in _states(mark, current):
            return False
        return self._has_words(mark, names)

    def takes_bookmark(self, mark: Bookmark, names: Iterable[str] = ()) -> bool:
        """Whether a bookmark is wanted: only words narrow them."""
        return self._has_words(mark, names)

    def _has_words(self, entry: Annotation | Bookmark, names: Iterable[str]) -> bool:
        """Whether every word typed is in its texts, or one much like it is."""
        if not self.words:
            return True
        text, known = self.spelled.of(entry, names)
        for word in self._typed:  # noqa: SIM110 - with every letter this is asked of a thousand notes
            if word not in text and not self.spelled.is_like(word, known):
                return False
        return True

    @cached_property
    def _typed(self) -> list[str]:
        return folded(self.words).split()


def _texts(entry: Annotation | Bookmark) -> tuple[str, ...]:
    if isinstance(entry, Bookmark):
        return (entry.name,)
    whom = (entry.asking.whom, entry.asking.item) if entry.asking is not None else ()
    return (entry.words, entry.anchor.exact, entry.sharing.name, *whom)


def _states(mark: Annotation, current: bool) -> set[State]:
    states = set() if current else {State.EARLIER}
    if mark.sharing.to and mark.is_mine:
        states.add(State.SHARED)
    if mark.fresh:
        states.add(State.NEW)
    if mark.asking is not None:
        states.add(State.ASKED if mark.asking.asked else State.TO_ASK)
    if mark.carriage.state in _CARRIED and not mark.carriage.settled:
        states.add(State(mark.carriage.state))
    if mark.carriage.state == KEPT:
        states.add(State.KEPT)
    return states
