"""A page's words with their boxes, packed small enough to keep in the store for every page."""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_BOX = struct.Struct("<4fHH")  # x0 y0 x1 y1 in points, block, line


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


def pack(words: Iterable[tuple[float, float, float, float, str, int, int]]) -> bytes:
    """Pack (x0, y0, x1, y1, text, block, line) in reading order; text holds no line feed."""
    boxes, texts = bytearray(), []
    for x0, y0, x1, y1, text, block, line in words:
        boxes += _BOX.pack(x0, y0, x1, y1, block & 0xFFFF, line & 0xFFFF)
        texts.append(text.replace("\n", " "))
    body = "\n".join(texts).encode("utf-8", "replace")
    return zlib.compress(struct.pack("<I", len(texts)) + bytes(boxes) + body, 1)


def unpack(packed: bytes) -> list[Word]:
    """The words of one page, in reading order. Bytes come from our own store."""
    plain = zlib.decompress(packed)
    (count,) = struct.unpack_from("<I", plain)
    start = 4
    end = start + count * _BOX.size
    texts = plain[end:].decode("utf-8").split("\n") if count else []
    return [
        Word(x0, y0, x1, y1, text, block, line)
        for (x0, y0, x1, y1, block, line), text in zip(_BOX.iter_unpack(plain[start:end]), texts, strict=True)
    ]
