"""The pictures one view paints with: what it wants goes to the store that all views share."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.packs.book import Book, BookPage, BookPaper
from desktop.pdf.protocol import PageRequest, Tones, Urgency
from desktop.reader.needs import Need
from desktop.ui.reader.picture_store import PageKey, PictureStore


class Pictures(QObject):
    """Everything drawn of the book. Say what is wanted; `arrived` tells which page of the book looks different now."""

    arrived = Signal(int)

    def __init__(self, store: PictureStore, parent: QObject) -> None:
        super().__init__(parent)
        self.store = store
        self.pages: Sequence[BookPage] = ()
        self.papers: Sequence[BookPaper] = ()
        self.wanted: dict[PageRequest, Need] = {}
        self.centre = 0
        self.resting = False
        self._where: dict[PageKey, int] = {}
        store.add(self)
        store.looks_different.connect(self._tell)

    @property
    def bytes(self) -> int:
        """What the pictures of all views take, in bytes."""
        return self.store.bytes

    def use_book(self, book: Book) -> None:
        """Draw pages of this book from now on; pictures of versions it still holds stay."""
        self.pages, self.papers = book.pages, book.papers
        self._where = {(page.paper.version, page.index): number for number, page in enumerate(book.pages)}
        self.wanted = {}
        self.store.books_changed()

    @property
    def tones(self) -> Tones | None:
        """What pages are drawn in: None for as they are."""
        return self.store.tones

    def use_tones(self, tones: Tones | None) -> None:
        """Draw pages dark, or as they are, from now on."""
        self.store.use_tones(tones)

    def want(self, needs: Sequence[Need], centre: int) -> None:
        """This is what the view needs now, most pressing first; what was wanted before and is not now is dropped."""
        self.wanted = {need.request: need for need in needs}
        self.centre, self.resting = centre, False
        self.store.pump()

    def rest(self) -> None:
        """Nobody looks: ask for nothing until something is wanted again."""
        self.wanted, self.resting = {}, True
        self.store.pump()

    @property
    def behind(self) -> bool:
        """Whether anything wanted in sight is still being drawn, small pictures aside."""
        sharp = (need for need in self.wanted.values() if need.urgency <= Urgency.DETAIL and not need.small)
        return any(self.store.is_coming(need.request) for need in sharp)

    def get(self, request: PageRequest) -> QImage | None:
        """Exactly this picture, if it is here."""
        return self.store.get(request)

    def standing(self, page: BookPage) -> QImage | None:
        """The whole page, as wanted or at whatever scale it was last drawn."""
        return self.store.standing(page, self)

    def thumbnail(self, page: BookPage) -> QImage | None:
        """The page's small picture."""
        return self.store.thumbnail(page)

    def trouble(self, page: BookPage) -> str:
        """Why the page cannot be shown, as a sentence; "" if nothing is known against it."""
        return self.store.trouble(page)

    def try_again(self, page: BookPage) -> None:
        """Ask once more for a page that failed, and with it for the others of its paper."""
        self.store.try_again(page.paper.version)

    def close(self) -> None:
        """Ask for nothing more, and let go of everything no other view needs."""
        self.pages, self.papers, self.wanted, self._where = (), (), {}, {}
        self.store.books_changed()

    def leave(self) -> None:
        """The view goes for good."""
        self.close()
        self.store.remove(self)

    def _tell(self, version: str, page: int) -> None:
        number = self._where.get((version, page))
        if number is not None:
            self.arrived.emit(number)
