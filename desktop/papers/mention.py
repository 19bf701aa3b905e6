"""What a paper points to and what it can be pointed at by: mentions and landmarks, each with its place."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from desktop.papers.finding import Place


class MentionKind(StrEnum):
    """What words in a paper name. Its values are kept in the store and written by `inspect`."""

    MINUTE = "minute"
    ACTION = "action"
    CODE = "code"  # a reference in a body's own style without a word before it: a minute's or an action's
    RISK = "risk"
    APPENDIX = "appendix"  # enclosures, annexes, attachments and schedules too
    ITEM = "agenda item"
    PAGE = "page"
    SECTION = "section"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    FIGURE = "figure"
    MEETING = "meeting"
    PAPER = "paper"
    ADDRESS = "web address"


_NOTHING: Mapping[str, str] = MappingProxyType({})


def _nothing() -> Mapping[str, str]:
    return _NOTHING


@dataclass(frozen=True)
class Mention:
    """Words that point elsewhere. text: as printed. ref: the number or name in them, in one spelling.

    facts: `to`, the end of a range; `item`, `paper`, `appendix`, `section`, `paper_on`: what the words themselves say
    it is in (`paper_on` is the day of the meeting that paper was put to; `loosely`,
    that the paper's name only stands before); `held_on`, a day (ISO; "--05-29" without a
    year); `of`, another body whose meeting it is; `word`, what an appendix is called here; `law`, that it is said of a
    statute; `cued`, that the words around say that something is to be looked at; `context`, the words around.
    """

    kind: MentionKind
    place: Place
    text: str
    ref: str
    facts: Mapping[str, str] = field(default_factory=_nothing)

    def fact(self, name: str) -> str:
        """A fact, "" where it is not said."""
        return self.facts.get(name, "")

    def to_json(self) -> dict[str, Any]:
        """As the store keeps it and `inspect` prints it."""
        return _to_json(self)

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Mention":
        """What `to_json` made."""
        return cls(MentionKind(said["kind"]), _place(said), said["text"], said["ref"], said.get("facts", _NOTHING))


@dataclass(frozen=True)
class Landmark:
    """A place that mentions lead to: a numbered minute, a heading, a table's caption, a risk, a row of a log.

    ref: in the spelling of mentions. text: its title. facts: `whole`, that the paper as a whole goes by it; `ends`,
    what tells how likely it is the place itself ("heading", "row", "text").
    """

    kind: MentionKind
    place: Place
    text: str
    ref: str
    facts: Mapping[str, str] = field(default_factory=_nothing)

    def fact(self, name: str) -> str:
        """A fact, "" where it is not said."""
        return self.facts.get(name, "")

    @property
    def y(self) -> float:
        """Points down its page, 0 where it is the page as a whole."""
        return self.place.boxes[0][1] if self.place.boxes else 0.0

    def to_json(self) -> dict[str, Any]:
        """As the store keeps it."""
        return _to_json(self)

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Landmark":
        """What `to_json` made."""
        return cls(MentionKind(said["kind"]), _place(said), said["text"], said["ref"], said.get("facts", _NOTHING))


@dataclass(frozen=True)
class Pointers:
    """All that a paper says of itself for references. kind: of paper, "" where it cannot be told ("minutes", "agenda",
    "action log", "risk register"). held_on: the day of the meeting it records, ISO. own: the number printed on each of
    its pages by the paper itself, None where there is none. titles: what it calls itself at its head.
    """

    mentions: tuple[Mention, ...] = ()
    landmarks: tuple[Landmark, ...] = ()
    kind: str = ""
    held_on: str = ""
    own: tuple[int | None, ...] = ()
    titles: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As the store keeps it."""
        return {
            "mentions": [each.to_json() for each in self.mentions],
            "landmarks": [each.to_json() for each in self.landmarks],
            "kind": self.kind, "held_on": self.held_on, "own": list(self.own), "titles": list(self.titles),
        }  # fmt: skip

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Pointers":
        """What `to_json` made."""
        return cls(
            tuple(Mention.from_json(each) for each in said["mentions"]),
            tuple(Landmark.from_json(each) for each in said["landmarks"]),
            said["kind"], said["held_on"], tuple(said["own"]), tuple(said["titles"]),
        )  # fmt: skip


_LOOSE = re.compile(r"[\s–—‐-]+")
_NOUGHTS = re.compile(r"(?<![\d.])0+(?=\d)")


def spelled(ref: str) -> str:
    """One spelling of a reference: blanks, dashes between letters and numbers, and leading noughts do not count.

    "TB / 25 / 07" and "tb/25/7" are one; "BAF04", "BAF 4" and "Baf-4" are one.
    """
    bare = re.sub(r"\s*([/.])\s*", r"\1", ref.strip().rstrip("."))
    return _NOUGHTS.sub("", _LOOSE.sub("", bare)).upper()


def _to_json(one: Mention | Landmark) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": one.kind.value, "text": one.text, "ref": one.ref, "page": one.place.page}
    if one.place.boxes:
        said["boxes"] = [[round(side, 1) for side in box] for box in one.place.boxes]
    if one.facts:
        said["facts"] = dict(one.facts)
    return said


def _place(said: Mapping[str, Any]) -> Place:
    return Place(said["page"], tuple((x0, y0, x1, y1) for x0, y0, x1, y1 in said.get("boxes", ())))


def of_kind(landmarks: Iterable[Landmark], *kinds: MentionKind) -> list[Landmark]:
    """Those of these kinds, in their order."""
    return [landmark for landmark in landmarks if landmark.kind in kinds]
