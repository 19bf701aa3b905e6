"""The map of a pack, drawn: its papers down a column, earlier packs' papers beside it, and a line for each tie."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.library.pack_map import MappedPaper, PackMap, PaperKey, Tie
from desktop.ui.kit.notices import announce
from desktop.ui.kit.speaking import tell_value
from desktop.ui.kit.theme import Theme

_DWELL = 150  # milliseconds over a paper until it is the one that is looked at: a pointer on its way is none
_PAD = 8
_LARGE = 16  # points
_OTHERS, _GAP, _PAPERS = 0.28, 0.09, 0.46  # of the width; the rest is for arcs
_FAINT = 0.28  # of a line that is not of the paper looked at
_WIDEST = 6.0


@dataclass(frozen=True)
class _Spot:
    """Where a paper is drawn."""

    paper: MappedPaper
    area: QRectF


class MapDrawing(QWidget):
    """Keys and pointer go from paper to paper. looked_at(PaperKey) · opened(PaperKey, whether in the other pane)."""

    looked_at = Signal(object)
    opened = Signal(object, bool)
    spoken_role = QAccessible.Role.Graphic

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._map = PackMap("")
        self._spots: list[_Spot] = []
        self._heads: list[tuple[str, QRectF]] = []
        self.current: PaperKey | None = None
        self._pointed: PaperKey | None = None
        self._dwell = QTimer(self)
        self._dwell.setSingleShot(True)
        self._dwell.setInterval(_DWELL)
        self._dwell.timeout.connect(self._look_at_pointed)
        self.setAccessibleName("Map of the pack")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        theme.changed.connect(self._lay_out)

    def show_map(self, found: PackMap) -> None:
        """Draw this one, looking at the paper that was looked at, if it is there."""
        self._map = found
        if self.current is None or found.paper(self.current) is None:
            self.current = found.papers[0].key if found.papers else None
        self._lay_out()

    def look_at(self, key: PaperKey) -> None:
        """Light the ties of a paper."""
        if key != self.current and self._map.paper(key) is not None:
            self.current = key
            self.update()
            tell_value(self)
            self.looked_at.emit(key)

    def area(self, key: PaperKey) -> QRectF:
        """Where a paper is drawn; nothing where it is not."""
        return next((spot.area for spot in self._spots if spot.paper.key == key), QRectF())

    def spoken_value(self) -> str:
        """What a screen reader is told of the paper that is looked at."""
        paper = self._map.paper(self.current) if self.current is not None else None
        return say_paper(paper, self._map) if paper is not None else ""

    def sizeHint(self) -> QSize:
        """As high as its papers."""
        lowest = max((spot.area.bottom() for spot in self._spots), default=0.0)
        return QSize(520, round(lowest) + _PAD)

    # ---- keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from paper to paper and from column to column; Enter opens."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -10_000, Qt.Key.Key_End: 10_000}
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.opened.emit(self.current, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key in steps:
            self._step(steps[key])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._cross(to_others=key == Qt.Key.Key_Left)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A paper under the pointer is looked at after a moment."""
        self._pointed = self._at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if self._pointed else Qt.CursorShape.ArrowCursor)
        self._dwell.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens a paper, with Ctrl or the middle button in the other pane."""
        key = self._at(event.position())
        middle = event.button() == Qt.MouseButton.MiddleButton
        if key is not None and (middle or event.button() == Qt.MouseButton.LeftButton):
            self.look_at(key)
            self.opened.emit(key, middle or bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def leaveEvent(self, event: QEvent) -> None:
        """What was looked at last stays so."""
        self._dwell.stop()
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        """The whole title, where it was elided."""
        if event.type() == QEvent.Type.ToolTip:
            key = self._at(QPointF(self.mapFromGlobal(event.globalPos())))  # type: ignore[attr-defined]
            paper = self._map.paper(key) if key is not None else None
            QToolTip.showText(event.globalPos(), say_paper(paper, self._map) if paper else "", self)  # type: ignore[attr-defined]
            return True
        return super().event(event)

    def _look_at_pointed(self) -> None:
        if self._pointed is not None:
            self.look_at(self._pointed)

    def _step(self, by: int) -> None:
        paper = self._map.paper(self.current) if self.current is not None else None
        if paper is not None:
            column = self._map.papers if paper.here else self._map.others
            place = min(max(0, column.index(paper) + by), len(column) - 1)
            self._say(column[place])

    def _cross(self, to_others: bool) -> None:
        """To the nearest paper of the other column."""
        column = self._map.others if to_others else self._map.papers
        if self.current is not None and column and not any(paper.key == self.current for paper in column):
            here = self.area(self.current).center().y()
            self._say(min(column, key=lambda paper: abs(self.area(paper.key).center().y() - here)))

    def _say(self, paper: MappedPaper) -> None:
        self.look_at(paper.key)
        announce(self, say_paper(paper, self._map))
        self.setAccessibleDescription(say_paper(paper, self._map))

    def _at(self, at: QPointF) -> PaperKey | None:
        return next((spot.paper.key for spot in self._spots if spot.area.contains(at)), None)

    # ---- where everything is

    def resizeEvent(self, event: object) -> None:
        """The columns go with the width."""
        self._lay_out()

    def _lay_out(self) -> None:
        width, high = max(self.width(), 320), self._high()
        self._spots, self._heads = [], []
        left, middle = width * _OTHERS, width * (_OTHERS + _GAP)
        if not self._map.others:
            middle = float(_PAD)
        wide = width * _PAPERS + (width * (_OTHERS + _GAP) - _PAD if not self._map.others else 0)
        self._place(self._map.papers, "This pack", middle, wide, high)
        y = 0.0
        for held_on, papers in groupby(self._map.others, key=lambda paper: paper.held_on):
            y = self._place(tuple(papers), held_on, float(_PAD), left - _PAD, high, y)
        self.setMinimumHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()

    def _place(
        self, papers: tuple[MappedPaper, ...], head: str, x: float, wide: float, high: float, y: float = 0.0
    ) -> float:
        """One below the other, under a head; where the next begins."""
        top = max(36.0, self.fontMetrics().height() + 14.0)
        self._heads.append((head, QRectF(x, y, wide, top)))
        for place, paper in enumerate(papers):
            self._spots.append(_Spot(paper, QRectF(x, y + top + place * high, wide, high - 4)))
        return y + top + len(papers) * high + _PAD

    def _high(self) -> float:
        return max(36.0, self._lines * self.fontMetrics().height() + 14.0)

    @property
    def _lines(self) -> int:
        """Lines of a title: in large text one holds too little of it."""
        return 2 if self._theme.size > _LARGE else 1

    # ---- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lines first, papers over them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = [tie for tie in self._map.ties if self.current in (tie.start, tie.end)]
        for tie in self._map.ties:
            if tie not in lit:
                self._draw_tie(painter, tie, self._theme.colour("control"), _FAINT if lit else 0.6)
        for tie in lit:
            self._draw_tie(painter, tie, self._theme.colour("accent"), 1.0)
        self._draw_heads(painter)
        joined = {key for tie in lit for key in (tie.start, tie.end)}
        for spot in self._spots:
            self._draw_paper(painter, spot, spot.paper.key in joined)
        painter.end()

    def _draw_tie(self, painter: QPainter, tie: Tie, colour: QColor, strength: float) -> None:
        path = self._path(tie)
        if path is None:
            return
        colour = QColor(colour)
        colour.setAlphaF(strength)
        pen = QPen(colour, min(_WIDEST, 0.9 + 0.7 * len(tie.steps) ** 0.7))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        if all(step.own for step in tie.steps):
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        self._draw_head(painter, path, colour)

    def _draw_head(self, painter: QPainter, path: QPainterPath, colour: QColor) -> None:
        """A small arrow at the end it leads to."""
        tip, back = path.pointAtPercent(1.0), path.pointAtPercent(0.985)
        way = -1 if back.x() > tip.x() else 1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon([tip, tip + QPointF(-7 * way, -4), tip + QPointF(-7 * way, 4)])

    def _path(self, tie: Tie) -> QPainterPath | None:
        start, end = self.area(tie.start), self.area(tie.end)
        if start.isNull() or end.isNull():
            return None
        here, there = self._map.paper(tie.start), self._map.paper(tie.end)
        both = here is not None and there is not None and here.here == there.here
        return _arc(start, end, self.width() - _PAD) if both else _across(start, end)

    def _draw_heads(self, painter: QPainter) -> None:
        painter.setPen(self._theme.colour("quiet"))
        for words, area in self._heads:
            said = words if words == "This pack" else say_meeting(words)
            shown = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideMiddle, round(area.width()))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _draw_paper(self, painter: QPainter, spot: _Spot, joined: bool) -> None:
        now = spot.paper.key == self.current
        edge = self._theme.colour("focus" if now and self.hasFocus() else "accent" if now or joined else "line")
        painter.setPen(QPen(edge, 2 if now else 1))
        painter.setBrush(self._theme.colour("raised"))
        painter.drawRoundedRect(spot.area.adjusted(1, 1, -1, -1), 6, 6)
        font = QFont(self.font())
        font.setBold(now)
        painter.setFont(font)
        painter.setPen(self._theme.colour("ink"))
        inner = spot.area.adjusted(10, 0, -10, 0)
        said = f"{spot.paper.item}  {spot.paper.title}".strip()
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        painter.drawText(inner, flags, self._fitted(painter.fontMetrics(), inner, flags, said))
        painter.setFont(self.font())

    def _fitted(self, metrics: QFontMetrics, room: QRectF, flags: int, said: str) -> str:
        """As much of a title as there is room for: the whole stands in its tooltip."""
        if self._lines == 1:
            return metrics.elidedText(said, Qt.TextElideMode.ElideMiddle, round(room.width()))
        if metrics.boundingRect(room.toRect(), flags, said).height() <= room.height():
            return said
        # Lines break at words, and leave some of their room empty.
        return metrics.elidedText(said, Qt.TextElideMode.ElideRight, round(room.width() * 1.6))


def _arc(start: QRectF, end: QRectF, edge: float) -> QPainterPath:
    """Round the right-hand side, further out the further it leads."""
    first, last = QPointF(start.right(), start.center().y() - 3), QPointF(end.right(), end.center().y() + 3)
    room = max(24.0, edge - start.right())
    out = start.right() + min(room * 1.3, 28 + abs(last.y() - first.y()) * 0.35)
    path = QPainterPath(first)
    path.cubicTo(QPointF(out, first.y()), QPointF(out, last.y()), last)
    return path


def _across(start: QRectF, end: QRectF) -> QPainterPath:
    """From column to column."""
    leftward = end.center().x() < start.center().x()
    first = QPointF(start.left() if leftward else start.right(), start.center().y())
    last = QPointF(end.right() if leftward else end.left(), end.center().y())
    middle = (first.x() + last.x()) / 2
    path = QPainterPath(first)
    path.cubicTo(QPointF(middle, first.y()), QPointF(middle, last.y()), last)
    return path


def say_meeting(held_on: str) -> str:
    """ "27 November 2025"."""
    from desktop.links.facts import say_day

    return say_day(held_on)


def say_paper(paper: MappedPaper, found: PackMap) -> str:
    """ "Item 10, Finance report: points to 3 papers, 2 papers point to it"."""
    return f"{', '.join(_named(paper))}: {say_ties(paper.key, found)}"


def say_ties(key: PaperKey, found: PackMap) -> str:
    """How many papers it points to, and how many point to it."""
    away, to = (sum(getattr(tie, end) == key for tie in found.ties) for end in ("start", "end"))
    if not away and not to:
        return "no links to other papers"
    return f"points to {_count(away)}, {_count(to)} {'points' if to == 1 else 'point'} to it"


def _named(paper: MappedPaper) -> Iterator[str]:
    if paper.item:
        yield f"Item {paper.item}"
    yield paper.title
    if not paper.here:
        yield f"meeting of {say_meeting(paper.held_on)}"


def _count(number: int) -> str:
    return "1 paper" if number == 1 else f"{number or 'no'} papers"
