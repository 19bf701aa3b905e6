"""A pack arrives: list, fetch, verify, open, store, index. Each step's state is a row, so a crash only pauses it."""

import threading
import time
import weakref
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import ParamSpec

from db.errors import StoreError
from db.records import PageRecord, VersionRecord
from desktop.changes import Change, Changes, Event
from desktop.errors import KnownError
from desktop.jobs import Lane
from desktop.library.arrivals import Arrivals, Known
from desktop.library.current import current_rows, is_wanted
from desktop.library.expiring import is_over
from desktop.library.holdings import Holdings
from desktop.library.offers import offers_in
from desktop.library.readers import Readers
from desktop.library.repository import Repository
from desktop.library.structuring import own_contents
from desktop.library.traffic import Traffic
from desktop.library.under_way import UnderWay
from desktop.packs.index import kept_pack
from desktop.pdf.protocol import Facts, PageText, Source
from desktop.search.text import keys, normal

PROGRESS_EVERY = 0.1  # seconds between two progress reports of one paper

P = ParamSpec("P")
Sayable = (KnownError, StoreError)


class Intake:
    """Fetches what the repositories offer and makes it readable, then searchable, quietly.

    connect: makes the Repository of a body. Nothing here runs on the caller's thread.
    """

    def __init__(
        self,
        holdings: Holdings,
        store: Lane,
        readers: Readers,
        changes: Changes,
        connect: Callable[[Known], Repository],
    ) -> None:
        self._holdings, self._store, self._readers, self._changes = holdings, store, readers, changes
        self._connect = connect
        self._arrivals = Arrivals(holdings)
        # Some papers are read at a time: while the store keeps the end of one, the worker has the next before it.
        self._net, self._opening, self._reading = Lane("net", 3), Lane("opening"), Lane("reading", 4)
        self._alone = Lane("alone")
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._repositories: weakref.WeakSet[Repository] = weakref.WeakSet()
        self.traffic, self.under_way = Traffic(), UnderWay()
        self._lock = threading.Lock()
        self._stopping = threading.Event()

    def go_on(self) -> None:
        """Go on, after a restart or once there is room again, with what is here but not readable or searchable."""
        self._store.start(self._refill)

    def check(self, body_id: str = "") -> "Future[None]":
        """Ask the repository of one body, or of all, for anything new. The future ends when the asking has."""
        return self._net.do(self._check, body_id)

    def want(self, pack_ids: Iterable[str]) -> None:
        """Have every paper of these packs here: also those that were refused, lost or put away."""
        self.traffic.pause(False)
        self._store.start(self._want, tuple(pack_ids))

    @property
    def is_busy(self) -> bool:
        """Whether any paper is being fetched, opened or read, or waits for its turn."""
        return self.under_way.is_any

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is under way, and all that came can be searched; False when time ran out."""
        return self.under_way.wait_all(seconds)

    def stop(self) -> None:
        """Begin nothing more and wait for no server; what is half done goes on next time. Returns at once."""
        with self._lock:
            self._stopping.set()
            repositories = tuple(self._repositories)
        for repository in repositories:
            repository.hang_up()

    def close(self) -> None:
        """Stop at the next safe point, and wait for it. The workers may be gone by then."""
        self.stop()
        for lane in (self._net, self._opening, self._reading, self._alone):
            lane.close(drop_waiting=True)

    # listing -----------------------------------------------------------------------------------------------------

    def _check(self, body_id: str) -> None:
        self._store.start(self._refill)
        bodies = self._store.do(self._holdings.bodies.all).result()
        for body in bodies:
            if body_id in ("", body.id) and not self._stopping.is_set():
                self._check_body(body.id)

    def _check_body(self, body_id: str) -> None:
        # TUF's own folder and the list of indexes are for one check at a time.
        with self._turn_of(body_id):
            try:
                known = self._store.do(self._arrivals.known, body_id).result()
                if known is not None:
                    self._list(known)
            except Sayable as error:
                self._body_failed(body_id, error)

    def _body_failed(self, body_id: str, error: Exception) -> None:
        """Say it even where the disk is too full to keep it. While stopping it is our own doing."""
        if self._stopping.is_set():
            return
        try:
            self._store.do(self._arrivals.in_trouble, body_id, str(error)).result()
        except StoreError as worse:
            self._tell(Event.STORE_FAILED, body_id=body_id, words=str(worse))
        self._tell(Event.BODY_UNREACHABLE, body_id=body_id, words=str(error))

    def _list(self, known: Known) -> None:
        body_id = known.body.id
        repository = self._connect(known)
        with self._lock:
            self._repositories.add(repository)
        if self._stopping.is_set():
            return
        confirmation = repository.refresh()
        if confirmation.expired:
            raise KnownError(
                f"The repository of {known.body.name} has not been confirmed by its secretary since "
                f"{confirmation.expires:%d %B %Y}.",
                "Everything already on this computer stays readable.",
                "If your computer's date is right, ask the secretary to renew it.",
            )
        self._store.do(self._arrivals.confirm, body_id, confirmation, dict(repository.versions())).result()
        self._tell(Event.BODY_CONFIRMED, body_id=body_id)
        targets = repository.targets()
        offers = offers_in(repository, targets, known.identity, body_id, known.indexes)
        if offers.farewell:
            self._tell(Event.BODY_ENDED, body_id=body_id, words=known.body.name)
            return
        news = self._store.do(self._arrivals.take, body_id, offers.new, offers.names, targets).result()
        for pack in news:
            self._tell(Event.PACK_ARRIVED, body_id=body_id, pack_id=pack.id)
        self._tell(Event.BODY_CHECKED, body_id=body_id)
        self._fetch_missing(repository, body_id)
        self._arrivals.check_still_sent_to(known, offers.names)

    # fetching ----------------------------------------------------------------------------------------------------

    def _fetch_missing(self, repository: Repository, body_id: str) -> None:
        missing = self._store.do(self._unfinished_of, body_id).result()
        if missing:
            self._readers.start()
        for row in missing:
            if self.traffic.allows(row.pack_id) and self.under_way.begin(row):
                begun = self._queue(self._net, self._fetch, repository, row)
                if not begun:
                    self.under_way.end(row)

    def _unfinished_of(self, body_id: str) -> list[VersionRecord]:
        """What has to be fetched: what is wanted, and what was here but whose file is gone from the disk.

        Of the editions in force: what an earlier one still lacked may not be in the repository any more.
        """
        packs = [pack for pack in self._holdings.packs.of_body(body_id) if not pack.put_away]
        rows = [row for pack in packs for row in current_rows(self._holdings, kept_pack(pack.index))]
        return [row for row in rows if self._is_missing(row)]

    def _is_missing(self, row: VersionRecord) -> bool:
        return row.state in ("wanted", "fetching") or (
            row.state in ("stored", "indexed") and not self._holdings.files.path(row.sealed_sha256).exists()
        )

    def _fetch(self, repository: Repository, row: VersionRecord) -> None:
        try:
            # Two papers may be one file: the second finds it here.
            with self._turn_of(row.sealed_sha256), self.traffic.passing(row.pack_id):
                here = not self._stops(row) and self._bring(repository, row)
        except CancelledError:
            here = False
        except Sayable as error:
            self._fetch_failed(row, error)
            return
        if here and row.key:
            self._hand_on(self._opening, self._open, row)
        else:  # without a key it is under embargo: here already, and opened when that comes
            self.under_way.end(row)

    def _bring(self, repository: Repository, row: VersionRecord) -> bool:
        """Have the sealed file here, going on where it stopped; False where it was stopped again."""
        files = self._holdings.files
        if files.path(row.sealed_sha256).exists():
            return True
        self._set(row, "fetching")
        with files.receiving(row.sealed_sha256, row.sealed_length) as part:
            if not repository.fetch(row.target, part, self._progress(row), lambda: self._stops(row)):
                return False
        files.keep(row.sealed_sha256)
        return True

    def _fetch_failed(self, row: VersionRecord, error: Exception) -> None:
        """The paper stays wanted; the .part stays for next time."""
        body_id = self._store.do(self._body_of, row.pack_id).result()
        self._body_failed(body_id, error)
        self.under_way.end(row)

    def _body_of(self, pack_id: str) -> str:
        pack = self._holdings.packs.get(pack_id)
        return pack.body_id if pack else ""

    def _progress(self, row: VersionRecord) -> Callable[[int], None]:
        last = 0.0

        def progressed(done: int) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= PROGRESS_EVERY or done == row.sealed_length:
                last = now
                self._tell(
                    Event.PAPER_PROGRESSED,
                    pack_id=row.pack_id,
                    paper_id=row.paper_id,
                    done=done,
                    total=row.sealed_length,
                )

        return progressed

    # opening -----------------------------------------------------------------------------------------------------

    def _open(self, row: VersionRecord) -> None:
        alone = self._readers.is_moved(row.sha256)
        try:
            facts = self._readers.open(self._source(row))
            if facts.sha256 != row.sha256:
                raise KnownError(
                    "A paper is not the file that the secretary sealed for this pack.",
                    "It was not taken in; the rest of the pack is unharmed.",
                    "Tell the secretary.",
                )
            kept = self._store.do(self._keep_pages, row, facts).result()
        except CancelledError:
            self.under_way.end(row)
            return
        except StoreError as error:
            self._pause(row, error)
            return
        except KnownError as error:
            if not alone and self._readers.move(row.sha256, error):
                self._hand_on(self._alone, self._open, row)
            else:
                self._refuse(row, error)
            return
        if not kept:
            self.under_way.end(row)
            return
        self._tell(Event.PAPER_ARRIVED, pack_id=row.pack_id, paper_id=row.paper_id)
        self._hand_on(self._reading, self._read, row)

    def _source(self, row: VersionRecord) -> Source:
        return Source(row.sha256, Path(self._holdings.files.path(row.sealed_sha256)), row.key)

    def _keep_pages(self, row: VersionRecord, facts: Facts) -> bool:
        """False where the paper was sealed anew or removed meanwhile: what was opened is not what is wanted now."""
        self._check_wanted(row)
        now = self._holdings.versions.get(row.sha256, row.paper_id)
        if now is None or now.sealed_sha256 != row.sealed_sha256:
            return False
        pages = [PageRecord(row.sha256, i, p.width, p.height, p.label) for i, p in enumerate(facts.pages)]
        with self._holdings.store.transaction():
            self._holdings.versions.put_pages(row.sha256, pages)
            self._holdings.versions.set_state(row.sha256, row.paper_id, "stored", done=row.sealed_length, trouble="")
        return True

    # text --------------------------------------------------------------------------------------------------------

    def _read(self, row: VersionRecord) -> None:
        """Text and words of every page. A paper whose text cannot be had stays readable, and says why."""
        alone = self._readers.is_moved(row.sha256)
        try:
            if self._stopping.is_set():
                raise CancelledError
            facts = self._readers.open(self._source(row))
            self._read_pages(row, self._store.do(self._begin_reading, row, facts).result())
        except CancelledError:
            self.under_way.end(row)
        except StoreError as error:
            self._pause(row, error)
        except KnownError as error:
            if not alone and self._readers.move(row.sha256, error):
                self._hand_on(self._alone, self._read, row)
            else:
                self._without_text(row, error)
                self._was_read(row)
        else:
            self._was_read(row)

    def _was_read(self, row: VersionRecord) -> None:
        self._readers.close(row.sha256)
        self._tell(Event.PAPER_INDEXED, pack_id=row.pack_id, paper_id=row.paper_id)
        self.under_way.end(row)

    def _without_text(self, row: VersionRecord, error: KnownError) -> None:
        try:
            with suppress(CancelledError):
                self._set(row, "indexed", trouble=str(error))
        except StoreError as worse:
            self._tell(Event.STORE_FAILED, pack_id=row.pack_id, paper_id=row.paper_id, words=str(worse))

    def _begin_reading(self, row: VersionRecord, facts: Facts) -> list[int]:
        """Pages still to be read. Those that an earlier run, or a paper of the same file, has read are indexed; the
        contents that the file itself names serve until it is understood."""
        self._check_wanted(row)
        versions, own = self._holdings.versions, own_contents(facts)
        read = sorted(versions.pages_with_text(row.sha256))
        texts = [(page, versions.text(row.sha256, page) or "") for page in read]
        with self._holdings.store.transaction():
            if own is not None and self._holdings.structures.get(row.sha256) is None:
                self._holdings.structures.put(own)
            self._holdings.finding.add(row.pack_id, row.paper_id, row.sha256, texts)
        return sorted(set(range(len(versions.pages(row.sha256)))) - set(read))

    def _read_pages(self, row: VersionRecord, pages: list[int]) -> None:
        """With the last of them the paper is indexed."""
        kept: Future[None] = self._store.do(self._keep_texts, row, [], not pages)
        for texts in self._readers.texts(row.sha256, pages):
            if self._stopping.is_set():
                raise CancelledError
            kept.result()
            kept = self._store.do(self._keep_texts, row, texts, texts[-1].page == pages[-1])
        kept.result()

    def _keep_texts(self, row: VersionRecord, texts: list[PageText], are_last: bool) -> None:
        self._check_wanted(row)
        found = [(text.page, text.words, normal(text.text)) for text in texts]
        spelled = {page: keys(text) for page, _, text in found}
        with self._holdings.store.transaction():
            self._holdings.versions.put_texts(row.sha256, found, spelled)
            self._holdings.versions.put_legible(row.sha256, {text.page: text.legible.value for text in texts})
            self._holdings.finding.add(row.pack_id, row.paper_id, row.sha256, [(page, text) for page, _, text in found])
            if are_last:
                self._holdings.versions.set_state(row.sha256, row.paper_id, "indexed")

    # states ------------------------------------------------------------------------------------------------------

    def _refill(self) -> None:
        for row in self._holdings.versions.unfinished():
            here = self._holdings.files.path(row.sealed_sha256).exists() and is_wanted(self._holdings, row)
            if not (here and row.key) or not self.under_way.begin(row):
                continue
            if row.state == "stored":
                self._hand_on(self._reading, self._read, row)
            else:
                self._hand_on(self._opening, self._open, row)

    def _want(self, pack_ids: tuple[str, ...]) -> None:
        known = [pack for pack_id in pack_ids if (pack := self._holdings.packs.get(pack_id)) is not None]
        packs = [pack for pack in known if not is_over(pack, date.today())]
        with self._holdings.store.transaction():
            for pack in packs:
                self._holdings.packs.put_away(pack.id, False)
                for row in self._holdings.versions.of_pack(pack.id):
                    if row.state == "refused":
                        self._holdings.versions.set_state(row.sha256, row.paper_id, "wanted", trouble="")
        for body_id in dict.fromkeys(pack.body_id for pack in packs):
            self._queue(self._net, self._check, body_id)

    def _check_wanted(self, row: VersionRecord) -> None:
        """In the store's lane, before anything of a paper is kept: raises CancelledError where it is being removed."""
        if not is_wanted(self._holdings, row):
            raise CancelledError

    def _stops(self, row: VersionRecord) -> bool:
        """Whether a paper is not to be fetched now."""
        return self._stopping.is_set() or not self.traffic.allows(row.pack_id)

    def _refuse(self, row: VersionRecord, error: KnownError) -> None:
        """Say why. A file that spoilt on this disk goes, so that trying again fetches it anew."""
        if self._stopping.is_set():
            self.under_way.end(row)
            return
        try:
            self._holdings.files.drop_if_spoilt(row.sealed_sha256)
            self._set(row, "refused", trouble=str(error))
        except CancelledError:
            self.under_way.end(row)
            return
        except StoreError as worse:
            self._pause(row, worse)
            return
        self.under_way.end(row)
        self._tell(Event.PAPER_REFUSED, pack_id=row.pack_id, paper_id=row.paper_id, words=str(error))

    def _pause(self, row: VersionRecord, error: StoreError) -> None:
        """The store could not take it, for want of room perhaps: the row stands as it was, for the next check."""
        self.under_way.end(row)
        self._tell(Event.STORE_FAILED, pack_id=row.pack_id, paper_id=row.paper_id, words=str(error))

    def _set(self, row: VersionRecord, state: str, trouble: str | None = None) -> None:
        self._store.do(self._set_in_lane, row, state, trouble).result()

    def _set_in_lane(self, row: VersionRecord, state: str, trouble: str | None) -> None:
        self._check_wanted(row)
        self._holdings.versions.set_state(row.sha256, row.paper_id, state, trouble=trouble)

    def _turn_of(self, name: str) -> threading.Lock:
        """Held by whoever works on a body's repository or brings a file."""
        with self._lock:
            return self._turns[name]

    def _hand_on(self, lane: Lane, step: Callable[[VersionRecord], None], row: VersionRecord) -> None:
        aside = self._readers.is_moved(row.sha256)
        self.under_way.reading(row, aside)
        if not self._queue(self._alone if aside else lane, step, row):
            self.under_way.end(row)

    def _queue(self, lane: Lane, step: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Queue a step unless we are stopping: then it is done next time, from the table."""
        with self._lock:
            if self._stopping.is_set():
                return False
            lane.start(step, *args, **kwargs)
            return True

    def _tell(
        self,
        event: Event,
        body_id: str = "",
        pack_id: str = "",
        paper_id: str = "",
        done: int = 0,
        total: int = 0,
        words: str = "",
    ) -> None:
        self._changes.publish(Change(event, body_id, pack_id, paper_id, done, total, words, origin=self))
