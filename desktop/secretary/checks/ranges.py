"""Page numbers that do not follow each other: in stamps on the pages, and in the ranges that an agenda names."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from desktop.packs.numbering import Numbered, labels_of
from desktop.secretary.checks.remark import ReadPaper, Remark, Weight

_RANGE = re.compile(r"\(?\bpages?\s+(\d{1,4})(?:\s*(?:-|–|—|to)\s*(\d{1,4}))?\s*\)", re.IGNORECASE)
_FEWEST = 3  # ranges, before a paper counts as one that lists them
_DO = "Stamp the pages again, or mend the agenda."


def check(papers: Sequence[ReadPaper]) -> Iterator[Remark]:
    """Both."""
    yield from _stamps(papers)
    for paper in papers:
        yield from _listed(paper)


def _stamps(papers: Sequence[ReadPaper]) -> Iterator[Remark]:
    """Only where the pack as a whole is stamped; a paper's own numbers are its own business."""
    numbered, before = [], 0
    for paper in papers:
        numbered.append(Numbered(len(paper.facts.pages), before, paper.found.stamps if paper.found else ()))
        before += len(paper.facts.pages)
    plain = labels_of([Numbered(each.count, each.before) for each in numbered], {})
    labels = labels_of(numbered, {})
    if labels == plain:
        return
    last = 0
    for paper, of_paper in zip(papers, labels, strict=True):
        known = [(page, int(label)) for page, label in enumerate(of_paper, 1) if label.isdecimal()]
        for (page, one), (after, other) in pairwise(known):
            if other - one != after - page:
                what = f"Page {one} is followed by page {other} in {paper.name}."
                yield paper.remark(Weight.SEE_TO, what, _DO, after)
        if known and last and known[0][1] - (known[0][0] - 1) != last + 1:
            first = known[0][1] - (known[0][0] - 1)
            what = f"{paper.name} begins at page {first}, and the paper before it ends at page {last}."
            yield paper.remark(Weight.SEE_TO, what, _DO, 1)
        last = known[-1][1] + len(of_paper) - known[-1][0] if known else 0


def _listed(paper: ReadPaper) -> Iterator[Remark]:
    found = [(page.page + 1, each) for page in paper.pages[:6] for each in _RANGE.finditer(page.text)]
    ranges = [(page, int(each[1]), int(each[2] or each[1])) for page, each in found]
    if len(ranges) < _FEWEST or sum(first < last for _, first, last in ranges) < _FEWEST:
        return
    for (_, _, before), (page, first, last) in pairwise(ranges):
        if first != before + 1 or last < first:
            what = f"{paper.name} names pages {first} to {last} right after page {before}."
            yield paper.remark(Weight.SEE_TO, what, _DO, page)
