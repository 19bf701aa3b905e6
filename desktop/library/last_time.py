"""The same standing paper in the body's earlier packs: found by its kind, its title, its item and its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from db.records import VersionRecord
from desktop.annotations.subject import ITEM, Subject
from desktop.annotations.text import VersionPage, spelled
from desktop.library.current import READABLE, current_rows
from desktop.links.names import alikeness
from desktop.packs.index import kept_pack
from desktop.packs.pack import Pack, Paper
from desktop.papers.finding import Finding, FindingKind
from desktop.pdf.words import unpack

if TYPE_CHECKING:
    from desktop.library.holdings import Holdings

_TITLE, _KIND, _ITEM, _WORDS = 0.5, 0.15, 0.15, 0.2  # what each weighs
_LIKELY, _SURE = 0.45, 0.62  # of 1
_APART = 0.12  # how much better than the next the best must be
_LOOK_IN = 4  # first pages, whose words are compared
_READ = 3  # of the last packs the words are looked at too
_MOST = 8  # papers of a pack whose words are


@dataclass(frozen=True)
class Before:
    """A paper of an earlier pack. likeness: of 1, to the paper that is asked about."""

    pack_id: str
    held_on: date
    pack: str
    paper_id: str
    sha256: str
    title: str
    likeness: float


@dataclass(frozen=True)
class LastTime:
    """Papers of the body's earlier packs, for one of a pack. held_on: the day of its own meeting.

    best: what is compared with by itself, None where nothing is like it. sure: that it is the same standing paper.
    skipped: the day of the last meeting, where its pack has no such paper, and an earlier one has. others: every
    paper that could be chosen instead, the newest meeting first and the likest first within each. any_before: whether
    there is an earlier pack at all.
    """

    held_on: date
    best: Before | None
    sure: bool
    skipped: date | None
    others: tuple[Before, ...]
    any_before: bool


class LastTimes:
    """Answers in the store's lane."""

    def __init__(self, holdings: "Holdings") -> None:
        self._holdings = holdings

    def find(self, pack_id: str, paper_id: str) -> LastTime | None:
        """None where the paper is not there any more."""
        record = self._holdings.packs.get(pack_id)
        pack = kept_pack(record.index) if record is not None else None
        paper = next((each for each in pack.papers if each.id == paper_id), None) if pack else None
        if record is None or pack is None or paper is None:
            return None
        packs = [kept_pack(each.index) for each in self._holdings.packs.of_body(record.body_id) if each.id != pack_id]
        earlier = [each for each in packs if each.meeting.held_on < pack.meeting.held_on]
        earlier.sort(key=lambda each: each.meeting.held_on, reverse=True)
        found = [(each, self._rated(pack, paper, each, place < _READ)) for place, each in enumerate(earlier)]
        first = next((place for place, (_, rated) in enumerate(found) if rated and rated[0].likeness >= _LIKELY), -1)
        best = found[first][1] if first >= 0 else []
        sure = bool(best) and best[0].likeness >= _SURE and (len(best) == 1 or _is_clear(best))
        others = tuple(before for _, rated in found for before in rated)
        skipped = found[0][0].meeting.held_on if first > 0 else None
        return LastTime(pack.meeting.held_on, best[0] if best else None, sure, skipped, others, bool(earlier))

    def pages(self, sha256: str) -> list[VersionPage]:
        """The words of a version."""
        versions = self._holdings.versions
        return [VersionPage(versions.words(sha256, page.index), page.height) for page in versions.pages(sha256)]

    def findings(self, sha256: str, kinds: Sequence[FindingKind]) -> list[Finding]:
        """What was found in a version, of these kinds."""
        return [Finding.from_row(row) for row in self._holdings.findings.of(sha256, [kind.value for kind in kinds])]

    def _rated(self, pack: Pack, paper: Paper, earlier: Pack, by_words: bool) -> list[Before]:
        """The papers of an earlier pack that are here, the likest first. by_words: their words are looked at too."""
        here = {row.paper_id: row for row in current_rows(self._holdings, earlier) if self._is_here(row)}
        titles, kind = _titles(pack, paper), self._kind(paper)
        rough = []
        for other in earlier.papers:
            if other.id in here:
                theirs = _titles(earlier, other)
                title, item = _alike(titles[0], theirs[0]), _alike(titles[1], theirs[1])
                rough.append((_TITLE * title + _ITEM * item + _KIND * (kind == self._kind(other)), other))
        rough.sort(key=lambda each: each[0], reverse=True)
        read = _MOST if by_words else 0
        words = self._words(paper.sha256) if read else set()
        rated = [
            Before(
                earlier.id, earlier.meeting.held_on, earlier.title or earlier.body.name, other.id, other.sha256,
                other.title, round(rate + (_WORDS * self._share(words, other.sha256) if at < read else 0.0), 3),
            )
            for at, (rate, other) in enumerate(rough)
        ]  # fmt: skip
        return sorted(rated, key=lambda before: before.likeness, reverse=True)

    def _is_here(self, row: VersionRecord) -> bool:
        return row.state in READABLE and self._holdings.files.path(row.sealed_sha256).exists()

    def _kind(self, paper: Paper) -> str:
        """By its content, else as the pack calls it."""
        found = self._holdings.findings.of(paper.sha256, [FindingKind.PAPER_KIND.value])
        return found[0].text if found else paper.kind.value

    def _words(self, sha256: str) -> set[str]:
        """Pairs of words in a row on its first pages."""
        said: list[str] = []
        for page in range(_LOOK_IN):
            packed = self._holdings.versions.words(sha256, page)
            said += spelled(" ".join(word.text for word in unpack(packed))) if packed else []
        return {f"{first} {second}" for first, second in pairwise(said)}

    def _share(self, words: set[str], sha256: str) -> float:
        theirs = self._words(sha256)
        shared = len(words & theirs) / max(1, min(len(words), len(theirs)))
        return min(1.0, 2 * shared)  # a standing paper is written anew each time: half of it is all of it


def _titles(pack: Pack, paper: Paper) -> tuple[str, str]:
    """Its own, and its item's."""
    item = next((each.title for each in pack.items if each.number == paper.item), "")
    return paper.title, item or paper.title


def _alike(title: str, other: str) -> float:
    """Of two titles; the day in them is another each time."""
    return 1.0 if Subject(ITEM, "", title).key == Subject(ITEM, "", other).key else alikeness(title, other)


def _is_clear(rated: Sequence[Before]) -> bool:
    return rated[0].likeness - rated[1].likeness >= _APART
