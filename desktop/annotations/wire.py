"""Notes, bookmarks and places as they travel between computers. What comes in is checked, whoever signed it."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, astuple, replace

from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.carriage import NOT_CARRIED, Carriage
from desktop.annotations.entries import (
    COLOURS,
    EVERYBODY,
    KINDS,
    PRIVATE,
    QUESTION,
    Annotation,
    Asking,
    Bookmark,
    Entry,
    Origin,
)
from desktop.annotations.merging import State, from_fields
from desktop.annotations.shapes import Shape
from desktop.annotations.standing import version_of
from desktop.annotations.subject import KINDS as SUBJECTS
from desktop.annotations.subject import Subject
from desktop.packs.fields import ID, SHA256, Fields, Malformed, hurts

BOOKMARK = "bookmark"
MAX_STATE = 2 << 20  # characters of one note with all that is drawn
_MOST_WORDS, _MOST_QUADS, _MOST_DOTS, _MOST_LIVES = 100_000, 5_000, 100_000, 1_000_000
_MOST_DEVICES, _MOST_WORDINGS, _MOST_PERSONS = 200, 50, 1000
_STAMP = re.compile(r"20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d\.\d{6}Z")
_TAG = re.compile(r"[0-9a-f]{32}")
_PARTS = frozenset(
    ("kind", "colour", "place", "asking", "asked", "created", "origin", "to", "reply", "keep", "subject")
)
_TEXTS = frozenset(("words", "answer", "name"))

Told = tuple[dict[str, object], dict[str, str]]  # parts and texts


def told_of(entry: Entry) -> Told:
    """An entry's parts and texts, as others are told them."""
    if isinstance(entry, Bookmark):
        place: dict[str, object] = {
            "paper_id": entry.paper_id, "sha256": entry.sha256, "page": entry.page, "y": entry.y,
            "carriage": _carriage(entry),
        }  # fmt: skip
        return {"kind": BOOKMARK, "place": place, "created": _stamp(entry.created)}, {"name": _plain(entry.name)}
    asking, sharing = entry.asking or Asking(), entry.sharing
    parts: dict[str, object] = {
        "kind": entry.kind,
        "colour": entry.colour,
        "place": _place(entry),
        "asking": [_plain(asking.item), _plain(asking.whom)],
        "asked": asking.asked,
        "created": _stamp(entry.created),
        "origin": None if entry.origin is None else [_plain(entry.origin.author), _plain(entry.origin.source)],
        "to": sorted(sharing.to),
        "reply": sharing.reply_to,
        "keep": entry.keep,
        "subject": None if entry.subject is None else [_plain(part) for part in astuple(entry.subject)],
    }
    return parts, {"words": _plain(entry.words), "answer": _plain(asking.answer)}


def stands_by_itself(entry: Entry, place: object) -> bool:
    """Whether an entry stands elsewhere than was told only because it followed its paper: its other computers find that
    out for themselves, from their own papers."""
    known = place.get("sha256") if isinstance(place, dict) else None
    return bool(entry.carriage.state) and not entry.carriage.settled and version_of(entry) != known


def entry_of(entry_id: str, pack_id: str, state: State) -> Entry:
    """The entry that a state comes to. Raises Malformed for what no entry could be."""
    facts, words = state.facts, state.words
    fields = Fields(facts)
    if facts.get("kind") == BOOKMARK:
        return _bookmark(entry_id, pack_id, fields.inner("place"), words.get("name", ""), fields)
    kind, colour = fields.text("kind", 20), fields.text("colour", 20)
    if kind not in KINDS or colour not in COLOURS:
        raise Malformed("a kind or colour there is not")
    place = fields.inner("place")
    shape = Shape.from_fields(_shape(place)) if place.has("shape") else None
    asking = None
    if kind == QUESTION:
        item, whom = _strings(facts.get("asking"), 2, 300)
        asking = Asking(item, whom, fields.flag("asked"), words.get("answer", ""))
    origin = facts.get("origin")
    to = tuple(_person(each) for each in _strings(facts.get("to"), None, 16))
    return Annotation(
        entry_id, pack_id, _anchor(place), kind, colour, words.get("words", ""), fields.text("created", 30, _STAMP),
        state.changed, shape, asking, Origin(*_strings(origin, 2, 300)) if origin is not None else None,
        _settled(place), fields.flag("keep"), replace(PRIVATE, to=to, reply_to=_reply(fields)),
        _subject(facts.get("subject")),
    )  # fmt: skip


def read_state(text: str) -> State:
    """A state that came from elsewhere: every value of it bounded and of its kind. Raises Malformed."""
    if len(text) > MAX_STATE:
        raise Malformed("too long")
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON") from error
    fields = Fields(given)
    fields.number("life", 0, _MOST_LIVES)
    _check_seen(given.get("seen"))
    if given.get("gone") is not None:
        _check_seen(given["gone"])
    for name, part in fields.named("parts", len(_PARTS)).items():
        _check_written(name, part, _PARTS)
    texts = given.get("texts")
    if not isinstance(texts, dict) or len(texts) > len(_TEXTS):
        raise Malformed("texts")
    for name in texts:
        for wording in Fields(texts).each(name, _MOST_WORDINGS):
            wording.text("text", _MOST_WORDS, lines=True)
            _check_seen(wording.raw("over"))
            _check_written(name, wording, _TEXTS)
    try:
        return from_fields(given)
    except TypeError as error:
        raise Malformed("a part there is not") from error


