"""An hour's reading without the waiting: does memory stay where the first minute left it?"""

import random
from collections.abc import Iterator

from PySide6.QtCore import Qt

from tests.benchmarks.figures import Figure, Mark
from tests.benchmarks.homes import reading_home
from tests.benchmarks.reading import Session, reading, wait
from tests.benchmarks.surroundings import pss_mb

_MINUTES = 60
_GROWTH = 10  # per cent
_MOST = 350  # MB
_WORDS = ("board", "risk", "assurance", "quixotry", "committee report", "finance")


def measure(quick: bool) -> Iterator[Figure]:
    """Each minute: four page turns, a jump and the way back, a zoom and the way back, and every third a search."""
    minutes, chance = 2 if quick else _MINUTES, random.Random(11)
    with reading(reading_home()) as session:
        if not quick:  # a real minute makes every small picture
            wait(lambda: session.thumbnails() == len(session.canvas._pages), 90)
        first = most = 0.0
        for minute in range(minutes):
            _minute(session, chance, minute)
            now = pss_mb() if minute in (0, minutes - 1) or not minute % 10 else 0.0
            first, most = first or now, max(most, now)
        last = pss_mb()
    yield Figure("memory after the first minute", "MB", first, None, Mark(_MOST))
    yield Figure(f"memory after {minutes} minutes", "MB", last, None, Mark(_MOST))
    yield Figure("most in between, looked at every ten minutes", "MB", most)
    yield Figure("growth", "%", 100 * (last - first) / first, None, Mark(_GROWTH))


def _minute(session: Session, chance: random.Random, minute: int) -> None:
    for _ in range(4):
        session.sharp_after(lambda: session.press(Qt.Key.Key_PageDown, control=True))
    session.sharp_after(lambda: session.canvas.go_to(chance.randrange(450)))
    session.sharp_after(session.canvas.zoom_in)
    session.sharp_after(session.canvas.fit_width)
    if not minute % 3:
        session.reader.searching.look_for(chance.choice(_WORDS))
        session.reader.search.look()
        wait(lambda: session.reader.search.finds.done)
        session.sharp_after(lambda: session.reader.search.step(True))
    session.sharp_after(session.canvas.back)
