"""Pages of a paper made ready for the reading view: words, tables and headings fetched, then put into order."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject

from desktop.jobs import Lane
from desktop.packs.book import BookPage, BookPaper
from desktop.papers.flow import Part, flow
from desktop.papers.outline import Outline
from desktop.papers.tables import drawn_tables
from desktop.pdf.protocol import PageText, Source, Urgency
from desktop.pdf.words import Word, unpack
from desktop.ui.panels.reading_desk import ReadingDesk

_AROUND = 4  # pages on either side that show what runs along the edges of all of them

OutlineOf = Callable[[str], "Future[Outline | None]"]


@dataclass(frozen=True)
class TextOfPage:
    """A page (from 0 in its paper) as running text. read: its words were read already; else it has none yet."""

    page: int
    words: list[Word]
    parts: list[Part]
    read: bool


class TextSource(QObject):
    """Prepares one page after another. What is no longer wanted when it comes is dropped."""

    def __init__(self, desk: ReadingDesk, outline_of: OutlineOf, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._outline_of = desk, outline_of
        self._lane: Lane | None = None
        self._wanted: _Gathering | None = None

    def want(self, paper: BookPaper, page: BookPage, done: Callable[[TextOfPage], None]) -> None:
        """Prepare this page; what was asked for before is dropped."""
        self.drop()
        self._wanted = _Gathering(self._desk, self._outline_of, paper, page, self, lambda it: self._lay(it, done))
        self._wanted.begin()

    @property
    def is_busy(self) -> bool:
        """Whether a page is being prepared."""
        return self._wanted is not None

    def drop(self) -> None:
        """Nothing is wanted any more."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            wanted.drop()

    def close(self) -> None:
        """End its thread."""
        self.drop()
        lane, self._lane = self._lane, None
        if lane is not None:
            lane.close(drop_waiting=True)

    def _lay(self, gathered: "_Gathering", done: Callable[[TextOfPage], None]) -> None:
        self._lane = self._lane or Lane("reflow")
        laid = self._lane.do(gathered.lay)

        def came(text: TextOfPage) -> None:
            if self._wanted is gathered:
                self._wanted = None
                done(text)

        self._desk.bridge.then(laid, came, owner=self)


class _Gathering:
    """Everything one page needs, as it comes in."""

    def __init__(
        self, desk: ReadingDesk, outline_of: OutlineOf, paper: BookPaper, page: BookPage, owner: QObject,
        whole: "Callable[[_Gathering], None]",
    ) -> None:  # fmt: skip
        self._desk, self._paper, self._page, self._owner, self._whole = desk, paper, page, owner, whole
        self._outline_of = outline_of
        self._window = range(max(0, page.index - _AROUND), min(paper.count, page.index + _AROUND + 1))
        self._words: dict[int, list[Word] | None] = {}
        self._drawn: PageText | None = None
        self._outline: Outline | None = None
        self._left = len(self._window) + 2
        self._dropped = False

    def begin(self) -> None:
        """Ask for everything."""
        paper, bridge = self._paper, self._desk.bridge
        for number in self._window:
            asked = self._desk.words(paper.version, number)
            bridge.then(asked, partial(self._take_words, number), owner=self._owner)
        bridge.then(self._outline_of(paper.version), self._take_outline, owner=self._owner)
        assert paper.path is not None, "only a paper that is here has text"
        self._desk.pdf.know(Source(paper.version, paper.path, paper.key, paper.title))
        # Once more from the worker, since what is drawn round tables is not kept with the words.
        drawn = self._desk.pdf.texts(paper.version, self._page.index, self._page.index, Urgency.THUMBNAIL)
        bridge.then(drawn, self._take_drawn, self._nothing_drawn, owner=self._owner)

    def drop(self) -> None:
        """Nobody waits any more."""
        self._dropped = True

    def lay(self) -> TextOfPage:
        """Put the page into order. In any thread: nothing changes any more."""
        words = [self._words[number] or [] for number in self._window]
        here = self._page.index - self._window.start
        headings = [
            heading for heading in (self._outline.entries if self._outline else ()) if heading.page == self._page.index
        ]
        shifted = [replace(heading, page=here) for heading in headings]
        tables = drawn_tables(words[here], self._drawn.rules) if self._drawn is not None else ()
        parts = flow(words, self._page.height, shifted, {here: tables})[here]
        return TextOfPage(self._page.index, words[here], parts, self._words[self._page.index] is not None)

    def _take_words(self, number: int, packed: bytes | None) -> None:
        self._words[number] = unpack(packed) if packed is not None else None
        self._arrived()

    def _take_outline(self, outline: Outline | None) -> None:
        self._outline = outline
        self._arrived()

    def _take_drawn(self, texts: list[PageText]) -> None:
        (self._drawn,) = texts
        self._arrived()

    def _nothing_drawn(self, error: BaseException) -> None:
        """A page whose tables cannot be had is still read, line by line."""
        if not hasattr(error, "what"):
            raise error
        self._arrived()

    def _arrived(self) -> None:
        self._left -= 1
        if not self._left and not self._dropped:
            self._whole(self)
