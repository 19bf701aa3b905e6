"""What floats beside a link: a look at where it leads, and what to do with an address of the web."""

from collections.abc import Callable
from urllib.parse import urlsplit

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.kit.clipboard import copy_words
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Text
from desktop.ui.panels.popups import PopUp


class LinkPreview(PopUp):
    """A small picture of the place a link leads to, or a sentence; it takes neither keys nor clicks."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words = Text("", wrap=True)
        self.picture = QLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.addWidget(self.words)
        column.addWidget(self.picture)

    def show_place(self, words: str, image: QImage, at: QPoint, within: QRect) -> None:
        """Show a part of a page, with its name over it."""
        self.picture.setPixmap(QPixmap.fromImage(image))
        self._show(words, round(image.deviceIndependentSize().width()), at, within)

    def show_words(self, words: str, at: QPoint, within: QRect) -> None:
        """Say where a link leads, or what it would do."""
        self.picture.clear()
        longest = self.words.fontMetrics().horizontalAdvance(words) + 8
        self._show(words, min(longest, self._look.grid(48)), at, within)

    def _show(self, words: str, width: int, at: QPoint, within: QRect) -> None:
        self.picture.setVisible(not self.picture.pixmap().isNull())
        self.words.setText(words)
        self.words.setFixedWidth(min(width, within.width() - 24))
        self.show_beside(at, within)


class WebAddressBox(PopUp):
    """An address of the web: shown, to be copied, or to be opened in the browser if the member says so."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget, open_address: Callable[[str], None]) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName("A link to the web")
        self._open_address = open_address
        self.address = Text("", wrap=True)
        self.address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told = Text("", "quiet", wrap=True)
        self.copy_button, self.open_button = Button("Copy the address"), Button("Open in the browser")
        self.copy_button.clicked.connect(self._copy)
        self.open_button.clicked.connect(self._open)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()

    def show_address(self, address: str, at: QPoint, within: QRect) -> None:
        """Ask what to do with an address."""
        site = urlsplit(address).hostname or address.partition(":")[2].partition("?")[0]
        mail = address.casefold().startswith("mailto:")
        self.address.setText(address)
        self.address.setAccessibleName(f"Address: {address}")
        self.told.setText(
            "Despatch sends nothing. Your mail program would open with this address."
            if mail
            else "Despatch fetches nothing from the web. If you open it, that site learns that you did."
        )
        self.open_button.say(f"Write to {site}" if mail else f"Open {site} in the browser")
        width = min(self._look.grid(56), within.width() - 24)
        for text in (self.address, self.told):
            text.setFixedWidth(width)
        room_for_both = self.copy_button.sizeHint().width() + self.open_button.sizeHint().width() + 8 <= width
        ways = QBoxLayout.Direction
        self._buttons.setDirection(ways.LeftToRight if room_for_both else ways.TopToBottom)
        self.show_beside(at, within)
        self.copy_button.setFocus()

    def close_box(self) -> None:
        """Put it away."""
        if self.isVisible():
            self.hide()
            self.address.setText("")
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc does nothing with it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_box()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addWidget(Text("This link leads to the web", "strong"))
        column.addWidget(self.address)
        column.addWidget(self.told)
        self._buttons.addWidget(self.copy_button)
        self._buttons.addWidget(self.open_button)
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)

    def _copy(self) -> None:
        copy_words(self.address.text())
        self.close_box()

    def _open(self) -> None:
        address = self.address.text()
        self.close_box()
        self._open_address(address)
