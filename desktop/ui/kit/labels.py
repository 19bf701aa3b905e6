"""Words and icons that are only looked at. Words are always plain text: titles come from other people's files."""

import html
import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QWidget,
)

from desktop.ui.kit.theme import Theme

ICON = 20  # logical pixels of an icon on a control
_LONGEST = 24  # letters of a word for which every line has room, in large text too
_JOINTS = re.compile(r"([/\\_.@&=?-]+)|([^/\\_.@&=?-]{24})(?=[^/\\_.@&=?-])")
_MAY_BREAK = "\u200b"  # no sign, only leave to go on in the next line


def breakable(words: str) -> str:
    """The same to the eye; but paths, addresses and other words longer than a line may be broken at their joints."""

    def with_joints(found: re.Match[str]) -> str:
        return _JOINTS.sub(lambda joint: joint[0] + _MAY_BREAK, found[0])

    return re.sub(rf"\S{{{_LONGEST + 1},}}", with_joints, words)


def set_tip(widget: QWidget, words: str) -> None:
    """A tooltip which is never taken for markup, wrapped at a readable width."""
    widget.setToolTip(f"<qt>{html.escape(words)}</qt>" if words else "")


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget another look of the style sheet, also after it was shown."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Leading(QWidget):
    """A screen or part which, given the focus, hands it to where one begins.

    Not by Qt's focus proxy: that makes the Tab key skip whatever stands before the proxy.
    """

    first: QWidget | None = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.first is not None:
            self.first.setFocus(event.reason())


class Text(QLabel):
    """Words that wrap. role: "", title, heading, lead, strong, quiet, good, warn, bad, phrase or code."""

    def __init__(self, words: str = "", role: str = "", wrap: bool = True) -> None:
        super().__init__()
        self._words = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("role", role)
        self.setText(words)
        # A wrapping label must be allowed to be narrower than its words, and say how high that makes it.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)

    def text(self) -> str:
        """The words as they were given."""
        return self._words

    def setText(self, words: str) -> None:
        """Show words. A screen reader is given them without the places at which they may be broken."""
        before, self._words = breakable(self._words) != self._words, words
        shown = breakable(words) if self.wordWrap() else words
        super().setText(shown)
        if shown != words or before:
            self.setAccessibleName(words if shown != words else "")

    def clear(self) -> None:
        """Keep no words: a recovery code must not stay behind in a name."""
        self.setText("")

    def say(self, words: str, role: str | None = None) -> None:
        """Show other words, hidden while there are none."""
        self.setText(words)
        self.setVisible(bool(words))
        if role is not None:
            set_role(self, role)


class ElidedLabel(QLabel):
    """One line, elided in the middle where it does not fit, with the whole in a tooltip and for screen readers."""

    def __init__(self, words: str = "", role: str = "", where: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle) -> None:
        super().__init__(words)
        self._where = where
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """As narrow as eight letters: it elides."""
        return QSize(self.fontMetrics().averageCharWidth() * 8, super().minimumSizeHint().height())

    def is_elided(self) -> bool:
        """Whether the words do not fit."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        set_tip(self, self.text() if self.is_elided() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        area = self.contentsRect()
        words = self.fontMetrics().elidedText(self.text(), self._where, area.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, int(self.alignment()) | Qt.TextFlag.TextSingleLine, words)


class IconLabel(QLabel):
    """An icon that stands beside words and says nothing by itself."""

    def __init__(self, theme: Theme, name: str, tint: str = "ink", side: int = ICON) -> None:
        super().__init__()
        self._theme, self._name, self._token, self._side = theme, name, tint, side
        theme.changed.connect(self._tint)
        self._tint()

    def show_icon(self, name: str, tint: str) -> None:
        """Show another icon."""
        if (name, tint) != (self._name, self._token):
            self._name, self._token = name, tint
            self._tint()

    def _tint(self) -> None:
        side = round(self._side * max(1.0, self._theme.size / 12))
        self.setPixmap(self._theme.pixmap(self._name, side, self._token, self.devicePixelRatioF()))
        self.setFixedSize(side, side)


class StateMark(QWidget):
    """An icon and a word for a state: never colour alone."""

    def __init__(self, theme: Theme, icon: str, words: str, tint: str = "quiet") -> None:
        super().__init__()
        self._icon = IconLabel(theme, icon, tint, 16)
        self.words = Text(words, tint, wrap=False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.words, 1)

    def show_state(self, icon: str, words: str, tint: str) -> None:
        """Show another state."""
        self._icon.show_icon(icon, tint)
        self.words.say(words, tint)
