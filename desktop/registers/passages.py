"""The passages of a standing paper in two packs, aligned: which is which, and what became of each."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from desktop.annotations.alignment import Alignment
from desktop.annotations.differences import Side
from desktop.annotations.text import PaperText
from desktop.registers.compared import Became, Compared, Figure, number_of

_SHARED = 0.5  # of the words of both: one passage
_ALIKE = 74.0  # of a hundred: letters of two that share too few words in order
_PAIRS = 40_000  # compared letter by letter, at most
_CELL = 6  # words: what stands beside something in a row of a table, and is no column of text
_SIDE = 0.5  # of the lower one's height
_NAMED = 5  # words before a figure that say of what it is
_LONGEST = 600  # words of a passage that are compared one by one
_LABEL = re.compile(r"\(?(?:\d+(?:[./]\d+)*|[a-z]|[ivx]{1,4})[.)]?|[a-z]{1,6}[-/]?\d+(?:[./-]\d+)*", re.IGNORECASE)
_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:\d\d)?")
_NUMBERED = re.compile(
    r"\w*(?:baf|crr)|items?|pages?|sections?|paragraphs?|tables?|figures?|appendix|minutes?|risks?|no"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:/\d\d)?")


@dataclass(frozen=True)
class _Unit:
    """Tokens first to end of a paper: a paragraph, or a row of a table."""

    first: int
    end: int
    page: int
    top: float
    bottom: float


def compare_passages(old: PaperText, new: PaperText) -> list[Compared]:
    """Every passage in the order of the newer paper, those that are gone where they stood."""
    before, after = _units(old), _units(new)
    pairs = _pairs(old, before, new, after)
    back = {there: here for here, there in pairs.items()}
    parts: list[Compared] = []
    told: set[int] = set()
    reached = -1
    for number, unit in enumerate(after):
        here = back.get(number)
        if here is not None and here > reached:
            parts += [_gone(old, before[each]) for each in range(reached + 1, here) if each not in pairs]
            told.update(range(reached + 1, here))
            reached = here
        parts.append(_became(old, before[here] if here is not None else None, new, unit))
    parts += [_gone(old, before[each]) for each in range(reached + 1, len(before)) if each not in pairs]
    return list(_drawn_together(parts))


# ---- passages


def _units(text: PaperText) -> list[_Unit]:
    starts = sorted({0, *text.begun}) if text.tokens else []
    units = [_unit(text, first, end) for first, end in zip(starts, [*starts[1:], len(text.tokens)], strict=True)]
    joined: list[_Unit] = []
    for unit in units:
        if joined and _beside(joined[-1], unit):
            joined[-1] = _unit(text, joined[-1].first, unit.end)
        else:
            joined.append(unit)
    return joined


def _unit(text: PaperText, first: int, end: int) -> _Unit:
    strips = [strip for strip in text.strips(first, end) if strip.page == text.page_of(first)]
    top = min((strip.y0 for strip in strips), default=0.0)
    return _Unit(first, end, text.page_of(first), top, max((strip.y1 for strip in strips), default=top))


def _beside(unit: _Unit, other: _Unit) -> bool:
    """Whether two are cells of one row: side by side, one of them short."""
    if unit.page != other.page or min(unit.end - unit.first, other.end - other.first) > _CELL:
        return False
    shared = min(unit.bottom, other.bottom) - max(unit.top, other.top)
    return shared > _SIDE * max(1.0, min(unit.bottom - unit.top, other.bottom - other.top))


# ---- which is which


def _pairs(old: PaperText, before: Sequence[_Unit], new: PaperText, after: Sequence[_Unit]) -> dict[int, int]:
    """The passage now of each that was, as far as it is still there."""
    alignment = Alignment(old.tokens, new.tokens)
    of_token = [number for number, unit in enumerate(after) for _ in range(unit.first, unit.end)]
    shared: Counter[tuple[int, int]] = Counter()
    for number, unit in enumerate(before):
        for token in range(unit.first, unit.end):
            there = alignment.to(token)
            there = alignment.moved_to(token) if there is None else there
            if there is not None:
                shared[number, of_token[there]] += 1
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for (here, there), count in shared.most_common():
        whole = before[here].end - before[here].first + after[there].end - after[there].first
        if here not in pairs and there not in taken and 2 * count >= _SHARED * whole:
            pairs[here] = there
            taken.add(there)
    return pairs | _alike(old, before, new, after, pairs, taken)


def _alike(
    old: PaperText, before: Sequence[_Unit], new: PaperText, after: Sequence[_Unit], pairs: dict[int, int],
    taken: set[int],
) -> dict[int, int]:  # fmt: skip
    """Among those left: rows whose words are the same, whatever their figures; then what is alike letter by letter."""
    left = [number for number in range(len(before)) if number not in pairs]
    right = [number for number in range(len(after)) if number not in taken]
    found: dict[int, int] = {}
    by_words: defaultdict[str, list[int]] = defaultdict(list)
    for number in right:
        by_words[_words_alone(new, after[number])].append(number)
    for here in left:
        words = _words_alone(old, before[here])
        if words and by_words[words]:
            found[here] = by_words[words].pop(0)
    left = [number for number in left if number not in found]
    right = [number for number in right if number not in found.values()]
    if len(left) * len(right) <= _PAIRS:
        found |= _alike_by_letter(old, before, left, new, after, right)
    return found


def _alike_by_letter(
    old: PaperText, before: Sequence[_Unit], left: Iterable[int], new: PaperText, after: Sequence[_Unit],
    right: Sequence[int],
) -> dict[int, int]:  # fmt: skip
    rated = []
    said = {there: " ".join(new.tokens[after[there].first : after[there].end]) for there in right}
    for here in left:
        words = " ".join(old.tokens[before[here].first : before[here].end])
        rated += [(rate, here, there) for there in right if (rate := fuzz.ratio(words, said[there])) >= _ALIKE]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, here, there in sorted(rated, reverse=True):
        if here not in found and there not in taken:
            found[here] = there
            taken.add(there)
    return found


def _words_alone(text: PaperText, unit: _Unit) -> str:
    words = [token for token in text.tokens[unit.first : unit.end] if number_of(token) is None and len(token) > 1]
    return " ".join(words) if len("".join(words)) > _CELL else ""


# ---- what became of it


def _became(old: PaperText, unit: _Unit | None, new: PaperText, now: _Unit) -> Compared:
    there = _side(new, now)
    if unit is None:
        return Compared(Became.NEW, there.words, None, there)
    here = _side(old, unit)
    before, after = old.tokens[unit.first : unit.end], new.tokens[now.first : now.end]
    if before == after:
        return Compared(Became.SAME, there.words, here, there)
    if before[1:] == after[1:] and len(before) > 1 and _is_label(before[0]) and _is_label(after[0]):
        label = Figure("", old.said(unit.first, unit.first + 1), new.said(now.first, now.first + 1))
        return Compared(Became.RENUMBERED, there.words, here, there, (label,))
    figures, reworded = _figures(old, unit, new, now)
    became = Became.REWORDED if reworded or not figures else Became.FIGURES
    return Compared(became, there.words, here, there, tuple(figures))


def _figures(old: PaperText, unit: _Unit, new: PaperText, now: _Unit) -> tuple[list[Figure], bool]:
    """The numbers that are others, and whether words are too."""
    before = old.tokens[unit.first : min(unit.end, unit.first + _LONGEST)]
    after = new.tokens[now.first : min(now.end, now.first + _LONGEST)]
    figures: list[Figure] = []
    reworded = unit.end - unit.first > _LONGEST or now.end - now.first > _LONGEST
    for kind, a0, a1, b0, b1 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if kind != "replace" or a1 - a0 != b1 - b0:
            reworded = True
            continue
        for at in range(a1 - a0):
            if _is_figure(before, a0 + at) and _is_figure(after, b0 + at):
                was, is_now = unit.first + a0 + at, now.first + b0 + at
                name = _named(new, now, is_now)
                figures.append(Figure(name, old.said(was, was + 1), new.said(is_now, is_now + 1)))
            else:
                reworded = True
    return figures, reworded


def _is_figure(tokens: Sequence[str], at: int) -> bool:
    """Whether a token is a number, and not one of a day, nor what something goes by."""
    if number_of(tokens[at]) is None or _YEAR.fullmatch(tokens[at]) or (at and _NUMBERED.fullmatch(tokens[at - 1])):
        return False
    beside = [*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2]]
    return not any(_MONTH.fullmatch(each) for each in beside)


def _named(text: PaperText, unit: _Unit, token: int) -> str:
    """The words before a figure that say of what it is: the row's first, of a row; else those next to it."""
    words = [at for at in range(unit.first, token) if number_of(text.tokens[at]) is None]
    if not words:
        return ""
    if unit.end - unit.first <= 4 * _CELL:
        last = next((at for at in range(unit.first, token) if number_of(text.tokens[at]) is not None), token)
        run = [at for at in words if at < last][: 2 * _NAMED]
        if run:
            return text.said(run[0], run[-1] + 1)
    first = max(words[-_NAMED:][0], unit.first)
    return text.said(first, token)


def _is_label(token: str) -> bool:
    return _LABEL.fullmatch(token) is not None


def _side(text: PaperText, unit: _Unit) -> Side:
    quads = tuple(strip for strip in text.strips(unit.first, unit.end) if strip.page == unit.page)
    return Side(unit.page, unit.top, quads, text.said(unit.first, unit.end))


def _gone(text: PaperText, unit: _Unit) -> Compared:
    side = _side(text, unit)
    return Compared(Became.GONE, side.words, side, None)


def _drawn_together(parts: Iterable[Compared]) -> Iterator[Compared]:
    """What is unchanged, a run of it as one."""
    held: Compared | None = None
    for part in parts:
        if part.became is not Became.SAME:
            if held is not None:
                yield held
            held = None
            yield part
        elif held is None:
            held = part
        else:
            held = Compared(Became.SAME, held.title, held.old, held.new, (), held.count + 1)
    if held is not None:
        yield held
