"""Numbered headings and paragraphs of a paper, in whatever style its body numbers them: learned from the paper itself.

A number counts only as one of a chain that goes up through the paper: "29." before "30.", "GTB/25/8" before "GTB/25/9".
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.papers.finding import Confidence
from desktop.papers.paper_text import PaperText
from desktop.papers.strips import Strip, joined, pitch_of, strips_of

_NUMBER = re.compile(
    r"""(?:(?:Minute|Min|Item|Agenda\ [Ii]tem|Action)\s*(?:[Nn]o\b\.?|[Nn]umber|[Rr]ef)?\s*:?\s*)?
    (?P<number>(?:[A-Z]{1,8}[a-z]{0,3}[ ]?[/.–-]?[ ]?){0,3}
    \d{1,5}(?:[ ]?[/.–-][ ]?\d{1,4}){0,4}(?:[ ]?\([a-z]{1,3}\)|[a-z](?=[.)]?\s))?)[.):]?(?=\s|$)[\s–-]*""",
    re.VERBOSE,
)
_LETTERED = re.compile(r"(?P<open>\(?)(?P<letters>[ivxl]{1,6}|[IVXL]{1,6}|[A-Za-z])(?P<close>[.)]\.?)(?=\s|$)[\s–-]*")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_ALL_OF_THEM = 0.8  # of the letters of a kind: lists inside the text begin again and again, headings do not
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b|Page\b|Q\d")
_AFTER_DAY = re.compile(
    r"(?:st|nd|rd|th)?\s*(?:January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\b"
)
_UNIT = re.compile(
    r"(?:%|per cent|pm\b|am\b|million\b|hours?\b|days?\b|weeks?\b|months?\b|years?\b|people\b|members?\b)"
)
_SUB = re.compile(r"\(?([a-z])[a-z]{0,2}\)?$")
_CLOSE = 1.5  # sizes of the letters: rows of one paragraph in ordinary print
_STEP, _SAME_EDGE = 3, 14.0  # a chain may skip two numbers; points between left edges
_FEWEST_LETTERS, _SET_APART = 4, 0.5  # of a chain of letters; the weight of a heading that stands alone
_WINDOW = 80  # candidates looked back at
_LONGEST_TITLE = 160
_LABEL = re.compile(r"(?:RESOLVED|AGREED|NOTED|ACTION|APPROVED|RECOMMENDED|DECISION)\b")
_RUNS_ON = re.compile(
    r"(?<=[\w)’']) (?=(?:Members|Governors|Trustees|Directors|Councillors|(?:The|"
    r"Our) (?:Board|Chair\w*|Committee|Council|Clerk|Trust|"
    r"Governors|Trustees|Group|meeting|minutes)|It was|There (?:was|were)|Apologies (?:were|"
    r"had)|No(?:ne)? )\s?(?:\w+ed|were|was|had|is)\b)"
)


@dataclass(frozen=True)
class _Seen:
    """A number at the head of a strip, which may be one of a chain."""

    at: int  # its strip
    spelled: str
    shape: str
    value: tuple[int, ...]
    x0: float
    rest: str
    weight: float


@dataclass
class Section:
    """A numbered heading or paragraph and what stands under it.

    ref: as spelled. title: "" where the number stands before running text. level: 1 for the outermost numbers.
    head: the strips of number and title; body: those after, up to the next number of any level.
    """

    ref: str
    title: str
    level: int
    head: list[Strip]
    body: list[Strip] = field(default_factory=list)
    confidence: Confidence = Confidence.CERTAIN

    @property
    def page(self) -> int:
        """Where it begins, from 0."""
        return self.head[0].page


@dataclass(frozen=True)
class Numbered:
    """A paper by its numbers. before: what stands before the first; pitch: from line to line, in points."""

    before: tuple[Strip, ...]
    sections: tuple[Section, ...]
    pitch: float


def numbered(paper: PaperText, fewest: int = 2) -> Numbered:
    """The paper's chain of numbers, the likeliest where it has several; no sections where it has none so long."""
    strips = strips_of(paper)
    chain = _with_inner(_best(_seen(strips), fewest), strips)
    pitch = pitch_of(strips)
    if not chain:
        return Numbered(tuple(strips), (), pitch)
    sections = []
    for place, (seen, level) in enumerate(chain):
        end = chain[place + 1][0].at if place + 1 < len(chain) else len(strips)
        sections.append(_section(seen, level, strips[seen.at : end], pitch))
    return Numbered(tuple(strips[: chain[0][0].at]), tuple(sections), pitch)


def _seen(strips: Sequence[Strip]) -> list[_Seen]:
    found: list[_Seen] = []
    for at, strip in enumerate(strips):
        text = strip.text
        number = _NUMBER.match(text)
        if number is None:
            found += _as_lettered(at, strip, strips)
            continue
        if _MONTH.match(number["number"]):
            continue
        rest = text[number.end() :]
        if number["number"].isdigit() and (_AFTER_DAY.match(rest) or _UNIT.match(rest)):
            continue
        found.append(_as_seen(at, strip, number["number"], rest, strips))
    return found


