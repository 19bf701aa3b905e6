"""Where every page lies: rows of one page or two on one strip, turned and cropped as asked. Pure numbers."""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from desktop.packs.book import A4

GAP = 14.0  # between pages, and around the strip
LEAST_ZOOM, MOST_ZOOM = 0.25, 8.0
_LONGEST = 20_000.0  # points a page may measure; what is longer is a fault of the file, and only scaled down
_WIDE = 1.25  # of the column: a page wider than that takes a spread for itself
_MARGIN = 10.0  # points of paper left beside a text column
_MOST_GROWN = 1.3  # a narrow text column grows no further, or a slip of paper would shout
_MOST_WHOLE = 2.5  # nor does a small page that is shown whole

Size = tuple[float, float]
TextBox = tuple[float, float, float, float]  # x0, y0, x1, y1 in page points: where a page has text


class Mode(StrEnum):
    """How pages follow each other."""

    CONTINUOUS = "continuous"  # one under the other
    SINGLE = "single"  # one at a time
    SPREAD = "spread"  # two side by side, the first alone on the right


class Fit(StrEnum):
    """What the zoom follows when the window changes."""

    WIDTH = "width"
    PAGE = "page"
    TEXT = "text"
    NONE = ""  # the reader chose the zoom


class Strip:
    """All pages laid out in rows. Lengths are points of a page shown at its full size, at zoom 1.

    A page wider than the column is shown smaller, so that it shrinks no other. turns: quarter turns to the right, by
    page. texts: by page, where its text stands; what lies beside it is then cropped. whole: the window in pixels, in
    which each row is to be seen whole.
    """

    def __init__(
        self,
        sizes: Sequence[Size],
        mode: Mode = Mode.CONTINUOUS,
        turns: Sequence[int] = (),
        texts: Sequence[TextBox | None] = (),
        whole: Size | None = None,
    ) -> None:
        self.mode = mode
        self.sizes = [_clean(width, height) for width, height in sizes]
        self.turns = list(turns) or [0] * len(self.sizes)
        shown = [size[::-1] if turn % 2 else size for size, turn in zip(self.sizes, self.turns, strict=True)]
        crops = [_crop(*each) for each in zip(self.sizes, self.turns, texts, strict=True)] if texts else None
        cells = [(crop[1], size[1]) for crop, size in zip(crops, shown, strict=True)] if crops else shown
        self.column = _column(cells)
        self.rows = (
            _pair(cells, self.column) if mode is Mode.SPREAD else [range(page, page + 1) for page in range(len(cells))]
        )
        self.row_of = [number for number, row in enumerate(self.rows) for _ in row]
        self.width = self._across * self.column + (self._across - 1) * GAP + 2 * GAP
        self.typical_height = self._typical(cells)
        self.factors = self._scale(cells, crops is not None)
        if whole is not None:
            self._see_whole(cells, whole)
        self.widths = [cell[0] * factor for cell, factor in zip(cells, self.factors, strict=True)]
        self.heights = [cell[1] * factor for cell, factor in zip(cells, self.factors, strict=True)]
        self.page_widths = [size[0] * factor for size, factor in zip(shown, self.factors, strict=True)]
        self.insets = [
            crop[0] * factor for crop, factor in zip(crops or [(0.0, 0.0)] * len(cells), self.factors, strict=True)
        ]
        self._stack()

    def __len__(self) -> int:
        return len(self.sizes)

    @property
    def _across(self) -> int:
        return 2 if self.mode is Mode.SPREAD else 1

    def row_at(self, y: float) -> int:
        """The row at that height of the strip; in a gap, the row above it. 0 for an empty book."""
        return max(0, bisect_right(self.row_tops, y) - 1)

    def page_at(self, y: float) -> int:
        """The first page of that row."""
        return self.rows[self.row_at(y)].start if self.rows else 0

    def nearest_row(self, y: float) -> int:
        """The row at that height; in a gap, the nearer one."""
        row = self.row_at(y)
        below = y - (self.row_tops[row] + self.row_heights[row]) if self.rows else 0.0
        return row + 1 if below > GAP / 2 and row + 1 < len(self.rows) else row

    def nearest_page(self, y: float, x: float = 0.0) -> int:
        """The page of the nearest row that is nearest across."""
        if not self.rows:
            return 0
        row = self.rows[self.nearest_row(y)]
        return min(row, key=lambda page: max(self.lefts[page] - x, x - self.lefts[page] - self.widths[page]))

    def rows_between(self, top: float, bottom: float) -> range:
        """The rows that show between two heights."""
        if not self.rows or bottom < top:
            return range(0)
        first = self.row_at(top)
        if self.row_tops[first] + self.row_heights[first] < top:
            first += 1
        return range(first, self.row_at(bottom) + 1 if bottom >= self.row_tops[0] else first)

    def pages_between(self, top: float, bottom: float) -> range:
        """The pages of these rows."""
        rows = self.rows_between(top, bottom)
        return range(self.rows[rows[0]].start, self.rows[rows[-1]].stop) if rows else range(0)

    def left(self, page: int) -> float:
        """Where what is shown of a page begins across the strip."""
        return self.lefts[page]

    def _scale(self, cells: Sequence[Size], cropped: bool) -> list[float]:
        most = _MOST_GROWN if cropped else 1.0
        alone = self.width - 2 * GAP
        rooms = [alone if self._stands_across(row, cells) else self.column for row in self.rows for _ in row]
        return [min(most, room / width) for room, (width, _) in zip(rooms, cells, strict=True)]

    def _stands_across(self, row: range, cells: Sequence[Size]) -> bool:
        return len(row) == 1 and cells[row.start][0] > _WIDE * self.column

    def _typical(self, cells: Sequence[Size]) -> float:
        heights = [height * min(1.0, self.column / width) for width, height in cells]
        return float(Counter(round(height, 1) for height in heights).most_common(1)[0][0]) if heights else A4[1]

    def fit_width(self, width: float) -> float:
        """The zoom at which the strip fills a window's width."""
        return max(LEAST_ZOOM, min(MOST_ZOOM, width / self.width))

    def fit_page(self, width: float, height: float) -> float:
        """The zoom at which a typical row is seen whole."""
        return max(LEAST_ZOOM, min(self.fit_width(width), height / (self.typical_height + GAP)))

    def _see_whole(self, cells: Sequence[Size], window: Size) -> None:
        """Scale each row by itself, as a page among others would be if it were alone."""
        zoom = self.fit_page(*window)
        width, height = window[0] / zoom - 2 * GAP, window[1] / zoom - GAP
        for row in self.rows:
            pair = self.mode is Mode.SPREAD and not self._stands_across(row, cells)
            half = max(cells[page][0] for page in row)
            across = 2 * half + GAP if pair else half
            down = max(cells[page][1] for page in row)
            for page in row:
                self.factors[page] = max(0.001, min(_MOST_WHOLE, width / across, height / down))
        self.width = max(window[0] / zoom, 2 * GAP + 1)

    def _stack(self) -> None:
        self.row_tops: list[float] = []
        self.row_heights: list[float] = []
        self.tops: list[float] = []
        self.lefts: list[float] = []
        top = GAP
        for row in self.rows:
            height = max(self.heights[page] for page in row)
            self.row_tops.append(top)
            self.row_heights.append(height)
            self.tops += [top] * len(row)
            self.lefts += self._across_of(row)
            top += height + GAP
        self.height = top if self.rows else 0.0

    def _across_of(self, row: range) -> list[float]:
        """Pages stand centred; two of a spread, and its single ones, stand at its middle."""
        middle, width = self.width / 2, self.widths[row.start]
        if self.mode is not Mode.SPREAD or (len(row) == 1 and width > (self.width - 3 * GAP) / 2 + 0.5):
            return [middle - width / 2]
        if len(row) == 2:
            return [middle - GAP / 2 - width, middle + GAP / 2]
        return [middle + GAP / 2 if row.start == 0 else middle - GAP / 2 - width]


