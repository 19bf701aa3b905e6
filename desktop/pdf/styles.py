"""How each line of a page is set: what tells a heading from the text under it. Packed for the way out of the worker."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass

_LINE = struct.Struct("<HHfB")  # block, line, size in points, bold
_LARGEST = 10_000.0  # points
MOST = 20_000  # lines of one page


@dataclass(frozen=True, slots=True)
class LineStyle:
    """A line by the block and line its words carry. size: of its first letter, in points; bold: first and last are."""

    block: int
    line: int
    size: float
    bold: bool


def lay(lines: Iterable[tuple[int, int, float, bool]]) -> bytes:
    """Lay (block, line, size, bold) side by side."""
    return b"".join(_LINE.pack(block & 0xFFFF, line & 0xFFFF, size, bold) for block, line, size, bold in lines)


def read(laid: bytes) -> tuple[LineStyle, ...]:
    """The lines again. Raises ValueError where these are none: a worker taken over by a PDF may say anything."""
    if len(laid) % _LINE.size or len(laid) > MOST * _LINE.size:
        raise ValueError("no whole lines")
    lines = [LineStyle(block, line, size, bold == 1) for block, line, size, bold in _LINE.iter_unpack(laid)]
    if not all(0 <= line.size <= _LARGEST for line in lines):
        raise ValueError("a size is none")
    return tuple(lines)
