"""The window closed and Despatch still at work: it rests in the tray, where the member has chosen that.

The store stays open for the papers that come, and nothing of it is shown. The time until Despatch locks by itself runs
on: if it is over when the window comes back, that shows the lock, and not what was open.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop.app.tray import Tray

if TYPE_CHECKING:
    from desktop.app.application import Application


def _clock() -> datetime:
    return datetime.now().astimezone()  # goes on while the computer sleeps


def _session_ends() -> bool:
    qt = QGuiApplication.instance()
    return isinstance(qt, QGuiApplication) and qt.isSavingSession()


class Resting(QObject):
    """Decides what closing the window means. clock: what time it is."""

    def __init__(self, application: "Application", clock: Callable[[], datetime] = _clock) -> None:
        super().__init__(application)
        self._app, self.clock = application, clock
        self.tray = Tray(self)
        self.since: datetime | None = None  # when the window was closed, None while there is one
        self.tray.chosen.connect(application.come_forward)
        self.tray.check_asked.connect(self._check)
        self.tray.quit_asked.connect(self.quit)

    def begin(self) -> bool:
        """The window is being closed: rest instead, where that is chosen and possible; whether it does.

        Not while locked, for then nothing could be fetched; nor when Despatch is quit, or the session ends.
        """
        window = self._app.window
        wanted = self._app.settings.rest_in_tray and not window.is_quitting and not _session_ends()
        if not wanted or self._app.reading is None or not self.tray.is_there:
            return False
        self._app.keep_window()
        self.since = self.clock()
        self._stay(True)
        window.unlocked(0)  # nobody is at a window that is not there; `end` reckons the time
        window.hide()
        self.tray.rest()
        return True

    def end(self) -> None:
        """The window is wanted: bring it back, locked if it would have locked itself meanwhile."""
        since, self.since = self.since, None
        if since is None:
            return
        minutes = self._app.settings.lock_minutes
        if minutes and self.clock() - since >= timedelta(minutes=minutes):
            self._app.lock()
        else:
            self._app.window.unlocked(minutes)
        self._app.window.show()
        self._stay(False)
        self.tray.wake()

    def quit(self) -> None:
        """End Despatch; the window comes back only where notes could not be saved, to say so."""
        self._app.window.quit()
        if not self._app.is_closed:
            self._app.come_forward()

    def leave(self) -> None:
        """Despatch ends: nothing stays in the tray."""
        self.since = None
        self._stay(False)
        self.tray.wake()

    def _check(self) -> None:
        if self._app.reading is not None:
            self._app.reading.check()

    @staticmethod
    def _stay(yes: bool) -> None:
        QGuiApplication.setQuitOnLastWindowClosed(not yes)
