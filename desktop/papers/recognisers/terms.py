"""Terms of reference: who is a member, how many make a quorum, how often the body meets.

TERMS: text, what the terms say of one matter, in the paper's words; facts: `aspect`, one of membership, quorum,
frequency, purpose, authority, duties, reporting, chair, attendance, review; `heading`, as printed. A list of members
has a part for each (`part` member). Found only in papers that are, or hold, terms of reference.
"""

import re
from collections.abc import Iterator, Sequence

from desktop.papers.cells import LongTable
from desktop.papers.finding import Box, Finding, FindingKind, Place
from desktop.papers.paper_text import PaperText
from desktop.papers.paragraphs import Paragraph, body_size, paragraphs
from desktop.papers.risks.parts import items_of

_TERMS = re.compile(r"\bterms of reference\b", re.IGNORECASE)
_ASPECTS = (
    ("quorum", r"quorum|quoracy"),
    ("membership", r"(?:core )?members?(?:hip)?(?: (?:of|and) .*)?|composition|constitution and membership"),
    (
        "frequency",
        r"frequency(?: of meetings?)?|meetings?|frequency and .*|meeting (?:frequency|arrangements|schedule)",
    ),
    ("attendance", r"(?:in )?attendance(?: at meetings?)?|attendees"),
    ("chair", r"chair(?:ing|person|man)?(?: and .*)?"),
    ("authority", r"authority|delegated (?:authority|powers?)|powers"),
    ("duties", r"(?:duties|responsibilities|remit|scope|role|functions)(?: and .*)?"),
    ("purpose", r"purpose|aims?|objectives?"),
    ("reporting", r"report(?:ing|s)?(?: .*)?|accountability(?: .*)?"),
    ("review", r"(?:monitoring|review)(?: .*)?"),
)
_ASPECT = tuple((aspect, re.compile(words, re.IGNORECASE)) for aspect, words in _ASPECTS)
_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*|[A-Z])[.)]?\s+")
_LABELLED = re.compile(r"([A-Z][A-Za-z ]{3,40}?)\s*[:–]\s+(\S.*)", re.DOTALL)
_WORDS = tuple(
    (aspect, re.compile(words, re.IGNORECASE))
    for aspect, words in (
        ("quorum", r"\bquor(?:um|acy)\b"), ("membership", r"\bmembership\b"), ("frequency", r"\bfrequency\b"),
        ("purpose", r"\bpurpose\b"), ("authority", r"\bauthority\b"), ("duties", r"\b(?:duties|responsibilities)\b"),
        ("reporting", r"\breporting\b"),
    )
)  # fmt: skip
_TELLING = {"membership", "quorum", "frequency"}
_MOST = 14  # paragraphs under one heading
_MOST_WORDS = 6
_LONGEST_TITLE, _LONGEST_MEMBER = 70, 90  # letters


def recognise(paper: PaperText) -> Iterator[Finding]:
    """What the terms say, where the paper has at least two of membership, quorum and frequency."""
    begins = _begins(paper)
    if begins is None:
        return
    found = [*_in_tables(paper.tables), *_in_text(paper)]
    found = [each for each in found if (each.page, each.place.boxes[0][1]) >= begins]
    if len({each.fact("aspect") for each in found} & _TELLING) > 1:
        yield from found


def _begins(paper: PaperText) -> tuple[int, float] | None:
    """Where the words head a page or the paper; a mention in a sentence is none."""
    if _TERMS.search(paper.title):
        return 0, 0.0
    if not any(_TERMS.search(page.text) for page in paper.pages):
        return None
    body = body_size(paper.pages)
    heads = (
        (page.page, line.y0)
        for page in paper.pages
        for line in page.lines
        if _TERMS.search(line.text)
        and (line.size > body * 1.08 or line.bold or (page.page == 0 and len(line.text) < _LONGEST_TITLE))
    )
    return next(heads, None)


