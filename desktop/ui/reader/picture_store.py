"""All pictures of pages on the screen: each asked of the engine once for all views, and bounded together."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import zip_longest
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.errors import KnownError
from desktop.packs.book import BookPage, BookPaper
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import PageImage, PageRequest, Source, Tones, Urgency
from desktop.reader.cache import ByteCache
from desktop.reader.needs import Need, outward
from desktop.ui.kit.bridge import Bridge
from desktop.ui.reader.thumbnails import Thumbnails

LIMIT = 48_000_000  # bytes of page pictures; what is in sight stays even beyond it
_THUMBNAILS_AT_ONCE = 2

PageKey = tuple[str, int]  # version, page from 0


class Viewer(Protocol):
    """A view that pictures are kept for. wanted: most pressing first. centre: the page being read."""

    pages: Sequence[BookPage]
    papers: Sequence[BookPaper]
    wanted: dict[PageRequest, Need]
    centre: int
    resting: bool


@dataclass(frozen=True, slots=True)
class _Flight:
    future: "Future[PageImage]"
    urgency: Urgency
    small: bool


class PictureStore(QObject):
    """What every view looks in. A view is added, says what it wants in its fields, and calls `pump`."""

    looks_different = Signal(str, int)  # version, page from 0

    def __init__(self, pdf: PdfClient, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pdf, self._bridge = pdf, bridge
        self._viewers: list[Viewer] = []
        self._cache: ByteCache[PageRequest, QImage] = ByteCache(LIMIT, QImage.sizeInBytes)
        self._thumbnails = Thumbnails()
        self._standing: dict[PageKey, list[PageRequest]] = {}
        self._failed: dict[PageKey, str] = {}
        self._failed_pieces: set[PageRequest] = set()
        self._flights: dict[PageRequest, _Flight] = {}
        self._known: set[str] = set()
        self._complete: object = None  # of what the small pictures have all been made
        self.tones: Tones | None = None  # what pages are drawn in: None for as they are

    @property
    def bytes(self) -> int:
        """What all the pictures take, in bytes."""
        return self._cache.bytes + self._thumbnails.bytes

    @property
    def flying(self) -> "list[Future[PageImage]]":
        """What has been asked of the engine and is not here yet."""
        return [flight.future for flight in self._flights.values()]

    def add(self, viewer: Viewer) -> None:
        """Keep pictures for this view too."""
        self._viewers.append(viewer)

    def remove(self, viewer: Viewer) -> None:
        """A view is gone; what only it needed goes with it."""
        if viewer in self._viewers:
            self._viewers.remove(viewer)
            self.books_changed()

    def books_changed(self) -> None:
        """A view shows another book now: papers no view holds are let go of, here and in the engine."""
        papers = {paper.version: paper for viewer in self._viewers for paper in viewer.papers}
        self._drop_stale()
        self._introduce(papers)
        versions = set(papers)
        self._thumbnails.keep_only(versions)
        self._failed = {key: words for key, words in self._failed.items() if key[0] in versions}
        self._standing = {key: requests for key, requests in self._standing.items() if key[0] in versions}
        self._cache.drop_where(lambda request: request.version not in versions)

    def use_tones(self, tones: Tones | None) -> None:
        """Draw pages dark, or as they are, from now on. A light page must not flash up at night, so all are let go."""
        if tones == self.tones:
            return
        self.tones = tones
        for viewer in self._viewers:
            viewer.wanted = {}
        self._drop_stale()
        self._cache.clear()
        self._standing.clear()
        self._thumbnails.use_tones(tones)

    def adopt(self, drawn: PageImage) -> None:
        """Take a picture that was drawn before there was anywhere to show it."""
        if drawn.request.tones == self.tones:
            self._keep(drawn.request, _image(drawn), None)

    def pump(self) -> None:
        """Ask for what is wanted and not here; what was asked for and is wanted no more is dropped."""
        self._drop_stale()
        # Within one urgency the newest request goes first, so the most pressing is asked for last.
        wanted = [need for viewer in self._viewers for need in viewer.wanted.values() if self._is_missing(need)]
        wanted.sort(key=lambda need: need.urgency)
        for need in reversed(wanted):
            if need.request not in self._flights:
                self._ask(need.request, need.urgency, need.small)
        only_thumbnails = all(flight.urgency is Urgency.THUMBNAIL for flight in self._flights.values())
        if only_thumbnails:
            self._ask_for_thumbnails()

    def is_coming(self, request: PageRequest) -> bool:
        """Whether this picture has been asked of the engine and is not here yet."""
        return request in self._flights

    def get(self, request: PageRequest) -> QImage | None:
        """Exactly this picture, if it is here."""
        return self._cache.get(request)

    def standing(self, page: BookPage, viewer: Viewer) -> QImage | None:
        """The whole page as this view wants it, or at whatever scale it was last drawn."""
        requests = self._standing.get((page.paper.version, page.index), [])
        best = next((request for request in requests if request in viewer.wanted), requests[-1] if requests else None)
        return self._cache.get(best) if best else None

    def thumbnail(self, page: BookPage) -> QImage | None:
        """The page's small picture."""
        return self._thumbnails.get(page)

    def trouble(self, page: BookPage) -> str:
        """Why the page cannot be shown, as a sentence; "" if nothing is known against it."""
        return self._failed.get((page.paper.version, page.index), "")

    def try_again(self, version: str) -> None:
        """Ask once more for what failed of a paper."""
        self._failed = {key: words for key, words in self._failed.items() if key[0] != version}
        self._failed_pieces.clear()
        self.pump()

    def _introduce(self, papers: dict[str, BookPaper]) -> None:
        """Tell the engine where the papers are; it opens each when a page of it is drawn."""
        for version in self._known - set(papers):
            self._pdf.close_document(version)
        self._known &= set(papers)
        for version, paper in papers.items():
            if paper.path is not None and version not in self._known:
                self._known.add(version)
                self._pdf.know(Source(version, paper.path, paper.key, paper.title))

    def _wants(self, request: PageRequest) -> Need | None:
        needs = [viewer.wanted[request] for viewer in self._viewers if request in viewer.wanted]
        return min(needs, key=lambda need: need.urgency) if needs else None

    def _is_missing(self, need: Need) -> bool:
        request = need.request
        key = (request.version, request.page)
        if need.small and (self._thumbnails.has(key) or self._standing.get(key)):
            return False
        return (
            (need.small or request not in self._cache)
            and request not in self._flights
            and request not in self._failed_pieces
            and key not in self._failed
        )

    def _ask(self, request: PageRequest, urgency: Urgency, small: bool) -> None:
        future = self._pdf.draw(request, urgency)
        self._flights[request] = _Flight(future, urgency, small)
        # Nothing here may hold the future: with it in a circle, pixels would stay until the collector comes by.
        self._bridge.then(future, self._on_drawn, lambda error: self._on_failed(request, error), self)

    def _ask_for_thumbnails(self) -> None:
        # With every frame of a scroll this is asked again, and looking through hundreds of pages takes as long as one.
        seen = self._thumbnails.losses, tuple((id(one.pages), one.centre, one.resting) for one in self._viewers)
        if seen == self._complete:
            return
        while len(self._flights) < _THUMBNAILS_AT_ONCE:
            page = self._thumbnails.next_missing(self._around(awake=True), tuple(self._flights))
            if page is None:
                self._complete = seen if not self._flights else None
                return
            if self.trouble(page):
                self._thumbnails.give_up(self._thumbnails.request(page))
                continue
            self._ask(self._thumbnails.request(page), Urgency.THUMBNAIL, small=True)

    def _around(self, awake: bool = False) -> Iterator[BookPage]:
        """The pages of all books (of the views somebody looks at), nearest to what is being read first."""
        viewers = [viewer for viewer in self._viewers if not (awake and viewer.resting)]
        orders = [_nearest_first(viewer) for viewer in viewers]
        if len(orders) == 1:
            yield from orders[0]
            return
        told: set[PageKey] = set()
        for row in zip_longest(*orders):
            for page in row:
                if page is not None and (page.paper.version, page.index) not in told:
                    told.add((page.paper.version, page.index))
                    yield page

    def _drop_stale(self) -> None:
        stale = {request for request, flight in self._flights.items() if not self._is_current(request, flight)}
        if stale:
            self._pdf.drop_stale(lambda request: request not in stale)
        for request in [request for request, flight in self._flights.items() if flight.future.cancelled()]:
            del self._flights[request]

    def _is_current(self, request: PageRequest, flight: _Flight) -> bool:
        if flight.urgency is Urgency.THUMBNAIL:
            return request.tones == self.tones and self._is_held(request.version, awake=True)
        need = self._wants(request)
        # A page that was fetched ahead and has come into sight meanwhile is asked for anew, to go first.
        return need is not None and need.urgency >= flight.urgency

    def _is_held(self, version: str, awake: bool = False) -> bool:
        views = (viewer for viewer in self._viewers if not (awake and viewer.resting))
        return any(paper.version == version for viewer in views for paper in viewer.papers)

    def _on_drawn(self, drawn: PageImage) -> None:
        request = drawn.request
        flight = self._flights.pop(request, None)
        if request.tones == self.tones and self._is_held(request.version):
            self._keep(request, _image(drawn), flight)
            self.looks_different.emit(request.version, request.page)
        self.pump()

    def _keep(self, request: PageRequest, image: QImage, flight: _Flight | None) -> None:
        if flight is not None and flight.small:
            self._thumbnails.put(request, image)
            self._thumbnails.make_room(self._around)
            return
        if request.clip is None and not self._stand(request):
            return
        for gone in self._cache.put(request, image, {need for viewer in self._viewers for need in viewer.wanted}):
            key = (gone.version, gone.page)
            if gone in self._standing.get(key, ()):
                self._standing[key].remove(gone)

    def _stand(self, request: PageRequest) -> bool:
        """Let this whole page take the place of those no view wants; False where it is itself not wanted any more."""
        standing = self._standing.setdefault((request.version, request.page), [])
        others = [other for other in standing if other != request]
        if others and self._wants(request) is None:
            return False
        for other in others:
            if self._wants(other) is None:
                standing.remove(other)
                self._cache.drop(other)
        if request not in standing:
            standing.append(request)
        return True

    def _on_failed(self, request: PageRequest, error: BaseException) -> None:
        flight = self._flights.pop(request, None)
        if not isinstance(error, KnownError):
            raise error
        if flight is not None and flight.small:
            self._thumbnails.give_up(request)
        elif request.clip is not None:
            # The page itself is there, if only coarsely: better than a notice in its place.
            self._failed_pieces.add(request)
        elif self._is_held(request.version):
            self._failed[(request.version, request.page)] = str(error)
            self.looks_different.emit(request.version, request.page)
        self.pump()


def _image(drawn: PageImage) -> QImage:
    """It wraps the bytes that came, and keeps them alive: nothing is copied."""
    return QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32)


def _nearest_first(viewer: Viewer) -> Iterator[BookPage]:
    return (viewer.pages[number] for number in outward(viewer.centre, len(viewer.pages)))
