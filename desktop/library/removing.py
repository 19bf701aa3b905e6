"""Taking things off this computer: a body that is left, the papers of a past pack. In slices, so that the store's
lane is never held for long, and marked in the table first, so that what a crash cut off is finished the next time."""

import shutil
import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import date

from db.errors import StoreError
from db.records import BodyRecord, PackRecord, VersionRecord
from desktop.changes import Change, Changes, Event
from desktop.jobs import Lane
from desktop.library.expiring import mark_over, over_now
from desktop.library.holdings import Holdings
from desktop.library.shelf import Weight
from desktop.library.traffic import Traffic
from desktop.packs.index import kept_pack

SLICE = 4  # pages out of the index at a time: 80 ms in a store of 20,000 pages


class Removing:
    """Removes bodies and the papers of packs, quietly, on a thread of its own."""

    def __init__(self, holdings: Holdings, store: Lane, traffic: Traffic, changes: Changes) -> None:
        self._holdings, self._store, self._traffic, self._changes = holdings, store, traffic, changes
        self._lane = Lane("removing")
        self._stopping = threading.Event()
        self._forget = changes.listen(self._on_change)

    # asked before; each runs in the store's lane

    def weigh_body(self, body_id: str) -> Weight:
        """What leaving a body would destroy."""
        return self._weigh(self._holdings.packs.of_body(body_id))

    def weigh_pack(self, pack_id: str) -> Weight:
        """What taking a pack's papers off this computer would free; its notes stay."""
        pack = self._holdings.packs.get(pack_id)
        return self._weigh([pack] if pack else [])

    # done, on a thread of its own

    def go_on(self) -> None:
        """Finish what an earlier run began."""
        self._lane.start(self._go_on)

    def leave(self, body_id: str) -> "Future[bool]":
        """Destroy everything of a body here. It is off the shelf at once; the future ends when it is destroyed, with
        False where closing came first and the next start goes on."""
        return self._lane.do(self._leave, body_id)

    def put_away(self, pack_id: str) -> "Future[bool]":
        """Take the papers of a pack off this computer. Row and notes stay; `Intake.want` has them fetched again. The
        future ends as that of `leave`."""
        return self._lane.do(self._put_away, pack_id)

    def close(self) -> None:
        """Stop after the slice under way; the rest is done the next time."""
        self._forget()
        self._stopping.set()
        self._lane.close(drop_waiting=True)

    def _on_change(self, change: Change) -> None:
        """A body's last word to this device is obeyed, and so is an edition that keeps papers from it."""
        if self._stopping.is_set():
            return
        if change.event is Event.BODY_ENDED:  # its next check would bring it again
            self._lane.start(self._leave, change.body_id)
        elif change.event is Event.PACK_ARRIVED:
            self._lane.start(self._withdraw, change.pack_id)
        elif change.event in (Event.BODY_CHECKED, Event.BODY_UNREACHABLE):
            self._lane.start(self._expire)

    def _go_on(self) -> None:
        try:
            for body in self._store.do(self._holdings.bodies.leaving).result():
                self._leave(body.id)
            for pack in self._store.do(self._holdings.packs.away).result():
                self._put_away(pack.id)
            self._expire()
            for pack in self._store.do(self._holdings.packs.all).result():
                self._withdraw(pack.id)
        except StoreError as error:
            self._tell(Event.STORE_FAILED, words=str(error))

    # leaving -----------------------------------------------------------------------------------------------------

    def _leave(self, body_id: str) -> bool:
        begun = self._store.do(self._begin_leaving, body_id).result()
        if begun is None:
            return True
        body, packs = begun
        self._tell(Event.BODY_LEAVING, body_id, words=body.name)
        self._traffic.let_go(packs)
        if not self._in_slices(lambda: self._leave_further(body_id)):
            return False
        shutil.rmtree(self._holdings.folder / "repositories" / body_id, ignore_errors=True)
        self._store.do(self._holdings.bodies.remove, body_id).result()
        self._traffic.take_back(packs)
        self._tell(Event.BODY_LEFT, body_id, words=body.name)
        return True

    def _begin_leaving(self, body_id: str) -> tuple[BodyRecord, list[str]] | None:
        holdings = self._holdings
        known = [body for body in (*holdings.bodies.all(), *holdings.bodies.leaving()) if body.id == body_id]
        if not known:
            return None
        packs = [pack.id for pack in holdings.packs.of_body(body_id)]
        with holdings.store.transaction():
            holdings.bodies.begin_leaving(body_id)
            for name in ("indexes", "versions", "devices", "told"):
                holdings.settings.remove(f"{name}/{body_id}")
        return known[0], packs

    def _leave_further(self, body_id: str) -> bool:
        """One slice; whether there is more to do. Files go before the rows that name them: none is forgotten."""
        holdings = self._holdings
        for pack in holdings.packs.of_body(body_id):
            for row in holdings.versions.of_pack(pack.id):
                if not self._clear(row):
                    holdings.versions.remove(row.sha256, row.paper_id)
                return True
            holdings.packs.remove(pack.id)
            for name in ("links", "carried_told", "over"):
                holdings.settings.remove(f"{name}/{pack.id}")
            return True
        return False

    # putting away ------------------------------------------------------------------------------------------------

    def _put_away(self, pack_id: str) -> bool:
        body_id = self._store.do(self._begin_putting_away, pack_id).result()
        self._traffic.let_go([pack_id])
        self._tell(Event.PAPERS_REMOVED, body_id, pack_id)
        done = self._in_slices(lambda: self._put_away_further(pack_id))
        self._traffic.take_back([pack_id])
        self._tell(Event.PAPERS_REMOVED, body_id, pack_id)
        return done

    def _begin_putting_away(self, pack_id: str) -> str:
        pack = self._holdings.packs.get(pack_id)
        if pack is None:
            return ""
        with self._holdings.store.transaction():
            self._holdings.packs.put_away(pack_id, True)
            self._holdings.versions.want_again(pack_id)
        return pack.body_id

    def _put_away_further(self, pack_id: str) -> bool:
        pack = self._holdings.packs.get(pack_id)
        if pack is None or not pack.put_away:  # wanted again meanwhile
            return False
        return any(self._clear(row) for row in self._holdings.versions.of_pack(pack_id))

    def _expire(self) -> None:
        """What a secretary allowed to stay until a day goes when that is over."""
        for pack_id in self._store.do(over_now, self._holdings, date.today()).result():
            self._store.do(mark_over, self._holdings, pack_id).result()
            if self._put_away(pack_id):
                self._tell(Event.PACK_EXPIRED, pack_id=pack_id)

    # withdrawing -------------------------------------------------------------------------------------------------

    def _withdraw(self, pack_id: str) -> None:
        """Take out what the edition in force keeps from this member, every version of it. Notes on it stay."""
        count = len({row.paper_id for row in self._store.do(self._withheld, pack_id).result()})
        if count and self._in_slices(lambda: self._withdraw_further(pack_id)):
            pack = self._store.do(self._holdings.packs.get, pack_id).result()
            change = Change(Event.PAPERS_WITHDRAWN, pack.body_id if pack else "", pack_id, done=count, origin=self)
            self._changes.publish(change)

    def _withheld(self, pack_id: str) -> list[VersionRecord]:
        pack = self._holdings.packs.get(pack_id)
        withheld = {paper.id for paper in kept_pack(pack.index).papers if paper.withheld} if pack else set()
        return [row for row in self._holdings.versions.of_pack(pack_id) if row.paper_id in withheld] if withheld else []

    def _withdraw_further(self, pack_id: str) -> bool:
        for row in self._withheld(pack_id):
            if not self._clear(row):
                self._holdings.versions.remove(row.sha256, row.paper_id)
            return True
        return False

    # all --------------------------------------------------------------------------------------------------------

    def _clear(self, row: VersionRecord) -> bool:
        """Take one slice of what is kept of a version out; False when nothing of it was left but its row."""
        holdings = self._holdings
        if holdings.finding.holds(row.sha256, row.paper_id):
            holdings.finding.remove_version(row.sha256, row.paper_id, SLICE)
            return True
        with holdings.store.transaction():
            holdings.versions.set_state(row.sha256, row.paper_id, "wanted")
            if holdings.versions.forget_pages(row.sha256):
                return True
        files, name = holdings.files, row.sealed_sha256
        there = files.path(name).exists() or files.part(name).exists()
        if not there or self._is_shared(row):
            return False
        files.drop(name)
        return True

    def _is_shared(self, row: VersionRecord) -> bool:
        """Whether another pack has the same sealed file and keeps it."""
        others = [other for other in self._holdings.versions.of_file(row.sealed_sha256) if other.pack_id != row.pack_id]
        packs = [self._holdings.packs.get(other.pack_id) for other in others]
        return any(pack is not None and not pack.put_away for pack in packs)

    def _in_slices(self, step: Callable[[], bool]) -> bool:
        """Go on until a step has nothing more to do; False where closing came first."""
        while not self._stopping.is_set():
            if not self._store.do(step).result():
                return True
        return False

    def _weigh(self, packs: list[PackRecord]) -> Weight:
        holdings = self._holdings
        rows = [row for pack in packs for row in holdings.versions.of_pack(pack.id)]
        names = {row.sealed_sha256 for row in rows}
        marks = (holdings.annotations.of_pack, holdings.bookmarks.of_pack)
        notes = sum(len(marked(pack.id)) for pack in packs for marked in marks)
        return Weight(len(packs), len({row.paper_id for row in rows}), notes, holdings.files.size(names))

    def _tell(self, event: Event, body_id: str = "", pack_id: str = "", words: str = "") -> None:
        self._changes.publish(Change(event, body_id, pack_id, words=words, origin=self))
