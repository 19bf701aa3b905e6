"""Tables of performance: what is measured, when, against which target, how it stands and where it is going.

INDICATOR: text, the indicator. facts, as spelt: `of`, whose figures these are, where a table has those of several;
`section`; `period`, of the current figure; `target`; `current`; `trend`, an arrow or a word; `status`, whether the
target is met; `benchmark`; `previous`. Its parts say `part` value, with `period` and `value`: figures by month.
One finding for each body whose figures stand in a row.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.papers.cells import Cell, LongRow, LongTable
from desktop.papers.finding import Box, Confidence, Finding, FindingKind, Place
from desktop.papers.paper_text import PaperText

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_PERIOD = re.compile(
    rf"{_MONTH}(?:[\s'’./-]*(?:20)?\d\d)?(?: \(?(?:actual|ytd)\)?)?|q[1-4](?:[\s/-]*(?:20)?\d\d(?:[/-]\d\d)?)?"
    r"|(?:week|wk|month|m|p) ?\d{1,2}|(?:20)?\d\d[/-]\d\d(?: q[1-4])?|20\d\d",
    re.IGNORECASE,
)
_ROLES = (
    ("indicator", r"(?:performance )?(?:measures?|indicators?|metrics?|kpis?|standards? measured|key performance"
     r" indicators?|domain name|domain|outcomes?|measure name|description)(?: \(?.*\)?)?"),
    ("period", r"(?:reporting |data |latest |benchmark )?(?:period|month|quarter|date|as at)"),
    ("target", r"(?:.* )?(?:targets?|thresholds?|ceiling|ambition|trajectory|goal|standard \(target\))(?: .*)?"),
    ("current", r"(?:current|actual|latest|performance|result|position|outturn|value|in month|this (?:month|quarter"
     r"|period)|organisational scores?|scores?)(?: (?:performance|value|month|position|period|quarter))?"),
    ("previous", r"(?:previous|prior|last)(?: (?:month|quarter|period|year|value|performance))?"),
    ("trend", r"(?:trend|direction|dot|movement|change|spc|variation)(?: .*)?|direction of travel.*"),
    ("status", r"(?:rag|status|standard|rating|met|achieved|on target|assurance)(?: .*)?"),
    ("benchmark", r".*\bbenchmark.*|national(?: average)?|england|peers?(?: average)?|midlands|region\w*"),
    ("ytd", r"ytd|year to date"),
)  # fmt: skip
_ROLE = tuple((role, re.compile(words)) for role, words in _ROLES)
_HINT = re.compile(r"\b(?:target|threshold|indicator|kpi|performance|measure|direction of travel|trend)", re.IGNORECASE)
_RISKY = re.compile(
    r"\b(?:likelihood|consequence|probability|risk (?:title|description|score|owner|ref)|baf)\b", re.IGNORECASE
)
_FIGURE = re.compile(
    r"[<>=≤≥~]*\s*[£$€]?\(?-?\d[\d,.]*\)?\s*(?:%|k|m|bn|days?|minutes?|hours?|weeks?)?|null|n/?a|no data", re.I
)
_ARROWS = "↑↓→←⇒⇑⇓⇧⇩↔▲▼◄►➔↗↘"
_SUMMED = 2  # columns
_ENOUGH = 0.5
_MOST_HEADS = 4


@dataclass
class _Group:
    """The columns of one body's figures. roles: by column; periods: the columns that are of a month each."""

    of: str = ""
    roles: dict[int, str] = field(default_factory=dict)
    periods: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Shape:
    """A table understood. shared: columns before those of any body."""

    begins: int
    name: int
    shared: Mapping[int, str]
    groups: Sequence[_Group]


def recognise(paper: PaperText) -> Iterator[Finding]:
    """Every row of every table of performance."""
    if not any(_HINT.search(page.text) for page in paper.pages):
        return
    for table in paper.tables:
        shape = _shape(table)
        if shape is not None and _has_figures(table, shape):
            yield from _rows(table, shape)


def _role(text: str) -> str:
    said = " ".join(re.sub(r"[^\w/() ]+", " ", text.casefold()).replace("/", " ").split())
    return next((role for role, words in _ROLE if words.fullmatch(said)), "")


def _shape(table: LongTable) -> _Shape | None:
    best: tuple[int, _Shape] | None = None
    for number, row in enumerate(table.rows[:_MOST_HEADS]):
        if any(_RISKY.search(cell.text) for _, cell in row.filled):
            return None
        roles = {column: role for column, cell in row.filled if (role := _role(cell.text))}
        periods = {column: cell.text for column, cell in row.filled if _PERIOD.fullmatch(cell.text.strip())}
        named = _named(table.rows[: number + 1])
        weight = len(roles) + min(len(periods), 3)
        if weight < _SUMMED or not _is_head(roles, periods, named) or (best is not None and weight <= best[0]):
            continue
        name = named if named is not None else _first_of_words(table, number + 1)
        others = {column: role for column, role in _read_again(table, number + 1, roles, periods) if column != name}
        best = weight, _grouped(table, number, name, others, periods)
    return best[1] if best else None


def _named(rows: Sequence[LongRow]) -> int | None:
    """The column that a head calls "Measure", "Indicator" or the like."""
    found = (column for row in rows for column, cell in row.filled if _role(cell.text) == "indicator")
    return next(found, None)


