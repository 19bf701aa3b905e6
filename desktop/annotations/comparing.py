"""Finds what changed between two versions of a paper."""

from collections.abc import Iterable

from desktop.annotations.alignment import Alignment, Block
from desktop.annotations.differences import ADDED, MOVED, REMOVED, REPLACED, Change, Side
from desktop.annotations.text import PaperText

_SHIFTS = 16  # words a difference is moved along at most
_ISLAND = 2  # words between two changes that are too few to part them


def compare(old: PaperText, new: PaperText) -> list[Change]:
    """Every difference, in the order of the newer version."""
    alignment = Alignment(old.tokens, new.tokens)
    found = [change for gap in _gaps(old, new, alignment.same) for change in _changes(old, new, gap, alignment.moved)]
    found += [
        Change(MOVED, _side(old, b.old, b.old + b.count), _side(new, b.new, b.new + b.count)) for b in alignment.moved
    ]
    return sorted(found, key=lambda change: (change.new.page, change.new.y))


def _gaps(old: PaperText, new: PaperText, same: Iterable[Block]) -> list[tuple[int, int, int, int]]:
    """What lies between the runs that are the same, islands of a word or two drowned: (a0, a1, b0, b1)."""
    gaps: list[tuple[int, int, int, int]] = []
    a = b = 0
    for block in [*same, Block(len(old.tokens), len(new.tokens), 0)]:
        if block.old > a or block.new > b:
            last = gaps[-1] if gaps else None
            if last is not None and a - last[1] <= _ISLAND:
                gaps[-1] = (last[0], block.old, last[2], block.new)
            else:
                gaps.append((a, block.old, b, block.new))
        a, b = block.old + block.count, block.new + block.count
    return [gap for gap in gaps if old.letters(*gap[:2]) != new.letters(*gap[2:])]


def _changes(old: PaperText, new: PaperText, gap: tuple[int, int, int, int], moved: list[Block]) -> Iterable[Change]:
    a0, a1, b0, b1 = gap
    left = _without(a0, a1, [(block.old, block.old + block.count) for block in moved])
    right = _without(b0, b1, [(block.new, block.new + block.count) for block in moved])
    if len(left) == len(right) == 1:
        yield Change(REPLACED, _side(old, *left[0]), _side(new, *right[0]))
        return
    for first, end in left:
        yield Change(REMOVED, _side(old, *_whole(old, first, end)), _side(new, b0, b0))
    for first, end in right:
        yield Change(ADDED, _side(old, a0, a0), _side(new, *_whole(new, first, end)))


def _whole(text: PaperText, first: int, end: int) -> tuple[int, int]:
    """The same words taken from where a sentence begins, where it begins and goes on with the same words: without "the
    end. The next" for "The next one ended"."""
    tokens = text.tokens
    shifts = [0]
    for way in (1, -1):
        shift = 0
        while len(shifts) < _SHIFTS:
            low, high = (first + shift, end + shift) if way > 0 else (first + shift - 1, end + shift - 1)
            if not (low >= 0 and high < len(tokens) and tokens[low] == tokens[high]):
                break
            shift += way
            shifts.append(shift)
    fits = [shift for shift in shifts if first + shift == 0 or _ends(text, first + shift - 1)]
    best = min(fits, key=abs, default=0)
    return first + best, end + best


def _ends(text: PaperText, token: int) -> bool:
    return text.said(token, token + 1).endswith((".", "?", "!", ":"))


def _without(first: int, end: int, taken: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of first to end that are not taken."""
    parts: list[tuple[int, int]] = []
    for start, stop in sorted(taken):
        if start < end and stop > first:
            if start > first:
                parts.append((first, start))
            first = max(first, stop)
    return [*parts, (first, end)] if first < end else parts


def _side(text: PaperText, first: int, end: int) -> Side:
    if not text.tokens:
        return Side(0, 0.0)
    at = min(first, len(text.tokens) - 1)
    return Side(
        text.page_of(at), text.top_of(at), tuple(text.strips(first, end)), text.said(first, end) if end > first else ""
    )
