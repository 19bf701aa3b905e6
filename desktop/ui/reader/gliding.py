"""Scrolling that the eye can follow, and a page that is turned by scrolling on at its edge."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation

_LENGTH = 140  # milliseconds; longer would lag behind a turning wheel
_PUSH = 80.0  # pixels of scrolling at a page's edge that turn the page
_FORGET = 0.4  # seconds without a turn of the wheel after which pushing begins anew
_COAST = 0.5  # seconds in which what a touchpad still sends after its fingers are lifted turns no second page
_MOMENT = 0.07  # seconds between two looks that belong to one rush

Position = tuple[float, float]


class Glide(QObject):
    """Moves from where the view is to where it should be. move: scrolls there."""

    def __init__(self, move: Callable[[float, float], None], parent: QObject) -> None:
        super().__init__(parent)
        self._move = move
        self._start: Position = (0.0, 0.0)
        self._end: Position = (0.0, 0.0)
        self._moving = QVariantAnimation(self)
        self._moving.setStartValue(0.0)
        self._moving.setEndValue(1.0)
        self._moving.setDuration(_LENGTH)
        self._moving.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._moving.valueChanged.connect(self._step)

    @property
    def running(self) -> bool:
        """Whether it is on its way."""
        return self._moving.state() == QVariantAnimation.State.Running

    @property
    def end(self) -> Position:
        """Where it is going, or went."""
        return self._end

    def to(self, now: Position, end: Position) -> None:
        """Go there from now on; a glide under way is bent."""
        self._moving.stop()
        self._start, self._end = now, end
        self._moving.start()

    def stop(self) -> None:
        """Stay here."""
        self._moving.stop()

    def _step(self, share: float) -> None:
        (left, top), (last_left, last_top) = self._start, self._end
        self._move(left + (last_left - left) * share, top + (last_top - top) * share)


class EdgePush:
    """Counts how far is scrolled on at the edge of a page that stands alone."""

    def __init__(self) -> None:
        self._pushed = self._last = 0.0
        self._turned = -_COAST

    def push(self, down: float, fine: bool) -> bool:
        """Whether that turns the page. down: pixels, negative at the head; fine: from a touchpad, which coasts."""
        now = monotonic()
        if now - self._last > _FORGET or self._pushed * down < 0:
            self._pushed = 0.0
        self._last = now
        if fine and now - self._turned < _COAST:
            return False
        self._pushed += down
        if abs(self._pushed) < _PUSH:
            return False
        self._pushed, self._turned = 0.0, now
        return True


class Rush:
    """Tells going through pages too fast to read them: then their small pictures do, and cost little."""

    def __init__(self) -> None:
        self._top = self._at = 0.0
        self._on = False

    def is_on(self, top: float, height: float, behind: bool) -> bool:
        """Whether half a window or more went by since the last look, a moment ago, and drawing fell behind with it.

        behind: whether pages that were in sight at the last look are still to be drawn.
        """
        now = monotonic()
        moved, passed = abs(top - self._top), now - self._at
        self._top, self._at = top, now
        self._on = moved > height / 2 and passed < _MOMENT and (behind or self._on)
        return self._on

    def jumped(self) -> None:
        """The reader went to a place: what lies between was not gone through."""
        self._on, self._at = False, 0.0
