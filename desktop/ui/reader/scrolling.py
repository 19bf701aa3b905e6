"""The strip of pages as something that scrolls, jumps, and remembers where it has been. It draws nothing."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop.annotations.anchor import Quad
from desktop.packs.book import Book
from desktop.reader.history import History, Place
from desktop.reader.viewport import View
from desktop.ui.reader.gliding import EdgePush, Glide
from desktop.ui.reader.viewing import BookArea

_FAR = 3  # pages; a leap of the scroll bar beyond them is a jump that can be taken back
_NOTCH = 0.8  # pixels per eighth of a degree: a click of the wheel is 96


_SQUEEZED = 64  # logical pixels


class StripArea(BookArea):
    """Shows a part of a book's strip, and moves over it."""

    history_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setting_bars = False
        self._history = History()
        self._glide = Glide(self._scroll_to, self)
        self._edge = EdgePush()
        self.verticalScrollBar().sliderPressed.connect(self._on_slider)

    def show_book(self, book: Book, place: Place | None) -> None:
        """Open a book at a place, or at its start."""
        self._glide.stop()
        self._history.clear()
        super().show_book(book, place)
        self.history_changed.emit()

    def go_to(self, page: int, y: float | None = None, flash: Sequence[Quad] = (), remember: bool = True) -> None:
        """Jump to a page, or y points down it, with these strips in sight. remember: back() returns here."""
        if not self._pages:
            return
        page = max(0, min(len(self._pages) - 1, page))
        left = self.place()
        self._glide.stop()
        self._adopt_for(page)
        view = self._view.showing(page, min(quad.y0 for quad in flash) if y is None and flash else y)
        self._jump(_with_strips(view, page, flash), page)
        if remember:
            self._remember_jump(left)

    def go_to_place(self, place: Place) -> None:
        """Jump to a place; back() returns here."""
        left = self.place()
        self._travel(place)
        self._remember_jump(left)

    def back(self) -> None:
        """Return to where the last jump began."""
        self._travel(self._history.back(self.place()))

    def forward(self) -> None:
        """Undo the last step back."""
        self._travel(self._history.forward(self.place()))

    def use_history(self, history: History) -> None:
        """Remember jumps there from now on: what it holds is where back() and forward() lead."""
        self._history = history
        self.history_changed.emit()

    @property
    def can_go_back(self) -> bool:
        """Whether back() leads anywhere."""
        return self._history.can_go_back

    @property
    def can_go_forward(self) -> bool:
        """Whether forward() leads anywhere."""
        return self._history.can_go_forward

    def share_down(self, page: int, y: float) -> float:
        """How far down the whole book, from 0 to 1, a point of a page lies."""
        return self._view.share_down(page, y) if page < len(self._pages) else 0.0

    def scroll_by(self, across: float, down: float) -> None:
        """Scroll by logical pixels, at once."""
        self._glide.stop()
        self._scroll_to(self._view.left + across, self._view.top + down)

    def glide_by(self, across: float, down: float) -> None:
        """Scroll by logical pixels so that the eye can follow; at once where motion is unwelcome."""
        if not self._may_glide():
            self.scroll_by(across, down)
            return
        left, top = self._glide.end if self._glide.running else (self._view.left, self._view.top)
        aim = self._view.moved(left + across, top + down)
        self._glide.to((self._view.left, self._view.top), (aim.left, aim.top))

    def scroll_screens(self, screens: int) -> None:
        """To the next or previous screen: of whole pages where they fit, otherwise keeping a line or two in sight."""
        if not self._pages:
            return
        down = screens > 0
        page = self._view.next_whole(down)
        if page is not None:
            self._scroll_to_page(page)
        elif self._view.single and self._view.at_edge(down):
            self._turn_on(down)
        else:
            step = max(40.0, self._view.height - min(64.0, self._view.height / 8))
            self.glide_by(0, screens * step)

    def turn_page(self, pages: int) -> None:
        """To the top of the next or previous page, or of the two beside each other."""
        if self._pages:
            view = self._view
            self._scroll_to_page(view.page_rows_on(view.strip.row_of[self.current_page()], pages))

    def go_to_page_edge(self, end: bool) -> None:
        """To the top or the foot of the current page."""
        if self._pages and self._view.single:
            self.scroll_by(0, math.inf if end else -math.inf)
        elif self._pages:
            box = self._view.box(self.current_page())
            self.scroll_by(0, box.top + box.height - self._view.height if end else box.top)

    def can_scroll_across(self) -> bool:
        """Whether the pages are wider than the window."""
        return self._view.range_x > 0

    def leap(self, end: bool) -> None:
        """To the start or the end of the book; back() returns."""
        left = self.place()
        self._slide_to(self._view.left, self._view.slide[1] if end else self._view.slide[0])
        self._remember_leap(left)

    def _may_glide(self) -> bool:
        """Whether movement is welcome."""
        return False

    def _jump(self, view: View, page: int) -> None:
        self._pinned = page
        self._show(view)
        self._held = self._view.corner(page)

    def _travel(self, place: Place | None) -> None:
        point = self._point_of(place)
        if point is not None:
            self._glide.stop()
            self._adopt_for(point.page)
            self._jump(self._view.with_topmost(point), point.page)
        self.history_changed.emit()

    def _turn_on(self, down: bool) -> None:
        """Past the foot of a page to the head of the next; past its head, to the foot of the one before."""
        row = self._view.row
        page = self._view.page_rows_on(row, 1 if down else -1)
        if self._view.strip.row_of[page] != row:
            self._jump(self._view.showing(page) if down else self._view.showing_foot(page), page)

    def _scroll_to_page(self, page: int) -> None:
        """By turning pages, and not by jumping: the look stays."""
        if self._pages:
            self._glide.stop()
            self._jump(self._view.showing(page), page)

    def _on_slider(self) -> None:
        left = self.place()
        bar = self.verticalScrollBar()

        def released() -> None:
            bar.sliderReleased.disconnect(released)
            self._remember_leap(left)

        bar.sliderReleased.connect(released)

    def _remember_jump(self, left: Place) -> None:
        self._history.jumped(left, self.place())
        self.history_changed.emit()

    def _remember_leap(self, left: Place) -> None:
        was = self._numbers.get((left.paper_id, left.page))
        if was is not None and abs(was - self.current_page()) > _FAR:
            self._remember_jump(left)

    def _scroll_to(self, left: float, top: float) -> None:
        self._pinned = self._held = None
        self._show(self._view.moved(left, top))

    def _slide_to(self, left: float, top: float) -> None:
        self._glide.stop()
        self._pinned = self._held = None
        self._show(self._view.slid(top).moved(left, top))

    def _set_bars(self) -> None:
        self._setting_bars = True
        view = self._view
        for bar, reach, window, value in (
            (self.horizontalScrollBar(), (0, view.range_x), view.width, view.left),
            (self.verticalScrollBar(), view.slide, view.height, view.top),
        ):
            bar.setRange(*reach)
            bar.setPageStep(max(1, round(window)))
            bar.setSingleStep(40)
            bar.setValue(round(value))
        self._setting_bars = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the same line at the top, and the fit."""
        size = self.viewport().size()
        if min(size.width(), size.height()) < _SQUEEZED and not self.isVisible():
            return  # hidden beside something else: that is no size to fit pages to
        self._glide.stop()
        if not self._pages or not (self._fit or self._held):
            self._show(self._view.resized(size.width(), size.height()))
            return
        if self._held is None:
            self._held = self._view.corner(self.current_page())
        held = self._held
        view = self._laid_out(size.width(), size.height(), self._view.zoom)
        self._show(view.with_topmost(held))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """A scroll bar was moved."""
        if not self._setting_bars:
            self._slide_to(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, zoom about the pointer."""
        # What X11 gives as pixels depends on the driver; its angles can be relied on.
        pixels = QPoint() if QGuiApplication.platformName() == "xcb" else event.pixelDelta()
        notches = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = notches.y() or pixels.y()
            self.zoom_by(1.0012**turned, event.position())
        elif not pixels.isNull():
            self._wheel(-pixels.x(), -pixels.y(), fine=True)
        else:
            across, down = notches.x() * _NOTCH, notches.y() * _NOTCH
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not across:
                across, down = down, 0.0
            self._wheel(-across, -down, fine=False)
        event.accept()

    def _wheel(self, across: float, down: float, fine: bool) -> None:
        if down and self._view.single and self._view.at_edge(down > 0):
            if self._edge.push(down, fine):
                self._glide.stop()
                self._turn_on(down > 0)
        elif fine:
            self.scroll_by(across, down)
        else:
            self.glide_by(across, down)


def _with_strips(view: View, page: int, strips: Sequence[Quad]) -> View:
    """Scrolled across, if need be, so that the strips are in sight."""
    if not strips:
        return view
    box = view.box(page)
    placed = [box.rect(quad.x0, quad.y0, quad.x1, quad.y1) for quad in strips]
    left, right = min(one[0] for one in placed), max(one[0] + one[2] for one in placed)
    if left >= 0 and right <= view.width:
        return view
    return view.moved(view.left + left - 24, view.top)
