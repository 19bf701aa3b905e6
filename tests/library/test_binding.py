"""A pack bound out of a real store: sizes, labels by stamps and by hand, and papers that were corrected."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.records import BodyRecord, PackRecord, PageRecord, PrintedRecord, StructureRecord, VersionRecord
from desktop.library.binding import Binder
from desktop.library.holdings import Holdings
from desktop.packs.book import Book
from desktop.packs.pack import Body, Meeting, Pack, Paper, PaperKind, PaperStatus, Session

COUNTS = {"a": 2, "b": 3}


def paper(name: str, sha256: str = "") -> Paper:
    return Paper(
        name * 16, "1", f"Paper {name}", PaperKind.REPORT, PaperStatus.PRESENT, sha256 or name * 64, 9, COUNTS[name],
        "blob/x.age", "k",
    )  # fmt: skip


def pack(*papers: Paper) -> Pack:
    meeting = Meeting(date(2026, 1, 29), "13:30", "", Session.PUBLIC)
    body = Body("e" * 16, "Board", "Trust")
    return Pack("c" * 16, body, meeting, "Board", 1, datetime(2026, 1, 22, tzinfo=UTC), "", (), papers)


def row(paper_id: str, sha256: str) -> VersionRecord:
    return VersionRecord(sha256, "c" * 16, paper_id, "blob/x.age", "k", sha256, 9, "indexed", 2)


@pytest.fixture
def holdings(tmp_path: Path) -> Iterator[Holdings]:
    holdings = Holdings.open(tmp_path / "home", bytes(32))
    holdings.bodies.add(BodyRecord("e" * 16, "Board", "Trust", "/share", b"{}", "age1"))
    holdings.packs.put(PackRecord("c" * 16, "e" * 16, "Board", "2026-01-29", "", "", "public", 1, "", "", b"{}"))
    for name, count in COUNTS.items():
        holdings.versions.put(row(name * 16, name * 64))
        holdings.versions.put_pages(name * 64, [PageRecord(name * 64, page, 600, 800) for page in range(count)])
    yield holdings
    holdings.store.close()


def bound(holdings: Holdings, *papers: Paper) -> Book:
    rows = {(each.sha256, each.id): found for each in papers if (found := holdings.versions.get(each.sha256, each.id))}
    return Binder(holdings).bind(pack(*papers), rows)


def labels(book: Book) -> list[str]:
    return [page.label for page in book.pages]


def test_pages_are_counted_until_stamps_are_found(holdings: Holdings) -> None:
    papers = (paper("a"), paper("b"))
    assert labels(bound(holdings, *papers)) == ["1", "2", "3", "4", "5"]
    for name, first in (("a", 1), ("b", 13)):
        series = [list(range(first, first + COUNTS[name]))]
        holdings.structures.put(StructureRecord(name * 64, "{}", json.dumps(series)))
    book = bound(holdings, *papers)
    assert labels(book) == ["1", "2", "13", "14", "15"]
    assert [(page.width, page.height) for page in book.pages] == [(600, 800)] * 5


def test_a_page_put_right_counts_onward(holdings: Holdings) -> None:
    holdings.reading.set_printed(PrintedRecord("c" * 16, "a" * 16, 1, "20"))
    assert labels(bound(holdings, paper("a"), paper("b"))) == ["1", "20", "21", "22", "23"]


def test_a_paper_of_which_an_earlier_version_came_is_told(holdings: Holdings) -> None:
    book = bound(holdings, paper("a"), paper("b"))
    assert [each.corrected for each in book.papers] == [False, False]
    holdings.versions.put(row("b" * 16, "f" * 64))
    book = bound(holdings, paper("a"), paper("b", "f" * 64))
    assert [each.corrected for each in book.papers] == [False, True]
    assert book.papers[1].version == "f" * 64
