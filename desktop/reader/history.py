"""Where the reader has been: back and forward over jumps. Scrolling on from a place is still that place."""

from dataclasses import dataclass

_MOST = 200


@dataclass(frozen=True)
class Place:
    """What the window shows: the page being read, its point in the window's corner, how it is seen.

    page: from 0 within the paper; x, y: points on it, or beside it. zoom: 1.0 is 72 pixels to the inch. fit, mode: a
    `layout.Fit` and `Mode` by value. turn: quarter turns to the right. number: the page's place in the book, from 0,
    for the day when its paper is gone.
    """

    paper_id: str
    page: int
    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0
    fit: str = "width"
    mode: str = "continuous"
    turn: int = 0
    number: int = 0

    def is_near(self, other: "Place") -> bool:
        """Whether going from one to the other is no more than a small scroll."""
        return self.paper_id == other.paper_id and self.page == other.page and abs(self.y - other.y) < 200


class History:
    """The places jumped from and to, oldest first. The caller says where the reader is at each move."""

    def __init__(self) -> None:
        self._before: list[Place] = []
        self._after: list[Place] = []
        self.jumps = 0  # how many have been remembered

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place to go back to."""
        return bool(self._before)

    @property
    def can_go_forward(self) -> bool:
        """Whether a step back can be undone."""
        return bool(self._after)

    def jumped(self, left: Place, arrived: Place) -> None:
        """The reader jumped; what lay ahead is forgotten. A jump to where one is already is none."""
        if left.is_near(arrived):
            return
        self.jumps += 1
        self._after.clear()
        if not (self._before and self._before[-1].is_near(left)):
            self._before.append(left)
            del self._before[:-_MOST]

    def back(self, now: Place) -> Place | None:
        """The place to return to from here, or None; places no further than a small scroll are passed over."""
        return _step(self._before, self._after, now)

    def forward(self, now: Place) -> Place | None:
        """The place left by the last step back, or None."""
        return _step(self._after, self._before, now)

    def clear(self) -> None:
        """Forget everything: another book."""
        self._before.clear()
        self._after.clear()


@dataclass(frozen=True)
class Visit:
    """A stay in a pack: where it was left, and the way back within it."""

    pack_id: str
    place: Place
    history: History


class Trail:
    """The packs read in one pane before and after the one that is in it now, each with its own way back."""

    def __init__(self) -> None:
        self._before: list[Visit] = []
        self._after: list[Visit] = []

    @property
    def before(self) -> Visit | None:
        """The pack that back leads to."""
        return self._before[-1] if self._before else None

    @property
    def after(self) -> Visit | None:
        """The pack that forward leads to."""
        return self._after[-1] if self._after else None

    def left(self, visit: Visit) -> None:
        """The reader jumped out of this pack into another; what lay ahead is forgotten."""
        self._after.clear()
        self._before.append(visit)
        del self._before[:-_MOST]

    def jumped(self) -> None:
        """The reader jumped within the pack; what lay ahead is forgotten."""
        self._after.clear()

    def went_back(self, visit: Visit) -> None:
        """The reader went from here to `before`."""
        self._before.pop()
        self._after.append(visit)

    def went_forward(self, visit: Visit) -> None:
        """The reader went from here to `after`."""
        self._after.pop()
        self._before.append(visit)

    def clear(self) -> None:
        """Forget everything."""
        self._before.clear()
        self._after.clear()


def _step(behind: list[Place], ahead: list[Place], now: Place) -> Place | None:
    while behind:
        place = behind.pop()
        if not place.is_near(now) or not behind:
            ahead.append(now)
            return place
    return None