def _as_seen(at: int, strip: Strip, spelled: str, rest: str, strips: Sequence[Strip]) -> _Seen:
    sub = _SUB.search(spelled)
    bare = spelled[: sub.start()].rstrip() if sub else spelled
    value = (*(int(each) for each in re.findall(r"\d+", bare)), ord(sub[1]) - 96 if sub else 0)
    shape = re.sub(r"\d+", "#", re.sub(r"\s*([/.–-])\s*", r"\1", bare)).replace("–", "-")
    if re.match(r"[A-Z][/.-]#", shape):  # "A.3" is followed by "B.1"
        value, shape = (ord(shape[0]) - 64, *value), f"@{shape[1:]}"
    return _Seen(at, spelled, shape, value, strip.x0, rest, _weight(strip, shape, rest, strips[at + 1 : at + 2]))


def _as_lettered(at: int, strip: Strip, strips: Sequence[Strip]) -> Iterator[_Seen]:
    """ "(iv)", "iv." or "D." at the head of a row: perhaps a Roman number, perhaps a letter, perhaps either."""
    found = _LETTERED.match(strip.text)
    if found is None:
        return
    letters, rest = found["letters"], strip.text[found.end() :]
    case = "i" if letters.islower() else "I"
    spelled = f"{found['open']}{letters}{found['close'] if found['open'] else ''}"
    values = [("r", _roman(letters.lower()))] if set(letters.lower()) <= set(_ROMAN) else []
    values += [("a", ord(letters.lower()) - 96)] if len(letters) == 1 else []
    for kind, value in values:
        shape = f"{found['open']}{kind}{case}{found['close']}"
        weight = _weight(strip, "#", rest, strips[at + 1 : at + 2])
        yield _Seen(at, spelled, shape, (value, 0), strip.x0, rest, weight)


def _roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def _weight(strip: Strip, shape: str, rest: str, after: Sequence[Strip]) -> float:
    """How much a number looks like that of a section."""
    own = 1.0 if len(shape) > 1 and shape != "#.#" else 0.0
    title = rest or (after[0].text if after else "")
    bold = strip.bold or strip.lines[-1].bold or (not rest and bool(after) and after[0].bold)
    capitals = title.isupper() and len(title) > 3
    stands_alone = bool(rest) and len(rest) < 90 and not rest.endswith((".", ";", ","))
    return 0.3 + own + bold + 0.5 * capitals + 0.3 * stands_alone


def _best(seen: Sequence[_Seen], fewest: int) -> list[_Seen]:
    by_shape: defaultdict[str, list[_Seen]] = defaultdict(list)
    for each in seen:
        by_shape[each.shape].append(each)
    chains = [_chain(of_shape) for shape, of_shape in by_shape.items() if "#" in shape]
    long_enough = [chain for chain in chains if len(chain) >= (fewest if len(chain[0].shape) > 3 else max(fewest, 3))]
    best = max(long_enough, key=_worth, default=[])
    outer = _outer(best, long_enough)
    return _lettered(by_shape, outer or best) or outer or best


def _lettered(by_shape: Mapping[str, Sequence[_Seen]], best: Sequence[_Seen]) -> list[_Seen]:
    """The chain of letters or Roman numbers that head the whole paper; none where they only count lists inside it."""
    for shape, seen in by_shape.items():
        chain = _chain(seen) if "#" not in shape and len(seen) >= _FEWEST_LETTERS else []
        if len(chain) < max(_FEWEST_LETTERS, _ALL_OF_THEM * len(seen)) or chain[0].value[0] != 1:
            continue
        around = not best or (chain[0].at < best[0].at and _worth(chain) > _worth(best))
        if around and sum(each.weight > _SET_APART for each in chain) >= _ALL_OF_THEM * len(chain):
            return chain
    return []


def _worth(chain: Sequence[_Seen]) -> float:
    return sum(each.weight for each in chain)


def _outer(best: Sequence[_Seen], chains: Iterable[list[_Seen]]) -> list[_Seen] | None:
    """The chain of "5" that the chain of "5.1" is inside of."""
    if not best or best[0].shape != "#.#":
        return None
    firsts = {each.value[0] for each in best}
    for chain in chains:
        own = {each.value[0] for each in chain}
        if chain[0].shape == "#" and len(own & firsts) > 0.6 * len(own) and chain[0].at < best[-1].at:
            return chain
    return None


