"""Looking for a passage by its words and their neighbours alone: in another paper of the pack, or where the older
version is not here any more. What is said more than once is not found at all rather than at the wrong place."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from desktop.annotations.anchor import Anchor
from desktop.annotations.carriage import CHANGED, CHECK, EXACT, MOVED
from desktop.annotations.following import Found
from desktop.annotations.text import PaperText, spelled

_NEAR = 120  # letters on either side
_BORNE, _CLEAR = 0.75, 0.15  # how alike neighbours must be, and by how much more than those of the next best
_LONG = 24  # letters that are hardly said twice by accident
_CLOSE, _RIVAL = 88.0, 80.0  # how alike changed words must be, of 100, and how alike nothing else may be
_AMPLE = 48  # letters that need no neighbours to be told in another paper


@dataclass(frozen=True)
class Passage:
    """Letters as `PaperText.run` has them: the words, and those before and after."""

    exact: str
    before: str
    after: str

    @staticmethod
    def of_anchor(anchor: Anchor) -> "Passage":
        """What an anchor itself remembers."""
        return Passage(*("".join(spelled(words)) for words in (anchor.exact, anchor.prefix, anchor.suffix)))

    @staticmethod
    def of_text(text: PaperText, first: int, end: int) -> "Passage":
        """Of a version that is here, over the page's edges."""
        a, b, run = text.starts[first], text.starts[end], text.run
        return Passage(run[a:b], run[max(0, a - _NEAR) : a], run[b : b + _NEAR])


def seek(passage: Passage, text: PaperText) -> Found | None:
    """The passage in a newer version of its own paper; None where it is not, or may be at several places."""
    hits = [(_borne(passage, text, *hit), hit) for hit in text.find(passage.exact)]
    hits.sort(reverse=True)
    if not hits:
        return _seek_changed(passage, text)
    best, hit = hits[0]
    clear = len(hits) == 1 or best - hits[1][0] >= _CLEAR
    if best >= _BORNE and clear:
        return Found(EXACT, *hit)
    # No neighbours left: perhaps this very passage, perhaps one that only reads like it.
    return Found(CHECK, *hit) if len(hits) == 1 and len(passage.exact) >= _LONG else None


def seek_elsewhere(
    passage: Passage, fresh: Sequence[PaperText], others: Sequence[PaperText]
) -> tuple[int, Found] | None:
    """The passage in one of the papers that are new, by number; None unless it can be only that one.

    others: texts that had their words before this edition: what stands in them too is said everywhere.
    """
    if len(passage.exact) < _LONG or any(passage.exact in text.run for text in others):
        return None
    hits = [(number, hit) for number, text in enumerate(fresh) for hit in text.find(passage.exact)]
    if len(hits) != 1:
        return None
    number, hit = hits[0]
    sure = len(passage.exact) >= _AMPLE or _borne(passage, fresh[number], *hit) >= _BORNE
    return (number, Found(MOVED, *hit)) if sure else None


def _seek_changed(passage: Passage, text: PaperText) -> Found | None:
    """Words that were changed, where nothing else is nearly as like them."""
    if len(passage.exact) < _LONG:
        return None
    best = fuzz.partial_ratio_alignment(passage.exact, text.run, score_cutoff=_CLOSE)
    if best is None or best.dest_end - best.dest_start < _LONG // 2:
        return None
    first, end = _tokens(text, best.dest_start, best.dest_end)
    rest = (text.run[: best.dest_start], text.run[best.dest_end :])
    if any(fuzz.partial_ratio(passage.exact, part, score_cutoff=_RIVAL) for part in rest if len(part) > _LONG):
        return None
    return Found(CHANGED if _borne(passage, text, first, end) >= _BORNE else CHECK, first, end)


def _tokens(text: PaperText, start: int, end: int) -> tuple[int, int]:
    """The tokens that have most of their letters between two places."""
    first, last = bisect_left(text.starts, start), bisect_left(text.starts, end)
    if first and text.starts[first] - start > start - text.starts[first - 1]:
        first -= 1
    if last and text.starts[last] - end > end - text.starts[last - 1]:
        last -= 1
    return first, max(first + 1, last)


def _borne(passage: Passage, text: PaperText, first: int, end: int) -> float:
    """How alike the neighbours are, from 0 to 1: those of the side that is more so."""
    a, b, run = text.starts[first], text.starts[end], text.run
    before, after = passage.before[-_NEAR:], passage.after[:_NEAR]
    sides = ((before, run[max(0, a - len(before)) : a]), (after, run[b : b + len(after)]))
    alike = [Indel.normalized_similarity(mine, theirs) for mine, theirs in sides if len(mine) >= 8]
    return max(alike, default=0.0) * 0.7 + (sum(alike) / len(alike) if alike else 0.0) * 0.3
