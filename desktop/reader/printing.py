"""What is to be printed: which pages of the open book, and which of them may not or cannot be."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desktop.packs.book import Book, BookPaper

_SPAN = re.compile(r"\s*(.+?)\s*(?:-|–|—|\bto\b)\s*(.+?)\s*")


@dataclass(frozen=True)
class PrintList:
    """Pages of the book (from 0) that can be printed, in order; and sentences about those that are left out."""

    pages: tuple[int, ...]
    left_out: tuple[str, ...]


def print_list(book: Book, pages: Iterable[int]) -> PrintList:
    """Of these pages, those that can be printed. A paper that is left out is named once, with the reason."""
    barred = {paper.id for paper in book.pack.papers if paper.no_printing}
    good: list[int] = []
    reasons: dict[str, str] = {}
    for number in sorted(set(pages)):
        paper = book.pages[number].paper
        reason = _reason(paper, paper.paper_id in barred)
        if reason:
            reasons[paper.paper_id] = f"“{paper.title}” is left out: {reason}"
        else:
            good.append(number)
    return PrintList(tuple(good), tuple(reasons.values()))


def read_pages(typed: str, book: Book, find: Callable[[str, Book], int]) -> list[int]:
    """Pages of the book typed as "1-4, 47, 3.2 p4 – 3.2 p6", each end read by find, which raises what it cannot read.

    A span typed backwards is read forwards.
    """
    pages: set[int] = set()
    for part in typed.split(","):
        if not part.strip():
            continue
        span = _SPAN.fullmatch(part)
        first, last = (find(span[1], book), find(span[2], book)) if span else (find(part, book),) * 2
        pages |= set(range(min(first, last), max(first, last) + 1))
    return sorted(pages)


def _reason(paper: BookPaper, barred: bool) -> str:
    if barred:
        return "the secretary asks that it is not printed."
    if paper.path is None:
        return paper.trouble[:1].lower() + paper.trouble[1:] if paper.trouble else "it is not on this computer yet."
    return ""
