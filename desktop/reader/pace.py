"""How fast a member reads, and how much of a pack is left at that pace."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from desktop.packs.book import Book, BookPaper
from desktop.packs.pack import Purpose

USUAL = 120.0  # seconds a page, until a member's own pace is known
LEAST, MOST = 8.0, 600.0  # seconds at a page: less is leafing through, more is another occupation
_TRUSTED = 12  # pages timed after which the usual pace has no weight any more


@dataclass(frozen=True)
class Pace:
    """Seconds a page takes. timed: pages it was measured on; under a dozen the usual pace still has its weight."""

    seconds: float = USUAL
    timed: int = 0

    @property
    def is_own(self) -> bool:
        """Whether it is the member's own, and not a guess any more."""
        return self.timed >= _TRUSTED


@dataclass(frozen=True)
class Budget:
    """What is left to read: pages, and seconds at a pace; decisions: the part of them that asks for one."""

    pages: int
    seconds: float
    decisions: float


def pace_of(dwells: Sequence[float]) -> Pace:
    """The pace of these times at pages (seconds), where leafing through and long absences do not count.

    The middle one of all, so that one telephone call moves nothing.
    """
    timed = [seconds for seconds in dwells if LEAST <= seconds <= MOST]
    assumed = [USUAL] * max(0, _TRUSTED - len(timed))
    return Pace(median([*timed, *assumed]), len(timed))


def pages_left(paper: BookPaper, seen: Mapping[str, Collection[int]]) -> int:
    """Pages of a paper not seen yet; none of one that cannot be read or was not sent."""
    if paper.trouble:
        return 0
    return paper.count - sum(page < paper.count for page in seen.get(paper.paper_id, ()))


def budget_of(book: Book, seen: Mapping[str, Collection[int]], pace: Pace) -> Budget:
    """What is left of a pack. seen: pages seen, by paper."""
    decided = {item.number for item in book.pack.items if item.purpose is Purpose.DECISION}
    left = {paper.paper_id: pages_left(paper, seen) for paper in book.papers}
    pages = sum(left.values())
    pressing = sum(left[paper.paper_id] for paper in book.papers if paper.item in decided)
    return Budget(pages, pages * pace.seconds, pressing * pace.seconds)
