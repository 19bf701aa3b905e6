"""A page's tables as rows of cells, told from the rules drawn on it, or from how its words stand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from desktop.pdf.rules import Rule as Box
from desktop.pdf.words import Word

Line = tuple[Word, ...]
_SAME_LINE = 0.55  # of the lower of two words: so much of it beside the other
# What was set in bold comes apart from the comma after it, and "21" from its raised "st".
_SPACED = re.compile(r" ([,.;])(?= |$)|(?<=\d) (st|nd|rd|th)\b")
_LONGEST_HEAD = 60  # letters in a cell that heads a column
_NUMBER = re.compile(r"[\d.,%£$€()\s/x×+–-]+")


@dataclass(frozen=True)
class Cell:
    """A cell. lines: its words, line by line. box: in page points. columns, rows: how many it reaches over."""

    lines: tuple[Line, ...]
    box: Box
    columns: int = 1
    rows: int = 1

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """In reading order."""
        return tuple(word for line in self.lines for word in line)

    @cached_property
    def text(self) -> str:
        """Its words, a space between two; one that was broken at the end of a line is whole again."""
        return _SPACED.sub(r"\1\2", joined_text(said(line) for line in self.lines))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Its lines."""
        return tuple(said(line) for line in self.lines)

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """Around each of its lines."""
        return tuple(around(line) for line in self.lines)


Row = tuple[Cell | None, ...]


@dataclass(frozen=True)
class CellTable:
    """A table on one page (from 0): rows of cells; None where nothing stands, or a cell of another column reaches in.

    Every row has as many places as there are columns. headed: the first row heads the columns. edges: every upright
    rule of it, or where there are none the left edges of its columns, and its right end.
    """

    page: int
    rows: tuple[Row, ...]
    headed: bool = False
    edges: tuple[float, ...] = ()
    ruled: bool = True

    def texts(self) -> list[list[str]]:
        """What its cells say, "" where nothing stands."""
        return [[cell.text if cell else "" for cell in row] for row in self.rows]

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """All of them, row by row."""
        return tuple(cell for row in self.rows for cell in row if cell is not None)

    @cached_property
    def box(self) -> Box:
        """Around all of it."""
        return around(self.cells)


@dataclass(frozen=True)
class LongRow:
    """A row of a table that may go on over pages; page: where it begins, from 0."""

    page: int
    cells: Row

    def text(self, column: int) -> str:
        """What stands in a column, "" for nothing; a column there is none of is empty too."""
        cell = self.cells[column] if 0 <= column < len(self.cells) else None
        return cell.text if cell is not None else ""

    @cached_property
    def filled(self) -> tuple[tuple[int, Cell], ...]:
        """Its cells with their columns."""
        return tuple((column, cell) for column, cell in enumerate(self.cells) if cell is not None)

    @property
    def whole(self) -> str:
        """All it says."""
        return " ".join(cell.text for _, cell in self.filled)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Around each line of each cell."""
        return tuple(box for _, cell in self.filled for box in cell.boxes)


@dataclass(frozen=True)
class LongTable:
    """A table with what goes on of it on later pages; heads that are repeated there are left out."""

    rows: tuple[LongRow, ...]
    headed: bool
    columns: int
    ruled: bool
    bottom: float  # where it ends on its last page

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.rows[0].page

    @property
    def last_page(self) -> int:
        """The page it ends on."""
        return self.rows[-1].page

    @cached_property
    def top(self) -> float:
        """Where it begins on its page."""
        return min(box[1] for box in self.rows[0].boxes)


def joined_text(lines: Iterable[str]) -> str:
    """Lines as running text."""
    text = ""
    for line in lines:
        if text and _is_broken(text, line):
            hyphened = "-" in line.split(" ", 1)[0]  # "ward-" before "by-ward" keeps its own
            text = (text if hyphened else text[:-1]) + line
        else:
            text += (" " if text and line else "") + line
    return text


def _is_broken(before: str, after: str) -> bool:
    if len(before) < 3 or not before[-2].isalpha() or not after[:1].isalpha():
        return False
    return before[-1] in "\u2010\u00ad" or (before[-1] == "-" and before[-2].islower() and after[0].islower())


def said(line: Iterable[Word]) -> str:
    """A line's words."""
    return " ".join(word.text for word in line).strip()


def around(parts: Sequence[Word] | Sequence[Cell]) -> Box:
    """The box around words or cells, at least one."""
    boxes = [part.box if isinstance(part, Cell) else (part.x0, part.y0, part.x1, part.y1) for part in parts]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def lines_of(words: Sequence[Word]) -> tuple[Line, ...]:
    """Words of one cell as lines from the top, wherever the file has them; what is raised or lowered stays in line."""
    lines: list[list[Word]] = []
    top, bottom = 0.0, 0.0
    for word in sorted(words, key=lambda word: word.y0 + word.y1):
        overlap = min(bottom, word.y1) - max(top, word.y0)
        if lines and overlap > _SAME_LINE * min(bottom - top, word.y1 - word.y0):
            lines[-1].append(word)
            if word.y1 - word.y0 > bottom - top:
                top, bottom = word.y0, word.y1
        else:
            lines.append([word])
            top, bottom = word.y0, word.y1
    return tuple(tuple(sorted(line, key=lambda word: word.x0)) for line in lines)


def is_head(row: Row) -> bool:
    """Whether a row may head the columns: short words in several of them, no numbers."""
    texts = [cell.text for cell in row if cell is not None and cell.text]
    return len(texts) > 1 and not any(_NUMBER.fullmatch(text) or len(text) > _LONGEST_HEAD for text in texts)


def column_of(lefts: Sequence[float], x: float) -> int:
    """The column a place across the page lies in."""
    return sum(left <= x for left in lefts[1:])


def merged(intervals: Iterable[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """Intervals that touch, or nearly, in one."""
    found: list[tuple[float, float]] = []
    for start, end in sorted(intervals):
        if found and start <= found[-1][1] + gap:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found
