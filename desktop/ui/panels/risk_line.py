"""One risk over the meetings: a line with its target and tolerance. Every point opens the page that gave the score."""

from datetime import date

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.registers.courses import Course, Point
from desktop.registers.drawing import Drawn, Look, draw_course
from desktop.ui.kit.labels import set_tip
from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.words import say_count, say_short_date

_REACH = 18.0  # pixels around a point that are the point's
_LETTERS_HIGH = 11  # the drawing's height in heights of a letter


def say_course(course: Course) -> str:
    """How the risk stands, what it did and since when, in a sentence."""
    now, since = course.now, say_short_date(date.fromisoformat(course.since))
    said = [f"Scores {now.score}"]
    if course.moved:
        said.append(f"{'up' if course.moved > 0 else 'down'} {abs(course.moved)} since {since}")
    elif len(course.points) > 1:
        said.append(f"not moved since {since}")
    if now.target:
        said.append(f"its target is {now.target}" if now.score > now.target else f"at its target of {now.target}")
    if now.tolerance:
        over = now.score - now.tolerance
        said.append(f"{over} above the tolerance of {now.tolerance}" if over > 0 else f"tolerance {now.tolerance}")
    if course.appetite:
        said.append(f"appetite {course.appetite.casefold()}")
    if course.gone:
        said.append("gone from the newest pack")
    return ", ".join(said) + "."


def say_point(point: Point) -> str:
    """What one point of the line stands for."""
    beside = [f"{name} {limit}" for name, limit in (("target", point.target), ("tolerance", point.tolerance)) if limit]
    day = say_short_date(date.fromisoformat(point.held_on))
    return ", ".join([f"{day}: {point.score}", *beside])


class RiskLine(QWidget):
    """The drawing. Left and Right go from meeting to meeting, Enter opens. opened(Point)"""

    opened = Signal(object)

    def __init__(self, theme: Theme, course: Course) -> None:
        super().__init__()
        self.course = course
        self._theme, self._at = theme, len(course.points) - 1
        self._drawn: Drawn | None = None
        self._renderer: QSvgRenderer | None = None
        self._look: Look | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(f"{course.ref} {course.title} over {say_count(len(course.points), 'meeting')}")
        self.setAccessibleDescription(f"{say_course(course)} {'; '.join(map(say_point, course.points))}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._renew)
        self._renew()

    def points_at(self) -> list[QPointF]:
        """Where the meetings stand, in the widget's pixels."""
        drawn = self._draw()
        return [QPointF(x, y) for x, y in drawn.dots]

    def paintEvent(self, event: QPaintEvent) -> None:
        places = self.points_at()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._renderer is not None:
            self._renderer.render(painter, QRectF(self.rect()))
        if self.hasFocus() and places:
            painter.setPen(QPen(self._theme.colour("focus"), 3))
            painter.drawEllipse(places[self._at], self._letter() * 0.8, self._letter() * 0.8)
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self._at = max(0, min(len(self.course.points) - 1, self._at + step))
            announce(self, say_point(self.course.points[self._at]))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.course.points[self._at])
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        near = self._near(event.position())
        set_tip(self, say_point(self.course.points[near]) if near >= 0 else "")
        self.setCursor(Qt.CursorShape.PointingHandCursor if near >= 0 else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        near = self._near(event.position())
        if event.button() == Qt.MouseButton.LeftButton and near >= 0:
            self._at = near
            self.opened.emit(self.course.points[near])

    def _near(self, where: QPointF) -> int:
        far = [(place - where).manhattanLength() for place in self.points_at()]
        best = min(range(len(far)), key=far.__getitem__, default=-1)
        return best if best >= 0 and far[best] <= max(_REACH, self._letter()) else -1

    def _renew(self) -> None:
        self.setFixedHeight(round(self._letter() * _LETTERS_HIGH))
        self._look = None
        self.update()

    def _letter(self) -> float:
        return self.fontMetrics().height() * 0.8

    def _draw(self) -> Drawn:
        """The drawing at this size and in these colours; made anew only when either is another."""
        colours = self._theme.colours
        look = Look(
            max(self.width(), 200), self.height(), self._letter(), self.font().family(), colours.ink, colours.line,
            colours.accent, colours.good, colours.bad,
        )  # fmt: skip
        if self._drawn is None or look != self._look:
            self._look, self._drawn = look, draw_course(self.course, look)
            self._renderer = QSvgRenderer(QByteArray(self._drawn.svg))
        return self._drawn
