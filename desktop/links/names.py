"""Whether words name a paper: "finance report", "the Group BAF pack", "Quality and Safety Committee report"."""

import re
from collections.abc import Iterable, Sequence

from desktop.links.facts import PaperFacts

_PLAIN_WORDS = "the a an of and for to in on at by with from its our this that his her their as is are be"
_PLAIN = frozenset(_PLAIN_WORDS.split())
# Words that many papers go by: they tell two of them apart, and name none of them.
_HEADS_WORDS = (
    "report reports paper papers pack document case plan log sheet minutes agenda framework strategy appendix annex "
    "summary update review board committee group trust meeting"
)
_HEADS = frozenset(_HEADS_WORDS.split())
_WORD = re.compile(r"[A-Za-z][\w’']*|\d+")
_NOT_TITLE_WORDS = "january february march april may june july august september october november december month quarter"
_NOT_TITLE = frozenset(_NOT_TITLE_WORDS.split())


def words_of(text: str) -> list[str]:
    """Its telling words, in one spelling."""
    found = (re.sub(r"[’']s?$", "", word).casefold() for word in _WORD.findall(text))
    return [word for word in found if word not in _PLAIN and not word.isdigit()]


def named(name: str, papers: Iterable[PaperFacts]) -> list[PaperFacts]:
    """The papers that a name's last words fit best; none where they fit none. The longest part that fits decides."""
    papers = list(papers)
    words = name.split()
    for start in range(len(words)):
        part = " ".join(words[start:])
        told = words_of(part)
        if not told or all(word in _HEADS for word in told if word != "workplan"):
            return []
        fits = [paper for paper in papers if any(_fits(told, title) for title in paper.titles)]
        if fits:
            return _closest(told, fits)
    return []


def is_generic(name: str) -> bool:
    """Whether a name says no more than "the report"."""
    return all(word in _HEADS for word in words_of(name))


def likeness(first: str, second: str) -> float:
    """The share of telling words that two titles have in common, of the shorter one's."""
    a, b = set(words_of(first)) - _NOT_TITLE, set(words_of(second)) - _NOT_TITLE
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def alikeness(first: str, second: str) -> float:
    """The share of telling words that two titles have in common, of all they have."""
    a, b = set(words_of(first)), set(words_of(second))
    a, b = a - {"section"}, b - {"section"}
    return len(a & b) / len(a | b) if a and b else 0.0


def _fits(told: Sequence[str], title: str) -> bool:
    """Whether every telling word is in the title, an abbreviation by its first letters."""
    inside = words_of(title)
    for word in told:
        if word in inside or _singular(word) in map(_singular, inside) or _initials(word, inside):
            continue
        if word in ("report", "reports", "paper", "papers", "document"):
            continue
        return False
    return any(word not in _HEADS or word == "framework" for word in told)


def _closest(told: Sequence[str], fits: Sequence[PaperFacts]) -> list[PaperFacts]:
    """Those whose titles have the last word too, then those with the fewest words beside."""

    def rank(paper: PaperFacts) -> tuple[bool, bool, int]:
        inside = words_of(paper.title)
        return (told[-1] not in inside, paper.kind in ("appendix", "minutes"), 0)

    best = min(map(rank, fits))
    return [paper for paper in fits if rank(paper) == best]


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def _initials(word: str, inside: Sequence[str]) -> bool:
    if not 2 <= len(word) <= 6:
        return False
    letters = "".join(each[0] for each in inside)
    return word in letters
