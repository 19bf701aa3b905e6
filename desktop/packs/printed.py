"""The numbers printed on the pages of a pack, remembered from edition to edition: what was printed keeps its number.

In a first edition pages count on from 1 through every paper. A page that comes later, between pages that were printed,
gets the number before it with a letter: 96A, 96B, … A number that was printed once is never given to another page.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

_LABEL = re.compile(r"(?P<series>S?)(?P<number>\d{1,6})(?P<letters>[A-Z]{0,4})")
_RUN = re.compile(r"(?P<first>S?\d{1,6}[A-Z]{0,4})(?:-(?P<last>S?\d{1,6}[A-Z]{0,4}))?")
MOST = 50_000  # pages
SUPPLEMENT = "S"  # before the numbers of papers that are sent as a supplement

Key = tuple[str, int, int]


@dataclass(frozen=True)
class Slot:
    """A paper that takes numbers. pages: how many; supplement: a later paper counts on by itself, as S1, S2, …"""

    id: str
    pages: int
    supplement: bool = False


def number_pages(
    slots: Sequence[Slot], before: Mapping[str, Sequence[str]], retired: Collection[str] = ()
) -> dict[str, tuple[str, ...]]:
    """The label of each page of each paper. before: by paper, as they were printed last; retired: those of pages gone.

    A paper that grew keeps its numbers, and its further pages get letters; one that shrank leaves a gap.
    """
    used = {label for labels in before.values() for label in labels} | set(retired)
    if not used:
        return _counted(slots)
    taken = _Taken(used)
    given: dict[str, tuple[str, ...]] = {}
    for place, slot in enumerate(slots):
        kept = tuple(before.get(slot.id, ()))[: slot.pages]
        given[slot.id] = kept + _further(slots, place, kept, before, given, taken)
    return given


def spell(labels: Sequence[str]) -> str:
    """As an index keeps them: "47-58 58A-58C"."""
    keys = [_key(label) for label in labels]
    runs = groupby(enumerate(keys), lambda each: _run_of(*each))
    spelled = []
    for _, run in runs:
        places = [place for place, _ in run]
        first, last = labels[places[0]], labels[places[-1]]
        spelled.append(first if first == last else f"{first}-{last}")
    return " ".join(spelled)


def read(spelled: str) -> tuple[str, ...]:
    """What `spell` wrote. Raises ValueError for anything else, or for too much of it."""
    labels: list[str] = []
    for part in spelled.split():
        found = _RUN.fullmatch(part)
        if not found:
            raise ValueError("no page numbers")
        first, last = _key(found["first"]), _key(found["last"] or found["first"])
        steps = last[2] - first[2] if first[2] else last[1] - first[1]
        if steps < 0 or steps + len(labels) >= MOST or not _one_run(first, last):
            raise ValueError("no page numbers")
        labels += [_on(first, step) for step in range(steps + 1)]
    return tuple(labels)


def span(labels: Sequence[str]) -> str:
    """What a paper's pages are called together: "47–58", "96A", "47–58, 58A"."""
    return spell(labels).replace("-", "–").replace(" ", ", ")


def gone(before: Mapping[str, Sequence[str]], now: Mapping[str, Sequence[str]], retired: Iterable[str]) -> list[str]:
    """Numbers that were printed once and stand on no page now, in order."""
    here = {label for labels in now.values() for label in labels}
    once = {label for labels in before.values() for label in labels} | set(retired)
    return sorted(once - here, key=_key)


class _Taken:
    """Numbers that were given out, and the next that were not."""

    def __init__(self, used: Collection[str]) -> None:
        self._letters: dict[tuple[str, int], int] = {}
        for key in map(_key, used):
            self._take(key)

    def _take(self, key: Key) -> None:
        series, number, letter = key
        self._letters[series, number] = max(self._letters.get((series, number), 0), letter)

    def after(self, label: str, count: int) -> tuple[str, ...]:
        """So many with letters, behind a printed page."""
        series, number, _ = _key(label)
        first = self._letters.get((series, number), 0) + 1
        given = [(series, number, first + step) for step in range(count)]
        return self._given(given)

    def on(self, series: str, count: int) -> tuple[str, ...]:
        """So many, counting on behind all others of a series."""
        first = max((number for other, number in self._letters if other == series), default=0) + 1
        return self._given([(series, first + step, 0) for step in range(count)])

    def _given(self, keys: Sequence[Key]) -> tuple[str, ...]:
        for key in keys:
            self._take(key)
        return tuple(_label(*key) for key in keys)


def _counted(slots: Sequence[Slot]) -> dict[str, tuple[str, ...]]:
    given, before = {}, 0
    for slot in slots:
        given[slot.id] = tuple(str(before + page + 1) for page in range(slot.pages))
        before += slot.pages
    return given


def _further(
    slots: Sequence[Slot], place: int, kept: tuple[str, ...], before: Mapping[str, Sequence[str]],
    given: Mapping[str, tuple[str, ...]], taken: _Taken,
) -> tuple[str, ...]:  # fmt: skip
    slot = slots[place]
    count = slot.pages - len(kept)
    if not count:
        return ()
    if slot.supplement and not kept:
        return taken.on(SUPPLEMENT, count)
    ahead = [*(given[each.id] for each in slots[:place]), kept]
    last = next((labels[-1] for labels in reversed(ahead) if labels), "")
    followed = any(before.get(each.id) and each.pages for each in slots[place + 1 :])
    if followed:
        return taken.after(last or "0", count)
    return taken.on("", count)


def _key(label: str) -> Key:
    found = _LABEL.fullmatch(label)
    if not found:
        raise ValueError("no page number")
    letters = 0
    for sign in found["letters"]:
        letters = letters * 26 + ord(sign) - 64
    return found["series"], int(found["number"]), letters


def _label(series: str, number: int, letters: int) -> str:
    written = ""
    while letters:
        letters, rest = divmod(letters - 1, 26)
        written = chr(65 + rest) + written
    return f"{series}{number}{written}"


def _run_of(place: int, key: Key) -> tuple[str, int, int, bool]:
    series, number, letter = key
    return (series, number, letter - place, True) if letter else (series, number - place, 0, False)


def _one_run(first: Key, last: Key) -> bool:
    same_number = first[1] == last[1] if first[2] else not last[2]
    return first[0] == last[0] and same_number and bool(first[2]) == bool(last[2])


def _on(first: Key, steps: int) -> str:
    series, number, letter = first
    return _label(series, number, letter + steps) if letter else _label(series, number + steps, 0)
