"""The text of one version of a paper, in the spelling in which notes are looked for, and the way back to its words.

What another export of the same text changes is left out of account: line breaks, hyphens at their ends, ligatures,
kinds of quotes, running heads and feet. What changes the meaning stays: a decimal point, a sign, a currency.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.furniture import PageLines, without_furniture
from desktop.annotations.tokens import Tokens
from desktop.pdf.words import PackedWords
from desktop.search.scripts import MARKS
from desktop.search.text import folded

CONTEXT = 120  # letters of prefix and suffix

_DROPPED = re.compile(rf"[^\w{MARKS}\n£$€%+<>=&.,:/(\-]|_|(?<!\d)[.,:/]|[.,:/](?!\d)|\((?![£$€]?-?\d)|-(?!\n?[£$€]?\d)")
_BROKEN = re.compile(r"[-\u00ad\u2010]$")
_SHORT = 0.85  # of the width of a page: a line that ends before it is the last of its paragraph
_TALL = 842.0  # points: the height of a page whose height was not told


@dataclass(frozen=True)
class VersionPage:
    """One page as the store keeps it: packed words (None where it was not read) and its height in points."""

    words: bytes | None
    height: float = _TALL


def spelled(text: str) -> list[str]:
    """The tokens of running text, as a version's are: words without what does not count."""
    small = _DROPPED.sub("", folded("\n".join(text.split())))
    return [token for token in small.split("\n") if token]