def _first_of_words(table: LongTable, begins: int) -> int:
    """The first column that does not hold figures."""
    for column in range(table.columns):
        texts = [row.text(column) for row in table.rows[begins:] if row.text(column)]
        if texts and sum(_is_figure(text) for text in texts) < _ENOUGH * len(texts):
            return column
    return 0


def _read_again(
    table: LongTable, begins: int, roles: Mapping[int, str], periods: Mapping[int, str]
) -> Iterator[tuple[int, str]]:
    """A "Standard" that is a figure is the target; a "Position" in words beside months tells how it stands."""
    for column, role in roles.items():
        texts = [text for row in table.rows[begins:] if (text := row.text(column)) and text not in "-–"]
        figures = sum(_is_figure(text) for text in texts) >= _ENOUGH * max(1, len(texts))
        if role == "status" and figures and "target" not in roles.values():
            yield column, "target"
        elif role == "current" and periods and not figures:
            yield column, "status"
        else:
            yield column, role


def _is_head(roles: Mapping[int, str], periods: Mapping[int, str], name: int | None) -> bool:
    """A name of what is measured, or enough that only such tables have."""
    held = set(roles.values())
    told = bool(held & {"target", "trend", "status", "benchmark"})
    if name is not None:
        return ("current" in held and told) or ("target" in held and bool(periods)) or (told and len(periods) > 1)
    return ({"target", "current"} <= held and bool(held & {"trend", "status", "period"})) or {
        "current",
        "trend",
    } <= held


def _grouped(table: LongTable, number: int, name: int, roles: Mapping[int, str], periods: Mapping[int, str]) -> _Shape:
    """Roles that come twice belong to two bodies, which the row above names."""
    above = [(column, cell) for column, cell in table.rows[number - 1].filled if column > name] if number else []
    begins = [column for column, cell in above if not _role(cell.text) and not _PERIOD.fullmatch(cell.text)]
    names = {column: cell.text for column, cell in above}
    doubled = len(set(roles.values())) < len(roles)
    if not doubled or len(begins) < _SUMMED:
        return _Shape(number + 1, name, {}, [_Group("", dict(roles), dict(periods))])
    groups = []
    shared = {column: role for column, role in roles.items() if column < begins[0] or role == "benchmark"}
    headed = {column for column, _ in table.rows[number].filled}
    for start, end in zip(begins, [*begins[1:], table.columns], strict=True):
        own = {column: role for column, role in roles.items() if start <= column < end and role != "benchmark"}
        months = {column: text for column, text in periods.items() if start <= column < end}
        bare = [column for column in range(start, end) if column not in headed]
        if "current" not in own.values() and "trend" in own.values() and len(bare) == 1:
            own[bare[0]] = "current"  # under a head that it shares with the one before
        if "current" in own.values() or months:
            groups.append(_Group(names[start], own, months))
    return _Shape(number + 1, name, shared, groups or [_Group("", dict(roles), dict(periods))])


def _has_figures(table: LongTable, shape: _Shape) -> bool:
    columns = [
        column
        for group in shape.groups
        for column in (*group.periods, *(place for place, role in group.roles.items() if role == "current"))
    ]
    said = [row.text(column) for row in table.rows[shape.begins :] for column in columns if row.text(column)]
    return bool(said) and sum(_is_figure(text) for text in said) >= _ENOUGH * len(said)


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text.strip()) is not None or text.strip(_ARROWS + " ") == ""


def _rows(table: LongTable, shape: _Shape) -> Iterator[Finding]:
    section = ""
    for row in table.rows[shape.begins :]:
        name = row.cells[shape.name] if shape.name < len(row.cells) else None
        if len(row.filled) == 1 and row.filled:
            section = row.whole
            continue
        if name is None or _role(name.text) == "indicator" or _is_figure(name.text):
            continue
        for group in shape.groups:
            finding = _finding(row, name, shape, group, section)
            if finding is not None:
                yield finding


def _finding(row: LongRow, name: Cell, shape: _Shape, group: _Group, section: str) -> Finding | None:
    facts = {"of": group.of, "section": section}
    boxes: list[Box] = list(name.boxes)
    for column, role in (*shape.shared.items(), *group.roles.items()):
        cell = row.cells[column]
        if cell is not None and cell.text not in ("", "-", "–"):
            facts.setdefault(role, cell.text)
            boxes += cell.boxes
    values = [(period, cell) for column, period in group.periods.items() if (cell := row.cells[column]) is not None]
    if values and "current" not in facts:
        facts["period"], facts["current"] = values[-1][0], values[-1][1].text
        boxes += values[-1][1].boxes
    if "current" not in facts:
        return None
    parts = tuple(_value(period, cell, row.page) for period, cell in values)
    said = {role: text for role, text in facts.items() if text}
    sure = Confidence.CERTAIN if {"target", "trend", "status"} & set(said) else Confidence.LIKELY
    return Finding(
        FindingKind.INDICATOR, Place(row.page, tuple(boxes)), name.text, facts=said, confidence=sure, parts=parts
    )


def _value(period: str, cell: Cell, page: int) -> Finding:
    facts = {"part": "value", "period": period, "value": cell.text}
    return Finding(FindingKind.PART, Place(page, cell.boxes), f"{period}: {cell.text}", facts=facts)
