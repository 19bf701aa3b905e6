"""Where a passage or a point of the older version stands in the newer one of the same paper."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from desktop.annotations.alignment import Alignment
from desktop.annotations.carriage import CHANGED, CHECK, EXACT, MOVED
from desktop.annotations.text import PaperText

_NEAR = 8  # words on either side that must bear a passage out
_STRAY = 2 * _NEAR  # words that its neighbours may have moved away from it
_HELD = 0.5  # part of the neighbours that are still there
_ALIKE, _MORE_ALIKE, _SURE = 0.6, 0.75, 0.85  # part of a changed passage that is still there, by weight
_LONG = 24  # letters that are hardly said twice by accident
_FIGURE = 3  # words that may all be others, where both sides hold: a figure put right
_SHARE, _LITTLE = 0.5, 0.2  # part of a place's surroundings that are still there

To = Callable[[int], int | None]


@dataclass(frozen=True)
class Found:
    """Tokens first to end of the newer version, and how sure that is: one of the states of a carriage."""

    state: str
    first: int
    end: int


@dataclass(frozen=True)
class Spot:
    """A height of a page of the newer version."""

    state: str
    page: int
    y: float


class Follower:
    """Follows passages from one version to the next."""

    def __init__(self, old: PaperText, new: PaperText) -> None:
        self.old, self.new = old, new

    @cached_property
    def alignment(self) -> Alignment:
        """Made when it is first wanted: papers of hundreds of pages take a moment."""
        return Alignment(self.old.tokens, self.new.tokens)

    @cached_property
    def _weights(self) -> dict[str, float]:
        """What a word says about where it stands: names and figures much, what is said everywhere little."""
        counts = Counter(self.old.tokens) + Counter(self.new.tokens)
        return {token: (1 + len(token)) / sqrt(count) for token, count in counts.items()}

    def passage(self, first: int, end: int) -> Found | None:
        """Where tokens first to end of the older version stand now; None where they do not."""
        hits = self.new.find(self.old.letters(first, end))
        if len(hits) == 1 and self._is_said_once(first, end):
            state = EXACT if max(self._held(first, end, *hits[0], self.alignment.to)) >= _HELD else MOVED
            return Found(state, *hits[0])
        found = self._in_order(first, end)
        if found is not None and found.state is EXACT:
            return found
        moved = self._moved(first, end)
        if moved is not None and (moved.state is MOVED or found is None or found.state is CHECK):
            return moved
        return found

    def _is_said_once(self, first: int, end: int) -> bool:
        """Whether the older version has a passage nowhere else, so that it cannot be taken for its twin."""
        letters = self.old.letters(first, end)
        return len(letters) >= _LONG and len(self.old.find(letters, 2)) == 1

    def spot(self, page: int, y: float) -> Spot | None:
        """Where a height of a page is now, told by the words nearest to it; None where nothing around it is left."""
        here = self.old.near(page, y)
        if here is None:
            return None
        around = range(max(0, here - 12), min(len(self.old.tokens), here + 13))
        best: Spot | None = None
        for to, state in ((self.alignment.to, EXACT), (self.alignment.moved_to, MOVED)):
            kept = [token for token in around if to(token) is not None]
            share = len(kept) / len(around)
            if share >= _LITTLE and best is None:
                nearest = min(kept, key=lambda token: abs(token - here))
                best = self._spot(state if share >= _SHARE else CHECK, nearest, to(nearest) or 0, page, y)
        return best

    def page(self, page: int) -> Spot | None:
        """The page on which most of a page's words are now; None where nearly none of them is left."""
        tokens = self.old.page_tokens(page)
        both = (self.alignment.to(token) for token in tokens), (self.alignment.moved_to(token) for token in tokens)
        pages = [self.new.page_of(token) for each in both for token in each if token is not None]
        share = len(pages) / len(tokens) if len(tokens) else 0.0
        if share < _LITTLE:
            return None
        most = max(sorted(set(pages)), key=pages.count)
        return Spot(EXACT if share >= _SHARE else CHECK, most, 0.0)

    # ---- passages

    def _in_order(self, first: int, end: int) -> Found | None:
        to = self.alignment.to
        kept = [(token, at) for token in range(first, end) if (at := to(token)) is not None]
        low, high = self._reach(first, end, kept)
        if low >= high:
            return None
        held = self._held(first, end, low, high, to)
        if self.new.letters(low, high) == self.old.letters(first, end):
            return Found(EXACT if self._is_borne(first, end, held) else CHECK, low, high)
        if not kept:
            figure = end - first <= _FIGURE and high - low <= _FIGURE + 1 and min(held) >= _HELD
            return Found(CHANGED, low, high) if figure else None
        if self._is_taken(first, end, low, high):
            return None
        alike = self._alike(first, end, low, high, (at for _, at in kept))
        whole = to(first) is not None and to(end - 1) is not None
        return self._changed(alike, held, whole, low, high)

    def _changed(self, alike: float, held: tuple[float, float], whole: bool, low: int, high: int) -> Found | None:
        """Words put otherwise: the fewer of them are left, the more their neighbours must bear them out.

        whole: the first and the last of them are still there.
        """
        both, one = min(held) >= _HELD, max(held) >= _HELD
        if (alike >= _MORE_ALIKE and both) or (alike >= _SURE and one and whole):
            return Found(CHANGED, low, high)
        perhaps = alike >= _ALIKE and (both or (alike >= _MORE_ALIKE - 0.07 and one and whole))
        return Found(CHECK, low, high) if perhaps else None

    def _is_borne(self, first: int, end: int, held: tuple[float, float]) -> bool:
        """Whether neighbours bear out words that are the same: what is said more than once needs them on both sides."""
        letters = self.old.letters(first, end)
        once = len(self.old.find(letters, 2)) == len(self.new.find(letters, 2)) == 1
        return (max(held) if once else min(held)) >= _HELD

    def _is_taken(self, first: int, end: int, low: int, high: int) -> bool:
        """Whether these words of the newer version stood in the older one too, somewhere else: then they are others."""
        places = self.old.find(self.new.letters(low, high), 3)
        return any(stop <= first or start >= end for start, stop in places)

    def _reach(self, first: int, end: int, kept: Sequence[tuple[int, int]]) -> tuple[int, int]:
        """From where to where the passage goes now: its own words, and what stands where its first and last stood."""
        before, after = self.alignment.to(first - 1), self.alignment.to(end)
        if not kept:
            return (before + 1, after) if before is not None and after is not None else (0, 0)
        kept = _together(kept, end - first)
        low, high = kept[0][1], kept[-1][1] + 1
        lead, tail = kept[0][0] - first, end - 1 - kept[-1][0]
        if lead and before is not None and before < low <= before + 1 + 2 * lead + 2:
            low = before + 1
        elif lead:
            low = self.alignment.free_before(low, lead)
        if tail and after is not None and high <= after <= high + 2 * tail + 2:
            high = after
        elif tail:
            high = self.alignment.free_after(high, tail)
        return low, high

    def _alike(self, first: int, end: int, low: int, high: int, kept: Iterable[int]) -> float:
        weigh, old, new = self._weights, self.old.tokens, self.new.tokens
        same = sum(weigh[new[at]] for at in kept if low <= at < high)
        whole = sum(weigh[token] for token in (*old[first:end], *new[low:high]))
        return 2 * same / whole if whole else 0.0

    def _held(self, first: int, end: int, low: int, high: int, to: To) -> tuple[float, float]:
        """The part of the neighbours before, and of those after, that are neighbours still."""
        before = range(max(0, first - _NEAR), first)
        after = range(end, min(len(self.old.tokens), end + _NEAR))
        return (
            _part(before, lambda at: low - _STRAY <= at < low, to) if before else float(low == 0),
            _part(after, lambda at: high <= at < high + _STRAY, to) if after else float(high == len(self.new.tokens)),
        )

    def _moved(self, first: int, end: int) -> Found | None:
        """In a run that changed places; the run itself bears it out."""
        to = self.alignment.moved_to
        kept = [(token, at) for token in range(first, end) if (at := to(token)) is not None]
        if not kept:
            return None
        near = _together(kept, end - first)
        low, high = near[0][1], near[-1][1] + 1
        if self.new.letters(low, high) == self.old.letters(first, end):
            held = self._held(first, end, low, high, to)
            return Found(MOVED if self._is_borne(first, end, held) else CHECK, low, high)
        alike = self._alike(first, end, low, high, (at for _, at in near))
        if alike < _MORE_ALIKE:
            return None
        return Found(CHANGED if alike >= _SURE else CHECK, low, high)

    # ---- spots

    def _spot(self, state: str, old: int, new: int, page: int, y: float) -> Spot:
        there = self.new.page_of(new)
        starts_page = self.new.page_tokens(there).start == new
        if not y and starts_page:
            return Spot(state, there, 0.0)
        same_page = self.old.page_of(old) == page
        down = y - self.old.top_of(old) if y and same_page else 0.0
        return Spot(state, there, max(0.0, self.new.top_of(new) + down))


def _together(kept: Sequence[tuple[int, int]], count: int) -> Sequence[tuple[int, int]]:
    """Those that stand close enough to be one passage still: a word that strayed far away is no part of it."""
    most = 2 * count + 6
    best: Sequence[tuple[int, int]] = ()
    start = 0
    for stop in range(1, len(kept) + 1):
        while abs(kept[stop - 1][1] - kept[start][1]) >= most:
            start += 1
        if stop - start > len(best):
            best = kept[start:stop]
    return sorted(best)


def _part(tokens: range, near: Callable[[int], bool], to: To) -> float:
    places = [to(token) for token in tokens]
    return sum(at is not None and near(at) for at in places) / len(tokens)
