"""What is pointed out upon a page besides marks and finds: words that changed, and what became of a carried note."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.annotations.anchor import Quad
from desktop.packs.book import BookPage
from desktop.reader.viewport import PageBox
from desktop.ui.kit.theme import Theme
from desktop.ui.reader.marks import place

# Upon paper, which is light in every palette; each kind has a line of its own besides.
_INKS = {"added": "#1a6b2d", "removed": "#a3201d", "replaced": "#8a4b00", "moved": "#1f4fa3", "tag": "#3d3d3d"}
_SHEET = "#fffdf5"
_MARGIN = 0.11  # of a page's width, which its words leave free


@dataclass(frozen=True)
class Light:
    """Strips on one page, and words beside them. kind: "added" (underlined), "removed" (struck out), "replaced" (a
    broken frame), "moved" (a dotted frame), or "tag" (the words alone). strong: the one that is looked at.
    """

    kind: str
    quads: tuple[Quad, ...]
    words: str = ""
    strong: bool = False


LightsOf = Callable[[BookPage], Sequence[Light]]


def draw_light(painter: QPainter, theme: Theme, light: Light, page: BookPage, box: PageBox) -> None:
    """Draw it; logical pixels, normal composition."""
    rects = [place(quad, box) for quad in light.quads if quad.page == page.index]
    if not rects:
        return
    ink = QColor(_INKS[light.kind])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for rect in rects if light.kind != "tag" else ():
        _draw_strip(painter, light, rect, ink)
    if light.words:
        _draw_tag(painter, theme, light, rects[0], ink, box)
    painter.restore()


def _draw_strip(painter: QPainter, light: Light, rect: QRectF, ink: QColor) -> None:
    wash = QColor(ink)
    wash.setAlphaF(0.22 if light.strong else 0.10)
    painter.fillRect(rect, wash)
    pen = QPen(ink, 3.0 if light.strong else 1.6)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if light.kind == "added":
        painter.setPen(pen)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    elif light.kind == "removed":
        painter.setPen(pen)
        middle = rect.center().y()
        painter.drawLine(QPointF(rect.left(), middle), QPointF(rect.right(), middle))
    else:
        pen.setStyle(Qt.PenStyle.DotLine if light.kind == "moved" else Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRect(rect.adjusted(-1, -1, 1, 1))


def _draw_tag(painter: QPainter, theme: Theme, light: Light, first: QRectF, ink: QColor, box: PageBox) -> None:
    """A small label in the margin beside the first strip: the words where they fit, or their sign alone."""
    font = theme.font(bold=light.strong)
    font.setPixelSize(max(11, round(theme.size * 0.95)))
    painter.setFont(font)
    margin = box.shown[1] * _MARGIN
    words = light.words
    if painter.fontMetrics().horizontalAdvance(words) + 10.0 > margin:
        words = words.split(" ", 1)[0]
    wide = painter.fontMetrics().horizontalAdvance(words) + 10.0
    high = painter.fontMetrics().height() + 2.0
    rect = QRectF(box.shown[0] + 2, max(box.top + 2, first.center().y() - high / 2), wide, high)
    painter.setPen(QPen(ink, 2.0 if light.strong else 1.2))
    painter.setBrush(QColor(_SHEET))
    painter.drawRoundedRect(rect, 4, 4)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
