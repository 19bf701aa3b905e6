"""A page's words put back into lines, with where and how each is set."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import sub

from desktop.pdf.protocol import PageText
from desktop.pdf.rules import Rule
from desktop.pdf.styles import LineStyle
from desktop.pdf.words import Box, Word, boxes_and_texts

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
    line: int = -1  # its number in the block, as its words carry it

    @property
    def middle(self) -> float:
        """Half-way down it."""
        return (self.y0 + self.y1) / 2


@dataclass(frozen=True)
class PrintedPage:
    """A page (from 0) of these points: its lines in reading order, the words at its head and foot, and the rules and
    shades drawn on it where it may hold a table."""

    page: int
    width: float
    height: float
    edges: tuple[Word, ...]
    lines: tuple[PrintedLine, ...]
    rules: tuple[Rule, ...] = ()


def printed_page(text: PageText, width: float, height: float) -> PrintedPage:
    """The page as it was read by the worker."""
    words = list(zip(*boxes_and_texts(text.words), strict=True))
    head, foot = height * EDGE, height * (1 - EDGE)
    edges = (Word(*box[:4], word, *box[4:]) for box, word in words if box[3] < head or box[1] > foot)
    return PrintedPage(text.page, width, height, tuple(edges), tuple(_lines(words, text.lines)), text.rules)


def _lines(words: Iterable[tuple[Box, str]], styles: Sequence[LineStyle]) -> Iterable[PrintedLine]:
    """Every page that arrives goes through here: columns of numbers at a time, not words one by one."""
    by_line: defaultdict[tuple[int, int], list[tuple[Box, str]]] = defaultdict(list)
    for word in words:
        by_line[word[0][4:]].append(word)
    for style in styles:
        if of_line := by_line.get((style.block, style.line)):
            boxes, texts = zip(*of_line, strict=True)
            x0, y0, x1, y1, _, _ = zip(*boxes, strict=True)
            gapped = _in_columns(texts[0], x0, x1, style.size)
            text = " ".join(texts).strip()
            box = min(x0), min(y0), max(x1), max(y1)
            yield PrintedLine(text, style.block, *box, style.size, style.bold, gapped, style.line)


def _in_columns(first: str, left: Sequence[float], right: Sequence[float], size: float) -> bool:
    """Whether words stand further apart than in a sentence; a number may stand off from what it counts."""
    start = 1 if first.rstrip(".)").replace(".", "").isdigit() else 0
    return max(map(sub, left[start + 1 :], right[start:]), default=0.0) > _COLUMN * size
