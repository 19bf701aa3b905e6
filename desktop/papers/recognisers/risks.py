"""Assurance frameworks and risk registers: each risk once a paper, where it is set out most fully.

RISK: ref as spelt, "" where the risk has no number; text: its title. facts:

* `register` and `key`: of which register, and the same key for every spelling (`BAF 1`, `GROUP BAF 1` and `NHFT BAF 4`
  are of three registers);
* `description`: what may happen, where the title is shorter; `section`, `context`, `owner`, `committee`, `opened`,
  `updated`, `movement`: in the paper's words; `appetite`, and `tolerance`: its upper limit;
* `score_K`, `consequence_K`, `likelihood_K` and `rating_K` for K in initial, current, target and previous;
* `scores_wrong`: where the two do not come to the score that is printed.

Its parts say in `part` what they are: control, gap in control, assurance (`line`: 1, 2 or 3), gap in assurance, action
(`owner`, `due`, `progress`), cause, effect, score (`period`, `score`: what it was), place (where else it is told of).
"""

import re
from collections.abc import Iterator

from desktop.papers.finding import Finding
from desktop.papers.paper_text import PaperText
from desktop.papers.risks.card import Card, common_sum, finding_of, joined_cards
from desktop.papers.risks.pages import cards_on_pages
from desktop.papers.risks.table import cards_of, register_of

_SET_OUT = re.compile(r"\b(?:\w*BAF|\w*RR|[SCPO]R|risk)[\s\W]{0,4}(?:\d|id\b|no\b|ref|draft|number)", re.IGNORECASE)
_HINT = re.compile(r"\b(?:risks?|\w*BAF|CRR)\b", re.IGNORECASE)


def recognise(paper: PaperText) -> Iterator[Finding]:
    """Every risk the paper sets out."""
    # As printed: a risk's number at the head of each of its pages may look like a running head.
    said = [" ".join(line.text for line in page.printed) for page in paper.pages]
    if not any(map(_HINT.search, said)):
        return
    registers = {id(table): register for table in paper.tables if (register := register_of(table)) is not None}
    cards: list[Card] = [card for register in registers.values() for card in cards_of(register)]
    learned = {card.ref.register for card in cards if card.ref and card.ref.register}
    others = [table for table in paper.tables if id(table) not in registers]
    if learned or any(map(_SET_OUT.search, said)):
        cards += cards_on_pages(paper, others, learned)
    adds = common_sum(cards)
    for card in joined_cards(cards):
        if card.title or card.scores:
            yield finding_of(card, adds)