def _pair(cells: Sequence[Size], column: float) -> list[range]:
    """Spreads: the first page by itself, then two and two; a wide page takes a spread alone."""
    rows: list[range] = []
    page = 0
    while page < len(cells):
        alone = page == 0 or page + 1 == len(cells) or any(_is_wide(cell, column) for cell in cells[page : page + 2])
        rows.append(range(page, page + (1 if alone else 2)))
        page = rows[-1].stop
    return rows


def _is_wide(cell: Size, column: float) -> bool:
    return cell[0] > _WIDE * column


def _crop(size: Size, turn: int, text: TextBox | None) -> tuple[float, float]:
    """How much of a page is cut off on its left as shown, and how wide what remains is."""
    width, height = size
    shown = height if turn % 2 else width
    if text is None:
        return 0.0, shown
    x0, y0, x1, y1 = text
    low, high = ((x0, x1), (height - y1, height - y0), (width - x1, width - x0), (y0, y1))[turn % 4]
    low, high = max(0.0, low - _MARGIN), min(shown, high + _MARGIN)
    return (low, high - low) if high - low > 4 * _MARGIN else (0.0, shown)


def _clean(width: float, height: float) -> Size:
    """A size to lay out with: files can claim none, or one beyond all measure."""
    if not (math.isfinite(width) and math.isfinite(height)) or width < 1 or height < 1:
        return A4
    return min(width, _LONGEST), min(height, 4 * _LONGEST)


def _column(sizes: Sequence[Size]) -> float:
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
