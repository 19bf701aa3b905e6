"""Finds where papers have their text, a few pages of each, when the text is to fill the window."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.errors import KnownError
from desktop.packs.book import Book, BookPage, BookPaper
from desktop.pdf.words import Word, unpack
from desktop.reader.columns import TextColumns, samples
from desktop.reader.layout import TextBox
from desktop.ui.kit.bridge import Bridge
from desktop.ui.reader.texts import Words

_TOGETHER = 40  # milliseconds in which what is learnt is told of once


class ColumnFinder(QObject):
    """`changed` when boxes have grown: pages are then to be laid out anew."""

    changed = Signal()

    def __init__(self, words: Words, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._words, self._bridge = words, bridge
        self._columns = TextColumns()
        self._asked: set[str] = set()
        self._learnt: set[tuple[str, int]] = set()
        self._book: Book | None = None
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(_TOGETHER)
        self._telling.timeout.connect(self.changed)

    def use_book(self, book: Book) -> None:
        """Look into this book from now on."""
        self._book = book
        versions = {paper.version for paper in book.papers}
        self._columns.keep_only(versions)
        self._asked &= versions
        self._learnt = {key for key in self._learnt if key[0] in versions}

    def boxes(self) -> list[TextBox | None]:
        """Of every page of the book, as far as that is known."""
        return [self._columns.box(page) for page in self._book.pages] if self._book else []

    def look_into(self, papers: Iterable[BookPaper]) -> None:
        """Learn of these papers, unless that has been done."""
        for paper in papers:
            if paper.version not in self._asked and paper.path is not None and not paper.trouble:
                self._asked.add(paper.version)
                for index in samples(paper):
                    self._ask(paper, index)

    def learn(self, page: BookPage, words: Iterable[Word]) -> None:
        """The words of a page are here in any case."""
        key = page.paper.version, page.index
        if key in self._learnt:
            return
        self._learnt.add(key)
        if self._columns.learn(page, list(words)) and not self._telling.isActive():
            self._telling.start()

    def stop(self) -> None:
        """Tell of nothing while nobody looks."""
        self._telling.stop()

    def _ask(self, paper: BookPaper, index: int) -> None:
        def came(packed: bytes | None) -> None:
            page = self._page(paper.version, index)
            if packed is not None and page is not None:
                self.learn(page, unpack(packed))

        self._bridge.then(self._words(paper.version, index), came, _leave, self)

    def _page(self, version: str, index: int) -> BookPage | None:
        papers = self._book.papers if self._book else ()
        paper = next((paper for paper in papers if paper.version == version and index < paper.count), None)
        return self._book.pages[paper.first + index] if self._book and paper else None


def _leave(error: BaseException) -> None:
    """A page whose words cannot be read sets no column; whoever selects on it is told."""
    if not isinstance(error, KnownError):
        raise error
