"""The workplan against the agenda: what should have come to a meeting and did not, and what came unplanned."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rapidfuzz import fuzz

from desktop.packs.pack import Pack, PaperKind
from desktop.papers.finding import Finding

_ALIKE = 82.0  # of 100: an item of a plan and a title on an agenda
_LEAST_WORDS = 2
_USUAL = re.compile(  # business of every meeting, which no plan has to name
    r"\b(?:apologies|declarations?|minutes|matters arising|action (?:log|sheet|list|tracker)|any other|aob|"
    r"next meeting|date of|welcome|questions?|chair(?:man)?['’]?s?|opening|close|closing|exclu(?:sion|de)|reflections?|"
    r"review of the meeting|workplan|work ?programme|forward plan|patient story|break|lunch)\b",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(r"\s*(?::|\(|\s[–—-]\s|,? (?:month|quarter|Q)\s?\d)")
_NOISE = re.compile(r"\b(?:the|a|an|of|and|for|to|on|in|report|reports|update|paper|annual|quarterly|monthly|\d{4})\b")


class Came(StrEnum):
    """What became of an item at one meeting."""

    MISSED = "did not come"
    UNPLANNED = "came unplanned"
    AS_PLANNED = "came as planned"


@dataclass(frozen=True)
class Planned:
    """An entry of a plan in a pack."""

    pack_id: str
    paper_id: str
    finding: Finding


@dataclass(frozen=True)
class Business:
    """An item of a meeting's agenda and where it stands: its first paper, else the agenda. papers: their titles,
    under which a plan may know it."""

    number: str
    title: str
    pack_id: str
    paper_id: str
    page: int
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Meeting:
    """A meeting: what was on its agenda, and the plan of its pack, if it has one."""

    held_on: date
    business: tuple[Business, ...]
    planned: tuple[Planned, ...]


@dataclass(frozen=True)
class Line:
    """One item at one meeting. planned: its entry in the plan, business: what came; None where there is none."""

    held_on: date
    came: Came
    planned: Planned | None
    business: Business | None

    @property
    def title(self) -> str:
        """As the plan calls it, else as the agenda does."""
        if self.planned is not None:
            return self.planned.finding.text
        return self.business.title if self.business is not None else ""

    def when(self) -> str:
        """For which meetings the plan has it, as its columns are headed: this one and the next, else the next alone; ""
        without any."""
        heads = [(part.fact("meeting"), part) for part in (self.planned.finding.parts if self.planned else ())]
        here = next((place for place, (_, part) in enumerate(heads) if _is_of(part, self.held_on)), None)
        later = [head for head, part in heads if part.fact("date") > self.held_on.isoformat()]
        after = [head for head, _ in heads[here + 1 :]] if here is not None else later
        following = f"next {after[0]}" if after else ""
        return ", ".join(filter(None, ("this meeting" if here is not None else "", following)))

    @property
    def source(self) -> tuple[str, str, int]:
        """Where to look it up, (pack id, paper id, page from 0): what came, else the plan."""
        if self.business is not None:
            return self.business.pack_id, self.business.paper_id, self.business.page
        return (self.planned.pack_id, self.planned.paper_id, self.planned.finding.page) if self.planned else ("", "", 0)


def business_of(pack: Pack) -> list[Business]:
    """The items of a pack's agenda. Where neither an item nor the agenda has a paper, there is no page to open."""
    agenda = next((paper.id for paper in pack.papers if paper.kind is PaperKind.AGENDA and paper.sha256), "")
    found = []
    for item in pack.items:
        papers = [paper for paper in pack.papers if paper.item == item.number]
        opens = next((paper.id for paper in papers if paper.sha256), agenda)
        if opens:
            titles = tuple(paper.title for paper in papers)
            found.append(Business(item.number, item.title, pack.id, opens, 0, titles))
    return found


def against_agenda(meetings: Sequence[Meeting]) -> list[Line]:
    """Newest meeting first, in each what did not come first. Meetings no plan has a column for are left out."""
    lines: list[Line] = []
    for meeting in sorted(meetings, key=lambda meeting: meeting.held_on, reverse=True):
        plan = _plan_for(meeting, meetings)
        if plan:
            lines += sorted(_lines(meeting, plan), key=lambda line: list(Came).index(line.came))
    return lines


def _plan_for(meeting: Meeting, meetings: Iterable[Meeting]) -> list[Planned]:
    """The plan that stood when the meeting's agenda was made: of its own pack, else of the last before, else the first
    after. Only papers with a column for this meeting count."""
    fits = [each for each in meetings if any(_has_column(entry, meeting.held_on) for entry in each.planned)]
    before = [each for each in fits if each.held_on <= meeting.held_on]
    source = max(before, key=_held, default=None) or min(fits, key=_held, default=None)
    if source is None:
        return []
    papers: defaultdict[str, list[Planned]] = defaultdict(list)
    for entry in source.planned:
        papers[entry.paper_id].append(entry)
    return [
        entry
        for entries in papers.values()
        if any(_has_column(each, meeting.held_on) for each in entries)
        for entry in entries
    ]


def _held(meeting: Meeting) -> date:
    return meeting.held_on


def _has_column(entry: Planned, day: date) -> bool:
    return any(_is_of(part, day) for part in entry.finding.parts)


def _is_of(part: Finding, day: date) -> bool:
    """Whether a mark stands in the column of this day, or of its month where no day is named."""
    if named := part.fact("date"):
        return named == day.isoformat()
    return part.fact("month") in (f"{day:%Y-%m}", f"--{day:%m}")


def _lines(meeting: Meeting, plan: Sequence[Planned]) -> Iterable[Line]:
    left = list(meeting.business)
    for entry in plan:
        came = [each for each in left if any(_is_same(entry.finding.text, name) for name in (each.title, *each.papers))]
        is_due = _has_column(entry, meeting.held_on)
        for each in came:
            left.remove(each)
        if is_due:
            found = came[0] if came else None
            yield Line(meeting.held_on, Came.AS_PLANNED if found else Came.MISSED, entry, found)
        elif came:
            yield Line(meeting.held_on, Came.UNPLANNED, entry, came[0])
    said: set[str] = set()
    for each in left:
        name = each.number or each.title.casefold()
        if name not in said and not _USUAL.search(each.title):
            said.add(name)
            yield Line(meeting.held_on, Came.UNPLANNED, None, each)


def _is_same(planned: str, title: str) -> bool:
    """Whether a plan and an agenda mean one item: "Finance report" is "Finance report: month 9", too."""
    usual = {found.casefold() for found in _USUAL.findall(planned)}
    if usual & {found.casefold() for found in _USUAL.findall(title)}:
        return True
    stems = (_QUALIFIED.split(title, maxsplit=1)[0], title)
    return any(_are_alike(_bare(planned), _bare(each)) for each in stems)


def _are_alike(one: str, other: str) -> bool:
    if not one or not other:
        return False
    if len(one.split()) < _LEAST_WORDS or len(other.split()) < _LEAST_WORDS:
        return one == other or fuzz.ratio(one, other) >= _ALIKE
    return fuzz.token_sort_ratio(one, other) >= _ALIKE or fuzz.token_set_ratio(one, other) >= 100


def _bare(text: str) -> str:
    words = " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())
    return " ".join(_NOISE.sub(" ", words).split())
