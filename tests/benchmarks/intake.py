"""Taking in a pack: sealed files on the disk become pages that can be read and found, and then papers understood."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pymupdf

from tests.benchmarks.figures import Figure, Mark, of
from tests.benchmarks.homes import fetched_home, room_of, text_pack
from tests.benchmarks.surroundings import Stopwatch

_PATIENCE = 120.0
_PAGES = 500


def measure(quick: bool) -> Iterator[Figure]:
    """Three times on a fresh copy of the same home. MuPDF alone is measured between them, on the machine as it is."""
    searched, understood, alone = [], [], []
    with tempfile.TemporaryDirectory(prefix="despatch-bench-") as name:
        for turn in range(1 if quick else 3):
            alone.append(_alone())
            words, meaning = _rates(Path(name) / str(turn))
            searched.append(words)
            understood.append(meaning)
    limits = {"MuPDF's words alone": sorted(alone)[len(alone) // 2]}
    yield of("sealed files until every word can be searched", "pages/s", searched, Mark(250, at_least=True), limits)
    yield of("understanding them after that, quietly", "pages/s", understood, Mark(100, at_least=True))


def _rates(home: Path) -> tuple[float, float]:
    """Pages a second until all words can be searched, and from then on until every paper is understood."""
    fetched_home(home)
    with room_of(home) as room:
        intake = room.begin(ask=False)
        watch = Stopwatch()
        intake.check().result()
        if not intake.wait(_PATIENCE):
            raise TimeoutError("the pack was not taken in")
        searched = watch.ms
        (found,) = room.store.do(room.holdings.store.rows, "SELECT count(*) FROM found_pages").result()[0]
        if found != _PAGES or not room.wait(_PATIENCE):
            raise TimeoutError(f"of {_PAGES} pages {found} can be searched; the papers were not understood")
        understood = watch.ms - searched
    shutil.rmtree(home)
    return _PAGES / (searched / 1000), _PAGES / (understood / 1000)


def _alone() -> float:
    """The engine in this very process, nothing sealed and nothing kept: pages a second."""
    with pymupdf.open(text_pack()) as document:
        watch = Stopwatch()
        for page in document:
            page.get_text("words")
        return len(document) / (watch.ms / 1000)
