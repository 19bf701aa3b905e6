"""The first thing to be seen of a pack: its pages, while the reader that will hold them is still to be loaded."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.pdf.protocol import PageImage
from desktop.reader.glance import Glance
from desktop.ui.reader.first_sight import FirstSight

if TYPE_CHECKING:
    from desktop.app.application import Application

_PATIENCE = 400  # ms; a page that takes longer is waited for in the reader, where other things can be done meanwhile


class Glimpse(QObject):
    """Shows a glance as soon as its pictures are here. `over` is said once: pages are on the screen, or will not be."""

    over = Signal()

    def __init__(self, application: "Application", glance: Glance) -> None:
        super().__init__(application)
        self._app, self._glance = application, glance
        self._is_over = False
        self.drawn: list[PageImage] = []

    def begin(self) -> None:
        """Wait for the pictures, but not for long."""
        QTimer.singleShot(_PATIENCE, self, self._end)
        for picture in self._glance.pictures.values():
            self._app.bridge.then(picture, self._came, lambda _error: self._end(), owner=self)

    def _came(self, image: PageImage) -> None:
        self.drawn.append(image)
        if len(self.drawn) < len(self._glance.pictures) or self._is_over:
            return
        if self._app.first.has_still or self._app.first.has_pages:
            self._end()  # they are on the screen already
        else:
            sight = FirstSight(self._app.theme, self._glance, self.drawn)
            sight.painted.connect(self._end)
            self._app.window.show_before(sight)

    def _end(self) -> None:
        """An error is no matter here: the reader asks for the page again, and says what is wrong with it."""
        if not self._is_over:
            self._is_over = True
            self.over.emit()
            self.deleteLater()
