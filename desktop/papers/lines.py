"""A page's words put back into lines, with where and how each is set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from desktop.pdf.protocol import PageText
from desktop.pdf.styles import LineStyle
from desktop.pdf.words import Word, unpack

EDGE = 0.13  # of a page's height, at head and foot
_COLUMN = 1.2  # sizes of letters between words


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as it stands on the page: box in page points, size of its letters, whether it is bold throughout."""

    text: str
    block: int
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    gapped: bool = False  # its words stand in columns

    @property
    def middle(self) -> float:
        """Half-way down it."""
        return (self.y0 + self.y1) / 2


@dataclass(frozen=True)
class PrintedPage:
    """A page (from 0) of these points: its lines in reading order, and the words at its head and foot."""

    page: int
    width: float
    height: float
    edges: tuple[Word, ...]
    lines: tuple[PrintedLine, ...]


def printed_page(text: PageText, width: float, height: float) -> PrintedPage:
    """The page as it was read by the worker."""
    words = unpack(text.words)
    edges = (word for word in words if word.y1 < height * EDGE or word.y0 > height * (1 - EDGE))
    return PrintedPage(text.page, width, height, tuple(edges), tuple(_lines(words, text.lines)))


def _lines(words: Iterable[Word], styles: Sequence[LineStyle]) -> Iterable[PrintedLine]:
    by_line: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        by_line.setdefault((word.block, word.line), []).append(word)
    for style in styles:
        of_line = by_line.get((style.block, style.line))
        if of_line:
            yield PrintedLine(
                " ".join(word.text for word in of_line).strip(),
                style.block,
                min(word.x0 for word in of_line),
                min(word.y0 for word in of_line),
                max(word.x1 for word in of_line),
                max(word.y1 for word in of_line),
                style.size,
                style.bold,
                _in_columns(of_line, style.size),
            )


def _in_columns(words: Sequence[Word], size: float) -> bool:
    """Whether words stand further apart than in a sentence; a number may stand off from what it counts."""
    gaps = [after.x0 - word.x1 for word, after in pairwise(words)]
    start = 1 if words[0].text.rstrip(".)").replace(".", "").isdigit() else 0
    return any(gap > _COLUMN * size for gap in gaps[start:])
