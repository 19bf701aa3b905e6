"""Geometry of the book: all pages on one strip, and the window that looks at it. Pure numbers, no screen.

Three spaces, one type each: points on a page, units of the whole strip (points at zoom 1), pixels of the window.
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.packs.book import A4

GAP = 14.0  # between pages, and around the strip
LEAST_ZOOM, MOST_ZOOM = 0.25, 8.0
STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
_LONGEST = 20_000.0  # points a page may measure; what is longer is a fault of the file, and only scaled down


@dataclass(frozen=True, slots=True)
class PagePoint:
    """A point on a page of the book (from 0), in the page's own points from its top left."""

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
    """Where a page lies in the window, in logical pixels; scale: pixels per point of this page."""

    page: int
    left: float
    top: float
    width: float
    height: float
    scale: float


class Strip:
    """All pages laid out in one column. A page wider than the column is shown smaller, so that it shrinks no other."""

    def __init__(self, sizes: Sequence[tuple[float, float]]) -> None:
        clean = [_clean(width, height) for width, height in sizes]
        self.column = _column(clean)
        self.factors = [min(1.0, self.column / width) for width, _ in clean]
        self.widths = [width * factor for (width, _), factor in zip(clean, self.factors, strict=True)]
        self.heights = [height * factor for (_, height), factor in zip(clean, self.factors, strict=True)]
        self.tops: list[float] = []
        top = GAP
        for height in self.heights:
            self.tops.append(top)
            top += height + GAP
        self.width = self.column + 2 * GAP
        self.height = top if self.tops else 0.0
        self.typical_height = _most_common(self.heights) if self.heights else A4[1]

    def __len__(self) -> int:
        return len(self.tops)

    def page_at(self, y: float) -> int:
        """The page at that height of the strip; in a gap, the page above it. 0 for an empty book."""
        return max(0, bisect_right(self.tops, y) - 1)

    def nearest_page(self, y: float) -> int:
        """The page at that height; in a gap, the nearer one."""
        page = self.page_at(y)
        below_page = y - (self.tops[page] + self.heights[page]) if self.tops else 0.0
        return page + 1 if below_page > GAP / 2 and page + 1 < len(self) else page

    def pages_between(self, top: float, bottom: float) -> range:
        """The pages that show between two heights."""
        if not self.tops or bottom < top:
            return range(0)
        first = self.page_at(top)
        if self.tops[first] + self.heights[first] < top:
            first += 1
        return range(first, self.page_at(bottom) + 1 if bottom >= self.tops[0] else first)

    def left(self, page: int) -> float:
        """Where a page begins across the strip: pages stand centred."""
        return (self.width - self.widths[page]) / 2


