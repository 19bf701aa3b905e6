"""A paper's contents: the outline its file carries, or else what its headings say."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.papers.headings import Heading

_FEWEST = 2  # entries worth a list
_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Outline:
    """Headings in reading order. found: they were read off the pages, since the file names none."""

    entries: tuple[Heading, ...] = ()
    found: bool = False

    def to_text(self) -> str:
        """As the store keeps it."""
        return json.dumps({"found": self.found, "entries": [_row(each) for each in self.entries]}, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "Outline":
        """What `to_text` made; it comes from our own store."""
        kept = json.loads(text)
        return cls(tuple(Heading(*row) for row in kept["entries"]), kept["found"])


def outline_of(named: Sequence[tuple[int, str, int]], headings: Sequence[Heading]) -> Outline:
    """The file's outline, (level, title, page from 0) each, where it is one; its places made finer by the headings."""
    entries = [(level, " ".join(title.split()), page) for level, title, page in named if not title.startswith("_")]
    entries = [entry for entry in entries if entry[1]]
    if len(entries) < _FEWEST:
        return Outline(tuple(headings), found=True)
    places = {(heading.page, _bare(heading.title)): heading for heading in headings}
    return Outline(tuple(_placed(entries, places)))


def _placed(entries: Iterable[tuple[int, str, int]], places: Mapping[tuple[int, str], Heading]) -> Iterable[Heading]:
    for level, title, page in entries:
        seen = places.get((page, _bare(title)))
        yield replace(seen, level=level, title=title) if seen else Heading(level, title, page)


def _row(heading: Heading) -> list[object]:
    box = (heading.x0, heading.y0, heading.x1, heading.y1)
    return [heading.level, heading.title, heading.page, *(round(side, 1) for side in box)]


def _bare(title: str) -> str:
    return _LETTERS.sub("", title).casefold()
