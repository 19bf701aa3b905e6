"""What the resolver works with, and what comes of it: plain facts of packs, papers and links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from desktop.papers.finding import Box, Confidence
from desktop.papers.mention import Landmark, Mention, MentionKind, Pointers


class Scope(Enum):
    """How far away a link's target is, innermost first. Values are what `inspect` writes."""

    PAPER = "this paper"
    ITEM = "this agenda item"
    PACK = "this pack"
    EARLIER = "another pack"
    WEB = "the web"
    NONE = "nowhere"


@dataclass(frozen=True)
class PaperFacts:
    """A paper of a pack. kind: as the pack calls it ("minutes", "agenda", ...) or as its content tells.

    labels: the pack's number on each page, "" where it cannot be told. here: whether it can be opened on this computer.
    """

    paper_id: str
    sha256: str
    item: str
    title: str
    kind: str
    pages: int
    pointers: Pointers = field(repr=False)
    labels: Sequence[str] = ()
    here: bool = True
    withheld: bool = False

    @cached_property
    def by_ref(self) -> Mapping[tuple[MentionKind, str], list[Landmark]]:
        """Its landmarks by kind and reference, in reading order."""
        found: dict[tuple[MentionKind, str], list[Landmark]] = {}
        for landmark in self.pointers.landmarks:
            found.setdefault((landmark.kind, landmark.ref), []).append(landmark)
        return found

    def marks(self, kind: MentionKind, ref: str) -> list[Landmark]:
        """Its landmarks of this kind and reference."""
        return self.by_ref.get((kind, ref), [])

    @property
    def is_minutes(self) -> bool:
        """Whether it records a meeting."""
        return self.kind == "minutes" or self.pointers.kind == "minutes"

    @property
    def is_agenda(self) -> bool:
        """Whether it is the list of business."""
        return self.kind == "agenda" or self.pointers.kind == "agenda"

    @property
    def is_log(self) -> bool:
        """Whether it keeps the actions."""
        return self.kind == "action log" or self.pointers.kind == "action log"

    @property
    def titles(self) -> tuple[str, ...]:
        """What it goes by: the pack's title for it, and its own."""
        return (self.title, *self.pointers.titles)


@dataclass(frozen=True)
class ItemFacts:
    """An agenda item."""

    number: str
    title: str


@dataclass(frozen=True)
class PackFacts:
    """A pack of a body. held_on: ISO, "" where it is not known. body: its name."""

    pack_id: str
    body: str
    title: str
    held_on: str
    items: tuple[ItemFacts, ...]
    papers: tuple[PaperFacts, ...]

    def of_item(self, number: str) -> list[PaperFacts]:
        """The papers of an item that can be opened."""
        return [paper for paper in self.papers if paper.item.casefold() == number.casefold() and paper.pages]

    def paper(self, paper_id: str) -> PaperFacts | None:
        """One of its papers."""
        return next((paper for paper in self.papers if paper.paper_id == paper_id), None)

    @property
    def name(self) -> str:
        """As a sentence calls it: "the pack of 6 June 2016"."""
        return f"the pack of {say_day(self.held_on)}" if self.held_on else self.title or "this pack"


@dataclass(frozen=True)
class Target:
    """A place: page from 0 within a paper of a pack; boxes of the line that is meant, none for the page as a whole."""

    pack_id: str
    paper_id: str
    page: int = 0
    boxes: tuple[Box, ...] = ()
    title: str = ""


@dataclass(frozen=True)
class Link:
    """A mention and what it leads to. One target: it is found; several: a short list; none: reason says why.

    certain: that it is followed without a question. address: where it leads to the web.
    """

    mention: Mention
    targets: tuple[Target, ...]
    scope: Scope
    confidence: Confidence
    reason: str
    address: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether it leads to one place, surely."""
        return self.confidence is Confidence.CERTAIN and (len(self.targets) == 1 or bool(self.address))

    @property
    def is_found(self) -> bool:
        """Whether it leads anywhere."""
        return bool(self.targets or self.address)


def say_day(day: str) -> str:
    """ "6 June 2016" for "2016-06-06"."""
    from desktop.papers.days import MONTHS

    year, month, number = day.rsplit("-", 2)
    return f"{int(number)} {MONTHS[int(month) - 1].capitalize()}" + (f" {year}" if year.strip("-") else "")