@dataclass(frozen=True, slots=True)
class View:
    """A window on the strip, in logical pixels; left, top: how far it is scrolled, at this zoom."""

    strip: Strip
    width: float
    height: float
    zoom: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def moved(self, left: float, top: float) -> "View":
        """Scrolled there or as near as possible, to whole pixels; a strip smaller than the window is centred."""
        left = _within(left, self.range_x, self.width - self.strip.width * self.zoom)
        top = _within(top, self.range_y, self.height - self.strip.height * self.zoom)
        return replace(self, left=left, top=top)

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
        """How far it can be scrolled down."""
        return max(0, math.ceil(self.strip.height * self.zoom - self.height - 0.5))

    @property
    def pages(self) -> range:
        """The pages in sight."""
        return self.strip.pages_between(self.top / self.zoom, (self.top + self.height - 1) / self.zoom)

    def box(self, page: int) -> PageBox:
        """Where a page lies in the window, in sight or not."""
        strip, zoom = self.strip, self.zoom
        return PageBox(
            page,
            strip.left(page) * zoom - self.left,
            strip.tops[page] * zoom - self.top,
            strip.widths[page] * zoom,
            strip.heights[page] * zoom,
            strip.factors[page] * zoom,
        )

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
        page = self.strip.nearest_page(point.y)
        factor = self.strip.factors[page]
        x, y = point.x - self.strip.left(page), point.y - self.strip.tops[page]
        return PagePoint(page, x / factor, y / factor)

    def to_view(self, point: PagePoint) -> ViewPixel:
        """The pixel on which a page's point lies."""
        box = self.box(point.page)
        return ViewPixel(box.left + point.x * box.scale, box.top + point.y * box.scale)

    def page_under(self, pixel: ViewPixel) -> int | None:
        """The page a pixel lies on; None in the gaps and beside the pages."""
        if not len(self.strip):
            return None
        box = self.box(self.to_page(pixel).page)
        inside = box.left <= pixel.x < box.left + box.width and box.top <= pixel.y < box.top + box.height
        return box.page if inside else None

    def topmost(self) -> PagePoint:
        """The page's point at the window's top left corner: what a place remembers."""
        return self.to_page(ViewPixel(0.0, 0.0))

    def with_topmost(self, point: PagePoint) -> "View":
        """Scrolled so that this point lies in the top left corner."""
        pixel = self.to_view(point)
        return self.moved(self.left + pixel.x, self.top + pixel.y)

    def showing(self, page: int, y: float | None = None) -> "View":
        """A page from its top; or the line at y points of it, with a quarter of the window above for its context."""
        box = self.box(page)
        above = GAP / 2 * self.zoom if y is None else self.height / 4
        return self.moved(self.left, self.top + box.top + (y or 0.0) * box.scale - above)

    def main_page(self) -> int:
        """The page being read: the one at a third of the window, nearing its edges at the book's two ends."""
        if not len(self.strip):
            return 0
        reach = self.range_y
        line = self.height / 3
        if reach:
            line = min(line, self.top)
            line = max(line, self.height - 1 - (reach - self.top))
        return self.strip.nearest_page((self.top + line) / self.zoom)

    def next_whole(self, down: bool) -> int | None:
        """The page a screen on or back, where pages are seen whole; None where they are larger than the window."""
        whole = [page for page in self.pages if self._is_whole(page)]
        if not whole:
            return None
        return max(0, min(len(self.strip) - 1, whole[0] + (len(whole) if down else -len(whole))))

    def _is_whole(self, page: int) -> bool:
        box = self.box(page)
        return box.top >= -1 and box.top + box.height <= self.height + 1

    def fit_width(self) -> float:
        """The zoom at which the column fills the window's width."""
        return max(LEAST_ZOOM, min(MOST_ZOOM, self.width / self.strip.width))

    def fit_page(self) -> float:
        """The zoom at which a typical page of the book is seen whole."""
        whole = self.height / (self.strip.typical_height + GAP)
        return max(LEAST_ZOOM, min(self.fit_width(), whole))


def next_zoom(zoom: float) -> float:
    """The next greater step."""
    return next((step for step in STEPS if step > zoom * 1.01), MOST_ZOOM)


def previous_zoom(zoom: float) -> float:
    """The next smaller step."""
    return next((step for step in reversed(STEPS) if step < zoom / 1.01), LEAST_ZOOM)


def _within(wished: float, reach: int, spare: float) -> float:
    if reach == 0:
        return -float(round(max(0.0, spare) / 2))
    return float(round(max(0.0, min(float(reach), wished))))


def _clean(width: float, height: float) -> tuple[float, float]:
    """A size to lay out with: files can claim none, or one beyond all measure."""
    if not (math.isfinite(width) and math.isfinite(height)) or width < 1 or height < 1:
        return A4
    return min(width, _LONGEST), min(height, 4 * _LONGEST)


def _column(sizes: Sequence[tuple[float, float]]) -> float:
    """The width that is typical of the upright pages; of all pages where hardly any is upright."""
    upright = [width for width, height in sizes if width <= height]
    widths = upright if 5 * len(upright) >= len(sizes) else [width for width, _ in sizes]
    if not widths:
        return A4[0]
    counted = Counter(round(width) for width in widths)
    usual = sorted(widths)[(len(widths) - 1) // 2]
    # In a short book one odd page is a tenth of all; what is half as wide again as usual sets no column.
    common = {width for width, count in counted.items() if 10 * count >= len(widths) and width <= 1.5 * usual}
    widest = max(common) if common else counted.most_common(1)[0][0]
    return max(width for width in widths if round(width) == widest)


def _most_common(lengths: Sequence[float]) -> float:
    return float(Counter(round(length, 1) for length in lengths).most_common(1)[0][0])
