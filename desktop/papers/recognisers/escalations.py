"""Alert, Advise and Assure reports of a committee to its board.

AAA_ENTRY: text, a point in the paper's words. facts: `section`, one of alert, advise, assure, risk, celebrate;
`subject`, the words that head the point, where some do; `committee` and `met_on`, whose meeting is reported, as spelt.
A section that says "None" has no points; what the form itself says of its sections is none either.
"""

import re
from collections.abc import Iterator, Sequence

from desktop.papers.cells import Cell, LongTable
from desktop.papers.finding import Box, Confidence, Finding, FindingKind, Place
from desktop.papers.paper_text import PaperText
from desktop.papers.paragraphs import Paragraph, body_size, paragraphs
from desktop.papers.risks.parts import items_of

_OPENS = re.compile(
    r"(?P<alert>ALERTS?|Alerts?)|(?P<advise>ADVISE|Advise|ADVISORY|Advisory)|(?P<assure>ASSURED?|Assured?|ASSURANCE)"
    r"|(?P<risk>(?:NEW )?RISKS?|Risks?(?= (?:discussed|and new|identified)| *[:–-]| *$))"
    r"|(?P<celebrate>CELEBRAT\w+(?: OUTSTANDING)?|Celebrat\w+(?: [Oo]utstanding)?|SUCCESSES?)"
)
_HEADED = re.compile(rf"(?:{_OPENS.pattern})\s*(?:(?P<mark>[:–—-])\s*|$|(?=\())(?P<rest>.*)", re.DOTALL)
# What the form says its sections are for begins and, at the latest, ends so.
_FORM = re.compile(
    r"(?:please )?(?:alert|advise|assure|inform|update|share|include|set out|matters?|areas?|items?|where|issues?"
    r"|any |risks? discussed|outstanding practice)\b.*\b(?:board|attention|assurance|monitoring|outstanding|risks)\b",
    re.IGNORECASE,
)
_FORM_ENDS = re.compile(
    r"threat to the \w+['’]s strategy|negative assurance|positive assurance has been received|new risks identified"
    r"|considers? to be outstanding|attention or action|outstanding practice|good practice", re.IGNORECASE
)  # fmt: skip
_NONE = re.compile(
    r"(?:none|nil|n/?a|nothing|no (?:alerts?|items?|matters?|issues?|new risks?)\b.{0,60}|-|–)[.\s]*", re.I
)
_ENDS = re.compile(
    r"(?:governance table|author\b|authors?:|report(?:ed)? by|recommendations?\b|appendix|next (?:meeting|steps)"
    r"|date of next|prepared by|decisions?(?: made| taken)?$|actions?$|attendance)", re.IGNORECASE
)  # fmt: skip
_SUBJECT = re.compile(r"([A-Z][^:.]{2,90}?)(?::|\.(?=\s+[A-Z]))\s+(?=\S)")
_BEGINS = re.compile(r"[A-Z][\w ,&/’'()-]{3,80}:(?:\s|$)")
_LONGEST_FORM = 260  # letters
_MOST_SUBJECT = 9  # words before a full stop; before a colon there may be more
_COMMITTEE = re.compile(
    r"((?:[A-Z][\w&,'’-]*\s+|and\s+|of\s+|for\s+|in\s+){0,8}(?:Committee|Group|Forum|Panel|Board)(?:\s+in\s+Common)?)"
)
_DATE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\s+(?:January|February|March|April|May|June|July|August|September|October"
                   r"|November|December)\s+20\d\d\b")  # fmt: skip
_HELD = re.compile(r"(?:meeting (?:of|held)|held on|covers the meeting|committee in common|report from|met on)", re.I)
_HINT = re.compile(r"\balert", re.IGNORECASE), re.compile(r"\bassur", re.IGNORECASE), re.compile(r"\badvi[sc]", re.I)
_NAMED = ("alert", "advise", "assure")


def recognise(paper: PaperText) -> Iterator[Finding]:
    """The points of a report that has at least two of the three sections."""
    if not all(any(hint.search(page.text) for page in paper.pages) for hint in _HINT):
        return
    points = list(_Reader(paper).points())
    named = {point.fact("section") for point in points} | _opened(paper)
    if len(named & set(_NAMED)) > 1:
        yield from points


def _opened(paper: PaperText) -> set[str]:
    lines = (line.text for page in paper.pages for line in page.lines)
    return {section for line in lines if (section := section_of(line)[0])}


