"""What the client and the worker say to each other: pure values, no PDF engine."""

import math
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from pathlib import Path

from desktop.pdf.spawning import MOST_PIXELS as MOST_PIXELS


class Urgency(IntEnum):
    """Order of the queue; smaller goes first, and within one urgency the newest request goes first."""

    IN_SIGHT = 0
    DETAIL = 1
    NEXT = 2
    PREVIOUS = 3
    THUMBNAIL = 4
    QUIET = 5
    LEISURE = 6


class Inert(Enum):
    """What a PDF may try besides being read; none of it is done."""

    SCRIPT = "a script"
    LAUNCH = "a program to start"
    FILE = "an embedded file"
    WEB = "a link to the web"
    OTHER = "a link to another file"
    FORM = "a form that sends what is typed"
    MEDIA = "sound or film"
    XFA = "a form that builds its own pages"


class Legible(Enum):
    """How much of a page's print can be had as words; its values are kept in the store."""

    GOOD = "good"
    UNRELIABLE = "unreliable"  # letters whose meaning the file does not tell
    NONE = "none"  # something is printed there, and no words: a scan


@dataclass(frozen=True)
class Source:
    """A paper version to read. path: its file; key: the age identity that opens it, "" for a plain PDF (a secretary's).

    title: what to call it in sentences; without one a plain PDF goes by its file name and a sealed one is "This paper".
    """

    version: str
    path: Path
    key: str = field(default="", repr=False)
    title: str = ""

    @property
    def name(self) -> str:
        """The paper's name in a sentence."""
        return self.title or ("This paper" if self.key else self.path.name)


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
class Tones:
    """Dark pages: what becomes of white paper and of black ink, as 0xRRGGBB. Colours keep their hue, images all."""

    paper: int
    ink: int


MOST_SIDE = 32_000


@dataclass(frozen=True)
class PageRequest:
    """A page to draw: index from 0; scale: device pixels per point; clip: None for the whole page.
    tones: None for the page as it is.

    An image of more than MOST_PIXELS comes back coarser than asked, so that it still shows all of the page or clip.
    """

    version: str
    page: int
    scale: float
    clip: Clip | None = None
    tones: Tones | None = None


@dataclass(frozen=True)
class PageImage:
    """Pixels of a request: 4 bytes each, in memory order B G R X (Qt's Format_RGB32), rows of stride bytes."""

    request: PageRequest
    width: int
    height: int
    stride: int
    pixels: bytes = field(repr=False)
    render_ms: float = 0.0


Box = tuple[float, float, float, float]  # x0, y0, x1, y1 in page points
Table = tuple[tuple[Box | None, ...], ...]  # rows of cells; None where a cell of another row or column reaches in


@dataclass(frozen=True)
class PageText:
    """A page's words, packed by `desktop.pdf.words.pack`, and its text in reading order.

    styles, rules: how its lines are set, and what is drawn on a page that may hold a table, laid by the modules of
    these names and as the worker said it: who reads them looks whether they make sense. Both are empty
    where only the words were asked for.
    """

    page: int
    words: bytes = field(repr=False)
    text: str = field(repr=False)
    styles: bytes = field(default=b"", repr=False)
    legible: Legible = Legible.GOOD
    rules: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Look:
    """What a PDF carries besides what is seen. comments, hidden: (page from 0, words). named: of its file, by name.

    hidden_layers: how many layers are not shown; carries_files: whether anything is attached.
    """

    tagged: bool
    named: tuple[tuple[str, str], ...] = ()
    comments: tuple[tuple[int, str], ...] = ()
    hidden: tuple[tuple[int, str], ...] = ()
    carries_files: bool = False
    hidden_layers: int = 0


WEB = ("http://", "https://", "mailto:")  # addresses that may be shown, and opened elsewhere if the member wishes
MOST_LINKS, MOST_ADDRESS = 2_000, 2_000


@dataclass(frozen=True)
class PageLink:
    """A link on a page. box: x0, y0, x1, y1 in points as shown.

    page: where it leads within the file, from 0, and y points down it (None: the page as a whole); -1 if it does not.
    address: on the web, as it is written; never fetched. inert: what it would do and we do not, in words of Inert.
    """

    box: tuple[float, float, float, float]
    page: int = -1
    y: float | None = None
    address: str = ""
    inert: str = ""


def device_size(width: float, height: float, scale: float) -> tuple[int, int]:
    """Pixels of a whole page of these points at this scale, before the bound on pixels."""
    return max(1, math.ceil(width * scale - 0.001)), max(1, math.ceil(height * scale - 0.001))


def bounded(width: int, height: int) -> tuple[int, int]:
    """The size at which an image of this size is drawn."""
    factor = min(1.0, math.sqrt(MOST_PIXELS / (width * height)))
    return max(1, min(int(width * factor), MOST_SIDE)), max(1, min(int(height * factor), MOST_SIDE))
