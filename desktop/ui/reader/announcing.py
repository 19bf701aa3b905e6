"""Telling a screen reader which page is shown."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

_PAUSE = 400  # milliseconds: what is only scrolled past is not read out


class Announcer(QTimer):
    """Says the last thing it was given, once the reader has come to rest."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._words = ""
        self.setSingleShot(True)
        self.setInterval(_PAUSE)
        self.timeout.connect(self._speak)

    def say(self, words: str) -> None:
        """Describe the widget so, and read it out after a pause."""
        self._words = words
        self._widget.setAccessibleDescription(words)
        if QAccessible.isActive():
            self.start()

    def _speak(self) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._widget, self._words))