def _chain(seen: Sequence[_Seen]) -> list[_Seen]:
    """The weightiest run of numbers that go up."""
    worth: list[float] = []
    before: list[int] = []
    for place, each in enumerate(seen):
        best, link = 0.0, -1
        for other in range(max(0, place - _WINDOW), place):
            step = _step(seen[other], each)
            if step and worth[other] - 0.25 * (step - 1) > best:
                best, link = worth[other] - 0.25 * (step - 1), other
        worth.append(best + each.weight)
        before.append(link)
    place = max(range(len(seen)), key=worth.__getitem__)
    chain = []
    while place >= 0:
        chain.append(seen[place])
        place = before[place]
    return chain[::-1]


def _step(before: _Seen, after: _Seen) -> int:
    """By how much one number follows another; 0 where it does not."""
    if abs(before.x0 - after.x0) > _SAME_EDGE or len(before.value) != len(after.value):
        return 0
    for place, (old, new) in enumerate(zip(before.value, after.value, strict=True)):
        if old != new:
            rest, was = after.value[place + 1 :], before.value[place + 1 :]
            goes_on = (rest[:-1] == was[:-1] and rest[-1:] <= (1,)) or rest == was or all(each <= 1 for each in rest)
            return new - old if 1 <= new - old <= _STEP and goes_on else 0
    return 0


def _with_inner(chain: Sequence[_Seen], strips: Sequence[Strip]) -> list[tuple[_Seen, int]]:
    """The chain with the numbers inside its numbers: "5.1" under "5", "3.2.1" under "3.2"."""
    if not chain or chain[0].shape not in ("#", "#.#", "#.#.#"):
        return [(each, 1) for each in chain]
    whole: list[tuple[_Seen, int]] = []
    inside = [each for each in _seen(strips) if each.shape.startswith(chain[0].shape + ".#")]
    for place, each in enumerate(chain):
        end = chain[place + 1].at if place + 1 < len(chain) else len(strips)
        whole.append((each, 1))
        last = each
        for inner in inside:
            if each.at < inner.at < end and _is_inside(each, last, inner):
                whole.append((inner, 1 + inner.shape.count("#") - each.shape.count("#")))
                last = inner
    return whole


def _is_inside(outer: _Seen, last: _Seen, inner: _Seen) -> bool:
    own = outer.value[:-1]
    if inner.value[: len(own)] != own:
        return False
    if last is outer:
        return all(each <= 2 for each in inner.value[len(own) :])
    return inner.value > last.value or inner.value[:-1] > last.value[:-1]


def _section(seen: _Seen, level: int, strips: Sequence[Strip], pitch: float) -> Section:
    """Number, title and body out of a section's strips."""
    ends, texts = 1, [seen.rest]
    if not seen.rest and len(strips) > 1 and len(strips[1].text) <= _LONGEST_TITLE:
        ends, texts = 2, [strips[1].text]
    title = texts[0]
    set_off = strips[ends - 1].lines[-1].bold or (title.isupper() and len(title) > 3)
    if set_off:
        while ends < len(strips) and _title_goes_on(strips[ends - 1], strips[ends], pitch, title):
            texts.append(strips[ends].text)
            ends += 1
        return Section(seen.spelled, joined(texts), level, list(strips[:ends]), list(strips[ends:]))
    return _plain_section(seen, level, strips, ends, title)


def _title_goes_on(last: Strip, strip: Strip, pitch: float, title: str) -> bool:
    if _LABEL.match(strip.text):
        return False
    near = strip.page == last.page and strip.middle - last.middle <= 1.45 * max(pitch, last.size)
    alike = (strip.bold and last.lines[-1].bold) or (title.isupper() and strip.text.isupper())
    return near and alike and abs(strip.size - last.size) < 1 and strip.x0 >= last.x0 - 1 and strip.x0 - last.x0 < 90


def _plain_section(seen: _Seen, level: int, strips: Sequence[Strip], ends: int, title: str) -> Section:
    """Nothing sets the title off from the text: it is one where it is short and alone, or text begins after it."""
    runs_on = _RUNS_ON.search(title)
    if runs_on and not title.startswith(("The ", "It ", "Members ")):  # those begin no title, but a sentence
        return Section(seen.spelled, title[: runs_on.start()], level, list(strips[:ends]), list(strips[ends - 1 :]))
    head = strips[ends - 1]
    full = ends < len(strips) and head.x1 > max(strip.x1 for strip in strips[ends : ends + 3]) - 2 * head.size
    full = full and _is_close(head, strips[ends])
    if title and len(title) < 100 and not title.endswith((".", ";", ",")) and not full:
        return Section(seen.spelled, title.rstrip(":"), level, list(strips[:ends]), list(strips[ends:]))
    return Section(seen.spelled, "", level, list(strips[:1]), list(strips))


def _is_close(head: Strip, after: Strip) -> bool:
    """Whether the next row can be of the same sentence."""
    step = after.middle - head.middle
    return after.page != head.page or step < _CLOSE * head.size or after.text[:1].islower()
