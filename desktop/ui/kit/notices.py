"""The quiet bar that says in sentences what happened, what is safe and what to do. Nothing here stops the work."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.kit.theme import SIZES, Theme
from desktop.ui.kit.widgets import Button, IconButton, IconLabel, Text

_MOST = 3
_ICONS = {"plain": "info", "good": "circle-check", "warn": "triangle-alert", "bad": "circle-alert"}

Act = tuple[str, Callable[[], object]]


@runtime_checkable
class Told(Protocol):
    """An error that carries its own sentences, as KnownError does and the store's errors do."""

    what: str
    safe: str
    do: str


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say words without moving the focus."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


class Notice(QFrame):
    """One thing said, with a button to do something about it, and one to put it away."""

    dismissed = Signal()

    def __init__(self, theme: Theme, words: tuple[str, str, str], tone: str, *actions: Act | None) -> None:
        super().__init__()
        self.words = words
        self.setProperty("role", "notice")
        self.setProperty("tone", tone)
        what, safe, do = words
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(12)
        icon = IconLabel(theme, _ICONS[tone], "accent" if tone == "plain" else tone)
        layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(_say(what, " ".join(part for part in (safe, do) if part)), 1)
        # In large text below each other: beside each other two would leave their reason no room.
        buttons = QVBoxLayout() if theme.size > SIZES[1] else QHBoxLayout()
        buttons.setSpacing(4)
        for action in actions:
            if action is not None:
                buttons.addWidget(self._make_button(action))
        layout.addLayout(buttons)
        close = IconButton(theme, "x", "Put this message away", "Esc")
        close.clicked.connect(self.dismissed)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
            return
        super().keyPressEvent(event)

    def _make_button(self, action: Act) -> Button:
        name, act = action
        button = Button(name)

        def press() -> None:
            self.dismissed.emit()
            act()

        button.clicked.connect(press)
        return button


class NoticeBar(QWidget):
    """Up to three notices, the newest on top; takes no room while there is nothing to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._notices: list[Notice] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.hide()

    def say(
        self,
        what: str,
        safe: str = "",
        do: str = "",
        tone: str = "plain",
        action: Act | None = None,
        seconds: int = 0,
        other: Act | None = None,
    ) -> None:
        """Say something, once however often it is said.

        tone: plain, good, warn or bad. action, other: a verb and what it does. seconds: how long it stays, 0 until put
        away.
        """
        words = (what, safe, do)
        for notice in [notice for notice in self._notices if notice.words == words]:
            self._drop(notice)
        self._add(Notice(self._theme, words, tone, other, action), seconds)
        announce(self, " ".join(part for part in words if part))

    def tell(self, error: BaseException, action: Act | None = None) -> None:
        """Say an error's own sentences. An error without sentences is a bug: it is raised again, on this thread."""
        if not isinstance(error, Told):
            raise error
        self.say(error.what, error.safe, error.do, "bad", action)

    def take_back(self, what: str) -> None:
        """Put away what began with these words: it does not hold any more."""
        for notice in [notice for notice in self._notices if notice.words[0] == what]:
            self._drop(notice)

    def sentences(self) -> list[str]:
        """What is being said, newest first."""
        return [" ".join(part for part in notice.words if part) for notice in self._notices]

    def clear(self) -> None:
        """Put everything away."""
        for notice in tuple(self._notices):
            self._drop(notice)

    def _add(self, notice: Notice, seconds: int) -> None:
        notice.dismissed.connect(lambda: self._drop(notice))
        self._notices.insert(0, notice)
        self._rows.insertWidget(0, notice)
        for old in self._notices[_MOST:]:
            self._drop(old)
        if seconds:
            QTimer.singleShot(seconds * 1000, notice, notice.dismissed.emit)
        self.show()

    def _drop(self, notice: Notice) -> None:
        if notice not in self._notices:
            return
        self._notices.remove(notice)
        self._rows.removeWidget(notice)
        notice.hide()
        notice.deleteLater()
        if not self._notices:
            self.hide()


def _say(what: str, rest: str) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2)
    layout.addStretch(1)  # the words stay together where buttons take more height
    layout.addWidget(Text(what, "strong"))
    if rest:
        layout.addWidget(Text(rest))
    layout.addStretch(1)
    return holder
