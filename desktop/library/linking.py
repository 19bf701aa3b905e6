"""Links found in papers, kept true: resolved in a lane of their own whenever a pack comes, is read, or goes."""

import hashlib
import json
import time
from collections.abc import Mapping
from concurrent.futures import CancelledError
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.errors import StoreError
from db.records import PackRecord, VersionRecord
from desktop.changes import Change, Changes, Event
from desktop.jobs import Lane
from desktop.library.binding import Binder, stamps_of
from desktop.library.current import READABLE, current_rows
from desktop.library.pack_queue import PackQueue
from desktop.links.facts import ItemFacts, PackFacts, PaperFacts
from desktop.links.kept import KeptLink
from desktop.links.resolving import resolve_pack
from desktop.links.unpacked import own_numbers
from desktop.packs.index import kept_pack
from desktop.packs.pack import Pack, Paper
from desktop.papers.mention import Pointers
from desktop.papers.pointing import EDITION

if TYPE_CHECKING:
    from desktop.library.holdings import Holdings

_EVENTS = (Event.PAPER_UNDERSTOOD, Event.PACK_ARRIVED, Event.PAPERS_REMOVED, Event.PAGES_RENUMBERED)
_SELDOM = 5.0  # seconds, while the papers of a pack are understood one by one: each can change the links of all
_SEEN = "links/"  # setting: what a pack's links were resolved from
_NOTHING = Pointers()


@dataclass(frozen=True)
class _Known:
    """A pack's facts, and what they were read from."""

    mark: str
    facts: PackFacts


