"""The strip of pages as something that scrolls, zooms, and remembers where it has been. It draws nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desktop.annotations.anchor import Quad
from desktop.packs.book import Book, BookPage
from desktop.reader.history import History, Place
from desktop.reader.viewport import PagePoint, Strip, View, ViewPixel, next_zoom, previous_zoom

_FAR = 3  # pages; a leap of the scroll bar beyond them is a jump that can be taken back
_NOTCH = 0.8  # pixels per eighth of a degree: a click of the wheel is 96


class StripArea(QAbstractScrollArea):
    """Shows a part of a book's strip. Pages are numbered from 0 in the book; positions are of the viewport."""

    page_changed = Signal(int)
    place_changed = Signal()
    history_changed = Signal()
    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book: Book | None = None
        self._pages: tuple[BookPage, ...] = ()
        self._numbers: dict[tuple[str, int], int] = {}
        self._view = View(Strip(()), 1, 1)
        self._fit = "width"
        self._page = -1
        self._held: PagePoint | None = None  # stays in the top left corner through changes of size
        self._pinned: int | None = None  # the page last gone to, current until something else is scrolled to
        self._setting_bars = False
        self._history = History()
        self.verticalScrollBar().sliderPressed.connect(self._on_slider)

    # What is shown

    def show_book(self, book: Book, place: Place | None) -> None:
        """Open a book at a place, or at its start."""
        self._history.clear()
        self._fit = place.fit if place else "width"
        self._take(book, same=False)
        size = self.viewport().size()
        view = View(self._view.strip, size.width(), size.height(), place.zoom if place else 1.0)
        self._held = self._point_of(place)
        self._page = -1
        view = self._fitted(view)
        self._show(view if self._held else view.moved(view.left, 0))
        self.history_changed.emit()

    def update_book(self, book: Book) -> None:
        """Take in a newer state of the same book (papers have arrived); the reader stays at the same line."""
        place, pinned = self.place(), self._pinned_key()
        self._take(book, same=_identity(book.pages) == _identity(self._pages))
        self._held = self._point_of(place)
        self._pinned = self._numbers.get(pinned) if pinned else None
        self._show(self._fitted(self._view))

    def go_to(self, page: int, y: float | None = None, flash: Sequence[Quad] = (), remember: bool = True) -> None:
        """Jump to a page, or y points down it, with these strips in sight. remember: back() returns here."""
        if not self._pages:
            return
        page = max(0, min(len(self._pages) - 1, page))
        left = self.place()
        view = self._view.showing(page, min(quad.y0 for quad in flash) if y is None and flash else y)
        self._jump(_with_strips(view, page, flash), page)
        if remember:
            self._history.jumped(left, self.place())
            self.history_changed.emit()

    def back(self) -> None:
        """Return to where the last jump began."""
        self._travel(self._history.back(self.place()))

    def forward(self) -> None:
        """Undo the last step back."""
        self._travel(self._history.forward(self.place()))

    @property
    def can_go_back(self) -> bool:
        """Whether back() leads anywhere."""
        return self._history.can_go_back

    @property
    def can_go_forward(self) -> bool:
        """Whether forward() leads anywhere."""
        return self._history.can_go_forward

    def current_page(self) -> int:
        """The page being read; 0 without a book."""
        return max(0, self._page)

    def place(self) -> Place:
        """What is shown now, to come back to."""
        if not self._pages:
            return Place("", 0, zoom=self._view.zoom, fit=self._fit)
        point = self._view.topmost()
        page = self._pages[point.page]
        return Place(page.paper.paper_id, page.index, point.x, point.y, self._view.zoom, self._fit)

    @property
    def zoom(self) -> float:
        """1.0 is 72 logical pixels to the inch."""
        return self._view.zoom

    @property
    def fit(self) -> str:
        """ "width", "page", or "" where the zoom was chosen."""
        return self._fit

    def set_zoom(self, zoom: float, hold: QPointF | None = None) -> None:
        """Zoom, within 25 to 800 %; what lies under `hold` (the window's middle) stays there."""
        self._fit = ""
        self._held = None
        self._show(self._view.zoomed(zoom, ViewPixel(hold.x(), hold.y()) if hold else None))

    def zoom_in(self) -> None:
        """One step larger."""
        self.set_zoom(next_zoom(self.zoom))

    def zoom_out(self) -> None:
        """One step smaller."""
        self.set_zoom(previous_zoom(self.zoom))

    def fit_width(self) -> None:
        """Fill the window's width, now and when its size changes."""
        self._use_fit("width")

    def fit_page(self) -> None:
        """Show whole pages, now and when the window's size changes."""
        self._use_fit("page")

    def scroll_by(self, across: float, down: float) -> None:
        """Scroll by logical pixels."""
        self._scroll_to(self._view.left + across, self._view.top + down)

    def scroll_screens(self, screens: int) -> None:
        """To the next or previous screen: of whole pages where they fit, otherwise keeping a line or two in sight."""
        if not self._pages:
            return
        page = self._view.next_whole(down=screens > 0)
        if page is not None:
            self._scroll_to_page(page)
            return
        step = max(40.0, self._view.height - min(64.0, self._view.height / 8))
        self.scroll_by(0, screens * step)

    def turn_page(self, pages: int) -> None:
        """To the top of the next or previous page."""
        self._scroll_to_page(self.current_page() + pages)

    def go_to_page_edge(self, end: bool) -> None:
        """To the top or the foot of the current page."""
        if self._pages:
            box = self._view.box(self.current_page())
            self.scroll_by(0, box.top + box.height - self._view.height if end else box.top)

    def can_scroll_across(self) -> bool:
        """Whether the pages are wider than the window."""
        return self._view.range_x > 0

    def leap(self, end: bool) -> None:
        """To the start or the end of the book; back() returns."""
        left = self.place()
        self._scroll_to(self._view.left, self._view.range_y if end else 0)
        self._remember_leap(left)

    def _point_of(self, place: Place | None) -> PagePoint | None:
        if place is None:
            return None
        number = self._numbers.get((place.paper_id, place.page))
        if number is None:
            number = next((n for (paper, _), n in self._numbers.items() if paper == place.paper_id), None)
            return None if number is None else PagePoint(number, 0.0, 0.0)
        return PagePoint(number, place.x, place.y)

    def _pinned_key(self) -> tuple[str, int] | None:
        return _key(self._pages[self._page]) if self._pinned is not None and self._page >= 0 else None

    def _fitted(self, view: View) -> View:
        if self._fit:
            view = view.zoomed(view.fit_page() if self._fit == "page" else view.fit_width())
        if self._held is not None and self._pages:
            return view.with_topmost(self._held)
        return view.moved(view.left, view.top)

    def _use_fit(self, fit: str) -> None:
        self._fit = fit
        self._held = self._view.topmost() if self._pages else None
        self._show(self._fitted(self._view))

    def _jump(self, view: View, page: int) -> None:
        self._pinned = page
        self._show(view)
        self._held = self._view.topmost()

    def _travel(self, place: Place | None) -> None:
        point = self._point_of(place)
        if point is not None:
            self._jump(self._view.with_topmost(point), point.page)
        self.history_changed.emit()

    def _scroll_to_page(self, page: int) -> None:
        if self._pages:
            self.go_to(page, remember=False)

    def _on_slider(self) -> None:
        left = self.place()
        bar = self.verticalScrollBar()

        def released() -> None:
            bar.sliderReleased.disconnect(released)
            self._remember_leap(left)

        bar.sliderReleased.connect(released)

    def _remember_leap(self, left: Place) -> None:
        was = self._numbers.get((left.paper_id, left.page))
        if was is not None and abs(was - self.current_page()) > _FAR:
            self._history.jumped(left, self.place())
            self.history_changed.emit()

    def _scroll_to(self, left: float, top: float) -> None:
        self._pinned = self._held = None
        self._show(self._view.moved(left, top))

    def _set_bars(self) -> None:
        self._setting_bars = True
        view = self._view
        for bar, reach, window, value in (
            (self.horizontalScrollBar(), view.range_x, view.width, view.left),
            (self.verticalScrollBar(), view.range_y, view.height, view.top),
        ):
            bar.setRange(0, reach)
            bar.setPageStep(max(1, round(window)))
            bar.setSingleStep(40)
            bar.setValue(max(0, round(value)))
        self._setting_bars = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the same line at the top, and the fit."""
        size = self.viewport().size()
        if self._fit and self._held is None and self._pages:
            self._held = self._view.topmost()
        view = self._view.resized(size.width(), size.height())
        self._show(self._fitted(view) if self._fit or self._held else view)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """A scroll bar was moved."""
        if not self._setting_bars:
            self._scroll_to(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, zoom about the pointer."""
        # What X11 gives as pixels depends on the driver; its angles can be relied on.
        pixels = QPoint() if QGuiApplication.platformName() == "xcb" else event.pixelDelta()
        notches = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = notches.y() or pixels.y()
            self.set_zoom(self.zoom * 1.0012**turned, event.position())
        elif not pixels.isNull():
            self.scroll_by(-pixels.x(), -pixels.y())
        else:
            across, down = notches.x() * _NOTCH, notches.y() * _NOTCH
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not across:
                across, down = down, 0.0
            self.scroll_by(-across, -down)
        event.accept()

    def _take(self, book: Book, same: bool) -> None:
        """Lay out a book. same: it has the pages of the one before."""
        self._book, self._pages = book, book.pages
        self._numbers = {_key(page): number for number, page in enumerate(book.pages)}
        strip = Strip([(page.width, page.height) for page in book.pages])
        view = self._view
        self._view = View(strip, view.width, view.height, view.zoom, view.left, view.top)
        self._pinned = None

    def _show(self, view: View) -> None:
        """Every change of the view comes through here."""
        before, self._view = self._view, view
        self._set_bars()
        if view.zoom != before.zoom:
            self.zoom_changed.emit(view.zoom)
        self._tell_page()
        self.place_changed.emit()
        self.viewport().update()

    def _tell_page(self) -> None:
        if not self._pages:
            return
        sight = self._view.pages
        page = self._pinned if self._pinned is not None and self._pinned in sight else self._view.main_page()
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)


def _key(page: BookPage) -> tuple[str, int]:
    return page.paper.paper_id, page.index


def _identity(pages: Sequence[BookPage]) -> list[tuple[str, int]]:
    return [(page.paper.version, page.index) for page in pages]


def _with_strips(view: View, page: int, strips: Sequence[Quad]) -> View:
    """Scrolled across, if need be, so that the strips are in sight."""
    if not strips:
        return view
    left = view.to_view(PagePoint(page, min(quad.x0 for quad in strips), 0.0)).x
    right = view.to_view(PagePoint(page, max(quad.x1 for quad in strips), 0.0)).x
    if left >= 0 and right <= view.width:
        return view
    return view.moved(view.left + left - 24, view.top)
