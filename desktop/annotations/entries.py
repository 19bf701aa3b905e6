"""What a member leaves in a pack: marks on passages, notes, and named places."""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime

from db.records import AnnotationRecord, BookmarkRecord
from desktop.annotations.anchor import Anchor

COLOURS = ("question", "risk", "action", "agree", "challenge")
HIGHLIGHT, NOTE = "highlight", "note"


def new_id() -> str:
    """16 random hex digits."""
    return secrets.token_hex(8)


def time_now() -> str:
    """UTC, as the store keeps it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True)
class Annotation:
    """One mark. kind: HIGHLIGHT or NOTE. colour: one of COLOURS. words: the member's own, "" for a bare highlight."""

    id: str
    pack_id: str
    anchor: Anchor
    kind: str
    colour: str
    words: str = field(repr=False)
    created: str
    changed: str

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages of the paper it lies on, from 0."""
        return tuple(dict.fromkeys(quad.page for quad in self.anchor.quads)) or (self.anchor.page,)

    @property
    def place(self) -> tuple[int, float]:
        """Page within the paper and points from its top: for reading order."""
        quads = self.anchor.quads
        return (quads[0].page, quads[0].y0) if quads else (self.anchor.page, 0.0)

    def to_record(self) -> AnnotationRecord:
        """As the store keeps it."""
        anchor = self.anchor
        return AnnotationRecord(
            self.id, self.pack_id, anchor.paper_id, anchor.sha256, anchor.page, self.kind, self.colour,
            anchor.to_json(), self.words, self.created, self.changed,
        )  # fmt: skip

    @staticmethod
    def from_record(record: AnnotationRecord) -> "Annotation":
        """From the store's row."""
        return Annotation(
            record.id, record.pack_id, Anchor.from_json(record.anchor), record.kind, record.colour,
            record.words, record.created, record.changed,
        )  # fmt: skip


@dataclass(frozen=True)
class Bookmark:
    """A named place: page from 0 within the paper, y in points from the page's top."""

    id: str
    pack_id: str
    paper_id: str
    sha256: str
    page: int
    y: float
    name: str = field(repr=False)
    created: str

    def to_record(self) -> BookmarkRecord:
        """As the store keeps it."""
        return BookmarkRecord(
            self.id, self.pack_id, self.paper_id, self.sha256, self.page, self.y, self.name, self.created
        )

    @staticmethod
    def from_record(record: BookmarkRecord) -> "Bookmark":
        """From the store's row."""
        return Bookmark(
            record.id, record.pack_id, record.paper_id, record.sha256,
            record.page, record.y, record.name, record.created,
        )  # fmt: skip


Entry = Annotation | Bookmark
