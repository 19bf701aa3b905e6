"""Search over a store of 20,000 pages, and FTS5 alone beside it: the same pages in a plain database in memory."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pymupdf

from db.finding import Finding
from db.packs import Packs
from db.records import BodyRecord, PackRecord, PageRecord, VersionRecord
from db.store import Store
from db.versions import Versions
from desktop.jobs import Lane
from desktop.packs.pack import Body, Meeting, Pack, Paper, PaperKind, PaperStatus, Session
from desktop.search.finder import Finder
from desktop.search.query import read
from desktop.search.text import normal
from tests.benchmarks.figures import Figure, Mark, of, percentile
from tests.benchmarks.homes import text_pack
from tests.benchmarks.surroundings import ROOT, Stopwatch, cache_folder

_PAGES = 20_000
_KEY = bytes(32)
_ROUNDS = 4
_RARE = ("zyzzogeton", "quixotry", "brobdingnag")


def measure(quick: bool) -> Iterator[Figure]:
    """One question at a time, as the search panel asks them."""
    texts = _texts()
    count = 500 if quick else _PAGES
    questions = _questions(texts) * (1 if quick else _ROUNDS)
    folder = _store(texts, count)
    lane = Lane("bench-store")
    store = lane.do(Store.open, folder, _KEY).result()
    try:
        packs = {pack.id: pack for pack in _packs(count)}
        finder = Finder(lane, Finding(store), lambda: packs)
        ours = _times(questions, lambda typed: finder.search(typed).result())
    finally:
        lane.do(store.close).result()
        lane.close()
    alone = _alone(texts, count, questions)
    yield of(f"search over {count:,} pages, p50", "ms", ours, None, {"FTS5 alone": percentile(alone, 0.5)})
    p95 = {"FTS5 alone": percentile(alone, 0.95)}
    yield Figure(f"search over {count:,} pages, p95", "ms", percentile(ours, 0.95), None, Mark(60), p95)


def _times(questions: Sequence[str], ask: Callable[[str], object]) -> list[float]:
    ask(questions[0])
    found = []
    for typed in questions:
        watch = Stopwatch()
        ask(typed)
        found.append(watch.ms)
    return found


def _texts() -> list[str]:
    with pymupdf.open(text_pack()) as document:
        return [normal(page.get_text()) for page in document]


def _page(texts: Sequence[str], number: int) -> str:
    """A page that is no other's twin: halves of two pages, chosen by its number."""
    chance = random.Random(number)
    first, second = chance.choice(texts), chance.choice(texts)
    return f"{first[: len(first) // 2]} {second[len(second) // 2 :]}"


def _questions(texts: Sequence[str]) -> list[str]:
    """Words, two words, phrases and beginnings from the pages, and words that are on few of them."""
    chance = random.Random(7)
    asked = list(_RARE)
    for _ in range(24):
        words = [word for word in chance.choice(texts).split() if word.isalpha() and len(word) > 3]
        place = chance.randrange(len(words) - 3)
        asked += [words[place], " ".join(words[place : place + 2]), f'"{" ".join(words[place : place + 3])}"']
        asked.append(words[place + 2][:4])
    return asked


def _store(texts: Sequence[str], count: int) -> Path:
    """Kept in the cache, by the store's shape."""
    shape = (ROOT / "db" / "migrations.py").stat().st_size
    folder = cache_folder() / f"search-{count}-{shape}"
    if not (folder / "made").exists():
        print(f"Making the store of {count:,} pages, once", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        store = Store.open(folder, _KEY)
        try:
            _fill(store, texts, count)
        finally:
            store.close()
        (folder / "made").touch()
    return folder


def _fill(store: Store, texts: Sequence[str], count: int) -> None:
    from db.bodies import Bodies

    packs, versions, finding = Packs(store), Versions(store), Finding(store)
    Bodies(store).add(BodyRecord("e" * 16, "Board", "Trust", "/mnt/packs", b"{}", "age1secretary"))
    for first in range(0, count, 500):
        pack_id, sha256 = f"{first:016x}", f"{first:064x}"
        packs.put(
            PackRecord(pack_id, "e" * 16, "B", "2026-01-29", "", "", "public", 1, "2026-01-22T09:00:00Z", "", b"{}")
        )
        versions.put(VersionRecord(sha256, pack_id, pack_id, "x", "k", sha256, 1, "indexed", 500))
        pages = [(page, b"", _page(texts, first + page)) for page in range(min(500, count - first))]
        with store.transaction():
            versions.put_pages(sha256, [PageRecord(sha256, page, 595, 842) for page, _, _ in pages])
            versions.put_texts(sha256, pages)
            finding.add(pack_id, pack_id, sha256, [(page, text) for page, _, text in pages])


def _packs(count: int) -> Iterator[Pack]:
    """As the shelf knows them: each of one paper, which is its newest version."""
    body, meeting = Body("e" * 16, "Board", "Trust"), Meeting(date(2026, 1, 29), "", "", Session.PUBLIC)
    for first in range(0, count, 500):
        pack_id, sha256 = f"{first:016x}", f"{first:064x}"
        paper = Paper(pack_id, "1", "Paper", PaperKind.REPORT, PaperStatus.PRESENT, sha256, 1, 500, "", "")
        yield Pack(pack_id, body, meeting, "B", 1, datetime(2026, 1, 22, tzinfo=UTC), "", (), (paper,))


def _alone(texts: Sequence[str], count: int, questions: Sequence[str]) -> list[float]:
    plain = sqlite3.connect(":memory:")
    plain.execute("CREATE VIRTUAL TABLE found USING fts5(text, tokenize='unicode61 remove_diacritics 2', prefix='2 3')")
    with plain:
        plain.executemany("INSERT INTO found VALUES (?)", ((_page(texts, number),) for number in range(count)))
    look = "SELECT rowid, snippet(found, 0, '', '', '…', 24) FROM found WHERE found MATCH ? ORDER BY rank LIMIT 200"
    matches = [read(typed).match() for typed in questions]
    found = _times(matches, lambda match: plain.execute(look, (match,)).fetchall())
    plain.close()
    return found
