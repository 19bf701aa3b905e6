"""One risk through successive packs: how it stood at each meeting, what moved, and what became of it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz import fuzz

from desktop.papers.finding import Finding

_SAME_TITLE = 88.0  # of a hundred: a risk under a new number
_KINDS = ("initial", "current", "target", "previous")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"({'|'.join(_MONTHS)})[a-z]*[\s./-]*(?:20)?(\d\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Sighting:
    """A risk in a paper of a pack. held_on: the meeting's day, ISO."""

    held_on: str
    pack_id: str
    paper_id: str
    finding: Finding


@dataclass(frozen=True)
class Standing:
    """How a risk stood at one meeting; scores are 0 where no paper of it told them, words empty.

    paper_id and page (from 0): where it is set out most fully.
    """

    held_on: str
    pack_id: str
    paper_id: str
    page: int
    ref: str
    title: str
    initial: int = 0
    current: int = 0
    target: int = 0
    previous: int = 0
    tolerance: int = 0
    appetite: str = ""
    rating: str = ""
    owner: str = ""
    committee: str = ""
    consequence: int = 0  # of the current score, as likelihood
    likelihood: int = 0
    wrong: str = ""  # where scores do not come to what is printed

    @property
    def is_above_tolerance(self) -> bool:
        """Whether it scores more than the board accepts; False where either is not told."""
        return bool(self.tolerance and self.current > self.tolerance)

    @property
    def is_at_target(self) -> bool:
        """Whether it has come down to where it is meant to be."""
        return bool(self.target and self.current and self.current <= self.target)


@dataclass(frozen=True)
class RiskStory:
    """A risk over meetings, oldest first.

    key: the same for every spelling. past: (month as YYYY-MM, score) as its papers tell of earlier months.
    renumbered_from: the number it had, where it has another now. gone: from the newest pack that sets its register out.
    """

    key: str
    register: str
    standings: tuple[Standing, ...]
    past: tuple[tuple[str, int], ...] = ()
    renumbered_from: str = ""
    gone: bool = False
    reworded: tuple[str, ...] = field(default=())  # days of meetings at which its title was another than before

    @property
    def latest(self) -> Standing:
        """How it stood last."""
        return self.standings[-1]

    @property
    def moved(self) -> int:
        """By how much its score is higher than the meeting before, or than the papers say it was; lower is negative."""
        scored = [standing.current for standing in self.standings if standing.current]
        if not scored or scored[-1] != self.latest.current:
            return 0
        before = scored[-2] if len(scored) > 1 else self.latest.previous or self._last_told()
        return scored[-1] - before if before else 0

    def _last_told(self) -> int:
        months = [score for month, score in self.past if month < self.latest.held_on[:7]]
        return months[-1] if months else 0


def follow(sightings: Iterable[Sighting]) -> list[RiskStory]:
    """The risks of one body, by register and number. sightings: findings of its packs in force, in any order."""
    meetings: defaultdict[tuple[str, str], defaultdict[str, list[Sighting]]] = defaultdict(lambda: defaultdict(list))
    for sighting in sightings:
        meetings[sighting.held_on, sighting.pack_id][_key(sighting.finding)].append(sighting)
    held = sorted(meetings)
    standings: dict[str, list[Standing]] = {}
    names: dict[str, tuple[str, str]] = {}  # key: register, key it had before
    past: dict[str, dict[str, int]] = {}
    registers_in: defaultdict[str, str] = defaultdict(str)  # register: the newest meeting that has risks of it
    for meeting in held:
        found = meetings[meeting]
        for key, key_before in _renumbered(standings, found, meeting[0], names).items():
            standings[key] = standings.pop(key_before)
            past[key] = past.pop(key_before, {})
            names[key] = (_register(found[key]), key_before)
        for key, same in found.items():
            standings.setdefault(key, []).append(_standing(same))
            names.setdefault(key, (_register(same), ""))
            past.setdefault(key, {}).update(_past(same))
            registers_in[_register(same)] = meeting[0]
    stories = [
        RiskStory(
            key,
            names[key][0],
            tuple(stood),
            tuple(sorted(past.get(key, {}).items())),
            names[key][1],
            stood[-1].held_on < registers_in[names[key][0]],
            tuple(_reworded(stood)),
        )
        for key, stood in standings.items()
    ]
    return sorted(stories, key=lambda story: (story.register, _natural(story.key)))


def _key(finding: Finding) -> str:
    return finding.fact("key") or finding.text.casefold()


def _register(same: Sequence[Sighting]) -> str:
    return same[0].finding.fact("register")


def _fullest(same: Sequence[Sighting]) -> list[Sighting]:
    return sorted(same, key=lambda each: (len(each.finding.parts), len(each.finding.facts)), reverse=True)


def _standing(same: Sequence[Sighting]) -> Standing:
    """What the fullest account tells, and for the rest the others of the pack."""
    ordered = _fullest(same)
    first = ordered[0]

    def told(name: str) -> str:
        return next((text for each in ordered if (text := each.finding.fact(name))), "")

    def number(name: str) -> int:
        text = told(name)
        return int(text) if text.isdigit() else 0

    scores = {kind: number(f"score_{kind}") for kind in _KINDS}
    return Standing(
        first.held_on, first.pack_id, first.paper_id, first.finding.page, first.finding.ref, first.finding.text,
        **scores, tolerance=number("tolerance"), appetite=told("appetite"), rating=told("rating_current"),
        owner=told("owner"), committee=told("committee"), consequence=number("consequence_current"),
        likelihood=number("likelihood_current"), wrong=told("scores_wrong"),
    )  # fmt: skip


def _past(same: Sequence[Sighting]) -> dict[str, int]:
    months = {}
    for part in (part for each in same for part in each.finding.parts if part.fact("part") == "score"):
        found = _MONTH.fullmatch(part.fact("period").strip())
        if found and part.fact("score").isdigit():
            months[f"20{found[2]}-{_MONTHS.index(found[1].casefold()) + 1:02}"] = int(part.fact("score"))
    return months


def _renumbered(
    standings: dict[str, list[Standing]],
    found: dict[str, list[Sighting]],
    held_on: str,
    names: dict[str, tuple[str, str]],
) -> dict[str, str]:
    """New numbers whose titles are those of risks that are not in this pack any more."""
    new = [key for key in found if key not in standings]
    lost = [key for key in standings if key not in found]
    pairs: dict[str, str] = {}
    for key in new:
        title, register = _fullest(found[key])[0].finding.text, _register(found[key])
        likely = [each for each in lost if names[each][0] == register and standings[each][-1].held_on < held_on]
        scored = [(fuzz.ratio(title.casefold(), standings[each][-1].title.casefold()), each) for each in likely]
        best = max(scored, default=(0.0, ""))
        if best[0] >= _SAME_TITLE:
            pairs[key] = best[1]
            lost.remove(best[1])
    return pairs


def _reworded(stood: Sequence[Standing]) -> Iterable[str]:
    for before, after in pairwise(stood):
        if _letters(before.title) != _letters(after.title):
            yield after.held_on


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _natural(key: str) -> list[tuple[int, str]]:
    """Numbers in a key by their size."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", key) if part]
