"""The pages a pack was left at, on the screen while the reader is still being made. Loads little, to be quick."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.pdf.protocol import PageImage
from desktop.reader.glance import Glance
from desktop.reader.viewport import PageBox
from desktop.ui.kit.theme import Theme
from desktop.ui.reader.sheets import fits, lay_down, paint_edge, sheet

_MULTIPLY = QPainter.CompositionMode.CompositionMode_Multiply
_AS_WELL = Qt.ClipOperation.IntersectClip


class FirstSight(QWidget):
    """Nothing but pages, at the very place where the reader will have them. `painted` is said once, when they show."""

    painted = Signal()

    def __init__(self, theme: Theme, glance: Glance, images: Sequence[PageImage]) -> None:
        super().__init__()
        self._theme, self._glance, self._images = theme, glance, images
        self.is_painted = False
        self.setAccessibleName("Pages of the pack")

    def paintEvent(self, event: QPaintEvent) -> None:
        port = self._glance.port
        painter = QPainter(self)
        painter.translate(port.left, port.top)
        room = QRectF(0, 0, port.width, port.height)
        painter.setClipRect(room)
        painter.fillRect(room, self._theme.colour("sunken"))
        for number in self._glance.view.pages:
            self._paint_page(painter, self._glance.view.box(number))
        painter.end()
        if not self.is_painted:
            self.is_painted = True
            QTimer.singleShot(0, self.painted.emit)  # first it is to reach the screen

    def _paint_page(self, painter: QPainter, box: PageBox) -> None:
        paint_edge(painter, self._theme, box)
        page, ratio = self._glance.pages[box.page], self._glance.port.ratio
        painter.save()
        painter.setClipRect(sheet(box), _AS_WELL)
        painter.fillRect(sheet(box), self._theme.page_colour)
        painter.scale(1 / ratio, 1 / ratio)
        area = lay_down(painter, box, ratio)
        for drawn in self._images:
            if (drawn.request.version, drawn.request.page) != (page.paper.version, page.index):
                continue
            image = QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32)
            if (clip := drawn.request.clip) is not None:
                painter.drawImage(QPoint(clip.left, clip.top), image)
            elif fits(image, area):
                painter.drawImage(area.topLeft(), image)
            else:
                painter.drawImage(area, image)
        painter.restore()
        if not self._theme.dark_pages:
            painter.save()
            painter.setCompositionMode(_MULTIPLY)
            painter.fillRect(sheet(box), self._theme.colour("paper"))
            painter.restore()
