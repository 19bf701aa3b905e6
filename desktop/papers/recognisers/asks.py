"""What a paper asks of those it is put to.

RECOMMENDATION: text, a point in the paper's words; facts: `verb`, what is to be done in one of the words of
`VERBS` (approve, note, receive, discuss, assure, consider, support), absent where none of them begins it.
"""

import re
from collections.abc import Iterator

from desktop.papers.asks import ASKS, LOOK_IN, asked_of
from desktop.papers.finding import Finding, FindingKind, Place
from desktop.papers.paper_text import PaperText, boxes_of

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
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


def recognise(paper: PaperText) -> Iterator[Finding]:
    """The points of the first paragraph or list that asks something."""
    first = paper.pages[:LOOK_IN]
    if not any(ASKS.search(page.text) for page in first):
        return
    asks = asked_of([page.words for page in first], first[0].height)
    if asks is None:
        return
    words = first[asks.page].words
    for point, numbers in zip(asks.points, asks.words, strict=True):
        boxes = boxes_of(words[number] for number in numbers)
        verb = next((VERBS[word.casefold()] for word in _WORD.findall(point)[:4] if word.casefold() in VERBS), "")
        facts = {"verb": verb} if verb else {}
        yield Finding(FindingKind.RECOMMENDATION, Place(asks.page, boxes), point, facts=facts)
