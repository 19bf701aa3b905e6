"""Binds a pack as a book: its papers that are here, their pages' sizes, and the number printed on each page."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from db.records import PageRecord, StructureRecord, VersionRecord
from desktop.library.current import READABLE
from desktop.packs.book import A4, Book, BookPage, BookPaper
from desktop.packs.numbering import Numbered, labels_of
from desktop.packs.pack import Pack, Paper

if TYPE_CHECKING:
    from desktop.library.holdings import Holdings
    from desktop.papers.stamps import Series

WITHHELD = "This paper was not sent to you. If you think it should have been, ask the secretary."

Rows = Mapping[tuple[str, str], VersionRecord]


class Binder:
    """Binds books out of the store. Runs in the store's lane."""

    def __init__(self, holdings: "Holdings") -> None:
        self._holdings = holdings

    def bind(self, pack: Pack, rows: Rows) -> Book:
        """rows: the versions this edition names, by (sha256, paper id)."""
        papers: list[BookPaper] = []
        first = 0
        earlier = self._corrected(pack)
        for paper in pack.papers:
            if paper.pages:
                papers.append(self._paper(paper, rows.get((paper.sha256, paper.id)), first, paper.id in earlier))
                first += papers[-1].count
        sheets = {paper.paper_id: self._sheets(paper) for paper in papers}
        labels = self._labels(pack, papers, sheets)
        pages = [page for paper in papers for page in _pages(paper, sheets[paper.paper_id], labels[paper.paper_id])]
        return Book(pack, tuple(papers), tuple(pages))

    def _corrected(self, pack: Pack) -> set[str]:
        """Papers of which an earlier version came."""
        now = {(paper.id, paper.sha256) for paper in pack.papers}
        kept = self._holdings.versions.of_pack(pack.id)
        return {row.paper_id for row in kept if (row.paper_id, row.sha256) not in now}

    def _paper(self, paper: Paper, row: VersionRecord | None, first: int, corrected: bool) -> BookPaper:
        here = row is not None and row.state in READABLE
        path = Path(self._holdings.files.path(row.sealed_sha256)) if row is not None and here else None
        trouble = WITHHELD if paper.withheld else (row.trouble if row is not None and row.state == "refused" else "")
        count = 1 if paper.withheld else paper.pages
        key = paper.key if here else ""
        return BookPaper(
            paper.id, paper.item, paper.title, paper.sha256, path, key, first, count, trouble, corrected=corrected
        )

    def _sheets(self, paper: BookPaper) -> list[PageRecord]:
        return self._holdings.versions.pages(paper.version)[: paper.count] if paper.path else []

    def _labels(
        self, pack: Pack, papers: list[BookPaper], sheets: Mapping[str, list[PageRecord]]
    ) -> Mapping[str, list[str]]:
        places = {paper.paper_id: place for place, paper in enumerate(papers)}
        printed = self._holdings.reading.printed(pack.id)
        corrections = {(places[each.paper_id], each.page): each.label for each in printed if each.paper_id in places}
        numbered = [self._numbered(pack, paper, sheets[paper.paper_id]) for paper in papers]
        return dict(zip(places, labels_of(numbered, corrections), strict=True))

    def _numbered(self, pack: Pack, paper: BookPaper, sheets: Iterable[PageRecord]) -> Numbered:
        known = next(each for each in pack.papers if each.id == paper.paper_id)
        before = pack.first_pack_page(known) - 1
        stamps = stamps_of(self._holdings.structures.get(paper.version)) if paper.path else ()
        kept = pack.labels(known)[: paper.count] if known.printed else ()
        return Numbered(paper.count, before, stamps, tuple(sheet.label for sheet in sheets), kept)


def _pages(paper: BookPaper, sheets: list[PageRecord], labels: list[str]) -> Iterable[BookPage]:
    """Sizes as the file has them, or A4 until it is here."""
    sizes = [(sheet.width, sheet.height) for sheet in sheets]
    sizes += [A4] * (paper.count - len(sizes))
    for index, ((width, height), label) in enumerate(zip(sizes, labels, strict=True)):
        yield BookPage(paper, index, width, height, label)


def stamps_of(structure: StructureRecord | None) -> "tuple[Series, ...]":
    """The numbers found on the pages of a paper; none where they were not looked for yet."""
    return tuple(map(tuple, json.loads(structure.stamps))) if structure else ()
