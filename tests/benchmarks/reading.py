"""The real application, driven in this process: its frames are timed as they are painted, its keys are pressed."""

import gc
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.app.application import STARTED, Application, collect_again, take_short_turns
from desktop.changes import Changes
from desktop.doorway import Doorway
from desktop.launch import give_back_pictures
from desktop.pdf.protocol import Urgency
from desktop.reader.needs import need_is_here, tiles, whole
from desktop.ui.reader.canvas import PageCanvas
from desktop.ui.reader.painting import BookPainter, Scene
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.window import Screen
from tests.benchmarks.homes import PASSPHRASE

WIDTH, HEIGHT = 1920, 1080
_PATIENCE = 30.0
_CONTROL, _PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True)
class Frame:
    """One painting of pages: when it ended (seconds), whether all was sharp, whether any page was white paper only.

    view: whose pages, as `Session.view_of` says it.
    """

    at: float
    sharp: bool
    blank: bool
    view: int = 0


class Session:
    """An open pack, and every frame that was painted of it."""

    def __init__(self, application: Application, frames: list[Frame]) -> None:
        self.application, self.frames = application, frames
        reader = application.window.screen_of(Screen.READER)
        assert isinstance(reader, ReaderScreen)
        self.reader = reader

    @property
    def canvas(self) -> PageCanvas:
        """The pages in use."""
        return self.reader.canvas

    @staticmethod
    def view_of(canvas: PageCanvas) -> int:
        """The view whose frames a canvas paints."""
        return id(canvas._painter)

    def press(self, key: Qt.Key, control: bool = False) -> None:
        """A key on the pages."""
        QTest.keyClick(self.canvas, key, _CONTROL if control else _PLAIN)

    def sharp_after(self, act: Callable[[], object]) -> float:
        """Do something, and the milliseconds until all that is then in sight has been painted sharp."""
        started, seen = perf_counter(), len(self.frames)
        act()
        wait(lambda: any(frame.sharp for frame in self.frames[seen:]))
        return (next(frame.at for frame in self.frames[seen:] if frame.sharp) - started) * 1000

    def settle(self) -> None:
        """Until nothing in sight or beside it is still to be drawn (the small pictures may be)."""
        wait(self._is_settled)

    def thumbnails(self) -> int:
        """How many pages have their small picture."""
        pictures = self.canvas._pictures
        return sum(pictures.thumbnail(page) is not None for page in self.canvas._pages)

    def _is_settled(self) -> bool:
        pictures = self.canvas._pictures
        coming = any(flight.urgency is not Urgency.THUMBNAIL for flight in pictures.store._flights.values())
        return not self.canvas._asking.isActive() and not coming


def wait(until: Callable[[], bool], seconds: float = _PATIENCE) -> None:
    """Run the event loop until something holds. Raises TimeoutError."""
    guard = QTimer()
    guard.start(25)
    end = perf_counter() + seconds
    while not until():
        if perf_counter() > end:
            raise TimeoutError("the application did not come to rest")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


@contextmanager
def reading(home: Path) -> Iterator[Session]:
    """The application on a copy of a home, with its pack open and sharp, on a screen of its own where there is one."""
    with tempfile.TemporaryDirectory(prefix="despatch-bench-") as name, _screen():
        copy = Path(name) / "home"
        shutil.copytree(home, copy)
        qt = QApplication(["despatch"])
        give_back_pictures()
        take_short_turns()
        gc.disable()
        doorway = Doorway(copy, Changes())
        application = Application(doorway)
        application.theme.apply_to(qt)
        with _watching() as frames:
            application.window.setGeometry(0, 0, WIDTH, HEIGHT)
            application.start(doorway.enter_quietly(PASSPHRASE))
            QTimer.singleShot(STARTED, application, collect_again)
            wait(lambda: any(frame.sharp for frame in frames))
            yield Session(application, frames)
        application.window.close()
        application.close()


def leave(home: Path) -> None:
    """Open a home's pack in a window that fills the screen, and close it."""
    with _screen():
        qt = QApplication(["despatch"])
        doorway = Doorway(home, Changes())
        application = Application(doorway)
        application.theme.apply_to(qt)
        with _watching() as frames:
            application.window.setGeometry(0, 0, WIDTH, HEIGHT)
            application.start(doorway.enter_quietly(PASSPHRASE))
            wait(lambda: any(frame.sharp for frame in frames))
        application.window.close()
        application.close()


@contextmanager
def _watching() -> Iterator[list[Frame]]:
    """Every painting of pages from now on."""
    frames: list[Frame] = []
    paint = BookPainter.paint

    def watched(self: BookPainter, painter: QPainter, scene: Scene) -> None:
        paint(self, painter, scene)
        if scene.pages:
            at = perf_counter()
            frames.append(Frame(at, *_state(self, scene), id(self)))

    BookPainter.paint = watched  # type: ignore[method-assign]
    try:
        yield frames
    finally:
        BookPainter.paint = paint  # type: ignore[method-assign]


def _state(painter: BookPainter, scene: Scene) -> tuple[bool, bool]:
    """Whether all in sight is sharp, and whether anything is blank."""
    pictures, sharp, blank = painter._pictures, True, False
    for number in scene.view.pages:
        page, box = scene.pages[number], scene.view.box(number)
        if not need_is_here(page):
            continue
        wanted = list(tiles(page, box, scene.view, scene.ratio)) or [whole(page, box.scale * scene.ratio)]
        sharp = sharp and all(pictures.get(one) is not None for one in wanted)
        blank = blank or (pictures.standing(page) is None and pictures.thumbnail(page) is None)
    return sharp, blank


@contextmanager
def _screen() -> Iterator[None]:
    """A virtual screen for this process; without one Qt paints into memory, which is a little quicker."""
    if not shutil.which("Xvfb"):
        yield
        return
    receive, send = os.pipe()
    command = ["Xvfb", "-displayfd", str(send), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(send,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(send)
    with os.fdopen(receive) as said:
        os.environ |= {"DISPLAY": f":{said.readline().strip()}", "QT_QPA_PLATFORM": "xcb"}
    try:
        yield
    finally:
        server.terminate()
        server.wait()
