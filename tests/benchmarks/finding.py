"""Finding words in the open pack: from Enter to the finds listed and lit, and FTS5's own time for it."""

from collections.abc import Iterator
from time import perf_counter

from tests.benchmarks.figures import Figure, Mark, of
from tests.benchmarks.homes import reading_home
from tests.benchmarks.reading import Session, reading, wait

_RARE, _COMMON = ("quixotry", "brobdingnag", "zyzzogeton"), ("board", "risk", "report", "assurance", "committee")


def measure(quick: bool) -> Iterator[Figure]:
    """In the search panel of the real reader."""
    with reading(reading_home()) as session:
        session.reader.searching.look_for(_RARE[0])
        wait(lambda: bool(session.reader.search.hits))
        rounds = 1 if quick else 5
        rare = [_find(session, word) for _ in range(rounds) for word in _RARE[::-1]]
        common = [_find(session, word) for _ in range(rounds) for word in _COMMON]
        engine = [_ask(session, word) for _ in range(rounds) for word in _COMMON]
    store = {"the store's answer": of("", "", engine).value}
    yield of("a word on one page, listed and lit", "ms", rare, Mark(50))
    yield of("a word on most pages, all listed and lit", "ms", common, Mark(300), store)


def _find(session: Session, word: str) -> float:
    panel, found = session.reader.search, []
    panel.found.connect(lambda hits, typed: found.append(typed))
    panel.field.setText(word)
    session.settle()
    started, seen = perf_counter(), len(session.frames)
    panel.look()
    wait(lambda: word in found and len(session.frames) > seen)
    spent = (perf_counter() - started) * 1000
    panel.found.disconnect()
    panel.found.connect(session.reader.searching._light)
    return spent


def _ask(session: Session, word: str) -> float:
    reading = session.application.reading
    assert reading is not None
    started = perf_counter()
    reading._finder.search(word, reading._open_pack).result()
    return (perf_counter() - started) * 1000
