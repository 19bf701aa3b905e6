"""Logs of actions, in whatever columns and order a body keeps them.

ACTION: ref, the action's own, else that of its minute; text, what is to be done; facts, each only where it is said:
`minute`, `raised` (the meeting or day), `subject`, `lead`, `due`, `status` as printed, `evidence` (or progress),
`closed` (the day), `listed` (what stands over its table, as "Closed at the last meeting"), and `source` ("log").
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from desktop.papers.cells import Cell, LongRow, LongTable
from desktop.papers.columns import headed_by, heads_of, texts_of
from desktop.papers.days import dates_in
from desktop.papers.finding import Confidence, Finding, FindingKind, Place
from desktop.papers.kinds import Kind, kind_of
from desktop.papers.paper_text import PaperText, Row
from desktop.papers.promising import Doing, actions_in, begins_action, doing_under
from desktop.papers.strips import paragraphs_of, pitch_of, place_of, strips_of


def _heads(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:the )?(?:{words})", re.IGNORECASE)


_WORDS = {
    "ref": _heads(
        r"#|no|nos|ref|refs|(?:ref|no|nos|id|action) ?/? ?(?:no|ref|number|id)|"
        r"ref ?no|ref ?number|reference|reference (?:no|number)|action (?:no|"
        r"number|ref|reference|id|log no)|id|number|log (?:no|ref)|"
        r"item ?no|unique ref\w*"
    ),
    "minute": _heads(
        r"(?:minute|min|minutes|agenda|agenda item|item)(?: ?(?:no|nos|ref|reference|number))?|"
        r"minute (?:ref|no) ?/? ?(?:and )?date|"
        r"(?:ref|reference)? ?/? ?minute(?: ?/ ?item)?|paper(?: ref| no)?|minute and meeting"
    ),
    "raised": _heads(
        r"(?:date|meeting|meeting date|date of (?:the )?meeting|date raised|raised|date agreed|"
        r"date (?:of )?action(?: raised| agreed)?|date added|"
        r"date opened|meeting raised|origin|source|date identified|meeting arising)"
    ),
    "action": _heads(
        r"actions?|actions? ?/ ?issues?|issues? ?/ ?actions?|actions? (?:agreed|required|point|"
        r"points|description|to be taken|needed|arising)|agreed actions?|"
        r"description(?: of (?:the )?action)?|tasks?|what|details?(?: of (?:the )?action)?|"
        r"matters? arising|action plan|required action|detail|action ?/ ?decision"
    ),
    "subject": _heads(
        r"subject|topic|issue|title|item title|agenda item title|agenda item ?/ ?subject|heading|"
        r"area|theme|item description"
    ),
    "lead": _heads(
        r"leads?|owners?|action (?:owner|lead|by|for)|who|by who|by whom|whom|for action by|"
        r"responsib(?:le|ility)(?: (?:person|officer|lead|owner|for action))?|"
        r"person(?:s|\(s\))? responsible|lead (?:officer|director|person|member|exec|executive)|"
        r"(?:responsible |accountable |exec(?:utive)? |board )?(?:officer|lead|director)|"
        r"assigned(?: to)?|allocated to|(?:action )?holder|assignee|accountable|lead ?/ ?owner|"
        r"owner ?/ ?lead|member"
    ),
    "due": _heads(
        r"due|due (?:date|by)|date due|deadlines?|deadline date|by when|when|target(?: date)?|"
        r"target completion(?: date)?|timescales?|time ?frame|completion date|"
        r"(?:expected |planned |proposed )?completion(?: date)?|to be completed by|"
        r"date for completion|review date|time ?line|due for completion|revised (?:due )?date|"
        r"complete by"
    ),
    "status": _heads(
        r"status|rag|rag (?:status|rating)|status ?/? ?rag|open ?/ ?closed|(?:current |"
        r"action )?status|state|complete\??|completed\??|closed\??|open ?/ ?complete|"
        r"status \(?(?:open|rag).*"
    ),
    "evidence": _heads(
        r"evidence|updates?|progress|comments?|notes?|response|outcome|latest (?:position|update)|"
        r"update ?/ ?evidence|evidence or progress|current position|"
        r"action taken|(?:progress|status) (?:update|report|notes?)|update ?/ ?(?:comments?|"
        r"progress|outcome)|progress ?/ ?(?:update|comments?|outcome|evidence)|"
        r"comments? ?/ ?(?:update|progress)s?|evidence (?:of (?:completion|closure))|remarks|"
        r"position|closure (?:evidence|notes)|result|actions? taken ?/ ?update"
    ),
    "closed": _heads(
        r"date (?:closed|completed|of closure)|closed (?:date|on)|completed (?:date|on)|"
        r"closure date|actual completion"
    ),
}
_NONE = re.compile(r"^\W*(?:no|none|nil|there (?:are|were) no)\b.{0,60}$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?P<ref>[A-Z]{0,8}[ /.-]?(?:[A-Za-z]{0,6}[ /.-]?)?\d[\w/.() -]*?)(?=\s+[A-Z(]|\s*$|,|;|\s+\d{1,2} [A-Z])"
)
_NEAR = 70.0  # points over a table in which its own heading stands
_LISTED = re.compile(
    r"\b(?:closed|completed?|open|outstanding|ongoing|archived?|carried forward|overdue|new|"
    r"private|public|part \w)\b",
    re.IGNORECASE,
)
_CARRIED = ("ref", "minute", "raised", "subject")


def recognise(paper: PaperText) -> Iterator[Finding]:
    """The rows of the tables of a log; of other papers those of tables that say over them that they are one."""
    told = kind_of(paper)
    is_log = told is not None and told.kind is Kind.ACTION_LOG
    if not is_log and not any(_OVER.search(page.text) for page in paper.pages):
        return
    found = False
    for table in paper.tables:
        heads = headed_by(table, _WORDS, "action", 3 if not is_log else 2)
        if heads is not None and (is_log or _says_so(paper, table)):
            found = True
            yield from _rows(paper, table, *heads)
    if is_log and not found:
        yield from _listed(paper)


_OVER = re.compile(
    r"\b(?:action (?:log|sheet|tracker|list|schedule|points)|summary of actions|"
    r"actions? (?:arising|agreed|from|summary))\b",
    re.IGNORECASE,
)


def _says_so(paper: PaperText, table: LongTable) -> bool:
    return any(_OVER.search(row.text) for row in _over(paper, table))


def _over(paper: PaperText, table: LongTable) -> list[Row]:
    """The rows close over a table."""
    rows = paper.pages[table.page].rows
    return [row for row in rows if 0 < table.top - row.box[3] + 2 < _NEAR and len(row.text) < 120]


def _rows(paper: PaperText, table: LongTable, columns: dict[str, int], head: int) -> Iterator[Finding]:
    over = [row.text for row in _over(paper, table) if _LISTED.search(row.text) and row.bold]
    listed = over[-1] if over and len(over[-1]) < 60 else ""
    held: dict[str, tuple[str, int]] = {}
    for row in table.rows[head + 1 :]:
        texts = texts_of(row)
        if len(heads_of(texts, _WORDS)) >= max(2, len(columns) - 1):
            continue  # the head again
        if len(row.filled) == 1 and len(row.whole) < 80 and not row.text(columns["action"]):
            listed = row.whole
            continue
        facts = _facts(row, columns, held)
        action = facts.pop("action", "")
        if action and not _NONE.match(action):
            yield _finding(row, action, facts, listed)


def _facts(row: LongRow, columns: dict[str, int], held: dict[str, tuple[str, int]]) -> dict[str, str]:
    """What a row says; a cell that reaches down over several rows says it of each. held: by name, what and how far."""
    facts: dict[str, str] = {}
    for name, column in columns.items():
        cell = row.cells[column] if column < len(row.cells) else None
        text = cell.text if cell is not None else ""
        if cell is None and name in held and held[name][1] > 0:
            text = held[name][0]
            held[name] = text, held[name][1] - 1
        elif cell is not None and name in _CARRIED:
            held[name] = text, cell.rows - 1
        if text and text.strip(" -–"):
            facts[name] = text
    return facts


def _finding(row: LongRow, action: str, facts: dict[str, str], listed: str) -> Finding:
    minute = facts.get("minute", "")
    if minute:
        facts |= _minute_and_day(minute, facts)
    ref = facts.pop("ref", "") or _first_ref(facts.get("minute", ""))
    said = {name: text for name, text in facts.items() if text} | {"source": "log"}
    if listed:
        said["listed"] = listed
    here = tuple(box for _, cell in row.filled for box in _on_page(cell))
    return Finding(FindingKind.ACTION, Place(row.page, here), action, ref, said)


def _on_page(cell: Cell) -> Sequence[tuple[float, float, float, float]]:
    return cell.boxes


def _minute_and_day(text: str, facts: dict[str, str]) -> dict[str, str]:
    """A cell that names a minute and the day of its meeting says both."""
    day = next(dates_in(text), None)
    if day is None:
        return {"minute": text}
    number = " ".join((text[: day[0]] + text[day[1] :]).split()).strip(" ,;:()-–")
    raised = facts.get("raised") or text[day[0] : day[1]]
    return {"minute": number, "raised": raised}


def _first_ref(text: str) -> str:
    found = _NUMBERED.match(text)
    return found["ref"].strip() if found else ""


def _listed(paper: PaperText) -> Iterator[Finding]:
    """A log that is no table: actions by their labels, one under another."""
    strips = strips_of(paper)
    paragraphs = paragraphs_of(strips, pitch_of(strips), begins_action)
    for doing in actions_in(paragraphs, aside=False):
        yield _of_doing(doing)
    for head, paragraph in pairwise(paragraphs):
        if (under := doing_under(head.text, paragraph)) is not None:
            yield _of_doing(under)


def _of_doing(doing: Doing) -> Finding:
    facts = {"lead": doing.lead, "due": doing.due, "status": doing.status, "source": "log"}
    said = {name: text for name, text in facts.items() if text}
    return Finding(
        FindingKind.ACTION, place_of([doing.paragraph]), doing.text, doing.ref, said, confidence=Confidence.LIKELY
    )
