"""Papers are understood once their words can be searched: quietly, one at a time, and by whoever has nothing to do.

Which papers are left is in the tables, not here: what was cut off is found again, and so is what recognisers of an
earlier edition read.
"""

import threading
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from pathlib import Path

from db.errors import StoreError
from db.records import StructureRecord, VersionRecord
from desktop.changes import Change, Changes, Event
from desktop.jobs import Lane
from desktop.library.current import is_wanted
from desktop.library.holdings import Holdings
from desktop.library.readers import Readers
from desktop.library.structuring import EDITION, Structured, nothing_understood, structured
from desktop.library.under_way import UnderWay
from desktop.pdf.errors import PdfError, Unavailable
from desktop.pdf.gathering import without_words
from desktop.pdf.protocol import Facts, PageText, Source

_EVENTS = (Event.PAPER_INDEXED, Event.BODY_CHECKED)  # a paper more; and from time to time, for what failed
_LOOK_UP = 0.5  # seconds between two looks whether we are to stop


@dataclass(frozen=True)
class _Paper:
    """A file to be understood. with_words: the pages that hold any. before: what is known of it."""

    source: Source
    with_words: list[int]
    before: StructureRecord | None


class Understanding:
    """Listens for papers whose words were read. Ends with `close`. Nothing here runs on the caller's thread.

    While the words of one paper are being made sense of, those of the next are read once more: the store keeps no
    styles and rules, which nobody else wants.
    """

    def __init__(
        self, holdings: Holdings, store: Lane, readers: Readers, under_way: UnderWay, changes: Changes
    ) -> None:
        self._holdings, self._store, self._readers, self._changes = holdings, store, readers, changes
        self._under_way = under_way
        self._reading, self._studying = Lane("understanding"), Lane("studying")
        self._lock = threading.Lock()
        self._wanted = self._runs = self._found_any = False
        self._stopping, self._idle = threading.Event(), threading.Event()
        self._idle.set()
        self._forget = changes.listen(self._on_change)

    def go_on(self) -> None:
        """Understand what is not understood, or was by recognisers of an earlier edition."""
        with self._lock:
            if self._stopping.is_set():
                return
            self._wanted = True
            if self._runs:
                return
            self._runs = True
            self._idle.clear()
            self._reading.start(self._run)

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is left that can be understood now; False when time ran out."""
        return self._idle.wait(seconds)

    def stop(self) -> None:
        """Begin nothing more. Returns at once."""
        with self._lock:
            self._stopping.set()

    def close(self) -> None:
        """Stop, and wait for it; the workers may be gone by then. What is left is understood next time."""
        self.stop()
        self._forget()
        self._reading.close(drop_waiting=True)
        self._studying.close(drop_waiting=True)

    def _on_change(self, change: Change) -> None:
        if change.event in _EVENTS:
            self.go_on()

    def _run(self) -> None:
        self._wanted, failed = False, True
        try:
            self._round()
            failed = False
        except CancelledError:
            pass  # being closed
        except StoreError as error:
            self._changes.publish(Change(Event.STORE_FAILED, words=str(error), origin=self))
        except Unavailable:
            pass  # whoever opens a paper is told; the next check tries again
        finally:
            self._run_again_or_end(failed)

    def _run_again_or_end(self, failed: bool) -> None:
        with self._lock:
            self._runs = self._wanted and not failed and not self._stopping.is_set()
            if self._runs:
                self._reading.start(self._run)
                return
        found, self._found_any = self._found_any, False
        if found and not self._stopping.is_set():
            self._changes.publish(Change(Event.ALL_UNDERSTOOD, origin=self))
        with self._lock:
            if not self._runs:
                self._idle.set()

    def _round(self) -> None:
        """Everything that is left, until a newcomer goes before the rest of it."""
        studied: Future[None] | None = None
        try:
            for sha256 in self._store.do(self._holdings.structures.behind, EDITION).result():
                self._give_way()
                if self._wanted:
                    return
                read = self._read(sha256)
                if studied is not None:
                    studied.result()
                studied = self._studying.do(self._study, sha256, *read) if read is not None else None
        finally:
            if studied is not None:
                studied.result()

    def _give_way(self) -> None:
        """Words that can be searched come first."""
        while not self._stopping.is_set():
            if self._under_way.wait_words(_LOOK_UP):
                return
        raise CancelledError

    # one paper

    def _read(self, sha256: str) -> tuple[_Paper, Facts | None, list[PageText]] | None:
        """The paper with its pages, as far as they can be had; None where it is not here or not to be here."""
        paper = self._store.do(self._look_up, sha256).result()
        if paper is None:
            return None
        try:
            return paper, *self._laid_out(paper)
        except Unavailable:
            raise
        except PdfError as error:
            if not self._readers.is_moved(sha256) and self._readers.move(sha256, error):
                return self._read(sha256)
            return paper, None, []
        finally:
            self._readers.close(sha256)

    def _laid_out(self, paper: _Paper) -> tuple[Facts | None, list[PageText]]:
        if not paper.with_words:
            return None, []
        facts = self._readers.open(paper.source)
        pages = [without_words(number) for number in range(len(facts.pages))]
        for texts in self._readers.laid_out(paper.source.version, paper.with_words):
            if self._stopping.is_set():
                raise CancelledError
            for text in texts:
                pages[text.page] = text
        return facts, pages

    def _study(self, sha256: str, paper: _Paper, facts: Facts | None, pages: list[PageText]) -> None:
        if facts is None:
            found = nothing_understood(sha256, paper.before)
        else:
            found = structured(facts, pages, self._readers.scholar)
        for row in self._store.do(self._keep, found).result():
            self._found_any = True
            change = Change(Event.PAPER_UNDERSTOOD, pack_id=row.pack_id, paper_id=row.paper_id, origin=self)
            self._changes.publish(change)

    # in the store's lane

    def _look_up(self, sha256: str) -> _Paper | None:
        rows = self._rows(sha256)
        here = [row for row in rows if self._holdings.files.path(row.sealed_sha256).exists()]
        if not here:
            return None
        source = Source(sha256, Path(self._holdings.files.path(here[0].sealed_sha256)), here[0].key)
        with_words = self._holdings.versions.pages_with_words(sha256)
        return _Paper(source, with_words, self._holdings.structures.get(sha256))

    def _keep(self, found: Structured) -> list[VersionRecord]:
        """The papers that it was kept for; none where they were removed meanwhile."""
        rows = self._rows(found.structure.sha256)
        if rows:
            found.keep(self._holdings)
        return rows

    def _rows(self, sha256: str) -> list[VersionRecord]:
        rows = self._holdings.versions.of_content(sha256)
        return [row for row in rows if row.state == "indexed" and is_wanted(self._holdings, row)]
