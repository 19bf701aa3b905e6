"""What somebody means who types a page or an item: every page it may be, the likeliest first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.packs.book import Book, BookPage
from desktop.ui.panels.page_words import say_page

_PAGE = re.compile(r"(?:p|pp|pg|page|pages)?\.?\s*(\S+)", re.IGNORECASE)
_ITEM = re.compile(r"(?:agenda item|item)\.?\s*([\w.]+?)\.?(?:[\s,]+(?:p|page)?\.?\s*(\d+))?", re.IGNORECASE)
_NUMBER = re.compile(r"(\d+(?:\.\d+)+|\d+[a-z])\.?(?:[\s,]+(?:p|page)?\.?\s*(\d+))?", re.IGNORECASE)
_ITEM_PAGE = re.compile(r"([\w.]+?)\.?[\s,]+(?:p|page)\.?\s*(\d+)", re.IGNORECASE)


class NoSuchPlace(Exception):
    """What was typed names no page of the book; the message is a sentence for the reader."""


@dataclass(frozen=True)
class Meaning:
    """A page of the book (from 0) that may be meant. name: how it is meant; place: where that is."""

    page: int
    name: str
    place: str


def find_page(typed: str, book: Book) -> int:
    """The book page (from 0) meant by "47", "p47", "3.2", "item 3" or "3.2 p4"; else NoSuchPlace.

    A printed number goes before the count of pages, and both before an item.
    """
    found = meanings_of(typed, book)
    if found:
        return found[0].page
    raise NoSuchPlace(_why_not(" ".join(typed.split()), book))


def meanings_of(typed: str, book: Book) -> list[Meaning]:
    """Everything that may be meant, the likeliest first, each page once."""
    text = " ".join(typed.split())
    meant: dict[int, Meaning] = {}
    for meaning in _all_meanings(text, book):
        meant.setdefault(meaning.page, meaning)
    return list(meant.values())


def _all_meanings(text: str, book: Book) -> Iterable[Meaning]:
    if found := _ITEM.fullmatch(text) or _ITEM_PAGE.fullmatch(text):
        yield from _of_item(found[1], found[2], book)
        return
    bare = _PAGE.fullmatch(text)
    label = bare[1].casefold() if bare else ""
    if not label:
        return
    for number, page in enumerate(book.pages):
        if page.label.casefold() == label:
            yield Meaning(number, f"Page {page.label}", _say_paper(page))
            break
    if label.isdecimal() and 1 <= int(label) <= len(book.pages):
        number = int(label) - 1
        page = book.pages[number]
        printed = f"{say_page(page)}, " if page.label else ""
        yield Meaning(number, f"{label} of {len(book.pages)}", printed + _say_paper(page))
    if found := _NUMBER.fullmatch(text):
        yield from _of_item(found[1], found[2], book)
    elif text.isdecimal():
        yield from _of_item(text, None, book)


def _of_item(number: str, page: str | None, book: Book) -> Iterable[Meaning]:
    pages = _pages_of(number, book)
    place = int(page or 1)
    if 1 <= place <= len(pages):
        shown = book.pages[pages[place - 1]]
        name = f"Item {shown.paper.item}" + (f", page {place}" if page else "")
        yield Meaning(pages[place - 1], name, _say_paper(shown) if page else shown.paper.title)


def _pages_of(number: str, book: Book) -> list[int]:
    wanted = number.casefold()
    return [place for place, each in enumerate(book.pages) if each.paper.item.casefold() == wanted]


def _say_paper(page: BookPage) -> str:
    return f"{page.paper.title}, page {page.index + 1} of {page.paper.count}"


def _why_not(text: str, book: Book) -> str:
    found = _ITEM.fullmatch(text) or _ITEM_PAGE.fullmatch(text) or _NUMBER.fullmatch(text)
    if found:
        return _why_no_item(found[1], book)
    bare = _PAGE.fullmatch(text)
    if bare and bare[1].isdecimal() and book.pages:
        last = book.pages[-1].label or str(len(book.pages))
        return f"There is no page {bare[1]}: the last page of this pack is {last}."
    return "Type a page, as 47, or an item, as 3.2 or 3.2 p4."


def _why_no_item(number: str, book: Book) -> str:
    count = len(_pages_of(number, book))
    if count:
        return f"Item {number} has {count} pages."
    known = any(item.number.casefold() == number.casefold() for item in book.pack.items)
    return f"Item {number} has no paper to open." if known else f"There is no item {number} on this agenda."
