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


def _step(behind: list[Place], ahead: list[Place], now: Place) -> Place | None:
    while behind:
        place = behind.pop()
        if not place.is_near(now) or not behind:
            ahead.append(now)
            return place
    return None
