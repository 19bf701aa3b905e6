"""Which words of one version are which of another: runs that stand in the same order, and runs that were moved."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

_SPANS = (8, 4, 2)  # words in a row that occur once on either side hold the alignment; the long ones first
_SMALL = 3_000_000  # pairs of words that are compared one by one
_MOVED = 8  # words that make a run one that was moved, and not one that happens to be said twice
_SEED = 5


@dataclass(frozen=True)
class Block:
    """count words in a row are the same: from `old` in the older version, from `new` in the newer."""

    old: int
    new: int
    count: int


class Alignment:
    """The words of two versions, paired. same: blocks in order on both sides; moved: blocks that changed places."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        names: dict[str, int] = {}
        self._a = [names.setdefault(token, len(names)) for token in old]
        self._b = [names.setdefault(token, len(names)) for token in new]
        pairs = sorted(self._pairs(0, len(old), 0, len(new), 0))
        self.same = _blocks(pairs)
        self.moved = self._find_moved()
        self._forward = dict(pairs)
        self._taken = set(self._forward.values())
        self._moved_to = {b.old + n: b.new + n for b in self.moved for n in range(b.count)}

    def to(self, token: int) -> int | None:
        """Where a word of the older version stands in the newer, in order; None where it does not."""
        return self._forward.get(token)

    def moved_to(self, token: int) -> int | None:
        """Where a word stands that was moved; None where it was not."""
        return self._moved_to.get(token)

    def free_before(self, new: int, most: int) -> int:
        """How far back from a word of the newer version words go that were not in the older; no more than `most`."""
        low = new
        while low > max(0, new - most) and low - 1 not in self._taken:
            low -= 1
        return low

    def free_after(self, new: int, most: int) -> int:
        """The same onward, from the word after the last."""
        high = new
        while high < min(len(self._b), new + most) and high not in self._taken:
            high += 1
        return high

    # ---- in order

    def _pairs(self, a0: int, a1: int, b0: int, b1: int, step: int) -> list[tuple[int, int]]:
        """Pairs within a0..a1 and b0..b1: what both begin and end with, then between the words that hold it."""
        found: list[tuple[int, int]] = []
        a, b = self._a, self._b
        while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
            found.append((a0, b0))
            a0, b0 = a0 + 1, b0 + 1
        while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
            a1, b1 = a1 - 1, b1 - 1
            found.append((a1, b1))
        if a0 < a1 and b0 < b1:
            found += self._between(a0, a1, b0, b1, step)
        return found

    def _between(self, a0: int, a1: int, b0: int, b1: int, step: int) -> list[tuple[int, int]]:
        if step >= len(_SPANS):
            small = (a1 - a0) * (b1 - b0) <= _SMALL
            return _longest_common(self._a[a0:a1], self._b[b0:b1], a0, b0) if small else []
        held = _rising(_once_each(self._a, a0, a1, self._b, b0, b1, _SPANS[step]))
        found: list[tuple[int, int]] = []
        for start_x, start_y in held:
            if start_x < a0 or start_y < b0:
                continue  # within the run that the one before grew into
            found += self._pairs(a0, start_x, b0, start_y, step + 1)
            x, y = start_x, start_y
            while x < a1 and y < b1 and self._a[x] == self._b[y]:
                found.append((x, y))
                x, y = x + 1, y + 1
            a0, b0 = x, y
        return found + self._pairs(a0, a1, b0, b1, step + 1)

    # ---- moved

    def _find_moved(self) -> list[Block]:
        """Long runs among the words that found no partner in order."""
        used_a = {block.old + n for block in self.same for n in range(block.count)}
        used_b = {block.new + n for block in self.same for n in range(block.count)}
        left = _spans(self._a, used_a)
        right = _spans(self._b, used_b)
        found: list[Block] = []
        done = -1
        for span, x in sorted(left.items(), key=lambda each: each[1]):
            y = right.get(span, -1)
            if x <= done or y < 0 or x < 0:
                continue
            block = self._grown(x, y, used_a, used_b)
            if block.count >= _MOVED:
                found.append(block)
                done = block.old + block.count - 1
        return found

    def _grown(self, x: int, y: int, used_a: set[int], used_b: set[int]) -> Block:
        a, b = self._a, self._b
        start_x, start_y = x, y
        while start_x and start_y and a[start_x - 1] == b[start_y - 1] and start_x - 1 not in used_a:
            if start_y - 1 in used_b:
                break
            start_x, start_y = start_x - 1, start_y - 1
        while x < len(a) and y < len(b) and a[x] == b[y] and x not in used_a and y not in used_b:
            x, y = x + 1, y + 1
        return Block(start_x, start_y, x - start_x)


def _once_each(
    a: Sequence[int], a0: int, a1: int, b: Sequence[int], b0: int, b1: int, span: int
) -> list[tuple[int, int]]:
    """Where runs of `span` words stand that occur once within either."""
    left, right = _places(a, a0, a1, span), _places(b, b0, b1, span)
    return [(x, right[run]) for run, x in left.items() if x >= 0 and right.get(run, -1) >= 0]


def _places(words: Sequence[int], start: int, stop: int, span: int) -> dict[tuple[int, ...], int]:
    """The place of each run of words, -1 for one that occurs more than once."""
    found: dict[tuple[int, ...], int] = {}
    for place in range(start, stop - span + 1):
        run = tuple(words[place : place + span])
        found[run] = -1 if run in found else place
    return found


def _spans(words: Sequence[int], used: set[int]) -> dict[tuple[int, ...], int]:
    found: dict[tuple[int, ...], int] = {}
    for place in range(len(words) - _SEED + 1):
        if used.isdisjoint(range(place, place + _SEED)):
            run = tuple(words[place : place + _SEED])
            found[run] = -1 if run in found else place
    return found


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs that rises on both sides."""
    pairs.sort()
    ends: list[int] = []
    chain: list[int] = []
    before: list[int] = []
    for place, (_, y) in enumerate(pairs):
        at = bisect_left(ends, y)
        before.append(chain[at - 1] if at else -1)
        if at == len(ends):
            ends.append(y)
            chain.append(place)
        else:
            ends[at], chain[at] = y, place
    found: list[tuple[int, int]] = []
    place = chain[-1] if chain else -1
    while place >= 0:
        found.append(pairs[place])
        place = before[place]
    return found[::-1]


def _longest_common(a: Sequence[int], b: Sequence[int], a0: int, b0: int) -> list[tuple[int, int]]:
    return [
        (a0 + op.src_start + n, b0 + op.dest_start + n)
        for op in LCSseq.opcodes(a, b)
        if op.tag == "equal"
        for n in range(op.src_end - op.src_start)
    ]


def _blocks(pairs: list[tuple[int, int]]) -> list[Block]:
    blocks: list[Block] = []
    for x, y in pairs:
        last = blocks[-1] if blocks else None
        if last is not None and (x, y) == (last.old + last.count, last.new + last.count):
            blocks[-1] = Block(last.old, last.new, last.count + 1)
        else:
            blocks.append(Block(x, y, 1))
    return blocks
