"""A page's own lines as running text, from which any stretch can be found again on the page."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Protocol

from desktop.papers.finding import Box, Place
from desktop.papers.lines import PrintedLine
from desktop.pdf.words import Word

BREAKS = "-\u00ad\u2010"  # that end a line in the middle of a word
_GAP = 0.9  # heights of a line, from one to the next of the same running text
_APART = 1.6  # sizes of letters between two parts of one row


class Lines(Protocol):
    """Lines in reading order, as those of one page (from 0), and the words each is made of."""

    @property
    def page(self) -> int:
        """The page they stand on."""

    @property
    def lines(self) -> tuple[PrintedLine, ...]:
        """In reading order."""

    def words_of(self, line: PrintedLine) -> list[Word]:
        """The words of one."""


class RunningText:
    """The lines of a page, read on where they go on: a blank between words, a line feed where something new begins."""

    def __init__(self, page: Lines) -> None:
        self._page = page
        self.lines = page.lines
        self._starts: list[int] = []
        parts: list[str] = []
        length = 0
        for number, line in enumerate(page.lines):
            join = self._join(page.lines[number - 1], line, parts) if number else ""
            parts.append(join)
            length += len(join)
            self._starts.append(length)
            text, cut = line.text, self._is_broken(number)
            parts.append(text[:-1] if cut else text)
            length += len(parts[-1])
        self.text = "".join(parts)

    @cached_property
    def starts(self) -> frozenset[int]:
        """Where lines begin in the text."""
        return frozenset(self._starts)

    def line_at(self, offset: int) -> int:
        """The number of the line that a letter stands in."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def start_of(self, number: int) -> int:
        """Where a line begins in the text."""
        return self._starts[number]

    def place(self, start: int, end: int) -> Place:
        """Where a stretch of the text stands: a box for each line it touches."""
        return Place(self._page.page, tuple(self._boxes(start, end)))

    def around(self, start: int, end: int, letters: int = 70) -> str:
        """The words around a stretch, whole words, for a line of a list."""
        text = self.text
        first, last = max(0, start - letters), min(len(text), end + letters)
        while first > 0 and not text[first - 1].isspace():
            first -= 1
        while last < len(text) and not text[last].isspace():
            last += 1
        return " ".join(text[first:last].split())

    def _boxes(self, start: int, end: int) -> Iterator[Box]:
        for number in range(self.line_at(start), self.line_at(max(start, end - 1)) + 1):
            line, base = self.lines[number], self._starts[number]
            words = self._page.words_of(line)
            at, inside = base, []
            for word in words:
                if at < end and at + len(word.text) > start:
                    inside.append(word)
                at += len(word.text) + 1
            if inside:
                left, right = min(word.x0 for word in inside), max(word.x1 for word in inside)
                yield (left, min(word.y0 for word in inside), right, max(word.y1 for word in inside))
            elif base < end:
                yield (line.x0, line.y0, line.x1, line.y1)

    def _is_broken(self, number: int) -> bool:
        """Whether a word is broken at the end of this line and goes on in the next."""
        if number + 1 >= len(self.lines):
            return False
        text, after = self.lines[number].text, self.lines[number + 1].text
        if _address_goes_on(text, after):
            return False
        ends = len(text) > 1 and text[-1] in BREAKS and text[-2].isalpha() and after[:1].islower()
        return ends and self.lines[number].block == self.lines[number + 1].block

    def _join(self, line: PrintedLine, after: PrintedLine, parts: Sequence[str]) -> str:
        if abs(after.middle - line.middle) < 0.5 * min(line.y1 - line.y0, after.y1 - after.y0):
            return " " if 0 <= after.x0 - line.x1 < _APART * line.size else "\n"
        if self._is_broken(len(self._starts) - 1) or _address_goes_on(line.text, after.text):
            return ""
        near = -0.5 < (after.y0 - line.y1) / max(1.0, line.y1 - line.y0) < _GAP
        over = after.x0 < line.x1 and line.x0 < after.x1
        alike = abs(after.size - line.size) < 0.6 and after.bold == line.bold
        return " " if near and over and (alike or after.block == line.block) else "\n"


def _address_goes_on(text: str, after: str) -> bool:
    """Whether a line ends within an address of the web, at a sign where such are broken."""
    last = text.rsplit(None, 1)[-1] if text else ""
    goes_on = after[:1].islower() or after[:1].isdigit() or after[:1] in "%/?#"
    return last[-1:] in "-/_=&?" and goes_on and ("://" in last or "www." in last)
