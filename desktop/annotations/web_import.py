"""Notes on their way in from a file of W3C Web Annotations: our own, or those of another program."""

import hashlib
import json
import re
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Any

from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.entries import (
    COLOURS,
    FOREIGN,
    HIGHLIGHT,
    KINDS,
    NOTE,
    PASSAGE_KINDS,
    QUESTION,
    Annotation,
    Asking,
    Origin,
    new_id,
    time_now,
)
from desktop.annotations.exporting import MARK
from desktop.annotations.importing import Home, Taken, label_of, names_of, page_anchor, sought
from desktop.annotations.seeking import Passage
from desktop.annotations.shapes import Shape
from desktop.annotations.text import spelled
from desktop.errors import KnownError

Find = Callable[[str], Home | None]

_MOST = 20_000
_NAME = "urn:despatch:note:"
_PAGE = re.compile(r"\bpage=(\d+)")


def from_jsonld(data: bytes, find: Find, known: Collection[str]) -> Taken:
    """The notes of papers that are found by version or by paper id. Raises KnownError where it is no such file."""
    seen, whole = set(known), Taken()
    for entry in _entries(data):
        try:
            made = _from_entry(entry, find, seen)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            raise _unreadable() from error
        whole = _added(whole, made)
        seen |= names_of(made.marks)
    return whole


def _entries(data: bytes) -> list[dict[str, Any]]:
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _unreadable() from error
    if isinstance(told, dict) and isinstance(told.get("first"), dict):
        told = told["first"]
    items = told.get("items", [told]) if isinstance(told, dict) else told
    if not isinstance(items, list) or len(items) > _MOST or not all(isinstance(item, dict) for item in items):
        raise _unreadable()
    found = [item for item in items if item.get("type") == "Annotation"]
    if not found:
        raise _unreadable()
    return found


def _from_entry(entry: dict[str, Any], find: Find, known: Collection[str]) -> Taken:
    target, told = entry["target"], entry.get(MARK, {})
    version = str(target["source"]).removeprefix("urn:sha256:")
    home = find(version) or find(str(target.get("despatch:paper", {}).get("id", "")))
    if home is None:
        return Taken(elsewhere=1)
    source = _source(entry)
    if source in known:
        return Taken(known=1)
    words, wanted = _body(entry), _wanted(target, told, home)
    shape = Shape.from_fields(told["shape"]) if "shape" in told else None
    anchor = wanted if shape is not None or not wanted.exact else _checked(wanted, home)
    if anchor is not None:
        return Taken((_made(home.pack_id, entry, source, anchor, _told_kind(told, words), words, shape),))
    page = page_anchor(home, min(wanted.page, len(home.labels) - 1))
    words = "\n".join(part for part in (words, f"“{wanted.exact}”") if part)
    return Taken((_made(home.pack_id, entry, source, page, NOTE, words, None),), loose=1)


def _made(
    pack_id: str, entry: dict[str, Any], source: str, anchor: Anchor, kind: str, words: str, shape: Shape | None
) -> Annotation:
    told, creator = entry.get(MARK, {}), entry.get("creator") or {}
    author = str(creator.get("name", "") if isinstance(creator, dict) else creator)
    created = _moment(entry.get("created")) or time_now()
    asking = Asking(**told["asking"]) if "asking" in told else (Asking() if kind == QUESTION else None)
    colour = str(told["colour"]) if told.get("colour") in COLOURS else "action"
    return Annotation(
        new_id(), pack_id, anchor, kind, colour, words, created,
        _moment(entry.get("modified")) or created, shape, asking, origin=Origin(author[:200].strip(), source),
    )  # fmt: skip


def _source(entry: dict[str, Any]) -> str:
    name = str(entry.get("id", ""))
    if name.startswith(_NAME):
        return name.removeprefix(_NAME)
    return FOREIGN + hashlib.sha256((name or repr(entry)).encode()).hexdigest()[:24]


def _moment(written: object) -> str:
    """As the store keeps it; "" where it is no moment."""
    try:
        moment = datetime.fromisoformat(str(written))
    except ValueError:
        return ""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _wanted(target: dict[str, Any], told: dict[str, Any], home: Home) -> Anchor:
    """The anchor as the file tells it, for the version that is here."""
    selectors = target.get("selector", [])
    listed = selectors if isinstance(selectors, list) else [selectors]
    by_type = {str(each.get("type")): each for each in listed}
    quote = by_type.get("TextQuoteSelector", {})
    page = _PAGE.search(str(by_type.get("FragmentSelector", {}).get("value", "")))
    number = max(0, int(page[1]) - 1) if page else 0
    return Anchor(
        home.paper_id, home.version, number, label_of(home, number),
        tuple(Quad(**quad) for quad in told.get("quads", ())),
        str(quote.get("exact", "")), str(quote.get("prefix", "")), str(quote.get("suffix", "")),
        str(told.get("heading", "")),
    )  # fmt: skip


def _checked(wanted: Anchor, home: Home) -> Anchor | None:
    """The anchor where its words stand under its strips; else where they are found; else None."""
    letters = "".join(spelled(wanted.exact))
    own = home.text.tokens_under(wanted.quads)
    if own is not None and home.text.letters(*own) == letters:
        return wanted
    return sought(Passage.of_anchor(wanted), wanted.page, home)


def _told_kind(told: dict[str, Any], words: str) -> str:
    kind = told.get("kind")
    if kind in KINDS and (kind in PASSAGE_KINDS or kind in (NOTE, QUESTION) or "shape" in told):
        return str(kind)
    return NOTE if words else HIGHLIGHT


def _body(entry: dict[str, Any]) -> str:
    bodies = entry.get("body", [])
    listed = bodies if isinstance(bodies, list) else [bodies]
    return "\n".join(str(each.get("value", "")) for each in listed if isinstance(each, dict)).strip()


def _added(one: Taken, other: Taken) -> Taken:
    return Taken(
        one.marks + other.marks,
        one.known + other.known,
        one.loose + other.loose,
        one.empty + other.empty,
        one.elsewhere + other.elsewhere,
    )


def _unreadable() -> KnownError:
    return KnownError(
        "This file has no notes that Despatch can read.",
        "Nothing was imported.",
        "Choose a copy of the paper as PDF with notes in it, or notes that Despatch exported (JSON-LD).",
    )
