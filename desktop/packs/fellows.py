"""The roster in an index: the devices of a body's members, so that each can seal to the others and know who signed."""

import re
from dataclasses import dataclass
from typing import Any

from desktop.packs.device_keys import SIGNING
from desktop.packs.fields import ID, Fields, Malformed, read_fields
from desktop.packs.layout import MAX_INDEX
from desktop.packs.sealing import RECIPIENT, tag_of

_TAG = re.compile(r"[0-9a-f]{32}")
_MOST = 1000  # devices


@dataclass(frozen=True)
class Fellow:
    """A device. person: the same for all devices of a member. device: what it is called, told to its owner alone."""

    person: str
    member: str
    tag: str
    recipient: str
    signing: str
    device: str = ""


@dataclass(frozen=True)
class Roster:
    """Everybody, as one device may know them. number: higher than that of every roster before."""

    number: int
    fellows: tuple[Fellow, ...]


def roster_facts(roster: Roster) -> dict[str, Any]:
    """A roster as values for JSON."""
    fellows = [
        {
            "person": each.person, "member": each.member, "tag": each.tag, "recipient": each.recipient,
            "signing": each.signing, "device": each.device,
        }
        for each in roster.fellows
    ]  # fmt: skip
    return {"number": roster.number, "fellows": fellows}


def roster_in(index: bytes) -> Roster | None:
    """The roster of an opened index, None where it carries none; raises Malformed."""
    fields = read_fields(index, MAX_INDEX)
    if not fields.has("roster"):
        return None
    roster = fields.inner("roster")
    fellows = tuple(_fellow(each) for each in roster.each("fellows", _MOST))
    if len({each.tag for each in fellows}) != len(fellows):
        raise Malformed("a device twice")
    return Roster(roster.number("number", 1, 1 << 40), fellows)


def _fellow(fields: Fields) -> Fellow:
    fellow = Fellow(
        fields.text("person", 16, ID), fields.text("member", 200), fields.text("tag", 32, _TAG),
        fields.text("recipient", 62, RECIPIENT), fields.text("signing", 64, SIGNING), fields.text("device", 200),
    )  # fmt: skip
    if tag_of(fellow.recipient) != fellow.tag:
        raise Malformed("a device under another's name")
    return fellow
