"""A page's tables as rows of cells, each with its words and box."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.papers.finding import Box
from desktop.pdf.words import Word

if TYPE_CHECKING:
    from desktop.papers.paper_text import PaperPage


@dataclass(frozen=True)
class Cell:
    """A cell. words: in reading order. box: around them in page points. columns: how many it reaches over."""

    words: tuple[Word, ...]
    box: Box
    columns: int = 1

    @property
    def text(self) -> str:
        """Its words, a space between two."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True)
class CellTable:
    """A table on one page (from 0): rows of cells; None where nothing stands, or a cell of another column reaches in.

    Every row has as many places as there are columns. headed: the first row heads the columns.
    """

    page: int
    rows: tuple[tuple[Cell | None, ...], ...]
    headed: bool = False

    def texts(self) -> list[list[str]]:
        """What its cells say, "" where nothing stands."""
        return [[cell.text if cell else "" for cell in row] for row in self.rows]


def tables_of(page: "PaperPage") -> tuple[CellTable, ...]:
    """The tables of a page, from the top."""
    return tuple(_tables(page))


def _tables(page: "PaperPage") -> Iterable[CellTable]:
    return ()
