"""A second start comes here: the window comes to the front and opens what that start was to open."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier

from desktop.neighbour import Door

if TYPE_CHECKING:
    from desktop.app.application import Application


class Callers(QObject):
    """Stands at the door of the store in use, from `listen` to `stop`."""

    def __init__(self, application: "Application") -> None:
        super().__init__(application)
        self._app = application
        self._folder: Path | None = None
        self._door: Door | None = None
        self._watch: QSocketNotifier | None = None

    def listen(self, folder: Path) -> None:
        """Answer at this store's door, and no longer at another's. Where none can be, each start has its own window."""
        if self._door is not None and folder == self._folder:
            return
        self.stop()
        self._folder = folder
        try:
            self._door = Door(folder, self._called)
        except OSError:
            return
        self._watch = QSocketNotifier(self._door.number, QSocketNotifier.Type.Read, self)
        self._watch.activated.connect(self._door.answer)

    def stop(self) -> None:
        """Answer nobody."""
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.setEnabled(False)
            watch.deleteLater()
        door, self._door = self._door, None
        if door is not None:
            door.close()

    def _called(self, file: str) -> None:
        self._app.come_forward()
        if file:
            self._app.open_file(file)
