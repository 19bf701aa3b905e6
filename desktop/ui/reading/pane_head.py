"""The strip over a pane: which paper it shows, whether it is the one in use, whether links open in it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.packs.book import BookPage
from desktop.packs.pack import Pack
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import ElidedLabel, IconButton, Text

_LINE = 3  # pixels of accent over the pane in use


class PaneHead(QFrame):
    """There only while two panes are shown."""

    pressed = Signal()
    receive_asked = Signal(bool)  # links are to open here, or no longer
    close_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._theme, self._in_use = theme, False
        self.title = ElidedLabel("", "quiet", Qt.TextElideMode.ElideRight)
        self.receives = IconButton(theme, "link", "Open links in this pane", toggles=True)
        self.receives_words = Text("Links open here", "quiet", wrap=False)
        self.receives_words.hide()
        self.receives.toggled.connect(self.receive_asked)
        self.close_button = IconButton(theme, "x", "Close this pane", "Shift+F8")
        self.close_button.clicked.connect(self.close_asked)
        across = QHBoxLayout(self)
        across.setContentsMargins(12, _LINE, 4, 0)
        across.setSpacing(2)
        across.addWidget(self.title, 1)
        across.addWidget(self.receives_words)
        for button in (self.receives, self.close_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            across.addWidget(button)
        self.hide()

    def show_page(self, page: BookPage, pack: Pack) -> None:
        """Name the paper that is read here, and its pack."""
        words = f"{page.paper.item}  {page.paper.title}" if page.paper.item else page.paper.title
        self.title.setText(f"{words} · {pack.title}" if pack.title else words)
        self.title.update()

    def show_use(self, in_use: bool, receives: bool) -> None:
        """Whether keys and lists work on this pane, and whether links open in it."""
        self._in_use = in_use
        role = "strong" if in_use else "quiet"
        if self.title.property("role") != role:
            self.title.setProperty("role", role)
            self.title.style().unpolish(self.title)
            self.title.style().polish(self.title)
        self.receives.blockSignals(True)
        self.receives.setChecked(receives)
        self.receives.blockSignals(False)
        self.receives_words.setVisible(receives)
        self.receives.rename("Links open in this pane" if receives else "Open links in this pane")
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click takes the pane into use."""
        self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line of accent over the pane in use."""
        super().paintEvent(event)
        if self._in_use:
            QPainter(self).fillRect(0, 0, self.width(), _LINE, self._theme.colour("accent"))
