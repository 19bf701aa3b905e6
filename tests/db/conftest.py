"""A real store in a folder of its own, and the records the tests put in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.bodies import Bodies
from db.packs import Packs
from db.records import BodyRecord, PackRecord, VersionRecord
from db.store import Store
from db.versions import Versions

KEY = bytes(range(32))
BODY = BodyRecord("body1", "Group board", "The trust", "/share/board", b"root", "age1secretary")
PACK = PackRecord(
    "pack1", "body1", "January board", "2026-01-29", "13:30", "Room 2", "public", 1, "2026-01-22T10:00:00Z", "", b"{}"
)


def version(sha256: str = "aa", paper_id: str = "paper1", pack_id: str = "pack1", **facts: object) -> VersionRecord:
    """A version as intake would put it."""
    said = {"target": "blob/x.age", "key": "AGE-SECRET-KEY-1", "sealed_sha256": f"sealed-{sha256}"}
    return VersionRecord(
        sha256, pack_id, paper_id, **(said | {"sealed_length": 9, "state": "wanted", "pages": 2} | facts)
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    opened = Store.open(folder, KEY)
    yield opened
    opened.close()


@pytest.fixture
def packed(store: Store) -> Store:
    """A store with one body, one pack and one version of one paper."""
    Bodies(store).add(BODY)
    Packs(store).put(PACK)
    Versions(store).put(version())
    return store
