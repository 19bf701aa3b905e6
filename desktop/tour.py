"""`despatch tour FOLDER`: walks the real application through its screens, by key and mouse, with a picture of each."""

import gc
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from desktop.app import Application
from desktop.changes import Changes
from desktop.doorway import Doorway
from desktop.sample import SAMPLE_PASSPHRASE, make_sample
from desktop.settings import Settings, save_settings
from desktop.tour_library import library
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.shelf import ShelfScreen
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


def main(arguments: Sequence[str]) -> int:
    """Draw the tour into the folder that is named; a second word names one look alone. Returns the exit code."""
    if not 1 <= len(arguments) <= 2 or (len(arguments) == 2 and arguments[1] not in LOOKS):
        sys.stderr.write(f"Say which folder to draw the tour into, and perhaps one look: {', '.join(LOOKS)}.\n")
        return 2
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder, looks = Path(arguments[0]), arguments[1:] or list(LOOKS)
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(qt, QApplication)
    qt.setCursorFlashTime(0)
    with tempfile.TemporaryDirectory(prefix="despatch-tour-") as name:
        sample = Path(name) / "sample"
        make_sample(sample, _say)
        for look in looks:
            made = [*_first_steps(Path(name), sample, folder / look, look), *_reading(sample, folder / look, look)]
            made += _library(sample, folder / look, look)
            _say(f"{look}: {len(made)} pictures in {folder / look}")
    return 0


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

    def take(self, name: str) -> Path:
        """A picture of the window as it stands, once it stands still."""
        self.rest()
        self.taken += 1
        path = self.folder / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self.window.grab().save(str(path)):
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


def _open(home: Path, folder: Path, look: str, passphrase: str = "") -> Walk:
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


def _first_steps(name: Path, sample: Path, folder: Path, look: str) -> Iterator[Path]:
    """A new member: from the welcome to a shelf that waits, the lock, and the places beside."""
    home, invitation = name / f"new-{look}", name / f"invitation-{look}.despatch"
    invitation.write_bytes(_invite(sample))
    walk = _open(home, folder, look)
    walk.wait(walk.shows(Screen.WELCOME), "the welcome")
    yield walk.take("01-welcome")
    walk.app.open_file(str(invitation))
    walk.wait(lambda: len(walk.fields()) > 1, "the passphrase step")
    for field in walk.fields()[:2]:
        field.setFocus()
        walk.type(TYPED)
    yield walk.take("02-passphrase")
    walk.press("Protect my papers")
    walk.wait(lambda: _named(walk, "I have kept it"), "the recovery code")
    yield walk.take("03-recovery-code")
    yield from _through_recovery(walk)
    walk.wait(lambda: _named(walk, "Go to the shelf"), "the five words")
    yield walk.take("06-five-words")
    walk.press("Go to the shelf")
    walk.wait(walk.shows(Screen.SHELF), "the shelf")
    yield walk.take("07-shelf-waiting")
    walk.key(Qt.Key.Key_L, CONTROL)
    walk.wait(walk.shows(Screen.UNLOCK), "the lock")
    yield walk.take("08-locked")
    walk.type("not the passphrase")
    walk.key(Qt.Key.Key_Return)
    walk.rest()
    yield walk.take("09-wrong-passphrase")
    walk.end()


def _through_recovery(walk: Walk) -> Iterator[Path]:
    from desktop.ui.panels.set_up import RecoveryStep

    step = walk.window.findChildren(RecoveryStep)[0]
    walk.press("I have kept it")
    walk.type(step.asked_group())
    yield walk.take("04-recovery-check")
    walk.key(Qt.Key.Key_Return)
    walk.wait(lambda: _named(walk, "Ask to be admitted"), "who is asking")
    walk.fields()[0].setFocus()
    walk.type("Amina Okonkwo")
    yield walk.take("05-who-is-asking")
    walk.press("Ask to be admitted")


def _named(walk: Walk, name: str) -> bool:
    return any(button.isVisible() and button.text() == name for button in walk.window.findChildren(QAbstractButton))


def _invite(sample: Path) -> bytes:
    """What the sample's secretary would send to a new member."""
    from db.store import Store
    from desktop.secretary import roster
    from desktop.secretary.registry import Registry
    from desktop.vault import Vault

    folder = sample / "secretary"
    store = Store.open(folder, Vault(folder).open_with_passphrase(SAMPLE_PASSPHRASE))
    try:
        registry = Registry(store)
        return roster.invite(registry, registry.office(), "Amina Okonkwo").to_bytes()
    finally:
        store.close()