def _aspects(heading: str, apart: bool = False) -> tuple[str, ...]:
    """What a heading is of. apart: set as a heading, so that words of it are enough: "Meeting frequency and quorum"."""
    said = _NUMBER.sub("", heading.strip()).strip(" .:")
    if not said or len(said.split()) > _MOST_WORDS:
        return ()
    whole = next((aspect for aspect, words in _ASPECT if words.fullmatch(said)), "")
    if whole or not apart:
        return (whole,) if whole else ()
    return tuple(aspect for aspect, words in _WORDS if words.search(said))


def _in_text(paper: PaperText) -> Iterator[Finding]:
    body = body_size(paper.pages)
    tables = {page.page: [table.box for table in paper.cells(page.page)] for page in paper.pages}
    heading, under = "", list[Paragraph]()
    for page in paper.pages:
        for paragraph in paragraphs(page, body):
            if any(box[1] <= paragraph.lines[0].middle <= box[3] for box in tables[page.page]):
                continue
            labelled = None if paragraph.set_apart else _LABELLED.fullmatch(paragraph.text)
            if labelled and (of := _aspects(labelled[1])):
                yield from _told(heading, under)
                yield _made(of[0], labelled[1], labelled[2], paragraph.page, paragraph.boxes)
                heading, under = "", []
            elif paragraph.set_apart or (len(paragraph.lines) == 1 and _aspects(paragraph.text)):
                yield from _told(heading, under)
                heading, under = paragraph.text if _aspects(paragraph.text, paragraph.set_apart) else "", []
            elif heading and len(under) < _MOST:
                under.append(paragraph)
    yield from _told(heading, under)


def _told(heading: str, under: Sequence[Paragraph]) -> Iterator[Finding]:
    """A finding for each thing the heading is of; what stands under a heading of members are they."""
    if not heading or not under:
        return
    first = under[0]
    boxes = tuple(box for paragraph in under if paragraph.page == first.page for box in paragraph.boxes)
    text = " ".join(paragraph.text for paragraph in under)
    for aspect in _aspects(heading, apart=True):
        parts = tuple(_members(under)) if aspect in ("membership", "attendance") else ()
        yield _made(aspect, heading, text, first.page, boxes, parts)


def _made(
    aspect: str, heading: str, text: str, page: int, boxes: Sequence[Box], parts: tuple[Finding, ...] = ()
) -> Finding:
    facts = {"aspect": aspect, "heading": _NUMBER.sub("", heading).strip(" .:")}
    return Finding(FindingKind.TERMS, Place(page, tuple(boxes)), text, facts=facts, parts=parts)


def _members(under: Sequence[Paragraph]) -> Iterator[Finding]:
    """A member a point; or a line, where bullets were set apart from their words."""
    for paragraph in under:
        lines = paragraph.lines
        said: list[tuple[str, tuple[Box, ...]]]
        if len(lines) > 2 and all(len(line.text) < _LONGEST_MEMBER and line.text[:1].isupper() for line in lines):
            said = [(line.text, (box,)) for line, box in zip(lines, paragraph.boxes, strict=True)]
        else:
            said = [(paragraph.text, paragraph.boxes)]
        yield from (_member(text, paragraph.page, boxes) for text, boxes in said if not text.endswith((":", ".")))


def _member(text: str, page: int, boxes: Sequence[Box]) -> Finding:
    return Finding(FindingKind.PART, Place(page, tuple(boxes)), text, facts={"part": "member"})


def _in_tables(tables: Sequence[LongTable]) -> Iterator[Finding]:
    """Terms set out as a table: what they are of at the left."""
    for table in tables:
        for row in table.rows:
            if len(row.filled) < 2 or not (of := _aspects(row.filled[0][1].text)):
                continue
            (aspect,) = of
            cell = row.filled[1][1]
            members = items_of(cell) if aspect in ("membership", "attendance") else []
            parts = tuple(_member(item.text, row.page, item.boxes) for item in members) if len(members) > 1 else ()
            facts = {"aspect": aspect, "heading": row.filled[0][1].text.strip(" :")}
            yield Finding(FindingKind.TERMS, Place(row.page, row.boxes), cell.text, facts=facts, parts=parts)
