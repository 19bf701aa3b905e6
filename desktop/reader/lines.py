"""The words of one page as lines: what a pointer or a caret meets."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.pdf.words import Word


@dataclass(frozen=True, slots=True)
class Line:
    """Words first to end (exclusive) of a page, side by side; the box around them in page points."""

    first: int
    end: int
    block: int
    x0: float
    y0: float
    x1: float
    y1: float

    def away_from(self, x: float, y: float) -> tuple[float, float]:
        """How far a point lies from the line, down and across."""
        return _away(x, y, self.x0, self.y0, self.x1, self.y1)

    def stands_beside(self, other: "Line") -> bool:
        """Whether it goes on to the right of another at the same height, as the next cell of a row does."""
        shared = min(self.y1, other.y1) - max(self.y0, other.y0)
        return self.x0 >= other.x1 - 1 and shared > min(self.y1 - self.y0, other.y1 - other.y0) / 2


class TextPage:
    """A page's words in reading order, with its lines. A caret is a number: so many words lie before it."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.lines = _gather(words)
        self._starts = [line.first for line in self.lines]
        self._blocks = _frame_blocks(self.lines)

    def __len__(self) -> int:
        return len(self.words)

    def line_of(self, word: int) -> Line:
        """The line a word stands in."""
        return self.lines[max(0, bisect_right(self._starts, word) - 1)]

    def line_number(self, word: int) -> int:
        """The number of that line on the page."""
        return max(0, bisect_right(self._starts, word) - 1)

    def in_table(self, line: Line) -> bool:
        """Whether other lines of its block stand beside it: it is a cell."""
        number = self.line_number(line.first)
        around = self.lines[max(0, number - 1) : number + 2]
        return any(
            other.block == line.block and (other.stands_beside(line) or line.stands_beside(other)) for other in around
        )

    def rows(self) -> list[tuple[int, int]]:
        """First and end of the runs of lines that stand beside each other, from the top: a table's rows, or lines."""
        found: list[tuple[int, int]] = []
        for number, line in enumerate(self.lines):
            if found and line.stands_beside(self.lines[number - 1]):
                found[-1] = found[-1][0], number + 1
            else:
                found.append((number, number + 1))
        return found

    def caret_at(self, x: float, y: float) -> int:
        """The caret nearest to a point of the page."""
        line = self.line_near(x, y)
        return self.caret_in(line, x) if line else 0

    def caret_in(self, line: Line, x: float) -> int:
        """The caret of a line nearest to that distance from the left: before a word whose middle is further right."""
        for word in range(line.first, line.end):
            if x < (self.words[word].x0 + self.words[word].x1) / 2:
                return word
        return line.end

    def word_at(self, x: float, y: float, slack: float = 3.0) -> int | None:
        """The word under a point, or within a few points of it."""
        for number, word in enumerate(self.words):
            if word.x0 - slack <= x <= word.x1 + slack and word.y0 - slack <= y <= word.y1 + slack:
                return number
        return None

    def boxes(self, first: int, end: int) -> list[tuple[float, float, float, float]]:
        """The words first to end as strips, one a line: (x0, y0, x1, y1) in page points."""
        strips = []
        for line in self.lines[self.line_number(first) :]:
            words = self.words[max(first, line.first) : min(end, line.end)]
            if line.first >= end:
                break
            if words:
                # The line's own height, so that a strip does not step up and down from word to word.
                strips.append((min(w.x0 for w in words), line.y0, max(w.x1 for w in words), line.y1))
        return strips

    def heading_above(self, word: int) -> str:
        """The nearest line at or above a word that is set clearly larger than the page's plain text; "" if none is."""
        heights = sorted(line.y1 - line.y0 for line in self.lines)
        if not heights:
            return ""
        large = 1.2 * heights[len(heights) // 2]
        for line in reversed(self.lines[: self.line_number(word) + 1]):
            if line.y1 - line.y0 >= large and line.end - line.first <= 16:
                return " ".join(w.text for w in self.words[line.first : line.end])
        return ""

    def line_near(self, x: float, y: float) -> Line | None:
        """The line nearest to a point of the page."""

        # By block first: what lies beside the short last line of a column belongs to it, not to the longer one above.
        def away(line: Line) -> tuple[float, float, float]:
            down, across = _away(x, y, *self._blocks[line.block])
            return (across + 3 * down, *line.away_from(x, y))

        return min(self.lines, key=away, default=None)


def _away(x: float, y: float, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float]:
    return max(y0 - y, 0.0, y - y1), max(x0 - x, 0.0, x - x1)


def _frame_blocks(lines: Sequence[Line]) -> dict[int, tuple[float, float, float, float]]:
    frames: dict[int, tuple[float, float, float, float]] = {}
    for line in lines:
        x0, y0, x1, y1 = frames.get(line.block, (line.x0, line.y0, line.x1, line.y1))
        frames[line.block] = (min(x0, line.x0), min(y0, line.y0), max(x1, line.x1), max(y1, line.y1))
    return frames


def _gather(words: Sequence[Word]) -> list[Line]:
    lines: list[Line] = []
    first = 0
    for number in range(1, len(words) + 1):
        before = words[number - 1]
        if number == len(words) or (words[number].block, words[number].line) != (before.block, before.line):
            lines.append(_line(words, first, number))
            first = number
    return lines


def _line(words: Sequence[Word], first: int, end: int) -> Line:
    part = words[first:end]
    return Line(
        first,
        end,
        part[0].block,
        min(word.x0 for word in part),
        min(word.y0 for word in part),
        max(word.x1 for word in part),
        max(word.y1 for word in part),
    )
