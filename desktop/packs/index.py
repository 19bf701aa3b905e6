"""An index: one edition of a pack as one device may see it, with the keys of the papers it may read."""

import json
import re
from datetime import UTC
from typing import Any

from desktop.errors import KnownError
from desktop.packs import printed
from desktop.packs.fellows import Roster, roster_facts, roster_in
from desktop.packs.fields import CLOCK, HEX, ID, SHA256, Fields, Malformed, read_fields, spell_instant
from desktop.packs.layout import BLOB, MAX_INDEX, MAX_PAPER
from desktop.packs.pack import AgendaItem, Body, Meeting, Pack, Paper, PaperKind, PaperStatus, Purpose, Session
from desktop.packs.retention import retention_facts, retention_of
from desktop.packs.sealing import IDENTITY

FORMAT = "despatch-index/1"
PADDING = 4096
MAX_PAGES = 50_000
WITH_FILE = (PaperStatus.PRESENT, PaperStatus.LATE, PaperStatus.TABLED)

_KEY = re.compile(rf"{IDENTITY.pattern}|")
_MOST_PRINTED = 20_000  # letters
_NUMBER = re.compile(r"\S{1,20}")
_NEWER = re.compile(r"despatch-[a-z]+/([2-9]|[1-9]\d{1,5})")


def pack_to_bytes(pack: Pack, tag: str, member: str, roster: Roster | None = None) -> bytes:
    """The index for one device as JSON, padded to a multiple of 4 KiB. Cut what is withheld first.

    roster: the members' devices as this one may know them; a reader that looks for none does not see it.
    """
    facts = {"format": FORMAT, "member": {"tag": tag, "name": member}, **pack_facts(pack)}
    if roster is not None:
        facts["roster"] = roster_facts(roster)
    plain = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    return plain + b" " * (-len(plain) % PADDING)


def pack_from_bytes(data: bytes, tag: str, body_id: str = "") -> Pack:
    """The pack in an opened index, all of it checked; KnownError for a newer format, another's index, or nonsense."""
    try:
        fields = read_fields(data, MAX_INDEX)
        check_format(fields, FORMAT, "This pack")
        if fields.inner("member").text("tag", 32) != tag:
            raise Malformed("for another device")
        pack = pack_of(fields)
        if body_id and pack.body.id != body_id:
            raise Malformed("of another body")
        roster_in(data)
    except Malformed as error:
        raise KnownError(
            f"A pack's index cannot be used ({error}).",
            "Nothing of it was taken in.",
            "Ask the secretary to publish the pack again.",
        ) from error
    return pack


def kept_pack(data: bytes) -> Pack:
    """The pack in an index that `pack_from_bytes` checked before it was kept: whose it is was settled then."""
    return pack_of(read_fields(data, MAX_INDEX))


def check_format(fields: Fields, ours: str, thing: str) -> None:
    """Raise KnownError when thing was made by a newer Despatch, Malformed when it is something else altogether."""
    found = fields.text("format", 40)
    if found == ours:
        return
    if _NEWER.fullmatch(found) and found.partition("/")[0] == ours.partition("/")[0]:
        raise KnownError(
            f"{thing} was made by a newer Despatch.",
            "What is already on this computer can be read as before.",
            "Install the newest version of Despatch and try again.",
        )
    raise Malformed("unknown format")


def pack_facts(pack: Pack) -> dict[str, Any]:
    """A pack as values for JSON, keys of papers included."""
    meeting = pack.meeting
    facts: dict[str, Any] = {
        "body": {"id": pack.body.id, "name": pack.body.name, "organisation": pack.body.organisation},
        "pack": {
            "id": pack.id,
            "title": pack.title,
            "edition": pack.edition,
            "despatched": spell_instant(pack.despatched),
            "note": pack.note,
        },
        "meeting": {
            "date": meeting.held_on.isoformat(),
            "starts": meeting.starts,
            "place": meeting.place,
            "session": meeting.session.value,
        },
        "items": [_item_facts(item) for item in pack.items],
        "papers": [_paper_facts(paper) for paper in pack.papers],
    }
    if pack.retention is not None:
        facts["retention"] = retention_facts(pack.retention)
    return {**facts, "pack": {**facts["pack"], **_terms(pack)}}


def _terms(pack: Pack) -> dict[str, object]:
    """Only what is said: most packs say nothing of it."""
    terms: dict[str, object] = {"receipts": True} if pack.receipts else {}
    if pack.opens is not None:
        terms["opens"] = spell_instant(pack.opens)
    if pack.expires is not None:
        terms["expires"] = pack.expires.isoformat()
    return terms


