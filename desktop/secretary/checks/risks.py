"""A risk that two papers tell differently: its title, or its score now."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from desktop.papers.finding import Confidence, Finding, FindingKind
from desktop.secretary.checks.remark import ReadPaper, Remark, Weight

_SAME = 80.0  # of 100: one title in a shorter and a longer form
_DO = "Ask the authors which of them is right."


def check(papers: Sequence[ReadPaper]) -> Iterator[Remark]:
    """By the risk's number, whichever way each paper spells it."""
    seen: dict[str, list[tuple[ReadPaper, Finding]]] = {}
    for paper in papers:
        for risk in paper.findings(FindingKind.RISK):
            if risk.fact("key") and risk.confidence is not Confidence.UNSURE:
                seen.setdefault(risk.fact("key"), []).append((paper, risk))
            if risk.fact("scores_wrong"):
                what = f"A score of {risk.ref or risk.text} in {paper.name} is wrong: {risk.fact('scores_wrong')}."
                yield paper.remark(Weight.SEE_TO, what, "Ask its author which of the figures is right.", risk.page + 1)
    for told in seen.values():
        for (before, one), (paper, other) in pairwise(told):
            if before is not paper:
                yield from _compared(before, one, paper, other)


def _compared(before: ReadPaper, one: Finding, paper: ReadPaper, other: Finding) -> Iterator[Remark]:
    name = other.ref or one.ref
    score, now = one.fact("score_current"), other.fact("score_current")
    if score and now and score != now:
        what = f"{name} scores {score} in {before.name} and {now} in {paper.name}."
        yield paper.remark(Weight.SEE_TO, what, _DO, other.page + 1)
    if _title(one) and _title(other) and fuzz.token_set_ratio(_title(one), _title(other)) < _SAME:
        what = f"{name} is “{_short(one.text)}” in {before.name} and “{_short(other.text)}” in {paper.name}."
        yield paper.remark(Weight.SEE_TO, what, _DO, other.page + 1)


def _title(risk: Finding) -> str:
    return f"{risk.text} {risk.fact('description')}".casefold().strip()


def _short(text: str, most: int = 70) -> str:
    return text if len(text) <= most else text[: text.rfind(" ", 0, most)] + " …"
