"""Page turns, jumps and zooms: from the key to all in sight painted sharp."""

import random
from collections.abc import Iterator, Sequence
from statistics import median

import pymupdf
from PySide6.QtCore import Qt

from tests.benchmarks.figures import Figure, Mark, of
from tests.benchmarks.homes import reading_home, text_pack
from tests.benchmarks.reading import Session, reading
from tests.benchmarks.surroundings import Stopwatch

_DOWN, _UP = Qt.Key.Key_PageDown, Qt.Key.Key_PageUp


def measure(quick: bool) -> Iterator[Figure]:
    """By keys on the text pack, fitted to the window's width as a pack opens."""
    count = 2 if quick else 25
    with reading(reading_home()) as session:
        scale = session.canvas.zoom
        prefetched = [_settled(session, lambda: session.press(_DOWN, control=True)) for _ in range(count)]
        cached = [session.sharp_after(lambda key=key: session.press(key, control=True)) for key in (_UP, _DOWN) * count]
        places = random.Random(3).sample(range(60, 500), count)
        cold = [_settled(session, lambda page=page: session.canvas.go_to(page)) for page in places]
        jump = [_jump(session) for _ in range(min(count, 8))]
        zoom = _zooms(session, count)
    alone = {"MuPDF alone": median(_alone(places, scale))}
    yield of("page turn, drawn before", "ms", cached, Mark(16))
    yield of("page turn, drawn ahead", "ms", prefetched, Mark(30))
    yield of("page never drawn, to sharp", "ms", cold, None, alone)
    yield of("jump to page 400 and back, to sharp", "ms", jump, None, {"MuPDF alone": _alone([399], scale)[0]})
    yield of("zoom by a step, to sharp", "ms", zoom)


def _settled(session: Session, act: object) -> float:
    session.settle()
    assert callable(act)
    return session.sharp_after(act)


def _jump(session: Session) -> float:
    """From the start, with other pages drawn in between so that page 400 is not kept."""
    for page in (0, 40, 80, 120, 160):
        session.sharp_after(lambda page=page: session.canvas.go_to(page))
    session.settle()
    return session.sharp_after(lambda: session.canvas.go_to(399))


def _zooms(session: Session, count: int) -> list[float]:
    found = []
    for turn in range(count):
        key = Qt.Key.Key_Minus if turn % 4 in (0, 1) else Qt.Key.Key_Equal
        found.append(_settled(session, lambda key=key: session.press(key, control=True)))
    return found


def _alone(places: Sequence[int], scale: float) -> list[float]:
    """The same pages at the same scale by the engine in this very process, which has nothing else to do."""
    with pymupdf.open(text_pack()) as document:
        document[0].get_pixmap(matrix=pymupdf.Matrix(scale, scale))
        found = []
        for place in places:
            watch = Stopwatch()
            document[place].get_pixmap(matrix=pymupdf.Matrix(scale, scale))
            found.append(watch.ms)
        return found
