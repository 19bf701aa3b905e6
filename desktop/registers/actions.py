"""One action followed from sheet to sheet: open, slipped, closed, closed without evidence, or gone without a word."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from rapidfuzz import fuzz

from desktop.papers.days import dates_in
from desktop.papers.finding import Finding, FindingKind

_ALIKE = 80  # of 100: two texts of one action that has no number of its own
_CLOSED = re.compile(
    r"\b(?:closed?|completed?|done|discharged|delivered|implemented|no further action|nfa|"
    r"superseded|resolved)\b",
    re.IGNORECASE,
)
_NOT_CLOSED = re.compile(
    r"\b(?:not (?:yet )?(?:closed|complete|completed|done)|incomplete|partially|"
    r"part[- ]complete|open|ongoing|in progress|"
    r"remains?|outstanding|due)\b",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"\b(?:propos\w+|recommend\w*|request\w*|for|to be|ready|suggest\w*) (?:\w+ )?(?:clos\w+|"
    r"completion)\b",
    re.IGNORECASE,
)
_SLIPPED = re.compile(
    r"\b(?:moved|revised|extended|deferred|slipped|delayed|new date|carried forward|overdue|"
    r"late)\b",
    re.IGNORECASE,
)
_NO_EVIDENCE = re.compile(r"\W*(?:n/?a|none|tbc|closed?|completed?|done|[-–—])?\W*", re.IGNORECASE)


class State(StrEnum):
    """How an action stands after a sheet."""

    OPEN = "open"
    SLIPPED = "slipped"  # open, and its day was moved or has passed
    TO_CLOSE = "proposed to be closed"
    CLOSED = "closed"
    UNEVIDENCED = "closed without evidence"
    GONE = "gone"  # it was open, and the next sheet does not have it


@dataclass(frozen=True)
class Sheet:
    """The log of one meeting, and its minutes if they are at hand. day: of the meeting, None where it is not known.

    source: what the caller knows it by (a pack and paper), handed back with what was seen on it.
    """

    day: date | None
    findings: Sequence[Finding]
    source: str = ""


@dataclass(frozen=True)
class Seen:
    """An action as one sheet has it. due: the day it is due by then, None where it names none."""

    sheet: Sheet
    finding: Finding
    state: State
    due: date | None


@dataclass(frozen=True)
class Followed:
    """An action through the sheets. state: how it stands after the last of them. slips: how often its day was moved."""

    ref: str
    text: str
    lead: str
    state: State
    seen: tuple[Seen, ...]
    slips: int

    @property
    def due(self) -> date | None:
        """The day it is due now."""
        return next((each.due for each in reversed(self.seen) if each.due), None)

    @property
    def first_due(self) -> date | None:
        """The day it was due at first."""
        return next((each.due for each in self.seen if each.due), None)

    @property
    def age(self) -> int:
        """Meetings whose sheets have it."""
        return len({id(each.sheet) for each in self.seen})

    @property
    def is_open(self) -> bool:
        """Whether somebody still has it to do."""
        return self.state in (State.OPEN, State.SLIPPED, State.TO_CLOSE)

    def is_overdue(self, today: date) -> bool:
        """Whether it is open and its day has passed."""
        return self.is_open and self.due is not None and self.due < today


def follow(sheets: Sequence[Sheet]) -> list[Followed]:
    """Every action of these sheets, oldest sheet first, in the order they first come."""
    lines: list[list[Seen]] = []
    for sheet in sheets:
        for finding in sheet.findings:
            if finding.kind is FindingKind.ACTION:
                _take(lines, sheet, finding)
    return [_followed(line, sheets) for line in lines]


def state_of(finding: Finding, day: date | None = None) -> State:
    """How an action stands by one sheet alone. day: of its meeting."""
    status = finding.fact("status")
    told = f"{status} {finding.fact('listed')}"
    if _PROPOSED.search(told):
        return State.TO_CLOSE
    closed = finding.fact("closed") or (_CLOSED.search(status) and not _NOT_CLOSED.search(status))
    if closed or (not status and _CLOSED.search(finding.fact("listed"))):
        bare = _NO_EVIDENCE.fullmatch(finding.fact("evidence"))
        return State.UNEVIDENCED if bare else State.CLOSED
    due = due_of(finding)
    late = day is not None and due is not None and due < day
    return State.SLIPPED if late or _SLIPPED.search(f"{status} {finding.fact('due')}") else State.OPEN


def due_of(finding: Finding) -> date | None:
    """The day an action is due: the last it names, since a day that was moved stands before the new one."""
    days = [found for _, _, found in dates_in(finding.fact("due"))]
    return days[-1] if days else None


def _take(lines: list[list[Seen]], sheet: Sheet, finding: Finding) -> None:
    seen = Seen(sheet, finding, state_of(finding, sheet.day), due_of(finding))
    line = next((line for line in reversed(lines) if _is_same(line[-1].finding, finding)), None)
    if line is None:
        lines.append([seen])
    elif line[-1].sheet is not sheet or finding.fact("source") == "log":
        line.append(seen)


def _is_same(before: Finding, after: Finding) -> bool:
    """The same number; where that is only its minute's, which can have several, the text must be alike too."""
    if not _own(before) or not _own(after):
        alike = fuzz.token_set_ratio(before.text, after.text) >= _ALIKE
        return alike and (not before.ref or not after.ref or _bare(before.ref) == _bare(after.ref))
    return _bare(before.ref) == _bare(after.ref)


def _own(finding: Finding) -> bool:
    return bool(finding.ref) and finding.ref != finding.fact("minute")


def _bare(ref: str) -> str:
    return re.sub(r"[^0-9a-z]+", "", ref.casefold())


def _followed(line: Sequence[Seen], sheets: Sequence[Sheet]) -> Followed:
    last = line[-1]
    best = max((each.finding for each in line), key=lambda finding: (len(finding.facts), len(finding.text)))
    lead = next((each.finding.fact("lead") for each in reversed(line) if each.finding.fact("lead")), "")
    days = [each.due for each in line if each.due]
    slips = sum(after > before for before, after in pairwise(days))
    slips += any(len(list(dates_in(each.finding.fact("due")))) > 1 for each in line[:1])
    return Followed(last.finding.ref or best.ref, best.text, lead, _state(line, sheets, slips), tuple(line), slips)


def _state(line: Sequence[Seen], sheets: Sequence[Sheet], slips: int) -> State:
    last = line[-1]
    after = _sheets_after(last.sheet, sheets)
    if after and last.state is State.TO_CLOSE:  # it was, and left the log
        return State.UNEVIDENCED if _NO_EVIDENCE.fullmatch(last.finding.fact("evidence")) else State.CLOSED
    if after and last.state in (State.OPEN, State.SLIPPED) and last.finding.fact("source") == "log":
        return State.GONE
    return State.SLIPPED if last.state is State.OPEN and slips else last.state


def _sheets_after(sheet: Sheet, sheets: Iterable[Sheet]) -> list[Sheet]:
    """Later sheets that are logs: minutes alone leave out what is not spoken of."""
    listed = list(sheets)
    place = next(number for number, each in enumerate(listed) if each is sheet)
    return [each for each in listed[place + 1 :] if any(f.fact("source") == "log" for f in each.findings)]
