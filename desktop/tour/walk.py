"""A running application with a hand on its keys and mouse, and an eye."""

import gc
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from desktop.app.application import Application
from desktop.changes import Changes
from desktop.doorway import Doorway
from desktop.settings import Settings, save_settings
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.window import Screen

LOOKS = {"light": ("light", 12), "dark": ("dark", 12), "light-200": ("light", 24), "dark-200": ("dark", 24)}
SIZE = (1280, 800)
PATIENCE = 60.0  # seconds to wait for anything
STILL = 0.4  # seconds without a change before a picture is taken
TYPED = "walnut ferry lantern"

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NONE = Qt.KeyboardModifier.NoModifier


@dataclass
class Walk:
    """One running application, a hand on its keys and mouse, and an eye."""

    app: Application
    folder: Path
    taken: int = 0

    @property
    def window(self) -> QWidget:
        """The application's window."""
        return self.app.window

    def wait(self, until: Callable[[], object], what: str) -> None:
        """Let the application go on until something holds."""
        end = time.monotonic() + PATIENCE
        while not until():
            if time.monotonic() > end:
                raise TimeoutError(f"the tour waited in vain for {what}")
            QTest.qWait(10)

    def rest(self) -> None:
        """Wait until nothing on the screen changes any more."""
        last, since = QImage(), time.monotonic()
        while time.monotonic() - since < STILL:
            QTest.qWait(30)
            now = self.window.grab().toImage()
            if now != last:
                last, since = now, time.monotonic()

    def take(self, name: str, of: QWidget | None = None) -> Path:
        """A picture of the window, or of a dialog over it, once it stands still."""
        self.rest()
        self.taken += 1
        path = self.folder / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not (of or self.window).grab().save(str(path)):
            raise OSError(f"{path} could not be written")
        return path

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """A key, wherever the focus is."""
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifiers)
        QTest.qWait(1)

    def type(self, words: str) -> None:
        """Letters, wherever the focus is."""
        QTest.keyClicks(self.window.focusWidget() or self.window, words)
        QTest.qWait(1)

    def press(self, name: str) -> None:
        """The button in sight of this name."""
        found = [
            button
            for button in self.window.findChildren(QAbstractButton)
            if name in (button.text().strip(), button.accessibleName()) and button.isVisible() and button.isEnabled()
        ]
        if not found:
            raise LookupError(f"there is no button “{name}” in sight")
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
        QTest.qWait(1)

    def is_in_sight(self, name: str) -> bool:
        """Whether a button of this text or name is in sight and can be pressed."""
        buttons = self.window.findChildren(QAbstractButton)
        return any(
            name in (button.text().strip(), button.accessibleName()) and button.isVisible() and button.isEnabled()
            for button in buttons
        )

    def fields(self) -> list[QLineEdit]:
        """The fields that can be typed into now, from the top."""
        found = [field for field in self.window.findChildren(QLineEdit) if field.isVisible() and field.isEnabled()]
        return sorted(found, key=lambda field: field.mapTo(self.window, QPoint(0, 0)).y())

    def drag(self, on: QWidget, start: QPointF, end: QPointF) -> None:
        """Draw the mouse over something with its button held."""
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        press, move, release = (
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseMove,
            QEvent.Type.MouseButtonRelease,
        )
        middle = (start + end) / 2
        steps = ((press, start, left, left), (move, middle, none, left), (move, end, none, left))
        for kind, at, button, held in (*steps, (release, end, left, none)):
            event = QMouseEvent(kind, at, QPointF(on.mapToGlobal(at.toPoint())), button, held, NONE)
            QApplication.sendEvent(on, event)
            QTest.qWait(1)

    def shows(self, screen: Screen) -> Callable[[], bool]:
        """Whether this screen is in sight."""
        return lambda: self.app.window.screen_now is screen

    def end(self) -> None:
        """Close the window as a person does."""
        self.window.close()
        self.app.deleteLater()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()


def open_home(home: Path, folder: Path, look: str, passphrase: str = "") -> Walk:
    theme, size = LOOKS[look]
    save_settings(home, Settings(theme=theme, text_size=size, motion=False, lock_minutes=0))
    doorway = Doorway(home, Changes())
    app = Application(doorway)
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    app.theme.apply_to(qt)
    app.start(doorway.enter_quietly(passphrase))
    app.window.resize(*SIZE)
    return Walk(app, folder)


def go_to(walk: Walk, place: str) -> None:
    walk.key(Qt.Key.Key_G, CONTROL)
    walk.type(place)
    walk.key(Qt.Key.Key_Return)
    walk.rest()


def select_words(walk: Walk, reader: ReaderScreen, down: float) -> None:
    """Some words across the page, at about this part of its height."""
    port = reader.canvas.viewport()
    width, height = port.width(), port.height()
    first = round(height * down)  # from there to the foot, then from the top: large text leaves few lines in sight
    heights = [*range(first, height - 8, 4), *range(8, first, 4)]
    rows = [QPointF(width * across, y) for y in heights for across in (0.35, 0.45, 0.25)]

    def begins(at: QPointF) -> bool:
        """In the middle of a line, and with more of it to the right: from its end nothing would be selected."""
        words = {reader.canvas.word_under(at + QPointF(0, more)) for more in (-3, 0, 3)}
        return len(words) == 1 and words != {""} and reader.canvas.is_over_text(at + QPointF(width * 0.03, 0))

    walk.wait(lambda: any(map(begins, rows)), "words in sight")
    start = next(at for at in rows if begins(at))
    walk.drag(port, start, QPointF(width * 0.7, start.y()))
    walk.wait(lambda: reader.canvas.has_selection, "a selection")


def retype(walk: Walk, words: str) -> None:
    walk.key(Qt.Key.Key_F, CONTROL)
    walk.key(Qt.Key.Key_A, CONTROL)
    walk.type(words)


def has_button(walk: Walk, name: str) -> bool:
    return any(button.isVisible() and button.text() == name for button in walk.window.findChildren(QAbstractButton))


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