class Linker:
    """Listens for papers that were understood and packs that came or went. Ends with `close`."""

    def __init__(self, holdings: "Holdings", store: Lane, changes: Changes) -> None:
        self._holdings, self._store, self._changes = holdings, store, changes
        self._queue = PackQueue("linking", self._run)
        self._known: dict[str, _Known] = {}
        self._resolved: dict[str, float] = {}  # when a pack's turn was last
        self._put_off: set[str] = set()
        self._forget = changes.listen(self._on_change)

    def go_on(self) -> None:
        """Resolve what was left unresolved when the computer went off, or was read by an earlier release."""
        self._queue.first(self._go_on)

    def close(self) -> None:
        """Resolve nothing more; what waits is found again next time."""
        self._forget()
        self._queue.close()

    def _on_change(self, change: Change) -> None:
        if change.event is Event.ALL_UNDERSTOOD:
            while self._put_off:
                self._queue.want(self._put_off.pop())
        elif change.event is Event.PAPER_UNDERSTOOD and self._was_just_resolved(change.pack_id):
            self._put_off.add(change.pack_id)
        elif change.event in _EVENTS:
            self._queue.want(change.pack_id)

    def _was_just_resolved(self, pack_id: str) -> bool:
        return time.monotonic() - self._resolved.get(pack_id, -_SELDOM) < _SELDOM

    def _go_on(self) -> None:
        for body in self._store.do(self._holdings.bodies.all).result():
            self._resolve(body.id)

    def _run(self, pack_id: str) -> None:
        record = self._asked(pack_id)
        if record is not None:
            self._resolve(record.body_id)
            self._resolved[pack_id] = time.monotonic()

    def _asked(self, pack_id: str) -> PackRecord | None:
        try:
            return self._store.do(self._holdings.packs.get, pack_id).result()
        except CancelledError:
            return None

    def _resolve(self, body_id: str) -> None:
        """Every pack of a body whose links can have changed."""
        try:
            records = self._store.do(self._holdings.packs.of_body, body_id).result()
            packs = [self._store.do(self._facts, record).result() for record in records]
            due = self._store.do(self._due, packs).result()
            for known in packs:
                if known.facts.pack_id in due:
                    self._resolve_pack(known, [each.facts for each in packs if each is not known])
        except CancelledError:
            return  # being closed
        except StoreError as error:
            self._changes.publish(Change(Event.STORE_FAILED, body_id=body_id, words=str(error), origin=self))

    def _resolve_pack(self, known: _Known, others: list[PackFacts]) -> None:
        pack_id = known.facts.pack_id
        found = [
            KeptLink(pack_id, paper.paper_id, paper.sha256, link)
            for paper, links in resolve_pack(known.facts, others)
            for link in links
        ]
        if self._store.do(self._keep, known, found).result():
            self._changes.publish(Change(Event.LINKS_FOUND, pack_id=pack_id, done=len(found), origin=self))

    # ---- in the store's lane

    def _due(self, packs: list[_Known]) -> set[str]:
        """Packs that changed, and those with links into them, into packs that are gone, or nowhere yet."""
        there = {known.facts.pack_id for known in packs}
        led = {pack_id: self._holdings.links.packs_led_to(pack_id) for pack_id in there}
        fresh = {known.facts.pack_id for known in packs if self._seen(known.facts.pack_id) != known.mark}
        fresh |= {pack_id for pack_id, into in led.items() if not into}  # a pack that came back has none left
        touched = {pack_id for pack_id, into in led.items() if into & fresh or (fresh and "" in into)}
        return fresh | touched | {pack_id for pack_id, into in led.items() if into - there - {""}}

    def _seen(self, pack_id: str) -> str:
        return self._holdings.settings.get(_SEEN + pack_id, "")

    def _keep(self, known: _Known, found: list[KeptLink]) -> bool:
        pack_id = known.facts.pack_id
        if self._holdings.packs.get(pack_id) is None:
            return False  # gone meanwhile
        with self._holdings.store.transaction():
            self._holdings.links.put_found(pack_id, [link.to_record(number) for number, link in enumerate(found)])
            self._holdings.settings.set(_SEEN + pack_id, known.mark)
        return True

    def _facts(self, record: PackRecord) -> _Known:
        pack = kept_pack(record.index)
        rows = {(row.sha256, row.paper_id): row for row in current_rows(self._holdings, pack)}
        mark = _mark_of(record, rows, self._holdings.structures.recognised([sha256 for sha256, _ in rows]))
        known = self._known.get(record.id)
        if known is None or known.mark != mark:
            known = self._known[record.id] = _Known(mark, self._read(pack, rows))
        return known

    def _read(self, pack: Pack, rows: dict[tuple[str, str], VersionRecord]) -> PackFacts:
        labels: dict[str, list[str]] = {}
        for page in Binder(self._holdings).bind(pack, rows).pages:
            labels.setdefault(page.paper.paper_id, []).append(page.label)
        papers = tuple(self._paper(paper, rows, labels.get(paper.id, [])) for paper in pack.papers)
        items = tuple(ItemFacts(item.number, item.title) for item in pack.items)
        held_on = pack.meeting.held_on.isoformat()
        return PackFacts(pack.id, pack.body.name, pack.title, held_on, items, papers)

    def _paper(self, paper: Paper, rows: dict[tuple[str, str], VersionRecord], labels: list[str]) -> PaperFacts:
        row = rows.get((paper.sha256, paper.id))
        here = row is not None and row.state in READABLE
        pages = 0 if paper.withheld else paper.pages
        pointers = self._pointers(paper.sha256) if here else _NOTHING
        return PaperFacts(
            paper.id, paper.sha256, paper.item, paper.title, paper.kind.value, pages, pointers, tuple(labels), here,
            paper.withheld,
        )  # fmt: skip

    def _pointers(self, sha256: str) -> Pointers:
        return pointers_kept(self._holdings, sha256) or _NOTHING


def pointers_kept(holdings: "Holdings", sha256: str) -> Pointers | None:
    """What a file points to, with the page numbers it prints itself; None until it was read. In the store's lane."""
    body = holdings.links.pointers(sha256)
    if body is None:
        return None
    said = json.loads(body)
    said["own"] = list(own_numbers(stamps_of(holdings.structures.get(sha256))))
    return Pointers.from_json(said)


def _mark_of(record: PackRecord, rows: dict[tuple[str, str], VersionRecord], recognised: Mapping[str, int]) -> str:
    """Changes whenever a pack's links could. recognised: by sha256, the edition of what understood a file."""
    read = sorted(
        f"{sha256} {paper_id} {row.state in READABLE} {recognised.get(sha256, 0)}"
        for (sha256, paper_id), row in rows.items()
    )
    said = "\n".join([str(EDITION), str(record.edition), str(record.put_away), *read])
    return hashlib.sha256(said.encode()).hexdigest()[:24]
