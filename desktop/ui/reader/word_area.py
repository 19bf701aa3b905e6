"""The strip of pages as something whose words can be pointed at and selected."""

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.annotations.anchor import Anchor
from desktop.packs.book import Book
from desktop.pdf.client import PdfClient
from desktop.reader.selection import Caret, Selection, Step, anchor_of, text_of
from desktop.reader.viewport import PagePoint, ViewPixel
from desktop.ui.kit.bridge import Bridge
from desktop.ui.kit.clipboard import copy_words
from desktop.ui.reader.scrolling import StripArea
from desktop.ui.reader.selecting import Selector
from desktop.ui.reader.texts import Texts, Words


class WordArea(StripArea):
    """Holds the words near the reader, and those selected among them. It draws nothing."""

    selection_changed = Signal()
    selection_finished = Signal(QPoint)

    def __init__(self, words: Words, pdf: PdfClient, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._copying = False
        self._texts = Texts(words, pdf, bridge, self)
        self._selector = Selector(self._texts, self)
        self._texts.arrived.connect(self._on_words)
        self._selector.changed.connect(self._on_selection)

    def selected_text(self) -> str:
        """The selected words as plain text."""
        return text_of(self._selector.selection, self._texts.get) if self._selector.selection else ""

    def selected_anchor(self) -> Anchor | None:
        """The selection's place in its paper, for a highlight or a note."""
        if self._book is None or self._selector.selection is None:
            return None
        return anchor_of(self._selector.selection, self._book, self._texts.get)

    @property
    def has_selection(self) -> bool:
        """Whether any word is selected."""
        return not self._selector.empty

    def clear_selection(self) -> None:
        """Select nothing."""
        self._selector.clear()

    def copy(self) -> None:
        """Put the selected words on the clipboard, as soon as all of them are loaded."""
        selection = self._selector.selection
        if selection is None or selection.empty:
            return
        self._copying = self._texts.waits_for(selection.pages)
        if not self._copying:
            copy_words(self.selected_text())

    def select_all_on_page(self) -> None:
        """Select all words of the current page."""
        self._selector.select_page(self.current_page())

    def extend_selection(self, step: Step) -> bool:
        """Move the selection's end by key and keep it in sight; False if nothing has been begun."""
        if not self._selector.step(step):
            return False
        self._follow_caret()
        return True

    def point_at(self, pos: QPointF) -> PagePoint | None:
        """The point of the nearest page; None without a book."""
        return self._view.to_page(ViewPixel(pos.x(), pos.y())) if self._pages else None

    def word_under(self, pos: QPointF) -> str:
        """The word under a position, "" where there is none."""
        point = self.point_at(pos)
        return self._selector.word_under(point) if point else ""

    def is_over_text(self, pos: QPointF) -> bool:
        """Whether a word lies under a position."""
        return bool(self.word_under(pos))

    def select_words(self, page: int, first: int, end: int) -> None:
        """Select words first to end of a page of the book, and keep them in sight."""
        self._selector.select(Selection(Caret(page, first), Caret(page, end)))
        self._follow_caret()

    def _follow_caret(self) -> None:
        selection = self._selector.selection
        text = self._texts.get(selection.focus.page) if selection else None
        if selection is None or text is None or not len(text):
            return
        line = text.line_of(max(0, selection.focus.index - 1))
        _, top, _, height = self._view.box(selection.focus.page).rect(line.x0, line.y0, line.x1, line.y1)
        if top < 0:
            self.scroll_by(0, top - 40)
        elif top + height > self._view.height:
            self.scroll_by(0, top + height - self._view.height + 40)

    def caret_position(self) -> QPoint:
        """Where the selection's moving end is on the screen."""
        selection = self._selector.selection
        text = self._texts.get(selection.focus.page) if selection else None
        if selection is None or text is None or not len(text):
            return self.viewport().mapToGlobal(QPoint(0, 0))
        word = text.words[max(0, selection.focus.index - 1)]
        pixel = self._view.to_view(PagePoint(selection.focus.page, word.x1, word.y1))
        return self.viewport().mapToGlobal(QPoint(round(pixel.x), round(pixel.y)))

    def _take(self, book: Book, same: bool) -> None:
        super()._take(book, same)
        self._texts.use_book(book)
        self._selector.use_book(book, same)

    def _on_words(self, page: int) -> None:
        selection = self._selector.selection
        if self._copying and selection is not None and page in selection.pages:
            self.copy()

    def _on_selection(self) -> None:
        self.viewport().update()
        self.selection_changed.emit()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A selection made by key is finished when Shift is let go."""
        if event.key() == Qt.Key.Key_Shift and not self._selector.empty:
            self.selection_finished.emit(self.caret_position())
        super().keyReleaseEvent(event)
