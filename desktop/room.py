"""The reading room: what is open while the store is unlocked. Closing it is locking. Knows no screen."""

import importlib
import time
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.records import PlaceRecord
from desktop.changes import Change, Changes, Event
from desktop.jobs import Lane
from desktop.pdf.attendant import Limits
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import Source
from desktop.reader.glance import Glance, Port, glance_at
from desktop.reader.history import Place
from desktop.reader.opened import Beside, Opened

if TYPE_CHECKING:
    from desktop.library.arrivals import Known
    from desktop.library.carrying import Carrier
    from desktop.library.intake import Intake
    from desktop.library.joining import Joined
    from desktop.library.linking import Linker
    from desktop.library.news import News
    from desktop.library.post import Post
    from desktop.library.readers import Readers
    from desktop.library.receipts import Receipts
    from desktop.library.removing import Removing
    from desktop.library.repository import Repository
    from desktop.library.travel import Travel
    from desktop.library.understanding import Understanding
    from desktop.packs.book import BookPaper
    from desktop.papers.scholar import Scholar

HASTY = Limits(open=4.0, text=4.0)  # then a paper that holds the others up goes on beside them,
PATIENT = Limits()  # with as much time as one may take
NICE = 5  # steps by which reading what came gives way to drawing what is looked at
OPEN_PACK = "open_pack"  # setting: the pack that was open when the window closed


@dataclass(frozen=True)
class OpenedPack(Opened):
    """A pack taken from the shelf, as it was left. news: what came since then. glance: its first sight."""

    news: "News | None" = None
    glance: Glance | None = None


