"""The selection as it is being made: by pointer, by key, by word, by line."""

from PySide6.QtCore import QObject, Signal

from desktop.packs.book import Book
from desktop.reader.cells import Patch, patch_from, words_in
from desktop.reader.moving import Step, moved, walked
from desktop.reader.selection import Caret, Selection, line_at, word_at
from desktop.reader.viewport import PagePoint
from desktop.ui.reader.texts import Texts


class Selector(QObject):
    """Holds the selection and turns points of pages into carets. `changed` whenever it is another one.

    keeps_caret: the reader walks by caret, so there always is one, before a word, and clearing leaves it there.
    patch: a rectangle of words is selected, and not a run of them.
    """

    changed = Signal()

    def __init__(self, texts: Texts, parent: QObject) -> None:
        super().__init__(parent)
        self._texts = texts
        self._last = -1
        self._unit: Selection | None = None
        self._by_line = False
        self._corner: PagePoint | None = None
        self.keeps_caret = False
        self.selection: Selection | None = None
        self.patch: Patch | None = None

    @property
    def empty(self) -> bool:
        """Whether no word is selected."""
        if self.patch is not None:
            text = self._texts.get(self.patch.page)
            return text is None or not words_in(self.patch, text)
        return self.selection is None or self.selection.empty

    def use_book(self, book: Book, keep: bool) -> None:
        """Select in this book from now on; keep: its pages are those of the one before."""
        self._last = len(book.pages) - 1
        if not keep:
            self._unit = None
            self._set(None)

    def press(self, point: PagePoint, extend: bool) -> None:
        """Begin at a point, or (extend) draw the selection on to it."""
        self._unit = None
        caret = self._caret(point)
        if caret is None:
            return
        if self.keeps_caret and not extend:
            caret = self._before_word(caret, point)
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

    def press_patch(self, point: PagePoint) -> None:
        """Begin a rectangle at a point."""
        self._unit, self._corner = None, point

    def drag_patch(self, point: PagePoint) -> None:
        """Draw the rectangle on to a point of the same page."""
        corner = self._corner
        if corner is not None:
            self._set(self.selection, Patch.between(corner.page, corner.x, corner.y, point.x, point.y))

    @property
    def corner(self) -> PagePoint | None:
        """Where the rectangle was begun that is being drawn."""
        return self._corner

    def step(self, step: Step, x: float | None = None) -> bool:
        """Move the selection's end by key; False if nothing has been begun. x: what a step up or down aims at."""
        chosen = self.selection
        if chosen is None:
            return False
        after = chosen.focus > chosen.anchor or (chosen.empty and not self.keeps_caret)
        self._set(chosen.extended(moved(chosen.focus, step, self._texts.get, self._last, after, x)))
        return True

    def walk(self, step: Step, x: float | None = None) -> None:
        """Move the caret by key, with nothing selected."""
        if self.selection is not None:
            caret = walked(self.selection.focus, step, self._texts.get, self._last, x)
            self._set(Selection(caret, caret))

    def step_patch(self, step: Step) -> None:
        """Draw a rectangle by key: from the word at the caret to the one a step further."""
        chosen = self.selection
        if chosen is None:
            return
        focus = walked(chosen.focus, step, self._texts.get, self._last)
        text = self._texts.get(focus.page)
        if text is None or not len(text) or focus.page != chosen.anchor.page:
            return
        one, other = (min(end.index, len(text) - 1) for end in (chosen.anchor, focus))
        self._set(Selection(chosen.anchor, focus), patch_from(focus.page, text, one, other))

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
        focus = self.selection.focus if self.selection is not None and self.keeps_caret else None
        self._set(Selection(focus, focus) if focus is not None else None)

    def _set(self, selection: Selection | None, patch: Patch | None = None) -> None:
        if (selection, patch) != (self.selection, self.patch):
            self.selection, self.patch = selection, patch
            self.changed.emit()

    def _before_word(self, caret: Caret, point: PagePoint) -> Caret:
        """A click behind the last word of a line means that word, and not the next line's first."""
        text = self._texts.get(caret.page)
        line = text.line_near(point.x, point.y) if text is not None else None
        return caret if line is None else Caret(caret.page, min(caret.index, line.end - 1))

    def _caret(self, point: PagePoint) -> Caret | None:
        text = self._texts.get(point.page)
        return None if text is None else Caret(point.page, text.caret_at(point.x, point.y))

    def _unit_at(self, point: PagePoint) -> Selection | None:
        text = self._texts.get(point.page)
        if text is None:
            return None
        return (line_at if self._by_line else word_at)(point.page, text, point.x, point.y)
