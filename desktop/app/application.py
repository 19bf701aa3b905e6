"""One running window: what it is made of, and what happens when it is unlocked, locked and closed."""

import gc
import importlib
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app.callers import Callers
from desktop.app.entrance import Entrance
from desktop.app.first import FirstWindow
from desktop.app.glimpse import Glimpse
from desktop.app.resting import Resting
from desktop.app.set_aside import HelpAndSettings
from desktop.app.stills import Stills
from desktop.doorway import Doorway, Entered
from desktop.paths import resource
from desktop.pdf.protocol import PageImage
from desktop.sample import SAMPLE_NOW, SAMPLE_PASSPHRASE, is_sample
from desktop.settings import Settings, save_settings
from desktop.ui.kit.bridge import Bridge
from desktop.ui.kit.clipboard import clear_our_copy
from desktop.ui.kit.speaking import speak_for_widgets
from desktop.ui.kit.words import say_count
from desktop.ui.window import Factory, MainWindow, Screen

if TYPE_CHECKING:
    from desktop.app.reading import Reading

_HINT = f"The passphrase of the sample board is “{SAMPLE_PASSPHRASE}”."
DESK = (Screen.DESK, Screen.PREPARING, Screen.PEOPLE)
OPEN = (
    *(Screen.SHELF, Screen.READER, Screen.TRAVEL, Screen.SHEET, Screen.REGISTERS, Screen.THROUGH, Screen.MAP),
    *(*DESK, Screen.SETTINGS),
)
_TURN = 0.0005  # seconds
STARTED = 3000  # ms; the first page is long on the screen


