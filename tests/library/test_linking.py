"""Links of packs in a store: found after intake, found anew when a pack goes or comes, kept as the reader left them."""

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.carriage import CHANGED, EXACT, MOVED
from desktop.changes import Change, Changes, Event
from desktop.jobs import Lane
from desktop.library.carrying import Carrier
from desktop.library.holdings import Holdings
from desktop.library.linking import Linker
from desktop.library.travel import Need, look
from desktop.links.kept import End, KeptLink, OwnLink
from desktop.packs.index import kept_pack
from desktop.pdf.words import unpack
from desktop.sample import SAMPLE_PASSPHRASE
from desktop.vault import Vault

T = TypeVar("T")
WAIT = 180.0


class Store:
    """The sample member's store with a linker at work on it."""

    def __init__(self, home: Path) -> None:
        key = Vault(home).open_with_passphrase(SAMPLE_PASSPHRASE)
        self.lane, self.changes = Lane("store"), Changes()
        self.holdings = self.do(lambda: Holdings.open(home, key))
        self.packs = {record.held_on: record.id for record in self.do(self.holdings.packs.all)}

    def do(self, work: Callable[[], T]) -> T:
        return self.lane.do(work).result(WAIT)

    def links(self, held_on: str) -> list[KeptLink]:
        rows = self.do(lambda: self.holdings.links.found_in(self.packs[held_on]))
        return [KeptLink.from_record(row) for row in rows]

    def resolve(self, wanted: int) -> list[str]:
        """Let a linker go on until it told of so many packs; their ids."""
        told: list[str] = []
        enough = threading.Event()

        def hear(change: Change) -> None:
            if change.event is Event.LINKS_FOUND:
                told.append(change.pack_id)
                if len(told) >= wanted:
                    enough.set()

        forget = self.changes.listen(hear)
        linker = Linker(self.holdings, self.lane, self.changes)
        linker.go_on()
        assert not wanted or enough.wait(WAIT)
        linker._queue._lane.close()  # nothing more was wanted
        linker.close()
        forget()
        return told

    def close(self) -> None:
        self.do(self.holdings.store.close)
        self.lane.close()


@pytest.fixture
def store(sample: Path, tmp_path: Path) -> Iterator[Store]:
    store = Store(shutil.copytree(sample, tmp_path / "home", ignore=shutil.ignore_patterns("secretary", "repository")))
    store.do(lambda: store.holdings.store.write("DELETE FROM found_links"))
    store.do(lambda: store.holdings.store.write("DELETE FROM settings WHERE name LIKE 'links/%'"))
    yield store
    store.close()


def test_every_pack_is_resolved_once_and_stays_so(store: Store) -> None:
    assert set(store.resolve(3)) == set(store.packs.values())
    links = store.links("2026-01-29")
    assert len(links) > 100
    earlier = [
        link for link in links if link.link.targets and link.link.targets[0].pack_id != store.packs["2026-01-29"]
    ]
    assert {link.link.targets[0].pack_id for link in earlier} == {store.packs["2025-09-25"], store.packs["2025-11-27"]}
    assert store.resolve(0) == []


def test_what_points_to_a_pack_is_unresolved_without_it_and_found_when_it_comes(store: Store) -> None:
    store.resolve(3)
    index = store.do(lambda: store.holdings.packs.get(store.packs["2025-09-25"]))
    assert index is not None
    before = [link for link in store.links("2026-01-29") if not link.link.is_found]
    versions = store.do(lambda: store.holdings.versions.of_pack(index.id))
    store.do(lambda: store.holdings.packs.remove(index.id))
    told = store.resolve(2)
    assert set(told) == {store.packs["2025-11-27"], store.packs["2026-01-29"]}
    missing = [link for link in store.links("2026-01-29") if not link.link.is_found]
    assert len(missing) > len(before)
    gone = next(link for link in missing if link.link.mention.ref == "TB/25/49" or link.link.mention.ref == "TB/25/52")
    assert "not in your store" in gone.link.reason
    assert versions


