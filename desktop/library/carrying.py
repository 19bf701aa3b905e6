"""When a paper is replaced, the notes on it follow: worked out in a lane of its own, kept in one transaction."""

from collections.abc import Iterable
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING

from db.errors import StoreError
from db.records import VersionRecord
from desktop.annotations.carrying import Carrying, Papers, Version
from desktop.annotations.entries import Annotation, Bookmark, Entry
from desktop.annotations.standing import paper_of, version_of
from desktop.annotations.text import VersionPage
from desktop.changes import Change, Changes, Event
from desktop.jobs import Lane
from desktop.library.binding import Binder
from desktop.library.carried_links import END, keep_end, link_ends
from desktop.library.current import current_rows
from desktop.library.pack_queue import PackQueue
from desktop.packs.index import kept_pack

if TYPE_CHECKING:
    from desktop.library.holdings import Holdings

# Words are enough to follow a note by, but only what is understood tells the number printed on its new page.
_EVENTS = (Event.PAPER_UNDERSTOOD, Event.PAPER_REFUSED, Event.PACK_ARRIVED)

Changed = list[tuple[Entry, Entry]]  # as it was, as it is


class Carrier:
    """Listens for papers that were understood, and carries the notes of their packs. Ends with `close`."""

    def __init__(self, holdings: "Holdings", store: Lane, changes: Changes) -> None:
        self._holdings, self._store, self._changes = holdings, store, changes
        self._queue = PackQueue("carrying", self._carry)
        self._forget = changes.listen(self._on_change)

    def go_on(self) -> None:
        """Carry what was left uncarried when the computer went off, or made on an earlier version since."""
        self._queue.first(self._go_on)

    def close(self) -> None:
        """Carry nothing more; what waits is found again next time."""
        self._forget()
        self._queue.close()

    def _on_change(self, change: Change) -> None:
        if change.event in _EVENTS:
            self._queue.want(change.pack_id)

    def _go_on(self) -> None:
        for pack_id in self._store.do(self._packs_with_notes).result():
            self._queue.want(pack_id)

    def _packs_with_notes(self) -> list[str]:
        packs = [note.pack_id for note in self._holdings.annotations.all()]
        packs += [note.pack_id for note in self._holdings.bookmarks.all()]
        packs += [pack_id for link in self._holdings.links.all_own() for pack_id in (link.from_pack, link.to_pack)]
        return list(dict.fromkeys(packs))

    def _carry(self, pack_id: str) -> None:
        try:
            entries, papers = self._store.do(self._gather, pack_id).result()
            carried = carry_all(entries, papers)
            kept = self._store.do(self._keep, carried).result() if carried else 0
        except CancelledError:
            return  # being closed
        except StoreError as error:
            self._changes.publish(Change(Event.STORE_FAILED, pack_id=pack_id, words=str(error), origin=self))
            return
        if kept:
            self._changes.publish(Change(Event.NOTES_CARRIED, pack_id=pack_id, done=kept, origin=self))

    # ---- in the store's lane

    def _gather(self, pack_id: str) -> tuple[list[Entry], Papers]:
        """The pack's notes that stand on other versions than those in force, and the words needed to carry them."""
        nothing: tuple[list[Entry], Papers] = ([], Papers({}, {}, frozenset(), complete=False, edition=0))
        record = self._holdings.packs.get(pack_id)
        if record is None:
            return nothing
        pack = kept_pack(record.index)
        rows = current_rows(self._holdings, pack)
        versions = {row.paper_id: row.sha256 for row in rows}
        due = [entry for entry in self._entries(pack_id) if _is_due(entry, versions, pack.edition)]
        if not due:
            return nothing
        understood = self._holdings.structures.recognised([row.sha256 for row in rows])
        readable = [row for row in rows if row.state == "indexed" and row.sha256 in understood]
        labels = self._labels(pack_id)
        now = {row.paper_id: self._version(row, labels.get(row.paper_id, ())) for row in readable}
        current = {(row.sha256, row.paper_id) for row in rows}
        earlier = [row for row in self._holdings.versions.of_pack(pack_id) if (row.sha256, row.paper_id) not in current]
        old = {row.sha256: self._version(row) for row in earlier if row.state == "indexed"}
        complete = all(row in readable or row.state == "refused" for row in rows)
        return due, Papers(now, old, _fresh(due, rows, earlier), complete, pack.edition)

    def _entries(self, pack_id: str) -> list[Entry]:
        marks: list[Entry] = [Annotation.from_record(each) for each in self._holdings.annotations.of_pack(pack_id)]
        marks += link_ends(self._holdings, pack_id)
        return [*marks, *(Bookmark.from_record(each) for each in self._holdings.bookmarks.of_pack(pack_id))]

    def _version(self, row: VersionRecord, labels: Iterable[str] = ()) -> Version:
        pages = [
            VersionPage(self._holdings.versions.words(row.sha256, page.index), page.height)
            for page in self._holdings.versions.pages(row.sha256)
        ]
        return Version(row.paper_id, row.sha256, pages, tuple(labels))

    def _labels(self, pack_id: str) -> dict[str, list[str]]:
        """The number printed on each page, by paper."""
        record = self._holdings.packs.get(pack_id)
        if record is None:
            return {}
        pack = kept_pack(record.index)
        rows = {(row.sha256, row.paper_id): row for row in current_rows(self._holdings, pack)}
        labels: dict[str, list[str]] = {}
        for page in Binder(self._holdings).bind(pack, rows).pages:
            labels.setdefault(page.paper.paper_id, []).append(page.label)
        return labels

    def _keep(self, carried: Changed) -> int:
        """All or none of them; one that was changed or removed meanwhile is left for the next time."""
        kept = 0
        with self._holdings.store.transaction():
            for before, after in carried:
                if isinstance(before, Annotation) and isinstance(after, Annotation) and after.kind == END:
                    kept += keep_end(self._holdings, before, after)
                elif isinstance(after, Annotation):
                    if self._holdings.annotations.get(after.id) == before.to_record():
                        self._holdings.annotations.put(after.to_record())
                        kept += 1
                elif self._holdings.bookmarks.get(after.id) == before.to_record():
                    self._holdings.bookmarks.put(after.to_record())
                    kept += 1
        return kept


def carry_all(entries: Iterable[Entry], papers: Papers) -> Changed:
    """Those among the entries of which something can be said now."""
    carrying = Carrying(papers)
    found = ((entry, carrying.carry(entry)) for entry in entries)
    return [(before, after) for before, after in found if after is not None]


def _is_due(entry: Entry, versions: dict[str, str], edition: int) -> bool:
    now = versions.get(paper_of(entry))
    if now is None:
        return entry.carriage.against != f"edition {edition}"
    return now not in (version_of(entry), entry.carriage.against)


def _fresh(due: Iterable[Entry], rows: Iterable[VersionRecord], earlier: Iterable[VersionRecord]) -> frozenset[str]:
    """The papers in which words can have come from elsewhere: those that came after what the notes stand on."""
    stood_on = {version_of(entry) for entry in due}
    since = max((row.edition for row in earlier if row.sha256 in stood_on), default=0)
    replaced = {row.paper_id for row in earlier}
    return frozenset(row.paper_id for row in rows if row.edition > since or row.paper_id in replaced)
