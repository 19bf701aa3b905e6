"""What a member leaves in a pack: marks on passages and pages, notes, questions, and named places."""

import json
import secrets
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from db.records import AnnotationRecord, BookmarkRecord
from desktop.annotations.anchor import Anchor
from desktop.annotations.carriage import NOT_CARRIED, Carriage
from desktop.annotations.shapes import Shape
from desktop.annotations.subject import Subject

COLOURS = ("question", "risk", "action", "agree", "challenge")
HIGHLIGHT, UNDERLINE, STRIKE, SQUIGGLY = "highlight", "underline", "strike out", "squiggly line"
NOTE, QUESTION = "note", "question"
TEXT, INK, RECTANGLE, ELLIPSE, LINE, ARROW = "text", "ink", "rectangle", "ellipse", "line", "arrow"
PASSAGE_KINDS = (HIGHLIGHT, UNDERLINE, STRIKE, SQUIGGLY)
DRAWN_KINDS = (TEXT, INK, RECTANGLE, ELLIPSE, LINE, ARROW)
FOREIGN = "pdf:"  # begins the source of a mark made in another program
KINDS = (*PASSAGE_KINDS, NOTE, QUESTION, *DRAWN_KINDS)  # the values are kept, and name a step of undo


TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
EVERYBODY = "*"  # in the place of a person: the whole body


def new_id() -> str:
    """16 random hex digits."""
    return secrets.token_hex(8)


def time_now() -> str:
    """UTC, as the store keeps it."""
    return datetime.now(UTC).strftime(TIME)


@dataclass(frozen=True)
class Asking:
    """What makes a note a question. item: number of the agenda item it is for; whom: whom it is put to; "" for none.

    answer: what was said to it in the meeting.
    """

    item: str = ""
    whom: str = field(default="", repr=False)
    asked: bool = False
    answer: str = field(default="", repr=False)


@dataclass(frozen=True)
class Origin:
    """Of a mark that was made elsewhere. author: who made it, "" where the file does not say; source: what it is there
    called, so that it is not taken in twice."""

    author: str = field(default="", repr=False)
    source: str = ""

    @property
    def is_foreign(self) -> bool:
        """Whether another program made it, whose colours mean nothing of what ours do."""
        return self.source.startswith(FOREIGN)


@dataclass(frozen=True)
class Sharing:
    """Who else sees a mark. to: persons, as the roster knows them, or EVERYBODY; empty while it is private.

    reply_to: id of the mark it answers. by and name: of another member's mark, who wrote it; "" of one's own. ended: at
    its author's it was destroyed as the body's rule says.
    """

    to: tuple[str, ...] = ()
    reply_to: str = ""
    by: str = ""
    name: str = field(default="", repr=False)
    ended: bool = False


PRIVATE = Sharing()


@dataclass(frozen=True)
class Annotation:
    """One mark. kind: one of KINDS. colour: one of COLOURS. words: the member's own, "" for a bare mark.

    shape: of what is drawn, and of a note at a point; None for what lies on a passage or on a whole page. The anchor
    of a shape holds the words it was drawn at. asking: of what is put as a question, None of anything else. origin: of
    a mark made elsewhere, None of the member's own. keep: it stays when the others on its meeting are destroyed.
    sharing: who else sees it, and whose it is. subject: what it is tied to, so that later packs show it there. fresh:
    another member's, or other words of theirs, that the reader has not looked at yet.
    """

    id: str
    pack_id: str
    anchor: Anchor
    kind: str
    colour: str
    words: str = field(repr=False)
    created: str
    changed: str
    shape: Shape | None = None
    asking: Asking | None = None
    origin: Origin | None = None
    carriage: Carriage = NOT_CARRIED
    keep: bool = False
    sharing: Sharing = PRIVATE
    subject: Subject | None = None
    fresh: bool = False

    @property
    def is_mine(self) -> bool:
        """Whether it is the reader's own, to be changed and deleted; another member's can only be replied to."""
        return not self.sharing.by

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages of the paper it lies on, from 0."""
        if self.shape is not None:
            return (self.anchor.page,)
        return tuple(dict.fromkeys(quad.page for quad in self.anchor.quads)) or (self.anchor.page,)

    @property
    def place(self) -> tuple[int, float]:
        """Page within the paper and points from its top: for reading order."""
        if self.shape is not None:
            return (self.anchor.page, self.shape.box[1])
        quads = self.anchor.quads
        return (quads[0].page, quads[0].y0) if quads else (self.anchor.page, 0.0)

    def carried_to(self, anchor: Anchor) -> "Annotation":
        """The same at another place of its words: what was drawn beside them goes with them."""
        shape, before, after = self.shape, self.anchor.quads, anchor.quads
        if shape is not None and before and after:
            shape = shape.moved(after[0].x0 - before[0].x0, after[0].y0 - before[0].y0)
        return replace(self, anchor=anchor, shape=shape)

    def kept(self, keep: bool) -> "Annotation":
        """The same as an exception to the body's rule, or not."""
        return replace(self, keep=keep)

    def to_record(self) -> AnnotationRecord:
        """As the store keeps it."""
        anchor = self.anchor
        return AnnotationRecord(
            self.id, self.pack_id, anchor.paper_id, anchor.sha256, anchor.page, self.kind, self.colour,
            anchor.to_json(), self.words, self.created, self.changed, self._details(), self.carriage.to_text(),
        )  # fmt: skip

    @staticmethod
    def from_record(record: AnnotationRecord) -> "Annotation":
        """From the store's row."""
        details = json.loads(record.details) if record.details else {}
        shape, asking, origin, subject = (details.get(name) for name in ("shape", "asking", "origin", "subject"))
        return Annotation(
            record.id, record.pack_id, Anchor.from_json(record.anchor), record.kind, record.colour,
            record.words, record.created, record.changed,
            Shape.from_fields(shape) if shape else None, Asking(**asking) if asking else None,
            Origin(**origin) if origin else None, Carriage.from_text(record.carried), bool(details.get("keep")),
            _sharing(details.get("sharing")), Subject(**subject) if subject else None, bool(details.get("fresh")),
        )  # fmt: skip

    def _details(self) -> str:
        details: dict[str, object] = {}
        if self.shape is not None:
            details["shape"] = self.shape.as_fields()
        if self.asking is not None:
            details["asking"] = asdict(self.asking)
        if self.origin is not None:
            details["origin"] = asdict(self.origin)
        if self.keep:
            details["keep"] = True
        if self.fresh:
            details["fresh"] = True
        if self.subject is not None:
            details["subject"] = asdict(self.subject)
        if self.sharing != PRIVATE:
            details["sharing"] = asdict(self.sharing)
        return json.dumps(details, ensure_ascii=False) if details else ""


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
    carriage: Carriage = NOT_CARRIED

    def to_record(self) -> BookmarkRecord:
        """As the store keeps it."""
        return BookmarkRecord(
            self.id, self.pack_id, self.paper_id, self.sha256, self.page, self.y, self.name, self.created,
            carried=self.carriage.to_text(),
        )  # fmt: skip

    @staticmethod
    def from_record(record: BookmarkRecord) -> "Bookmark":
        """From the store's row."""
        return Bookmark(
            record.id, record.pack_id, record.paper_id, record.sha256,
            record.page, record.y, record.name, record.created, carriage=Carriage.from_text(record.carried),
        )  # fmt: skip


Entry = Annotation | Bookmark


def _sharing(fields: dict[str, Any] | None) -> Sharing:
    return Sharing(**{**fields, "to": tuple(fields["to"])}) if fields else PRIVATE