class Room:
    """One unlocked store with everything that works on it.

    Made in the store's lane, since that lane owns the database; closed from any other thread.
    """

    def __init__(self, folder: Path, key: bytes, changes: Changes, store: Lane, sight: PdfClient) -> None:
        """Open the store of `folder` with its data key. Raises db.errors.StoreError."""
        from desktop.library.holdings import Holdings
        from desktop.library.shelf import Shelf

        self.folder, self.changes, self.store, self.sight = folder, changes, store, sight
        self.holdings = Holdings.open(folder, key)
        self.shelf = Shelf(self.holdings)
        self.readers: Readers | None = None
        self.intake: Intake | None = None
        self.removing: Removing | None = None
        self.carrier: Carrier | None = None
        self.post: Post | None = None
        self.receipts: Receipts | None = None
        self.linker: Linker | None = None
        self.understanding: Understanding | None = None

    def load_quiet(self) -> None:
        """Load what `begin` needs, on any thread."""
        ways = ("repository", "sources")
        for name in (*ways, "carrying", "intake", "linking", "post", "receipts", "removing", "understanding"):
            importlib.import_module(f"desktop.library.{name}")

    def begin(self, ask: bool = True) -> "Intake":
        """Start the quiet work: what was left half done and, if asked, a look at the repositories.

        Not in the store's lane, which it uses.
        """
        from desktop.library.carrying import Carrier
        from desktop.library.intake import Intake
        from desktop.library.linking import Linker
        from desktop.library.post import Post
        from desktop.library.readers import Readers
        from desktop.library.receipts import Receipts
        from desktop.library.removing import Removing
        from desktop.library.understanding import Understanding
        from desktop.papers.scholar import Scholar

        if self.intake is None:
            self.carrier = Carrier(self.holdings, self.store, self.changes)
            self.carrier.go_on()
            self.linker = Linker(self.holdings, self.store, self.changes)
            self.linker.go_on()
            self.post = Post(self.holdings, self.store, self.changes)
            self.receipts = Receipts(self.holdings, self.store, self.changes)
            # Neither is started at once: most days nothing has come.
            hasty = PdfClient("quiet", limits=HASTY, at_once=False, patience=NICE)
            alone = PdfClient("alone", limits=PATIENT, at_once=False, patience=NICE)
            self.readers = Readers(hasty, alone, Scholar())
            self.intake = Intake(self.holdings, self.store, self.readers, self.changes, self.connect)
            under_way = self.intake.under_way
            self.understanding = Understanding(self.holdings, self.store, self.readers, under_way, self.changes)
            self.removing = Removing(self.holdings, self.store, self.intake.traffic, self.changes)
            self.removing.go_on()
            self.intake.go_on()
            self.understanding.go_on()
            if ask:
                self.intake.check()
        return self.intake

    def wait(self, seconds: float) -> bool:
        """Wait until all that was asked for is here, searched and understood; False when time ran out."""
        end = time.monotonic() + seconds
        if self.intake is None or self.understanding is None:
            return True
        return self.intake.wait(seconds) and self.understanding.wait(max(0.0, end - time.monotonic()))

    def connect(self, known: "Known") -> "Repository":
        """The repository of a body, as trusted so far."""
        from desktop.library.repository import Repository
        from desktop.library.sources import open_source

        folder = self.folder / "repositories" / known.body.id
        return Repository(open_source(known.body.repository), folder, known.body.root, known.floor)

    def join(self, invitation: bytes, member: str, device: str) -> "Joined":
        """Answer an invitation with new keys of this device and keep them. In the store's lane. Raises KnownError."""
        from desktop.library.joining import join

        return join(self.holdings.bodies, invitation, member, device)

    # what the reader asks; each runs in the store's lane

    def open_pack(self, pack_id: str) -> OpenedPack | None:
        """The pack as a book, and where it was left; None where there is no such pack. Writes nothing, so that packs
        can be read when the disk is full."""
        book = self.shelf.book(pack_id)
        if book is None:
            return None
        news = self.shelf.news(pack_id)
        kept = self.holdings.places.get(pack_id)
        place = _place(kept) if kept else None
        beside = Beside.from_text(self.holdings.panes.get(pack_id))
        return OpenedPack(book, place, frozenset(self.shelf.seen(pack_id)), beside, news)

    def take_news(self, pack_id: str) -> "News | None":
        """What came while the pack is open; it counts as seen."""
        news = self.shelf.news(pack_id)
        self.shelf.mark_opened(pack_id)
        self.changes.publish(Change(Event.READ_MARKED, pack_id=pack_id, origin=self))
        return news

    def travel(self, today: date) -> "Travel":
        """Whether everything needed on a journey is here. In the store's lane."""
        from desktop.library.travel import look

        return look(self.holdings, today)

    def mark_open(self, pack_id: str) -> None:
        """The pack is being read: it is no longer new, and the next start begins with it."""
        self.shelf.mark_opened(pack_id)
        self.holdings.settings.set(OPEN_PACK, pack_id)
        self.changes.publish(Change(Event.READ_MARKED, pack_id=pack_id, origin=self))

    def last_pack(self, port: Port | None = None) -> OpenedPack | None:
        """The pack that was open when the window closed; its first paper is handed to the worker at once.

        port: where its pages will lie, so that what will be in sight is drawn already.
        """
        pack_id = self.holdings.settings.get(OPEN_PACK, "")
        opened = self.open_pack(pack_id) if pack_id else None
        if opened is None:
            return None
        for source in map(_source, opened.book.papers):
            if source is not None:
                self.sight.know(source)
        glance = None
        if port is not None and opened.beside is None:
            glance = glance_at(opened.book, opened.place, port, self.sight.draw)
        if glance is None:  # drawing opens a paper too, without learning all about it first
            self._hand_over(opened)
        return replace(opened, glance=glance)

    def left_pack(self) -> None:
        """The member went back to the shelf: that is where the next start begins."""
        self.holdings.settings.set(OPEN_PACK, "")

    def save_place(self, pack_id: str, place: Place) -> None:
        """Keep where the pack is open."""
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.holdings.places.put(PlaceRecord(pack_id=pack_id, at=now, **asdict(place)))

    def save_beside(self, pack_id: str, beside: Beside | None) -> None:
        """Keep what stands beside the pack that is read, None for nothing. The next start opens this pack."""
        self.holdings.settings.set(OPEN_PACK, pack_id)
        if beside is None:
            self.holdings.panes.forget(pack_id)
        else:
            self.holdings.panes.put(pack_id, beside.pack_id, beside.to_text())

    def member_of(self, body_id: str) -> str:
        """By what name a body knows the member, "" for none."""
        identity = self.holdings.bodies.identity(body_id)
        return identity.member if identity is not None else ""

    def papers_left(self, pack_id: str) -> list[Place]:
        """Where each paper of a pack was left, and how it was looked at."""
        return [_place(record) for record in self.holdings.places.of_papers(pack_id)]

    def close(self) -> None:
        """Lock: quiet work stops, workers end, the database closes, the lane's thread is gone."""
        for stopped in (self.intake, self.understanding):
            if stopped is not None:
                stopped.stop()
        # Before the intake is waited for: a paper that takes long to open must not keep the door open.
        for worker in self._workers():
            worker.shut_down()
        quiet = (self.intake, self.understanding, self.removing, self.post, self.receipts, self.carrier, self.linker)
        for work in quiet:
            if work is not None:
                work.close()
        closed: Future[None] = self.store.do(self.holdings.store.close)
        self.store.close()
        closed.result()

    def _workers(self) -> Iterable["PdfClient | Scholar"]:
        return (self.sight,) if self.readers is None else (self.sight, *self.readers.clients)

    def _hand_over(self, opened: OpenedPack) -> None:
        papers = [paper for paper in opened.book.papers if paper.path is not None]
        wanted = opened.place.paper_id if opened.place else ""
        for paper in [paper for paper in papers if paper.paper_id == wanted] or papers[:1]:
            if (source := _source(paper)) is not None:
                self.sight.open(source)


def _source(paper: "BookPaper") -> Source | None:
    """Where a paper is; None where it is not here."""
    return Source(paper.version, paper.path, paper.key, paper.title) if paper.path is not None else None


def _place(kept: PlaceRecord) -> Place:
    facts = asdict(kept)
    del facts["pack_id"], facts["at"]
    return Place(**facts)
