"""The bare window, and what it shows first. It loads little more than Qt: the page waits for every module here."""

import importlib
import time
from concurrent.futures import wait
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop import __version__
from desktop.scout import Scout
from desktop.settings import load_settings
from desktop.ui.kit.still_view import StillView
from desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from concurrent.futures import Future

    from desktop.doorway import Entered
    from desktop.reader.glance import Glance
    from desktop.ui.kit.theme import Theme

_FOR_PAGES = 0.25  # seconds for pages that are being drawn; then the window is furnished meanwhile
_NEXT = ("desktop.ui.kit.notices", "desktop.app.entrance", "desktop.app.application")
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
        self.has_still = self.has_pages = False
        self._scout = scout
        self._theme: Theme | None = None

    @property
    def theme(self) -> "Theme":
        """The look that was chosen."""
        from desktop.ui.kit.theme import Theme

        if self._theme is None:
            self._theme = Theme(self.settings.theme, self.settings.text_size, self.settings.motion)
            self._theme.use_dark_pages(self.settings.dark_pages)
            self._theme.use_note_names(self.settings.note_names)
        return self._theme

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

    def look_in(self, opened: "Future[Entered | None]") -> None:
        """Show the pages the pack was left at, if they are drawn in a moment: furnishing the window takes longer."""
        from desktop.ui.kit.theme import build_palette
        from desktop.ui.reader.first_sight import FirstSight

        theme, end = self.theme, time.monotonic() + _FOR_PAGES
        for name in _NEXT:
            if not opened.done():
                importlib.import_module(name)  # as long as there is nothing to wait for but the key
        wait([opened], max(0.0, end - time.monotonic()))
        glance = _glance(opened)
        if glance is None:
            return
        pictures = glance.pictures.values()
        wait(pictures, max(0.0, end - time.monotonic()))
        if all(picture.done() and not picture.cancelled() and picture.exception() is None for picture in pictures):
            self.qt.setPalette(build_palette(theme.colours))  # what is around the pages
            self.window.show_before(FirstSight(theme, glance, [picture.result() for picture in pictures]))
            self.has_pages = True
            self._paint()

    def _paint(self) -> None:
        """Wait until what there is to see was painted: what is loaded next takes a while."""
        seen = self.window.before
        if seen is None or not self.window.isVisible():
            return
        end = time.monotonic() + _PATIENCE
        while not getattr(seen, "is_painted", True) and self.window.isVisible() and time.monotonic() < end:
            self.qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)


def _glance(opened: "Future[Entered | None]") -> "Glance | None":
    """Of the pack that was left open, if the store is open; what went wrong is told by whoever goes in."""
    if not opened.done() or opened.cancelled() or opened.exception() is not None:
        return None
    entered = opened.result()
    return entered.last.glance if entered is not None and entered.last is not None else None