def _subject(said: object) -> Subject | None:
    if said is None:
        return None
    kind, ref, name = _strings(said, 3, 300)
    if kind not in SUBJECTS:
        raise Malformed("a subject there is not")
    return Subject(kind, ref, name)


# ---- out


def _place(mark: Annotation) -> dict[str, object]:
    anchor = mark.anchor
    quads = [[quad.page, *(round(side, 2) for side in (quad.x0, quad.y0, quad.x1, quad.y1))] for quad in anchor.quads]
    told = asdict(anchor) | {"quads": quads}
    for name in ("exact", "prefix", "suffix", "heading", "label"):
        told[name] = _plain(str(told[name]))
    if mark.shape is not None:
        told["shape"] = mark.shape.as_fields()
    return told | {"carriage": _carriage(mark)}


def _carriage(entry: Entry) -> str:
    """What its writer has agreed to; what became of it by itself, every computer finds out for itself."""
    return _plain(replace(entry.carriage, earlier=()).to_text()) if entry.carriage.settled else ""


def _plain(text: str) -> str:
    """As others take it: no control characters but the end of a line."""
    return "".join(" " if hurts(sign) and sign != "\n" else sign for sign in text.replace("\r\n", "\n"))[:_MOST_WORDS]


def _stamp(at: str) -> str:
    """A time with its microseconds, which a mark made elsewhere may lack; some time where it has none."""
    whole = at if "." in at else f"{at.removesuffix('Z')}.000000Z"
    return whole if _STAMP.fullmatch(whole) else "2000-01-01T00:00:00.000000Z"


# ---- in


def _bookmark(entry_id: str, pack_id: str, place: Fields, name: str, fields: Fields) -> Bookmark:
    return Bookmark(
        entry_id, pack_id, place.text("paper_id", 16, ID), place.text("sha256", 64, SHA256),
        place.number("page", 0, 50_000), _number(place.raw("y")), name, fields.text("created", 30, _STAMP),
        _settled(place),
    )  # fmt: skip


def _anchor(place: Fields) -> Anchor:
    quads = place.raw("quads")
    if not isinstance(quads, list) or len(quads) > _MOST_QUADS:
        raise Malformed("quads")
    made = []
    for quad in quads:
        if not isinstance(quad, list) or len(quad) != 5:
            raise Malformed("a quad")
        page, *box = (_number(value) for value in quad)
        made.append(Quad(int(page), *box))
    return Anchor(
        place.text("paper_id", 16, ID), place.text("sha256", 64, SHA256), place.number("page", 0, 50_000),
        place.text("label", 100), tuple(made), *(
            place.text(name, _MOST_WORDS, lines=True) for name in ("exact", "prefix", "suffix", "heading")
        ),
    )  # fmt: skip


def _shape(place: Fields) -> dict[str, object]:
    shape = place.inner("shape")
    strokes = shape.raw("strokes")
    if not isinstance(strokes, list) or not strokes:
        raise Malformed("strokes")
    if sum(len(stroke) if isinstance(stroke, list) else _MOST_DOTS for stroke in strokes) > _MOST_DOTS:
        raise Malformed("strokes")
    checked = []
    for stroke in strokes:
        if not stroke or any(not isinstance(dot, list) or len(dot) != 3 for dot in stroke):
            raise Malformed("a stroke")
        checked.append([[_number(value) for value in dot] for dot in stroke])
    return {"strokes": checked, "width": _number(shape.raw("width"))}


def _settled(place: Fields) -> Carriage:
    text = place.text("carriage", 1000)
    if not text:
        return NOT_CARRIED
    try:
        told = Fields(json.loads(text))
    except ValueError as error:
        raise Malformed("carriage") from error
    return Carriage(told.text("state", 20), told.text("against", 64), (), told.flag("settled"))


def _number(value: object) -> float:
    return Fields({"one": value}).decimal("one", -1e6, 1e6)


def _strings(value: object, count: int | None, longest: int) -> list[str]:
    if not isinstance(value, list) or len(value) > _MOST_PERSONS or count not in (None, len(value)):
        raise Malformed("a list")
    return [Fields({"one": each}).text("one", longest) for each in value]


def _person(text: str) -> str:
    if text != EVERYBODY and not ID.fullmatch(text):
        raise Malformed("a person")
    return text


def _reply(fields: Fields) -> str:
    reply = fields.text("reply", 16)
    if reply and not ID.fullmatch(reply):
        raise Malformed("a reply")
    return reply


def _check_written(name: str, written: Fields, names: frozenset[str]) -> None:
    if name not in names:
        raise Malformed("a part there is not")
    written.text("at", 30, _STAMP)
    written.text("by", 32, _TAG)


def _check_seen(seen: object) -> None:
    if not isinstance(seen, Mapping) or len(seen) > _MOST_DEVICES:
        raise Malformed("seen")
    for tag, at in seen.items():
        if not _TAG.fullmatch(tag) or not isinstance(at, str) or not _STAMP.fullmatch(at):
            raise Malformed("seen")
