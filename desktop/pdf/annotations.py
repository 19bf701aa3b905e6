"""Annotations as PDF has them, between the application and the worker: pure values, checked on the way out of it."""

import re
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

PASSAGES = ("Highlight", "Underline", "StrikeOut", "Squiggly")
DRAWN = ("Ink", "Square", "Circle", "Line", "PolyLine", "Polygon")
KINDS = (*PASSAGES, *DRAWN, "Text", "Caret", "FreeText")  # the rest is no reader's mark: links, forms, films, stamps
MOST_ON_PAGE, MOST_WORDS, MOST_POINTS = 1_000, 20_000, 20_000

Point = tuple[float, float]
Box = tuple[float, float, float, float]

_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+\-Z])(?:(\d\d)'?(\d\d)?'?)?)?")


@dataclass(frozen=True)
class PdfMark:
    """One annotation of a page (from 0). Boxes and points are in points as the page is shown, from its top left.

    kind: of KINDS. box: what it takes. quads: the strips of a passage. strokes: of what is drawn. arrow: a line that
    points at its end. colour: red, green, blue from 0 to 1, or none. name: what the file calls it, "" for nothing.
    created, changed: PDF dates as written.
    """

    kind: str
    page: int
    box: Box
    quads: tuple[Box, ...] = ()
    strokes: tuple[tuple[Point, ...], ...] = field(default=(), repr=False)
    arrow: bool = False
    width: float = 1.0
    colour: tuple[float, ...] = ()
    author: str = field(default="", repr=False)
    subject: str = ""
    words: str = field(default="", repr=False)
    name: str = ""
    created: str = ""
    changed: str = ""

    def as_fields(self) -> dict[str, Any]:
        """As JSON takes it."""
        return asdict(self)

    @staticmethod
    def of_fields(fields: dict[str, Any]) -> "PdfMark":
        """From what `as_fields` gave, once through JSON. Raises TypeError or ValueError for anything else."""
        numbers = {name: tuple(map(float, fields[name])) for name in ("box", "colour")}
        quads = tuple(_box(quad) for quad in fields["quads"])
        strokes = tuple(tuple((float(x), float(y)) for x, y in stroke) for stroke in fields["strokes"])
        box = _box(numbers["box"])
        return PdfMark(**(fields | {"box": box, "colour": numbers["colour"], "quads": quads, "strokes": strokes}))


def to_pdf_date(moment: datetime) -> str:
    """As PDF writes a moment; aware."""
    return moment.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")


def from_pdf_date(written: str) -> datetime | None:
    """The moment, aware (UTC where none is said); None where it is none."""
    found = _DATE.match(written)
    if found is None:
        return None
    parts = [int(found[number] or default) for number, default in zip(range(1, 7), (0, 1, 1, 0, 0, 0), strict=True)]
    away = timedelta(hours=int(found[8] or 0), minutes=int(found[9] or 0)) * (-1 if found[7] == "-" else 1)
    try:
        return datetime(*parts, tzinfo=timezone(away)).astimezone(UTC)  # type: ignore[arg-type,misc]
    except (ValueError, OverflowError):
        return None


def _box(sides: Any) -> Box:
    x0, y0, x1, y1 = map(float, sides)
    return x0, y0, x1, y1
