"""A real encrypted store with papers to look in."""

import secrets
from dataclasses import astuple
from datetime import UTC, date, datetime
from pathlib import Path

from db.annotations import Annotations, Bookmarks
from db.bodies import Bodies
from db.finding import Finding
from db.packs import Packs
from db.records import AnnotationRecord, BodyRecord, BookmarkRecord, PackRecord, PageRecord, VersionRecord
from db.store import Store
from db.versions import Versions
from desktop.jobs import Lane
from desktop.packs.pack import Body, Meeting, Pack, Paper, PaperKind, PaperStatus, Session
from desktop.pdf.reading import reading_text
from desktop.pdf.words import Word, pack
from desktop.search.finder import Finder, Hit, Narrowing
from desktop.search.occurrences import Occurrence
from desktop.search.text import keys, normal

BODY, PACK, OTHER = "e" * 16, "a" * 16, "b" * 16
PAPER, SHA = "c" * 16, "d" * 64


class Shelf:
    """A store in its lane, to put papers into."""

    def __init__(self, folder: Path) -> None:
        self.lane = Lane("store")
        self.store = self.lane.do(Store.open, folder, secrets.token_bytes(32)).result(30)
        self.lane.do(self._body).result(10)
        self.packs: dict[str, Pack] = {}
        self.finder = Finder(self.lane, Finding(self.store), lambda: self.packs)

    def _body(self) -> None:
        Bodies(self.store).add(BodyRecord(BODY, "Board", "Trust", "/mnt/packs", b"{}", "age1secretary"))
        for pack_id in (PACK, OTHER):
            Packs(self.store).put(
                PackRecord(pack_id, BODY, "Board", "2026-01-29", "", "", "public", 1, "2026-01-22T09:00:00Z", "", b"{}")
            )

    def put(self, pages: list[str], pack_id: str = PACK, paper_id: str = PAPER, sha256: str = SHA) -> None:
        """Index a paper's pages as intake does."""
        self.hold(pack_id, make_paper(paper_id, sha256, len(pages)))
        self.lane.do(self._put, [(text, b"") for text in pages], pack_id, paper_id, sha256).result(30)

    def put_words(self, pages: list[list[Word]], sha256: str = SHA) -> None:
        """The same with words and their boxes."""
        self.hold(PACK, make_paper(PAPER, sha256, len(pages)))
        laid = [[astuple(word) for word in words] for words in pages]
        found = [(reading_text(words), pack(words)) for words in laid]  # type: ignore[arg-type]
        self.lane.do(self._put, found, PACK, PAPER, sha256).result(30)

    def hold(self, pack_id: str, paper: Paper, held_on: date = date(2026, 1, 29)) -> None:
        """An edition of a pack in which the paper stands, in the place of any other of its id."""
        before = self.packs[pack_id].papers if pack_id in self.packs else ()
        papers = (*(other for other in before if other.id != paper.id), paper)
        body, meeting = Body(BODY, "Board", "Trust"), Meeting(held_on, "", "", Session.PUBLIC)
        despatched = datetime(2026, 1, 22, tzinfo=UTC)
        self.packs[pack_id] = Pack(pack_id, body, meeting, "Board", 1, despatched, "", (), papers)

    def _put(self, pages: list[tuple[str, bytes]], pack_id: str, paper_id: str, sha256: str) -> None:
        versions, texts = Versions(self.store), [(page, normal(text)) for page, (text, _) in enumerate(pages)]
        versions.put(VersionRecord(sha256, pack_id, paper_id, "blob/x.age", "k", "f" * 64, 1, "stored", len(pages)))
        versions.put_pages(sha256, [PageRecord(sha256, page, 595, 842) for page, _ in texts])
        laid = [(page, pages[page][1], text) for page, text in texts]
        versions.put_texts(sha256, laid, {page: keys(text) for page, text in texts})
        Finding(self.store).add(pack_id, paper_id, sha256, texts)

    def keep(self, *own: AnnotationRecord | BookmarkRecord) -> None:
        """Notes and bookmarks of the member's."""
        for each in own:
            table = Annotations if isinstance(each, AnnotationRecord) else Bookmarks
            self.lane.do(table(self.store).put, each).result(10)  # type: ignore[arg-type]

    def pages(self, typed: str, pack_id: str = "") -> list[int]:
        """Numbers of the pages found."""
        return sorted(hit.page for hit in self.hits(typed, pack_id))

    def hits(self, typed: str, pack_id: str = "") -> tuple[Hit, ...]:
        """The pages found."""
        narrowed = Narrowing(packs=frozenset([pack_id] if pack_id else []))
        return self.finder.search(typed, narrowed).result(10).hits

    def places(self, typed: str) -> list[Occurrence]:
        """Every place in the pack, by page."""
        sought = self.finder.seek(typed, PACK).result(10)
        return self.finder.places(sought.query, sorted(sought.pages)).result(10)

    def close(self) -> None:
        self.lane.do(self.store.close).result(10)
        self.lane.close()


def make_paper(paper_id: str, sha256: str, pages: int, kind: PaperKind = PaperKind.REPORT) -> Paper:
    return Paper(paper_id, "1", "A paper", kind, PaperStatus.PRESENT, sha256, 9, pages, "", "")


def line(texts: list[str], number: int, block: int = 0) -> list[Word]:
    """Words side by side, 50 points apart."""
    top = number * 20.0
    return [Word(x * 50.0, top, x * 50.0 + 40, top + 12, text, block, number) for x, text in enumerate(texts)]
