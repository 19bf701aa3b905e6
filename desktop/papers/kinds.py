"""What kind of paper a paper is, told from what stands in it and never from its name."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from weakref import WeakKeyDictionary

from desktop.papers.finding import Confidence
from desktop.papers.paper_text import PaperPage, PaperText, Row

_HEAD = 30  # rows in which a paper says what it is
_COVER = 12  # a page of fewer rows is a cover: the paper begins on the next


class Kind(StrEnum):
    """Kinds that have recognisers of their own, and reports, which most papers are."""

    AGENDA = "agenda"
    MINUTES = "minutes"
    ACTION_LOG = "action log"
    ASSURANCE_FRAMEWORK = "assurance framework"
    RISK_REGISTER = "risk register"
    ALERT_ADVISE_ASSURE = "alert, advise, assure"
    WORKPLAN = "workplan"
    TERMS_OF_REFERENCE = "terms of reference"
    PERFORMANCE_REPORT = "performance report"
    REPORT = "report"


@dataclass(frozen=True)
class Telling:
    """A kind, how sure that is, and the row that tells it best."""

    kind: Kind
    confidence: Confidence
    row: Row


_ITEMS = (
    re.compile(r"\bapologies\b", re.IGNORECASE),
    re.compile(
        r"\bdeclarations? of (?:members[’'] |pecuniary )?interests?\b|\bconflicts? of interests?\b", re.IGNORECASE
    ),
    re.compile(
        r"\bminutes of (?:the )?(?:previous|last|meeting)|\bprevious minutes\b|\bminutes\b.{0,40}\b20\d\d\b",
        re.IGNORECASE,
    ),
    re.compile(r"\bmatters arising\b|\baction (?:log|sheet|tracker|list)\b", re.IGNORECASE),
    re.compile(r"\bany other (?:urgent |competent )?business\b|\bAOB\b", re.IGNORECASE),
    re.compile(r"\bdates? of (?:the )?(?:next|future) meetings?\b|\bnext meeting\b", re.IGNORECASE),
    re.compile(r"\b(?:public questions?|questions from|public participation|chair(?:man)?['’]s)\b", re.IGNORECASE),
)
_AGENDA = re.compile(
    r"(?:(?:public|open|private|draft|meeting)\s+(?:session\s+)?)?(?:A\s?G\s?E\s?N\s?D\s?A|agenda)\b(?! item)",
    re.IGNORECASE,
)
_AGENDA_LAST = re.compile(r"\bagenda\W*$", re.IGNORECASE)
_SUMMONS = re.compile(
    r"\b(?:summoned|notice is hereby given|you are (?:hereby )?(?:invited|requested) to attend)\b", re.IGNORECASE
)
_MINUTES = re.compile(
    r"\bminutes\s+(?:of|from)\b.{0,160}?\b(?:meeting|held|board|committee|council|governors|"
    r"trustees|senate|court)\b"
    r"|^\W*(?:draft|unconfirmed|confirmed|approved)?\s*minutes\W*$"
    r"|^.{0,60}(?:[–:-]|\bmeeting)\s+minutes\W*$"
    r"|\b(?:draft|unconfirmed|confirmed) minutes\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"^(?:\d[\d.]*\s+)?(?:members |governors |trustees |councillors |those |"
    r"also )?(?:p\s?r\s?e\s?s\s?e\s?n\s?t|in attendance|attendance|"
    r"attendees|attending|apologies(?: for absence)?)\b\s*(?::|$|[A-Z(–-])",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?m:^(?:Resolved|Agreed|Noted|Received)\b)|"
    r"\b(?:RESOLVED|AGREED|NOTED|CARRIED|(?:was|were|had been|it was) (?:\w+ly )?(?:received|"
    r"noted|agreed|resolved|approved|reported|raised|confirmed|"
    r"invited|declared|proposed|asked|thanked)|(?:Chair\w*|Clerk|Members|Board|Committee|"
    r"Council|Governors|Trustees) "
    r"(?:\w+ly )?(?:welcomed|thanked|noted|agreed|resolved|approved|received|reported|opened|"
    r"declared|closed|considered|discussed))\b"
)
_LOG = re.compile(
    r"\baction(?:s)?\s+(?:log|sheet|tracker|list|schedule|register|points|plan log)\b|"
    r"\bmatters arising\b|\brolling actions?\b|\boutstanding actions\b",
    re.IGNORECASE,
)
_LOG_HEAD = re.compile(
    r"\b(?:lead|owner|who|responsib\w+|assigned|officer|by whom|due|deadline|target|by when|"
    r"status|rag|progress|update)\b",
    re.IGNORECASE,
)
_ACTION_ROW = re.compile(r"\W*action\s*(?:no\.?\s*|ref\.?\s*)?[A-Z]{0,6}[/.-]?\d[\w/.-]*\s*(?:[:–-]|$)", re.IGNORECASE)
_FEWEST = 3  # actions, of a log that is no table
_AAA = {word: re.compile(rf"^(?:\d\W*)?{word}\b", re.IGNORECASE) for word in ("alert", "advise", "assure")}
_FRAMEWORK = re.compile(r"\b(?:board )?assurance framework\b|\bBAF\b", re.IGNORECASE)
_REGISTER = re.compile(r"\brisk registers?\b", re.IGNORECASE)
_RISK_WORDS = (
    "gaps in",
    "controls",
    "current score",
    "residual",
    "target score",
    "target risk",
    "likelihood",
    "consequence",
    "impact",
    "risk appetite",
    "inherent",
    "tolerance",
    "line of assurance",
    "mitigat",
)
_WORKPLAN = re.compile(
    r"\bwork\s?plan\b|\bforward plan\b|\bwork programme\b|\b(?:annual )?cycle of business\b|"
    r"\bannual plan(?:ner)? of business\b|\bforward planner\b",
    re.IGNORECASE,
)
_MONTHS = re.compile(r"\b(?:20\d\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b")
_TERMS = re.compile(r"\bterms of reference\b", re.IGNORECASE)
_TERMS_WORDS = ("membership", "quorum", "frequency", "authority", "duties", "purpose", "reporting", "attendance")
_PERFORMANCE = re.compile(
    r"\bperformance (?:report|dashboard|scorecard)\b|\bbalanced scorecard\b|"
    r"\bintegrated performance\b",
    re.IGNORECASE,
)
_REPORT = (
    re.compile(r"\b(?:report|paper) title\b|\btitle of (?:the )?(?:report|paper)\b", re.IGNORECASE),
    re.compile(r"\bpurpose(?: of (?:the |this )?(?:report|paper))?\b", re.IGNORECASE),
    re.compile(
        r"\brecommendations?\b|\bis (?:asked|invited|recommended|requested) to\b|"
        r"\bdecision required\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:executive )?summary\b", re.IGNORECASE),
    re.compile(
        r"\b(?:report )?author\b|\bsponsor\b|\bpresented by\b|\breport (?:of|by|to)\b|"
        r"\blead director\b|\bprepared by\b",
        re.IGNORECASE,
    ),
)
_PURPOSE = re.compile(
    r"^(?:\W*\d[\d.]*\s+)?purpose of (?:the |this )?(?:report|paper)\W*$|"
    r"^for board and board committees\b|^paper sponsored by\b",
    re.IGNORECASE,
)
_TOLD: WeakKeyDictionary[PaperText, Telling | None] = WeakKeyDictionary()


def kind_of(paper: PaperText) -> Telling | None:
    """The kind of a paper; None where nothing tells it. Found when first asked: most recognisers ask."""
    if paper not in _TOLD:
        _TOLD[paper] = _kind_of(paper)
    return _TOLD[paper]


def _kind_of(paper: PaperText) -> Telling | None:
    head = _head(paper)
    if not head:
        return None
    for tells in _TELLERS:
        told = tells(paper, head)
        if told is not None:
            return told
    return None


def _head(paper: PaperText) -> list[Row]:
    rows: list[Row] = []
    for page in paper.pages[:3]:
        rows += page.rows
        if len(page.rows) >= _COVER:
            break
    return rows[:_HEAD]


def _first(rows: Iterable[Row], pattern: re.Pattern[str], longest: int = 160) -> Row | None:
    return next((row for row in rows if len(row.text) <= longest and pattern.search(row.text)), None)


def _title(head: list[Row], pattern: re.Pattern[str]) -> Row | None:
    """A row among the first that says so as a title does: bold, larger than the text, or on its own at the top."""
    body = sorted(row.lines[0].size for row in head)[len(head) // 2]
    for place, row in enumerate(head[:14]):
        set_off = row.lines[0].bold or row.lines[0].size > body * 1.1 or place < 3 or row.text.isupper()
        if set_off and len(row.text) <= 120 and pattern.search(row.text):
            return row
    return None


def _business(paper: PaperText) -> int:
    """How many of the usual items of a meeting stand at the heads of rows."""
    text = "\n".join(row.text[:90] for page in paper.pages[:40] for row in page.rows)
    return sum(item.search(text) is not None for item in _ITEMS)


def _minutes(paper: PaperText, head: list[Row]) -> Telling | None:
    title = _minutes_title(head)
    rows = [row for page in paper.pages[:3] for row in page.rows]
    present = _first(rows, _PRESENT, 400)
    if title is None and (present is None or _business(paper) < 3):
        return None
    said = len(_SAID.findall(paper.text))
    enough = said >= (2 if title is not None else 6) and present is not None
    if enough or (title is not None and said >= 8):
        confidence = Confidence.CERTAIN if title is not None and present is not None else Confidence.LIKELY
        return Telling(Kind.MINUTES, confidence, title or head[0])
    return None


def _minutes_title(head: list[Row]) -> Row | None:
    """The row that says so; a number before it, and it is an item of an agenda."""
    for place, row in enumerate(head[:20]):
        text = " ".join(each.text for each in head[place : place + 2])
        if _MINUTES.search(row.text) or (row.text.casefold().startswith("minutes") and _MINUTES.search(text)):
            return None if re.match(r"\W*\d", row.text) else row
    return None


def _agenda(paper: PaperText, head: list[Row]) -> Telling | None:
    rows = [row for page in paper.pages[:8] for row in page.rows]
    short = (row for row in rows if len(row.text) < 70)
    title = next((row for row in short if _AGENDA.match(row.text) or _ends_as_agenda(row)), None)
    summons = _first(rows, _SUMMONS, 400)
    business = _business(paper)
    if (title is not None and business >= 2) or (summons is not None and business >= 3):
        row = title or summons
        assert row is not None
        return Telling(Kind.AGENDA, Confidence.CERTAIN if business >= 3 else Confidence.LIKELY, row)
    return None


def _ends_as_agenda(row: Row) -> bool:
    return row.lines[0].bold and len(row.lines) == 1 and _AGENDA_LAST.search(row.text) is not None


def _action_log(paper: PaperText, head: list[Row]) -> Telling | None:
    title = _title(head, _LOG)
    columns = next((row for page in paper.pages[:3] for row in page.rows if heads_actions(row)), None)
    if title is not None and columns is not None:
        return Telling(Kind.ACTION_LOG, Confidence.CERTAIN, title)
    if columns is not None and columns in head[:6]:
        return Telling(Kind.ACTION_LOG, Confidence.LIKELY, columns)
    if title is not None and sum(map(_is_of_action, (row for page in paper.pages for row in page.rows))) >= _FEWEST:
        return Telling(Kind.ACTION_LOG, Confidence.LIKELY, title)
    return None


def _is_of_action(row: Row) -> bool:
    """Whether a row heads an action of a log that is no table."""
    return len(row.text) < 200 and _ACTION_ROW.match(row.text) is not None


def heads_actions(row: Row) -> bool:
    """Whether a row heads the columns of a table of actions."""
    if len(row.lines) < 3 or len(row.text) > 160:
        return False
    texts = [line.text for line in row.lines]
    action = any(re.search(r"\baction\b|\btask\b|\bwhat\b", text, re.IGNORECASE) and len(text) < 40 for text in texts)
    return action and sum(bool(_LOG_HEAD.search(text)) for text in texts) >= 2


def _three_words(paper: PaperText, head: list[Row]) -> Telling | None:
    rows = [row for page in paper.pages[:6] for row in page.rows if len(row.lines) < 4]
    found = [
        next((row for row in rows if len(row.text) < 200 and word.match(row.text)), None) for word in _AAA.values()
    ]
    if all(found) and found[0] is not None:
        title = _first(head, re.compile(r"\balert\b.*\badvise\b.*\bassure|\b(?:AAA|3A|triple A)\b", re.IGNORECASE))
        sure = Confidence.CERTAIN if title is not None else Confidence.LIKELY
        return Telling(Kind.ALERT_ADVISE_ASSURE, sure, title or found[0])
    return None


def _risks(paper: PaperText, head: list[Row]) -> Telling | None:
    text = paper.text.casefold()
    if sum(word in text for word in _RISK_WORDS) < 4:
        return None
    for pattern, kind in ((_REGISTER, Kind.RISK_REGISTER), (_FRAMEWORK, Kind.ASSURANCE_FRAMEWORK)):
        title = _title(head, pattern)
        if title is not None:
            return Telling(kind, Confidence.CERTAIN, title)
    return None


def _workplan(paper: PaperText, head: list[Row]) -> Telling | None:
    title = _title(head, _WORKPLAN)
    if title is None:
        return None
    texts = [row.text for page in paper.pages for row in page.rows]
    crossed = sum(" X" in text or " ✓" in text for text in texts)
    dated = any(len(_MONTHS.findall(text)) >= 3 for text in texts)
    return Telling(Kind.WORKPLAN, Confidence.CERTAIN if dated or crossed > 3 else Confidence.LIKELY, title)


def _terms(paper: PaperText, head: list[Row]) -> Telling | None:
    title = _title(head, _TERMS)
    if title is None:
        return None
    starts = {re.sub(r"^[\W\d]+", "", row.text).casefold()[:20] for page in paper.pages for row in page.rows}
    words = sum(any(start.startswith(word) for start in starts) for word in _TERMS_WORDS)
    return Telling(Kind.TERMS_OF_REFERENCE, Confidence.CERTAIN, title) if words >= 3 else None


def _performance(paper: PaperText, head: list[Row]) -> Telling | None:
    title = _title(head, _PERFORMANCE)
    return Telling(Kind.PERFORMANCE_REPORT, Confidence.LIKELY, title) if title is not None else None


def _report(paper: PaperText, head: list[Row]) -> Telling | None:
    starts = [row for page in _opening(paper) for row in page.rows if len(row.text) < 160]
    told = [next((row for row in starts if part.search(row.text)), None) for part in _REPORT]
    found = [row for row in told if row is not None]
    if len(found) < 3 and _first(starts, _PURPOSE) is None:
        return None
    title = max(head[:12], key=lambda row: (row.lines[0].size, row.lines[0].bold))
    return Telling(Kind.REPORT, Confidence.CERTAIN if len(found) > 3 else Confidence.LIKELY, title)


def _opening(paper: PaperText) -> tuple[PaperPage, ...]:
    """Where a paper says what it is for: its first pages, and a table of governance on its last."""
    return (*paper.pages[:2], *paper.pages[2:][-1:])


_TELLERS: tuple[Callable[[PaperText, list[Row]], Telling | None], ...] = (
    _minutes,
    _agenda,
    _action_log,
    _three_words,
    _workplan,
    _terms,
    _risks,
    _performance,
    _report,
)
