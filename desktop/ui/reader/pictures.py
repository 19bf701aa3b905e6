"""The pages' pictures: asked of the engine in good order, kept within bounds, stale wishes dropped."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.errors import KnownError
from desktop.packs.book import Book, BookPage
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import PageImage, PageRequest, Source, Tones, Urgency
from desktop.reader.cache import ByteCache
from desktop.reader.needs import Need
from desktop.ui.kit.bridge import Bridge
from desktop.ui.reader.thumbnails import Thumbnails

LIMIT = 48_000_000  # bytes of page pictures; what is in sight stays even beyond it
_THUMBNAILS_AT_ONCE = 2

_Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Flight:
    future: "Future[PageImage]"
    urgency: Urgency


class Pictures(QObject):
    """Everything drawn of the book. Say what is wanted; `arrived` tells which page of the book looks different now."""

    arrived = Signal(int)

    def __init__(self, pdf: PdfClient, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._pdf, self._bridge = pdf, bridge
        self._cache: ByteCache[PageRequest, QImage] = ByteCache(LIMIT, QImage.sizeInBytes)
        self._thumbnails = Thumbnails()
        self._standing: dict[_Key, PageRequest] = {}
        self._failed: dict[_Key, str] = {}
        self._failed_pieces: set[PageRequest] = set()
        self._flights: dict[PageRequest, _Flight] = {}
        self._wanted: dict[PageRequest, Need] = {}
        self._pages: Sequence[BookPage] = ()
        self._where: dict[_Key, int] = {}
        self._known: set[str] = set()
        self._centre = 0
        self._tones: Tones | None = None
        self._resting = False

    @property
    def bytes(self) -> int:
        """What the pictures take, in bytes."""
        return self._cache.bytes + self._thumbnails.bytes

    def use_book(self, book: Book) -> None:
        """Draw pages of this book from now on; pictures of versions it still holds stay."""
        versions = {paper.version for paper in book.papers}
        self._pages = book.pages
        self._where = {(page.paper.version, page.index): number for number, page in enumerate(book.pages)}
        self._wanted = {}
        self._drop_stale()
        self._introduce(book, versions)
        self._thumbnails.keep_only(versions)
        self._failed = {key: words for key, words in self._failed.items() if key[0] in versions}
        for key, request in list(self._standing.items()):
            if key[0] not in versions:
                self._cache.drop(request)
                del self._standing[key]

    @property
    def tones(self) -> Tones | None:
        """What pages are drawn in: None for as they are."""
        return self._tones

    def use_tones(self, tones: Tones | None) -> None:
        """Draw pages dark, or as they are, from now on. A light page must not flash up at night, so all are let go."""
        if tones == self._tones:
            return
        self._tones = tones
        self._wanted = {}
        self._drop_stale()
        self._cache.clear()
        self._standing.clear()
        self._thumbnails.use_tones(tones)

    def want(self, needs: Sequence[Need], centre: int) -> None:
        """This is what the view needs now, most pressing first; what was wanted before and is not now is dropped."""
        self._wanted = {need.request: need for need in needs}
        self._centre, self._resting = centre, False
        self._pump()

    def rest(self) -> None:
        """Nobody looks: ask for nothing until something is wanted again."""
        self._wanted, self._resting = {}, True
        self._drop_stale()

    def get(self, request: PageRequest) -> QImage | None:
        """Exactly this picture, if it is here."""
        return self._cache.get(request)

    def standing(self, page: BookPage) -> QImage | None:
        """The whole page at whatever scale it was last drawn."""
        request = self._standing.get((page.paper.version, page.index))
        return self._cache.get(request) if request else None

    def thumbnail(self, page: BookPage) -> QImage | None:
        """The page's small picture."""
        return self._thumbnails.get(page)

    def trouble(self, page: BookPage) -> str:
        """Why the page cannot be shown, as a sentence; "" if nothing is known against it."""
        return self._failed.get((page.paper.version, page.index), "")

    def try_again(self, page: BookPage) -> None:
        """Ask once more for a page that failed, and with it for the others of its paper."""
        version = page.paper.version
        self._failed = {key: words for key, words in self._failed.items() if key[0] != version}
        self._failed_pieces.clear()
        self._pump()

    def close(self) -> None:
        """Ask for nothing more, and let go of everything."""
        self._pages, self._where, self._wanted = (), {}, {}
        self._drop_stale()
        self._leave(set())
        self._thumbnails.keep_only(set())
        self._cache.clear()
        self._standing.clear()

    def _introduce(self, book: Book, versions: set[str]) -> None:
        """Tell the engine where the papers are; it opens each when a page of it is drawn."""
        self._leave(versions)
        for paper in book.papers:
            if paper.path is not None and paper.version not in self._known:
                self._known.add(paper.version)
                self._pdf.know(Source(paper.version, paper.path, paper.key, paper.title))

    def _leave(self, versions: set[str]) -> None:
        for version in self._known - versions:
            self._pdf.close_document(version)
        self._known &= versions

    def _pump(self) -> None:
        self._drop_stale()
        # Within one urgency the newest request goes first, so the most pressing is asked for last.
        for need in reversed(list(self._wanted.values())):
            if self._is_missing(need):
                self._ask(need)
        only_thumbnails = all(flight.urgency is Urgency.THUMBNAIL for flight in self._flights.values())
        if only_thumbnails and not self._resting:
            self._ask_for_thumbnails()

    def _is_missing(self, need: Need) -> bool:
        request = need.request
        return (
            request not in self._cache
            and request not in self._flights
            and request not in self._failed_pieces
            and not self.trouble(self._pages[need.page])
        )

    def _ask(self, need: Need) -> None:
        request = need.request
        future = self._pdf.draw(request, need.urgency)
        self._flights[request] = _Flight(future, need.urgency)
        # Nothing here may hold the future: with it in a circle, pixels would stay until the collector comes by.
        self._bridge.then(future, self._on_drawn, lambda error: self._on_failed(request, error), self)

    def _ask_for_thumbnails(self) -> None:
        while len(self._flights) < _THUMBNAILS_AT_ONCE:
            number = self._thumbnails.next_missing(self._pages, self._centre, tuple(self._flights))
            if number is None:
                return
            page = self._pages[number]
            if self.trouble(page):
                self._thumbnails.give_up(self._thumbnails.request(page))
                continue
            self._ask(Need(number, self._thumbnails.request(page), Urgency.THUMBNAIL))

    def _drop_stale(self) -> None:
        stale = {request for request, flight in self._flights.items() if not self._is_current(request, flight)}
        if stale:
            self._pdf.drop_stale(lambda request: request not in stale)
        for request in [request for request, flight in self._flights.items() if flight.future.cancelled()]:
            del self._flights[request]

    def _is_current(self, request: PageRequest, flight: _Flight) -> bool:
        if flight.urgency is Urgency.THUMBNAIL:
            return not self._resting and request.tones == self._tones and (request.version, request.page) in self._where
        need = self._wanted.get(request)
        # A page that was fetched ahead and has come into sight meanwhile is asked for anew, to go first.
        return need is not None and need.urgency >= flight.urgency

    def _on_drawn(self, drawn: PageImage) -> None:
        request = drawn.request
        flight = self._flights.pop(request, None)
        number = self._where.get((request.version, request.page))
        if number is not None and request.tones == self._tones:
            # The picture wraps the bytes that came, and keeps them alive: nothing is copied.
            image = QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32)
            self._keep(request, image, flight)
            self.arrived.emit(number)
        self._pump()

    def _keep(self, request: PageRequest, image: QImage, flight: _Flight | None) -> None:
        if flight is not None and flight.urgency is Urgency.THUMBNAIL:
            self._thumbnails.put(request, image)
            self._thumbnails.make_room(self._pages, self._centre)
            return
        key = (request.version, request.page)
        standing = self._standing.get(key)
        if request.clip is None and standing is not None and standing != request:
            if request not in self._wanted:
                return
            self._cache.drop(standing)
        if request.clip is None:
            self._standing[key] = request
        for gone in self._cache.put(request, image, self._wanted):
            if self._standing.get((gone.version, gone.page)) == gone:
                del self._standing[(gone.version, gone.page)]

    def _on_failed(self, request: PageRequest, error: BaseException) -> None:
        flight = self._flights.pop(request, None)
        if not isinstance(error, KnownError):
            raise error
        if flight is not None and flight.urgency is Urgency.THUMBNAIL:
            self._thumbnails.give_up(request)
        elif request.clip is not None:
            # The page itself is there, if only coarsely: better than a notice in its place.
            self._failed_pieces.add(request)
        elif (number := self._where.get((request.version, request.page))) is not None:
            self._failed[(request.version, request.page)] = str(error)
            self.arrived.emit(number)
        self._pump()
