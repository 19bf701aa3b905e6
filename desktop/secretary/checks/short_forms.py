"""Abbreviations that a paper uses and no paper of the pack explains."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from desktop.papers.acronyms import bare_acronym, expansions
from desktop.secretary.checks.remark import ReadPaper, Remark, Weight, listed

_TOKEN = re.compile(r"\b[A-Z][A-Za-z0-9&]{1,7}(?![A-Za-z0-9&])(?!/\d)")  # "TB/25/10" numbers a minute
_OFTEN = 3  # times in a paper
# fmt: off
_KNOWN = frozenset((
    "NHS", "NHSE", "UK", "EU", "USA", "BBC", "PDF", "IT", "HR", "GP", "GPs", "AM", "PM", "TV", "FAQ",
    "PC", "CEO", "CFO", "COO", "CIO", "CQC", "NICE", "GDPR", "VAT", "QR", "ID", "OK", "AGM", "HMRC",
    "MP", "MPs", "BMA", "RCN", "GMC", "NMC", "A&E", "ICU", "MRI", "CT", "DNA", "WHO", "AI", "URL",
    "FOI", "CV", "TBC", "TBA", "KPI", "KPIs", "ISO", "ONS", "DHSC", "MHRA", "UN", "GMT", "BST", "RAG",
))
# fmt: on


def check(papers: Sequence[ReadPaper]) -> Iterator[Remark]:
    """One remark a paper, with those it uses often and first; what any paper of the pack explains is explained."""
    whole = "\n".join(paper.text for paper in papers)
    words = set(re.findall(r"[A-Za-z]+", whole))
    explained: dict[str, bool] = {}
    told: set[str] = set()
    for paper in papers:
        counted = Counter(_short_forms(paper))
        unknown = []
        for word, times in counted.most_common():
            shouted = {word.lower(), word.capitalize()} & words  # a word like another, said loudly
            if times < _OFTEN or word in _KNOWN or word in told or shouted:
                continue
            if word not in explained:
                explained[word] = next(expansions(whole, word), "") != ""
            if not explained[word]:
                unknown.append(word)
        told |= set(unknown)
        if unknown:
            first = next(page.page + 1 for page in paper.pages if unknown[0] in page.text)
            what = f"{paper.name} uses {listed(sorted(unknown))}, and no paper says what they stand for."
            yield paper.remark(Weight.KNOW, what, "Have them written out where they are used first.", first)


def _short_forms(paper: ReadPaper) -> Iterator[str]:
    """Capitals among small letters: a line that is all capitals is a heading, and none of its words an abbreviation."""
    for page in paper.pages:
        for line in page.text.splitlines():
            if not any(sign.islower() for sign in line):
                continue
            for found in _TOKEN.finditer(line):
                word = bare_acronym(found[0])
                if sum(sign.isupper() for sign in word) >= 2 and word.upper() == word and not word[-1].isdigit():
                    yield word
