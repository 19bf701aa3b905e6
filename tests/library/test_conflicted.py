"""A member with an interest: no byte of the paper is on their laptop, in any form, nor stays there once it is taken."""

import zlib

import pytest
from at_work import Secretary
from intake_making import LONG, Laptop, admit, paper, until

from db.store import Store
from desktop.changes import Event

SECRET = "Heliotrope acquisition"
PLAN = """
[body]
name = "Group Board"
[meeting]
date = 2026-01-29
starts = "13:30"
place = "Room"
session = "public"
[[items]]
number = "1"
title = "Minutes"
[[items]]
number = "2"
title = "A private matter"
[[papers]]
item = "1"
title = "Minutes"
file = "1 minutes.pdf"
[[papers]]
item = "2"
title = "A private matter"
file = "2 private.pdf"
"""
WITHHELD = PLAN + 'not_to = ["Jane Doe"]\n'


def what_is_there(laptop: Laptop) -> bytes:
    """Everything on the disk that could be opened with the laptop's own key, opened; and all else as it lies there."""
    found = b"".join(path.read_bytes() for path in sorted(laptop.home.rglob("*")) if path.is_file())
    store = Store.open(laptop.home, laptop.key)
    try:
        for (table,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
            for row in store.rows(f'SELECT * FROM "{table}"'):
                for value in row:
                    found += b" " + (value if isinstance(value, bytes) else str(value).encode())
                    if isinstance(value, bytes):
                        try:
                            found += zlib.decompress(value)
                        except zlib.error:
                            continue
    finally:
        store.close()
    return found


def sealed_there(secretary: Secretary, laptop: Laptop) -> list[bytes]:
    """A piece of each sealed paper in the repository but the minutes."""
    minutes = laptop.rows()["Minutes"].sealed_sha256
    blobs = [path for path in (secretary.folder / "targets/blob").iterdir() if not path.name.startswith(minutes)]
    return [path.read_bytes()[300:364] for path in blobs]


@pytest.fixture
def board(secretary: Secretary) -> Secretary:
    secretary.plan(PLAN, _1_minutes=paper("Minutes", 2), _2_private=paper(SECRET, 2))
    return secretary


def check_nothing_of_it(laptop: Laptop, sealed: list[bytes]) -> None:
    assert laptop.found("heliotrope") == []
    assert laptop.found("minutes") != []
    laptop.close()
    there = what_is_there(laptop)
    assert b"Minutes" in there, "what is looked through can be read"
    for word in SECRET.split():
        assert word.lower().encode() not in there.lower()
    assert not any(piece in there for piece in sealed)


def test_of_a_paper_withheld_from_the_start_no_byte_arrives(board: Secretary, laptop: Laptop) -> None:
    admit(board, laptop)
    board.plan(WITHHELD)
    board.despatch()
    laptop.fetch()
    sealed = sealed_there(board, laptop)
    assert len(sealed) == 1
    check_nothing_of_it(laptop, sealed)


def test_what_was_fetched_before_the_interest_was_known_goes(board: Secretary, laptop: Laptop) -> None:
    admit(board, laptop)
    board.despatch()
    laptop.fetch()
    assert laptop.found("heliotrope") != []
    before = sealed_there(board, laptop)
    board.plan(WITHHELD)
    board.despatch()
    laptop.fetch()
    until(lambda: Event.PAPERS_WITHDRAWN in laptop.events(Event.PAPERS_WITHDRAWN))
    assert laptop.intake.wait(LONG)
    check_nothing_of_it(laptop, before + sealed_there(board, laptop))
