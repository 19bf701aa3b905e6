"""What kind of paper it is.

PAPER_KIND, at most one a paper: text, the words that tell it; facts: `kind`, one of `desktop.papers.kinds.Kind`.
"""

from collections.abc import Iterator

from desktop.papers.finding import Finding, FindingKind
from desktop.papers.kinds import kind_of
from desktop.papers.paper_text import PaperText, place_of


def recognise(paper: PaperText) -> Iterator[Finding]:
    """From its content: a file called minutes that is an agenda is an agenda."""
    told = kind_of(paper)
    if told is not None:
        facts = {"kind": told.kind.value}
        place = place_of(told.row.page, told.row.lines)
        yield Finding(FindingKind.PAPER_KIND, place, told.row.text, facts=facts, confidence=told.confidence)
