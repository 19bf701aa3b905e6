"""A thousand notes in one paper: whether pages scroll as without them, and how soon the panel answers a filter."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from time import perf_counter

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.entries import COLOURS, HIGHLIGHT, NOTE, QUESTION, UNDERLINE, Annotation, Asking, new_id
from desktop.annotations.shapes import Shape
from tests.benchmarks.figures import Figure, Mark, of, percentile
from tests.benchmarks.homes import reading_home
from tests.benchmarks.reading import Frame, Session, reading, wait

COUNT = 1000
_PAGES = 40  # that they lie on: no page that is scrolled through is without 25 of them
_STEP, _TICK = 20, 16
_FRAME = 16.7  # ms
_KINDS = (HIGHLIGHT, NOTE, UNDERLINE, QUESTION)
_SAID = "The board asked for the trajectory of cash by month, and whether the auditors have seen it"


def measure(quick: bool) -> Iterator[Figure]:
    """The same scroll before and after; then letters into the filter, colours and kinds."""
    seconds = 1.0 if quick else 8.0
    with reading(reading_home()) as session:
        wait(lambda: session.reader.marking.notebook is not None)
        _scroll(session, seconds, open_panel=False)  # so that both runs find the same small pictures
        bare = _scroll(session, seconds, open_panel=False)
        started = perf_counter()
        _bring(session)
        brought = (perf_counter() - started) * 1000
        full = _scroll(session, seconds, open_panel=False)
        beside = _scroll(session, seconds, open_panel=True)
        opened, filtered = _panel(session, 3 if quick else 12)
    without = {"without": percentile(bare, 0.99)}
    yield of("between frames, none", "ms", bare)
    yield of(f"between frames, {COUNT} notes", "ms", full)
    yield Figure("p99, no notes", "ms", percentile(bare, 0.99), None, Mark(33))
    limit = Mark(max(33.0, 1.1 * percentile(bare, 0.99)), note="as without")
    yield Figure(f"p99, {COUNT} notes", "ms", percentile(full, 0.99), None, limit, without)
    yield Figure(f"p99, {COUNT} notes listed beside", "ms", percentile(beside, 0.99), None, limit, without)
    yield Figure(f"{COUNT} notes brought in, shown", "ms", brought, None, Mark(200))
    yield of("the list opened", "ms", opened)
    yield of("a letter in the filter, to the list painted", "ms", filtered, Mark(_FRAME))


def _scroll(session: Session, seconds: float, open_panel: bool) -> list[float]:
    """Gaps between frames, in ms."""
    _open_panel(session, open_panel)
    session.canvas.go_to(0)
    session.settle()
    frames, seen = session.frames, len(session.frames)
    hand = QTimer()
    hand.setTimerType(Qt.TimerType.PreciseTimer)
    hand.timeout.connect(lambda: session.canvas.scroll_by(0, _STEP))
    hand.start(_TICK)
    end = perf_counter() + seconds
    wait(lambda: perf_counter() > end, seconds + 30)
    hand.stop()
    return _gaps(frames[seen:])


def _open_panel(session: Session, wanted: bool) -> None:
    """As Ctrl+M does; without a window manager no window is active, and keys of commands go nowhere."""
    if session.reader.notes.isVisible() is not wanted:
        session.reader.commands.notes.trigger()
    assert session.reader.notes.isVisible() is wanted


def _gaps(frames: list[Frame]) -> list[float]:
    return [(after.at - before.at) * 1000 for before, after in pairwise(frames)]


def _bring(session: Session) -> None:
    notebook, page = session.reader.marking.notebook, session.canvas._pages[0]
    assert notebook is not None
    notebook.take_in([_mark(notebook.pack_id, page.paper.paper_id, page.paper.version, n) for n in range(COUNT)])
    QApplication.processEvents()


def _mark(pack_id: str, paper_id: str, version: str, number: int) -> Annotation:
    page, line = number % _PAGES, number // _PAGES
    kind, y = _KINDS[number % len(_KINDS)], 60.0 + 15 * line
    words = f"{_SAID}: {number}" if kind in (NOTE, QUESTION) else ""
    anchor = Anchor(paper_id, version, page, str(page + 1), (Quad(page, 54, y, 320, y + 12),), f"item {number} noted")
    at = f"2026-01-02T10:{number % 60:02d}:00.000000Z"
    mark = Annotation(new_id(), pack_id, anchor, kind, COLOURS[number % len(COLOURS)], words, at, at)
    if kind == QUESTION:
        return replace(mark, asking=Asking("1", "the Chair"))
    return replace(mark, shape=Shape((((330.0, y, 1.0),),))) if kind == NOTE and number % 3 == 0 else mark


def _panel(session: Session, rounds: int) -> tuple[list[float], list[float]]:
    """How long opening takes, and each letter of a word that narrows and widens the list again."""
    opened, filtered = [], []
    panel = session.reader.notes
    for _ in range(rounds):
        _open_panel(session, False)
        opened.append(_timed(lambda: _open_panel(session, True), panel.list.viewport()))
        for letter in "trajectory 77":
            filtered.append(_timed(lambda letter=letter: QTest.keyClicks(panel.filter, letter), panel.list.viewport()))  # type: ignore[misc]
        panel.filter.clear()
    return opened, filtered


def _timed(act: object, painted: object) -> float:
    started = perf_counter()
    act()  # type: ignore[operator]
    painted.repaint()  # type: ignore[attr-defined]
    return (perf_counter() - started) * 1000