def _call_scans(home: Path) -> None:
    """The sample board scans nothing: two pages of item 10 are called scans, to see what is said of such pages."""
    from desktop.library.holdings import Holdings
    from desktop.packs.index import kept_pack
    from desktop.vault import Vault

    holdings = Holdings.open(home, Vault(home).open_with_passphrase(SAMPLE_PASSPHRASE))
    try:
        newest = kept_pack(holdings.packs.all()[0].index)
        paper = next(paper for paper in newest.papers if paper.item == "10" and paper.sha256)
        holdings.versions.put_legible(paper.sha256, {1: "none", 2: "none"})
    finally:
        holdings.store.close()


def _reading(sample: Path, folder: Path, look: str) -> Iterator[Path]:
    """The sample's member: shelf, pack, pages, marks, searches, settings, help."""
    home = sample.with_name(f"member-{look}")
    shutil.copytree(sample, home, ignore=shutil.ignore_patterns("secretary", "repository"))
    _call_scans(home)
    walk = _open(home, folder, look, SAMPLE_PASSPHRASE)
    walk.wait(walk.shows(Screen.SHELF), "the shelf")
    shelf = walk.app.window.screen_of(Screen.SHELF)
    assert isinstance(shelf, ShelfScreen)
    walk.wait(shelf.rows, "the packs")
    yield walk.take("10-shelf")
    shelf.rows()[0].setFocus()
    walk.key(Qt.Key.Key_Return)
    walk.wait(walk.shows(Screen.READER), "the reader")
    reader = walk.app.window.screen_of(Screen.READER)
    assert isinstance(reader, ReaderScreen)
    yield walk.take("11-reader")
    yield from _marking(walk, reader)
    yield from _searching(walk)
    yield from _finding_one_s_way(walk, reader)
    yield from _looking(walk)
    yield from _in_two_panes(walk, reader)
    walk.key(Qt.Key.Key_K, CONTROL)
    walk.type("finence")
    yield walk.take("19-quick-open")
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_Comma, CONTROL)
    yield walk.take("20-settings")
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_F1)
    yield walk.take("21-help")
    walk.key(Qt.Key.Key_Escape)
    walk.app.window.resize(800, 600)
    yield walk.take("22-small-window")
    walk.end()


def _library(sample: Path, folder: Path, look: str) -> Iterator[Path]:
    """The sample's member joins a second organisation."""
    home, other = sample.with_name(f"trustee-{look}"), sample.with_name(f"charity-{look}")
    shutil.copytree(sample, home, ignore=shutil.ignore_patterns("secretary", "repository"))
    other.mkdir()
    walk = _open(home, folder, look, SAMPLE_PASSPHRASE)
    walk.wait(walk.shows(Screen.SHELF), "the shelf")
    yield from library(walk, other)
    walk.end()


def _go_to(walk: Walk, place: str) -> None:
    walk.key(Qt.Key.Key_G, CONTROL)
    walk.type(place)
    walk.key(Qt.Key.Key_Return)
    walk.rest()


def _marking(walk: Walk, reader: ReaderScreen) -> Iterator[Path]:
    _go_to(walk, "item 10 p2")
    _select(walk, reader, 0.30)
    yield walk.take("12-selection")
    walk.key(Qt.Key.Key_2)
    _select(walk, reader, 0.55)
    walk.key(Qt.Key.Key_N)
    walk.type("What would bring this back to plan by March, and who has agreed to it?")
    yield walk.take("13-note")
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_D, CONTROL)
    walk.key(Qt.Key.Key_M, CONTROL)
    yield walk.take("14-notes-panel")
    walk.key(Qt.Key.Key_Escape)
    _go_to(walk, "item 19")
    yield walk.take("15-not-sent-to-me")


def _looking(walk: Walk) -> Iterator[Path]:
    """The ways to look at pages: each by its key."""
    _go_to(walk, "item 9 p2")
    for name, key, modifiers in (
        ("24-two-pages", Qt.Key.Key_8, CONTROL),
        ("25-one-page-whole", Qt.Key.Key_6, CONTROL),
        ("26-fit-text", Qt.Key.Key_3, CONTROL),
        ("27-turned", Qt.Key.Key_R, NONE),
        ("28-dark-pages", Qt.Key.Key_I, NONE),
        ("29-full-screen", Qt.Key.Key_F11, NONE),
    ):
        if name.startswith("25"):
            walk.key(Qt.Key.Key_9, CONTROL)
        if name.startswith("28"):
            walk.key(Qt.Key.Key_R, SHIFT)
        walk.key(key, modifiers)
        yield walk.take(name)
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_I)
    walk.key(Qt.Key.Key_7, CONTROL)
    walk.key(Qt.Key.Key_0, CONTROL)