class Application(QObject):
    """Owns the window and what stands behind it. Everything it is given or makes ends with `close`."""

    closed = Signal()

    def __init__(self, doorway: Doorway, first: FirstWindow | None = None) -> None:
        """first: the window that is on the screen already, else one is made."""
        super().__init__()
        self.doorway = doorway
        self.first = first or FirstWindow(doorway.folder)
        self.settings = self.first.settings
        self.theme = self.first.theme
        self.theme.changed.connect(self._keep_dark_pages)
        self.bridge = Bridge(self)
        self._forget_changes = doorway.changes.listen(self.bridge.carry)
        self.reading: Reading | None = None
        self.entrance = Entrance(self)
        self.aside = HelpAndSettings(self)
        speak_for_widgets()
        self.window = self.first.window
        self.window.furnish(self.theme, self._screens())
        self.window.use_keys(self.settings.keys)
        self.stills = Stills(self)
        self.callers = Callers(self)
        self.resting = Resting(self)
        self.window.lock_wanted.connect(self.lock)
        self.window.file_dropped.connect(self.open_file)
        self.window.closing.connect(self.close)
        self.window.may_close = self._may_close
        self.is_paused = False  # fetching, until it goes on or Despatch is closed; a lock in between changes nothing
        self.is_closed = False

    def start(self, opened: "Future[Entered | None] | None", invitation: Path | None = None) -> None:
        """Show the window; opened: what trying the keyring or a given passphrase comes to, None for the sample."""
        self.window.show()
        self.entrance.begin(opened, invitation)

    def entered(self, entered: Entered, then: Callable[[], None] = lambda: None) -> None:
        """The store is open: the shelf, or the pack where it was left. then: done once one of them is there."""
        glance = entered.last.glance if entered.last is not None else None
        if glance is None:
            self._go_in(entered, (), then)
            return
        glimpse = Glimpse(self, glance)
        glimpse.over.connect(lambda: self._go_in(entered, glimpse.drawn, then))
        glimpse.begin()

    def _go_in(self, entered: Entered, drawn: Sequence[PageImage], then: Callable[[], None]) -> None:
        """Loads the reader, half a second's work on a slow machine: by then the pages are on the screen."""
        from desktop.app.reading import Reading

        if self.is_closed or self.doorway.room is not entered.room:
            return  # it was closed meanwhile
        self.reading = Reading(self, entered.room)
        self.callers.listen(self.doorway.folder)  # it may be new, or the sample's
        self.window.unlocked(self.settings.lock_minutes)
        self.window.notices.take_back(_HINT)
        self.reading.begin(entered.last, drawn)
        then()

    def lock(self) -> None:
        """Show nothing, then let go of everything."""
        if self.reading is None or not self._is_saved("Lock without them", self._lock):
            return
        self._lock()

    def _lock(self) -> None:
        self._keep_port()
        self.stills.forget()
        self._leave_reading()
        self.window.lock()
        if is_sample(self.doorway.folder):
            self.window.notices.say(_HINT)
        QApplication.processEvents()  # the eye first: what was on the screen is gone before the workers are
        self.doorway.leave()

    def come_forward(self) -> None:
        """Bring the window before all others, out of the tray too."""
        self.resting.end()
        if self.window.isMinimized():
            self.window.showNormal()
        self.window.raise_()
        self.window.activateWindow()

    def leave_pack(self) -> None:
        """Go to the shelf, from wherever it is."""
        if self.reading is not None:
            self.reading.close_pack()

    def now(self) -> datetime:
        """The time on the shelf: local and aware; in the sample committee it is always the week of its last meeting."""
        return SAMPLE_NOW if is_sample(self.doorway.folder) else datetime.now().astimezone()

    def use_doorway(self, doorway: Doorway) -> None:
        """Go to another store: the sample committee's, from the welcome."""
        self._leave_reading()
        for screen in OPEN:
            self.window.remove(screen)
        self.doorway.leave()
        self._forget_changes()
        self.doorway = doorway
        self._forget_changes = doorway.changes.listen(self.bridge.carry)

    def open_file(self, path: str) -> None:
        """An invitation was dropped, chosen or double-clicked."""
        self.entrance.open_file(Path(path))

    def keep(self, settings: Settings) -> None:
        """Take new settings into use and keep them."""
        self.settings = settings
        self.theme.use_dark_pages(settings.dark_pages)
        self.theme.use_note_names(settings.note_names)
        self.theme.use(settings.theme)
        self.theme.use_size(settings.text_size)
        self.theme.use_motion(settings.motion)
        if self.reading is not None:
            self.window.unlocked(settings.lock_minutes)
        try:
            save_settings(self.doorway.folder, settings)
        except OSError as error:
            what = f"The settings could not be kept: {error.strerror}."
            self.window.notices.say(what, "They hold until you close Despatch.", tone="warn")

    def _keep_dark_pages(self) -> None:
        """Pages are made dark by a key as well, where they are read."""
        if self.theme.dark_pages != self.settings.dark_pages:
            self.keep(replace(self.settings, dark_pages=self.theme.dark_pages))

    def close(self) -> None:
        """Save what is open, lock, and end."""
        if self.is_closed:
            return
        self.is_closed = True
        self.callers.stop()
        self.keep_window()
        self.resting.leave()
        self._leave_reading()
        self.doorway.leave()
        self._forget_changes()
        # Nothing copied outlives the window, as with the lock; and Qt, ending, would trip over words Python gave it.
        clear_our_copy()
        self.bridge.close()
        self.closed.emit()

    def keep_window(self) -> None:
        """Keep how large the window is, what it shows, and where the pages lie in it."""
        self._keep_port()
        self.stills.keep()
        if self.doorway.folder.exists():
            self.settings = replace(self.settings, window=self.window.keep_size())
            with suppress(OSError):  # the window's size is all that could be lost, and nobody is there to be told
                save_settings(self.doorway.folder, self.settings)

    def _may_close(self) -> bool:
        if self.is_closed:
            return True
        return self._is_saved("Close without them", self._close_anyway) and not self.resting.begin()

    def _close_anyway(self) -> None:
        self.close()
        self.window.close()

    def _is_saved(self, verb: str, act: Callable[[], None]) -> bool:
        """Whether every note is in the store; where not, say so, and offer to go without them."""
        unsaved = self.reading.save() if self.reading is not None else 0
        if unsaved:
            self.window.notices.say(
                f"{say_count(unsaved, 'note')} could not be saved, so Despatch stays open.",
                "What you wrote is kept as long as it does.",
                "Free some space on the disk and try again.",
                "bad",
                (verb, act),
            )
        return not unsaved

    def _keep_port(self) -> None:
        """Where the pages lie is where they are first seen at the next start."""
        port = self.reading.port() if self.reading is not None else None
        if port is not None:
            self.settings = replace(self.settings, pages=port.to_dict())

    def _leave_reading(self) -> None:
        reading, self.reading = self.reading, None
        if reading is not None:
            reading.leave()

    def _screens(self) -> dict[Screen, Factory]:
        return {
            Screen.WELCOME: self.entrance.make_welcome,
            Screen.UNLOCK: self.entrance.make_unlock,
            Screen.SHELF: self._make_shelf,
            Screen.TRAVEL: self._make_travel,
            Screen.SHEET: self._make_sheet,
            Screen.READER: lambda: self._open_reading().make_reader(),
            Screen.REGISTERS: self._make_registers,
            Screen.THROUGH: self._make_through,
            Screen.MAP: self._make_map,
            **{screen: partial(self._make_of_desk, screen) for screen in DESK},
            Screen.SETTINGS: self.aside.make_settings,
            Screen.HELP: self.aside.make_help,
            Screen.KEYS: self.aside.make_keys,
        }

    def _make_shelf(self) -> QWidget:
        return self._open_reading().shelving.make_shelf()

    def _make_travel(self) -> QWidget:
        return self._open_reading().shelving.make_travel()

    def _make_sheet(self) -> QWidget:
        return self._open_reading().sheeting.make_sheet()

    def _make_registers(self) -> QWidget:
        reading = self._open_reading()
        screen = reading.registering.make()
        reading.through.watch_registers(screen)
        return screen

    def _make_through(self) -> QWidget:
        return self._open_reading().through.make()

    def _make_map(self) -> QWidget:
        return self._open_reading().mapping.make()

    def _make_of_desk(self, screen: Screen) -> QWidget:
        return self._open_reading().desking.make(screen)

    def _open_reading(self) -> "Reading":
        assert self.reading is not None, "a screen of the open store was asked for while locked"
        return self.reading


