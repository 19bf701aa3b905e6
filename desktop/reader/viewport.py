"""The window that looks at the strip, and how points of pages come to lie in it. Pure numbers, no screen.

Three spaces, one type each: points on a page, units of the whole strip (points at zoom 1), pixels of the window. What
is turned is turned here, in `PageBox`, and nowhere else.
"""

import math
from dataclasses import dataclass, replace

from desktop.reader.layout import GAP, LEAST_ZOOM, MOST_ZOOM, Fit, Mode, Strip

__all__ = [
    "GAP",
    "LEAST_ZOOM",
    "MOST_ZOOM",
    "BookPoint",
    "Fit",
    "Mode",
    "PageBox",
    "PagePoint",
    "Strip",
    "View",
    "ViewPixel",
    "next_zoom",
    "previous_zoom",
]

STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)


@dataclass(frozen=True, slots=True)
class PagePoint:
    """A point on a page of the book (from 0), in the page's own points from its top left, however it is turned."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class BookPoint:
    """A point on the strip, in its units: points of a full-size page at zoom 1."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class ViewPixel:
    """A logical pixel of the window, from its top left."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PageBox:
    """Where a page lies in the window, in logical pixels; scale: pixels per point of this page.

    turn: quarter turns to the right. shown: left edge and width of what is not cropped.
    """

    page: int
    left: float
    top: float
    width: float
    height: float
    scale: float
    turn: int = 0
    shown: tuple[float, float] = (0.0, 0.0)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The pixel of a point of the page."""
        x, y = x * self.scale, y * self.scale
        if self.turn == 1:
            x, y = self.width - y, x
        elif self.turn == 2:
            x, y = self.width - x, self.height - y
        elif self.turn == 3:
            x, y = y, self.height - x
        return self.left + x, self.top + y

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The point of the page under a pixel; outside the page when the pixel is."""
        x, y = x - self.left, y - self.top
        if self.turn == 1:
            x, y = y, self.width - x
        elif self.turn == 2:
            x, y = self.width - x, self.height - y
        elif self.turn == 3:
            x, y = self.height - y, x
        return x / self.scale, y / self.scale

    def rect(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Left, top, width and height in the window of a box on the page."""
        one, other = self.at(x0, y0), self.at(x1, y1)
        left, top = min(one[0], other[0]), min(one[1], other[1])
        return left, top, abs(one[0] - other[0]), abs(one[1] - other[1])

    def contains(self, pixel: ViewPixel) -> bool:
        """Whether a pixel lies on what is shown of the page."""
        left, width = self.shown
        return left <= pixel.x < left + width and self.top <= pixel.y < self.top + self.height


