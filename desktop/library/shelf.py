"""What stands on the shelf: bodies, meetings, packs and how far each has come and been read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import TYPE_CHECKING

from db.records import BodyRecord, PackRecord, VersionRecord
from desktop.library.binding import Binder
from desktop.library.current import READABLE, current_rows
from desktop.library.news import News, news_of
from desktop.packs.book import Book
from desktop.packs.index import kept_pack
from desktop.packs.pack import Meeting, Pack, Purpose

if TYPE_CHECKING:
    from desktop.library.holdings import Holdings


class PackState(Enum):
    """What the shelf says of a pack, most pressing first."""

    SEALED = "under embargo: here, or on its way, and not to be opened yet"
    EXPIRED = "its papers went, since the secretary let them stay until a day"
    AWAY = "its papers were taken off this computer by its reader"
    TROUBLE = "something could not be fetched or read"
    DOWNLOADING = "papers are still on their way"
    NEW = "never opened"
    UPDATED = "a newer edition than the one last opened"
    UNREAD = "opened, with pages not yet seen"
    READ = "every page has been seen"


@dataclass(frozen=True)
class ShelfPack:
    """One row of the shelf. Sizes in bytes; read: pages seen of pages; decisions: items that ask for one.

    opened: whether it ever was; updated: an edition came since. kept: bytes here, of earlier editions too.
    pictures: pages here that hold no words, so that search cannot see them. opens: of a pack that is sealed until
    then. expires: the last day on which its papers may be here.
    """

    pack_id: str
    title: str
    meeting: Meeting
    edition: int
    note: str
    state: PackState
    papers_here: int
    papers: int
    done: int
    size: int
    read: int
    pages: int
    decisions: int
    trouble: str = ""
    opened: bool = True
    updated: bool = False
    kept: int = 0
    pictures: int = 0
    opens: datetime | None = None
    expires: date | None = None


@dataclass(frozen=True)
class ShelfBody:
    """A body and its packs, newest meeting first. phrase: the five words to read out until admitted, then "".

    confirmed: when the repository's signatures last held (ISO, "" never); stale: that confirmation has run out.
    receipts: its secretary is told when packs come and are opened.
    """

    body_id: str
    name: str
    organisation: str
    phrase: str
    confirmed: str
    stale: bool
    trouble: str
    packs: tuple[ShelfPack, ...]
    receipts: bool = False

    @property
    def kept(self) -> int:
        """Bytes of its sealed papers here."""
        return sum(pack.kept for pack in self.packs)


@dataclass(frozen=True)
class Tally:
    """What waits for the member. unread: meetings to come whose pack is not read through, and packs never opened.

    decisions: to be taken on `day`, the next on which the body meets; None where no meeting is to come.
    """

    unread: int
    updated: int
    decisions: int
    day: date | None


def tally(packs: Iterable[ShelfPack], today: date) -> Tally:
    """Count what of these packs waits for the member."""
    packs = list(packs)
    coming = [pack for pack in packs if pack.meeting.held_on >= today]
    day = min((pack.meeting.held_on for pack in coming), default=None)
    unread = [pack for pack in packs if _waits(pack, today) and not pack.updated]
    updated = sum(pack.updated for pack in packs)
    return Tally(len(unread), updated, sum(pack.decisions for pack in coming if pack.meeting.held_on == day), day)


def _waits(pack: ShelfPack, today: date) -> bool:
    return not pack.opened or (pack.meeting.held_on >= today and pack.read < pack.pages)


@dataclass(frozen=True)
class Weight:
    """What goes with a body, or with the papers of a pack. size: bytes of sealed papers; notes: bookmarks too."""

    packs: int
    papers: int
    notes: int
    size: int


class Shelf:
    """Reads the shelf from the store. Every method runs in the store's lane."""

    def __init__(self, holdings: "Holdings") -> None:
        self._holdings = holdings
        self._binder = Binder(holdings)
        self._opened: dict[str, tuple[bytes, Pack]] = {}  # by pack: an index takes longer to read than its rows

    def bodies(self) -> list[ShelfBody]:
        """Every body by name, its packs newest meeting first."""
        return [self._body(body) for body in sorted(self._holdings.bodies.all(), key=lambda b: b.name)]

    def book(self, pack_id: str) -> Book | None:
        """The pack as a book, with the papers that are here; None where there is no such pack."""
        record = self._holdings.packs.get(pack_id)
        if record is None:
            return None
        pack = self._open(record)
        return self._binder.bind(pack, {(row.sha256, row.paper_id): row for row in current_rows(self._holdings, pack)})

    def packs(self) -> dict[str, Pack]:
        """Every pack by id."""
        return {record.id: self._open(record) for record in self._holdings.packs.all()}

    def illegible(self, pack_id: str) -> dict[tuple[str, int], str]:
        """Where search sees nothing or not all in the papers that are here: (paper, page from 0) to "none" (a scan),
        "unreliable", or "" for a page whose words are still being read."""
        record = self._holdings.packs.get(pack_id)
        rows = current_rows(self._holdings, self._open(record)) if record else []
        return {
            (row.paper_id, page): grade
            for row in rows
            if row.state in READABLE
            for page, grade in self._holdings.versions.illegible(row.sha256).items()
        }

    def room_taken(self) -> tuple[int, int]:
        """Bytes of all sealed papers, and how many there are."""
        return self._holdings.files.total(), len(self._holdings.versions.sealed())

    def room_of_bodies(self, today: date) -> list[tuple[str, int, int]]:
        """(name, bytes of sealed papers, of past meetings among them) of each body."""
        bodies = self.bodies()
        past = [sum(pack.kept for pack in body.packs if pack.meeting.held_on < today) for body in bodies]
        return [(body.name, body.kept, old) for body, old in zip(bodies, past, strict=True)]

    def mark_opened(self, pack_id: str) -> None:
        """The member opened the pack: it is no longer new, and its newest edition has been seen."""
        record = self._holdings.packs.get(pack_id)
        if record is not None:
            self._holdings.packs.mark_opened(pack_id, _now(), record.edition)

    def news(self, pack_id: str) -> News | None:
        """What came since the pack was last opened; ask before `mark_opened`."""
        record = self._holdings.packs.get(pack_id)
        return None if record is None else news_of(record)

    def mark_seen(self, pack_id: str, paper_id: str, page: int) -> None:
        """The member has had this page (from 0) in view long enough to have read of it."""
        self._holdings.versions.mark_seen(pack_id, paper_id, page, _now())

    def seen(self, pack_id: str) -> set[tuple[str, int]]:
        """(paper, page from 0) of every page seen."""
        return self._holdings.versions.seen(pack_id)

    def _body(self, body: BodyRecord) -> ShelfBody:
        identity = self._holdings.bodies.identity(body.id)
        records = sorted(self._holdings.packs.of_body(body.id), key=lambda p: (p.held_on, p.starts), reverse=True)
        return ShelfBody(
            body.id,
            body.name,
            body.organisation,
            identity.phrase if identity is not None and not identity.admitted else "",
            body.confirmed_at,
            bool(body.confirmed_until) and body.confirmed_until < _now(),
            body.trouble,
            tuple(self._pack(record) for record in records),
            any(self._open(record).receipts for record in records),
        )

    def _pack(self, record: PackRecord) -> ShelfPack:
        pack = self._open(record)
        rows = current_rows(self._holdings, pack)
        here = [row for row in rows if row.state in READABLE]
        pages = sum(paper.pages for paper in pack.papers if paper.target)
        read = len(self._holdings.versions.seen(record.id))
        trouble = " ".join(row.trouble for row in rows if row.state == "refused")
        return ShelfPack(
            record.id,
            record.title,
            pack.meeting,
            record.edition,
            record.note,
            _sealed(record, pack) or _state(record, bool(trouble), len(here) == len(rows), min(read, pages) == pages),
            len(here),
            len(rows),
            sum(self._done(row) for row in rows),
            sum(row.sealed_length for row in rows),
            min(read, pages),
            pages,
            sum(item.purpose is Purpose.DECISION for item in pack.items),
            trouble,
            bool(record.opened_at),
            bool(record.opened_at) and record.seen_edition < record.edition,
            self._kept(record.id),
            self._holdings.versions.pictures([row.sha256 for row in here]),
            pack.opens if pack.is_sealed else None,
            pack.expires,
        )

    def _open(self, record: PackRecord) -> Pack:
        known = self._opened.get(record.id)
        if known is None or known[0] != record.index:
            known = record.index, kept_pack(record.index)
            self._opened[record.id] = known
        return known[1]

    def _kept(self, pack_id: str) -> int:
        """Bytes here of every version of the pack's papers, each file counted once."""
        rows = {row.sealed_sha256: row for row in self._holdings.versions.of_pack(pack_id)}
        return sum(self._done(row) for row in rows.values())

    def _done(self, row: VersionRecord) -> int:
        """Sealed bytes here, a part of a file counted too."""
        if row.state in READABLE:
            return row.sealed_length
        return self._holdings.files.come(row.sealed_sha256)


def _sealed(record: PackRecord, pack: Pack) -> PackState | None:
    """What the secretary's terms make of it, None where they do not matter."""
    if record.put_away and pack.is_over(date.today()):
        return PackState.EXPIRED
    return PackState.SEALED if pack.is_sealed and not record.put_away else None


def _state(record: PackRecord, trouble: bool, complete: bool, read: bool) -> PackState:
    if record.put_away:
        return PackState.AWAY
    if trouble:
        return PackState.TROUBLE
    if not complete:
        return PackState.DOWNLOADING
    if not record.opened_at:
        return PackState.NEW
    if record.seen_edition < record.edition:
        return PackState.UPDATED
    return PackState.READ if read else PackState.UNREAD


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
