"""What a cell of a risk's page lists: controls, gaps, assurance by its lines, and actions with owner and date."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from desktop.papers.cells import Cell, joined_text
from desktop.papers.finding import Box, Finding, FindingKind, Place

BULLET = re.compile(r"^(?:[•●▪◦‣·\uf0b7\u2023\u25aa]|[o–-](?=\s)|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)](?=\s))\s*")
_LINE = re.compile(
    r"(?:(?<=\s)|^)(?:\(?(?P<word>1st|2nd|3rd|first|second|third)\s+lines?|(?:level|line)\s+(?P<number>[123]))"
    r"(?:\s+of\s+(?:defence|assurance))?\)?\s*[:–—-]?\s*",
    re.IGNORECASE,
)
_ORDER = {"1st": "1", "first": "1", "2nd": "2", "second": "2", "3rd": "3", "third": "3"}
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}\.?\s*,?\s*(?:20)?\d\d\b"
    r"|\b\d{1,2}[./]\d{1,2}[./](?:20)?\d\d\b|\bQ[1-4]\s+(?:20)?\d\d(?:/\d\d)?\b",
    re.IGNORECASE,
)
_POST = re.compile(
    r"\b(?:(?:Group|Deputy|Interim|Joint|Associate|Executive|Managing|Corporate|Assistant|Chief|Head|Medical|Finance"
    r"|Strategic|Company|Vice)\s+)*(?:Chief(?:\s+[A-Z]\w+)*\s+Officers?|Chief\s+(?:Executive|Nurse)|(?:Medical\s+|Managing"
    r"\s+|Executive\s+|Finance\s+)?Directors?(?:\s+(?:of|for)\s+[A-Z]\w+(?:(?:\s*,|\s+and|\s*&)?\s+[A-Z]\w+){0,3})?"
    r"|Head\s+of\s+[A-Z]\w+(?:(?:\s+and|\s*&)?\s+[A-Z]\w+){0,2}|Bursar|Head\s?teacher|Principal|Company\s+Secretary"
    r"|Treasurer|Town\s+Clerk|Monitoring\s+Officer|Section\s+151\s+Officer|C[A-Z]{1,2}O)\b(?:\s*\(C[A-Z]{1,2}O\))?"
)
_NOTHING = re.compile(r"(?:none(?: identified)?|nil|n/?a|not applicable|tbc|-|–|\.)\.?", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """A point of a list, with the boxes of its lines."""

    text: str
    boxes: tuple[Box, ...]


def items_of(cell: Cell) -> list[Item]:
    """The points a cell lists; one where it has no bullets."""
    groups: list[tuple[list[str], list[Box]]] = []
    for text, box in zip(cell.texts, cell.boxes, strict=True):
        bullet = BULLET.match(text)
        if bullet or not groups:
            groups.append(([], []))
        groups[-1][0].append(text[bullet.end() :] if bullet else text)
        groups[-1][1].append(box)
    made = (Item(joined_text(lines).strip(" ;"), tuple(boxes)) for lines, boxes in groups)
    return [item for item in made if item.text and not _NOTHING.fullmatch(item.text)]


def parts_of(role: str, cell: Cell, page: int, line: str = "") -> Iterator[Finding]:
    """A cell's points as parts of a risk. line: of assurance, said elsewhere."""
    items = items_of(cell)
    if role == "assurance":
        yield from _assurances(items, page, line)
    else:
        yield from (part_of(role, item.text, page, item.boxes) for item in items)


def part_of(role: str, text: str, page: int, boxes: Sequence[Box], facts: Iterable[tuple[str, str]] = ()) -> Finding:
    """One point; an action's owner and date are read off its words where no column tells them."""
    said = {"part": role, **dict(facts)}
    if role == "action":
        said = {**_owner_and_date(text), **said}
    return Finding(FindingKind.PART, Place(page, tuple(boxes)), text, facts=MappingProxyType(said))


def says_line(text: str) -> bool:
    """Whether words begin with a line of assurance."""
    return _LINE.match(BULLET.sub("", text)) is not None


def says_action(text: str) -> bool:
    """Whether words name who is to do something by when."""
    return bool(_DATE.search(text) and _POST.search(text))


def _assurances(items: Iterable[Item], page: int, line: str) -> Iterator[Finding]:
    for item in items:
        ends = [found.start() for found in _LINE.finditer(item.text)]
        pieces = [item.text[start:end] for start, end in zip([0, *ends], [*ends, len(item.text)], strict=True)]
        for piece in pieces:
            found = _LINE.match(piece)
            if found:
                line = _ORDER.get((found["word"] or "").casefold(), found["number"] or "")
            said = (piece[found.end() :] if found else piece).strip(" ;")
            if said:
                yield part_of("assurance", said, page, item.boxes, [("line", line)] if line else ())


def _owner_and_date(text: str) -> dict[str, str]:
    dates, posts = _DATE.findall(text), _POST.findall(text)
    found = {}
    if posts:
        found["owner"] = " ".join(posts[-1].split())
    if dates:
        found["due"] = " ".join(dates[-1].split())
    return found
