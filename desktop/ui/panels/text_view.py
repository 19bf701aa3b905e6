"""The reading view: a paper as running text, as large as one likes, for small windows and for screen readers."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.papers.flow import Part, Shape, Words, is_broken
from desktop.pdf.words import Word
from desktop.ui.kit.palettes import LIGHT
from desktop.ui.kit.theme import Size, Theme
from desktop.ui.kit.widgets import COLUMN

_LINE_HEIGHT = 145  # per cent
_HEADINGS = (Size.TITLE, Size.HEADING, Size.LEAD, Size.TEXT)


@dataclass
class _Page:
    """Where a page of the paper stands in the text. spots: (points from its top, position) of its parts."""

    number: int
    start: int
    spots: list[tuple[float, int]] = field(default_factory=list)
    words: dict[int, tuple[int, int]] = field(default_factory=dict)  # number of the word -> position, length


class TextView(QTextEdit):
    """Shows a paper from one of its pages on; pages (from 0 in the paper) are added in order.

    place_moved(page, points from its top) · end_near: more pages are wanted · before_wanted: the page before the first
    """

    place_moved = Signal(int, float)
    end_near = Signal()
    before_wanted = Signal()
    left = Signal()  # Esc

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._first = 0
        self._pages: list[_Page] = []
        self._said: list[QTextEdit.ExtraSelection] = []
        self._leading = 0  # while the text is moved for the reader, it tells nobody that it moved
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName("The paper as running text")
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.verticalScrollBar().valueChanged.connect(self._tell_place)

    @property
    def pages_shown(self) -> range:
        """The pages that have been added."""
        return range(self._first, self._first + len(self._pages))

    def begin(self, title: str, first: int) -> None:
        """Forget what was shown, and begin with a page of this paper."""
        self._first, self._pages, self._said = first, [], []
        self.setExtraSelections([])
        self.clear()
        self._fit()
        if title:
            cursor = QTextCursor(self.document())
            self._open_block(cursor, heading=1)
            cursor.insertText(title, self._format(Size.TITLE, strong=True))

    def add_page(self, label: str, words: Sequence[Word], parts: Sequence[Part], why_none: str = "") -> None:
        """Put the next page at the end. label: as printed. why_none: said where the page has no text."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self._open_block(cursor, space=24)
        cursor.insertText(f"Page {label}", self._format(Size.TEXT, tint="quiet"))
        page = _Page(self.pages_shown.stop, cursor.block().position())
        self._pages.append(page)
        if not parts and why_none:
            self._open_block(cursor)
            cursor.insertText(why_none, self._format(Size.TEXT, tint="quiet"))
        for part in parts:
            if part.shape is Shape.TABLE:
                self._add_table(cursor, page, words, part)
            else:
                self._add_part(cursor, page, words, part)

    def go_to(self, number: int, top: float = 0.0) -> None:
        """Bring a place of a page to the top."""
        page = self._page(number)
        if page is None:
            return
        place = bisect_right([spot[0] for spot in page.spots], top + 1) - 1
        position = page.spots[place][1] if place >= 0 else page.start
        self._leading += 1
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        box = self.document().documentLayout().blockBoundingRect(cursor.block())
        self.setTextCursor(cursor)  # keys and screen readers go on from here
        self.verticalScrollBar().setValue(round(box.top()))
        self._leading -= 1

    def place(self) -> tuple[int, float]:
        """The page at the top, and how many points down it the text there begins."""
        position = self.cursorForPosition(self.viewport().rect().topLeft()).position()
        page = self._page_at(position)
        if page is None:
            return self._first, 0.0
        before = [top for top, at in page.spots if at <= position]
        return page.number, before[-1] if before else 0.0

    def mark(self, number: int, sentence: Words, word: int | None = None) -> None:
        """Show which sentence of a page is being said, and which of its words."""
        self._said = []
        page = self._page(number)
        spans = [page.words[each] for each in sentence if each in page.words] if page else []
        if page and spans:
            first, (last, length) = spans[0][0], spans[-1]
            self._said.append(self._light(first, last + length - first, "hit"))
            if word in page.words:
                self._said.append(self._light(*page.words[word], "hit_now"))
        self.setExtraSelections(self._said)
        if self._said:
            self._bring_into_sight(self._said[-1].cursor)

    def word_at_cursor(self) -> tuple[int, int] | None:
        """(page, number of the word) at the text cursor or after it; None where nothing follows."""
        position = self.textCursor().selectionStart()
        for page in self._pages:
            for number, (at, length) in page.words.items():
                if at + length > position:
                    return page.number, number
        return None

    def relook(self) -> None:
        """The look has changed: whoever filled it has to fill it again. Here only the width follows."""
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the page; Space scrolls as on it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_Up) and self._at_top():
            self.before_wanted.emit()
        elif event.key() == Qt.Key.Key_Space:
            bar = self.verticalScrollBar()
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            bar.setValue(bar.value() + (-1 if back else 1) * round(bar.pageStep() * 0.9))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines stay no longer than can be read; the place is kept."""
        number, top = self.place()
        super().resizeEvent(event)
        self._fit()
        self.go_to(number, top)

    # ---- filling

    def _add_part(self, cursor: QTextCursor, page: _Page, words: Sequence[Word], part: Part) -> None:
        heading = part.shape is Shape.HEADING
        level = min(part.level, len(_HEADINGS)) if heading else 0
        self._open_block(
            cursor, heading=level and level + 1, indent=part.shape is Shape.ITEM, space=16 if heading else 8
        )
        page.spots.append((part.top, cursor.position()))
        size = _HEADINGS[level - 1] if heading else Size.TEXT
        self._add_words(cursor, page, words, part.words, self._format(size, strong=heading))

    def _add_table(self, cursor: QTextCursor, page: _Page, words: Sequence[Word], part: Part) -> None:
        self._open_block(cursor)
        page.spots.append((part.top, cursor.position()))
        columns = len(part.rows[0])
        table = cursor.insertTable(len(part.rows), columns, self._table_format(columns))
        for row, cells in enumerate(part.rows):
            for column, cell in enumerate(cells):
                inside = table.cellAt(row, column).firstCursorPosition()
                self._add_words(inside, page, words, cell, self._format(Size.TEXT, strong=row == 0))
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _add_words(
        self, cursor: QTextCursor, page: _Page, words: Sequence[Word], numbers: Words, look: QTextCharFormat
    ) -> None:
        """In one go, since each insertion costs; then where each word has come to stand."""
        text, start = "", cursor.position()
        before = -1
        for number in numbers:
            word = words[number].text
            if before >= 0 and is_broken(words[before], words[number]):
                text = text[:-1]
                page.words[before] = (page.words[before][0], page.words[before][1] - 1)
            elif text:
                text += " "
            page.words[number] = (start + _length(text), _length(word))
            text += word
            before = number
        cursor.insertText(text, look)

    def _open_block(self, cursor: QTextCursor, heading: int = 0, indent: bool = False, space: int = 8) -> None:
        look = QTextBlockFormat()
        look.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        look.setTopMargin(self._theme.grid(space / 8))
        look.setHeadingLevel(heading)
        if indent:
            look.setLeftMargin(self._theme.grid(3))
        if self.document().isEmpty():
            cursor.setBlockFormat(look)
        else:
            cursor.insertBlock(look, QTextCharFormat())

    def _format(self, size: Size, strong: bool = False, tint: str = "ink") -> QTextCharFormat:
        look = QTextCharFormat()
        look.setFont(
            self._theme.font(size, bold=strong), QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesAll
        )
        look.setFontWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        look.setForeground(self._theme.colour(tint))
        return look

    def _table_format(self, columns: int) -> QTextTableFormat:
        look = QTextTableFormat()
        look.setHeaderRowCount(1)
        look.setBorderCollapse(True)
        look.setBorder(1)
        look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        look.setBorderBrush(QColor(self._theme.colour("line")))
        look.setCellPadding(self._theme.grid(0.75))
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        return look

    # ---- places

    def _page(self, number: int) -> _Page | None:
        return self._pages[number - self._first] if number in self.pages_shown else None

    def _at_top(self) -> bool:
        first = self.textCursor().block().blockNumber() <= 2
        return first and self.verticalScrollBar().value() <= self._theme.grid(8)

    def _page_at(self, position: int) -> _Page | None:
        place = bisect_right([page.start for page in self._pages], position) - 1
        return self._pages[max(place, 0)] if self._pages else None

    def _tell_place(self) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() - bar.value() < 2 * bar.pageStep():
            self.end_near.emit()
        if not self._leading and self._pages:
            self.place_moved.emit(*self.place())

    def _light(self, position: int, length: int, token: str) -> QTextEdit.ExtraSelection:
        light = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setBackground(self._theme.colour(token))
        look.setForeground(QColor(LIGHT.ink))  # the lights are light in every palette
        light.cursor, light.format = cursor, look
        return light

    def _bring_into_sight(self, cursor: QTextCursor) -> None:
        box = self.cursorRect(cursor)
        room = self.viewport().rect()
        if box.top() < room.top() or box.bottom() > room.bottom() - self._theme.grid(6):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + box.top() - room.height() // 3)

    def _fit(self) -> None:
        widest = round(COLUMN * max(1.0, self._theme.size / 12))
        # The width Qt wraps to has the margins in it.
        self.setLineWrapColumnOrWidth(max(120, min(self.viewport().width(), widest + 2 * self._theme.grid(2))))
        self.document().setDocumentMargin(self._theme.grid(2))


def _length(text: str) -> int:
    """In the units Qt counts positions by: those of UTF-16."""
    return len(text.encode("utf-16-le")) // 2
