"""Links as the store keeps them: found ones with what they are known by in every edition, and those made by hand."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from db.records import FoundLinkRecord, OwnLinkRecord
from desktop.annotations.anchor import Anchor
from desktop.annotations.carriage import NOT_CARRIED, Carriage
from desktop.links.facts import Link, Scope, Target
from desktop.papers.finding import Confidence
from desktop.papers.mention import Mention

KINDS = ("", "evidence for", "contradicts", "action from", "minute of")  # what a link of one's own can say


def key_of(mention: Mention) -> str:
    """What a rejected link is known by: its words among their neighbours, wherever a new edition puts them."""
    around = " ".join((mention.fact("context") or mention.text).casefold().split())
    return f"{mention.kind.value} {mention.ref} {hashlib.sha256(around.encode()).hexdigest()[:16]}"


@dataclass(frozen=True)
class KeptLink:
    """A link found in a paper (of this version) of a pack. rejected: by the reader, as none."""

    pack_id: str
    paper_id: str
    sha256: str
    link: Link
    rejected: bool = False

    @property
    def page(self) -> int:
        """Where its words stand, from 0."""
        return self.link.mention.place.page

    @property
    def key(self) -> str:
        """What it is known by when it is rejected."""
        return key_of(self.link.mention)

    def to_record(self, number: int) -> FoundLinkRecord:
        """As the store keeps it, as the paper's link of this number."""
        first = self.link.targets[0] if self.link.targets else Target("", "", -1)
        body = json.dumps(link_to_json(self.link), ensure_ascii=False)
        return FoundLinkRecord(
            self.pack_id, self.paper_id, number, self.sha256, self.page, first.pack_id, first.paper_id, first.page, body
        )

    @classmethod
    def from_record(cls, record: FoundLinkRecord, rejected: bool = False) -> "KeptLink":
        """What `to_record` made; it comes from our own store."""
        return cls(record.pack_id, record.paper_id, record.sha256, link_from_json(json.loads(record.body)), rejected)


def link_to_json(link: Link) -> dict[str, Any]:
    """A link with its mention, targets and reason, as `inspect` prints it."""
    said: dict[str, Any] = {
        "mention": link.mention.to_json(),
        "targets": [_target(target) for target in link.targets],
        "scope": link.scope.value,
        "confidence": link.confidence.value,
        "reason": link.reason,
    }
    return said | ({"address": link.address} if link.address else {})


def link_from_json(said: Mapping[str, Any]) -> Link:
    """What `link_to_json` made."""
    targets = tuple(
        Target(each["pack"], each["paper"], each["page"], tuple(tuple(box) for box in each["boxes"]), each["title"])
        for each in said["targets"]
    )
    return Link(
        Mention.from_json(said["mention"]), targets, Scope(said["scope"]), Confidence(said["confidence"]),
        said["reason"], said.get("address", ""),
    )  # fmt: skip


def _target(target: Target) -> dict[str, Any]:
    boxes = [[round(side, 1) for side in box] for box in target.boxes]
    return {
        "pack": target.pack_id,
        "paper": target.paper_id,
        "page": target.page,
        "boxes": boxes,
        "title": target.title,
    }


@dataclass(frozen=True)
class End:
    """One end of a link made by hand: a place in a pack that follows its words to new editions."""

    pack_id: str
    anchor: Anchor
    carriage: Carriage = NOT_CARRIED


@dataclass(frozen=True)
class OwnLink:
    """A link made by the reader, from one place to another. kind: one of KINDS. words: the reader's comment. keep: it
    stays when the notes on the pack it begins in are destroyed."""

    id: str
    start: End
    end: End
    kind: str = ""
    words: str = ""
    created: str = ""
    changed: str = ""
    keep: bool = False

    def at(self, pack_id: str, paper_id: str) -> list[End]:
        """Its ends that lie on a paper of a pack."""
        ends = (self.start, self.end)
        return [end for end in ends if (end.pack_id, end.anchor.paper_id) == (pack_id, paper_id)]

    def other(self, end: End) -> End:
        """The end over against one of them."""
        return self.end if end is self.start else self.start

    def moved(self, which: str, anchor: Anchor, carriage: Carriage) -> "OwnLink":
        """With its "start" or its "end" at another place."""
        before = self.start if which == "start" else self.end
        after = End(before.pack_id, anchor, carriage)
        return replace(self, start=after) if which == "start" else replace(self, end=after)

    def to_record(self) -> OwnLinkRecord:
        """As the store keeps it."""
        start, end = self.start, self.end
        return OwnLinkRecord(
            self.id, self.kind, self.words, self.created, self.changed,
            start.pack_id, start.anchor.to_json(), start.carriage.to_text(),
            end.pack_id, end.anchor.to_json(), end.carriage.to_text(), self.keep,
        )  # fmt: skip

    @classmethod
    def from_record(cls, record: OwnLinkRecord) -> "OwnLink":
        """From the store's row."""
        start = End(record.from_pack, Anchor.from_json(record.from_anchor), Carriage.from_text(record.from_carried))
        end = End(record.to_pack, Anchor.from_json(record.to_anchor), Carriage.from_text(record.to_carried))
        return cls(record.id, start, end, record.kind, record.words, record.created, record.changed, record.keep)
