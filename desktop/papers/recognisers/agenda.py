"""What an agenda lists: its items, in a table of whatever columns or one under another.

MEETING: text, as the paper says it; facts: `date` and, where they are said, `body`, `time`, `place`.
AGENDA_ITEM: ref, its number; text, its title; facts, each only where it is said: `lead`, `purpose` as printed, `time`,
`form` as printed, `status` ("to follow" or "verbal"), `paper` (a reference such as "Enc 3"), `appendix` (its letter),
`pages` (of the pack, "13-96"), `section` (what stands over it, as "Private session"), `level` (from 1).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from desktop.papers.cells import LongRow, LongTable
from desktop.papers.columns import heads_of, texts_of
from desktop.papers.finding import Finding, FindingKind, Place
from desktop.papers.kinds import Kind, kind_of
from desktop.papers.meeting import meeting_of
from desktop.papers.numbered import Numbered, Section, numbered
from desktop.papers.paper_text import PaperText
from desktop.papers.strips import Strip, joined, paragraphs_of, place_of_strips, strips_of


def _heads(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:the )?(?:{words})", re.IGNORECASE)


_WORDS: dict[str, re.Pattern[str]] = {
    "number": _heads(r"no|nos|number|#|ref|reference|item (?:no|number|ref)|agenda (?:no|number|ref|item no)"),
    "title": _heads(
        r"business|subject|title|topic|item title|items? of business|description|matter|heading|"
        r"agenda items?|agenda|"
        r"item description|subject matter|detail|item ?/ ?subject|discussion item|items"
    ),
    "item": _heads(r"item"),
    "lead": _heads(
        r"leads?|presenter|presented by|presenting|led by|owner|by|who|officer|lead (?:officer|"
        r"director|member|person)|"
        r"speaker|responsible|responsibility|report(?:er)? (?:of|by)|sponsor|exec(?:utive)? lead|author|from"
    ),
    "purpose": _heads(
        r"purpose|for|action|action required|action requested|required|decision|reason|type|"
        r"category|outcome|objective|"
        r"(?:decision|action) ?/.*|purpose of item|purpose ?/.*|action for board|desired outcome|information ?/.*"
    ),
    "time": _heads(
        r"time|timing|times|start|start time|timings?|time allotted|duration|mins|minutes|"
        r"time ?\(mins\)"
    ),
    "form": _heads(
        r"form|format|method|paper|papers?|report|attachment|attached|paper ?/ ?verbal|verbal ?/ ?paper|enc|encs|"
        r"enclosures?|document|paper(?:s)? (?:ref|no|attached|reference)|enc(?:losure)? (?:no|"
        r"ref)|item type|status|"
        r"appendix|paper or verbal"
    ),
    "pages": _heads(r"pages?|page (?:no|nos|number|numbers|ref)|pp|pages? in pack"),
}
_LOOK_IN = 3  # rows at the top of a table
_NUMBER = re.compile(
    r"(?P<number>(?:[A-Z]{1,6}[ /.-]?)?\d{1,4}(?:[./-]\d{1,4}){0,3}[a-z]?|[A-Z]\d{1,3}|"
    r"[A-Z](?=[.)]))[.):]?(?:\s+|$)"
)
_TIME = re.compile(
    r"\b(?:\d{1,2}[.:]\d\d(?:\s*[-–]\s*\d{1,2}[.:]\d\d)?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)(?![\d%])|"
    r"\b\d{1,3} ?(?:mins?|minutes)\b",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"\b(?:oral|verbal|paper|papers|attached|enclosed|enc(?:losure)?s?\.?(?: ?[A-Z0-9]{1,3})?|"
    r"presentation|to follow|tabled|"
    r"report|document|slides|late paper|video)\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"(?:for |to )?(?:decision|information|info|assurance|discussion|discuss|noting|note|"
    r"approval|approve|ratification|ratify|"
    r"consideration|consider|receive|review|action|endorse(?:ment)?|agree(?:ment)?|debate|"
    r"comment|scrutiny|awareness|update)"
    r"(?:\s*(?:/|,|and|&|-|or)\s*(?:for |to )?(?:decision|information|assurance|discussion|"
    r"noting|note|approval|approve|consideration|"
    r"ratification|receive|review|action|endorsement|agreement|discuss|consider))*",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:[Ff]or|FOR) (?P<purpose>(?:decision|information|assurance|discussion|noting|"
    r"approval|consideration|ratification)\b(?:(?:,| and|/| or) ?(?:decision|information|"
    r"assurance|discussion|noting|approval|consideration|ratification))*)",
    re.IGNORECASE,
)
_TO = re.compile(
    r"^(?:\W*)(?P<purpose>[Tt]o (?:receive|note|approve|consider|agree|discuss|ratify|review|"
    r"confirm|adopt|sign|accept|resolve|appoint|elect|invite|report|authorise)(?:,? (?:and|"
    r"or) \w+)?)\b"
)
_APPENDIX = re.compile(r"\bAppendi(?:x|ces)\s+(?P<letter>[A-Z]{1,2}\d{0,2}|\d{1,2})\b")
_PAPER = re.compile(
    r"\b(?:(?:Enc(?:losure|l)?s?|Paper|Document|Attachment|"
    r"Item)\.?\s+(?P<a>[A-Z]{0,4}\d{0,3}[A-Z]?\d{0,2}(?:[/.-]\d+)*)(?=\W|$))"
)
_PAGES = re.compile(r"\b(?:[Pp]ages?|pp?\.?)\s*(?P<first>\d{1,4})(?:\s*(?:-|–|to)\s*(?P<last>\d{1,4}))?\b")
_WHERE = re.compile(r"^(?:\W*(?:Appendix [A-Z\d]{1,3}|[Pp]ages? \d+(?:\s*[-–]\s*\d+)?)\b[)*]*\s*)+")
_ATTACHED = re.compile(
    r"(?:\s*[\[(]?(?:verbal|oral|to follow|attached|enclosed|paper attached)[\])]|"
    r"\s*[\[(]?\b(?:pages?|pp?\.)\s*\d+(?:\s*(?:-|–|to)\s*\d+)?[\])])+\s*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?:(?:[A-Z]{1,6}[ /.-]?)?\d{1,4}(?:[./-]\d{1,4}){0,3}[a-z]?|[A-Za-z]|[ivxIVX]{1,6})[.):]?")
_FOLLOW = re.compile(r"\bto follow\b|\blate paper\b|\bto be tabled\b", re.IGNORECASE)
_VERBAL = re.compile(r"\b(?:verbal|oral|orally|verbally)\b", re.IGNORECASE)
_LEADS = (
    re.compile(
        r"\b(?:Lead|Presenter|Presented by|Led by|Reporting Officer)\s*:\s+(?:the )?(?P<lead>[A-Z][^.;()]{2,70})"
    ),
    re.compile(r"\b(?:Presented by|Led by|Report of) (?:the )?(?P<lead>[A-Z][^.;()]{2,70})"),
    re.compile(
        r"^(?!To\b|Members\b)(?P<lead>[A-Z].{3,170}?),? "
        r"(?:to (?:present|submit|report|give|update|introduce|provide|lead|invite|propose|move)|"
        r"will (?:attend|present|report|give|update|introduce))\b"
    ),
)
_NAMED = re.compile(
    r"(?P<lead>(?:The )?(?:(?:Mr|Mrs|Ms|Dr|Prof(?:essor)?|Cllr|"
    r"Councillor)\.? )?[A-Z][\w’'-]*(?:[ /&,]+(?:[A-Z][\w’'-]*|of|and|for|the))*)"
)
_MOST_ITEM = 60  # letters of a cell that says who or how


def recognise(paper: PaperText) -> Iterator[Finding]:
    """Nothing of a paper that is no agenda."""
    told = kind_of(paper)
    if told is None or told.kind is not Kind.AGENDA:
        return
    whole = numbered(paper)
    meeting = meeting_of(whole.before if whole.sections else strips_of(paper), recorded=False)
    if meeting is not None:
        yield meeting
    in_tables = [found for table in paper.tables for found in _of_table(table)]
    listed = list(_of_list(whole))
    yield from in_tables if len(in_tables) >= max(2, len(listed) // 2) else listed


def _of_table(table: LongTable) -> list[Finding]:
    for place, row in enumerate(table.rows[:_LOOK_IN]):
        columns = _columns(texts_of(row))
        if columns is not None:
            counted = _with_numbers(columns, table, place + 1)
            return list(_rows(table.rows[place + 1 :], counted))
    return list(_unheaded(table))


def _columns(texts: Sequence[str]) -> dict[str, int] | None:
    """The columns by name; None where these are no heads of an agenda."""
    found = heads_of(texts, _WORDS)
    if "item" in found:
        item = found.pop("item")
        if "title" not in found:
            found["title"] = item
        elif "number" not in found:
            found["number"] = item
    others = {"lead", "purpose", "time", "form", "pages"} & set(found)
    enough = "title" in found and (len(others) >= 2 or ("number" in found and others))
    return found if enough else None


def _with_numbers(columns: Mapping[str, int], table: LongTable, begins: int) -> dict[str, int]:
    """With the column that counts the items, where no head names it."""
    found = dict(columns)
    for column in range(table.columns if "number" not in found else 0):
        said = [text for row in table.rows[begins:] if (text := row.text(column))]
        counts = len(said) > 2 and len(set(said)) == len(said) and all(map(_COUNTED.fullmatch, said))
        if counts and column not in found.values():
            return found | {"number": column}
    return found


def _rows(rows: Iterable[LongRow], columns: Mapping[str, int]) -> Iterator[Finding]:
    section = ""
    for row in rows:
        texts = {name: row.text(column) for name, column in columns.items()}
        if _columns(texts_of(row)) is not None:
            continue  # the head again
        if len(row.filled) == 1 and not texts.get("number") and not _NUMBER.match(texts["title"]):
            section = row.whole if len(row.whole) < _MOST_ITEM else section
            continue
        number = _number_in(texts)
        title = texts.get("title", "")
        if title:
            yield _item(row, number, title, texts, section)


def _number_in(texts: dict[str, str]) -> str:
    """The number, from its column or from before the title, which then goes without it."""
    if texts.get("number"):
        return texts["number"].rstrip(".):")
    found = _NUMBER.match(texts.get("title", ""))
    if found is None:
        return ""
    texts["title"] = texts["title"][found.end() :]
    return found["number"]


def _item(row: LongRow, number: str, title: str, texts: Mapping[str, str], section: str) -> Finding:
    whole = " ".join(texts.values())
    facts = {name: texts.get(name, "").strip(" -–") for name in ("lead", "purpose", "time", "form")}
    facts |= _papers(whole, texts.get("form", "")) | _status(texts.get("form", "") or whole)
    if texts.get("pages") and re.search(r"\d", texts["pages"]):
        facts["pages"] = re.sub(r"\s*(?:-|–|to)\s*", "-", texts["pages"])
    facts["section"] = section
    facts["level"] = str(1 + number.count(".")) if number else ""
    return Finding(FindingKind.AGENDA_ITEM, Place(row.page, row.boxes), title, number, _only_said(facts))


def _only_said(facts: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in facts.items() if text}


def _papers(text: str, form: str = "") -> dict[str, str]:
    """The appendix, the pages and the reference of an item's paper."""
    appendix, pages = _APPENDIX.search(text), _PAGES.search(text)
    paper = _PAPER.search(form or text)
    found = {
        "appendix": appendix["letter"] if appendix else "",
        "pages": "-".join(filter(None, (pages["first"], pages["last"]))) if pages else "",
        "paper": paper[0].strip() if paper and paper["a"] and re.search(r"\d|^[A-Z]$", paper["a"]) else "",
    }
    return _only_said(found)