@dataclass(frozen=True, slots=True)
class View:
    """A window on the strip, in logical pixels; left, top: how far it is scrolled, at this zoom.

    row: the one row that is shown where pages are shown one at a time.
    """

    strip: Strip
    width: float
    height: float
    zoom: float = 1.0
    left: float = 0.0
    top: float = 0.0
    row: int = 0

    @property
    def single(self) -> bool:
        """Whether one row is shown at a time."""
        return self.strip.mode is Mode.SINGLE and bool(self.strip.rows)

    def moved(self, left: float, top: float) -> "View":
        """Scrolled there or as near as possible, to whole pixels; what is smaller than the window is centred."""
        across = self.strip.width * self.zoom - self.width
        return replace(self, left=_within(left, 0.0, across), top=_within(top, *self._reach(self.row)))

    def on(self, page: int) -> "View":
        """With the row of this page shown, where rows are shown one at a time."""
        return replace(self, row=self.strip.row_of[page]) if self.single else self

    def slid(self, top: float) -> "View":
        """Scrolled by the scroll bar, which goes over all rows even where one is shown at a time."""
        if not self.single:
            return self.moved(self.left, top)
        row = self.strip.row_at((top + self.height / 2) / self.zoom)
        return replace(self, row=row).moved(self.left, top)

    def zoomed(self, zoom: float, hold: ViewPixel | None = None) -> "View":
        """At another zoom (kept within 25 to 800 %), with what lies under `hold` (the centre) staying where it is."""
        zoom = max(LEAST_ZOOM, min(MOST_ZOOM, zoom))
        hold = hold or ViewPixel(self.width / 2, self.height / 2)
        grown = zoom / self.zoom
        left, top = (self.left + hold.x) * grown - hold.x, (self.top + hold.y) * grown - hold.y
        return replace(self, zoom=zoom).moved(left, top)

    def resized(self, width: float, height: float) -> "View":
        """In a window of another size: the same line stays at the top, the same column in the middle."""
        left = self.left + (self.width - width) / 2
        return replace(self, width=width, height=height).moved(left, self.top)

    @property
    def range_x(self) -> int:
        """How far it can be scrolled across."""
        return max(0, math.ceil(self.strip.width * self.zoom - self.width - 0.5))

    @property
    def range_y(self) -> int:
        """How far the whole strip can be scrolled down."""
        return max(0, math.ceil(self.strip.height * self.zoom - self.height - 0.5))

    @property
    def slide(self) -> tuple[int, int]:
        """The least and the greatest `top`."""
        if not self.single:
            return 0, self.range_y
        least, most = self._reach(0), self._reach(len(self.strip.rows) - 1)
        return round(_within(-math.inf, *least)), round(_within(math.inf, *most))

    def at_edge(self, down: bool) -> bool:
        """Whether the one row shown is at its foot, or its head."""
        return _within(math.inf if down else -math.inf, *self._reach(self.row)) == self.top

    @property
    def pages(self) -> range:
        """The pages in sight."""
        if self.single:
            return self.strip.rows[self.row]
        return self.strip.pages_between(self.top / self.zoom, (self.top + self.height - 1) / self.zoom)

    def box(self, page: int) -> PageBox:
        """Where a page lies in the window, in sight or not."""
        strip, zoom = self.strip, self.zoom
        left = strip.lefts[page] * zoom - self.left
        return PageBox(
            page,
            left - strip.insets[page] * zoom,
            strip.tops[page] * zoom - self.top,
            strip.page_widths[page] * zoom,
            strip.heights[page] * zoom,
            strip.factors[page] * zoom,
            strip.turns[page] % 4,
            (left, strip.widths[page] * zoom),
        )

    def share_down(self, page: int, y: float) -> float:
        """How far down the whole strip, from 0 to 1, a point of a page lies."""
        length = self.strip.height * self.zoom
        return max(0.0, min(1.0, (self.box(page).at(0.0, y)[1] + self.top) / length)) if length else 0.0

    def share(self, page: int) -> float:
        """How much of a page's height is in sight, from 0 to 1; a page that fills the window counts as 1."""
        box = self.box(page)
        seen = min(box.top + box.height, self.height) - max(box.top, 0.0)
        return max(0.0, min(1.0, seen / max(1.0, min(box.height, self.height))))

    def to_book(self, pixel: ViewPixel) -> BookPoint:
        """The point of the strip under a pixel."""
        return BookPoint((pixel.x + self.left) / self.zoom, (pixel.y + self.top) / self.zoom)

    def to_page(self, pixel: ViewPixel) -> PagePoint:
        """The point of the nearest page; outside its box when the pixel is. The book must not be empty."""
        point = self.to_book(pixel)
        page = self.strip.rows[self.row].start if self.single else self.strip.nearest_page(point.y, point.x)
        return self.on_page(page, pixel)

    def on_page(self, page: int, pixel: ViewPixel) -> PagePoint:
        """The same for one page, however far it is."""
        return PagePoint(page, *self.box(page).point(pixel.x, pixel.y))

    def to_view(self, point: PagePoint) -> ViewPixel:
        """The pixel on which a page's point lies."""
        return ViewPixel(*self.box(point.page).at(point.x, point.y))

    def page_under(self, pixel: ViewPixel) -> int | None:
        """The page a pixel lies on; None in the gaps and beside the pages."""
        if not len(self.strip):
            return None
        page = self.to_page(pixel).page
        return page if self.box(page).contains(pixel) else None

    def topmost(self) -> PagePoint:
        """The point at the window's top left corner, of the page there."""
        return self.to_page(ViewPixel(0.0, 0.0))

    def corner(self, page: int) -> PagePoint:
        """The point of this page at the window's top left corner, on it or not: what a place remembers."""
        return self.on_page(page, ViewPixel(0.0, 0.0))

    def with_topmost(self, point: PagePoint) -> "View":
        """Scrolled so that this point lies in the top left corner."""
        return self.with_point(point, ViewPixel(0.0, 0.0))

    def with_point(self, point: PagePoint, at: ViewPixel) -> "View":
        """Scrolled so that this point lies there."""
        view = self.on(point.page)
        pixel = view.to_view(point)
        return view.moved(view.left + pixel.x - at.x, view.top + pixel.y - at.y)

    def showing(self, page: int, y: float | None = None) -> "View":
        """A page from its top; or the line at y points of it, with a quarter of the window before it."""
        view = self.on(page)
        box = view.box(page)
        top = view.top + box.top - GAP / 2 * view.zoom
        if y is None:
            return view.moved(view.left, top)
        x_of_line, y_of_line = box.at(0.0, y)
        if box.turn % 2:
            return view.moved(view.left + x_of_line - view.width / 4, top)
        return view.moved(view.left, view.top + y_of_line - view.height / 4)

    def showing_foot(self, page: int) -> "View":
        """A page down to its end."""
        view = self.on(page)
        box = view.box(page)
        return view.moved(view.left, view.top + box.top + box.height - view.height + GAP / 2 * view.zoom)

    def main_page(self) -> int:
        """The page being read: the one at a third of the window, nearing its edges at the book's two ends."""
        if not len(self.strip):
            return 0
        if self.single:
            return self.strip.rows[self.row].start
        reach = self.range_y
        line = self.height / 3
        if reach:
            line = min(line, self.top)
            line = max(line, self.height - 1 - (reach - self.top))
        return self.strip.rows[self.strip.nearest_row((self.top + line) / self.zoom)].start

    def next_whole(self, down: bool) -> int | None:
        """The page a screen on or back, where pages are seen whole; None where they are larger than the window."""
        rows = [row for row in dict.fromkeys(self.strip.row_of[page] for page in self.pages) if self._is_whole(row)]
        if not rows:
            return None
        return self.page_rows_on(rows[0], len(rows) if down else -len(rows))

    def page_rows_on(self, row: int, rows: int) -> int:
        """The first page so many rows on or back, within the book."""
        return self.strip.rows[max(0, min(len(self.strip.rows) - 1, row + rows))].start

    def _is_whole(self, row: int) -> bool:
        top = self.strip.row_tops[row] * self.zoom - self.top
        return top >= -1 and top + self.strip.row_heights[row] * self.zoom <= self.height + 1

    def fit_width(self) -> float:
        """The zoom at which the column fills the window's width."""
        return self.strip.fit_width(self.width)

    def fit_page(self) -> float:
        """The zoom at which a typical page of the book is seen whole."""
        return self.strip.fit_page(self.width, self.height)

    def _reach(self, row: int) -> tuple[float, float]:
        """The least and the greatest `top`; the greatest is the lesser where all fits into the window."""
        strip, zoom = self.strip, self.zoom
        if not self.single:
            return 0.0, strip.height * zoom - self.height
        top = strip.row_tops[row]
        return (top - GAP / 2) * zoom, (top + strip.row_heights[row] + GAP / 2) * zoom - self.height


def next_zoom(zoom: float) -> float:
    """The next greater step."""
    return next((step for step in STEPS if step > zoom * 1.01), MOST_ZOOM)


def previous_zoom(zoom: float) -> float:
    """The next smaller step."""
    return next((step for step in reversed(STEPS) if step < zoom / 1.01), LEAST_ZOOM)


def _within(wished: float, least: float, most: float) -> float:
    if most - least <= 0.5:
        return float(round((least + most) / 2)) if most < least else float(round(least))
    return float(max(math.floor(least + 0.5), min(math.ceil(most - 0.5), round(max(least, min(most, wished))))))
