"""A small picture of every page, to find one by its looks: the chart, the table, the page with the bookmark."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QImage, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.packs.book import Book, BookPage
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.words import say_count
from desktop.ui.panels.page_words import say_page
from desktop.ui.panels.rows import Index

_WIDTH, _HEIGHT = 88, 118  # logical pixels of a picture at the usual text size
_MOST_GROWTH = 1.5  # with the text: a picture is no sharper than it was made
_SLACK = 4  # pixels that Qt wants beyond the last column
_PAGE_ROLE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class PageMarks:
    """What a member has put on a page."""

    notes: int = 0
    bookmarked: bool = False


Picture = Callable[[int], QImage | None]
MarksOn = Callable[[BookPage], PageMarks]


class PagesPanel(QFrame):
    """Every page of the pack. picture: of a page of the book (from 0), None while it is not made yet."""

    page_asked = Signal(int, bool)  # page of the book, from 0; True: in the other pane

    def __init__(self, theme: Theme, picture: Picture, marks_on: MarksOn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self._model = _Pages(marks_on, self)
        self.list = _PageGrid(theme, self._model, picture, self)
        self.list.chosen.connect(self.page_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 0, 0)
        column.addWidget(self.list)

    def show_book(self, book: Book) -> None:
        """Show these pages."""
        self._model.show_pages(book.pages)

    def stop(self) -> None:
        """Let go of the pages."""
        self._model.show_pages(())

    def show_page(self, number: int) -> None:
        """The reader is on this page of the book, from 0."""
        self._model.current = number
        self.list.viewport().update()
        if self.isVisible() and not self.list.hasFocus():
            self.list.scrollTo(self._model.index(number), QAbstractItemView.ScrollHint.EnsureVisible)

    def picture_came(self, number: int) -> None:
        """A page looks different now."""
        if self.isVisible() and number < self._model.rowCount():
            self.list.update(self._model.index(number))

    def refresh(self) -> None:
        """Notes or bookmarks changed."""
        self.list.viewport().update()

    def focus_list(self) -> None:
        """Put the keys into the pages, on the one being read."""
        index = self._model.index(self._model.current)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.list.setFocus()


class _Pages(QAbstractListModel):
    """The pages in order, said in words."""

    def __init__(self, marks_on: MarksOn, parent: QWidget) -> None:
        super().__init__(parent)
        self.pages: tuple[BookPage, ...] = ()
        self.current = 0
        self.marks_on = marks_on

    def show_pages(self, pages: tuple[BookPage, ...]) -> None:
        self.beginResetModel()
        self.pages = pages
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.pages)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        page = self.pages[index.row()]
        if role == _PAGE_ROLE:
            return page
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._say(index.row(), page)
        return None

    def _say(self, number: int, page: BookPage) -> str:
        marks = self.marks_on(page)
        parts = [
            say_page(page),
            page.paper.title,
            "bookmarked" if marks.bookmarked else "",
            say_count(marks.notes, "note") if marks.notes else "",
            "you are here" if number == self.current else "",
        ]
        return ", ".join(part for part in parts if part)


class _PageGrid(QListView):
    """As many pages beside each other as there is room for."""

    chosen = Signal(int, bool)

    def __init__(self, theme: Theme, model: _Pages, picture: Picture, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName("Pages of the pack, as small pictures")
        self.setModel(model)
        self._painter = _PagePainter(theme, model, picture, self)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView, QListView:focus { border: none; margin: 0px; background: transparent; }")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        theme.changed.connect(self._share_out)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().row(), _is_beside(event.modifiers()))
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A page is chosen where the button is let go; the middle one, or Ctrl, is for the other pane."""
        super().mouseReleaseEvent(event)
        middle = event.button() == Qt.MouseButton.MiddleButton
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and (middle or event.button() == Qt.MouseButton.LeftButton):
            self.chosen.emit(index.row(), middle or _is_beside(event.modifiers()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns share the width."""
        self._share_out()
        super().resizeEvent(event)

    def _share_out(self) -> None:
        least = self._painter.cell()
        room = self.viewport().width() - _SLACK
        across = max(1, room // least.width())
        self.setGridSize(QSize(room // across, least.height()))
        self.viewport().update()


def _is_beside(modifiers: Qt.KeyboardModifier) -> bool:
    return bool(modifiers & Qt.KeyboardModifier.ControlModifier)


class _PagePainter(QStyledItemDelegate):
    """The picture, what is marked on it, and its number under it."""

    def __init__(self, theme: Theme, model: _Pages, picture: Picture, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._model, self._picture, self._view = theme, model, picture, view

    def cell(self) -> QSize:
        """Room for one page and its number."""
        step, line = self._theme.grid(1), self._line()
        return QSize(self._side(_WIDTH) + 2 * step, self._side(_HEIGHT) + 3 * step + 2 * line)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All alike."""
        shared = QSize(self._view.gridSize())
        return shared if shared.isValid() else self.cell()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, picture, marks, words."""
        page, rect = self._model.pages[index.row()], option.rect
        current = index.row() == self._model.current
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_ground(painter, rect, option, current)
        sheet = self._sheet(rect, page)
        picture = self._picture(index.row())
        painter.fillRect(sheet, self._theme.colour("paper"))
        if picture is not None:
            painter.drawImage(sheet, picture)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(sheet, self._theme.colour("paper"))  # no brighter than the page itself
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setPen(QPen(self._theme.colour("accent" if current else "control"), 3 if current else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(sheet)
        self._paint_marks(painter, sheet, page)
        self._paint_words(painter, rect, page, current)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, current: bool) -> None:
        inner = QRectF(rect).adjusted(2, 2, -2, -2)
        if current or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("chosen" if current else "hover"))
            painter.drawRoundedRect(inner, 4, 4)
        if option.state & QStyle.StateFlag.State_Selected and self._view.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, 4, 4)

    def _sheet(self, rect: QRect, page: BookPage) -> QRectF:
        """The page in its proportions, in the middle of its place."""
        across, down = self._side(_WIDTH), self._side(_HEIGHT)
        scale = min(across / page.width, down / page.height)
        width, height = page.width * scale, page.height * scale
        left = rect.left() + (rect.width() - width) / 2
        return QRectF(left, rect.top() + self._theme.grid(1) + (down - height) / 2, width, height)

    def _paint_marks(self, painter: QPainter, sheet: QRectF, page: BookPage) -> None:
        marks = self._model.marks_on(page)
        side = self._side(14)
        right = sheet.right() - side - 2
        for icon, shown in (("bookmark", marks.bookmarked), ("sticky-note", marks.notes > 0)):
            if shown:
                disc = QRectF(right - 2, sheet.top() + 2, side + 4, side + 4)
                painter.setPen(QPen(self._theme.colour("control"), 1))
                painter.setBrush(self._theme.colour("raised"))
                painter.drawRoundedRect(disc, 3, 3)
                pixels = self._theme.pixmap(icon, side, "ink", painter.device().devicePixelRatioF())
                painter.drawPixmap(disc.adjusted(2, 2, -2, -2).toRect(), pixels)
                right -= side + 6

    def _paint_words(self, painter: QPainter, rect: QRect, page: BookPage, current: bool) -> None:
        top, line, step = rect.top() + self._side(_HEIGHT) + 2 * self._theme.grid(1), self._line(), 4
        room = QRectF(rect.left() + step, top, rect.width() - 2 * step, line)
        painter.setFont(self._theme.font(bold=current))
        painter.setPen(self._theme.colour("ink"))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, say_page(page))
        if page.index == 0:
            name = f"{page.paper.item}  {page.paper.title}".strip()
            painter.setFont(self._theme.font())
            painter.setPen(self._theme.colour("quiet"))
            metrics = QFontMetricsF(painter.font())
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room.translated(0, line), Qt.AlignmentFlag.AlignCenter, shown)

    def _side(self, pixels: int) -> int:
        return round(pixels * min(_MOST_GROWTH, max(1.0, self._theme.size / 12)))

    def _line(self) -> int:
        return round(QFontMetricsF(self._theme.font(bold=True)).height())
