"""The selection as it is being made: by pointer, by key, by word, by line."""

from PySide6.QtCore import QObject, Signal

from desktop.packs.book import Book
from desktop.reader.selection import Caret, Selection, Step, line_at, moved, word_at
from desktop.reader.viewport import PagePoint
from desktop.ui.reader.texts import Texts


class Selector(QObject):
    """Holds the selection and turns points of pages into carets. `changed` whenever it is another one."""

    changed = Signal()

    def __init__(self, texts: Texts, parent: QObject) -> None:
        super().__init__(parent)
        self._texts = texts
        self._last = -1
        self._unit: Selection | None = None
        self._by_line = False
        self.selection: Selection | None = None

    @property
    def empty(self) -> bool:
        """Whether no word is selected."""
        return self.selection is None or self.selection.empty

    def use_book(self, book: Book, keep: bool) -> None:
        """Select in this book from now on; keep: its pages are those of the one before."""
        self._last = len(book.pages) - 1
        if not keep:
            self.clear()

    def press(self, point: PagePoint, extend: bool) -> None:
        """Begin at a point, or (extend) draw the selection on to it."""
        self._unit = None
        caret = self._caret(point)
        if caret is None:
            return
        self._set(self.selection.extended(caret) if extend and self.selection else Selection(caret, caret))

    def press_unit(self, point: PagePoint, by_line: bool) -> None:
        """Select the word, or the line, at a point; dragging on goes by the same unit."""
        self._by_line = by_line
        self._unit = self._unit_at(point)
        if self._unit is not None:
            self._set(self._unit)

    def drag(self, point: PagePoint) -> None:
        """Draw the selection on to a point."""
        if self._unit is not None:
            unit = self._unit_at(point)
            if unit is not None:
                self._set(self._unit.around(unit))
            return
        caret = self._caret(point)
        if caret is not None and self.selection is not None:
            self._set(self.selection.extended(caret))

    def step(self, step: Step) -> bool:
        """Move the selection's end by key; False if nothing has been begun."""
        if self.selection is None:
            return False
        self._set(self.selection.extended(moved(self.selection.focus, step, self._texts.get, self._last)))
        return True

    def select(self, selection: Selection) -> None:
        """Select just this."""
        self._unit = None
        self._set(selection)

    def word_under(self, point: PagePoint) -> str:
        """The word a point of a page lies in, "" where it lies in none."""
        text = self._texts.get(point.page)
        word = text.word_at(point.x, point.y, 1.0) if text is not None else None
        return text.words[word].text if text is not None and word is not None else ""

    def select_page(self, page: int) -> None:
        """Select all words of a page whose words are loaded."""
        text = self._texts.get(page)
        if text is not None and len(text):
            self._set(Selection(Caret(page, 0), Caret(page, len(text))))

    def clear(self) -> None:
        """Select nothing."""
        self._unit = None
        self._set(None)

    def _set(self, selection: Selection | None) -> None:
        if selection != self.selection:
            self.selection = selection
            self.changed.emit()

    def _caret(self, point: PagePoint) -> Caret | None:
        text = self._texts.get(point.page)
        return None if text is None else Caret(point.page, text.caret_at(point.x, point.y))

    def _unit_at(self, point: PagePoint) -> Selection | None:
        text = self._texts.get(point.page)
        if text is None:
            return None
        return (line_at if self._by_line else word_at)(point.page, text, point.x, point.y)
