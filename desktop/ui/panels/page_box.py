"""The page box: shows where we are as the pack prints it, and takes a page, an item, or a page of an item."""

import re

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.packs.book import Book

_PAGE = re.compile(r"(?:p|pp|pg|page|pages)?\.?\s*(\S+)", re.IGNORECASE)
_ITEM = re.compile(r"(?:agenda item|item)\.?\s*([\w.]+?)\.?(?:[\s,]+(?:p|page)?\.?\s*(\d+))?", re.IGNORECASE)
_NUMBER = re.compile(r"(\d+(?:\.\d+)+|\d+[a-z])\.?(?:[\s,]+(?:p|page)?\.?\s*(\d+))?", re.IGNORECASE)
_ITEM_PAGE = re.compile(r"([\w.]+?)\.?[\s,]+(?:p|page)\.?\s*(\d+)", re.IGNORECASE)


class NoSuchPlace(Exception):
    """What was typed names no page of the book; the message is a sentence for the reader."""


def find_page(typed: str, book: Book) -> int:
    """The book page (from 0) meant by "47", "p47", "3.2", "item 3" or "3.2 p4"; else NoSuchPlace. Labels first."""
    text = " ".join(typed.split())
    if found := _ITEM.fullmatch(text) or _ITEM_PAGE.fullmatch(text):
        return _of_item(found[1], found[2], book)
    printed = _PAGE.fullmatch(text)
    label = printed[1].casefold() if printed else ""
    for place, page in enumerate(book.pages):
        if label and page.label.casefold() == label:
            return place
    if found := _NUMBER.fullmatch(text):
        return _of_item(found[1], found[2], book)
    if label.isdecimal() and book.pages:
        last = book.pages[-1].label
        raise NoSuchPlace(f"There is no page {label}: the last page of this pack is {last}.")
    raise NoSuchPlace("Type a page, as 47, or an item, as 3.2 or 3.2 p4.")


def _of_item(number: str, page: str | None, book: Book) -> int:
    wanted = number.casefold()
    pages = [place for place, each in enumerate(book.pages) if each.paper.item.casefold() == wanted]
    if not pages:
        known = any(item.number.casefold() == wanted for item in book.pack.items)
        raise NoSuchPlace(
            f"Item {number} has no paper to open." if known else f"There is no item {number} on this agenda."
        )
    place = int(page or 1)
    if not 1 <= place <= len(pages):
        raise NoSuchPlace(f"Item {number} has {len(pages)} pages.")
    return pages[place - 1]


class PageBox(QLineEdit):
    """One box for every kind of page number."""

    page_asked = Signal(int)  # page of the book, from 0
    refused = Signal(str)  # the sentence
    left = Signal()  # Enter or Esc: back to the page

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book: Book | None = None
        self._page = 0
        self.setAccessibleName("Page")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.returnPressed.connect(self._go)

    def show_book(self, book: Book) -> None:
        """Of which book."""
        self._book = book
        self.updateGeometry()
        self._say()

    def show_page(self, page: int) -> None:
        """Where the reader is now, from 0."""
        self._page = page
        if not self.hasFocus():
            self._say()

    def sizeHint(self) -> QSize:
        """Room for the longest number it may have to show."""
        count = len(self._book.pages) if self._book else 100
        longest = f"{count}  ({count} of {count})"
        return QSize(self.fontMetrics().horizontalAdvance(longest) + 32, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Only the number itself, ready to be typed over."""
        super().focusInEvent(event)
        self.setText(self._label())
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Back to saying where we are."""
        super().focusOutEvent(event)
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _label(self) -> str:
        return self._book.pages[self._page].label if self._book and self._page < len(self._book.pages) else ""

    def _say(self) -> None:
        count = len(self._book.pages) if self._book else 0
        self.setText(f"{self._label()}  ({self._page + 1} of {count})" if count else "")
        self.setCursorPosition(0)

    def _go(self) -> None:
        if self._book is None:
            return
        try:
            page = find_page(self.text(), self._book)
        except NoSuchPlace as refusal:
            self.selectAll()
            self.refused.emit(str(refusal))
            return
        self.page_asked.emit(page)
        self.left.emit()
