"""Words in a paper that point elsewhere: found by the words before a number, by a body's style of numbers, by dates."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from desktop.papers.finding import Box
from desktop.papers.mention import Landmark, Mention, MentionKind, spelled
from desktop.papers.mention_breaks import over_breaks
from desktop.papers.mention_dates import meetings
from desktop.papers.mention_names import named_papers, named_sections
from desktop.papers.mention_scopes import scoped
from desktop.papers.mention_words import (
    ADDRESS,
    KEYWORD,
    LAW_AFTER,
    LAW_BEFORE,
    LAW_THING,
    LIST,
    LOOSE,
    NUMBER,
    RANGE,
    RISK_CODE,
    TOKEN,
    WORDS,
)
from desktop.papers.paper_text import PaperText
from desktop.papers.raw_mention import RawMention
from desktop.papers.running import RunningText

Kind = MentionKind

_NO_PREFIX_WORDS = "THE AND ALL FOR OF IN TO ON SEE NO OUR ITS BY AS AT OR NEW KEY HIGH TOP"
_NO_PREFIX = frozenset(_NO_PREFIX_WORDS.split())
_REGISTERS = ("BAF", "CRR", "SRR", "ORR", "BRAF")
_LETTERED = (Kind.SECTION, Kind.TABLE, Kind.FIGURE)
_OF_COUNT = re.compile(r"\s*(?:of|/)\s*\d")
_LAWFUL = (Kind.SECTION, Kind.PARAGRAPH, Kind.APPENDIX, Kind.PAGE)
_TIME = re.compile(r"\d\s*$|\b(?:per|few|several|of|five|ten|fifteen|twenty|thirty|sixty|ninety|the last|every)\s+$")
_MONTH_NEXT = re.compile(
    r"\s*(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)


def find_mentions(paper: PaperText, landmarks: Sequence[Landmark]) -> list[Mention]:
    """Every mention of a paper in reading order. landmarks: of the same paper; a caption or heading is no mention."""
    by_page: dict[int, list[Landmark]] = defaultdict(list)
    for landmark in landmarks:
        by_page[landmark.place.page].append(landmark)
    found: dict[int, list[Mention]] = {}
    for page in paper.pages:
        text = RunningText(page) if page.lines else None
        found[page.page] = list(_on_page(text, by_page.get(page.page, ()))) if text is not None else []
    over_breaks(paper.pages, found, _raw)
    return [mention for mentions in found.values() for mention in mentions]


def _on_page(text: RunningText, landmarks: Sequence[Landmark]) -> Iterator[Mention]:
    for each in scoped(text.text, _raw(text.text)):
        place = text.place(each.start, each.end)
        if _is_definition(text, each, place.boxes, landmarks):
            continue
        facts = each.facts | {"context": text.around(each.start, each.end)}
        yield Mention(each.kind, place, raw_words(text, each), each.ref, facts)


def _raw(text: str) -> list[RawMention]:
    """What a text names."""
    found = (
        _worded(text), _coded(text), _addresses(text), meetings(text), named_papers(text), named_sections(text)
    )  # fmt: skip
    return _apart(each for way in found for each in way)


def _apart(raw: Iterable[RawMention]) -> list[RawMention]:
    """In order; of two that overlap, the longer, and of two as long, the one that was told first."""
    kept: list[RawMention] = []
    for each in sorted(raw, key=lambda each: (each.start, -(each.end - each.start))):
        if kept and each.start < kept[-1].end:
            if each.end - each.start > kept[-1].end - kept[-1].start:
                kept[-1] = each
            continue
        kept.append(each)
    return kept


def _is_definition(text: RunningText, raw: RawMention, boxes: Sequence[Box], landmarks: Sequence[Landmark]) -> bool:
    """Whether these words are the place itself: the number of a minute, a table's caption, a heading."""
    start = text.start_of(text.line_at(raw.start))
    for landmark in landmarks:
        if landmark.fact("whole") and landmark.kind is raw.kind and landmark.ref == raw.ref:
            return " ".join(text.lines[text.line_at(raw.start)].text.split()) in (landmark.text, raw_words(text, raw))
        if landmark.kind is Kind.RISK and landmark.fact("ends") != "sheet":
            continue  # a row of a list may well point to the risk's own sheet
        alike = landmark.kind is raw.kind or Kind.CODE in (landmark.kind, raw.kind)
        if (
            alike
            and landmark.ref == raw.ref
            and any(_touch(box, other) for box in boxes for other in landmark.place.boxes[:1])
        ):
            return raw.start - start < len("ACTION  ")
    return False