def section_of(text: str) -> tuple[str, str]:
    """The section words open, and what they say besides; "" where they open none."""
    found = _HEADED.match(text.strip())
    if found is None:
        return "", text
    section = next(name for name in ("alert", "advise", "assure", "risk", "celebrate") if found[name])
    return section, found["rest"].strip()


class _Reader:
    """Reads a report from its top: what comes under a section's head belongs to it."""

    def __init__(self, paper: PaperText) -> None:
        self._paper = paper
        self._body = body_size(paper.pages)
        self._about = _meeting(paper)
        self._section = ""

    def points(self) -> Iterator[Finding]:
        """In order."""
        across = [table for table in self._paper.tables if _sections_across(table)]
        for page in self._paper.pages:
            boxes = [table.box for table in self._paper.cells(page.page)] if across else []
            for paragraph in paragraphs(page, self._body, _BEGINS):
                if not any(_inside(paragraph, box) for box in boxes):
                    yield from self._read(paragraph)
        for table in across:
            yield from self._columns(table)

    def _read(self, paragraph: Paragraph) -> Iterator[Finding]:
        text = paragraph.text
        section, rest = section_of(text)
        if section:
            self._section = section
            text = _without_form(rest)
            if paragraph.set_apart and rest == text and not text.endswith("."):
                return  # the head's own words
        elif self._section and (_ENDS.match(text) or self._is_heading(paragraph)):
            self._section = ""
        if self._section:
            yield from self._point(_without_form(text), paragraph.page, paragraph.boxes)

    def _is_heading(self, paragraph: Paragraph) -> bool:
        return paragraph.set_apart and paragraph.size > self._body * 1.08

    def _point(self, text: str, page: int, boxes: Sequence[Box]) -> Iterator[Finding]:
        if not text or _NONE.fullmatch(text) or len(text.split()) < 3:
            return
        facts = {"section": self._section, **self._about}
        subject = _SUBJECT.match(text)
        if subject and (text[subject.end(1)] == ":" or len(subject[1].split()) <= _MOST_SUBJECT):
            facts["subject"] = subject[1]
        sure = Confidence.CERTAIN if self._section in _NAMED else Confidence.LIKELY
        yield Finding(FindingKind.AAA_ENTRY, Place(page, tuple(boxes)), text, facts=facts, confidence=sure)

    def _columns(self, table: LongTable) -> Iterator[Finding]:
        """Sections side by side, each over its column."""
        heads: dict[int, str] = {}
        for row in table.rows:
            found = {column: section_of(cell.text)[0] for column, cell in row.filled}
            if sum(map(bool, found.values())) > 1:
                heads = {column: section for column, section in found.items() if section}
                continue
            for column, cell in row.filled:
                self._section = heads.get(column, "")
                if self._section:
                    yield from self._items(cell, row.page)

    def _items(self, cell: Cell, page: int) -> Iterator[Finding]:
        for item in items_of(cell):
            yield from self._point(_without_form(item.text), page, item.boxes)


def _sections_across(table: LongTable) -> bool:
    return any(sum(bool(section_of(cell.text)[0]) for _, cell in row.filled) > 1 for row in table.rows[:3])


def _without_form(text: str) -> str:
    """Without what the form says a section is for."""
    if not _FORM.match(text):
        return text.strip()
    ends = [found.end() for found in _FORM_ENDS.finditer(text[:_LONGEST_FORM])]
    if not ends:
        return "" if "." not in text.rstrip(". ") else text.strip()
    return text[ends[0 if len(ends) == 1 else _last_of_first_sentence(text, ends)] :].strip(" .:,")


def _last_of_first_sentence(text: str, ends: Sequence[int]) -> int:
    return max(place for place, end in enumerate(ends) if place == 0 or not re.search(r"[.:] [A-Z]", text[:end]))


def _inside(paragraph: Paragraph, box: Box) -> bool:
    middle = (paragraph.lines[0].y0 + paragraph.lines[-1].y1) / 2
    return box[1] <= middle <= box[3]


def _meeting(paper: PaperText) -> dict[str, str]:
    """Whose meeting is reported, where the first page says so in one line."""
    lines = [line.text for line in paper.pages[0].lines]
    for line in lines:
        date = _DATE.search(line)
        committee = _COMMITTEE.search(line)
        if date and committee and (_HELD.search(line) or len(line.split()) < 14) and "Trust Board" not in committee[1]:
            return {"committee": " ".join(committee[1].split()), "met_on": date[0]}
    return {}
