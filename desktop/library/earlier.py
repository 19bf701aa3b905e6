"""Earlier versions of a pack's papers: read as they were, and compared with those that took their places."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.records import VersionRecord
from desktop.annotations.comparing import compare
from desktop.annotations.differences import Change
from desktop.annotations.text import PaperText, VersionPage
from desktop.library.binding import Binder
from desktop.library.current import READABLE, current_rows
from desktop.packs.book import Book
from desktop.packs.index import kept_pack
from desktop.packs.pack import Pack

if TYPE_CHECKING:
    from desktop.library.holdings import Holdings

_TOLD = "carried_told/"  # setting: up to which edition it was told what became of a pack's notes

Texts = tuple[list[VersionPage], list[VersionPage]]


@dataclass(frozen=True)
class Earlier:
    """An earlier version of a paper that is here. edition: with which it came, 0 where that is not known."""

    paper_id: str
    sha256: str
    edition: int


class EarlierVersions:
    """Answers in the store's lane, but for `compare`."""

    def __init__(self, holdings: "Holdings") -> None:
        self._holdings = holdings

    def of_pack(self, pack_id: str) -> list[Earlier]:
        """The versions that can be read and are not in force, the oldest first."""
        pack = self._pack(pack_id)
        if pack is None:
            return []
        now = {(paper.sha256, paper.id) for paper in pack.papers}
        rows = [row for row in self._holdings.versions.of_pack(pack_id) if (row.sha256, row.paper_id) not in now]
        return [Earlier(row.paper_id, row.sha256, row.edition) for row in rows if self._is_here(row)]

    def book(self, pack_id: str, paper_id: str, sha256: str, title: str) -> Book | None:
        """The pack as a book with the earlier version of one paper in its place, under this title; None where it is
        not here any more."""
        pack, row = self._pack(pack_id), self._holdings.versions.get(sha256, paper_id)
        if pack is None or row is None or not self._is_here(row):
            return None
        papers = tuple(
            replace(each, sha256=sha256, pages=row.pages, target=row.target, key=row.key, title=title)
            if each.id == paper_id
            else each
            for each in pack.papers
        )
        rows = {(each.sha256, each.paper_id): each for each in current_rows(self._holdings, pack)}
        return Binder(self._holdings).bind(replace(pack, papers=papers), {**rows, (sha256, paper_id): row})

    def texts(self, old: str, new: str) -> Texts:
        """The words of two versions (sha256), for `compare`."""
        return self._pages(old), self._pages(new)

    def tell_carried(self, pack_id: str) -> bool:
        """Whether nobody was told yet what became of the notes in this edition; from now on somebody was."""
        record = self._holdings.packs.get(pack_id)
        if record is None:
            return False
        told = int(self._holdings.settings.get(_TOLD + pack_id, "0"))
        if told < record.edition:
            self._holdings.settings.set(_TOLD + pack_id, str(record.edition))
        return told < record.edition

    def _pack(self, pack_id: str) -> Pack | None:
        record = self._holdings.packs.get(pack_id)
        return kept_pack(record.index) if record else None

    def _is_here(self, row: VersionRecord) -> bool:
        return row.state in READABLE and self._holdings.files.path(row.sealed_sha256).exists()

    def _pages(self, sha256: str) -> list[VersionPage]:
        versions = self._holdings.versions
        return [VersionPage(versions.words(sha256, page.index), page.height) for page in versions.pages(sha256)]


def compare_texts(texts: Texts) -> list[Change]:
    """What changed between two versions; takes a moment for long papers, so not in the store's lane."""
    old, new = texts
    return compare(PaperText(old), PaperText(new))