def _status(text: str) -> dict[str, str]:
    if _FOLLOW.search(text):
        return {"status": "to follow"}
    return {"status": "verbal"} if _VERBAL.search(text) else {}


def _unheaded(table: LongTable) -> Iterator[Finding]:
    """A table without heads, whose first column counts its rows: what the others say is told from what they hold."""
    numbers = [_NUMBER.fullmatch(row.text(0)) for row in table.rows]
    counted = [row for row, number in zip(table.rows, numbers, strict=True) if number]
    if len(counted) < 3 or len(counted) < 0.5 * len(table.rows) or table.columns < 3:
        return
    columns = {"number": 0, "title": _widest(counted)}
    for column in range(1, table.columns):
        said = [text for row in counted if (text := row.text(column))]
        name = _held(said) if column != columns["title"] else ""
        if name and name not in columns:
            columns[name] = column
    yield from _rows(table.rows, columns)


def _widest(rows: Sequence[LongRow]) -> int:
    """The column that says most."""
    widths = {column: sum(len(row.text(column)) for row in rows) for column in range(1, len(rows[0].cells))}
    return max(widths, key=widths.__getitem__, default=1)


def _held(said: Sequence[str]) -> str:
    """What a column holds, by most of its cells."""
    for name, pattern in (("time", _TIME), ("purpose", _PURPOSE), ("form", _FORM)):
        if said and sum(bool(pattern.match(text)) for text in said) > 0.6 * len(said):
            return name
    return "lead" if said and sum(len(text) < _MOST_ITEM for text in said) > 0.8 * len(said) else ""


