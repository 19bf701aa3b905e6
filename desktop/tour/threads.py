"""The part of the tour through papers that know each other: since last time, through time, and the map of a pack."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.sample import SAMPLE_PASSPHRASE
from desktop.tour.walk import CONTROL, SHIFT, Walk, go_to, open_home
from desktop.ui.pack_map import MapScreen
from desktop.ui.panels.quick_open import QuickOpen
from desktop.ui.reader_screen import ReaderScreen
from desktop.ui.shelf import ShelfScreen
from desktop.ui.through_time import ThroughTimeScreen
from desktop.ui.window import Screen


def threads(sample: Path, folder: Path, look: str) -> Iterator[Path]:
    """The sample's member follows what comes back from meeting to meeting."""
    home = sample.with_name(f"threads-{look}")
    shutil.copytree(sample, home, ignore=shutil.ignore_patterns("secretary", "repository"))
    walk = open_home(home, folder, look, SAMPLE_PASSPHRASE)
    walk.wait(walk.shows(Screen.SHELF), "the shelf")
    shelf = walk.app.window.screen_of(Screen.SHELF)
    assert isinstance(shelf, ShelfScreen)
    walk.wait(shelf.rows, "the packs")
    shelf.rows()[0].setFocus()
    walk.key(Qt.Key.Key_Return)
    walk.wait(walk.shows(Screen.READER), "the reader")
    reader = walk.app.window.screen_of(Screen.READER)
    assert isinstance(reader, ReaderScreen)
    yield from _since(walk, reader)
    yield from _through(walk)
    walk.key(Qt.Key.Key_Escape)
    walk.wait(walk.shows(Screen.READER), "the reader")
    yield from _map(walk, reader)
    walk.end()


def _since(walk: Walk, reader: ReaderScreen) -> Iterator[Path]:
    panel = reader.since.panel
    for place, name in (("item 12", "90-since-last-time"), ("item 13", "91-since-in-doubt")):
        reader.canvas.setFocus()
        go_to(walk, place)
        walk.key(Qt.Key.Key_L, CONTROL | SHIFT)
        walk.wait(panel.list.current_key, "what became of it")
        yield walk.take(name)
        walk.key(Qt.Key.Key_Escape)
    reader.canvas.setFocus()
    go_to(walk, "item 8")
    walk.key(Qt.Key.Key_L, CONTROL | SHIFT)
    walk.wait(panel.list.current_key, "what became of it")
    walk.key(Qt.Key.Key_Down)
    walk.key(Qt.Key.Key_Return, CONTROL)
    walk.wait(lambda: reader.split.is_split, "both packs")
    yield walk.take("92-since-both-packs")
    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_F8)


def _through(walk: Walk) -> Iterator[Path]:
    walk.key(Qt.Key.Key_K, CONTROL)
    walk.type("baf 2")
    quick = next(panel for panel in walk.window.findChildren(QuickOpen) if panel.isVisible())
    walk.wait(lambda: quick.list.rows and "BAF 2." in quick.list.rows[0].spoken, "the risk")
    walk.key(Qt.Key.Key_Return, SHIFT)
    walk.wait(walk.shows(Screen.THROUGH), "the risk through time")
    screen = walk.app.window.screen_of(Screen.THROUGH)
    assert isinstance(screen, ThroughTimeScreen)
    walk.wait(lambda: screen.list.rows, "its meetings")
    yield walk.take("93-through-time")
    walk.key(Qt.Key.Key_F, CONTROL)
    walk.type("corridor care")
    walk.key(Qt.Key.Key_Return)
    walk.wait(lambda: screen.list.rows and "corridor" in screen.title.text(), "the service")
    yield walk.take("94-through-time-by-words")


def _map(walk: Walk, reader: ReaderScreen) -> Iterator[Path]:
    reader.canvas.setFocus()
    walk.key(Qt.Key.Key_K, CONTROL | SHIFT)
    walk.wait(walk.shows(Screen.MAP), "the map")
    screen = walk.app.window.screen_of(Screen.MAP)
    assert isinstance(screen, MapScreen)
    walk.wait(lambda: screen.papers.rows, "the papers")
    for _ in range(4):
        walk.key(Qt.Key.Key_Down)
    yield walk.take("95-map")
    QTest.mouseClick(screen.as_list, Qt.MouseButton.LeftButton)
    yield walk.take("96-map-as-list")
