"""A page's words put back into lines, with where and how each is set."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import sub

from desktop.pdf import rules, styles
from desktop.pdf.protocol import PageText
from desktop.pdf.rules import Rule
from desktop.pdf.styles import LineStyle
from desktop.pdf.words import Columns, Word, columns, place_of

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
    """The page as it was read by the worker. Raises ValueError where its lines or rules are none."""
    words = columns(text.words)
    edges = tuple(_at_edges(words, height * EDGE, height * (1 - EDGE)))
    lines = tuple(_lines(words, styles.read(text.styles)))
    return PrintedPage(text.page, width, height, edges, lines, rules.read(text.rules))


def _at_edges(words: Columns, head: float, foot: float) -> Iterable[Word]:
    for number, (top, bottom) in enumerate(zip(words.y0, words.y1, strict=True)):
        if bottom < head or top > foot:
            yield words.word(number)


def _lines(words: Columns, styled: Iterable[LineStyle]) -> Iterable[PrintedLine]:
    """Every page that arrives goes through here: columns of numbers at a time, not words one by one."""
    spans = _spans(words.places)
    for style in styled:
        if span := spans.get(place_of(style.block, style.line)):
            left, right, texts = words.x0[span], words.x1[span], words.texts[span]
            box = min(left), min(words.y0[span]), max(right), max(words.y1[span])
            gapped = _in_columns(texts[0], left, right, style.size)
            text = " ".join(texts).strip()
            yield PrintedLine(text, style.block, *box, style.size, style.bold, gapped, style.line)


def _spans(places: Sequence[int]) -> Mapping[int, slice]:
    """Where each line's words stand among the page's; they stand together."""
    spans: dict[int, slice] = {}
    start = 0
    for place, run in groupby(places):
        end = start + len(list(run))
        spans.setdefault(place, slice(start, end))
        start = end
    return spans


def _in_columns(first: str, left: Sequence[float], right: Sequence[float], size: float) -> bool:
    """Whether words stand further apart than in a sentence; a number may stand off from what it counts."""
    start = 1 if first.rstrip(".)").replace(".", "").isdigit() else 0
    return max(map(sub, left[start + 1 :], right[start:]), default=0.0) > _COLUMN * size
