"""Everything that is recognised in papers, in one list: a new recogniser is a file and a line here."""

from collections.abc import Callable, Iterable

from desktop.papers.finding import Finding
from desktop.papers.paper_text import PaperText
from desktop.papers.recognisers import (
    actions,
    agenda,
    asks,
    escalations,
    fronts,
    indicators,
    minutes,
    paper_kind,
    risks,
    terms,
    workplans,
)

Recogniser = Callable[[PaperText], Iterable[Finding]]

# Counted up when what is found would differ: papers read by an earlier one are read once more, quietly.
EDITION = 2
RECOGNISERS: tuple[Recogniser, ...] = (
    paper_kind.recognise,
    agenda.recognise,
    minutes.recognise,
    actions.recognise,
    risks.recognise,
    asks.recognise,
    fronts.recognise,
    escalations.recognise,
    workplans.recognise,
    terms.recognise,
    indicators.recognise,
)


def find_all(paper: PaperText) -> list[Finding]:
    """What a paper says, by place: the page, then the height on it."""
    found = [finding for recognise in RECOGNISERS for finding in recognise(paper)]
    return sorted(found, key=lambda finding: (finding.page, finding.place.boxes[0][1] if finding.place.boxes else 0.0))
