"""Receipts: what a member's computer tells the secretary of the packs it was sent. That they came, and were opened:
not what was read in them, nor for how long. Sealed to the secretary alone, signed by the computer."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from desktop.packs.device_keys import SIGNATURE, holds, sign
from desktop.packs.fields import ID, Fields, Malformed, read_fields
from desktop.packs.index import check_format
from desktop.packs.sealing import open_sealed, seal, tag_of

FORMAT = "despatch-receipt/1"
ENDING = ".despatch-receipts"
PADDING = 1024
MAX_LINES = 200  # packs; the newest of them
MAX_RECEIPT = 256 * 1024

_TAG = re.compile(r"[0-9a-f]{32}")
_AT = re.compile(r"20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\dZ|")
_EDITIONS = 100_000
_NUMBERS = 1 << 40


@dataclass(frozen=True)
class Line:
    """One pack. received, opened: the newest edition that came whole, and that was opened, 0 for none; and when, as
    "2026-01-29T13:30:00Z" (UTC), "" where it was not."""

    pack_id: str
    received: int = 0
    received_at: str = ""
    opened: int = 0
    opened_at: str = ""


@dataclass(frozen=True)
class Receipt:
    """All that one computer has to tell. author: its tag. sequence: a later receipt, of a higher one, takes its
    place, so that none that is lost on the way is missed, and none that is sent again takes anything back."""

    body_id: str
    author: str
    sequence: int
    lines: tuple[Line, ...]

    def to_sealed(self, secretary: str, signing: str) -> bytes:
        """Signed, and sealed to the secretary's recipient; padded, so that its length says little."""
        words = json.dumps(asdict(self), separators=(",", ":"))
        facts = {"format": FORMAT, "signed": words, "signature": sign(_covered(words), signing)}
        plain = json.dumps(facts).encode()
        return seal(plain + b" " * (-len(plain) % PADDING), secretary)


@dataclass(frozen=True)
class Opened:
    """A receipt that was opened and not believed yet."""

    receipt: Receipt
    _words: str = field(repr=False)
    _signature: str = field(repr=False)

    def is_signed_by(self, public: str) -> bool:
        """Whether it is the receipt of the device with this signing key."""
        return holds(self._signature, _covered(self._words), public)


def open_receipt(sealed: bytes, identity: str) -> Opened:
    """Open what was sealed to the secretary, trusting nothing in it. Raises Malformed, CannotOpen, or KnownError for a
    newer format."""
    if len(sealed) > MAX_RECEIPT:
        raise Malformed("too long")
    fields = read_fields(open_sealed(sealed, identity), 2 * MAX_RECEIPT)
    check_format(fields, FORMAT, "A receipt")
    words = fields.raw("signed")
    if not isinstance(words, str):
        raise Malformed("signed")
    receipt = _receipt(read_fields(words.encode(), 2 * MAX_RECEIPT))
    return Opened(receipt, words, fields.text("signature", 128, SIGNATURE))


def mailbox_of(secretary: str) -> str:
    """The tag under which the secretary with this recipient finds what members send."""
    return tag_of(secretary)


def newest(lines: Iterable[Line]) -> tuple[Line, ...]:
    """As many as a receipt holds, those that happened last."""
    ordered = sorted(lines, key=lambda each: max(each.received_at, each.opened_at))
    return tuple(ordered[-MAX_LINES:])


def line_of(fields: Fields) -> Line:
    """The line in these fields; raises Malformed."""
    return Line(
        fields.text("pack_id", 16, ID),
        fields.number("received", 0, _EDITIONS),
        fields.text("received_at", 20, _AT),
        fields.number("opened", 0, _EDITIONS),
        fields.text("opened_at", 20, _AT),
    )


def _receipt(fields: Fields) -> Receipt:
    lines = tuple(line_of(each) for each in fields.each("lines", MAX_LINES))
    if len({line.pack_id for line in lines}) != len(lines):
        raise Malformed("a pack twice")
    return Receipt(
        fields.text("body_id", 16, ID), fields.text("author", 32, _TAG), fields.number("sequence", 1, _NUMBERS), lines
    )


def _covered(words: str) -> bytes:
    """What is signed: never to be taken for anything else a device might sign."""
    return f"{FORMAT}\n{words}".encode()
