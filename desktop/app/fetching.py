"""Fetching while the store is open: when repositories are looked at, pausing, how long it takes, and what came."""

import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from desktop.changes import Change, Event
from desktop.library.pace import Pace
from desktop.library.shelf import PackState, ShelfBody
from desktop.ui.kit.words import say_count, say_left, say_number, say_size

if TYPE_CHECKING:
    from desktop.app.application import Application
    from desktop.room import Room

CHECK_EVERY = 15 * 60.0  # seconds between looks at the repositories
JITTER = 0.2  # of it, so that the members of a board do not all come to the same server in the same second
RETRY_AFTER = (30.0, 60.0, 120.0, 300.0)  # seconds after a look that failed: the network, or a stick, comes back


class Fetching(QObject):
    """Looks by itself unless the member wants to ask; `check` is how it looks. Ends with `stop`."""

    arrived = Signal(object)  # ids of the packs of one burst, where the member wants to be told

    def __init__(self, application: "Application", room: "Room", check: Callable[[], None]) -> None:
        super().__init__(application)
        self._app, self._room, self._check = application, room, check
        self._pace, self._failed, self._looked = Pace(), 0, datetime.now().astimezone()
        self._arrived: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        self._tray = application.resting.tray
        self._burst = QTimer(self)
        self._burst.setSingleShot(True)
        self._burst.setInterval(1000)
        self._burst.timeout.connect(self._say_arrived)
        application.bridge.changed.connect(self._on_change)
        application.window.status.acted.connect(self._turn_over)
        qt = QGuiApplication.instance()
        assert isinstance(qt, QGuiApplication)
        self._qt = qt
        qt.applicationStateChanged.connect(self._on_state)

    # when

    def begin(self) -> None:
        """The store was opened: look now, and from time to time from now on."""
        self._room.begin(ask=False).traffic.pause(self._app.is_paused)
        self._look()

    def stop(self) -> None:
        """The store is being closed."""
        self._timer.stop()
        self._burst.stop()
        self._tray.put_away()
        self._app.bridge.changed.disconnect(self._on_change)
        self._app.window.status.acted.disconnect(self._turn_over)
        self._qt.applicationStateChanged.disconnect(self._on_state)
        self.deleteLater()

    def asked(self) -> None:
        """The member asked for papers: that ends a pause as well."""
        self._pause(False)
        self._wait(CHECK_EVERY)

    def _look(self) -> None:
        if self._app.settings.fetch_by_itself:
            self._check()
        self._wait(CHECK_EVERY)

    def _wait(self, seconds: float) -> None:
        self._looked = datetime.now().astimezone()
        self._timer.start(round(1000 * seconds * random.uniform(1 - JITTER, 1 + JITTER)))  # noqa: S311  # no secret

    def _on_state(self, state: Qt.ApplicationState) -> None:
        """A timer stands still while the computer sleeps: whoever comes back to it looks at once."""
        if state is not Qt.ApplicationState.ApplicationActive:
            return
        self._tray.put_away()
        if datetime.now().astimezone() - self._looked > timedelta(seconds=CHECK_EVERY):
            self._look()

    # pausing

    def _turn_over(self) -> None:
        """Pause or go on, whichever the button at the foot says."""
        self._pause(not self._app.is_paused)
        if not self._app.is_paused:
            self._check()

    def _pause(self, yes: bool) -> None:
        self._app.is_paused = yes
        self._room.begin(ask=False).traffic.pause(yes)
        self._pace = Pace()

    # what is happening

    def show_bodies(self, bodies: list[ShelfBody]) -> None:
        """Say in the foot of the window how far everything has come."""
        status = self._app.window.status
        coming = [pack for body in bodies for pack in body.packs if pack.state is PackState.DOWNLOADING]
        intake = self._room.intake
        busy = intake is not None and intake.is_busy
        if not coming or not (busy or self._app.is_paused):
            self._pace = Pace()
            status.say("")
            return
        here, papers = sum(pack.papers_here for pack in coming), sum(pack.papers for pack in coming)
        done, size = sum(pack.done for pack in coming), sum(pack.size for pack in coming)
        count = f"{say_number(here)} of {say_count(papers, 'paper')}"
        if self._app.is_paused:
            status.say(f"Paused: {count}, {say_size(done)} of {say_size(size)}", done, size, "Go on")
            return
        self._pace.see(time.monotonic(), done)
        left = self._pace.left(size - done)
        rest = f"{say_size(done)} of {say_size(size)}" if left is None else say_left(left)
        status.say(f"Downloading {count}, {rest}", done, size, "Pause")

    def _on_change(self, change: Change) -> None:
        if change.event is Event.BODY_UNREACHABLE and self._app.settings.fetch_by_itself:
            self._wait(RETRY_AFTER[min(self._failed, len(RETRY_AFTER) - 1)])
            self._failed += 1
        elif change.event is Event.BODY_CONFIRMED:
            self._failed = 0
        elif change.event is Event.PACK_ARRIVED:
            self._arrived.add(change.pack_id)
            if not self._burst.isActive():
                self._burst.start()

    # what came

    def _say_arrived(self) -> None:
        packs, self._arrived = self._arrived, set()
        if not self._app.settings.tell_arrivals:
            return
        if not self._app.window.isActiveWindow():
            self._tray.tell()
        self.arrived.emit(packs)
