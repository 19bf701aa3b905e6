"""Every place where words stand on a page: the strips to light, and the words around them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from desktop.annotations.anchor import Quad
from desktop.pdf.words import PackedWords
from desktop.search.query import Query, Term
from desktop.search.scripts import MARKS
from desktop.search.text import folded

_BROKEN = re.compile("(?<=[^\\W\\d_])[-\u00ad\u2010\u2011]\n(?=[^\\W\\d_])")
_JOINT = "\x0b"  # stands for the hyphen and the line end that part a broken word
_AT_HAND = 16  # pages that lie unpacked: each is asked for several times in a row
_BEFORE, _AFTER = 7, 14  # words shown around a find

Pieces = tuple[tuple[str, bool], ...]


class Looked:
    """One page's words, ready to be looked through. What is found in a pack may be hundreds of pages: those that were
    looked through keep their words packed."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed
        self._joints: list[int] = []
        said = self._words.text
        text = self._with_joints(said) if "-\n" in said or not said.isascii() else said
        self._text, self._meets = _without_joints(folded(text))

    @property
    def _words(self) -> PackedWords:
        return _unpacked(self._packed)

    def rest(self) -> None:
        """Let go of what only looking through it takes."""
        self._text, self._meets = "", []

    def spans(self, query: Query) -> list[tuple[int, int]]:
        """First and last word (both included) of every place, in reading order."""
        return sorted({span for term in query.terms for span in self._spans_of(term)})

    def top(self, word: int) -> float:
        """How far down the page a word begins, in points."""
        return self._words.box(word)[1]

    def quads(self, first: int, last: int, page: int) -> tuple[Quad, ...]:
        """Strips over words, one a line."""
        boxes = [self._words.box(place) for place in range(first, last + 1)]
        return tuple(_strip(page, list(line)) for _, line in groupby(boxes, key=lambda box: box[4:]))

    def snippet(self, first: int, last: int) -> Pieces:
        """The words of a place in their surroundings."""
        start, end = max(0, first - _BEFORE), min(len(self._words), last + 1 + _AFTER)
        before, found, after = (self._said(*part) for part in ((start, first), (first, last + 1), (last + 1, end)))
        before = ("…" if start else "") + before + (" " if before else "")
        after = (" " if after else "") + after + ("…" if end < len(self._words) else "")
        return tuple(piece for piece in ((before, False), (found, True), (after, False)) if piece[0])

    def _spans_of(self, term: Term) -> Iterator[tuple[int, int]]:
        last = place = 0
        for start, end in found_in(self._text, term):
            place, last = place + self._words_between(last, start), start
            yield place, place + self._words_between(start, end - 1)

    def _words_between(self, start: int, end: int) -> int:
        """How many words further on a letter stands than another."""
        count = self._text.count("\n", start, end)
        return count + sum(1 for meet in self._meets if start < meet <= end) if self._meets else count

    def _said(self, start: int, end: int) -> str:
        said, texts = "", _texts(self._packed)
        for place in range(start, end):
            said += texts[place]
            said = said[:-1] if place in self._joints and place + 1 < end else said + " "
        return said.rstrip()

    def _with_joints(self, text: str) -> str:
        def joined(match: re.Match[str]) -> str:
            place = text.count("\n", 0, match.start())
            if not text[match.end()].islower() or self._words.box(place)[4:] == self._words.box(place + 1)[4:]:
                return match.group()
            self._joints.append(place)
            return _JOINT

        return _BROKEN.sub(joined, text)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place: page from 0 within the paper; top: how far down it, in points."""

    paper_id: str
    sha256: str
    page: int
    top: float
    _looked: Looked = field(repr=False, compare=False)
    _span: tuple[int, int]

    @property
    def quads(self) -> tuple[Quad, ...]:
        """The strips to light, one a line."""
        return self._looked.quads(*self._span, self.page)

    @property
    def snippet(self) -> Pieces:
        """The words in their surroundings: pieces, each with whether it was asked for."""
        return self._looked.snippet(*self._span)


def look(query: Query, paper_id: str, sha256: str, page: int, packed: bytes) -> list[Occurrence]:
    """Every place on one page, in reading order."""
    looked = Looked(packed)
    found = [Occurrence(paper_id, sha256, page, looked.top(span[0]), looked, span) for span in looked.spans(query)]
    looked.rest()
    return found


@lru_cache(_AT_HAND)
def _unpacked(packed: bytes) -> PackedWords:
    return PackedWords(packed)


@lru_cache(_AT_HAND)
def _texts(packed: bytes) -> list[str]:
    return _unpacked(packed).text.split("\n")


def surroundings(query: Query, text: str, most: int) -> Pieces:
    """The part of a text that holds the most of what is asked for, in pieces."""
    words = text.split()
    found = {place for span in _spans_of(query, words) for place in range(span[0], span[1] + 1)}
    start = _densest(sorted(found), most, len(words))
    runs = groupby(range(start, min(len(words), start + most)), key=lambda place: place in found)
    pieces = [(" ".join(words[place] for place in run), asked) for asked, run in runs]
    spaced = [(said + " " * (number + 1 < len(pieces)), asked) for number, (said, asked) in enumerate(pieces)]
    opening = [("…", False)] if start else []
    closing = [("…", False)] if start + most < len(words) else []
    return tuple(opening + spaced + closing)


def holds(query: Query, text: str) -> bool:
    """Whether all that is asked for stands in a text."""
    small = folded(text)
    return bool(query.terms) and all(any(found_in(small, term)) for term in query.terms)


def _spans_of(query: Query, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    text = "\n".join(folded(word) for word in words)
    for term in query.terms:
        for start, end in found_in(text, term):
            yield text.count("\n", 0, start), text.count("\n", 0, end - 1)


def _densest(places: Sequence[int], most: int, count: int) -> int:
    """Where a window of words begins that shows the most of these places, with some words before them."""
    if not places:
        return 0
    best = max(places, key=lambda start: sum(1 for place in places if start <= place < start + most - _BEFORE))
    return max(0, min(best - _BEFORE, count - most))


def _without_joints(text: str) -> tuple[str, list[int]]:
    """The text with broken words whole, and the places in it where their parts meet."""
    if _JOINT not in text:
        return text, []
    parts = text.split(_JOINT)
    meets, length = [], 0
    for part in parts[:-1]:
        length += len(part)
        meets.append(length)
    return "".join(parts), meets


def _strip(page: int, boxes: list[tuple[float, float, float, float, int, int]]) -> Quad:
    return Quad(
        page,
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def found_in(text: str, term: Term) -> Iterator[tuple[int, int]]:
    """Where a term begins and ends in folded text, as words begin and end in the index."""
    pattern = _pattern(term, text.isascii())
    match = pattern.search(text)
    while match:
        start, end = match.span()
        # Looked at only here: a pattern that begins with its first letter is searched for ten times as fast.
        if start and _is_letter(text[start - 1]):
            end = start + 1
        else:
            yield start, end
        match = pattern.search(text, end)


def _is_letter(letter: str) -> bool:
    return letter.isalnum() or letter in MARKS


@lru_cache(64)
def _pattern(term: Term, in_ascii: bool) -> re.Pattern[str]:
    letter = "[a-z0-9]" if in_ascii else rf"(?:(?!_)[\w{MARKS}])"
    gap = "[^a-z0-9]+" if in_ascii else rf"(?:(?!{letter})[\s\S])+"
    end = rf"{letter}*" if term.prefix else rf"(?!{letter})"
    runs = [gap.join(map(re.escape, words)) for words in term.spellings]
    return re.compile(f"{runs[0]}{end}" if len(runs) == 1 else f"(?:{'|'.join(runs)}){end}")
