"""Two panes: both scrolled at once, and what is opened in the other pane while the one that is read stays."""

from collections.abc import Iterator
from itertools import pairwise
from time import perf_counter

from PySide6.QtCore import Qt, QTimer

from desktop.ui.reader.canvas import PageCanvas
from tests.benchmarks.figures import Figure, Mark, of, percentile
from tests.benchmarks.homes import reading_home
from tests.benchmarks.reading import Frame, Session, reading, wait

_STEP, _TICK = 20, 16  # pixels; ms: a screen of 60 Hz
_PLACES = (60, 400, 200, 330, 120, 460, 280, 20)
_FAR = 250  # pages between the panes
_PURSUED = 33  # ms, as for one pane; nobody set a mark for two


def measure(quick: bool) -> Iterator[Figure]:
    """A second pane is opened, links lead there, and then both are read on from places far apart."""
    with reading(reading_home()) as session:
        opened = _opening(session)
        links = [_link(session, page) for page in _PLACES[: 2 if quick else None]]
        there = session.reader.split.panes[1].canvas
        session.canvas.go_to(10)
        there.go_to(10 + _FAR)
        session.settle()
        frames = _scroll(session, (session.canvas, there), 1.0 if quick else 8.0)
        views = [session.view_of(canvas) for canvas in (session.canvas, there)]
    yield Figure("second pane opened, to sharp", "ms", opened)
    yield of("a place opened in the other pane, to sharp", "ms", links)
    gaps = [gap for view in views for gap in _gaps(frames, view)]
    yield of("both scrolled at 20 px a frame: between a pane's frames", "ms", gaps)
    yield Figure("both scrolled: p99", "ms", percentile(gaps, 0.99), None, Mark(_PURSUED, note="(as for one)"))
    yield Figure("both scrolled: frames with a blank page", "", sum(frame.blank for frame in frames), None, Mark(0))
    yield Figure("both scrolled: frames all sharp", "%", 100 * sum(frame.sharp for frame in frames) / len(frames))


def _opening(session: Session) -> float:
    started, seen = perf_counter(), len(session.frames)
    session.reader.going.split()
    session.reader.split.take_into_use(session.reader.split.panes[0])
    there = session.view_of(session.reader.split.panes[1].canvas)
    return _until_sharp(session, there, seen) - started * 1000


def _link(session: Session, page: int) -> float:
    """As a link does that is clicked with Ctrl held."""
    paper = session.canvas._pages[page].paper.paper_id
    started, seen = perf_counter(), len(session.frames)
    session.reader.open_place(paper, page, beside=True)
    there = session.view_of(session.reader.split.panes[1].canvas)
    return _until_sharp(session, there, seen) - started * 1000


def _until_sharp(session: Session, view: int, seen: int) -> float:
    """When a view was first sharp after so many frames, in milliseconds."""

    def sharp() -> list[Frame]:
        return [frame for frame in session.frames[seen:] if frame.view == view and frame.sharp]

    wait(lambda: bool(sharp()))
    return sharp()[0].at * 1000


def _gaps(frames: list[Frame], view: int) -> list[float]:
    times = [frame.at for frame in frames if frame.view == view]
    return [(after - before) * 1000 for before, after in pairwise(times)]


def _scroll(session: Session, canvases: tuple[PageCanvas, PageCanvas], seconds: float) -> list[Frame]:
    seen = len(session.frames)
    hand = QTimer()
    hand.setTimerType(Qt.TimerType.PreciseTimer)
    for canvas in canvases:
        hand.timeout.connect(lambda canvas=canvas: canvas.scroll_by(0, _STEP))
    hand.start(_TICK)
    end = perf_counter() + seconds
    wait(lambda: perf_counter() > end, seconds + 30)
    hand.stop()
    return session.frames[seen:]
