"""What became of a note when its paper was replaced, as a sign and in words."""

from collections.abc import Iterable

from desktop.annotations.carriage import CHANGED, CHECK, EXACT, KEPT, MOVED, ORPHAN, Carriage
from desktop.ui.kit.words import say_count

STATES = {
    CHECK: ("?", "Needs a look"),
    ORPHAN: ("∅", "The passage is no longer in this paper"),
    CHANGED: ("≈", "Words changed"),
    MOVED: ("→", "Moved"),
    KEPT: ("◂", "Kept with the earlier version"),
}

_ON_PAGE = {CHECK: "? Look", CHANGED: "≈ Changed", MOVED: "→ Moved"}


def tag_of(carriage: Carriage) -> str:
    """The same in a word, for the margin of a page; "" for what needs none there."""
    return "" if carriage.settled else _ON_PAGE.get(carriage.state, "")


def say_state(carriage: Carriage) -> str:
    """ "≈ Words changed"; "" for a note that stands where it stood, or that its writer has looked at."""
    if carriage.settled or carriage.state not in STATES:
        return ""
    return " ".join(STATES[carriage.state])


def say_carried(carriages: Iterable[Carriage]) -> str:
    """ "182 notes carried over, 5 moved, 3 need a look"; "" where none was carried, or all was seen."""
    told = [each.state for each in carriages if each.state and not each.settled and each.state != KEPT]
    if not told:
        return ""
    looks = sum(state in (CHECK, ORPHAN) for state in told)
    moved, changed = told.count(MOVED), told.count(CHANGED)
    kept = told.count(EXACT) + moved + changed
    parts = [
        f"{say_count(kept, 'note')} carried over" if kept else "",
        f"{moved} moved" if moved else "",
        f"{changed} with changed words" if changed else "",
        f"{looks} need{'s' if looks == 1 else ''} a look" if looks else "",
    ]
    return f"The papers have changed: {', '.join(part for part in parts if part)}."