def run(
    first: FirstWindow, doorway: Doorway, opened: "Future[Entered | None] | None", invitation: Path | None = None
) -> int:
    """Furnish the window and stay until it is closed; returns the exit code."""
    if not first.window.isVisible():
        doorway.leave()
        return 0  # it was closed as soon as it was there
    first.qt.setWindowIcon(QIcon(str(resource("brand", "despatch.svg"))))
    application = Application(doorway, first)
    _tell_of_bugs(application.window)
    application.theme.apply_to(first.qt)
    application.closed.connect(first.qt.quit)  # one that rested in the tray has no last window to be closed
    application.start(opened, invitation)
    application.callers.listen(doorway.folder)
    first.look_out()
    if first.awaits_still or first.has_still:
        importlib.import_module("desktop.app.reading")  # while store and worker are at it, in threads of their own
    first.keep_looking_out()
    QTimer.singleShot(STARTED, application, collect_again)
    take_short_turns()
    code = first.qt.exec()
    application.close()
    return code


def take_short_turns() -> None:
    """Have threads that work in the background hand the interpreter over soon when the window wants it.

    Painting a frame asks for it a dozen times, and Python lets each wait for 5 ms while another thread loads modules or
    fetches: frames came late, and jumps took three times as long, in the seconds after the start.
    """
    sys.setswitchinterval(_TURN)


def collect_again() -> None:
    """The start is over. What it loaded is no waste and is never looked through again, which would hold up frames."""
    gc.freeze()
    gc.enable()


def _tell_of_bugs(window: MainWindow) -> None:
    """A bug of ours: said in the window, and its place in the code (never its data) on standard error."""

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        where = "".join(traceback.format_tb(trace))
        sys.stderr.write(f"{where}{kind.__name__}\n")
        window.notices.say(
            "Something went wrong in Despatch itself.",
            "What was saved is safe.",
            "If something does not work now, close Despatch and open it again.",
            "bad",
        )

    def told_in_lane(args: threading.ExceptHookArgs) -> None:
        sys.stderr.write(f"{''.join(traceback.format_tb(args.exc_traceback))}{args.exc_type.__name__}\n")

    sys.excepthook = told
    threading.excepthook = told_in_lane
