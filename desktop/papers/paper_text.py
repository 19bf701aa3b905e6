"""A paper as recognisers see it: words with boxes, lines without running heads and feet, rows, tables, headings."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from desktop.papers.cells import CellTable, LongTable
from desktop.papers.finding import Box, Place
from desktop.papers.furniture import without_furniture
from desktop.papers.headings import Heading, find_headings
from desktop.papers.lines import PrintedLine, PrintedPage, printed_page
from desktop.papers.tables import long_tables, tables_of
from desktop.pdf.protocol import PageSize, PageText
from desktop.pdf.words import Word, unpack

_SAME_ROW = 0.5  # of the lower line's height


@dataclass(frozen=True)
class Row:
    """What stands side by side at one height of the page: a number and what it numbers, the cells of a table's line."""

    page: int
    lines: tuple[PrintedLine, ...]  # from the left

    @cached_property
    def text(self) -> str:
        """All of it, a space between two lines."""
        return " ".join(line.text for line in self.lines)

    @cached_property
    def box(self) -> Box:
        """Around all of it."""
        return (
            self.lines[0].x0,
            min(line.y0 for line in self.lines),
            max(line.x1 for line in self.lines),
            max(line.y1 for line in self.lines),
        )

    @property
    def bold(self) -> bool:
        """Whether all of it is."""
        return all(line.bold for line in self.lines)


@dataclass
class PaperPage:
    """One page, from 0, of this size in points.

    lines: as printed, in reading order, running heads, feet and stamps set aside; printed: with them. rules: what is
    drawn on it, where it may hold a table.
    """

    page: int
    width: float
    height: float
    lines: tuple[PrintedLine, ...]
    printed: tuple[PrintedLine, ...]
    packed: bytes = field(repr=False)
    rules: tuple[Box, ...] = field(default=(), repr=False)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Every word, furniture too, in reading order."""
        return tuple(unpack(self.packed)) if self.packed else ()

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The lines from the top, those side by side together."""
        return tuple(Row(self.page, tuple(lines)) for lines in _side_by_side(self.lines))

    @cached_property
    def text(self) -> str:
        """Its own lines, one a line: for a cheap look whether something can be there at all."""
        return "\n".join(line.text for line in self.lines)

    def words_of(self, line: PrintedLine) -> list[Word]:
        """The words a line is made of."""
        return self._by_line.get((line.block, line.line), [])

    @cached_property
    def _by_line(self) -> dict[tuple[int, int], list[Word]]:
        found: defaultdict[tuple[int, int], list[Word]] = defaultdict(list)
        for word in self.words:
            found[word.block, word.line].append(word)
        return dict(found)


class PaperText:
    """What a recogniser gets. title: what the file or the pack calls the paper, "" where neither does."""

    def __init__(self, pages: Sequence[PrintedPage], packed: Sequence[bytes], title: str = "") -> None:
        """packed: each page's words, as `desktop.pdf.words.pack` packs them."""
        self.title = title
        self._printed = pages
        own = without_furniture(pages)
        self.pages = tuple(
            PaperPage(page.page, page.width, page.height, tuple(lines), page.lines, words, page.rules)
            for page, lines, words in zip(pages, own, packed, strict=True)
        )
        self._cells: dict[int, tuple[CellTable, ...]] = {}

    @classmethod
    def of(cls, texts: Iterable[PageText], sizes: Sequence[PageSize], title: str = "") -> "PaperText":
        """From what the worker read of every page, in order."""
        texts = list(texts)
        printed = [printed_page(text, sizes[text.page].width, sizes[text.page].height) for text in texts]
        return cls(printed, [text.words for text in texts], title)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Found by how they are set; none where they cannot be told."""
        return find_headings(self._printed)

    @cached_property
    def text(self) -> str:
        """Every page's own lines."""
        return "\n".join(page.text for page in self.pages)

    def cells(self, page: int) -> tuple[CellTable, ...]:
        """The tables of a page (from 0), from the top; none where it does not look like one. Found when first asked."""
        if page not in self._cells:
            self._cells[page] = tables_of(self.pages[page])
        return self._cells[page]

    @cached_property
    def tables(self) -> tuple[LongTable, ...]:
        """Every table, in order; one that goes on over a page break is one, its head said once."""
        return tuple(long_tables(self.pages, [self.cells(page) for page in range(len(self.pages))]))


def place_of(page: int, lines: Iterable[PrintedLine]) -> Place:
    """Where these lines of one page stand."""
    return Place(page, tuple((line.x0, line.y0, line.x1, line.y1) for line in lines))


def boxes_of(words: Iterable[Word]) -> tuple[Box, ...]:
    """Around these words of one page, a box for each line they stand in."""
    lines: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        lines.setdefault((word.block, word.line), []).append(word)
    return tuple(
        (min(w.x0 for w in line), min(w.y0 for w in line), max(w.x1 for w in line), max(w.y1 for w in line))
        for line in lines.values()
    )


def _side_by_side(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    rows: list[list[PrintedLine]] = []
    for line in sorted(lines, key=lambda line: (line.middle, line.x0)):
        if rows and _beside(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.x0)
    return rows


def _beside(first: PrintedLine, line: PrintedLine) -> bool:
    return line.middle - first.middle < _SAME_ROW * min(first.y1 - first.y0, line.y1 - line.y0)
