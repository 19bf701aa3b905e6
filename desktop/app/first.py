"""The bare window, and what it shows first. It loads little more than Qt: the page waits for every module here."""

import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop import __version__
from desktop.scout import Scout
from desktop.settings import load_settings
from desktop.ui.kit.still_view import StillView
from desktop.ui.window import MainWindow

_PATIENCE = 0.5  # seconds until the system should have shown what it was given
_LOOK_EVERY = 10  # ms


class FirstWindow:
    """Qt and a window with nothing in it, of the size it had when it was closed."""

    def __init__(self, folder: Path, scout: Scout | None = None) -> None:
        """scout: went ahead for what this window showed last."""
        qt = QApplication.instance() or QApplication(["despatch"])  # the name its desktop file goes by
        assert isinstance(qt, QApplication)
        qt.setApplicationName("Despatch")
        qt.setDesktopFileName("despatch")
        qt.setApplicationVersion(__version__)
        self.qt = qt
        self.settings = load_settings(folder)
        self.window = MainWindow(self.settings.window)
        self.has_still = False
        self._scout = scout

    @property
    def awaits_still(self) -> bool:
        """Whether a pack was left open that is still to be shown."""
        return self._scout is not None

    def show(self, seconds: float = 0.0) -> None:
        """Show the window: with the still at once, where the scout is back within so many seconds."""
        self.look_out(seconds)
        self.window.show()
        self._paint()

    def look_out(self, seconds: float = 0.0) -> None:
        """Show what the scout brings, if it is back within so many seconds. The loop looks out by itself."""
        if self._scout is None or not self._scout.is_back(seconds):
            return
        still, self._scout = self._scout.findings().still, None
        if still is not None and self.window.screen_now is None:
            self.has_still = True
            self.window.show_before(StillView(still))
            self._paint()

    def keep_looking_out(self) -> None:
        """From now on the event loop runs."""
        if self._scout is not None:
            self.look_out()
            QTimer.singleShot(_LOOK_EVERY, self.window, self.keep_looking_out)

    def _paint(self) -> None:
        """Wait until the still was painted: what is loaded next takes a while."""
        still = self.window.before
        if not isinstance(still, StillView) or not self.window.isVisible():
            return
        end = time.monotonic() + _PATIENCE
        while not still.is_painted and self.window.isVisible() and time.monotonic() < end:
            self.qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
