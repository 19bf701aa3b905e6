"""Real papers, a real book of them, and a canvas that reads them through a real engine."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pymupdf

from desktop.annotations.anchor import Anchor
from desktop.packs.pack import Body, Meeting, Pack, Session
from desktop.reader.book import A4, Book, BookPage, BookPaper

LINES = 30
UPRIGHT, WIDE = (595, 842), (842, 595)


def write_paper(path: Path, name: str, sizes: Sequence[tuple[int, int]]) -> Path:
    """A PDF whose every page says which it is, with numbered lines of words."""
    document = pymupdf.open()
    for number, (width, height) in enumerate(sizes, 1):
        page = document.new_page(width=width, height=height)
        page.insert_text((72, 60), f"{name} page {number}", fontsize=20)
        for line in range(1, LINES + 1):
            if 90 + 15 * line < height - 30:
                page.insert_text((72, 90 + 15 * line), f"line{line} of page{number} says alpha beta gamma", fontsize=11)
    document.save(path)
    document.close()
    return path


def book_of(files: Sequence[tuple[str, Path | None, Sequence[tuple[float, float]]]]) -> Book:
    """Papers by name, file (None: not here yet) and page sizes, as one book."""
    body = Body("0" * 16, "Board", "Trust")
    meeting = Meeting(date(2026, 1, 29), "13:30", "Room", Session.PUBLIC)
    papers: list[BookPaper] = []
    pages: list[BookPage] = []
    for name, path, sizes in files:
        version = hashlib.sha256(path.read_bytes() if path else name.encode()).hexdigest()
        paper = BookPaper(name, "1", f"Paper {name}", version, path, "", len(pages), len(sizes))
        papers.append(paper)
        for index, (width, height) in enumerate(sizes):
            pages.append(BookPage(paper, index, width, height, str(len(pages) + 1)))
    pack = Pack("1" * 16, body, meeting, "Pack", 1, datetime(2026, 1, 20, tzinfo=UTC), "", (), ())
    return Book(pack, tuple(papers), tuple(pages))


def missing(name: str, count: int) -> tuple[str, None, list[tuple[float, float]]]:
    """A paper that has not arrived."""
    return name, None, [A4] * count


def with_trouble(book: Book, paper_id: str, words: str) -> Book:
    """The same book with one paper refused."""
    papers = tuple(replace(paper, trouble=words) if paper.paper_id == paper_id else paper for paper in book.papers)
    by_id = {paper.paper_id: paper for paper in papers}
    return Book(book.pack, papers, tuple(replace(page, paper=by_id[page.paper.paper_id]) for page in book.pages))


def no_words(version: str, page: int) -> "Future[bytes | None]":
    """A store in which nothing is indexed yet: the engine is asked instead."""
    future: Future[bytes | None] = Future()
    future.set_result(None)
    return future


@dataclass(frozen=True)
class Marked:
    """An annotation as the canvas knows it."""

    id: str
    anchor: Anchor
    kind: str = "highlight"
    colour: str = "question"
    words: str = field(default="")
