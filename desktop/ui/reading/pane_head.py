"""The strip over a pane: which paper it shows, whether it is the one in use, whether links open in it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.packs.book import BookPage
from desktop.packs.pack import Pack
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import ElidedLabel, IconButton, Text
from desktop.ui.kit.words import say_short_date

_LETTERS = 24  # of the title that must stay to be read
_LINE = 3  # pixels of accent over the pane in use


class PaneHead(QFrame):
    """There only while two panes are shown."""

    pressed = Signal()
    receive_asked = Signal(bool)  # links are to open here, or no longer
    close_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._theme, self._in_use, self._receives, self._dated = theme, False, False, False
        self._paper, self._day = "", ""
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
        across.addSpacing(8)
        across.addWidget(self.receives_words)
        for button in (self.receives, self.close_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            across.addWidget(button)
        self.hide()

    def show_page(self, page: BookPage, pack: Pack) -> None:
        """Name the paper that is read here."""
        self._paper = f"{page.paper.item}  {page.paper.title}" if page.paper.item else page.paper.title
        self._day = say_short_date(pack.meeting.held_on)
        self._say()

    def show_use(self, in_use: bool, receives: bool, dated: bool) -> None:
        """Whether keys and lists work on this pane, and links open in it. dated: the other pane shows another pack."""
        self._in_use, self._receives, self._dated = in_use, receives, dated
        role = "strong" if in_use else "quiet"
        if self.title.property("role") != role:
            self.title.setProperty("role", role)
            self.title.style().unpolish(self.title)
            self.title.style().polish(self.title)
        self.receives.blockSignals(True)
        self.receives.setChecked(receives)
        self.receives.blockSignals(False)
        self.receives.rename("Links open in this pane" if receives else "Open links in this pane")
        self._say()
        self._make_room()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button alone says it where there is no room for words."""
        super().resizeEvent(event)
        self._make_room()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click takes the pane into use."""
        self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line of accent over the pane in use."""
        super().paintEvent(event)
        if self._in_use:
            QPainter(self).fillRect(0, 0, self.width(), _LINE, self._theme.colour("accent"))

    def _say(self) -> None:
        self.title.setText(f"{self._day} · {self._paper}" if self._dated else self._paper)
        self.title.update()

    def _make_room(self) -> None:
        title = self.title.fontMetrics().averageCharWidth() * _LETTERS
        needed = title + self.receives_words.sizeHint().width() + 2 * self.receives.sizeHint().width() + 40
        self.receives_words.setVisible(self._receives and needed <= self.width())
