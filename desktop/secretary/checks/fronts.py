"""Front sheets: a report without one where the others have one, and fields of them that nobody filled in."""

import re
from collections.abc import Iterator, Sequence

from desktop.packs.pack import PaperKind
from desktop.papers.finding import Finding, FindingKind
from desktop.secretary.checks.remark import ReadPaper, Remark, Weight

_NEED_ONE = (PaperKind.REPORT, PaperKind.ASSURANCE)
_HABIT = 0.6  # of a pack's reports have one, or it is not how this body works
_FEWEST = 3
_NOWHERE = re.compile(r"\W*(?:n\W?a|none|not applicable|nil|no)?\W*", re.IGNORECASE)
_MATTER = ("title", "purpose", "sponsor", "author", "considered", "assurance", "next_report")


def check(papers: Sequence[ReadPaper]) -> Iterator[Remark]:
    """Reports are compared with each other: a body that uses no front sheets is told nothing."""
    first: list[ReadPaper] = []
    for paper in papers:  # of an item, the first report is the one that has it
        ahead = any(other.item.number == paper.item.number for other in first)
        if paper.paper.kind in _NEED_ONE and paper.found is not None and not ahead and _is_report(paper):
            first.append(paper)
    with_one = [paper for paper in first if _sheets(paper)]
    if len(with_one) >= _FEWEST and len(with_one) >= _HABIT * len(first):
        for paper in first:
            if not _sheets(paper):
                what = f"{paper.name} has no front sheet, and the other reports have one."
                yield paper.remark(Weight.SEE_TO, what, "Ask its author for one.", 1)
    for paper in papers:
        for sheet in _sheets(paper):
            yield from _empty(paper, sheet)


def _is_report(paper: ReadPaper) -> bool:
    """Minutes, logs, plans and registers stand for themselves."""
    kinds = [each.fact("kind") for each in paper.findings(FindingKind.PAPER_KIND)]
    return not kinds or kinds[0] in ("", "report") or bool(_sheets(paper))


def _sheets(paper: ReadPaper) -> list[Finding]:
    return paper.findings(FindingKind.FRONT_SHEET, FindingKind.GOVERNANCE)


def _empty(paper: ReadPaper, sheet: Finding) -> Iterator[Remark]:
    for part in sheet.parts:
        field = part.fact("field")
        # Considered nowhere else, there is no assurance to be had from there.
        nowhere = field == "assurance" and bool(_NOWHERE.fullmatch(sheet.fact("considered")))
        if field not in _MATTER or sheet.fact(field) or nowhere:
            continue
        boxes = sheet.fact(f"{field}_options")
        label = f"“{part.fact('label')}”"
        what = f"None of the boxes is ticked for {label}" if boxes else f"{label} is empty"
        yield paper.remark(Weight.SEE_TO, f"{what}, in {paper.name}.", "Ask its author to fill it in.", part.page + 1)
