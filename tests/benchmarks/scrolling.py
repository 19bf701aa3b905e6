"""Scrolling as by a steady hand: how evenly frames come, whether any page is blank, how the small pictures keep up."""

from collections.abc import Iterator
from itertools import pairwise
from time import perf_counter

from PySide6.QtCore import Qt, QTimer

from tests.benchmarks.figures import Figure, Mark, of, percentile
from tests.benchmarks.homes import reading_home
from tests.benchmarks.reading import Frame, Session, reading, wait

_STEP = 20  # pixels a frame
_TICK = 16  # ms: a screen of 60 Hz


def measure(quick: bool) -> Iterator[Figure]:
    """Two runs: just opened, with no small picture made; and far on, by the wheel's leaps."""
    seconds = 1.0 if quick else 12.0
    with reading(reading_home()) as session:
        before, started = session.thumbnails(), perf_counter()
        steady = _scroll(session, seconds, _STEP)
        rate = (session.thumbnails() - before) / (perf_counter() - started)
        if not quick:
            wait(lambda: session.thumbnails() == len(session.canvas._pages), 60)
        spent = perf_counter() - started
        session.canvas.go_to(100)
        session.settle()
        fast = _scroll(session, seconds / 3, _STEP * 30)
    yield from _intervals("20 px a frame", steady, Mark(33), Mark(0))
    yield from _intervals("600 px a frame", fast, Mark(40), Mark(0))
    yield Figure("small pictures made while scrolling", "/s", rate)
    if not quick:
        yield Figure("all 500 small pictures, from opening", "s", spent)


def _intervals(name: str, frames: list[Frame], worst: Mark, blanks: Mark) -> Iterator[Figure]:
    gaps = [(after.at - before.at) * 1000 for before, after in pairwise(frames)]
    yield of(f"{name}: between frames", "ms", gaps)
    yield Figure(f"{name}: p95", "ms", percentile(gaps, 0.95))
    yield Figure(f"{name}: p99", "ms", percentile(gaps, 0.99), None, worst)
    yield Figure(f"{name}: frames with a blank page", "", sum(frame.blank for frame in frames), None, blanks)
    yield Figure(f"{name}: frames all sharp", "%", 100 * sum(frame.sharp for frame in frames) / len(frames))


def _scroll(session: Session, seconds: float, step: int) -> list[Frame]:
    seen = len(session.frames)
    hand = QTimer()
    hand.setTimerType(Qt.TimerType.PreciseTimer)
    hand.timeout.connect(lambda: session.canvas.scroll_by(0, step))
    hand.start(_TICK)
    end = perf_counter() + seconds
    wait(lambda: perf_counter() > end, seconds + 30)
    hand.stop()
    return session.frames[seen:]