def raw_words(text: RunningText, raw: RawMention) -> str:
    """The words of a mention."""
    return " ".join(text.text[raw.start : raw.end].split())


def _touch(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and min(box[3], other[3]) - max(box[1], other[1]) > 2


# ---- a word, and the numbers that follow it


def _worded(text: str) -> Iterator[RawMention]:
    for word in KEYWORD.finditer(text):
        kind = _KINDS[word.lastgroup or ""]
        if _READ_BEFORE.get(kind, _anywhere)(text, word):
            yield from _numbers(text, word, kind)


def _numbers(text: str, word: "re.Match[str]", kind: Kind) -> Iterator[RawMention]:
    """One for each number after the word; the first takes the word with it, a range is one."""
    found = NUMBER.match(text, word.end())
    at = found.end() if found else word.end()
    token = TOKEN[kind].match(text, at)
    start, several = word.start(), _is_plural(word[0])
    if token is None or ("\n" in text[word.end() : token.start()] and kind in _STRICT):
        return
    if not _is_number_of(text, word, kind, token):
        return
    while token is not None:
        ends, to = token.end(), ""
        if last := _end_of_range(text, kind, token, several):
            ends, to = last.end(), _ref(last[0])
        yield _made(text, word, kind, token[0], start, ends, to)
        if not (several or _is_code(token[0])):
            return
        more = LIST.match(text, ends)
        token = TOKEN[kind].match(text, more.end()) if more else None
        if token is not None and not _goes_with(text, kind, token, several):
            return
        start = token.start() if token else 0


def _end_of_range(text: str, kind: Kind, token: "re.Match[str]", several: bool) -> "re.Match[str] | None":
    dash = RANGE.match(text, token.end())
    last = TOKEN[kind].match(text, dash.end()) if dash else None
    if dash is None or last is None or not _counts_up(token[0], last[0]):
        return None
    return last if several or dash[0].strip() not in ("to", "through") else None


def _made(text: str, word: "re.Match[str]", kind: Kind, number: str, start: int, end: int, to: str) -> RawMention:
    facts = {"to": to} if to else {}
    ref = _ref(number)
    if kind is Kind.RISK:
        ref = spelled(_register(word[0]) + number)
    elif kind is Kind.APPENDIX:
        facts["word"] = word[0].casefold().rstrip("s.")
    elif kind in (Kind.ITEM, Kind.ACTION) and "/" in number and re.match(r"[A-Z]+\s?[/\d]", number):
        kind = Kind.CODE  # "item TB/25/51", "actions GTB/25/2": a number of the body, whatever it is called
    if kind in _LAWFUL and _is_law(text, word.start(), end, kind):
        facts["law"] = "yes"
    return RawMention(kind, start, end, ref, facts)


def _ref(number: str) -> str:
    return WORDS.get(number.casefold()) or spelled(number)


def _register(word: str) -> str:
    """ "GROUP BAF ", "LPTBAF", "" for a plain "risk"."""
    bare = re.sub(r"\s+(?:[Rr]isks?|[Ii][Dd]|[Rr]ef(?:erence)?)$", "", word)
    parts = re.split(r"[\s–—-]+", bare)
    if parts[-1].upper() not in _REGISTERS:
        return ""
    return "".join(part for part in parts if part.upper() not in _NO_PREFIX)


def _is_plural(word: str) -> bool:
    bare = word.rstrip(".").casefold()
    return (
        (bare.endswith("s") and bare not in ("s", "ss"))
        or bare in ("pp", "appendices", "annexes")
        or bare.endswith("ces")
    )


def _is_code(number: str) -> bool:
    return any(letter.isalpha() for letter in number) and any(letter.isdigit() for letter in number) and len(number) > 3


def _counts_up(first: str, last: str) -> bool:
    a, b = re.findall(r"\d+", _ref(first)), re.findall(r"\d+", _ref(last))
    if a and b:
        return int(a[-1]) < int(b[-1]) or len(a) != len(b)
    return len(first) == len(last) == 1 and first < last


def _goes_with(text: str, kind: Kind, token: "re.Match[str]", several: bool) -> bool:
    """Whether the next number of a list still belongs to the word: not "sections 2 and 3 patients"."""
    if token[0].casefold() in WORDS and kind is not Kind.PARAGRAPH:
        return False
    if not several:
        return _is_code(token[0])
    after = text[token.end() : token.end() + 2]
    return not after.startswith((" (", "-", "%")) or after.startswith(" (")


def _is_number_of(text: str, word: "re.Match[str]", kind: Kind, token: "re.Match[str]") -> bool:
    """Whether the number after a word is its number."""
    number, lower = token[0], word[0][:1].islower()
    if kind in _LETTERED and number.isalpha() and number.casefold() not in WORDS:
        return (
            not lower
            and len(number) <= 3
            and token.end() - word.end() < 5
            and not re.match(r"[ \n][a-z]", text[token.end() :])
        )
    if kind is Kind.ACTION and not _is_code(number):
        told = text[word.end() : token.start()].strip()
        return (bool(told) and told != ":") or (not lower and re.match(r"\s+\d", text[word.end() :]) is not None)
    if kind is Kind.PAGE and (_OF_COUNT.match(text, token.end()) or _is_whole_line(text, word.start(), token.end())):
        return False
    if kind is Kind.APPENDIX and number in ("A", "I") and re.match(r" [a-z]{2,}", text[token.end() :]):
        return not lower
    if kind is Kind.RISK:
        return _is_risk(word[0], number)
    return True


def _is_risk(word: str, number: str) -> bool:
    if _register(word) or _is_code(number):
        return True
    named = re.match(r"(?i)(?:corporate|strategic|principal|operational)\b", word) is not None
    return named or re.search(r"(?i)\b(?:id|ref(?:erence)?)$", word) is not None or word == "Risk"


def _is_whole_line(text: str, start: int, end: int) -> bool:
    before, after = text[:start].rpartition("\n")[2], text[end:].partition("\n")[0]
    return not before.strip() and not after.strip()


def _is_law(text: str, start: int, end: int, kind: Kind) -> bool:
    if kind is Kind.SECTION and LAW_THING.match(text, end):
        return True
    rest = text[end : end + 110]
    stop = re.search(r"[.;](?:\s|$)|\n", rest)
    return bool(LAW_AFTER.match(rest[: stop.start()] if stop else rest)) or bool(
        LAW_BEFORE.search(text[max(0, start - 60) : start])
    )


def _anywhere(_text: str, _word: "re.Match[str]") -> bool:
    return True


def _is_minute(text: str, word: "re.Match[str]") -> bool:
    """Not a length of time, nor "minutes of"."""
    return not _TIME.search(text[max(0, word.start() - 14) : word.start()]) and not _MONTH_NEXT.match(
        text, word.end() + 3
    )


def _is_page(text: str, word: "re.Match[str]") -> bool:
    return word[0] not in ("p.", "pp.", "pg", "pg.", "Pg") or text[word.start() - 1 : word.start()] in (
        "(",
        " ",
        "\n",
        "",
    )


_READ_BEFORE: dict[Kind, Callable[[str, "re.Match[str]"], bool]] = {Kind.MINUTE: _is_minute, Kind.PAGE: _is_page}
_STRICT = (
    Kind.PAGE,
    Kind.SECTION,
    Kind.TABLE,
    Kind.FIGURE,
    Kind.ACTION,
    Kind.RISK,
    Kind.ITEM,
    Kind.PARAGRAPH,
    Kind.APPENDIX,
)
_KINDS = {
    "minute": Kind.MINUTE, "action": Kind.ACTION, "appendix": Kind.APPENDIX, "item": Kind.ITEM, "page": Kind.PAGE,
    "section": Kind.SECTION, "paragraph": Kind.PARAGRAPH, "table": Kind.TABLE, "figure": Kind.FIGURE, "risk": Kind.RISK,
}  # fmt: skip


# ---- without a word


def _coded(text: str) -> Iterator[RawMention]:
    for found in LOOSE.finditer(text):
        yield RawMention(Kind.CODE, found.start(), found.end(), spelled(found[0]))
    for found in RISK_CODE.finditer(text):
        yield RawMention(Kind.RISK, found.start(), found.end(), spelled(found[0]), {"loose": "yes"})


def _addresses(text: str) -> Iterator[RawMention]:
    if "www." in text or "://" in text or "@" in text:
        for found in ADDRESS.finditer(text):
            end = found.start() + len(_trimmed(found[0]))
            address = text[found.start() : end]
            if "@" in address and "/" not in address:
                yield RawMention(Kind.ADDRESS, found.start(), end, f"mailto:{address}")
            elif "." in address:
                whole = address if "://" in address else f"https://{address}"
                yield RawMention(Kind.ADDRESS, found.start(), end, whole)


def _trimmed(address: str) -> str:
    """Without the sentence's own signs after it."""
    while address and address[-1] in ".,;:!?)]}'’”*-":
        if address[-1] == ")" and address.count("(") >= address.count(")"):
            break
        address = address[:-1]
    return address
