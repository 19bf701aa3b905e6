"""A pack taken from the shelf, as it was left: its place, and what stood beside it."""

import json
from dataclasses import asdict, dataclass, fields

from desktop.packs.book import Book
from desktop.reader.history import Place


@dataclass(frozen=True)
class Beside:
    """What stood in a second pane. share: the first pane's part of the room, from 0 to 1.

    active: whether the second pane was the one in use. receives: which pane links open in: 0 the first, 1 the second,
    -1 the one they are in.
    """

    pack_id: str
    place: Place
    share: float = 0.5
    active: bool = False
    receives: int = -1

    def to_text(self) -> str:
        """As the store keeps it."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_text(text: str) -> "Beside | None":
        """What was kept; None for what another release wrote and this one cannot read."""
        try:
            told = json.loads(text)
            known = {field.name for field in fields(Place)}
            place = Place(**{name: value for name, value in told.pop("place").items() if name in known})
            return Beside(place=place, **told)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None


@dataclass(frozen=True)
class Opened:
    """A pack ready to be read. seen: (paper id, page from 0) of pages seen before."""

    book: Book
    place: Place | None
    seen: frozenset[tuple[str, int]] = frozenset()
    beside: Beside | None = None
