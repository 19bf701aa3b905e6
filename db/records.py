"""Rows of the store as plain values. All times are ISO 8601 UTC text ending in Z; dates are "2026-01-29".

What is secret or a member's own is left out of a record's repr, so that it ends in no log.
"""

import re
from dataclasses import dataclass, field

# A page's text can hold anything a PDF holds: a lone surrogate has no bytes, and these would be taken for the end of
# the text or for the marks around a hit.
_UNWELCOME = re.compile("[\0\2\3]")  # not str.translate, which looks up every letter of every page


def plain_text(text: str) -> str:
    """A page's text as the store keeps it."""
    return _UNWELCOME.sub("", text).encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True)
class BodyRecord:
    """A body this machine receives packs from.

    repository: address (file folder path or https URL). root: trusted root metadata from the invitation.
    secretary: the secretary's age recipient. confirmed_at: when its signatures last held, "" if never.
    confirmed_until: when that confirmation runs out. trouble: the last failure as a sentence, "" when all is well.
    leaving: it is being destroyed here, slice by slice, and counts as gone already.
    """

    id: str
    name: str
    organisation: str
    repository: str
    root: bytes
    secretary: str
    confirmed_at: str = ""
    confirmed_until: str = ""
    trouble: str = ""
    leaving: bool = False


@dataclass(frozen=True)
class IdentityRecord:
    """This device's own keys for one body. tag: its name in the repository. phrase: the five words both read out.

    signing: its Ed25519 private key in hex, "" of a device that joined before notes could be shared.
    """

    body_id: str
    member: str
    device: str
    key: str = field(repr=False)
    recipient: str
    tag: str
    phrase: str
    admitted: bool = False
    signing: str = field(default="", repr=False)


@dataclass(frozen=True)
class PackRecord:
    """One pack at its newest edition. index: the opened index (JSON) it came from. opened_at: "" while new.

    seen_edition: the edition the member last opened; less than edition means "updated". seen_index: that edition's.
    put_away: its papers were taken off this computer, and are not fetched until they are asked for.
    """

    id: str
    body_id: str
    title: str
    held_on: str
    starts: str
    place: str
    session: str
    edition: int
    despatched: str
    note: str
    index: bytes = field(repr=False)
    opened_at: str = ""
    seen_edition: int = 0
    seen_index: bytes = field(default=b"", repr=False)
    put_away: bool = False


@dataclass(frozen=True)
class VersionRecord:
    """One state of a paper's file, sealed on this disk (or on its way). state: one of ARRIVAL_STATES.

    sha256: of the plain file, its identity everywhere. key: opens the sealed file. sealed_sha256/sealed_length: the
    object as it lies in the repository. done: sealed bytes fetched. trouble: the sentence when state is "refused".
    edition: with which it came, 0 where that is not known.
    """

    sha256: str
    pack_id: str
    paper_id: str
    target: str
    key: str = field(repr=False)
    sealed_sha256: str
    sealed_length: int
    state: str
    pages: int
    done: int = 0
    trouble: str = ""
    edition: int = 0


# wanted -> fetching -> stored (readable) -> indexed; refused can be tried again; superseded versions stay readable.
ARRIVAL_STATES = ("wanted", "fetching", "stored", "indexed", "refused")


@dataclass(frozen=True)
class PageRecord:
    """One page of a version: index from 0, size in points as shown (rotation applied), label as printed or "".

    legible: "good", "unreliable" or "none"; "" until its words were read.
    """

    sha256: str
    index: int
    width: float
    height: float
    label: str = ""
    legible: str = ""


@dataclass(frozen=True)
class AnnotationRecord:
    """A mark made by the reader. kind: "highlight", "note", "ink" and so on. colour: a name from the palette.

    anchor: JSON. words: what the member wrote, "" for a bare highlight. details: JSON of what only some kinds have
    (what was drawn, whom a question is for), "" without. carried: JSON, what became of it when its paper was replaced,
    with its earlier places; "" for one that never left its version.
    """

    id: str
    pack_id: str
    paper_id: str
    sha256: str
    page: int
    kind: str
    colour: str
    anchor: str = field(repr=False)
    words: str = field(repr=False)
    created: str
    changed: str
    details: str = field(default="", repr=False)
    carried: str = field(default="", repr=False)


@dataclass(frozen=True)
class BookmarkRecord:
    """A named place: page from 0, y in points from the page's top. carried: as of an annotation."""

    id: str
    pack_id: str
    paper_id: str
    sha256: str
    page: int
    y: float
    name: str
    created: str
    carried: str = field(default="", repr=False)


@dataclass(frozen=True)
class NoticeRecord:
    """That a pack's notes will be destroyed was first shown on the day `told`; due: the day of the rule then."""

    pack_id: str
    due: str
    told: str


@dataclass(frozen=True)
class ReceiptRecord:
    """That notes on a pack were destroyed: how many, and by which rule; never what they said.

    rule: as the index words it. days: of a rule that counts them. confirmed: the day the minutes were, or "". told: the
    day of the notice. kept: notes that were exceptions. cleared: whether the log behind the database is without them.
    """

    id: str
    body_id: str
    pack_id: str
    title: str
    held_on: str
    rule: str
    days: int
    confirmed: str
    told: str
    at: str
    notes: int
    bookmarks: int
    kept: int
    cleared: bool = False
    links: int = 0


@dataclass(frozen=True)
class PlaceRecord:
    """Where a pack, or a paper, was left: the page (paper + index), the window's corner on it in points, zoom.

    zoom: 1.0 is 72 dpi. fit, mode: what it follows, and how pages follow each other. turn: quarter turns. number: the
    page's place in the book, from 0.
    """

    pack_id: str
    paper_id: str
    page: int
    y: float
    x: float
    zoom: float
    fit: str
    at: str
    mode: str = "continuous"
    turn: int = 0
    number: int = 0


