"""How client and worker put a message on a pipe: two lengths, a JSON header, raw bytes. Nothing is ever unpickled."""

import json
import struct
from collections.abc import Callable
from typing import Any, BinaryIO

Header = dict[str, Any]
Reader = Callable[[int], bytes]

_LENGTHS = struct.Struct("<IQ")
MOST_HEADER = 8 << 20
MOST_BODY = 64 << 20


class Closed(Exception):
    """The other side is gone."""


class Nonsense(Exception):
    """What arrived is no message."""


class Refused(Exception):
    """Why a worker will not do what it was asked: one of the words in REASONS."""

    REASONS = frozenset({"damaged", "locked", "empty", "memory", "key", "page"})


def write(pipe: BinaryIO, data: bytes | memoryview) -> None:
    """Write all of data to an unbuffered pipe; raises Closed where nobody reads it."""
    rest = memoryview(data)
    try:
        while rest:
            rest = rest[pipe.write(rest) or 0 :]
    except (OSError, ValueError) as error:
        raise Closed from error


def frame(header: Header, length: int = 0) -> bytes:
    """The start of a message whose body of `length` bytes follows."""
    text = json.dumps(header, separators=(",", ":")).encode()
    return _LENGTHS.pack(len(text), length) + text


def exactly(pipe: BinaryIO, count: int) -> bytes:
    """The next count bytes; raises Closed where they end early."""
    parts = []
    while count:
        try:
            part = pipe.read(count)
        except (OSError, ValueError) as error:
            raise Closed from error
        if not part:
            raise Closed
        parts.append(part)
        count -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def read_header(pipe: BinaryIO, most_body: int = MOST_BODY) -> tuple[Header, int]:
    """The next header and the length of the body still to be read; raises Closed or Nonsense."""
    header_length, length = _LENGTHS.unpack(exactly(pipe, _LENGTHS.size))
    if header_length > MOST_HEADER or length > most_body:
        raise Nonsense
    try:
        header = json.loads(exactly(pipe, header_length), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Nonsense from error
    if not isinstance(header, dict):
        raise Nonsense
    return header, length


class Body:
    """What follows a header: length bytes, to be read in pieces."""

    def __init__(self, pipe: BinaryIO, length: int) -> None:
        self._pipe, self.left = pipe, length

    def read(self, count: int = -1) -> bytes:
        """Up to count bytes (all that are left if negative); none at the end. Raises Closed."""
        wanted = self.left if count < 0 else min(count, self.left)
        data = exactly(self._pipe, wanted) if wanted else b""
        self.left -= wanted
        return data

    def skip(self) -> None:
        """Read what is left and drop it."""
        while self.left:
            self.read(1 << 20)


def _no_constant(name: str) -> float:
    raise ValueError(name)
