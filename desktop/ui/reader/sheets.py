"""A page as a sheet that lies in the window: its edge, and how its picture is laid into it."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from desktop.reader.viewport import PageBox
from desktop.ui.kit.theme import Theme


def sheet(box: PageBox) -> QRectF:
    """What is shown of a page."""
    return QRectF(box.shown[0], box.top, box.shown[1], box.height)


def paint_edge(painter: QPainter, theme: Theme, box: PageBox) -> None:
    """The shadow around a page; a line where pages are dark."""
    rect = sheet(box)
    if theme.dark_pages:
        painter.fillRect(rect.adjusted(-1, -1, 1, 1), theme.colour("line"))
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # Only the rim: what lies under the page would cost more than the page itself.
    for spread, depth in ((1, 66), (2, 44), (3, 22)):
        painter.setPen(QPen(QColor(0, 0, 0, depth), 1))
        painter.drawRect(rect.adjusted(0.5 - spread, 1.5 - spread, spread - 0.5, spread + 0.5))


def lay_down(painter: QPainter, box: PageBox, ratio: float) -> QRect:
    """Turn the painter as the page is turned; what comes back is the page's area in it, in device pixels."""
    left, top = round(box.left * ratio), round(box.top * ratio)
    width, height = round(box.width * ratio), round(box.height * ratio)
    corners = ((left, top), (left + width, top), (left + width, top + height), (left, top + height))
    painter.translate(*corners[box.turn])
    painter.rotate(90 * box.turn)
    return QRect(0, 0, height, width) if box.turn % 2 else QRect(0, 0, width, height)


def fits(image: QImage, area: QRect) -> bool:
    """Whether a picture is copied as it is: it was drawn for this size, give or take what rounding does."""
    return abs(image.width() - area.width()) <= 2 and abs(image.height() - area.height()) <= 2
