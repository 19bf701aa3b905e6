"""Front sheets and governance tables: who brings a paper, where it was before, how sure that makes the board.

FRONT_SHEET, at a paper's beginning, and GOVERNANCE, the table of an NHS board, often at its end. text: the paper's
title as the table gives it, else what the table is headed. facts, each in the paper's words:

* `title`, `purpose`, `sponsor`, `author`, `presenter`, `date`, `meeting`, `item`, `considered` (where else, and when),
  `next_report`, `board`, `framework` (the risks it names), `appetite`, `equality`, `legal`, `public` (open or private);
* `assurance`: the box that is ticked, or the words where there are no boxes; `assurance_options`: all boxes. Where none
  is ticked `assurance` is absent. `purpose` is read in the same way.

Each field is a part too, with `part` field, `field` its name above, and `label` as printed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.papers.cells import Cell, LongTable
from desktop.papers.finding import Box, Confidence, Finding, FindingKind, Place
from desktop.papers.paper_text import PaperPage, PaperText
from desktop.papers.ticks import ticks_in

_LABELS: tuple[tuple[str, str], ...] = (
    ("assurance", r".*\b(?:level of assurance|assurance (?:level|rating|opinion|provided)).*|assurance"),
    ("considered", r".*\b(?:other committee|other forum|considered (?:before|at|by|elsewhere|previously)"
     r"|previous(?:ly)? (?:considered|consideration|discussed|reviewed|presented)|consultation|route to"
     r"|reviewed by|governance route|committees? (?:where|at which)).*"),
    ("next_report", r".*\b(?:next report|next review|next due|next update|update report)\b.*"),
    ("sponsor", r"(?:paper |report )?(?:sponsor(?:ed by)?|sponsoring (?:director|officer|executive))"
     r"|(?:executive|exec|lead|responsible|accountable|board|senior) (?:director|sponsor|lead|officer|executive)"
     r"(?: lead| sponsor)?"
     r"|director(?: responsible)?|lead(?: director| officer| member)?|portfolio holder|cabinet member"),
    ("author", r"(?:paper |report )?author(?:s|ed by|\(s\)| s)?(?: and title)?|report (?:of|by|from)|prepared by"
     r"|written by|contact officer|officer contact|report author(?:s)?|from"),
    ("presenter", r"(?:to be )?present(?:ed|er|ing)?(?: by| officer)?|presented to .* by"),
    ("purpose", r"purpose(?: of (?:the )?(?:report|paper))?|(?:report|paper) (?:is )?for|action (?:required|requested)"
     r"|type of (?:report|paper|item)|category of paper|decision required"),
    ("title", r"(?:report |paper )?(?:title|subject)(?: of (?:the )?(?:report|paper))?|subject matter"),
    ("meeting", r"(?:date of )?meeting(?: date| and date)?|(?:meeting|committee|board) (?:name|date|title)"),
    ("date", r"date(?: submitted| of (?:the )?(?:report|paper))?|(?:report|paper|submission) date"),
    ("item", r"agenda (?:item|no|number|ref(?:erence)?)(?: no| number)?|item(?: no| number)?|enclosure(?: no| number)?"
     r"|paper (?:no|number|ref(?:erence)?)"),
    ("board", r"for board and board committees?|for (?:the )?(?:board|committee)|committee|body|report to|to"),
    ("framework", r".*\b(?:assurance framework|baf|risk register|strategic risks?)\b.*"),
    ("appetite", r".*\brisk appetite\b.*"),
    ("equality", r".*\b(?:equality|equalities|eqia|edi)\b.*"),
    ("legal", r".*\b(?:legal|regulat\w+|statutory)\b.*"),
    ("public", r"(?:status|classification|public or private|public private|open or exempt|confidentiality|exempt\w*"
     r"|private or public|freedom of information.*)"),
)  # fmt: skip
_FIELDS = tuple((name, re.compile(words)) for name, words in _LABELS)
_WHO = {"sponsor", "author", "presenter"}
_TELLING = {*_WHO, "considered", "assurance", "next_report", "purpose", "title"}
_GOVERNANCE = {"considered", "assurance", "next_report"}
_LINE = re.compile(r"([A-Z][^:]{2,60}?)\s*:\s*(\S.*)")
_LONGEST_LABEL = 40  # words
_FRONT = 2  # pages
_HINT = re.compile(r"\b(?:author|sponsor|prepared by|report (?:of|by)|presented by|lead (?:director|officer))", re.I)


@dataclass(frozen=True)
class _Field:
    name: str
    label: str
    value: str
    boxes: tuple[Box, ...]
    page: int


def recognise(paper: PaperText) -> Iterator[Finding]:
    """Every front sheet and governance table of the paper."""
    if not any(_HINT.search(page.text) for page in paper.pages):
        return
    blocks = list(_blocks(paper))
    if not blocks and paper.pages:
        fields = list(_once(_in_lines(paper.pages[0])))
        blocks = [fields] if _is_one({field.name for field in fields}) else []
    yield from map(_made, blocks)


def _blocks(paper: PaperText) -> Iterator[list[_Field]]:
    """The fields of each block; a table right under one, with what is left of its labels, is the rest of it."""
    block: list[_Field] = []
    for table in paper.tables:
        fields = list(_once(_in_table(table)))
        names = {field.name for field in fields}
        known = {field.name for field in block}
        if _is_one(names):
            if block:
                yield block
            block = fields
        elif block and len(names) > 1 and not names & known and table.page - block[-1].page < 2:
            block += fields
    if block:
        yield block


def _is_one(names: set[str]) -> bool:
    return len(names & _TELLING) > 1 and bool(names & _WHO)


def _made(fields: Sequence[_Field]) -> Finding:
    page = fields[0].page
    names = {field.name for field in fields}
    late = page >= _FRONT or len(names & _GOVERNANCE) > 1
    kind = FindingKind.GOVERNANCE if late else FindingKind.FRONT_SHEET
    facts: dict[str, str] = {}
    for field in fields:
        facts |= _facts(field)
    boxes = tuple(box for field in fields if field.page == page for box in field.boxes)
    text = facts.get("title") or next((field.value for field in fields if field.name == "board"), "") or fields[0].value
    parts = tuple(_part(field) for field in fields)
    sure = Confidence.CERTAIN if len(names & _TELLING) > 2 else Confidence.LIKELY
    return Finding(kind, Place(page, boxes), text, facts=facts, confidence=sure, parts=parts)


def _facts(field: _Field) -> dict[str, str]:
    ticks = ticks_in(field.value) if field.name in ("assurance", "purpose") else None
    if ticks is None:
        return {field.name: field.value} if field.value else {}
    facts = {f"{field.name}_options": "; ".join(ticks.options)}
    return facts | ({field.name: "; ".join(ticks.chosen)} if ticks.chosen else {})


def _part(field: _Field) -> Finding:
    facts = {"part": "field", "field": field.name, "label": field.label}
    return Finding(FindingKind.PART, Place(field.page, field.boxes), field.value, facts=facts)


def _once(fields: Iterable[_Field]) -> Iterator[_Field]:
    seen = set()
    for field in fields:
        if field.name not in seen:
            seen.add(field.name)
            yield field


def _in_table(table: LongTable) -> Iterator[_Field]:
    """Labels at the left of what they label; in rows of four cells, twice."""
    if table.columns > 8:
        return
    for row in table.rows:
        cells = [cell for _, cell in row.filled]
        if len(cells) == 1 and row.filled[0][0] == 0 and (name := _name(cells[0].text)):
            yield _Field(name, cells[0].text, "", cells[0].boxes, row.page)
        place = 0
        while place + 1 < len(cells):
            name = _name(cells[place].text)
            if name and not (len(cells) > 2 and place + 2 == len(cells) and len(cells) % 2):
                yield _field(name, cells[place], cells[place + 1], row.page)
                place += 1
            place += 1


def _field(name: str, label: Cell, value: Cell, page: int) -> _Field:
    return _Field(name, label.text.strip(" :"), value.text, (*label.boxes, *value.boxes), page)


def _in_lines(page: PaperPage) -> Iterator[_Field]:
    for line in page.lines:
        found = _LINE.fullmatch(line.text)
        name = _name(found[1]) if found else ""
        if found and name:
            yield _Field(name, found[1], found[2].strip(), ((line.x0, line.y0, line.x1, line.y1),), page.page)


def _name(label: str) -> str:
    """What a label labels; "" for other words."""
    said = " ".join(re.sub(r"[^\w&/() ]+|[/()]", " ", label.casefold().replace("\u2010", "")).split())
    if not said or len(said.split()) > _LONGEST_LABEL:
        return ""
    return next((name for name, words in _FIELDS if words.fullmatch(said)), "")