def _of_list(whole: Numbered) -> Iterator[Finding]:
    """Numbered items one under another."""
    section = ""
    for part in whole.sections:
        yield _of_section(part, whole.pitch, section)
        section = next((strip.text for strip in part.body if _SESSION.fullmatch(strip.text)), section)


_SESSION = re.compile(
    r"(?:part (?:[ivx]+|[a-z]|\d)\b.{0,40}|.{0,30}\b(?:private|public|closed|open|"
    r"confidential) (?:session|business|items|part|meeting)\b.{0,20})",
    re.IGNORECASE,
)


def _of_section(part: Section, pitch: float, section: str) -> Finding:
    paragraphs = paragraphs_of(part.body, pitch) if part.title else []
    title, beside = _title_and_beside(part)
    texts = [paragraph.text.strip("* ") for paragraph in paragraphs]
    said = [_WHERE.sub("", text) for text in texts]  # without the letter and pages that stand over it
    whole = " ".join([title, *beside, *texts])
    facts = (
        {"section": section, "level": str(part.level)}
        | _papers(whole)
        | _status(" ".join([*beside, title, *texts[:2]]))
    )
    facts |= _beside(beside)
    for text in [title, *said]:
        for name, value in _told(text).items():
            facts.setdefault(name, value)
    cut = _ATTACHED.sub("", title)
    return Finding(FindingKind.AGENDA_ITEM, place_of_strips(part.head), cut.strip(" –-*"), part.ref, _only_said(facts))


