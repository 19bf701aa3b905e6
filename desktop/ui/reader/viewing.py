"""How the book is looked at: one page, two or all, fitted, zoomed, turned; and what of it is remembered."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desktop.packs.book import Book, BookPage
from desktop.reader.history import Place
from desktop.reader.layout import Fit, Mode, Strip, TextBox
from desktop.reader.looks import fit_of, fitted, mode_of
from desktop.reader.viewport import PagePoint, View, ViewPixel, next_zoom, previous_zoom

_CORNER = ViewPixel(0.0, 0.0)


class BookArea(QAbstractScrollArea):
    """A window on a book's strip. Pages are numbered from 0 in the book; positions are of the viewport.

    Each paper keeps the look it had when it was last read: a jump into it brings that back, scrolling on does not.
    """

    page_changed = Signal(int)
    place_changed = Signal()
    zoom_changed = Signal(float)
    look_changed = Signal()  # mode, fit or turn

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book: Book | None = None
        self._pages: tuple[BookPage, ...] = ()
        self._numbers: dict[tuple[str, int], int] = {}
        self._mode, self._fit = Mode.CONTINUOUS, Fit.WIDTH
        self._looks: dict[str, Place] = {}  # by paper, as it was last read
        self._turns: dict[str, int] = {}  # by paper, quarter turns to the right
        self._laid: tuple[object, Strip] = (None, Strip(()))
        self._view = View(Strip(()), 1, 1)
        self._page = -1
        self._held: PagePoint | None = None  # stays in the top left corner through changes of size
        self._pinned: int | None = None  # the page last gone to, current until something else is scrolled to
        self._told_look: tuple[object, ...] = ()

    # What is shown

    def show_book(self, book: Book, place: Place | None) -> None:
        """Open a book at a place, or at its start."""
        self._looks, self._turns = {}, {}
        if place is not None:
            self._mode, self._fit = mode_of(place), fit_of(place)
            self._turns[place.paper_id] = place.turn
        self._take(book, same=False)
        self._held = self._point_of(place)
        self._page, self._pinned = -1, self._held.page if self._held else None
        size = self.viewport().size()
        view = self._laid_out(size.width(), size.height(), place.zoom if place else 1.0)
        self._show(view.with_topmost(self._held) if self._held else view.on(0).moved(view.left, -1e9))

    def update_book(self, book: Book) -> None:
        """Take in a newer state of the same book (papers have arrived); the reader stays at the same line."""
        place, pinned = self.place(), self._pinned_key()
        self._take(book, same=_identity(book.pages) == _identity(self._pages))
        self._held = self._point_of(place)
        self._pinned = self._numbers.get(pinned) if pinned else None
        self._lay_out_again()

    def use_looks(self, places: Iterable[Place]) -> None:
        """How each paper was looked at when it was last read; what was read since then stands."""
        for place in places:
            if place.paper_id not in self._looks:
                self._looks[place.paper_id] = place
                self._turns.setdefault(place.paper_id, place.turn)
        self._lay_out_again()

    def current_page(self) -> int:
        """The page being read; 0 without a book."""
        return max(0, self._page)

    def place(self) -> Place:
        """What is shown now, to come back to: the page being read, and where it lies."""
        look = Place("", 0, zoom=self._view.zoom, fit=self._fit.value, mode=self._mode.value)
        if not self._pages:
            return look
        number = self._page if 0 <= self._page < len(self._pages) else self._view.main_page()
        page, corner = self._pages[number], self._view.corner(number)
        paper = page.paper.paper_id
        turn = self._turns.get(paper, 0)
        return replace(look, paper_id=paper, page=page.index, x=corner.x, y=corner.y, turn=turn, number=number)

    def remember(self) -> Place:
        """The place, kept as the look of its paper too. Asked for when the reader has come to rest."""
        place = self.place()
        if place.paper_id:
            self._looks[place.paper_id] = place
        return place

    def left_in(self, paper_id: str) -> Place | None:
        """Where a paper was last read, None where it was not."""
        return self._looks.get(paper_id)

    # How it is looked at

    @property
    def book(self) -> Book | None:
        """What is shown."""
        return self._book

    @property
    def view(self) -> View:
        """The window on the book as it is now."""
        return self._view

    @property
    def zoom(self) -> float:
        """1.0 is 72 logical pixels to the inch."""
        return self._view.zoom

    @property
    def fit(self) -> Fit:
        """What the zoom follows; none where the reader chose it."""
        return self._fit

    @property
    def mode(self) -> Mode:
        """How the pages follow each other."""
        return self._mode

    @property
    def turn(self) -> int:
        """How many quarter turns to the right the paper being read is turned."""
        return self._turns.get(self._paper_now(), 0)

    def set_mode(self, mode: Mode) -> None:
        """Show pages so, from the page being read."""
        self._mode = mode
        self._look_anew()

    def fit_width(self) -> None:
        """Fill the window's width, now and when its size changes."""
        self._use_fit(Fit.WIDTH)

    def fit_page(self) -> None:
        """Show whole pages, now and when the window's size changes."""
        self._use_fit(Fit.PAGE)

    def fit_text(self) -> None:
        """Fill the window's width with the text and leave the margins out, now and when the window's size changes."""
        self._use_fit(Fit.TEXT)

    def turn_by(self, quarters: int) -> None:
        """Turn the paper being read by quarter turns to the right."""
        if paper := self._paper_now():
            self._turns[paper] = (self._turns.get(paper, 0) + quarters) % 4
            self._look_anew(from_top=True)

    def set_zoom(self, zoom: float, hold: QPointF | None = None) -> None:
        """Zoom, within 25 to 800 %; what lies under `hold` (the window's middle) stays there."""
        self._stop_fitting(hold)
        self._held = None
        self._show(self._view.zoomed(zoom, _pixel(hold) if hold else None))

    def zoom_by(self, grown: float, hold: QPointF | None = None) -> None:
        """Zoom by a factor."""
        self._stop_fitting(hold)
        self.set_zoom(self.zoom * grown, hold)

    def zoom_in(self) -> None:
        """One step larger."""
        self._stop_fitting(None)
        self.set_zoom(next_zoom(self.zoom))

    def zoom_out(self) -> None:
        """One step smaller."""
        self._stop_fitting(None)
        self.set_zoom(previous_zoom(self.zoom))

    # How it is laid out

    def _text_boxes(self) -> Sequence[TextBox | None]:
        """Where the text of each page stands, as far as that is known."""
        return [None] * len(self._pages)

    def _take(self, book: Book, same: bool) -> None:
        """Lay out a book. same: it has the pages of the one before."""
        self._book, self._pages = book, book.pages
        self._numbers = {_key(page): number for number, page in enumerate(book.pages)}
        self._laid = None, Strip(())
        self._pinned = None

    def _laid_out(self, width: float, height: float, zoom: float) -> View:
        """The book for a window of this size, as it is looked at now; at this zoom where none is followed."""
        strip = self._strip_for(width, height)
        view = View(strip, width, height, zoom, self._view.left, self._view.top)
        return fitted(view, self._fit)

    def _strip_for(self, width: float, height: float) -> Strip:
        turns = tuple(self._turns.get(page.paper.paper_id, 0) for page in self._pages)
        texts = tuple(self._text_boxes()) if self._fit is Fit.TEXT else ()
        whole = (width, height) if self._fit is Fit.PAGE else None
        key = (self._mode, turns, texts, whole)
        if self._laid[0] != key:
            sizes = [(page.width, page.height) for page in self._pages]
            self._laid = key, Strip(sizes, self._mode, turns, texts, whole)
        return self._laid[1]

    def _lay_out_again(self) -> None:
        """After something of the layout changed: the same line stays in the top left corner."""
        if self._held is None and self._pages and len(self._view.strip) == len(self._pages):
            self._held = self._view.corner(self.current_page())
        view = self._laid_out(self._view.width, self._view.height, self._view.zoom)
        self._show(view.with_topmost(self._held) if self._held and self._pages else view.moved(view.left, view.top))

    def _look_anew(self, from_top: bool = False) -> None:
        """After a change of look: the page being read stays; it begins at the top if it is to be seen whole."""
        if not self._pages:
            self._lay_out_again()
            return
        page, corner = self.current_page(), self._view.corner(self.current_page())
        view = self._laid_out(self._view.width, self._view.height, self._view.zoom)
        whole = from_top or self._fit is Fit.PAGE
        self._pinned = page
        self._show(view.showing(page) if whole else view.with_topmost(corner))
        self._held = self._view.corner(page)

    def _use_fit(self, fit: Fit) -> None:
        self._fit = fit
        self._look_anew()

    def _stop_fitting(self, hold: QPointF | None) -> None:
        """From now on the zoom is the reader's; nothing on the screen moves or grows by that."""
        if not self._fit or not self._pages:
            self._fit = Fit.NONE
            return
        at = _pixel(hold) if hold else ViewPixel(self._view.width / 2, self._view.height / 2)
        point, before = self._view.to_page(at), self._view.box(self.current_page()).scale
        self._fit = Fit.NONE
        view = self._laid_out(self._view.width, self._view.height, 1.0)
        zoom = before / view.strip.factors[self.current_page()]
        self._show(replace(view, zoom=zoom).with_point(point, at))

    def _adopt(self, look: Place) -> None:
        """Look at the book as a paper was looked at."""
        self._mode, self._fit = mode_of(look), fit_of(look)
        view = self._laid_out(self._view.width, self._view.height, look.zoom)
        self._show(view.showing(self.current_page()) if self._pages else view)

    def _adopt_for(self, page: int) -> None:
        """On the way into another paper: as that one was looked at."""
        paper = self._pages[page].paper.paper_id
        look = self._looks.get(paper)
        if look is not None and paper != self._paper_now():
            self._adopt(look)

    def _paper_now(self) -> str:
        return self._pages[self._page].paper.paper_id if 0 <= self._page < len(self._pages) else ""

    def _point_of(self, place: Place | None) -> PagePoint | None:
        """A place in this book; where its paper is gone, the page that stands where it stood."""
        if place is None or not self._pages:
            return None
        number = self._numbers.get((place.paper_id, place.page))
        if number is not None:
            return PagePoint(number, place.x, place.y)
        left = [page for paper, page in self._numbers if paper == place.paper_id]
        if left:
            return PagePoint(self._numbers[place.paper_id, min(place.page, max(left))], 0.0, 0.0)
        return PagePoint(min(place.number, len(self._pages) - 1), 0.0, 0.0)

    def _pinned_key(self) -> tuple[str, int] | None:
        return _key(self._pages[self._page]) if self._pinned is not None and self._page >= 0 else None

    def _show(self, view: View) -> None:
        """Every change of the view comes through here."""
        before, self._view = self._view, view
        self._set_bars()
        if view.zoom != before.zoom:
            self.zoom_changed.emit(view.zoom)
        self._tell_page()
        look = (self._mode, self._fit, self.turn)
        if look != self._told_look:
            self._told_look = look
            self.look_changed.emit()
        self.place_changed.emit()
        self.viewport().update()

    def _set_bars(self) -> None:
        """Bring the scroll bars to the view."""

    def _tell_page(self) -> None:
        if not self._pages:
            return
        sight = self._view.pages
        page = self._pinned if self._pinned is not None and self._pinned in sight else self._view.main_page()
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus ring."""
        super().focusOutEvent(event)
        self.viewport().update()


def _pixel(at: QPointF) -> ViewPixel:
    return ViewPixel(at.x(), at.y())


def _key(page: BookPage) -> tuple[str, int]:
    return page.paper.paper_id, page.index


def _identity(pages: Sequence[BookPage]) -> list[tuple[str, int]]:
    return [(page.paper.version, page.index) for page in pages]
