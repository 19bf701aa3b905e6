"""Workplans, forward plans and cycles of business: which item is to come to which meeting.

WORKPLAN_ENTRY: text, the item. facts: `meetings`, the heads of the columns in which a mark stands, joined by "; ";
`all_meetings`, the heads of all such columns; `section`; `lead`, `form` and `frequency` where columns say so, as spelt.
Its parts say `part` meeting, with `meeting` (the column's head), `date` (ISO, where the head tells a day), `month`
(YYYY-MM or, without a year, --MM) and `mark` as it stands there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.papers.cells import Cell, LongRow, LongTable
from desktop.papers.finding import Confidence, Finding, FindingKind, Place
from desktop.papers.paper_text import PaperText

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WHEN = re.compile(
    rf"(?:(?:mon|tues?|wednes|wed|thurs?|fri)\w*,?\s+)?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{'|'.join(_MONTHS)})"
    r"[a-z]*\.?(?:[\s'’/-]*(?P<year>(?:20)?\d\d))?(?:\s*\(.*\))?",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>(?:20)?\d\d)")
_PLAN = re.compile(
    r"\b(?:work ?plan|work ?programme|forward (?:plan|look|programme|agenda)|cycle of business"
    r"|annual (?:plan(?:ner)?|cycle|programme|calendar)|business (?:cycle|planner|calendar)|rolling programme"
    r"|calendar of (?:business|items)|agenda planner|schedule of (?:business|reports))\b",
    re.IGNORECASE,
)
_HEADS = (
    ("lead", r".*\b(?:lead|owner|responsible|officer|sponsor|presenter|author|director)\b.*"),
    ("form", r".*\b(?:type|format|form|verbal|purpose|paper)\b.*"),
    ("frequency", r".*\b(?:frequency|how often|cycle|timing)\b.*"),
)
_ITEM = re.compile(r".*\b(?:items?|business|agenda|report|subject|topic|standing|paper|title)\b.*", re.IGNORECASE)
_FIGURE = re.compile(r"[\d.,%£()<>=\s+–-]+")
_FEWEST = 2  # columns of meetings
_NONE = {"", "-", "–", "—", "n/a", ".", "no"}


@dataclass(frozen=True)
class _Plan:
    """meetings: the head of each column of marks; others: what the other columns are of; item: where items stand."""

    meetings: Mapping[int, str]
    others: Mapping[int, str]
    item: int
    begins: int


def recognise(paper: PaperText) -> Iterator[Finding]:
    """Every item of every plan, whether it is marked for a meeting or not."""
    if not (_PLAN.search(paper.title) or any(_PLAN.search(page.text) for page in paper.pages)):
        return
    before: _Plan | None = None
    for table in paper.tables:
        plan = _plan(table, before) or _headless(table, before)
        if plan is not None and _is_marked(table, plan):
            yield from _entries(table, plan)
            before = plan


def _plan(table: LongTable, before: _Plan | None) -> _Plan | None:
    for number, row in enumerate(table.rows[:3]):
        meetings = {column: cell.text for column, cell in row.filled if _when(cell.text)}
        texts = [column for column in range(table.columns) if column not in meetings]
        if len(meetings) < _FEWEST or not texts:
            continue
        labels = _labels(table.rows[number : number + 2], meetings)
        if not labels and before is not None and set(before.meetings) == set(meetings):
            return _Plan(meetings, before.others, before.item, number + 1)
        item = next((column for column, text in labels.items() if _ITEM.fullmatch(text)), None)
        others = {column: role for column, text in labels.items() if (role := _role(text)) and column != item}
        return _Plan(meetings, others, item if item is not None else _longest(table, texts, number + 1), number + 1)
    return None


def _headless(table: LongTable, before: _Plan | None) -> _Plan | None:
    """The next page of a plan whose head is not said again."""
    if before is None or not table.rows or table.columns <= max(before.meetings):
        return None
    return _Plan(before.meetings, before.others, before.item, 0)


def _labels(rows: Sequence[LongRow], meetings: Mapping[int, str]) -> dict[int, str]:
    """Heads of the columns that are of no meeting; they may stand in the row under the dates."""
    labels: dict[int, str] = {}
    for number, row in enumerate(rows):
        if number and any(row.text(column) for column in meetings):
            break  # the first item
        for column, cell in row.filled:
            if column not in meetings and len(row.filled) > 1:
                labels.setdefault(column, cell.text)
    return labels


def _role(text: str) -> str:
    return next((role for role, words in _HEADS if re.fullmatch(words, text.casefold())), "")


def _longest(table: LongTable, columns: Sequence[int], begins: int) -> int:
    """Items say more than numbers before them and names after them; the first of equals."""
    lengths = [sum(len(row.text(column)) for row in table.rows[begins:]) for column in columns]
    return columns[lengths.index(max(lengths))] if len(columns) > 1 and lengths[0] < max(lengths) / 3 else columns[0]


def _is_marked(table: LongTable, plan: _Plan) -> bool:
    """Marks and words, not figures: those of a report on performance stand under months too."""
    said = [row.text(column) for row in table.rows[plan.begins :] for column in plan.meetings if row.text(column)]
    figures = sum(_FIGURE.fullmatch(text) is not None for text in said if text not in _NONE)
    return bool(said) and figures < 0.3 * len(said)


def _entries(table: LongTable, plan: _Plan) -> Iterator[Finding]:
    section = ""
    for row in table.rows[plan.begins :]:
        item = row.text(plan.item)
        marks = {column: cell for column, cell in row.filled if column in plan.meetings and _is_mark(cell.text)}
        if any(_when(cell.text) for cell in marks.values()) or (_ITEM.fullmatch(item) and _is_label(row, plan)):
            continue  # the head once more
        if not marks and not any(row.text(column) for column in plan.others):
            section = row.whole or section
        elif item:
            yield _entry(row, plan, item, marks, section)


def _is_mark(text: str) -> bool:
    return text.strip().casefold() not in _NONE


def _is_label(row: LongRow, plan: _Plan) -> bool:
    """A row of heads: what stands beside the item names a role of its column."""
    beside = [row.text(column) for column in plan.others if row.text(column)]
    marks = any(row.text(column) for column in plan.meetings)
    return bool(beside) and not marks and all(_role(text) for text in beside)


def _entry(row: LongRow, plan: _Plan, item: str, marks: Mapping[int, Cell], section: str) -> Finding:
    marked = _reached(marks, plan)
    facts = {
        "meetings": "; ".join(plan.meetings[column] for column in marked),
        "all_meetings": "; ".join(plan.meetings.values()),
        "section": section,
        **{role: row.text(column) for column, role in plan.others.items()},
    }
    parts = tuple(_meeting(plan.meetings[column], cell, row.page) for column, cell in marked.items())
    cell = row.cells[plan.item]
    place = Place(row.page, cell.boxes if cell is not None else row.boxes)
    said = {name: text for name, text in facts.items() if text}
    return Finding(FindingKind.WORKPLAN_ENTRY, place, item, facts=said, confidence=Confidence.CERTAIN, parts=parts)


def _reached(marks: Mapping[int, Cell], plan: _Plan) -> dict[int, Cell]:
    """A mark in a merged cell stands in every column it reaches over."""
    return {
        column: cell
        for first, cell in marks.items()
        for column in range(first, first + cell.columns)
        if column in plan.meetings
    }


def _meeting(head: str, cell: Cell, page: int) -> Finding:
    facts = {"part": "meeting", "meeting": head, "mark": cell.text, **_when(head)}
    return Finding(FindingKind.PART, Place(page, cell.boxes), f"{head}: {cell.text}", facts=facts)


def _when(text: str) -> dict[str, str]:
    """The day or month a head tells; empty for other words."""
    found = _WHEN.fullmatch(text.strip()) or _NUMBERS.fullmatch(text.strip())
    if found is None:
        return {}
    named = found["month"].casefold()
    month = int(named) if named.isdigit() else _MONTHS.index(named) + 1
    year = found["year"] or ""
    year = f"20{year}" if len(year) == 2 else year
    said = {"month": f"{year or '-'}-{month:02}"}
    return said | ({"date": f"{year}-{month:02}-{int(found['day']):02}"} if year and found["day"] else {})