def test_a_link_comes_back_from_the_store_as_it_was(store: Store) -> None:
    store.resolve(3)
    for link in store.links("2026-01-29"):
        again = KeptLink.from_record(link.to_record(0))
        assert (again.link.mention.place, again.link.targets, again.key) == (
            link.link.mention.place, link.link.targets, link.key,
        )  # fmt: skip


def test_what_the_coming_papers_point_to_is_needed_on_a_journey(store: Store) -> None:
    store.resolve(3)
    travel = store.do(lambda: look(store.holdings, date(2026, 1, 26)))
    needs = {pack.pack_id: pack for pack in travel.packs}
    assert needs[store.packs["2025-11-27"]].need is Need.EARLIER
    further = needs[store.packs["2025-09-25"]]
    whole = store.do(lambda: kept_pack(store.holdings.packs.get(further.pack_id).index))
    assert further.need is Need.POINTED
    assert 0 < further.papers < sum(bool(paper.target) for paper in whole.papers)
    minutes = next(paper for paper in whole.papers if paper.title.startswith("Minutes"))
    row = store.do(lambda: store.holdings.versions.get(minutes.sha256, minutes.id))
    store.do(lambda: store.holdings.files.path(row.sealed_sha256).unlink())
    travel = store.do(lambda: look(store.holdings, date(2026, 1, 26)))
    assert [paper.title for pack in travel.packs for paper in pack.missing] == [minutes.title]


def test_a_link_made_by_hand_follows_its_words_to_the_corrected_paper(store: Store) -> None:
    pack_id = store.packs["2026-01-29"]
    pack = store.do(lambda: kept_pack(store.holdings.packs.get(pack_id).index))
    finance = next(paper for paper in pack.papers if paper.title.startswith("Finance"))
    rows = store.do(lambda: store.holdings.versions.of_pack(pack_id))
    first = next(row for row in rows if row.paper_id == finance.id and row.sha256 != finance.sha256)
    anchor = store.do(lambda: anchor_at(store.holdings, first.sha256, finance.id, "payment of suppliers"))
    agenda = next(paper for paper in pack.papers if paper.title == "Agenda")
    start = End(pack_id, Anchor(agenda.id, agenda.sha256, 0, "1"))
    own = OwnLink("a" * 16, start, End(pack_id, anchor), "evidence for", "Cash")
    store.do(lambda: store.holdings.links.put_own(own.to_record()))
    carried = threading.Event()
    forget = store.changes.listen(lambda change: carried.set() if change.event is Event.NOTES_CARRIED else None)
    carrier = Carrier(store.holdings, store.lane, store.changes)
    carrier.go_on()
    assert carried.wait(WAIT)
    carrier.close()
    forget()
    kept = OwnLink.from_record(store.do(lambda: store.holdings.links.get_own(own.id)))
    assert kept.end.anchor.sha256 == finance.sha256
    assert kept.end.anchor.exact.startswith("payment of suppliers")
    assert kept.end.carriage.state in (EXACT, MOVED, CHANGED)
    assert kept.end.carriage.earlier == (anchor,)
    assert kept.start == start
    assert (kept.kind, kept.words) == ("evidence for", "Cash")


def anchor_at(holdings: Holdings, sha256: str, paper_id: str, words: str) -> Anchor:
    """Where some words first stand in a version, as if they had been selected."""
    for page in holdings.versions.pages(sha256):
        found = unpack(holdings.versions.words(sha256, page.index) or b"")
        texts = [word.text for word in found]
        wanted = words.split()
        for place in range(len(texts)):
            if texts[place : place + len(wanted)] == wanted:
                part = found[place : place + len(wanted)]
                quad = Quad(page.index, part[0].x0, part[0].y0, part[-1].x1, part[-1].y1)
                before, after = " ".join(texts[max(0, place - 15) : place]), " ".join(texts[place + 3 : place + 18])
                return Anchor(paper_id, sha256, page.index, "", (quad,), words, before, after)
    raise LookupError(words)
