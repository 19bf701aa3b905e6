"""What was found in a paper: one thing it says, with its place, so that a click shows where it was read."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from db.records import FindingRecord

Box = tuple[float, float, float, float]  # x0, y0, x1, y1 in page points


class FindingKind(StrEnum):
    """What a finding is; its values are kept in the store and written by `inspect`."""

    AGENDA_ITEM = "agenda item"
    MEETING = "meeting"
    ATTENDEE = "attendee"
    MINUTE = "minute"
    DECISION = "decision"
    INTEREST = "interest"
    PROMISE = "promise"
    ACTION = "action"
    RISK = "risk"
    FRONT_SHEET = "front sheet"
    GOVERNANCE = "governance"
    RECOMMENDATION = "recommendation"
    AAA_ENTRY = "alert, advise or assure"
    WORKPLAN_ENTRY = "workplan entry"
    TERMS = "terms of reference"
    INDICATOR = "indicator"
    PAPER_KIND = "kind of paper"
    PART = "part"  # of another finding


class Confidence(StrEnum):
    """How sure a recogniser is. Only what is certain is acted upon without a word."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Place:
    """Where something stands: page from 0 in its paper; boxes in page points, one a line of print."""

    page: int
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing a paper says.

    text: in the paper's words. ref: its number or name, spelled as the paper spells it. facts: its fields, which each
    recogniser documents. parts: what belongs to it and has a place of its own.
    """

    kind: FindingKind
    place: Place
    text: str
    ref: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    confidence: Confidence = Confidence.CERTAIN
    parts: tuple["Finding", ...] = ()

    @property
    def page(self) -> int:
        """The page it begins on, from 0."""
        return self.place.page

    def fact(self, name: str) -> str:
        """A field, "" where the paper does not say it."""
        return self.facts.get(name, "")

    def to_row(self, sha256: str, number: int) -> FindingRecord:
        """As the store keeps it, as the paper's finding of this number."""
        body = {name: value for name, value in self.to_json().items() if name not in ("kind", "ref", "page", "text")}
        return FindingRecord(
            sha256, number, self.kind.value, self.ref, self.page, self.text, json.dumps(body, ensure_ascii=False)
        )

    @classmethod
    def from_row(cls, row: FindingRecord) -> "Finding":
        """What `to_row` made; it comes from our own store."""
        return cls.from_json(
            json.loads(row.body) | {"kind": row.kind, "ref": row.ref, "page": row.page, "text": row.text}
        )

    def to_json(self) -> dict[str, Any]:
        """As `inspect` prints it: only what is there, boxes rounded to tenths of a point."""
        said: dict[str, Any] = {"kind": self.kind.value}
        if self.ref:
            said["ref"] = self.ref
        said |= {"text": self.text, "page": self.page}
        if self.place.boxes:
            said["boxes"] = [[round(side, 1) for side in box] for box in self.place.boxes]
        if self.facts:
            said["facts"] = dict(self.facts)
        said["confidence"] = self.confidence.value
        if self.parts:
            said["parts"] = [part.to_json() for part in self.parts]
        return said

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Finding":
        """What `to_json` made."""
        boxes = tuple((x0, y0, x1, y1) for x0, y0, x1, y1 in said.get("boxes", ()))
        return cls(
            FindingKind(said["kind"]),
            Place(said["page"], boxes),
            said["text"],
            said.get("ref", ""),
            dict(said.get("facts", {})),
            Confidence(said["confidence"]),
            tuple(cls.from_json(part) for part in said.get("parts", ())),
        )


def of_kind(findings: Iterable[Finding], *kinds: FindingKind) -> list[Finding]:
    """Those of these kinds, in their order."""
    return [finding for finding in findings if finding.kind in kinds]
