"""Notes from one device to another: sealed to the one, signed by the other, numbered so that gaps and repeats show."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date

from desktop.errors import KnownError
from desktop.packs.device_keys import SIGNATURE, holds, sign
from desktop.packs.fields import ID, Fields, Malformed, read_fields
from desktop.packs.index import check_format
from desktop.packs.layout import MAX_LETTER, MAX_LETTERS
from desktop.packs.sealing import open_sealed, seal

FORMAT, FILE_FORMAT = "despatch-notes/1", "despatch-post/1"
ENDING = ".despatch-notes"
PADDING = 1024
MAX_ITEMS, MAX_PLACES, MAX_CHOICES = 5000, 5000, 5000

_PAPER = re.compile(r"[0-9a-f]{16}|")  # none of a note that is gone
_TAG = re.compile(r"[0-9a-f]{32}")
_BASE64 = re.compile(r"[A-Za-z0-9+/]*={0,2}")
_AT = re.compile(r"20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\dZ")
_MOST = MAX_LETTER // 2  # characters of one note
_NUMBERS = 1 << 40
_CHOSEN = re.compile(r"(note|pack|body) (keep|hold|confirmed|told)")
_STAMP = re.compile(r"(20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d\.\d{6}Z)?")


@dataclass(frozen=True)
class Item:
    """One note. state: to the writer's own devices, as JSON; sealed: to others, the same sealed once more to the key of
    its paper, so that only who may read the paper can read what was written about it."""

    entry: str
    pack_id: str
    paper_id: str
    state: str = field(default="", repr=False)
    sealed: str = field(default="", repr=False)


@dataclass(frozen=True)
class Spot:
    """Where a paper, or with last the pack, was left. How it was looked at depends on the screen, and stays behind."""

    pack_id: str
    paper_id: str
    page: int
    y: float
    number: int
    at: str
    last: bool


@dataclass(frozen=True)
class Chosen:
    """What the member chose about the end of their notes, for their other devices; as the store keeps it."""

    subject: str
    id: str
    choice: str
    words: str | None = field(repr=False)
    at: str


@dataclass(frozen=True)
class Letter:
    """author, to: tags of devices. sequence: of what that author sent to that device. whole: all there is to tell, or
    the first part of it, so that no earlier letter is missed. ended: notes told of before that were destroyed at their
    author's as the body's rule says. choices: to the member's own devices."""

    body_id: str
    author: str
    to: str
    sequence: int
    whole: bool
    items: tuple[Item, ...]
    spots: tuple[Spot, ...] = ()
    ended: tuple[str, ...] = ()
    choices: tuple[Chosen, ...] = ()

    def to_sealed(self, recipient: str, signing: str) -> bytes:
        """Signed, and sealed to the device it is for."""
        facts = asdict(self)
        words = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
        signature = sign(_covered(words), signing)
        plain = json.dumps({"format": FORMAT, "signed": words, "signature": signature}, ensure_ascii=False).encode()
        return seal(plain + b" " * (-len(plain) % PADDING), recipient)


@dataclass(frozen=True)
class Opened:
    """A letter that was opened and not believed yet."""

    letter: Letter
    digest: str
    _words: str = field(repr=False)
    _signature: str = field(repr=False)

    def is_signed_by(self, public: str) -> bool:
        """Whether it is the letter of the device with this signing key."""
        return holds(self._signature, _covered(self._words), public)


def open_letter(sealed: bytes, identity: str) -> Opened:
    """Open what was sealed to this device, trusting nothing in it. Raises Malformed, CannotOpen, or KnownError for a
    newer format."""
    if len(sealed) > MAX_LETTER:
        raise Malformed("too long")
    fields = read_fields(open_sealed(sealed, identity), 2 * MAX_LETTER)
    check_format(fields, FORMAT, "What another member sent")
    words = fields.raw("signed")
    if not isinstance(words, str):
        raise Malformed("signed")
    letter = _letter(read_fields(words.encode(), 2 * MAX_LETTER))
    return Opened(letter, hashlib.sha256(words.encode()).hexdigest(), words, fields.text("signature", 128, SIGNATURE))


