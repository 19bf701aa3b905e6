"""What became of one note on several computers, brought together: in any order, any number of times, the same.

Each part of a note is its last writer's, by time and then by device. Two wordings of one text that did not know of each
other are both kept. A deleted note leaves its id alone behind; brought back, it begins a new life, which counts for
more than the one before.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta

from desktop.annotations.entries import TIME

Facts = Mapping[str, object]  # a note's parts by name, as JSON has them
Texts = Mapping[str, str]
Seen = Mapping[str, str]  # by device: the time of its newest write that is known

ALSO = "(Written meanwhile on another computer:)"


@dataclass(frozen=True)
class Part:
    """One part as its last writer left it. at: UTC, as the store keeps it; by: the device's tag."""

    value: object
    at: str
    by: str

    @property
    def rank(self) -> tuple[str, str, str]:
        """The last writer's is the highest."""
        return self.at, self.by, json.dumps(self.value, sort_keys=True)


@dataclass(frozen=True)
class Wording:
    """One wording of a text. over: those it took the place of, all of a device's up to that time."""

    text: str = field(repr=False)
    at: str
    by: str
    over: Seen = field(default_factory=dict)

    @property
    def rank(self) -> tuple[str, str, str]:
        """The last written is the highest."""
        return self.at, self.by, self.text


@dataclass(frozen=True)
class State:
    """A note as known here. life: begins with 0. seen: of every write known. gone: what was seen by who deleted it; of
    a note that is gone only that counts as known, whatever has been heard of since.
    """

    life: int = 0
    seen: Seen = field(default_factory=dict)
    gone: Seen | None = None
    parts: Mapping[str, Part] = field(default_factory=dict)
    texts: Mapping[str, tuple[Wording, ...]] = field(default_factory=dict)

    @property
    def facts(self) -> dict[str, object]:
        """The parts' values."""
        return {name: part.value for name, part in self.parts.items()}

    @property
    def words(self) -> dict[str, str]:
        """The texts as they are shown: what was worded twice, with both wordings."""
        return {name: shown(wordings) for name, wordings in self.texts.items()}

    @property
    def changed(self) -> str:
        """When anything that still stands was last written, "" where nothing stands."""
        return max([*(part.at for part in self.parts.values()), *(each.at for each in _wordings(self))], default="")

    def to_text(self) -> str:
        """As kept and sent."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def from_fields(fields: Mapping[str, object]) -> State:
    """From JSON of our own; see `wire` for what comes from others."""
    given: dict[str, object] = dict(fields)
    parts, texts = given.pop("parts"), given.pop("texts")
    assert isinstance(parts, dict)
    assert isinstance(texts, dict)
    return State(
        parts={name: Part(**part) for name, part in parts.items()},
        texts={name: tuple(Wording(**each) for each in wordings) for name, wordings in texts.items()},
        **given,  # type: ignore[arg-type]
    )


def join(one: State, other: State) -> State:
    """What is known when both are. The order does not matter, nor how often."""
    if one.life != other.life:
        return max(one, other, key=lambda state: state.life)
    seen = _union(one.seen, other.seen)
    if one.gone is not None or other.gone is not None:
        return State(one.life, seen, _union(one.gone or {}, other.gone or {}))
    parts = {
        name: max((state.parts[name] for state in (one, other) if name in state.parts), key=lambda part: part.rank)
        for name in {*one.parts, *other.parts}
    }
    texts = {
        name: _standing({*map(_frozen, one.texts.get(name, ())), *map(_frozen, other.texts.get(name, ()))})
        for name in {*one.texts, *other.texts}
    }
    return State(one.life, seen, None, parts, texts)


def write(state: State, device: str, at: str, facts: Facts, texts: Texts) -> State:
    """These parts and texts as a device left them now; what was deleted begins a new life."""
    if not (facts or texts) and state.gone is None:
        return state
    at = later_than(at, state.seen.values())
    life = state.life + (state.gone is not None)
    parts = dict(state.parts) | {name: Part(value, at, device) for name, value in facts.items()}
    worded = dict(state.texts)
    for name, text in texts.items():
        over = _over(state.texts.get(name, ()))
        worded[name] = (Wording(text, at, device, over),)
    # A new life says of itself to know only what it was begun with: what else was heard of, its writers have to add.
    known = state.seen if state.gone is None else state.gone
    return State(life, {**known, device: at}, None, parts, worded)


def delete(state: State) -> State:
    """The note was deleted by somebody who knew all this; where it is gone already, nothing of it was there to know."""
    if state.gone is not None:
        return state
    return State(state.life, state.seen, state.seen)


def rescue(mine: State, joined: State, device: str, at: str) -> State:
    """What this device wrote and whoever deleted the note, or began it anew, did not know: it is not lost with that."""
    known = joined.seen if joined.gone is None else joined.gone
    if mine.gone is not None or (joined.gone is None and joined.life == mine.life):
        return joined
    facts = {name: part.value for name, part in mine.parts.items() if _is_new(part, device, known)}
    texts = {name: each for name, found in mine.texts.items() for each in found if _is_new(each, device, known)}
    if not (facts or texts):
        return joined
    if joined.gone is not None:
        again = write(joined, device, at, mine.facts, mine.words)
        return replace(again, seen=_union(again.seen, mine.seen))
    again = write(joined, device, at, facts, {})
    worded = {name: (*again.texts.get(name, ()), replace(each, over={})) for name, each in texts.items()}
    seen = {**again.seen, device: max((again.seen.get(device, ""), *(each.at for each in texts.values())))}
    return replace(again, seen=seen, texts={**again.texts, **worded})


def shown(wordings: Iterable[Wording]) -> str:
    """One text of several: the newest first, without what another says already."""
    texts: list[str] = []
    for wording in sorted(wordings, key=lambda each: each.rank, reverse=True):
        if not any(wording.text in text for text in texts):
            texts = [text for text in texts if text not in wording.text]
            texts.append(wording.text)
    return f"\n\n{ALSO}\n\n".join(texts)


def later_than(at: str, known: Iterable[str]) -> str:
    """This time, or just after the latest known: whoever has seen a write and writes then is later, by any clock."""
    latest = max(known, default="")
    if at > latest:
        return at
    return (datetime.strptime(latest, TIME) + timedelta(microseconds=1)).strftime(TIME)


def _is_new(written: Part | Wording, device: str, known: Seen) -> bool:
    return written.by == device and written.at > known.get(device, "")


def _wordings(state: State) -> Iterator[Wording]:
    return (wording for wordings in state.texts.values() for wording in wordings)


def _over(wordings: Iterable[Wording]) -> dict[str, str]:
    over: dict[str, str] = {}
    for wording in wordings:
        over = _union(_union(over, wording.over), {wording.by: wording.at})
    return over


def _standing(wordings: Iterable["_Frozen"]) -> tuple[Wording, ...]:
    """Those that no other took the place of."""
    found = [Wording(each[0], each[1], each[2], dict(each[3])) for each in wordings]
    left = [one for one in found if not any(other.over.get(one.by, "") >= one.at for other in found if other != one)]
    return tuple(sorted(left, key=lambda each: (each.rank, sorted(each.over.items()))))


_Frozen = tuple[str, str, str, tuple[tuple[str, str], ...]]


def _frozen(wording: Wording) -> _Frozen:
    return wording.text, wording.at, wording.by, tuple(sorted(wording.over.items()))


def _union(one: Seen, other: Seen) -> dict[str, str]:
    return {device: max(one.get(device, ""), other.get(device, "")) for device in {*one, *other}}
