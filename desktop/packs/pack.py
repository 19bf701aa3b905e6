"""What a board pack is, in the trade's words. Pure facts, shared by member and secretary."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING

from desktop.packs import printed

if TYPE_CHECKING:
    from desktop.packs.retention import Retention


class Session(Enum):
    """Whether the public may attend."""

    PUBLIC = "public"
    PRIVATE = "private"


class Purpose(Enum):
    """What an item asks of the members; NONE where the agenda does not say."""

    DECISION = "decision"
    ASSURANCE = "assurance"
    INFORMATION = "information"
    NONE = ""


class PaperKind(Enum):
    """What sort of paper it is."""

    AGENDA = "agenda"
    MINUTES = "minutes"
    ACTION_LOG = "action log"
    REPORT = "report"
    ASSURANCE = "assurance"
    APPENDIX = "appendix"
    OTHER = "other"


class PaperStatus(Enum):
    """Where a paper stands. Only PRESENT, LATE and TABLED papers have a file."""

    PRESENT = "present"
    LATE = "late"
    TABLED = "tabled"
    VERBAL = "verbal"
    TO_FOLLOW = "to follow"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Body:
    """A board or committee. id: 16 lower-case hex digits, random."""

    id: str
    name: str
    organisation: str


@dataclass(frozen=True)
class Meeting:
    """One dated occasion of a body. starts: 24-hour "13:30" or ""."""

    held_on: date
    starts: str
    place: str
    session: Session


@dataclass(frozen=True)
class AgendaItem:
    """One numbered piece of business; number as printed, "3" or "3.2"."""

    number: str
    title: str
    purpose: Purpose
    lead: str
    starts: str


@dataclass(frozen=True)
class Paper:
    """One paper of an edition, as one member may see it.

    id: 16 hex digits, kept through every edition. item: the number of its agenda item. sha256 (hex) and length (bytes):
    of the plain file. pages: page count, 0 where there is no file. target: name in the repository ("blob/….age") and
    key: the age identity that opens it; both "" where the paper has no file or is withheld from this member.
    no_printing: the secretary asks that it is not printed, nor copied; no_export: that it is not copied; watermark:
    that what is printed or copied bears the member's name and the time. printed: the numbers of its pages where these
    do not simply count on (`desktop.packs.printed`), "" where they do.
    """

    id: str
    item: str
    title: str
    kind: PaperKind
    status: PaperStatus
    sha256: str
    length: int
    pages: int
    target: str
    key: str = field(repr=False)
    withheld: bool = False
    no_printing: bool = False
    no_export: bool = False
    watermark: bool = False
    printed: str = ""

    @property
    def may_be_copied(self) -> bool:
        """Whether a copy of it, or a picture of a page, may leave Despatch."""
        return not (self.no_printing or self.no_export)


@dataclass(frozen=True)
class Pack:
    """All papers of one meeting in order: one edition of it. id: 16 hex digits, kept through every edition.

    despatched: when this edition was published (UTC). note: what is new in it, in the secretary's words.
    retention: what the body has decided about members' notes, None where the index does not say.
    receipts: the secretary is told when it has come and when it is opened. opens: until then its papers come without
    their keys (UTC). expires: the last day on which its papers may be on a member's computer.
    """

    id: str
    body: Body
    meeting: Meeting
    title: str
    edition: int
    despatched: datetime
    note: str
    items: tuple[AgendaItem, ...]
    papers: tuple[Paper, ...]
    retention: "Retention | None" = None
    receipts: bool = False
    opens: datetime | None = None
    expires: date | None = None

    @property
    def is_sealed(self) -> bool:
        """Whether its papers cannot be opened yet: they came, or may come, without their keys."""
        return self.opens is not None and any(paper.target and not paper.key for paper in self.papers)

    def is_over(self, today: date) -> bool:
        """Whether its papers are to be gone from members' computers."""
        return self.expires is not None and today > self.expires

    def papers_of(self, item: AgendaItem) -> tuple[Paper, ...]:
        """The item's papers in order."""
        return tuple(paper for paper in self.papers if paper.item == item.number)

    def first_pack_page(self, paper: Paper) -> int:
        """The continuous number, from 1, of the paper's first page; papers without a file take none."""
        before = self.papers[: self.papers.index(paper)]
        return 1 + sum(other.pages for other in before)

    def labels(self, paper: Paper) -> tuple[str, ...]:
        """The number of each of its pages: what was printed in an earlier edition keeps its own."""
        if paper.printed:
            return printed.read(paper.printed)
        first = self.first_pack_page(paper)
        return tuple(str(first + page) for page in range(paper.pages))

    def page_label(self, paper: Paper, page: int) -> str:
        """The number of one page, from 0."""
        if paper.printed:
            labels = printed.read(paper.printed)
            return labels[page] if page < len(labels) else labels[-1]
        return str(self.first_pack_page(paper) + page)
