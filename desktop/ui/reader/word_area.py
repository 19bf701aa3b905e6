"""The strip of pages as something whose words can be pointed at and selected."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.annotations.anchor import Anchor
from desktop.packs.book import Book, BookPage
from desktop.pdf.client import PdfClient
from desktop.reader.cells import Patch, table_of
from desktop.reader.lines import TextPage
from desktop.reader.moving import Step
from desktop.reader.selection import Caret, Selection, anchor_of, text_of
from desktop.reader.viewport import PageBox, PagePoint, ViewPixel
from desktop.ui.kit.bridge import Bridge
from desktop.ui.kit.clipboard import copy_words
from desktop.ui.kit.speaking import tell_value
from desktop.ui.reader.scrolling import StripArea
from desktop.ui.reader.selecting import Selector
from desktop.ui.reader.texts import Texts, Words

_SPARE = 40.0  # pixels between the caret and the window's edge


class WordArea(StripArea):
    """Holds the words near the reader, and those selected among them. It draws nothing."""

    selection_changed = Signal()
    selection_finished = Signal(QPoint)
    spoken_role = QAccessible.Role.Document

    def __init__(self, words: Words, pdf: PdfClient, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._once_here: Callable[[], None] | None = None  # waits for the selection's words
        self._texts = Texts(words, pdf, bridge, self)
        self._selector = Selector(self._texts, self)
        self._texts.arrived.connect(self._on_words)
        self._selector.changed.connect(self._on_selection)

    def spoken_value(self) -> str:
        """The words of the page being read, for a screen reader."""
        text = self._texts.get(self.current_page())
        everything = Selection(Caret(self.current_page(), 0), Caret(self.current_page(), len(text) if text else 0))
        return text_of(everything, self._texts.get)

    def selected_text(self) -> str:
        """The selected words as plain text; of a rectangle, rows of cells with tabs between them."""
        patch = self._selector.patch
        if patch is not None:
            text = self._texts.get(patch.page)
            return table_of(patch, text) if text is not None else ""
        return text_of(self._selector.selection, self._texts.get) if self._selector.selection else ""

    def selected_anchor(self) -> Anchor | None:
        """The selection's place in its paper, for a highlight or a note. A rectangle has none: it is no passage."""
        if self._book is None or self._selector.selection is None or self._selector.patch is not None:
            return None
        if self._texts.lacks(self._of_one_paper(self._selector.selection)):
            return None  # in a moment: a mark upon half of what is selected would be a wrong one
        return anchor_of(self._selector.selection, self._book, self._texts.get)

    @property
    def has_selection(self) -> bool:
        """Whether any word is selected."""
        return not self._selector.empty

    @property
    def patch(self) -> Patch | None:
        """The rectangle of words that is selected, if it is one."""
        return self._selector.patch

    def words_on(self, page: int) -> TextPage | None:
        """The words of a page of the book; None while they are not loaded."""
        return self._texts.get(page)

    def clear_selection(self) -> None:
        """Select nothing."""
        self._selector.clear()

    def copy(self) -> None:
        """Put the selected words on the clipboard, as soon as all of them are loaded."""
        self.with_words(lambda: copy_words(self.selected_text()))

    def with_words(self, act: Callable[[], None]) -> None:
        """Do something with the selection as soon as all its words are loaded; nothing without a selection."""
        self._once_here = None if self._selector.empty else act
        self._act_once_here()

    def select_word_at(self, pos: QPointF) -> None:
        """Select the word under a position, if there is one."""
        if self.is_over_text(pos) and (point := self.point_at(pos)) is not None:
            self._selector.press_unit(point, by_line=False)

    def select_all_on_page(self) -> None:
        """Select all words of the current page."""
        self._selector.select_page(self.current_page())

    def extend_selection(self, step: Step) -> bool:
        """Move the selection's end by key and keep it in sight; False if nothing has been begun."""
        if not self._selector.step(step):
            return False
        self.follow_caret()
        return True

    # What selecting, caret and tools ask

    @property
    def page_count(self) -> int:
        """How many pages the book has."""
        return len(self._pages)

    @property
    def sight(self) -> range:
        """The pages in sight."""
        return self._view.pages

    def page_at(self, number: int) -> BookPage:
        """A page of the book."""
        return self._pages[number]

    def box_of(self, page: int) -> PageBox:
        """Where a page lies in the window."""
        return self._view.box(page)

    def page_under(self, pos: QPointF) -> int | None:
        """The page a position lies on."""
        return self._view.page_under(ViewPixel(pos.x(), pos.y())) if self._pages else None

    def point_on(self, page: int, pixel: ViewPixel) -> PagePoint:
        """The point of this page under a pixel of the window; outside it where the pixel is."""
        return self._view.on_page(page, pixel)

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
        self.follow_caret()

    def follow_caret(self) -> None:
        """Scroll no further than needed to have the selection's moving end in sight."""
        focus = self._selector.selection.focus if self._selector.selection else None
        text = self._texts.get(focus.page) if focus else None
        if focus is None or text is None:
            return
        if focus.page not in self._view.pages:
            self._scroll_to_page(focus.page)
        if not len(text):
            return
        word = text.words[self._focus_word(text)]
        left, top, width, height = self._view.box(focus.page).rect(word.x0, word.y0, word.x1, word.y1)
        self.scroll_by(_needed(left, width, self._view.width), _needed(top, height, self._view.height))

    def caret_position(self) -> QPoint:
        """Where the selection's moving end is on the screen."""
        selection = self._selector.selection
        text = self._texts.get(selection.focus.page) if selection else None
        if selection is None or text is None or not len(text):
            return self.viewport().mapToGlobal(QPoint(0, 0))
        word = text.words[self._focus_word(text)]
        pixel = self._view.to_view(PagePoint(selection.focus.page, word.x1, word.y1))
        return self.viewport().mapToGlobal(QPoint(round(pixel.x), round(pixel.y)))

    def _of_one_paper(self, selection: Selection) -> list[int]:
        """The selected pages of the paper in which the selection begins: an anchor goes no further."""
        pages = [number for number in selection.pages if number < len(self._pages)]
        return [page for page in pages if self._pages[page].paper is self._pages[pages[0]].paper]

    def _focus_word(self, text: TextPage) -> int:
        """The word the selection's moving end belongs to."""
        selection = self._selector.selection
        assert selection is not None
        walking = self._selector.keeps_caret and selection.focus <= selection.anchor
        return min(max(0, selection.focus.index - (not walking)), len(text) - 1)

    def _take(self, book: Book, same: bool) -> None:
        super()._take(book, same)
        self._texts.use_book(book)
        self._selector.use_book(book, same)

    def _on_words(self, page: int) -> None:
        if page == self.current_page():
            tell_value(self)
        self._act_once_here()

    def _act_once_here(self) -> None:
        selection, act = self._selector.selection, self._once_here
        if act is None or (
            self._selector.patch is None and selection is not None and self._texts.lacks(selection.pages)
        ):
            return
        self._once_here = None
        act()

    def _on_selection(self) -> None:
        self._once_here = None
        self.viewport().update()
        self.selection_changed.emit()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A selection made by key is finished when Shift is let go."""
        if event.key() == Qt.Key.Key_Shift and not self._selector.empty:
            self.selection_finished.emit(self.caret_position())
        super().keyReleaseEvent(event)


def _needed(start: float, length: float, room: float) -> float:
    """How far to scroll so that this part of the window is in it, with a little to spare."""
    if start < 0:
        return start - _SPARE
    return start + length - room + _SPARE if start + length > room else 0.0
