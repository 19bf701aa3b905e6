"""Marks on a scroll bar: where in the whole book the finds are."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QToolTip, QWidget

from desktop.ui.kit.theme import Theme

_HEIGHT, _NOW_HEIGHT = 3, 7
_REACH = 4  # pixels beside a mark that still are the mark


class ScrollMarks(QWidget):
    """Lies over an upright scroll bar. A click on a mark goes to it; the handle can be drawn as before."""

    chosen = Signal(int)  # the place in the list of shares

    def __init__(self, theme: Theme, bar: QScrollBar, say: Callable[[int], str]) -> None:
        """say: what a mark stands for, for its tooltip."""
        super().__init__(bar)
        self._theme, self._bar, self._say = theme, bar, say
        self._shares: Sequence[float] = ()
        self._now = -1
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(bar.rect())
        bar.installEventFilter(self)
        bar.setMouseTracking(True)
        theme.changed.connect(self.update)
        self.hide()

    @property
    def shares(self) -> Sequence[float]:
        """Where the marks are: 0 the top of the book, 1 its foot."""
        return self._shares

    def show_marks(self, shares: Sequence[float], now: int) -> None:
        """Show marks at these parts of the whole, from 0 to 1; now: the one the reader is at, -1 for none."""
        self._shares, self._now = shares, now
        self.setVisible(bool(shares))
        self.update()

    def mark_at(self, y: int) -> int:
        """The mark nearest to a height of the bar, -1 where none is near."""
        near = [(abs(self.height_of(number) - y), number) for number in range(len(self._shares))]
        away, number = min(near, default=(_REACH + 1, -1))
        return number if away <= _REACH else -1

    def height_of(self, number: int) -> int:
        """Where on the bar a mark lies."""
        groove = self._groove()
        return round(groove.top() + self._shares[number] * (groove.height() - 1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the bar's size; take the clicks and questions that are meant for a mark."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._bar.rect())
        elif isinstance(event, QMouseEvent) and self.isVisible():
            return self._mouse(event)
        elif isinstance(event, QHelpEvent) and self.isVisible():
            number = self.mark_at(event.pos().y())
            if number >= 0:
                QToolTip.showText(event.globalPos(), self._say(number), self._bar)
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One line for each height at which there is a mark; the one now is thicker, with an edge."""
        painter = QPainter(self)
        for height in {self.height_of(number) for number in range(len(self._shares))}:
            painter.fillRect(QRect(2, height - _HEIGHT // 2, self.width() - 4, _HEIGHT), self._theme.colour("accent"))
        if 0 <= self._now < len(self._shares):
            box = QRect(0, self.height_of(self._now) - _NOW_HEIGHT // 2, self.width(), _NOW_HEIGHT)
            painter.fillRect(box, self._theme.colour("ink"))
            painter.fillRect(box.adjusted(2, 2, -2, -2), self._theme.colour("hit_now"))
        painter.end()

    def _mouse(self, event: QMouseEvent) -> bool:
        at = event.position().toPoint()
        number = -1 if self._on_handle(at) else self.mark_at(at.y())
        if event.type() == QEvent.Type.MouseMove and not event.buttons():
            self._bar.setCursor(Qt.CursorShape.PointingHandCursor if number >= 0 else Qt.CursorShape.ArrowCursor)
        pressed = event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton
        if pressed and number >= 0:
            self.chosen.emit(number)
            return True
        return False

    def _on_handle(self, at: QPoint) -> bool:
        return self._part(QStyle.SubControl.SC_ScrollBarSlider).contains(at)

    def _groove(self) -> QRect:
        return self._part(QStyle.SubControl.SC_ScrollBarGroove)

    def _part(self, part: QStyle.SubControl) -> QRect:
        option = QStyleOptionSlider()
        self._bar.initStyleOption(option)
        return self._bar.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, self._bar)
