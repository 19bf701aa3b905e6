"""How each kind of mark is drawn, on the screen and on paper: lines at words, ink, frames, arrows, words."""

import colorsys
import math
from collections.abc import Sequence
from functools import cache
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.entries import (
    ARROW,
    DRAWN_KINDS,
    ELLIPSE,
    INK,
    LINE,
    RECTANGLE,
    SQUIGGLY,
    STRIKE,
    TEXT,
    UNDERLINE,
    Asking,
    Sharing,
)
from desktop.annotations.shapes import Dot, Shape, distance
from desktop.reader.viewport import PageBox

LINED = (UNDERLINE, STRIKE, SQUIGGLY)
TEXT_POINTS = 12.0  # of words on the page
_PAD = 4.0  # points between such words and the edge of their box
_HEAD = 10.0  # points an arrow's head is long, for a line of two
# What tells the colours apart where colours are not seen: the dashes of lines, by the order of the colours.
_DASHES: dict[str, Sequence[float]] = {
    "question": (), "risk": (5, 2.5), "action": (1.2, 2.4), "agree": (7, 2.5, 1.2, 2.5), "challenge": (2.5, 2.5),
}  # fmt: skip


class Mark(Protocol):
    """What must be known of an annotation to draw it."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def colour(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def anchor(self) -> Anchor: ...
    @property
    def shape(self) -> Shape | None: ...
    @property
    def asking(self) -> Asking | None: ...
    @property
    def sharing(self) -> Sharing: ...


def as_line(colour: QColor, dark: bool) -> QColor:
    """A note's pale colour as one that thin lines can have on a light page, or on a dark one."""
    return QColor.fromRgbF(*_as_line(colour.redF(), colour.greenF(), colour.blueF(), dark))


@cache
def _as_line(red: float, green: float, blue: float, dark: bool) -> tuple[float, float, float]:
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    return colorsys.hls_to_rgb(hue, 0.70 if dark else 0.30, max(saturation, 0.7))


def draw_lines_at(painter: QPainter, mark: Mark, quads: Sequence[Quad], box: PageBox, colour: QColor) -> None:
    """The line under or through each strip of a passage."""
    pen = _pen(mark.colour, colour, max(1.2, 1.4 * box.scale))
    if mark.kind == SQUIGGLY:
        pen.setStyle(Qt.PenStyle.SolidLine)  # its waves and dashes would not be told apart
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for quad in quads:
        if mark.kind == SQUIGGLY:
            painter.drawPath(_waves(quad, box))
        else:
            y = quad.y1 - 0.5 if mark.kind == UNDERLINE else (quad.y0 + quad.y1) / 2 + 0.08 * (quad.y1 - quad.y0)
            painter.drawLine(QPointF(*box.at(quad.x0, y)), QPointF(*box.at(quad.x1, y)))


