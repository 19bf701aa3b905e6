"""What became of a part of a standing paper since last time: facts, for whoever lists them."""

import re
from dataclasses import dataclass
from enum import StrEnum

from desktop.annotations.differences import Side

_NUMBER = re.compile(r"[(£$€]*(-?)[(£$€]*(\d[\d,]*(?:\.\d+)?|\.\d+)[)%a-z]{0,3}", re.IGNORECASE)


class Became(StrEnum):
    """What became of a part."""

    FIGURES = "figures moved"  # its words are the same
    REWORDED = "reworded"
    RENUMBERED = "renumbered"
    NEW = "new"
    GONE = "gone"
    SAME = "unchanged"


@dataclass(frozen=True)
class Figure:
    """One thing that is another than last time: a number, a state, a day. name: of what, in the paper's words."""

    name: str
    before: str
    after: str

    @property
    def way(self) -> int:
        """1: it went up, -1: down, 0: that cannot be said."""
        before, after = number_of(self.before), number_of(self.after)
        return 0 if before is None or after is None else (after > before) - (after < before)


@dataclass(frozen=True)
class Compared:
    """A part of a paper in both packs. old, new: where it stands in either, None where it does not.

    title: its words now, or as they were. figures: what moved in it. count: how many parts in a row it stands for,
    where they are unchanged.
    """

    became: Became
    title: str
    old: Side | None
    new: Side | None
    figures: tuple[Figure, ...] = ()
    count: int = 1


@dataclass(frozen=True)
class Group:
    """Parts of one sort. name: "Risks", "Actions", "Figures", "Passages"."""

    name: str
    parts: tuple[Compared, ...]


def number_of(said: str) -> float | None:
    """The number that words are; None where they are none."""
    found = _NUMBER.fullmatch(said.strip())
    if found is None:
        return None
    number = float(found[2].replace(",", ""))
    return -number if found[1] or said.strip().startswith("(") else number
