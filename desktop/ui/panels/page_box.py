"""The page box: shows where we are as the pack prints it, and takes a page, an item, or a page of an item."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.packs.book import Book
from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.panels.page_finding import Meaning, NoSuchPlace, find_page, meanings_of
from desktop.ui.panels.popups import PopUp
from desktop.ui.panels.rows import Row, RowsView, said

__all__ = ["NoSuchPlace", "PageBox", "find_page"]

_WIDE = 44  # steps of the grid that the list of meanings takes


class PageBox(QLineEdit):
    """One box for every kind of page number. While one types, a list says what it may mean."""

    page_asked = Signal(int)  # page of the book, from 0
    refused = Signal(str)  # the sentence
    left = Signal()  # Enter or Esc: back to the page
    menu_asked = Signal(QPoint)  # global

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._book: Book | None = None
        self._page = 0
        self._meanings: MeaningList | None = None
        self.setAccessibleName("Page")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.returnPressed.connect(self._go)
        self.textEdited.connect(self._suggest)

    @property
    def meanings(self) -> "MeaningList | None":
        """The list under the box, once there was something to say."""
        return self._meanings

    def show_book(self, book: Book) -> None:
        """Of which book."""
        self._book = book
        self.updateGeometry()
        if not self.hasFocus():
            self._say()

    def show_page(self, page: int) -> None:
        """Where the reader is now, from 0."""
        self._page = page
        if not self.hasFocus():
            self._say()

    def sizeHint(self) -> QSize:
        """Room for the longest number it may have to show."""
        pages = self._book.pages if self._book else ()
        count = len(pages) if self._book else 100
        label = max((page.label for page in pages), key=len, default="100")
        return QSize(
            self.fontMetrics().horizontalAdvance(f"{label}  ({count} of {count})") + 32, super().sizeHint().height()
        )

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Only the number itself, ready to be typed over."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.setText(self._label())
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Back to saying where we are."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._put_list_away()
            self._say()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done about the number."""
        self.menu_asked.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up; Up and Down choose what was meant."""
        key, shown = event.key(), self._meanings
        if key == Qt.Key.Key_Escape:
            self._put_list_away()
            self.left.emit()
        elif shown is not None and shown.isVisible() and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            announce(self, shown.step(1 if key == Qt.Key.Key_Down else -1))
        else:
            super().keyPressEvent(event)

    def _label(self) -> str:
        return self._book.pages[self._page].label if self._book and self._page < len(self._book.pages) else ""

    def _say(self) -> None:
        count = len(self._book.pages) if self._book else 0
        label = self._label()
        counted = f"({self._page + 1} of {count})"
        self.setText(f"{label}  {counted}".strip() if count else "")
        self.setCursorPosition(0)

    def _suggest(self, typed: str) -> None:
        meanings = meanings_of(typed, self._book) if self._book else []
        # One alone and as expected needs no list; that it is an item, or another number than printed, is worth a word.
        if not meanings or (len(meanings) == 1 and meanings[0].name.startswith("Page ")):
            self._put_list_away()
            return
        if self._meanings is None:
            self._meanings = MeaningList(self._theme, self.window())
            self._meanings.chosen.connect(self._take)
        self._meanings.show_under(self, meanings)

    def _put_list_away(self) -> None:
        if self._meanings is not None:
            self._meanings.hide()

    def _take(self, page: int) -> None:
        self._put_list_away()
        self.page_asked.emit(page)
        self.left.emit()

    def _go(self) -> None:
        if self._book is None:
            return
        shown = self._meanings
        if shown is not None and shown.isVisible():
            self._take(shown.page())
            return
        if self.text() == self._label() and not self._label():
            self.left.emit()
            return
        try:
            page = find_page(self.text(), self._book)
        except NoSuchPlace as refusal:
            self.selectAll()
            self.refused.emit(str(refusal))
            return
        self._take(page)


class MeaningList(PopUp):
    """What was typed may mean these pages; the first is taken unless another is chosen."""

    chosen = Signal(int)  # page of the book, from 0

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._theme = theme
        self._pages: list[int] = []
        self.list = RowsView(theme, "What this may mean", self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys stay in the box
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.chosen.connect(lambda key: self.chosen.emit(int(key)))
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 6, 2, 6)
        column.addWidget(self.list)

    def show_under(self, box: QWidget, meanings: list[Meaning]) -> None:
        """List these under the box, the first one chosen."""
        self._pages = [meaning.page for meaning in meanings]
        holder = box.window()
        below = box.mapTo(holder, QPoint(0, box.height() + 4))
        self.resize(min(self._theme.grid(_WIDE), holder.width() - below.x() - 8), 100)
        self.move(below)
        self.show()
        self.raise_()
        self.list.show_rows([_row(meaning) for meaning in meanings])
        self.list.put_cursor(str(self._pages[0]))
        self.resize(self.width(), sum(self.list.sizeHintForRow(row) for row in range(len(meanings))) + 12)

    def step(self, by: int) -> str:
        """Choose the next one, or the one before; returns it in words."""
        place = (self._pages.index(self.page()) + by) % len(self._pages)
        self.list.put_cursor(str(self._pages[place]))
        return self.list.rows[place].spoken

    def page(self) -> int:
        """The page chosen now."""
        return int(self.list.current_key() or self._pages[0])


def _row(meaning: Meaning) -> Row:
    lines = (said(meaning.name, strong=True), said(meaning.place, tint="quiet", most=1))
    return Row(str(meaning.page), lines, f"{meaning.name}: {meaning.place}", tip=meaning.place)
