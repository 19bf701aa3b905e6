"""Quick-open: everything a member may want to go to, by name, found by a few letters however they were typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from desktop.search.text import folded, tokens

MOST = 60  # shown; who wants more types another letter
_ENOUGH = 0.72  # how alike a mistyped word must be to the one meant


class Kind(IntEnum):
    """What a target is; among equals, the smaller goes first."""

    ITEM = 0
    PAPER = 1
    BOOKMARK = 2
    NOTE = 3
    PERSON = 4
    RISK = 5
    PACK = 6
    ACTION = 7


@dataclass(frozen=True)
class Target:
    """Somewhere to go. title: what it is called; detail: where it is, in words. page: from 0 within the paper.

    number: an item's, as typed to reach it. words: to be looked for and marked there. held_on: its meeting, ISO.
    paper_id "" opens the pack where it was left.
    """

    kind: Kind
    title: str = field(repr=False)
    detail: str = field(repr=False)
    pack_id: str
    paper_id: str = ""
    page: int = 0
    number: str = ""
    words: str = field(default="", repr=False)
    held_on: str = ""
    entry_id: str = ""


class QuickIndex:
    """The targets, ready to be asked at every letter."""

    def __init__(self, targets: Iterable[Target], pack_id: str = "") -> None:
        """pack_id: the open pack, whose targets go first among equals."""
        self._pack_id = pack_id
        self._entries = [
            (target, tokens(f"{target.number} {target.title}"), tokens(target.detail)) for target in targets
        ]

    def find(self, typed: str) -> list[Target]:
        """What was meant, best first; with nothing typed, the items of the open pack."""
        words = tokens(typed)
        if not words:
            return [target for target, _, _ in self._entries if self._is_start(target)][:MOST]
        found = []
        for place, (target, title, detail) in enumerate(self._entries):
            if worth := _worth(words, title, detail):
                found.append((self._rank(worth, target, typed), len(title), place, target))
        found.sort(key=lambda entry: entry[:3])
        return [entry[3] for entry in found[:MOST]]

    def _rank(self, worth: float, target: Target, typed: str) -> tuple[float, bool, int, int]:
        """Smaller is better: how well it was met, the open pack, what it is, the newest meeting."""
        exact = bool(target.number) and folded(target.number) == folded(typed.strip())
        return -(worth + exact), target.pack_id != self._pack_id, target.kind, _latest_first(target)

    def _is_start(self, target: Target) -> bool:
        return target.kind is (Kind.ITEM if self._pack_id else Kind.PACK) and target.pack_id == (
            self._pack_id or target.pack_id
        )


def _latest_first(target: Target) -> int:
    digits = "".join(sign for sign in target.held_on if sign.isdigit())
    return -int(digits or 0)


def _worth(words: Sequence[str], title: Sequence[str], detail: Sequence[str]) -> float:
    """How well every typed word is met, 0 where one is not; what stands in the title counts for more."""
    whole = 0.0
    for word in words:
        best = max((alike(word, other) for other in title), default=0.0)
        best = max(best, _initials(word, title), 0.5 * max((alike(word, other) for other in detail), default=0.0))
        if not best:
            return 0.0
        whole += best
    return round(whole / len(words), 2)


def alike(typed: str, word: str) -> float:
    """1 for the same word, less for its beginning, its inside, and for one or two wrong letters."""
    if word == typed:
        return 1.0
    if word.startswith(typed):
        return 0.9
    if len(typed) > 2 and typed in word:
        return 0.7
    if len(typed) < 4 or typed.isdigit():
        return 0.0
    from rapidfuzz.distance import DamerauLevenshtein

    # A word half typed is compared with as much of the one meant.
    likeness = DamerauLevenshtein.normalized_similarity(typed, word[: len(typed) + 1], score_cutoff=_ENOUGH)
    return 0.6 * likeness


def _initials(typed: str, title: Sequence[str]) -> float:
    """ "cer" for Chief Executive's report."""
    letters = "".join(word[0] for word in title if word[0].isalpha() and len(word) > 1)
    return 0.8 if len(typed) > 1 and typed in letters else 0.0
