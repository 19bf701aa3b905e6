"""How well a place in a newer text fits a passage of an older one: by its words, and by its neighbours on either side.

All is weighed in bits, see `Telling`. Words that are the same tell for a place; what stands between runs of them, and
words that are others, tell against it.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from rapidfuzz.distance import LCSseq

from desktop.annotations.tokens import SEED, Telling, Tokens

AROUND = 32  # words on either side that are looked at
_DRIFT = 16  # words by which neighbours may have come apart
_BREAK = 6.0  # bits that a run of words must tell before it counts: it had that many places to lie by chance
_CERTAIN = 24.0  # bits of one side beyond which more of them tell no more
_BETWEEN = 0.5  # bits that it must tell more for every word that came to stand between where another stood
_OTHER = 3.0  # bits that a word tells against a place where another stood
_KEPT = 0.3  # bits that every word that was kept might have been lost
_TIGHT = 2.0  # bits for each side that still adjoins: sentences are put otherwise more often than exchanged
_ADJOINING = 3  # words that may have come between neighbours that still adjoin
_LIKELY = 3  # places that are weighed word by word

Pairs = list[tuple[int, int]]


@dataclass(frozen=True)
class Place:
    """Tokens first to end of the newer text. kept: what the passage's own words tell for it, and against it; before,
    after: what its neighbours do. tight: of both sides the next word is the one that it was."""

    first: int
    end: int
    kept: float
    before: float
    after: float
    tight: tuple[bool, bool]
    share: float  # of the passage's words, that are still there

    @property
    def around(self) -> float:
        """What both sides tell."""
        return self.before + self.after

    @property
    def told(self) -> float:
        """All that tells for it."""
        return self.kept + self.around


class Places:
    """Weighs places in one text for passages of another."""

    def __init__(self, old: Tokens, new: Tokens, telling: Telling) -> None:
        self.old, self.new, self.telling = old, new, telling
        self._edge = log2(len(new.tokens) + 1)  # bits: a text has one beginning, and one end
        self._seen: dict[tuple[bool, int, int], float] = {}

    def before(self, first: int, low: int) -> float:
        """What the words before a passage tell for those before a place."""
        key = False, first, low
        if key not in self._seen:
            self._seen[key] = self._before(first - AROUND, first, low)
        return self._seen[key]

    def after(self, end: int, high: int) -> float:
        """The same of the words after it."""
        key = True, end, high
        if key not in self._seen:
            self._seen[key] = self._after(end, end + AROUND, high)
        return self._seen[key]

    def beside(self, first: int, end: int, low: int, high: int) -> tuple[float, float]:
        """What those tell that still adjoin, on either side."""
        before = self._before(first - AROUND, first, low, most=_ADJOINING)
        return before, self._after(end, end + AROUND, high, most=_ADJOINING)

    def own(self, first: int, end: int, low: int, high: int) -> float:
        """What those tell that are of one paragraph with the passage, and with the place: they stay together. A heading
        or a cell, which is a paragraph by itself, stays with what adjoins it on either side."""
        (a0, a1), (b0, b1) = _paragraph(self.old, first, end), _paragraph(self.new, low, high)
        if (a0, a1, b0, b1) == (first, end, low, high):
            return sum(self.beside(first, end, low, high))
        return self._before(a0, first, low, b0) + self._after(end, a1, high, b1)

    def otherwise(self, first: int, end: int) -> list[Place]:
        """Places at which the passage may stand with some of its words changed, the best first."""
        found = [place for start, stop in self._likely(first, end) for place in self._within(first, end, start, stop)]
        return sorted(dict.fromkeys(found), key=lambda place: -place.told)

    # ---- neighbours

    def _before(self, start: int, first: int, low: int, since: int = 0, most: int = AROUND) -> float:
        a0, b0 = max(0, start), max(since, low - AROUND - _DRIFT)
        runs = list(_runs(self.old.tokens, a0, first, self.new.tokens, b0, low))
        apart = ((start, stop, first - stop, low - (at + stop - start)) for start, stop, at in reversed(runs))
        return self._tell(apart, most) + (self._edge if first == low == 0 else 0.0)

    def _after(self, end: int, stop: int, high: int, until: int = sys.maxsize, most: int = AROUND) -> float:
        a1, b1 = min(len(self.old.tokens), stop), min(until, high + AROUND + _DRIFT)
        runs = _runs(self.old.tokens, end, a1, self.new.tokens, high, b1)
        ends = end == len(self.old.tokens) and high == len(self.new.tokens)
        apart = ((start, stop, start - end, at - high) for start, stop, at in runs)
        return self._tell(apart, most) + (self._edge if ends else 0.0)

    def _tell(self, runs: Iterable[tuple[int, int, int, int]], most: int) -> float:
        """Of runs, the nearest first: (first, end, how far off, how far off now). What lies between costs; with more
        than `most` words between two runs, there is an end."""
        told, was_off, now_off = 0.0, 0, 0
        for start, stop, was, now in runs:
            if max(was - was_off, now - now_off) > most:
                break
            cost = _BREAK + min(was, now) * _BETWEEN if was or now else 0.0
            told += max(0.0, self.telling.of(start, stop) - cost)
            was_off, now_off = was + stop - start, now + stop - start
        return min(told, _CERTAIN)

    # ---- places of changed words

    def _likely(self, first: int, end: int) -> list[tuple[int, int]]:
        """Where words of the passage and its neighbours gather in the newer text, the fullest first."""
        votes: Pairs = []
        for at in range(max(0, first - AROUND), min(len(self.old.tokens), end + AROUND) - SEED + 1):
            votes += [(to - at, at) for to in self.new.places(tuple(self.old.tokens[at : at + SEED]))]
        heaps = [(sum(self.telling.of(at, at + 1) for at in {at for _, at in heap}), heap) for heap in _heaps(votes)]
        heaps.sort(key=lambda each: -each[0])
        return [
            (first - AROUND + heap[0][0] - _DRIFT, end + AROUND + heap[-1][0] + _DRIFT) for _, heap in heaps[:_LIKELY]
        ]

    def _within(self, first: int, end: int, start: int, stop: int) -> Iterator[Place]:
        """The passage aligned with its neighbours, and alone where they would have it."""
        around = self._paired(first - AROUND, end + AROUND, start, stop)
        for to in (around, around | self._alone(first, end, start + AROUND, stop - AROUND)):
            place = self._place(first, end, to)
            if place is not None:
                yield place

    def _paired(self, a0: int, a1: int, b0: int, b1: int) -> dict[int, int]:
        span = max(0, a0), min(len(self.old.tokens), a1), max(0, b0), min(len(self.new.tokens), b1)
        runs = _runs(self.old.tokens, *span[:2], self.new.tokens, *span[2:])
        return {start + n: at + n for start, stop, at in runs for n in range(stop - start)}

    def _alone(self, first: int, end: int, start: int, stop: int) -> dict[int, int | None]:
        to: dict[int, int | None] = dict.fromkeys(range(first, end))
        return to | self._paired(first, end, start, stop)

    def _place(self, first: int, end: int, to: Mapping[int, int | None]) -> Place | None:
        pairs = [(at, on) for at in range(first, end) if (on := to.get(at)) is not None]
        low, high = _reach(first, end, self._together(pairs), to)
        high = min(high, len(self.new.tokens))
        if low >= high:
            return None
        kept = [at for at, on in pairs if low <= on < high]
        tight = to.get(first - 1) == low - 1 if low else first == 0, self._adjoins(to, end, high)
        own = sum(self.telling.bits(at) - _KEPT for at in kept)
        others = max(end - first, high - low) - len(kept)
        share = len(kept) / (end - first)
        own += _TIGHT * sum(tight) - _OTHER * others
        return Place(low, high, own, self.before(first, low), self.after(end, high), tight, share)

    def _adjoins(self, to: Mapping[int, int | None], end: int, high: int) -> bool:
        return to.get(end) == high if end < len(self.old.tokens) else high == len(self.new.tokens)

    def _together(self, kept: Pairs) -> Pairs:
        """Those that are a passage still: a common word that lies away from the rest has met its like by chance."""
        best, most = slice(0, 0), 0.0
        start, told = 0, 0.0
        for here, (at, on) in enumerate(kept):
            if here:
                was, now = kept[here - 1]
                told -= _OTHER * (max(at - was, on - now) - 1)
            if told <= 0.0:
                start, told = here, 0.0
            told += self.telling.bits(at)
            if told > most:
                best, most = slice(start, here + 1), told
        return kept[best]


def _paragraph(text: Tokens, first: int, end: int) -> tuple[int, int]:
    """From where to where the paragraphs of some words go, and not too far."""
    start = next((at for at in range(first, max(0, first - AROUND), -1) if at in text.begun), max(0, first - AROUND))
    return start, next((at for at in range(end, end + AROUND) if at in text.begun), end + AROUND)


def _runs(a: Sequence[str], a0: int, a1: int, b: Sequence[str], b0: int, b1: int) -> Iterable[tuple[int, int, int]]:
    """Runs of words that are the same, in order: (first and end in a, first in b)."""
    for op in LCSseq.opcodes(a[a0:a1], b[b0:b1]):
        if op.tag == "equal":
            yield a0 + op.src_start, a0 + op.src_end, b0 + op.dest_start


def _heaps(votes: Pairs) -> Iterator[Pairs]:
    """Votes for about the same shift."""
    heap: Pairs = []
    for vote in sorted(votes):
        if heap and vote[0] - heap[-1][0] > _DRIFT:
            yield heap
            heap = []
        heap.append(vote)
    if heap:
        yield heap


def _reach(first: int, end: int, kept: Pairs, to: Mapping[int, int | None]) -> tuple[int, int]:
    """From where to where the passage goes now: its own words, and what stands where its first and last stood."""
    before, after = to.get(first - 1), to.get(end)
    taken = {on for at, on in to.items() if not first <= at < end}
    if not kept:
        return (before + 1, after) if before is not None and after is not None else (0, 0)
    low, high = kept[0][1], kept[-1][1] + 1
    lead, tail = kept[0][0] - first, end - 1 - kept[-1][0]
    if lead and before is not None and before < low <= before + 1 + 2 * lead + 2:
        low = before + 1
    elif lead:
        low = next((at for at in range(low, max(0, low - lead), -1) if at - 1 in taken), max(0, low - lead))
    if tail and after is not None and high <= after <= high + 2 * tail + 2:
        high = after
    elif tail:
        high = next((at for at in range(high, high + tail) if at in taken), high + tail)
    return low, high
