"""The part of the tour through the registers: one picture each, and the page a row was read from."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt

from desktop.sample import SAMPLE_PASSPHRASE
from desktop.tour.walk import CONTROL, SHIFT, Walk, open_home
from desktop.ui.registers import RegistersScreen
from desktop.ui.window import Screen


def registers(sample: Path, folder: Path, look: str) -> Iterator[Path]:
    """The sample's member looks things up."""
    home = sample.with_name(f"registers-{look}")
    shutil.copytree(sample, home, ignore=shutil.ignore_patterns("secretary", "repository"))
    walk = open_home(home, folder, look, SAMPLE_PASSPHRASE)
    walk.wait(walk.shows(Screen.SHELF), "the shelf")
    yield from _look_up(walk)
    walk.end()


def _look_up(walk: Walk) -> Iterator[Path]:
    walk.key(Qt.Key.Key_R, CONTROL | SHIFT)
    walk.wait(walk.shows(Screen.REGISTERS), "the registers")
    screen = walk.app.window.screen_of(Screen.REGISTERS)
    assert isinstance(screen, RegistersScreen)
    walk.wait(screen.tabs.count, "what the papers say")
    for place in range(screen.tabs.count()):
        yield walk.take(f"7{place}-register-{screen.tabs.tabText(place).split(' (')[0].lower().replace(' ', '-')}")
        walk.key(Qt.Key.Key_Tab, CONTROL)
    walk.key(Qt.Key.Key_F, CONTROL)
    walk.type("board")
    yield walk.take("76-register-filtered")
    screen.filter.clear()
    screen.tabs.setCurrentIndex(2)
    walk.press("Risks as lines over the meetings")
    yield walk.take("77-register-risks-lines")
    walk.press("Risks on the heat map")
    yield walk.take("78-register-risks-heat-map")