class PaperText(Tokens):
    """Tokens of a version in reading order. Words are numbered through the version, tokens too.

    tokens: spelled words, those broken at a line's end joined. Each covers the words `word_of(token)` to the next's.
    """

    def __init__(self, pages: Sequence[VersionPage]) -> None:
        super().__init__()
        self._packed = [PackedWords(page.words) if page.words else None for page in pages]
        self.heights = [page.height for page in pages]
        self._firsts: list[int] = []  # the first word of each page
        self._first_tokens: list[int] = []
        self._words: list[int] = []  # of each token: its first word
        self._ends: list[int] = []  # and the one after its last
        self._lines: list[PageLines] = []
        self._broken = False  # the last word goes on in the next line, or on the next page
        self._gather()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._packed)

    def page_tokens(self, page: int) -> range:
        """The tokens that begin on a page."""
        ends = [*self._first_tokens[1:], len(self.tokens)]
        return range(self._first_tokens[page], ends[page]) if 0 <= page < self.pages else range(0)

    def page_of(self, token: int) -> int:
        """The page a token begins on."""
        return self._page_of_word(self._words[token])

    def top_of(self, token: int) -> float:
        """How far down its page a token stands, in points."""
        return self._box(self._words[token])[1]

    def tokens_under(self, quads: Iterable[Quad]) -> tuple[int, int] | None:
        """First and end of the tokens that lie under these strips; None where none does."""
        words = [word for quad in quads for word in self._words_under(quad)]
        if not words:
            return None
        first, last = bisect_right(self._ends, min(words)), bisect_right(self._words, max(words)) - 1
        return (first, last + 1) if first <= last else None

    def near(self, page: int, y: float) -> int | None:
        """The token nearest to a height of a page; None where the page has none."""
        tokens = self.page_tokens(page)
        if not len(tokens):
            return None
        boxes = ((token, self._box(self._words[token])) for token in tokens)
        return min(boxes, key=lambda each: (max(each[1][1] - y, y - each[1][3], 0.0), each[0]))[0]

    def anchor(self, before: Anchor, paper_id: str, version: str, first: int, end: int) -> Anchor:
        """The place of tokens first to end, for a note that stood at `before`. The label is still to be told."""
        start, stop = self._words[first], self._ends[end - 1]
        return Anchor(
            paper_id,
            version,
            self._page_of_word(start),
            "",
            tuple(self._strips(start, stop)),
            " ".join(self._say(start, stop)),
            self._before(start),
            self._after(stop),
            before.heading,
        )

    def strips(self, first: int, end: int) -> list[Quad]:
        """Tokens first to end as strips, one a line."""
        return list(self._strips(self._words[first], self._ends[end - 1])) if first < end else []

    def said(self, first: int, end: int) -> str:
        """Tokens first to end as they are printed."""
        return " ".join(self._say(self._words[first], self._ends[end - 1])) if first < end else ""

    # ---- reading the pages

    def _gather(self) -> None:
        lines = [PageLines(words, height) for words, height in zip(self._packed, self.heights, strict=True)]
        self._lines = lines
        for page, running in enumerate(without_furniture(lines)):
            self._firsts.append(self._firsts[-1] + len(lines[page - 1]) if page else 0)
            self._first_tokens.append(len(self.tokens))
            words = self._packed[page]
            if words is not None and len(words):
                self._take(page, words.text, running)

    def _take(self, page: int, text: str, running: set[int]) -> None:
        printed, first = text.split("\n"), self._firsts[page]
        small = _DROPPED.sub("", folded(text)).split("\n")
        if len(small) != len(printed):  # a letter that folds to a line's end; none is known
            small = [_DROPPED.sub("", folded(word)) for word in printed]
        blocks, block = [box[4] for box in self._lines[page].boxes], None
        for number, (word, letters) in enumerate(zip(printed, small, strict=True)):
            if number in running or not letters:
                continue
            token = letters.rstrip("-") or letters  # the hyphen at a page's end is no sign of the page's number
            if self._broken and self.tokens and token[0].islower():
                self.tokens[-1] += token
                self._ends[-1] = first + number + 1
            else:
                if self._is_closed() if block is None else blocks[number] != block:
                    self.begun.add(len(self.tokens))
                self.tokens.append(token)
                self._words.append(first + number)
                self._ends.append(first + number + 1)
            block = blocks[number]
            self._broken = bool(_BROKEN.search(word)) and len(token) > 1

    def _is_closed(self) -> bool:
        """Whether the pages so far end with the end of a paragraph: in the middle of a line."""
        if not self._ends:
            return True
        page = self._page_of_word(self._ends[-1] - 1)
        return self._box(self._ends[-1] - 1)[2] < _SHORT * max(box[2] for box in self._lines[page].boxes)

    def _page_of_word(self, word: int) -> int:
        return max(0, bisect_right(self._firsts, word) - 1)

    def _box(self, word: int) -> tuple[float, float, float, float, int, int]:
        page = self._page_of_word(word)
        return self._lines[page].boxes[word - self._firsts[page]]

    def _words_under(self, quad: Quad) -> Iterable[int]:
        if not 0 <= quad.page < self.pages:
            return
        first, lines = self._firsts[quad.page], self._lines[quad.page]
        for line in lines.between(quad.y0, quad.y1):
            for number in line:
                x0, y0, x1, y1, _, _ = lines.boxes[number]
                if quad.x0 <= (x0 + x1) / 2 <= quad.x1 and quad.y0 <= (y0 + y1) / 2 <= quad.y1:
                    yield first + number

    def _strips(self, start: int, stop: int) -> Iterable[Quad]:
        for page in range(self._page_of_word(start), self._page_of_word(stop - 1) + 1):
            first = self._firsts[page]
            lines = self._lines[page]
            for box in lines.strips(start - first, stop - first):
                yield Quad(page, *box)

    def _say(self, start: int, stop: int) -> list[str]:
        """The words, running heads and feet between them left out."""
        inside = range(bisect_right(self._ends, start), bisect_right(self._words, stop - 1))
        return [_joined(self._printed(self._words[token], self._ends[token])) for token in inside]

    def _printed(self, start: int, stop: int) -> list[str]:
        words = ((self._lines[page], word - self._firsts[page]) for word in range(start, stop)
                 for page in (self._page_of_word(word),))  # fmt: skip
        return [lines.printed[number] for lines, number in words if number not in lines.running]

    def _before(self, start: int) -> str:
        token = bisect_right(self._ends, start)
        return " ".join(self._say(self._words[max(0, token - 24)], start)[-24:])[-CONTEXT:] if token else ""

    def _after(self, stop: int) -> str:
        token = bisect_right(self._words, stop - 1)
        if token >= len(self.tokens):
            return ""
        end = min(len(self.tokens), token + 24)
        return " ".join(self._say(self._words[token], self._ends[end - 1]))[:CONTEXT]


def _joined(pieces: Sequence[str]) -> str:
    """A word broken at the end of a line, whole again."""
    return "".join([*(_BROKEN.sub("", piece) for piece in pieces[:-1]), *pieces[-1:]])