def draw_shape(painter: QPainter, mark: Mark, box: PageBox, colour: QColor, page: QColor) -> None:
    """What was drawn by hand. page: the colour of paper behind words."""
    shape = mark.shape
    if shape is None or mark.kind not in DRAWN_KINDS:
        return
    if mark.kind == INK:
        _draw_ink(painter, shape, box, colour)
        return
    if mark.kind == TEXT:
        _draw_words(painter, mark, shape, box, colour, page)
        return
    painter.setPen(_pen(mark.colour, colour, max(1.2, shape.width * box.scale)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    area = QRectF(*box.rect(*shape.box))
    if mark.kind == RECTANGLE:
        painter.drawRect(area)
    elif mark.kind == ELLIPSE:
        painter.drawEllipse(area)
    else:
        _draw_line(painter, mark, shape, box, colour)


def is_hit(mark: Mark, x: float, y: float, slack: float) -> bool:
    """Whether a point of the page lies on what was drawn: on its line, or anywhere in a box of words."""
    shape = mark.shape
    if shape is None or mark.kind not in DRAWN_KINDS:
        return False
    x0, y0, x1, y1 = shape.box
    slack += shape.width / 2
    if not (x0 - slack <= x <= x1 + slack and y0 - slack <= y <= y1 + slack):
        return False
    if mark.kind in (INK, LINE, ARROW):
        return any(distance(stroke, x, y) <= slack for stroke in shape.strokes)
    if mark.kind == ELLIPSE:
        return _from_ellipse(x, y, shape) <= slack
    inside = x0 + slack < x < x1 - slack and y0 + slack < y < y1 - slack
    return mark.kind == TEXT or not inside


def _from_ellipse(x: float, y: float, shape: Shape) -> float:
    """About how far a point lies from the line of an ellipse."""
    x0, y0, x1, y1 = shape.box
    wide, high = max((x1 - x0) / 2, 0.5), max((y1 - y0) / 2, 0.5)
    out = math.hypot((x - (x0 + x1) / 2) / wide, (y - (y0 + y1) / 2) / high)
    return abs(out - 1) * min(wide, high)


def _pen(name: str, colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if dashes := _DASHES.get(name):
        pen.setDashPattern(list(dashes))
    return pen


def _waves(quad: Quad, box: PageBox) -> QPainterPath:
    step, high = 2.6, 1.3
    y = quad.y1 - high
    path = QPainterPath(QPointF(*box.at(quad.x0, y)))
    count = max(2, round((quad.x1 - quad.x0) / step))
    step = (quad.x1 - quad.x0) / count
    for number in range(count):
        top = y + (high * 2 if number % 2 else -high * 2)
        middle = QPointF(*box.at(quad.x0 + (number + 0.5) * step, top))
        path.quadTo(middle, QPointF(*box.at(quad.x0 + (number + 1) * step, y)))
    return path


def _draw_ink(painter: QPainter, shape: Shape, box: PageBox, colour: QColor) -> None:
    """Each piece as broad as the pen was pressed."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in shape.strokes:
        before = stroke[0]
        for dot in stroke[1:] or stroke:
            width = max(0.8, shape.width * box.scale * _firm(before, dot))
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            one, other = QPointF(*box.at(*before[:2])), QPointF(*box.at(*dot[:2]))
            if one == other:
                painter.drawPoint(one)
            else:
                painter.drawLine(one, other)
            before = dot


def _firm(one: Dot, other: Dot) -> float:
    return 0.4 + 1.2 * (one[2] + other[2]) / 2


def _draw_line(painter: QPainter, mark: Mark, shape: Shape, box: PageBox, colour: QColor) -> None:
    one, other = (QPointF(*box.at(*dot[:2])) for dot in (shape.strokes[0][0], shape.strokes[0][-1]))
    if mark.kind == LINE or one == other:
        painter.drawLine(one, other)
        return
    angle = math.atan2(other.y() - one.y(), other.x() - one.x())
    long = _HEAD * box.scale * max(1.0, shape.width / 2)
    sides = [
        QPointF(other.x() - long * math.cos(angle + turn), other.y() - long * math.sin(angle + turn))
        for turn in (-0.45, 0.45)
    ]
    painter.drawLine(one, QPointF((sides[0].x() + sides[1].x()) / 2, (sides[0].y() + sides[1].y()) / 2))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([other, *sides]))


def _draw_words(painter: QPainter, mark: Mark, shape: Shape, box: PageBox, colour: QColor, page: QColor) -> None:
    """Upright on the page, however that is turned, on paper of their own so that print does not run through them."""
    x0, y0, x1, y1 = shape.box
    painter.save()
    painter.translate(*box.at(x0, y0))
    painter.rotate(90 * box.turn)
    painter.scale(box.scale, box.scale)
    font = QFont(painter.font())
    font.setPixelSize(round(TEXT_POINTS))
    room = QRectF(_PAD, _PAD / 2, max(1.0, x1 - x0 - 2 * _PAD), 10_000)
    wrap = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
    high = QFontMetricsF(font).boundingRect(room, wrap, mark.words or " ").height() + _PAD
    ground = QColor(page)
    ground.setAlpha(244)
    frame = QRectF(0, 0, x1 - x0, max(y1 - y0, high))
    painter.fillRect(frame, ground)
    painter.setPen(_pen(mark.colour, colour, 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(frame)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(room, wrap, mark.words)
    painter.restore()
