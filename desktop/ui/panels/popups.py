"""Small frames that float over the page: what to do with a selection, what was just done, a bookmark."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Hairline, Text
from desktop.ui.panels.colours import ColourRow, quiet_button
from desktop.ui.panels.kind_menu import KindMenu

_GAP = 12  # logical pixels between a pop-up and what it is about
_FLAT = 80
_READ_SECONDS = 8


class PopUp(QFrame):
    """A raised frame over the page; it is part of the window, so it never outlives or hides behind it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = theme
        theme.changed.connect(self.update)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A firm outline: what lies under it is as light as it is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("control"), 1))
        painter.setBrush(self._look.colour("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def show_beside(self, at: QPoint, within: QRect) -> None:
        """Appear just below a point, wholly within a part of the parent.

        Where there is no room below, a flat pop-up goes just above; a high one to the top, clear of what it is about.
        """
        self.adjustSize()
        size = self._fitted(within)
        self.resize(size)
        top = at.y() + _GAP
        if top + size.height() > within.bottom():
            top = at.y() - _GAP - size.height() if size.height() < _FLAT else within.top()
        left = min(at.x() - size.width() // 3, within.right() - size.width())
        self.move(max(left, within.left()), max(min(top, within.bottom() - size.height()), within.top()))
        self.show()
        self.raise_()

    def stay_within(self, within: QRect) -> None:
        """Move no further than needed to lie within a part of the parent."""
        size = self._fitted(within)
        left = max(within.left(), min(self.x(), within.right() - size.width()))
        top = max(within.top(), min(self.y(), within.bottom() - size.height()))
        self.setGeometry(QRect(QPoint(left, top), size))

    def _fitted(self, within: QRect) -> QSize:
        return self.sizeHint().expandedTo(self.minimumSizeHint()).boundedTo(within.size())


class SelectionBar(PopUp):
    """What to do with the words just selected."""

    colour_picked = Signal(str)
    kind_picked = Signal(str)
    note_asked = Signal()
    copy_asked = Signal()
    bookmark_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName("Selected words")
        self.colours = ColourRow(theme)
        self.colours.picked.connect(self.colour_picked)
        across = QHBoxLayout(self)
        across.setContentsMargins(4, 4, 4, 4)
        across.setSpacing(2)
        across.addWidget(self.colours)
        across.addWidget(Hairline(upright=True))
        self.kinds = KindMenu(theme, self)
        self.kinds.picked.connect(self.kind_picked)
        across.addWidget(self.kinds)
        for icon, name, keys, signal in (
            ("sticky-note", "Write a note", "N", self.note_asked),
            ("copy", "Copy", "Ctrl+C", self.copy_asked),
            ("bookmark-plus", "Bookmark", "Ctrl+D", self.bookmark_asked),
        ):
            button = quiet_button(theme, icon, name, keys)
            button.clicked.connect(signal)
            across.addWidget(button)


class Toast(PopUp):
    """One short sentence at the foot of the page, with a way to take it back; goes by itself."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.words = Text(wrap=True)
        self.button = Button("Undo", "link")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._press)
        self._act: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        across = QHBoxLayout(self)
        across.setContentsMargins(12, 4, 8, 4)
        across.addWidget(self.words, 1)
        across.addWidget(self.button)

    def say(self, words: str, within: QRect, act: Callable[[], object] | None = None) -> None:
        """Show a sentence at the foot of `within`; act: what the Undo button does, None for no button."""
        self._act = act
        self.words.setText(words)
        self.button.setVisible(act is not None)
        self.place(within)
        self.show()
        self.raise_()
        self._timer.start(_READ_SECONDS * 1000)
        announce(self, words)

    def place(self, within: QRect) -> None:
        """Stand centred at the foot of a part of the parent."""
        room = min(within.width() - 2 * _GAP, 640)
        words = self.words.fontMetrics().horizontalAdvance(self.words.text()) + 8
        button = self.button.sizeHint().width() + 8 if self._act else 0
        width = min(room, words + button + 28)
        layout = self.layout()
        assert layout is not None
        height = max(self.minimumSizeHint().height(), layout.heightForWidth(width), 44)
        left = within.left() + (within.width() - width) // 2
        self.setGeometry(left, within.bottom() - height - _GAP, width, height)

    def put_away(self) -> None:
        """Gone before its time."""
        self._timer.stop()
        self.hide()

    def _press(self) -> None:
        self.put_away()
        if self._act is not None:
            self._act()


class BookmarkBox(PopUp):
    """The name of a bookmark, ready to be typed over."""

    named = Signal(str, str)  # id, name
    removal_asked = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._id = ""
        self.field = QLineEdit()
        self.field.setAccessibleName("Name of the bookmark")
        self.field.returnPressed.connect(self.close_box)
        self._remove = quiet_button(theme, "trash-2", "Delete this bookmark")
        self._remove.clicked.connect(self._ask_removal)
        across = QHBoxLayout()
        across.addWidget(self.field, 1)
        across.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.addWidget(Text("Bookmark", "strong"))
        column.addLayout(across)

    def edit(self, bookmark_id: str, name: str, at: QPoint, within: QRect) -> None:
        """Name this bookmark beside a point."""
        self._id = bookmark_id
        self.field.setMinimumWidth(self._look.grid(38))
        self.field.setText(name)
        self.show_beside(at, within)
        self.field.setFocus()
        self.field.selectAll()

    def close_box(self) -> None:
        """Keep the name, unless it was emptied, and go."""
        if not self.isVisible():
            return
        name = " ".join(self.field.text().split())
        if name and self._id:
            self.named.emit(self._id, name)
        self._id = ""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc keeps the name as it stands: nothing here is worth losing."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_box()
        else:
            super().keyPressEvent(event)

    def _ask_removal(self) -> None:
        asked, self._id = self._id, ""
        self.hide()
        self.removal_asked.emit(asked)
        self.closed.emit()
