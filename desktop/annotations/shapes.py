"""What is drawn on a page by hand: strokes of ink, frames, lines, and the boxes that words stand in. Pure numbers."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

_LEAST = 4.0  # points: a shape is made no smaller, or it could not be taken hold of again

Dot = tuple[float, float, float]  # x, y in page points from the top left; how firmly the pen was pressed, 0 to 1
Box = tuple[float, float, float, float]  # x0, y0, x1, y1 in page points


@dataclass(frozen=True)
class Shape:
    """Strokes on one page. Ink has many dots a stroke; a frame or a box of words two opposite corners, a line or an
    arrow its two ends (the arrow points at the second), a note at a point its one dot. width: of the line, in points.
    """

    strokes: tuple[tuple[Dot, ...], ...]
    width: float = 2.0

    @property
    def box(self) -> Box:
        """What it takes of the page, without the breadth of its line."""
        dots = [dot for stroke in self.strokes for dot in stroke]
        across, down = [dot[0] for dot in dots], [dot[1] for dot in dots]
        return min(across), min(down), max(across), max(down)

    def moved(self, right: float, down: float) -> "Shape":
        """The same elsewhere."""
        return self._each(lambda x, y: (x + right, y + down))

    def within(self, width: float, height: float) -> "Shape":
        """Moved no further than needed to lie on a page of this size."""
        x0, y0, x1, y1 = self.box
        right = -x0 if x0 < 0 or x1 - x0 > width else min(0.0, width - x1)
        down = -y0 if y0 < 0 or y1 - y0 > height else min(0.0, height - y1)
        return self.moved(right, down) if right or down else self

    def stretched(self, to: Box) -> "Shape":
        """Made to fill another box; corners keep their order."""
        x0, y0, x1, y1 = self.box
        left, top, right, bottom = to
        wide, high = max(right - left, _LEAST), max(bottom - top, _LEAST)
        across, down = (wide / (x1 - x0) if x1 > x0 else 1.0), (high / (y1 - y0) if y1 > y0 else 1.0)
        return self._each(lambda x, y: (left + (x - x0) * across, top + (y - y0) * down))

    def with_end(self, end: int, x: float, y: float) -> "Shape":
        """A line with one of its two ends elsewhere."""
        dots = list(self.strokes[0])
        dots[end] = (x, y, dots[end][2])
        return replace(self, strokes=(tuple(dots),))

    def erased(self, x: float, y: float, reach: float) -> "Shape | None":
        """Without the strokes that pass a point; None where nothing is left."""
        left = tuple(stroke for stroke in self.strokes if distance(stroke, x, y) > reach)
        return replace(self, strokes=left) if left else None

    def as_fields(self) -> dict[str, object]:
        """As kept, to a hundredth of a point."""
        strokes = [[[round(part, 2) for part in dot] for dot in stroke] for stroke in self.strokes]
        return {"strokes": strokes, "width": self.width}

    @staticmethod
    def from_fields(fields: dict[str, object]) -> "Shape":
        """From what `as_fields` made."""
        strokes = fields["strokes"]
        assert isinstance(strokes, list)
        return Shape(tuple(tuple(_dot(dot) for dot in stroke) for stroke in strokes), float(str(fields["width"])))

    def _each(self, place: Callable[[float, float], tuple[float, float]]) -> "Shape":
        return replace(
            self, strokes=tuple(tuple((*place(x, y), firm) for x, y, firm in stroke) for stroke in self.strokes)
        )


def distance(stroke: Iterable[Dot], x: float, y: float) -> float:
    """How far a point lies from a stroke, in points."""
    dots = list(stroke)
    if len(dots) == 1:
        return math.hypot(dots[0][0] - x, dots[0][1] - y)
    return min(_from_piece(one, other, x, y) for one, other in pairwise(dots))


def boxed(one: tuple[float, float], other: tuple[float, float]) -> Shape:
    """A frame, a line or a box of words, from where it was begun to where it was ended."""
    return Shape((((*one, 1.0), (*other, 1.0)),))


def _from_piece(one: Dot, other: Dot, x: float, y: float) -> float:
    across, down = other[0] - one[0], other[1] - one[1]
    length = across * across + down * down
    along = max(0.0, min(1.0, ((x - one[0]) * across + (y - one[1]) * down) / length)) if length else 0.0
    return math.hypot(one[0] + along * across - x, one[1] + along * down - y)


def _dot(parts: Iterable[object]) -> Dot:
    x, y, firm = (float(str(part)) for part in parts)
    return x, y, firm
