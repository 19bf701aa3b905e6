"""The very pages a pack was left at, asked for before there is a window: so they are drawn when it comes."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass

from desktop.packs.book import Book, BookPage
from desktop.pdf.protocol import PageImage, PageRequest, Tones, Urgency
from desktop.reader.history import Place
from desktop.reader.layout import Fit, Strip
from desktop.reader.looks import fit_of, fitted, mode_of
from desktop.reader.needs import needs
from desktop.reader.viewport import PagePoint, View

_SIDES = ("left", "top", "width", "height", "ratio")
_MOST_SIDE = 20_000.0


@dataclass(frozen=True)
class Port:
    """Where the pages lay in the window, in logical pixels of the room its screens have.

    ratio: device pixels per logical pixel. tones: of dark pages, None for pages as they are.
    """

    left: float
    top: float
    width: float
    height: float
    ratio: float
    tones: Tones | None = None

    def to_dict(self) -> dict[str, float]:
        """As the settings keep it."""
        kept = {name: getattr(self, name) for name in _SIDES}
        return kept | ({"paper": self.tones.paper, "ink": self.tones.ink} if self.tones else {})

    @staticmethod
    def from_dict(kept: Mapping[str, object]) -> "Port | None":
        """What was kept; None where that is nothing, or nothing a window can have."""
        numbers = {name: float(value) for name, value in kept.items() if isinstance(value, int | float)}
        try:
            sides = left, top, width, height, ratio = tuple(numbers[name] for name in _SIDES)
        except KeyError:
            return None
        if not all(0 <= side <= _MOST_SIDE for side in sides) or min(width, height, ratio) <= 0:
            return None
        dark = {"paper", "ink"} <= set(numbers)
        tones = Tones(int(numbers["paper"]), int(numbers["ink"])) if dark else None
        return Port(left, top, width, height, ratio, tones)


@dataclass(frozen=True)
class Glance:
    """What is to be seen first: the pages in sight, laid out as the reader will, and their pictures on their way."""

    port: Port
    view: View
    pages: tuple[BookPage, ...]
    pictures: Mapping[PageRequest, "Future[PageImage]"]


def glance_at(
    book: Book, place: Place | None, port: Port, draw: Callable[[PageRequest, Urgency], "Future[PageImage]"]
) -> Glance | None:
    """Have what is in sight at a place drawn; None where that is known only once the reader has looked at the pages."""
    view = _view(book, place, port)
    if view is None:
        return None
    wanted = needs(view, book.pages, port.ratio, True, port.tones)
    pictures = {need.request: draw(need.request, need.urgency) for need in wanted if need.urgency <= Urgency.DETAIL}
    return Glance(port, view, book.pages, pictures) if pictures else None


def _view(book: Book, place: Place | None, port: Port) -> View | None:
    if place is None or not book.pages or fit_of(place) is Fit.TEXT:
        return None
    number = _number(book, place)
    if number is None:
        return None
    turns = tuple(place.turn if page.paper.paper_id == place.paper_id else 0 for page in book.pages)
    sizes = [(page.width, page.height) for page in book.pages]
    whole = (port.width, port.height) if fit_of(place) is Fit.PAGE else None
    strip = Strip(sizes, mode_of(place), turns, (), whole)
    view = fitted(View(strip, port.width, port.height, place.zoom), fit_of(place))
    return view.with_topmost(PagePoint(number, place.x, place.y))


def _number(book: Book, place: Place) -> int | None:
    for number, page in enumerate(book.pages):
        if (page.paper.paper_id, page.index) == (place.paper_id, place.page):
            return number
    return None
