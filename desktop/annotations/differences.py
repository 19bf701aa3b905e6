"""What changed between two versions of a paper: words added, removed, put otherwise, or passages moved."""

from dataclasses import dataclass

from desktop.annotations.anchor import Quad

ADDED, REMOVED, REPLACED, MOVED = "added", "removed", "replaced", "moved"


@dataclass(frozen=True)
class Side:
    """One version's part of a change: its strips and its words; none where there is nothing on this side.

    page, y: where to look, also then.
    """

    page: int
    y: float
    quads: tuple[Quad, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Change:
    """One difference. kind: ADDED, REMOVED, REPLACED or MOVED."""

    kind: str
    old: Side
    new: Side
