"""Every place in the open pack where the words stand, as they come in, and which of them the reader is at."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.packs.book import Book
from desktop.search.finder import Finder, PageKey, Sought
from desktop.search.occurrences import Occurrence
from desktop.ui.kit.bridge import Bridge

_FIRST, _THEN = 6, 60  # pages asked for at once: few, so that the first finds come at once, then many


@dataclass(frozen=True)
class Find:
    """One place; page: of the book, from 0."""

    page: int
    place: Occurrence

    @property
    def at(self) -> tuple[int, float]:
        """Page of the book and points down it, for ordering."""
        return self.page, self.place.top


class Finds(QObject):
    """Looks through a book, nearest to the reader first, and keeps the finds in the order of the pages."""

    changed = Signal()  # more finds, or another one is the one now
    ended = Signal()  # all of them are here

    def __init__(self, finder: Finder, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._finder, self._bridge = finder, bridge
        self._asked: Future[Any] | None = None
        self.pack_id = ""  # of the pack looked through
        self.all: list[Find] = []
        self.now = -1  # the place in `all` the reader is at; -1 before the first step
        self.together = True
        self.done = True

    def look(self, typed: str, book: Book, paper_id: str, near: int, apart: bool = False) -> None:
        """Look for what was typed in the whole book ("") or in one paper of it, from the page in sight (near) on.

        apart: several words need not stand together.
        """
        self._stop()
        self.done = False
        if self.pack_id != book.pack.id:
            self.all, self.now, self.pack_id = [], -1, book.pack.id
        asked = self._finder.seek(typed, book.pack.id, apart)
        self._wait(asked, lambda sought: self._begin(sought, book, paper_id, near))

    def clear(self) -> None:
        """Nothing is looked for."""
        self._stop()
        self.done = True
        if self.all:
            self.all, self.now = [], -1
            self.changed.emit()

    def step(self, forward: bool, here: int) -> Find | None:
        """On to the next or previous find, round the ends; from the page in sight (here) if the reader has left it."""
        if not self.all:
            return None
        now = self.all[self.now] if self.now >= 0 else None
        if now is None or now.page != here:
            start = bisect_left(self.all, (here, -1.0), key=lambda find: find.at)
            self.now = start if forward else start - 1
        else:
            self.now += 1 if forward else -1
        return self.put(self.now % len(self.all))

    def put(self, number: int) -> Find:
        """Make this find (from 0) the one now."""
        self.now = number
        self.changed.emit()
        return self.all[number]

    def pages(self) -> int:
        """On how many pages of the book there are finds."""
        return len({find.page for find in self.all})

    def _begin(self, sought: Sought, book: Book, paper_id: str, near: int) -> None:
        """What was found before stays in sight until now, so that nothing flickers while one types."""
        self.all, self.now, self.together = [], -1, sought.together
        firsts = {(paper.paper_id, paper.version): paper for paper in book.papers}
        pages: dict[int, PageKey] = {}
        for key in sought.pages:
            paper = firsts.get(key[:2])
            if paper is not None and key[2] < paper.count and paper_id in ("", paper.paper_id):
                pages[paper.first + key[2]] = key
        count = max(1, len(book.pages))
        order = sorted(pages, key=lambda page: (page - near) % count)
        self._go_on(sought, pages, _parts(order))

    def _go_on(self, sought: Sought, pages: dict[int, PageKey], parts: Iterator[Sequence[int]]) -> None:
        part = next(parts, None)
        if part is None:
            self.done = True
            self.changed.emit()
            self.ended.emit()
            return
        numbers = {pages[number]: number for number in part}

        def arrived(places: list[Occurrence]) -> None:
            first = not self.all
            found = [Find(numbers[place.paper_id, place.sha256, place.page], place) for place in places]
            self.all = sorted([*self.all, *found], key=lambda find: find.page)
            if first:
                self.changed.emit()
            self._go_on(sought, pages, parts)

        self._wait(self._finder.places(sought.query, list(numbers)), arrived)

    def _wait(self, asked: "Future[Any]", done: Any) -> None:
        self._asked = asked
        self._bridge.then(asked, lambda result: done(result) if asked is self._asked else None, owner=self)

    def _stop(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
        self._asked = None


def _parts(order: Sequence[int]) -> Iterator[Sequence[int]]:
    if order:
        yield order[:_FIRST]
    for start in range(_FIRST, len(order), _THEN):
        yield order[start : start + _THEN]