@dataclass(frozen=True)
class StructureRecord:
    """How a file is made up. outline: its contents, stamps: the numbers printed on its pages, both JSON."""

    sha256: str
    outline: str = field(repr=False)
    stamps: str = field(repr=False)
    recognised: int = 0  # the edition of the recognisers that read it


@dataclass(frozen=True)
class FindingRecord:
    """One thing a file says. number: from 0 in its file. page: from 0. body: the rest of it, JSON."""

    sha256: str
    number: int
    kind: str
    ref: str = field(repr=False)
    page: int
    text: str = field(repr=False)
    body: str = field(repr=False)


@dataclass(frozen=True)
class PrintedRecord:
    """The label a page (from 0) bears in print, as the member has said."""

    pack_id: str
    paper_id: str
    page: int
    label: str


@dataclass(frozen=True)
class DwellRecord:
    """How long a page (from 0) was looked at, and when last."""

    pack_id: str
    paper_id: str
    page: int
    seconds: float
    at: str


@dataclass(frozen=True)
class HitRecord:
    """One page found. snippet: text with \\x02 before and \\x03 after each hit word; "" where the index holds other
    spellings than the page: then text is the whole page's."""

    pack_id: str
    paper_id: str
    sha256: str
    page: int
    rank: float
    snippet: str = field(repr=False)
    text: str = field(repr=False, default="")


@dataclass(frozen=True)
class PageHitRecord:
    """A page of one pack that holds what is looked for."""

    paper_id: str
    sha256: str
    page: int


@dataclass(frozen=True)
class OwnWordsRecord:
    """Something of the member's own. kind: of the annotation, or "bookmark". marked: the paper's words it lies on."""

    id: str
    pack_id: str
    paper_id: str
    sha256: str
    page: int
    kind: str
    colour: str
    words: str = field(repr=False)
    marked: str = field(repr=False)


@dataclass(frozen=True)
class OfficeRecord:
    """A body this machine is secretary of. *_key: Ed25519 private keys (PEM text); identity: the age identity."""

    body_id: str
    name: str
    organisation: str
    repository: str
    root_key: str = field(repr=False)
    daily_key: str = field(repr=False)
    identity: str = field(repr=False)
    recipient: str


@dataclass(frozen=True)
class RosterRecord:
    """One member's device on a body's roster. state: invited, asked, admitted, removed. secret: the invitation's.

    signing: the device's Ed25519 public key in hex, "" of one that joined before notes could be shared. person: the
    same for all devices of one member, and for nobody else, whatever people are called.
    """

    body_id: str
    tag: str
    member: str
    device: str
    recipient: str
    phrase: str
    state: str
    secret: str = field(repr=False)
    signing: str = ""
    person: str = ""


@dataclass(frozen=True)
class FellowRecord:
    """A device of a member of a body, as the secretary's roster told us. device: what it is called, "" of other people.

    number: of the roster that named it last. present: whether the newest roster does.
    """

    body_id: str
    tag: str
    person: str
    member: str
    device: str
    recipient: str
    signing: str
    number: int
    present: bool = True


@dataclass(frozen=True)
class StateRecord:
    """What is known of one note. author: the person whose it is, "" of the member's own. row: stands for the note as
    it was kept when this was known. stale: the state that may still be on the screen, "" where that is this one.
    """

    id: str
    pack_id: str
    author: str
    row: str
    state: str = field(repr=False)
    stale: str = field(default="", repr=False)


@dataclass(frozen=True)
class TakenRecord:
    """One letter that came. author: tag of the device. digest: stands for its words. whole: none before is missed."""

    body_id: str
    author: str
    sequence: int
    digest: str
    whole: bool


@dataclass(frozen=True)
class HeldRecord:
    """A note that came and cannot be opened: its paper is not here, or not for us. author: tag of the device."""

    body_id: str
    author: str
    entry: str
    item: str = field(repr=False)


@dataclass(frozen=True)
class SealedPaperRecord:
    """A paper version this secretary sealed, reused while unchanged. tags: who was given its key, blank-separated."""

    body_id: str
    sha256: str
    target: str
    key: str = field(repr=False)
    sealed_sha256: str
    sealed_length: int
    length: int
    pages: int
    tags: str


@dataclass(frozen=True)
class DespatchRecord:
    """One published edition. index: the whole pack as JSON, with every key, from which members' indexes are cut."""

    body_id: str
    pack_id: str
    edition: int
    despatched: str
    index: bytes = field(repr=False)


@dataclass(frozen=True)
class FoundLinkRecord:
    """A mention in a paper of a pack and what it leads to. number: from 0 in its paper. page: from 0, where it stands.

    target_…: the first place it leads to, "" and -1 for none. body: the whole link, JSON.
    """

    pack_id: str
    paper_id: str
    number: int
    sha256: str
    page: int
    target_pack: str
    target_paper: str
    target_page: int
    body: str = field(repr=False)


@dataclass(frozen=True)
class OwnLinkRecord:
    """A link made by the reader. kind: what it means, "" for nothing said. words: the reader's comment. keep: it stays
    when the notes on the pack it begins in are destroyed.

    …_anchor: JSON of each end; …_carried: what became of it when its paper was replaced, "" for nothing.
    """

    id: str
    kind: str
    words: str = field(repr=False)
    created: str
    changed: str
    from_pack: str
    from_anchor: str = field(repr=False)
    from_carried: str = field(repr=False)
    to_pack: str
    to_anchor: str = field(repr=False)
    to_carried: str = field(repr=False)
    keep: bool = False
