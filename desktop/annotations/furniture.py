"""The lines of stored pages, and which of them are running heads and feet: those come between words that belong
together, and at other places in another export."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from desktop.pdf.words import PackedWords

_EDGE = 0.11  # of the page's height, at its top and at its foot
_NUMBER = re.compile(r"\d+")
_BARE = re.compile(r"[-–|\s]*(page)?\s*\d{0,4}\s*((of|/)\s*\d{1,4})?[-–|\s]*", re.IGNORECASE)  # 15.2 is a figure
_FEW = 8  # pages under which two of a kind are a habit

Box = tuple[float, float, float, float, int, int]
Strip = tuple[float, float, float, float]


class PageLines:
    """The words of one page and the lines they stand in. running: words of heads and feet, by number."""

    def __init__(self, words: PackedWords | None, height: float) -> None:
        self.height = height
        self.boxes: list[Box] = [words.box(place) for place in range(len(words))] if words else []
        self.printed: list[str] = words.text.split("\n") if words and len(words) else []
        self.lines = self._cut()
        self.running: set[int] = set()

    def __len__(self) -> int:
        return len(self.boxes)

    def text(self, line: range) -> str:
        """A line's words."""
        return " ".join(self.printed[line.start : line.stop])

    @cached_property
    def _heights(self) -> list[tuple[float, float]]:
        """From where to where each line goes, down the page."""
        spans = ([self.boxes[word] for word in line] for line in self.lines)
        return [(min(box[1] for box in span), max(box[3] for box in span)) for span in spans]

    def between(self, top: float, foot: float) -> Iterator[range]:
        """The lines that have a part between two heights."""
        for line, (start, stop) in zip(self.lines, self._heights, strict=True):
            if start <= foot and stop >= top:
                yield line

    def is_edge(self, line: range) -> bool:
        """Whether a line stands at the top or the foot of its page."""
        tops = [self.boxes[word][1] for word in line]
        feet = [self.boxes[word][3] for word in line]
        return max(feet) < self.height * _EDGE or min(tops) > self.height * (1 - _EDGE)

    def strips(self, start: int, stop: int) -> list[Strip]:
        """The words start to stop, one strip a line, heads and feet left out."""
        found = []
        for line in self.lines:
            words = [self.boxes[n] for n in line if start <= n < stop and n not in self.running]
            if words:
                whole = [self.boxes[n] for n in line]
                top, foot = min(b[1] for b in whole), max(b[3] for b in whole)
                found.append((min(b[0] for b in words), top, max(b[2] for b in words), foot))
        return found

    def _cut(self) -> list[range]:
        lines, first = [], 0
        for number in range(1, len(self.boxes) + 1):
            if number == len(self.boxes) or self.boxes[number][4:] != self.boxes[number - 1][4:]:
                lines.append(range(first, number))
                first = number
        return lines


def without_furniture(pages: Sequence[PageLines]) -> list[set[int]]:
    """For each page the numbers of the words that are heads and feet; kept with the page as well."""
    edges = [[line for line in page.lines if page.is_edge(line)] for page in pages]
    shapes = [{_shape(page.text(line)) for line in lines} for page, lines in zip(pages, edges, strict=True)]
    seen = Counter(shape for each in shapes for shape in each)
    enough = 2 if len(pages) < _FEW else 3
    for page, lines in zip(pages, edges, strict=True):
        for line in lines:
            text = page.text(line)
            if _BARE.fullmatch(text) or seen[_shape(text)] >= enough:
                page.running.update(line)
    return [page.running for page in pages]


def _shape(text: str) -> str:
    return _NUMBER.sub("#", text.casefold())
