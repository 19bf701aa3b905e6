"""Which notes are looked for: of which kind, colour and state, and with which words, also where those are mistyped."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

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
    EARLIER = "on an earlier version of its paper"
    CHECK = CHECK  # what became of it when its paper was replaced
    ORPHAN = ORPHAN
    CHANGED = CHANGED
    MOVED = MOVED
    EXACT = EXACT
    KEPT = KEPT


@dataclass(frozen=True)
class NoteFilter:
    """What is wanted; empty parts leave everything. kinds: a key of KIND_GROUPS."""

    kinds: str = ""
    colours: frozenset[str] = frozenset()
    state: State | None = None
    words: str = ""

    def takes(self, mark: Annotation, current: bool, names: Iterable[str] = ()) -> bool:
        """Whether a mark is wanted. current: made on the version that is read now. names: more words it goes by."""
        if self.kinds and mark.kind not in KIND_GROUPS[self.kinds]:
            return False
        if self.colours and mark.colour not in self.colours:
            return False
        if self.state is not None and self.state not in _states(mark, current):
            return False
        whom = (mark.asking.whom, mark.asking.item) if mark.asking is not None else ()
        return has_words(self.words, (mark.words, mark.anchor.exact, *whom, *names))

    def takes_bookmark(self, mark: Bookmark, names: Iterable[str] = ()) -> bool:
        """Whether a bookmark is wanted: only words narrow them."""
        return has_words(self.words, (mark.name, *names))


def has_words(typed: str, texts: Iterable[str]) -> bool:
    """Whether every word typed is in the texts, or one much like it is."""
    wanted = folded(typed).split()
    if not wanted:
        return True
    text = folded(" ".join(texts))
    if all(word in text for word in wanted):
        return True
    known = set(tokens(text))
    return all(word in text or any(alike(word, other) >= _ENOUGH for other in known) for word in wanted)


def _states(mark: Annotation, current: bool) -> set[State]:
    states = set() if current else {State.EARLIER}
    if mark.asking is not None:
        states.add(State.ASKED if mark.asking.asked else State.TO_ASK)
    if mark.carriage.state in _CARRIED and not mark.carriage.settled:
        states.add(State(mark.carriage.state))
    if mark.carriage.state == KEPT:
        states.add(State.KEPT)
    return states