def _title_and_beside(part: Section) -> tuple[str, list[str]]:
    """The title, and what stands in columns at its right."""
    first: Strip = part.head[0]
    lines = list(first.lines)
    if len(lines) > 1 and _NUMBER.fullmatch(lines[0].text):
        lines = lines[1:]
    title = part.title or joined(strip.text for strip in part.head)
    beside = [line.text for line in [*lines[1:], *first.aside]]
    if len(lines) > 1:
        own = _NUMBER.sub("", lines[0].text, count=1) if lines[0] is first.lines[0] else lines[0].text
        more = [strip.lines[0].text for strip in part.head[1:]]
        title = joined([own, *more])
    return title or part.ref, beside


def _beside(pieces: Iterable[str]) -> dict[str, str]:
    """What pieces at the right of a title say, by what they are."""
    facts: dict[str, str] = {}
    for piece in pieces:
        for name, pattern in (("time", _TIME), ("purpose", _PURPOSE), ("form", _FORM), ("lead", _NAMED)):
            if name not in facts and pattern.fullmatch(piece.strip(" ()[]")):
                facts[name] = piece.strip(" ()[]")
                break
    return facts


def _told(text: str) -> dict[str, str]:
    """Lead, purpose and time where a sentence or title says them."""
    lead = next((found["lead"] for pattern in _LEADS if (found := pattern.search(text))), "")
    purpose = _ASKS.search(text) or _TO.match(text)
    return _only_said({"lead": lead.strip(" ,"), "purpose": purpose["purpose"] if purpose else ""})
