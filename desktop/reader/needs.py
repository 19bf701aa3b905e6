"""What must be drawn for a view: which pages, how large, in pieces or whole, and in which order."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.packs.book import BookPage
from desktop.pdf.protocol import Clip, PageRequest, Tones, Urgency
from desktop.reader.viewport import PageBox, View

WHOLE = 4_000_000  # device pixels up to which a page is drawn in one piece
_BASE = 1_000_000  # device pixels of the picture that lies under the tiles
TILE = 768
_THUMB_WIDTH, _THUMB_HEIGHT = 120, 200


@dataclass(frozen=True, slots=True)
class Need:
    """One picture wanted of a page of the book. small: the one that is kept of every page."""

    page: int
    request: PageRequest
    urgency: Urgency
    small: bool = False


def thumbnail(page: BookPage, tones: Tones | None = None) -> PageRequest:
    """The small picture of a page that is kept for every page. tones: those of a dark page."""
    scale = min(_THUMB_WIDTH / max(1.0, page.width), _THUMB_HEIGHT / max(1.0, page.height))
    return PageRequest(page.paper.version, page.index, round(scale, 6), None, tones)


def whole(page: BookPage, scale: float, tones: Tones | None = None) -> PageRequest:
    """The page in one piece at this many device pixels per point, or as large as one piece may be."""
    area = page.width * page.height * scale * scale
    if area > WHOLE:
        scale *= math.sqrt(_BASE / area)
    return PageRequest(page.paper.version, page.index, round(scale, 5), None, tones)


def tiles(page: BookPage, box: PageBox, view: View, ratio: float, tones: Tones | None = None) -> Iterator[PageRequest]:
    """The pieces of a page too large to be drawn whole that are in sight, cut as the page lies unturned.

    ratio: device pixels per logical pixel.
    """
    scale = round(box.scale * ratio, 5)
    across, down = math.ceil(page.width * scale), math.ceil(page.height * scale)
    if page.width * page.height * scale * scale <= WHOLE:
        return
    (x0, y0), (x1, y1) = box.point(0, 0), box.point(view.width, view.height)
    for row in _in_sight(min(y0, y1) * scale, max(y0, y1) * scale, down):
        for column in _in_sight(min(x0, x1) * scale, max(x0, x1) * scale, across):
            left, top = column * TILE, row * TILE
            clip = Clip(left, top, min(TILE, across - left), min(TILE, down - top))
            yield PageRequest(page.paper.version, page.index, scale, clip, tones)


def needs(view: View, pages: Sequence[BookPage], ratio: float, down: bool, tones: Tones | None = None) -> list[Need]:
    """Everything wanted for a view, most pressing first. down: which way the reader moves. tones: of dark pages."""
    sight = view.pages
    if not len(sight):
        return []
    wanted: list[Need] = []
    for number in sight:
        box = view.box(number)
        wanted.append(Need(number, whole(pages[number], box.scale * ratio, tones), Urgency.IN_SIGHT))
        detail = tiles(pages[number], box, view, ratio, tones)
        wanted.extend(Need(number, request, Urgency.DETAIL) for request in detail)
    for number, urgency in _beside(view, down):
        wanted.append(Need(number, whole(pages[number], view.box(number).scale * ratio, tones), urgency))
    return sorted((need for need in wanted if need_is_here(pages[need.page])), key=lambda need: need.urgency)


def stand_ins(
    view: View, pages: Sequence[BookPage], down: bool, tones: Tones | None = None, ahead: int = 0
) -> list[Need]:
    """The small pictures of what is in sight, and of so many pages ahead: quickly drawn, better than blank paper."""
    sight = view.pages
    if not len(sight):
        return []
    beyond = range(sight[-1] + 1, sight[-1] + 1 + ahead) if down else range(sight[0] - 1, sight[0] - 1 - ahead, -1)
    return [
        Need(number, thumbnail(pages[number], tones), Urgency.IN_SIGHT, small=True)
        for number in (*sight, *beyond)
        if 0 <= number < len(pages) and need_is_here(pages[number])
    ]


def _beside(view: View, down: bool) -> Iterator[tuple[int, Urgency]]:
    """The pages of the row after what is in sight, and of the row before, as the reader moves."""
    rows, row_of = view.strip.rows, view.strip.row_of
    first, last = row_of[view.pages[0]] - 1, row_of[view.pages[-1]] + 1
    for row, urgency in zip((last, first) if down else (first, last), (Urgency.NEXT, Urgency.PREVIOUS), strict=True):
        if 0 <= row < len(rows):
            yield from ((number, urgency) for number in rows[row])


def need_is_here(page: BookPage) -> bool:
    """Whether there is a file to draw the page from."""
    return page.paper.path is not None and not page.paper.trouble


def outward(centre: int, count: int) -> Iterator[int]:
    """All numbers from 0 to count - 1, nearest to the centre first."""
    centre = max(0, min(count - 1, centre))
    if count:
        yield centre
    for distance in range(1, count):
        if centre + distance < count:
            yield centre + distance
        if centre - distance >= 0:
            yield centre - distance


def _in_sight(start: float, end: float, length: int) -> range:
    """Which tiles of a page show where the window lies from start to end of it, along one axis (device pixels)."""
    first, last = max(0.0, start), min(float(length), end)
    if last <= first:
        return range(0)
    return range(int(first // TILE), math.ceil(last / TILE))
