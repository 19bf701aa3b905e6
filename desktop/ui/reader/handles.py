"""What a held mark is taken hold of by: its handles, where they lie, and what pulling one makes of it."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.annotations.entries import ARROW, DRAWN_KINDS, LINE
from desktop.annotations.shapes import Box, Shape
from desktop.packs.book import BookPage
from desktop.reader.viewport import PageBox
from desktop.ui.kit.palettes import DARK, LIGHT
from desktop.ui.kit.theme import Theme
from desktop.ui.reader.mark_drawing import Mark

SIDE = 10.0  # logical pixels, as drawn
_REACH = 12.0  # logical pixels from its middle, for the pointer
_LEAST = 6.0  # points

Handle = tuple[int, int]  # of a box: which edge across and down, -1, 0 or 1; of a line (end, 9); of a passage (end, 8)
_EDGES: tuple[Handle, ...] = ((-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0))


def handles(mark: Mark, page: BookPage, box: PageBox) -> Iterator[tuple[Handle, QPointF]]:
    """Each handle of a mark on a page, and the pixel of its middle."""
    shape = mark.shape
    if shape is None:
        quads = mark.anchor.quads
        if quads and quads[0].page == page.index:
            yield (0, 8), QPointF(*box.at(quads[0].x0, (quads[0].y0 + quads[0].y1) / 2))
        if quads and quads[-1].page == page.index:
            yield (1, 8), QPointF(*box.at(quads[-1].x1, (quads[-1].y0 + quads[-1].y1) / 2))
    elif mark.kind in (LINE, ARROW):
        for end in (0, 1):
            yield (end, 9), QPointF(*box.at(*shape.strokes[0][-end][:2]))
    elif mark.kind in DRAWN_KINDS:
        x0, y0, x1, y1 = shape.box
        for across, down in _EDGES:
            x, y = (x0, (x0 + x1) / 2, x1)[across + 1], (y0, (y0 + y1) / 2, y1)[down + 1]
            yield (across, down), QPointF(*box.at(x, y))


def handle_at(mark: Mark, page: BookPage, box: PageBox, pixel: QPointF) -> Handle | None:
    """The handle under a pixel."""
    for handle, middle in handles(mark, page, box):
        if max(abs(middle.x() - pixel.x()), abs(middle.y() - pixel.y())) <= _REACH:
            return handle
    return None


def pulled(shape: Shape, handle: Handle, right: float, down: float) -> Shape:
    """The shape with one handle moved by so many points."""
    if handle[1] == 9:
        x, y, _ = shape.strokes[0][-handle[0]]
        return shape.with_end(-handle[0], x + right, y + down)
    return shape.stretched(_pulled_box(shape.box, handle, right, down))


def _pulled_box(box: Box, handle: Handle, right: float, down: float) -> Box:
    x0, y0, x1, y1 = box
    if handle[0] < 0:
        x0 = min(x0 + right, x1 - _LEAST)
    elif handle[0] > 0:
        x1 = max(x1 + right, x0 + _LEAST)
    if handle[1] < 0:
        y0 = min(y0 + down, y1 - _LEAST)
    elif handle[1] > 0:
        y1 = max(y1 + down, y0 + _LEAST)
    return x0, y0, x1, y1


def draw_held(
    painter: QPainter, theme: Theme, mark: Mark, page: BookPage, box: PageBox, marker: QRectF | None, whole: bool
) -> None:
    """A frame round a mark and, when it is held and not only pointed at (whole), its handles."""
    look = DARK if theme.dark_pages else LIGHT  # it lies on the page, whatever the window looks like
    colour = QColor(look.focus)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 2))
    if mark.shape is not None and mark.kind in DRAWN_KINDS:
        if mark.kind not in (LINE, ARROW) or not whole:
            painter.drawRect(QRectF(*box.rect(*mark.shape.box)).adjusted(-4, -4, 4, 4))
    else:
        for quad in (quad for quad in mark.anchor.quads if quad.page == page.index and mark.shape is None):
            painter.drawRect(QRectF(*box.rect(quad.x0, quad.y0, quad.x1, quad.y1)).adjusted(-2, -2, 2, 2))
        if marker is not None:
            painter.drawRect(marker.adjusted(-3, -3, 3, 3))
    if whole:
        painter.setBrush(QColor(look.raised))
        for _, middle in handles(mark, page, box):
            painter.drawRect(QRectF(middle.x() - SIDE / 2, middle.y() - SIDE / 2, SIDE, SIDE))
