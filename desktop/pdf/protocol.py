"""What the client and the worker say to each other: pure values, no PDF engine."""

from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path


class Urgency(IntEnum):
    """Order of the queue; smaller goes first, and within one urgency the newest request goes first."""

    IN_SIGHT = 0
    DETAIL = 1
    NEXT = 2
    PREVIOUS = 3
    THUMBNAIL = 4
    QUIET = 5


@dataclass(frozen=True)
class Source:
    """A paper version to read. path: its file; key: the age identity that opens it, "" for a plain PDF (the secretary's own)."""

    version: str
    path: Path
    key: str = field(default="", repr=False)


@dataclass(frozen=True)
class PageSize:
    """Size in points as shown (crop box, rotation applied), and the label as printed, "" if the file names none."""

    width: float
    height: float
    label: str = ""


@dataclass(frozen=True)
class Facts:
    """What an opened document is. inert: what it tried and we ignore, in words ("a script", "an embedded file")."""

    version: str
    sha256: str
    title: str
    pages: tuple[PageSize, ...]
    inert: tuple[str, ...] = ()
    outline: tuple[tuple[int, str, int], ...] = ()  # (level from 1, title, page from 0)


@dataclass(frozen=True)
class Clip:
    """A part of a page in device pixels of the page drawn at `scale`."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class PageRequest:
    """A page to draw: index from 0; scale: device pixels per point; clip: None for the whole page."""

    version: str
    page: int
    scale: float
    clip: Clip | None = None


@dataclass(frozen=True)
class PageImage:
    """Pixels of a request: 4 bytes each, in memory order B G R X (Qt's Format_RGB32), rows of stride bytes."""

    request: PageRequest
    width: int
    height: int
    stride: int
    pixels: bytes = field(repr=False)
    render_ms: float = 0.0


@dataclass(frozen=True)
class PageText:
    """A page's words, packed by `desktop.pdf.words.pack`, and its text in reading order."""

    page: int
    words: bytes = field(repr=False)
    text: str = field(repr=False)
