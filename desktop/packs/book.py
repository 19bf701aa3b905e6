"""A pack as one continuous book: what the reader needs to lay it out, before any page is drawn."""

from dataclasses import dataclass, field
from pathlib import Path

from desktop.packs.pack import Pack

A4 = (595.28, 841.89)  # points; the size of a page that has not arrived yet


@dataclass(frozen=True)
class BookPaper:
    """A paper of the book. version: sha256 of its file. path: None until it is here; key opens it.

    first: its first page's place in the book, from 0. count: pages it takes there.
    """

    paper_id: str
    item: str
    title: str
    version: str
    path: Path | None
    key: str = field(repr=False)
    first: int = 0
    count: int = 0
    trouble: str = ""  # why it cannot be read, as a sentence
    corrected: bool = False  # an earlier version of it came before


@dataclass(frozen=True)
class BookPage:
    """A page of the book. index: from 0 within its paper. Size in points.

    label: printed pack page, e.g. "47"; "" where it cannot be told.
    """

    paper: BookPaper
    index: int
    width: float
    height: float
    label: str


@dataclass(frozen=True)
class Book:
    """All pages of a pack in order. A paper withheld from this member takes one page, whatever its length."""

    pack: Pack
    papers: tuple[BookPaper, ...]
    pages: tuple[BookPage, ...]
