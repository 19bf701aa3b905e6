"""What a paper asks of those it is put to, in its own words: "approve the full business case"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.papers.flow import Part, Shape, flow, say
from desktop.pdf.words import Word

LOOK_IN = 3  # first pages of a paper: a recommendation stands on its front sheet, or soon after
ASKS = re.compile(r"\b(?:asked|invited|requested|recommended)\b", re.IGNORECASE)  # in all that is found
_ASKED = re.compile(
    r"\b(?:boards?|governing body|council|cabinet|committee|commission|panel|forum|members|"
    r"governors|trustees|directors|"
    r"(?-i:[A-Z]{2,6}))(?: members)?(?: of (?:the )?[\w’' ]{3,50}?)?(?:,? \w+,)? (?:is|"
    r"are) (?:now |therefore |also )?(?:asked|invited|requested|recommended)"
    r"(?: (?:to|that)\b)?\s*:?\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_SENTENCE = re.compile(r"(.+?[.!?])(?= [A-Z]|$)", re.DOTALL)
_NUMBER = re.compile(r"^(?:[•●▪◦‣·–-]|o|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)])\s+")
_MOST, _LONGEST = 12, 400


@dataclass(frozen=True)
class Asks:
    """points: what is asked, one each, without numbers of a list. page: where, from 0 within the paper.

    words: of each point, the numbers of the words of the page that it, or the paragraph it is part of, is made of.
    """

    page: int
    points: tuple[str, ...]
    words: tuple[tuple[int, ...], ...] = ()


def asked_of(pages: Sequence[Sequence[Word]], height: float) -> Asks | None:
    """What a paper asks, found on its first pages; None where it does not say so in the usual words."""
    for number, parts in enumerate(flow(pages, height)):
        for place, part in enumerate(parts):
            found = list(_points(pages[number], part, parts[place + 1 :]))
            if found:
                return Asks(number, tuple(point for point, _ in found), tuple(words for _, words in found))
    return None


def _points(words: Sequence[Word], part: Part, following: Sequence[Part]) -> Iterator[tuple[str, tuple[int, ...]]]:
    found = _ASKED.search(say(words, part.words)) if part.shape is not Shape.TABLE else None
    if found is None:
        return
    if rest := found[1].strip():
        sentence = _SENTENCE.match(rest)
        yield _short(sentence[1] if sentence else rest), part.words
        return
    for other in following[:_MOST]:
        if other.shape is not Shape.ITEM:
            break
        yield _short(_NUMBER.sub("", say(words, other.words))), other.words


def _short(text: str) -> str:
    text = text.strip(" ;.,")
    return text if len(text) <= _LONGEST else text[: text.rfind(" ", 0, _LONGEST)] + " …"