def _finding_one_s_way(walk: Walk, reader: ReaderScreen) -> Iterator[Path]:
    """Agenda, contents, small pictures, and what a number may mean."""
    walk.key(Qt.Key.Key_Escape)
    _go_to(walk, "item 8 p2")
    yield walk.take("30-agenda")
    walk.press(reader.spine.decisions.accessibleName())
    yield walk.take("31-decisions-only")
    walk.press(reader.spine.decisions.accessibleName())
    walk.key(Qt.Key.Key_T, CONTROL)
    yield walk.take("32-contents")
    walk.key(Qt.Key.Key_T, CONTROL | SHIFT)
    yield walk.take("33-small-pictures")
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_G, CONTROL)
    walk.type("12")
    yield walk.take("34-what-a-number-may-mean")
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_G, CONTROL | SHIFT)
    yield walk.take("35-printed-as")
    walk.key(Qt.Key.Key_Escape)


def _select(walk: Walk, reader: ReaderScreen, down: float) -> None:
    """Some words across the page, at about this part of its height."""
    port = reader.canvas.viewport()
    width, height = port.width(), port.height()
    first = round(height * down)  # from there to the foot, then from the top: large text leaves few lines in sight
    heights = [*range(first, height - 8, 4), *range(8, first, 4)]
    rows = [QPointF(width * across, y) for y in heights for across in (0.35, 0.45, 0.25)]
    walk.wait(lambda: any(map(reader.canvas.is_over_text, rows)), "words in sight")
    start = next(at for at in rows if reader.canvas.is_over_text(at))
    walk.drag(port, start, QPointF(width * 0.7, start.y()))
    walk.wait(lambda: reader.canvas.has_selection, "a selection")


def _searching(walk: Walk) -> Iterator[Path]:
    walk.key(Qt.Key.Key_F, CONTROL)
    walk.type("agency")
    yield walk.take("16-find-in-this-pack")
    walk.key(Qt.Key.Key_Return)
    walk.key(Qt.Key.Key_F3)
    yield walk.take("17-found")
    _retype(walk, "agancy")
    yield walk.take("17a-did-you-mean")
    _retype(walk, "agreed")
    walk.key(Qt.Key.Key_F, CONTROL | SHIFT)
    yield walk.take("18-search-all-packs-and-my-notes")
    walk.press("Filters")
    yield walk.take("18a-search-filters")
    walk.press("Filters")
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_Escape)
    _go_to(walk, "item 10 p2")
    yield walk.take("18b-a-scanned-page")


def _retype(walk: Walk, words: str) -> None:
    walk.key(Qt.Key.Key_F, CONTROL)
    walk.key(Qt.Key.Key_A, CONTROL)
    walk.type(words)


def _in_two_panes(walk: Walk, reader: ReaderScreen) -> Iterator[Path]:
    """Two papers, links opening in the other pane, another pack beside, and the panes above each other."""
    _go_to(walk, "item 10 p2")
    walk.key(Qt.Key.Key_F8)
    _go_to(walk, "item 3")
    yield walk.take("36-two-panes")
    reader.split.use(reader.split.panes[0])
    walk.key(Qt.Key.Key_F8, CONTROL)
    walk.key(Qt.Key.Key_F, CONTROL | SHIFT)
    walk.type("agency staff")
    walk.wait(lambda: reader.search.list.rows, "finds")
    walk.rest()
    rows = [row.key for row in reader.search.list.rows if reader.pane.pack and reader.pane.pack.id not in row.key]
    reader.search.list.put_cursor(rows[0])
    reader.search.list.setFocus()
    walk.key(Qt.Key.Key_Return, CONTROL)
    yield walk.take("37-two-packs-and-links-beside")
    walk.key(Qt.Key.Key_Escape)
    walk.app.window.resize(760, 900)
    yield walk.take("38-panes-above-each-other")
    walk.app.window.resize(*SIZE)
    walk.key(Qt.Key.Key_F8)


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