def pack_of(fields: Fields) -> Pack:
    """The pack in these fields; raises Malformed."""
    facts = fields.inner("pack")
    items = tuple(_item(each) for each in fields.each("items", 500))
    opens = facts.instant("opens").astimezone(UTC) if facts.has("opens") else None
    papers = tuple(_paper(each) for each in fields.each("papers", 1000))
    _check_keys(papers, opens is not None)
    _check_together(items, papers)
    return Pack(
        facts.text("id", 16, ID),
        body_of(fields.inner("body")),
        _meeting(fields.inner("meeting")),
        facts.text("title"),
        facts.number("edition", 1, 100_000),
        facts.instant("despatched"),
        facts.text("note", 5000, lines=True),
        items,
        papers,
        retention_of(fields.inner("retention")) if fields.has("retention") else None,
        facts.flag("receipts"),
        opens,
        facts.day("expires") if facts.has("expires") else None,
    )


def body_of(fields: Fields) -> Body:
    """The body in these fields; raises Malformed."""
    return Body(fields.text("id", 16, ID), fields.text("name", 200), fields.text("organisation", 200))


def _item_facts(item: AgendaItem) -> dict[str, str]:
    return {
        "number": item.number,
        "title": item.title,
        "purpose": item.purpose.value,
        "lead": item.lead,
        "starts": item.starts,
    }


def _paper_facts(paper: Paper) -> dict[str, object]:
    newer: dict[str, object] = {"watermark": True} if paper.watermark else {}
    newer |= {"printed": paper.printed} if paper.printed else {}
    return newer | {
        "id": paper.id,
        "item": paper.item,
        "title": paper.title,
        "kind": paper.kind.value,
        "status": paper.status.value,
        "sha256": paper.sha256,
        "length": paper.length,
        "pages": paper.pages,
        "target": paper.target,
        "key": paper.key,
        "withheld": paper.withheld,
        "no_printing": paper.no_printing,
        "no_export": paper.no_export,
    }


def _meeting(fields: Fields) -> Meeting:
    return Meeting(
        fields.day("date"), fields.text("starts", 5, CLOCK), fields.text("place"), fields.choice("session", Session)
    )


def _item(fields: Fields) -> AgendaItem:
    return AgendaItem(
        fields.text("number", 20, _NUMBER),
        fields.text("title"),
        fields.choice("purpose", Purpose),
        fields.text("lead"),
        fields.text("starts", 5, CLOCK),
    )


def _paper(fields: Fields) -> Paper:
    paper = Paper(
        fields.text("id", 16, ID),
        fields.text("item", 20, _NUMBER),
        fields.text("title"),
        fields.choice("kind", PaperKind),
        fields.choice("status", PaperStatus),
        fields.text("sha256", 64, HEX),
        fields.number("length", 0, MAX_PAPER),
        fields.number("pages", 0, MAX_PAGES),
        fields.text("target", 60),
        fields.text("key", 100),
        fields.flag("withheld"),
        fields.flag("no_printing"),
        fields.flag("no_export"),
        fields.flag("watermark"),
        fields.text("printed", _MOST_PRINTED) if fields.has("printed") else "",
    )
    _check_file(paper)
    _check_printed(paper)
    return paper


def _check_file(paper: Paper) -> None:
    if paper.status in WITH_FILE and not paper.withheld:
        if not (SHA256.fullmatch(paper.sha256) and BLOB.fullmatch(paper.target) and _KEY.fullmatch(paper.key)):
            raise Malformed("a paper without its key")
        if not (paper.length and paper.pages):
            raise Malformed("an empty paper")
    elif paper.sha256 or paper.target or paper.key or paper.length:
        raise Malformed("a key where there is no paper")
    elif paper.status not in WITH_FILE and paper.pages:
        raise Malformed("pages where there is no paper")


def _check_printed(paper: Paper) -> None:
    try:
        labels = printed.read(paper.printed)
    except ValueError as error:
        raise Malformed("numbers of pages that are none") from error
    if labels and len(labels) != paper.pages:
        raise Malformed("another number of pages than was printed")


def _check_keys(papers: tuple[Paper, ...], sealed: bool) -> None:
    """Every paper with a file comes with its key; those of a pack under embargo all come without, until it opens."""
    lacking = [paper for paper in papers if paper.target and not paper.key]
    if lacking and not (sealed and all(not paper.key for paper in papers)):
        raise Malformed("a paper without its key")


def _check_together(items: tuple[AgendaItem, ...], papers: tuple[Paper, ...]) -> None:
    numbers = {item.number for item in items}
    if len(numbers) != len(items):
        raise Malformed("an item twice")
    if len({paper.id for paper in papers}) != len(papers):
        raise Malformed("a paper twice")
    if any(paper.item not in numbers for paper in papers):
        raise Malformed("a paper without an item")
    if sum(paper.pages for paper in papers) > MAX_PAGES:
        raise Malformed("too many pages")
