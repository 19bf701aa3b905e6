"""A pack as one continuous book: what the reader needs to lay it out, before any page is drawn."""

from dataclasses import dataclass, field
from pathlib import Path

from desktop.packs.pack import Pack

A4 = (595.28, 841.89)  # points; the size of a page that has not arrived yet


@dataclass(frozen=True)
class BookPaper:
    """A paper of the book. version: sha256 of its file; path and key: None until it is here. first: its first page's place in the book, from 0."""

    paper_id: str
    item: str
    title: str
    version: str
    path: Path | None
    key: str = field(repr=False)
    first: int = 0
    count: int = 0
    trouble: str = ""  # why it cannot be read, as a sentence


@dataclass(frozen=True)
class BookPage:
    """A page of the book. index: from 0 within its paper. Size in points. label: printed pack page, e.g. "47"."""

    paper: BookPaper
    index: int
    width: float
    height: float
    label: str


@dataclass(frozen=True)
class Book:
    """All pages of a pack in order. pages[i] is pack page i + 1."""

    pack: Pack
    papers: tuple[BookPaper, ...]
    pages: tuple[BookPage, ...]
