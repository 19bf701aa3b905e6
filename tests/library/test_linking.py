"""Links of packs in a store: found after intake, found anew when a pack goes or comes, kept as the reader left them."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from desktop.changes import Change, Changes, Event
from desktop.jobs import Lane
from desktop.library.holdings import Holdings
from desktop.library.linking import Linker
from desktop.links.kept import KeptLink
from desktop.sample import SAMPLE_PASSPHRASE
from desktop.vault import Vault

T = TypeVar("T")
WAIT = 60.0


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
        linker._lane.close()  # nothing more was wanted
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
