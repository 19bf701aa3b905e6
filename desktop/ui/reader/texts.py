"""The words of the pages near the reader, loaded ahead, so that selecting never waits."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Future

from PySide6.QtCore import QObject, Signal

from desktop.errors import KnownError
from desktop.packs.book import Book, BookPage
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import PageText, Urgency
from desktop.pdf.words import unpack
from desktop.reader.lines import TextPage
from desktop.reader.needs import need_is_here
from desktop.ui.kit.bridge import Bridge

Words = Callable[[str, int], "Future[bytes | None]"]
_KEPT = 24  # pages beyond those asked for

_Key = tuple[str, int]


class Texts(QObject):
    """Words by page of the book: from the store, or from the engine while a paper is not indexed yet."""

    arrived = Signal(int)
    failed = Signal(str)

    def __init__(self, words: Words, pdf: PdfClient, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._words, self._pdf, self._bridge = words, pdf, bridge
        self._pages: tuple[BookPage, ...] = ()
        self._here: OrderedDict[_Key, TextPage] = OrderedDict()
        self._coming: dict[_Key, Future[bytes | None] | Future[list[PageText]]] = {}
        self._missing: set[_Key] = set()

    def use_book(self, book: Book) -> None:
        """Read words of this book from now on."""
        self._pages = book.pages
        self._missing.clear()
        versions = {paper.version for paper in book.papers}
        for key in [key for key in self._here if key[0] not in versions]:
            del self._here[key]

    def get(self, page: int) -> TextPage | None:
        """The words of a page of the book; None while they are not loaded, or cannot be."""
        if not 0 <= page < len(self._pages):
            return None
        return self._here.get(_key(self._pages[page]))

    def want(self, pages: Iterable[int]) -> None:
        """Load the words of these pages, no longer wait for others, and let go of those used longest ago."""
        keep = {_key(self._pages[number]): number for number in pages if 0 <= number < len(self._pages)}
        for key in [key for key, future in self._coming.items() if key not in keep and future.cancel()]:
            del self._coming[key]
        for key, number in keep.items():
            if key in self._here:
                self._here.move_to_end(key)
            elif need_is_here(self._pages[number]) and key not in self._coming and key not in self._missing:
                self._load(key, number)
        self._forget_beyond(keep)

    def lacks(self, pages: Iterable[int]) -> bool:
        """Whether words of any of these pages are still to come, asked for or not."""
        return any(self.get(number) is None and self._may_come(number) for number in pages)

    def _may_come(self, number: int) -> bool:
        return need_is_here(self._pages[number]) and _key(self._pages[number]) not in self._missing

    def _load(self, key: _Key, number: int) -> None:
        def came(packed: bytes | None) -> None:
            if packed is not None:
                self._take(key, number, packed)
            else:
                self._ask_engine(key, number)

        self._coming[key] = future = self._words(*key)
        self._bridge.then(future, came, lambda error: self._give_up(key, error), self)

    def _ask_engine(self, key: _Key, number: int) -> None:
        version, index = key

        def came(texts: list[PageText]) -> None:
            found = [text for text in texts if text.page == index]
            self._take(key, number, found[0].words if found else None)

        self._coming[key] = future = self._pdf.texts(version, index, index, Urgency.NEXT)
        self._bridge.then(future, came, lambda error: self._give_up(key, error), self)

    def _take(self, key: _Key, number: int, packed: bytes | None) -> None:
        self._coming.pop(key, None)
        self._here[key] = TextPage(unpack(packed) if packed else [])
        self.arrived.emit(number)

    def _give_up(self, key: _Key, error: BaseException) -> None:
        self._coming.pop(key, None)
        self._missing.add(key)
        if not isinstance(error, KnownError):
            raise error
        self.failed.emit(str(error))

    def _forget_beyond(self, keep: Collection[_Key]) -> None:
        for key in list(self._here)[: max(0, len(self._here) - len(keep) - _KEPT)]:
            if key not in keep:
                del self._here[key]


def _key(page: BookPage) -> _Key:
    return page.paper.version, page.index
