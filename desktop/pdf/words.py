"""A page's words with their boxes, packed small enough to keep in the store for every page."""

import math
import struct
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_COUNT = struct.Struct("<I")
_BOX = struct.Struct("<4fHH")  # x0 y0 x1 y1 in points, block, line
_FIELDS = _BOX.size // 4

Box = tuple[float, float, float, float, int, int]  # x0 y0 x1 y1, block, line
# x0 y0 x1 y1, text, block, line, and what else MuPDF counts
Laid = tuple[float, float, float, float, str, int, int, *tuple[int, ...]]


def place_of(block: int, line: int) -> int:
    """Block and line as one number, as `Columns.places` has them."""
    return block | line << 16


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its box in page points (origin top left, y down, rotation applied), its block and line on the page."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    block: int
    line: int


def lay(words: Iterable[Laid]) -> bytes:
    """Lay (x0, y0, x1, y1, text, block, line) in reading order side by side, not yet compressed."""
    rows, pack = list(words), _BOX.pack
    boxes = [pack(x0, y0, x1, y1, block & 0xFFFF, line & 0xFFFF) for x0, y0, x1, y1, _, block, line, *_ in rows]
    texts = "\n".join([row[4] for row in rows])
    if texts.count("\n") >= max(1, len(rows)):  # some within a word
        texts = "\n".join([row[4].replace("\n", " ") for row in rows])
    return b"".join((_COUNT.pack(len(rows)), *boxes, texts.encode("utf-8", "replace")))


def press(laid: bytes) -> bytes:
    """Compress what `lay` made: the form that is stored."""
    return zlib.compress(laid, 1)


def pack(words: Iterable[Laid]) -> bytes:
    """Pack (x0, y0, x1, y1, text, block, line) in reading order; text holds no line feed."""
    return press(lay(words))


def check(laid: bytes) -> None:
    """Raise ValueError unless `unpack` could read this once pressed: a worker taken over by a PDF may say anything."""
    if len(laid) < _COUNT.size:
        raise ValueError("no count")
    (count,) = _COUNT.unpack_from(laid)
    end = _COUNT.size + count * _BOX.size
    if end > len(laid):
        raise ValueError("boxes are missing")
    numbers = array("f", laid[_COUNT.size : end])
    if not all(math.isfinite(sum(numbers[side::_FIELDS])) for side in range(4)):
        raise ValueError("a box is nowhere")
    texts = laid[end:].decode("utf-8")
    if texts.count("\n") != max(count - 1, 0) or (texts and not count):
        raise ValueError("words and boxes differ in number")


def unpack(packed: bytes) -> list[Word]:
    """The words of one page, in reading order. Bytes come from our own store."""
    plain = zlib.decompress(packed)
    (count,) = _COUNT.unpack_from(plain)
    end = _COUNT.size + count * _BOX.size
    texts = plain[end:].decode("utf-8").split("\n") if count else []
    return [
        Word(x0, y0, x1, y1, text, block, line)
        for (x0, y0, x1, y1, block, line), text in zip(_BOX.iter_unpack(plain[_COUNT.size : end]), texts, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Columns:
    """A page's words side by side: their boxes' sides, block and line (see `place_of`), and what they say."""

    x0: Sequence[float]
    y0: Sequence[float]
    x1: Sequence[float]
    y1: Sequence[float]
    places: Sequence[int]
    texts: Sequence[str]

    def word(self, number: int) -> Word:
        """One of them."""
        place, box = self.places[number], (self.x0[number], self.y0[number], self.x1[number], self.y1[number])
        return Word(*box, self.texts[number], place & 0xFFFF, place >> 16)


def columns(packed: bytes) -> Columns:
    """The same as columns of numbers, which is quicker where a page is looked at as a whole."""
    plain = zlib.decompress(packed)
    (count,) = _COUNT.unpack_from(plain)
    end = _COUNT.size + count * _BOX.size
    numbers, places = array("f", plain[_COUNT.size : end]), array("I", plain[_COUNT.size : end])
    texts = plain[end:].decode("utf-8").split("\n") if count else []
    x0, y0, x1, y1 = (numbers[side::_FIELDS] for side in range(4))
    return Columns(x0, y0, x1, y1, places[4::_FIELDS], texts)


class PackedWords:
    """One page's words as they are packed: text at once, a box only where it is asked for. For looking through many
    pages, of which few words matter."""

    def __init__(self, packed: bytes) -> None:
        """Bytes come from our own store."""
        self._plain = zlib.decompress(packed)
        (self._count,) = _COUNT.unpack_from(self._plain)
        self.text = self._plain[_COUNT.size + self._count * _BOX.size :].decode("utf-8")  # a word a line

    def __len__(self) -> int:
        return int(self._count)

    def box(self, place: int) -> Box:
        """x0, y0, x1, y1, block and line of a word."""
        box: Box = _BOX.unpack_from(self._plain, _COUNT.size + place * _BOX.size)
        return box
