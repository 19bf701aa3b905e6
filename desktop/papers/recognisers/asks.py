"""What a paper asks of those it is put to.

RECOMMENDATION: text, a point in the paper's words; facts: `verb`, what is to be done in one of the words of
`VERBS` (approve, note, receive, discuss, assure, consider, support), absent where none of them begins it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from desktop.papers.asks import ASKS, LOOK_IN, asked_of
from desktop.papers.finding import Confidence, Finding, FindingKind, Place
from desktop.papers.kinds import Kind, kind_of
from desktop.papers.paper_text import PaperPage, PaperText, Row, boxes_of, place_of
from desktop.papers.strips import joined

VERBS = {
    "approve": "approve",
    "agree": "approve",
    "ratify": "approve",
    "adopt": "approve",
    "endorse": "support",
    "support": "support",
    "note": "note",
    "receive": "receive",
    "accept": "receive",
    "discuss": "discuss",
    "debate": "discuss",
    "consider": "consider",
    "review": "consider",
    "assure": "assure",
    "assurance": "assure",
}
_HEAD = re.compile(
    r"(?:\d[\d.]*\s+)?(?:decisions? required|recommendations?|decision|action required|"
    r"what the board is asked to do)\W*",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"(?:The |Our )?(?:[A-Z][\w’'-]* ){0,4}(?:Board|Committee|Council|Governors|Trustees|Members|Cabinet|Panel) "
    r"(?P<verb>notes?|approves?|receives?|agrees?|endorses?|considers?|supports?|discuss(?:es)?|ratif(?:y|ies)|adopts?)\b"
    r"[^.]{5,300}(?=\.|$)"
)
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


def recognise(paper: PaperText) -> Iterator[Finding]:
    """The points of the first paragraph or list that asks something; nothing of agendas and minutes, which quote it."""
    told = kind_of(paper)
    if told is not None and told.kind in (Kind.AGENDA, Kind.MINUTES):
        return
    first = paper.pages[:LOOK_IN]
    found = list(_asked(first)) if any(ASKS.search(page.text) for page in first) else []
    yield from found or _asked_later(paper)


def _asked_later(paper: PaperText) -> Iterator[Finding]:
    """What stands under a head of its own further back, as "Decision required"."""
    for page in paper.pages:
        at = next((number for number, row in enumerate(page.rows) if _HEAD.fullmatch(row.text)), None)
        if at is None:
            continue
        found = list(_asked([page])) if ASKS.search(page.text) else list(_noted(_plain(page.rows[at + 1 :])))
        if found:
            yield from found
            return


def _plain(rows: Sequence[Row]) -> list[Row]:
    """The first rows, up to the next that is set as a head."""
    return list(takewhile(lambda row: not row.bold, rows[:4]))


def _noted(rows: Sequence[Row]) -> Iterator[Finding]:
    """A sentence under the head that says what the board does: "The Board notes the report"."""
    if rows and (found := _DOES.match(joined(row.text for row in rows))):
        lines = [line for row in rows for line in row.lines if line.text[:20] in found[0]]
        verb = VERBS.get(found["verb"].casefold().removesuffix("s"), "")
        facts = {"verb": verb} if verb else {}
        yield Finding(
            FindingKind.RECOMMENDATION,
            place_of(rows[0].page, lines),
            found[0].strip(" ."),
            facts=facts,
            confidence=Confidence.LIKELY,
        )


def _asked(pages: Sequence[PaperPage]) -> Iterator[Finding]:
    asks = asked_of([page.words for page in pages], pages[0].height)
    if asks is None:
        return
    words = pages[asks.page].words
    for point, numbers in zip(asks.points, asks.words, strict=True):
        boxes = boxes_of(words[number] for number in numbers)
        verb = next((VERBS[word.casefold()] for word in _WORD.findall(point)[:4] if word.casefold() in VERBS), "")
        facts = {"verb": verb} if verb else {}
        yield Finding(FindingKind.RECOMMENDATION, Place(pages[asks.page].page, boxes), point, facts=facts)
