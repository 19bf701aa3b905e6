"""Finding pages in the store's index, and the found words' boxes on a page."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import groupby

from db.finding import Finding
from db.records import HitRecord
from desktop.annotations.anchor import Quad
from desktop.jobs import Lane
from desktop.pdf.words import Word
from desktop.search.query import Query, read
from desktop.search.text import tokens

MOST = 200  # results shown; more are narrowed by another word sooner than read


@dataclass(frozen=True)
class Hit:
    """One page found (page from 0 within the paper). snippet: pieces of text, each with whether it was asked for."""

    pack_id: str
    paper_id: str
    sha256: str
    page: int
    snippet: tuple[tuple[str, bool], ...] = field(repr=False)


class Finder:
    """Looks in every paper of the store; titles are joined by whoever shows the hits."""

    def __init__(self, lane: Lane, finding: Finding) -> None:
        self._lane, self._finding = lane, finding

    def search(self, text: str, pack_id: str = "") -> Future[list[Hit]]:
        """Pages holding what the member typed, best first, in one pack or ("") in all."""
        return self._lane.do(self._search, read(text), pack_id)

    def _search(self, query: Query, pack_id: str) -> list[Hit]:
        match = query.match()
        if not match:
            return []
        return [_hit(record) for record in self._finding.find(match, MOST, pack_id=pack_id)]


def _hit(record: HitRecord) -> Hit:
    return Hit(record.pack_id, record.paper_id, record.sha256, record.page, tuple(_pieces(record.snippet)))


def _pieces(snippet: str) -> Iterator[tuple[str, bool]]:
    """Cut at the marks \\x02 and \\x03 that the index puts around found words."""
    for piece in snippet.split("\x02"):
        found, mark, rest = piece.partition("\x03")
        if mark:
            yield found, True
        if rest or not mark:
            yield (rest if mark else found), False


@dataclass(frozen=True, slots=True)
class _Token:
    """A folded token of the page and the words (by place in the page's list) it stands in."""

    text: str
    words: tuple[int, ...]


def quads_of(typed: str, page: int, words: Sequence[Word]) -> list[Quad]:
    """Boxes of what was typed among a page's words; one box a line where a phrase runs on."""
    stream = _stream(words)
    quads: list[Quad] = []
    for term in read(typed).terms:
        for spelling in term.spellings:
            for found in _runs(stream, spelling, term.prefix):
                quads += _boxes(found, page, words)
    return list(dict.fromkeys(quads))


def _stream(words: Sequence[Word]) -> list[_Token]:
    """The page's tokens; a word broken over two lines is one token in two words."""
    stream: list[_Token] = []
    broken = False
    for place, word in enumerate(words):
        found = tokens(word.text)
        if broken and found and found[0][0].isalpha() and word.text[:1].islower():
            last = stream.pop()
            stream.append(_Token(last.text + found.pop(0), (*last.words, place)))
        stream += [_Token(text, (place,)) for text in found]
        broken = bool(stream) and _breaks(words, place)
    return stream


def _breaks(words: Sequence[Word], place: int) -> bool:
    """Whether the word ends its line with a hyphen after a letter."""
    word = words[place]
    if place + 1 == len(words) or len(word.text) < 2 or not word.text[-2].isalpha():
        return False
    after = words[place + 1]
    return word.text[-1] in "-\u00ad\u2010\u2011" and (after.block, after.line) != (word.block, word.line)


def _runs(stream: list[_Token], spelling: tuple[str, ...], prefix: bool) -> Iterator[list[int]]:
    """Places of words of every run of tokens that reads as the spelling."""
    size = len(spelling)
    first = spelling[0]
    for start, token in enumerate(stream):
        if token.text.startswith(first) and _reads(stream[start : start + size], spelling, prefix):
            yield [place for each in stream[start : start + size] for place in each.words]


def _reads(run: list[_Token], spelling: tuple[str, ...], prefix: bool) -> bool:
    if len(run) < len(spelling) or any(token.text != word for token, word in zip(run[:-1], spelling[:-1], strict=True)):
        return False
    last, word = run[-1].text, spelling[-1]
    return last.startswith(word) if prefix else last == word


def _boxes(places: list[int], page: int, words: Sequence[Word]) -> Iterator[Quad]:
    for _, line in groupby(dict.fromkeys(places), key=lambda place: (words[place].block, words[place].line)):
        on_line = [words[place] for place in line]
        yield Quad(
            page,
            min(word.x0 for word in on_line),
            min(word.y0 for word in on_line),
            max(word.x1 for word in on_line),
            max(word.y1 for word in on_line),
        )
