"""Actions that the minutes of the last meeting gave to somebody, and that the action log does not have."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from desktop.packs.pack import PaperKind
from desktop.papers.finding import Confidence, Finding, FindingKind
from desktop.secretary.checks.remark import ReadPaper, Remark, Weight

_ALIKE = 72.0  # of 100: one action in other words
_DO = "Put it on the log, or see whether it is closed."
_BROKEN = re.compile(r"[\W_]+")


def check(papers: Sequence[ReadPaper]) -> Iterator[Remark]:
    """Only where the pack has both minutes and a log."""
    minutes = [paper for paper in papers if paper.paper.kind is PaperKind.MINUTES or _kind(paper) == "minutes"]
    logs = [paper for paper in papers if paper.paper.kind is PaperKind.ACTION_LOG or _kind(paper) == "action log"]
    entries = [each for log in logs for each in log.findings(FindingKind.ACTION) if each.fact("source") == "log"]
    if not logs:
        return
    for paper in minutes:
        yield from _promised(paper, entries)
        for action in paper.findings(FindingKind.ACTION):
            sure = action.confidence is Confidence.CERTAIN and action.fact("source") != "log"
            if sure and not any(_is_same(action, entry) for entry in entries):
                ref = action.ref or action.fact("minute")
                what = f"“{_short(action.text)}”{f' (minute {ref})' if ref else ''} is not on the action log."
                yield paper.remark(Weight.SEE_TO, what, _DO, action.page + 1)


def _promised(paper: ReadPaper, entries: Sequence[Finding]) -> Iterator[Remark]:
    """What was promised in the minutes' own sentences, and became no action at all."""
    for promise in paper.findings(FindingKind.PROMISE):
        if not any(_is_same(promise, entry) for entry in entries):
            ref = promise.fact("minute")
            said = f"The minutes say “{_short(promise.text)}”{f' (minute {ref})' if ref else ''}"
            what = f"{said}, and the action log has nothing of it."
            yield paper.remark(Weight.KNOW, what, "See whether it should be an action.", promise.page + 1)


def _is_same(action: Finding, entry: Finding) -> bool:
    refs = {_bare(each) for each in (action.ref, action.fact("minute")) if each}
    others = {_bare(each) for each in (entry.ref, entry.fact("minute")) if each}
    alike = fuzz.token_set_ratio(action.text.casefold(), entry.text.casefold())
    return alike >= _ALIKE or bool(refs & others)


def _bare(ref: str) -> str:
    return _BROKEN.sub("", ref).casefold()


def _kind(paper: ReadPaper) -> str:
    kinds = [each.fact("kind") for each in paper.findings(FindingKind.PAPER_KIND)]
    return kinds[0] if kinds else ""


def _short(text: str, most: int = 90) -> str:
    return text if len(text) <= most else text[: text.rfind(" ", 0, most)] + " …"
