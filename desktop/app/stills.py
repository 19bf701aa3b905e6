"""What the window shows of a pack is kept as a still, so that the next start has something to show at once."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage

from desktop.still import Still
from desktop.ui.window import Screen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.app.application import Application

_AT_REST = 4000  # ms since the reader last moved: machines are switched off with Despatch open


class Stills(QObject):
    """Keeps one while a pack is read, and none while the shelf or the lock is what would be seen."""

    def __init__(self, application: "Application") -> None:
        super().__init__(application)
        self._app = application
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_AT_REST)
        self._rest.timeout.connect(self.keep)
        application.window.screen_shown.connect(self._shown)

    def moved(self) -> None:
        """The reader is at another place: keep that, once it stays there."""
        self._rest.start()

    def keep(self) -> None:
        """Keep what is in sight now, if that is a pack. A disk that takes none is no matter: it is a convenience."""
        self._rest.stop()
        window = self._app.window
        reader = window.screen_of(Screen.READER)
        if reader is not None and window.screen_now is Screen.READER and reader.isVisible():
            self._app.doorway.keep_still(_still(reader, window.place_of(reader).topLeft().toTuple()))

    def forget(self) -> None:
        """Keep none."""
        self._rest.stop()
        self._app.doorway.forget_still()

    def _shown(self, screen: Screen) -> None:
        if screen is Screen.SHELF:
            self.forget()


def _still(widget: "QWidget", at: tuple[int, int]) -> Still:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ratio, background = image.devicePixelRatio(), widget.palette().window().color().name()
    return Still(*at, image.width(), image.height(), ratio, background, bytes(image.constBits()))
