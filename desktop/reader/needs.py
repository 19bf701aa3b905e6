"""What must be drawn for a view: which pages, how large, in pieces or whole, and in which order."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.packs.book import BookPage
from desktop.pdf.protocol import Clip, PageRequest, Urgency
from desktop.reader.viewport import PageBox, View

WHOLE = 4_000_000  # device pixels up to which a page is drawn in one piece
_BASE = 1_000_000  # device pixels of the picture that lies under the tiles
TILE = 768
_THUMB_WIDTH, _THUMB_HEIGHT = 120, 200


@dataclass(frozen=True, slots=True)
class Need:
    """One picture wanted of a page of the book."""

    page: int
    request: PageRequest
    urgency: Urgency


def thumbnail(page: BookPage) -> PageRequest:
    """The small picture of a page that is kept for every page."""
    scale = min(_THUMB_WIDTH / max(1.0, page.width), _THUMB_HEIGHT / max(1.0, page.height))
    return PageRequest(page.paper.version, page.index, round(scale, 6))


def whole(page: BookPage, scale: float) -> PageRequest:
    """The page in one piece at this many device pixels per point, or as large as one piece may be."""
    area = page.width * page.height * scale * scale
    if area > WHOLE:
        scale *= math.sqrt(_BASE / area)
    return PageRequest(page.paper.version, page.index, round(scale, 5))


def tiles(page: BookPage, box: PageBox, view: View, ratio: float) -> Iterator[PageRequest]:
    """The pieces of a page too large to be drawn whole that are in sight. ratio: device pixels per logical pixel."""
    scale = round(box.scale * ratio, 5)
    across, down = math.ceil(page.width * scale), math.ceil(page.height * scale)
    if page.width * page.height * scale * scale <= WHOLE:
        return
    for row in _in_sight(box.top * ratio, view.height * ratio, down):
        for column in _in_sight(box.left * ratio, view.width * ratio, across):
            left, top = column * TILE, row * TILE
            clip = Clip(left, top, min(TILE, across - left), min(TILE, down - top))
            yield PageRequest(page.paper.version, page.index, scale, clip)


def needs(view: View, pages: Sequence[BookPage], ratio: float, down: bool) -> list[Need]:
    """Everything wanted for a view, most pressing first. down: which way the reader moves."""
    sight = view.pages
    if not len(sight):
        return []
    wanted: list[Need] = []
    for number in sight:
        box = view.box(number)
        wanted.append(Need(number, whole(pages[number], box.scale * ratio), Urgency.IN_SIGHT))
        detail = tiles(pages[number], box, view, ratio)
        wanted.extend(Need(number, request, Urgency.DETAIL) for request in detail)
    ahead, behind = (sight[-1] + 1, sight[0] - 1) if down else (sight[0] - 1, sight[-1] + 1)
    for number, urgency in ((ahead, Urgency.NEXT), (behind, Urgency.PREVIOUS)):
        if 0 <= number < len(pages):
            scale = view.box(number).scale * ratio
            wanted.append(Need(number, whole(pages[number], scale), urgency))
    return sorted((need for need in wanted if need_is_here(pages[need.page])), key=lambda need: need.urgency)


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


def _in_sight(start: float, window: float, length: int) -> range:
    """Which tiles of a page that starts there show in the window, along one axis (device pixels)."""
    first, last = max(0.0, -start), min(float(length), window - start)
    if last <= first:
        return range(0)
    return range(int(first // TILE), math.ceil(last / TILE))
