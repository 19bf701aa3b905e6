"""Taking in a pack: from sealed files on the disk to pages that can be read and found."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pymupdf

from desktop.changes import Change, Event
from tests.benchmarks.figures import Figure, Mark, of
from tests.benchmarks.homes import fetched_home, room_of, text_pack
from tests.benchmarks.surroundings import Stopwatch

_PATIENCE = 120.0
_PAGES = 500


def measure(quick: bool) -> Iterator[Figure]:
    """Three times on a fresh copy of the same home."""
    with tempfile.TemporaryDirectory(prefix="despatch-bench-") as name:
        rates = [_rate(Path(name) / str(turn)) for turn in range(1 if quick else 3)]
    alone = {"MuPDF's words alone": _alone()}
    yield of("intake, sealed files to indexed", "pages/s", rates, Mark(250, at_least=True), alone)


def _rate(home: Path) -> float:
    fetched_home(home)
    with room_of(home) as room:
        readable: list[float] = []
        intake = room.begin(ask=False)
        watch = Stopwatch()

        def heard(change: Change) -> None:
            if change.event is Event.PAPER_ARRIVED:
                readable.append(watch.ms)

        room.changes.listen(heard)
        intake.check().result()
        if not intake.wait(_PATIENCE):
            raise TimeoutError("the pack was not taken in")
        spent = watch.ms
    shutil.rmtree(home)
    return _PAGES / (spent / 1000)


def _alone() -> float:
    """The engine in this very process, nothing sealed and nothing kept: pages a second."""
    with pymupdf.open(text_pack()) as document:
        watch = Stopwatch()
        for page in document:
            page.get_text("words")
        return len(document) / (watch.ms / 1000)
