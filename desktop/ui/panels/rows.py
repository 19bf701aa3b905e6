"""Rows of wrapped words that the agenda, the notes and the search results are all made of."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from desktop.ui.kit.labels import set_role
from desktop.ui.kit.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_AT_ONCE = 60  # rows
_IN_SIGHT = 20  # rows that are there with the next frame; the others of the first sixty a moment after it
ROW_ROLE = int(Qt.ItemDataRole.UserRole)


class Chip(Enum):
    """The outline of a chip, so that it differs in shape too."""

    SOLID = "filled with the accent"
    OUTLINE = "outlined"
    PLAIN = "words alone"


@dataclass(frozen=True)
class Line:
    """One paragraph of a row: pieces, and whether they are strong. most: lines it may take, 0 for all it needs."""

    pieces: tuple[tuple[str, bool], ...]
    tint: str = "ink"
    most: int = 0
    chip: str = ""
    chip_shape: Chip = Chip.PLAIN

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(text for text, _ in self.pieces)


@dataclass(frozen=True)
class Row:
    """One entry. number: printed in the gutter; badge and badge_tint: a letter on a note's colour there instead.

    current: where the reader is. heading: cannot be chosen. indented: under the words
    of a numbered row. level: steps further in. progress: part done, shown as a line where it is neither none nor all.
    aside: a word or number at the right of the first line; emblem: an icon there. spoken: for screen readers.
    """

    key: str
    lines: tuple[Line, ...]
    spoken: str
    number: str = ""
    badge: str = ""
    badge_tint: str = ""
    current: bool = False
    heading: bool = False
    indented: bool = False
    tip: str = ""
    level: int = 0
    progress: float = 0.0
    aside: str = ""
    emblem: str = ""


def said(text: str, strong: bool = False, tint: str = "ink", most: int = 0) -> Line:
    """A line of one piece."""
    return Line(((text, strong),), tint, most)


class RowsModel(QAbstractListModel):
    """The rows in order; those at the end are handed to the view when it comes to them: wrapping words takes time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()
        self._handed = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(lambda: self.reach(_AT_ONCE - 1))

    def show(self, rows: Sequence[Row]) -> None:
        """Put other rows in place; where they only look different, cursor and scrolling stay."""
        rows = tuple(rows)
        if [row.key for row in rows] != [row.key for row in self.rows]:
            self.beginResetModel()
            self.rows, self._handed = rows, min(len(rows), _IN_SIGHT)
            self.endResetModel()
            self._soon.start(0)
            return
        old, self.rows = self.rows, rows
        for place, (before, after) in enumerate(zip(old[: self._handed], rows[: self._handed], strict=True)):
            if before != after:
                self.dataChanged.emit(self.index(place), self.index(place))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows the view has."""
        return 0 if parent.isValid() else self._handed

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are more than the view has."""
        return not parent.isValid() and self._handed < len(self.rows)

    def fetchMore(self, parent: Index) -> None:
        """The view has come to the end of those it has."""
        self.reach(self._handed + _AT_ONCE - 1)

    def reach(self, place: int) -> None:
        """Hand the view every row up to this one."""
        wanted = min(place + 1, len(self.rows))
        if wanted > self._handed:
            self.beginInsertRows(QModelIndex(), self._handed, wanted - 1)
            self._handed = wanted
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row's words, its whole text as tooltip, and the row itself."""
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole and row.tip:
            return f"<qt>{html.escape(row.tip)}</qt>"  # titles come from other people's files
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if self.rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowsView(QListView):
    """A list of rows, worked by mouse or keys. Keys of rows cross its signals."""

    chosen = Signal(str, bool)  # clicked, or Enter; True: with Ctrl or the middle button, for the other pane
    removal_asked = Signal(str)  # Delete
    editing_asked = Signal(str)  # F2
    menu_asked = Signal(str, QPoint)  # global
    left_upward = Signal()  # Up on the first row

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None, keeps: bool = True) -> None:
        """keeps: the row with the cursor stays marked while the keys are elsewhere."""
        super().__init__(parent)
        from desktop.ui.panels.row_painter import RowPainter

        self.setAccessibleName(name)
        self.setProperty("keeps", keeps)
        self._model = RowsModel(self)
        self._pressed: str | None = None
        self.setModel(self._model)
        self._painter = RowPainter(theme, self)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # The row in focus shows the ring; a second one round the whole list would only shift it.
        self.setStyleSheet("QListView, QListView:focus { border: none; margin: 0px; background: transparent; }")
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(lambda _least, most: set_role(bar, "" if most else "idle"))
        set_role(bar, "idle")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        theme.changed.connect(self._relook)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What it shows."""
        return self._model.rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, keeping the cursor on its row while that is still there."""
        before, scrolled = self.current_key(), self.verticalScrollBar().value()
        self._painter.keep(rows)
        self._model.show(rows)
        if self.current_key() != before:
            self.put_cursor(before)
        self.doItemsLayout()
        bar = self.verticalScrollBar()
        while bar.maximum() < scrolled and self._model.canFetchMore(QModelIndex()):
            self._model.fetchMore(QModelIndex())
            self.doItemsLayout()
        bar.setValue(scrolled)

    def forget(self) -> None:
        """What was shown before is not shown again."""
        self._painter.forget()

    def choose_several(self) -> None:
        """Let more rows than one be marked, with Shift."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)

    def chosen_keys(self) -> list[str]:
        """The keys of the rows that are marked, from the top."""
        places = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self._model.rows[place].key for place in places if not self._model.rows[place].heading]

    def current_key(self) -> str:
        """The key of the row with the cursor, "" without one."""
        index = self.currentIndex()
        return self._model.rows[index.row()].key if index.isValid() else ""

    def put_cursor(self, key: str) -> bool:
        """Put the cursor on a row; whether it is there."""
        for place, row in enumerate(self._model.rows):
            if row.key == key and not row.heading:
                self._model.reach(place)
                self.setCurrentIndex(self._model.index(place))
                return True
        return False

    def put_cursor_first(self) -> bool:
        """Put the cursor on the first row that can be chosen; whether there is one."""
        return any(not row.heading and self.put_cursor(row.key) for row in self._model.rows)

    def keys_in_sight(self) -> list[str]:
        """The keys of the rows that can be seen now, wholly or in part."""
        port = self.viewport().rect()
        places = range(min(len(self._model.rows), self._model.rowCount()))
        seen = [place for place in places if port.intersects(self.visualRect(self._model.index(place)))]
        return [self._model.rows[place].key for place in seen if not self._model.rows[place].heading]

    def bring_into_sight(self, key: str) -> None:
        """Scroll to show a row, with its surroundings, unless it is in sight."""
        for place in [place for place, row in enumerate(self._model.rows) if row.key == key]:
            self._model.reach(place)
            index = self._model.index(place)
            if not self.viewport().rect().contains(self.visualRect(index)):
                self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete removes, F2 edits, Up on the first row leaves."""
        key = event.key()
        asked = {Qt.Key.Key_Delete: self.removal_asked, Qt.Key.Key_F2: self.editing_asked}.get(Qt.Key(key))
        current = self.current_key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current:
            self.chosen.emit(current, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif asked is not None and current:
            asked.emit(current)
        elif key == Qt.Key.Key_Up and self._is_first():
            self.left_upward.emit()
        else:
            if key == Qt.Key.Key_End:
                self._model.reach(len(self._model.rows))
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The middle button presses a row as the left one does."""
        self._pressed = self._row_at(event)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A row let go where it was pressed is chosen."""
        super().mouseReleaseEvent(event)
        row, self._pressed = self._pressed, None
        button = event.button()
        marking = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)  # several rows, to do something with them
        if row is None or row != self._row_at(event) or marking:
            return
        middle = button == Qt.MouseButton.MiddleButton
        if middle or button == Qt.MouseButton.LeftButton:
            beside = middle or bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.chosen.emit(row, beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew, at once: Qt would leave the rows in their old places for a moment."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._painter.forget()
            self.scheduleDelayedItemsLayout()

    def sizeHint(self) -> QSize:
        """Small: whoever holds it gives it room."""
        return QSize(200, 120)

    def _is_first(self) -> bool:
        current = self.currentIndex().row()
        return all(row.heading for row in self._model.rows[: max(current, 0)])

    def _row_at(self, event: QMouseEvent) -> str | None:
        index = self.indexAt(event.position().toPoint())
        return self._model.rows[index.row()].key if index.isValid() and not self._is_heading(index) else None

    def _is_heading(self, index: QModelIndex) -> bool:
        return self._model.rows[index.row()].heading

    def _ask_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if index.isValid() and not self._model.rows[index.row()].heading:
            if not self.selectionModel().isSelected(index):
                self.setCurrentIndex(index)
            self.menu_asked.emit(self._model.rows[index.row()].key, self.viewport().mapToGlobal(at))

    def _relook(self) -> None:
        self._painter.forget()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
