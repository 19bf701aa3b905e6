"""Where found words stand on the open pack's pages: worked out quietly, a few pages at a time."""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from PySide6.QtCore import QObject

from desktop.annotations.anchor import Quad
from desktop.packs.book import Book
from desktop.pdf.words import unpack
from desktop.search.finder import Hit, quads_of
from desktop.ui.kit.bridge import Bridge

_AT_ONCE = 3

Words = Callable[[str, int], "Future[bytes | None]"]
Lights = dict[int, list[Quad]]


class HitLights(QObject):
    """Turns hits into boxes on book pages, nearest to the reader first, and hands them on as they come."""

    def __init__(self, words: Words, bridge: Bridge, show: Callable[[Lights], None], parent: QObject) -> None:
        super().__init__(parent)
        self._words, self._bridge, self._show = words, bridge, show
        self._waiting: deque[tuple[int, Hit]] = deque()
        self._found: Lights = {}
        self._round = 0
        self.pack_id = ""  # whose pages are lit

    def light(self, book: Book, hits: Sequence[Hit], typed: str, near: int) -> None:
        """Show where `typed` stands on the pages of hits; what was shown before goes."""
        self.clear()
        self.pack_id = book.pack.id
        starts = {(paper.paper_id, paper.version): paper for paper in book.papers}
        pages = []
        for hit in hits:
            paper = starts.get((hit.paper_id, hit.sha256))
            if paper is not None and hit.page < paper.count:
                pages.append((paper.first + hit.page, hit))
        self._waiting.extend(sorted(pages, key=lambda each: abs(each[0] - near)))
        for _ in range(_AT_ONCE):
            self._go_on(self._round, typed)

    def clear(self) -> None:
        """Show nothing."""
        self._round += 1
        self._waiting.clear()
        if self._found:
            self._found = {}
            self._show({})

    def lit(self, pack_id: str) -> Lights:
        """What is lit now on the pages of a pack."""
        return self._found if pack_id == self.pack_id else {}

    def quads_on(self, hit: Hit, typed: str, done: Callable[[list[Quad]], None]) -> None:
        """The boxes of one hit, by themselves."""
        self._bridge.then(
            self._words(hit.sha256, hit.page),
            lambda packed: done(quads_of(typed, hit.page, unpack(packed)) if packed else []),
            owner=self,
        )

    def _go_on(self, this_round: int, typed: str) -> None:
        if this_round != self._round or not self._waiting:
            return
        page, hit = self._waiting.popleft()

        def arrived(quads: list[Quad]) -> None:
            if this_round != self._round:
                return
            if quads:
                self._found = {**self._found, page: quads}
                self._show(self._found)
            self._go_on(this_round, typed)

        self.quads_on(hit, typed, arrived)
