"""A still on the screen, while what it shows is being made. Loads next to nothing: it is the first to be seen."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.still import Still


class StillView(QWidget):
    """Nothing but the picture, where it lay in the window. is_painted: whether it ever was."""

    def __init__(self, still: Still) -> None:
        super().__init__()
        self._still, self.is_painted = still, False
        self.setAccessibleName("Pages of the pack")

    def paintEvent(self, event: QPaintEvent) -> None:
        still = self._still
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(still.background))
        image = QImage(still.pixels, still.width, still.height, 4 * still.width, QImage.Format.Format_RGB32)
        painter.drawImage(QRectF(still.left, still.top, still.width / still.ratio, still.height / still.ratio), image)
        painter.end()
        self.is_painted = True