def item_from(text: str) -> Item:
    """A note of a letter, as kept until it can be opened."""
    return Item(**json.loads(text))


def letters_to_bytes(letters: Iterable[tuple[str, bytes]]) -> bytes:
    """A file of sealed letters, each with the tag of the device it is for."""
    packed = [{"to": tag, "sealed": base64.b64encode(sealed).decode()} for tag, sealed in letters]
    return json.dumps({"format": FILE_FORMAT, "letters": packed}).encode()


def letters_from_bytes(data: bytes) -> list[tuple[str, bytes]]:
    """The sealed letters of a file. Raises KnownError for what is none."""
    try:
        fields = read_fields(data, MAX_LETTERS)
        check_format(fields, FILE_FORMAT, "This file of notes")
        return [
            (each.text("to", 32, _TAG), base64.b64decode(each.text("sealed", 2 * MAX_LETTER, _BASE64), validate=True))
            for each in fields.each("letters", 1000)
        ]
    except (Malformed, ValueError) as error:
        raise KnownError(
            "This file holds no notes that Despatch can use.", "Nothing was taken in.",
            "Ask whoever sent it to export their notes again.",
        ) from error  # fmt: skip


def _covered(words: str) -> bytes:
    """What is signed: never to be taken for anything else a device might sign."""
    return f"{FORMAT}\n{words}".encode()


def _letter(fields: Fields) -> Letter:
    return Letter(
        fields.text("body_id", 16, ID), fields.text("author", 32, _TAG), fields.text("to", 32, _TAG),
        fields.number("sequence", 0, _NUMBERS), fields.flag("whole"),
        tuple(_item(each) for each in fields.each("items", MAX_ITEMS)),
        tuple(_spot(each) for each in fields.each("spots", MAX_PLACES)),
        tuple(_entry(each) for each in (fields.texts("ended", MAX_ITEMS) if fields.has("ended") else ())),
        tuple(_chosen(each) for each in (fields.each("choices", MAX_CHOICES) if fields.has("choices") else ())),
    )  # fmt: skip


def _item(fields: Fields) -> Item:
    state = fields.raw("state")
    if not isinstance(state, str) or len(state) > _MOST:
        raise Malformed("state")
    sealed = fields.text("sealed", _MOST, _BASE64)
    if bool(state) == bool(sealed):
        raise Malformed("a note without words, or with two")
    return Item(
        fields.text("entry", 16, ID), fields.text("pack_id", 16, ID), fields.text("paper_id", 16, _PAPER), state, sealed
    )


def _entry(text: str) -> str:
    if not ID.fullmatch(text):
        raise Malformed("ended")
    return text


def _chosen(fields: Fields) -> Chosen:
    subject, choice = fields.text("subject", 10), fields.text("choice", 10)
    words = None if fields.raw("words") is None else fields.text("words")
    if not _CHOSEN.fullmatch(f"{subject} {choice}") or not holds_for(choice, words):
        raise Malformed("a choice there is not")
    return Chosen(subject, fields.text("id", 16, ID), choice, words, fields.text("at", 30, _STAMP))


def holds_for(choice: str, words: str | None) -> bool:
    """Whether a choice can have these words: days where days belong."""
    days = {"confirmed": 1, "told": 2}.get(choice, 0)
    if words is None or not days:
        return True
    try:
        return len([date.fromisoformat(day) for day in words.split(" ")]) == days
    except ValueError:
        return False


def _spot(fields: Fields) -> Spot:
    return Spot(
        fields.text("pack_id", 16, ID), fields.text("paper_id", 16, ID), fields.number("page", 0, 50_000),
        fields.decimal("y", -1e6, 1e6), fields.number("number", 0, 1_000_000), fields.text("at", 20, _AT),
        fields.flag("last"),
    )  # fmt: skip
