"""Finding words in the open pack: from Enter to the finds listed."""

from collections.abc import Iterator
from time import perf_counter

from tests.benchmarks.figures import Figure, Mark, of
from tests.benchmarks.homes import reading_home
from tests.benchmarks.reading import Session, reading, wait

_RARE, _COMMON = ("quixotry", "brobdingnag", "zyzzogeton"), ("board", "risk", "report", "assurance", "committee")


def measure(quick: bool) -> Iterator[Figure]:
    """In the search panel of the real reader, whose pause after typing is Enter's to skip."""
    with reading(reading_home()) as session:
        session.reader.searching.look_for(_RARE[0])
        wait(lambda: session.reader.search.finds.done)
        rounds = 1 if quick else 5
        rare = [_find(session, word) for _ in range(rounds) for word in _RARE[::-1]]
        common = [_find(session, word) for _ in range(rounds) for word in _COMMON]
    yield of("a word on one page, to its find", "ms", [first for first, _ in rare], Mark(50))
    yield of("a word on most pages, to the first find", "ms", [first for first, _ in common], Mark(50))
    yield of("a word on most pages, to all finds", "ms", [every for _, every in common], Mark(300))


def _find(session: Session, word: str) -> tuple[float, float]:
    """Milliseconds to the first find, and to all of them listed."""
    panel = session.reader.search
    panel.field.setText(word)
    session.settle()
    panel.finds.clear()
    started = perf_counter()
    panel.look()
    wait(lambda: bool(panel.finds.all) and panel.typed == word)
    first = (perf_counter() - started) * 1000
    wait(lambda: panel.finds.done)
    return first, (perf_counter() - started) * 1000
