"""What mentions are said to be in: "finance report (agenda item 10), section 6", "page 2 of the appendix"."""

import re
from collections.abc import Sequence

from desktop.papers.days import DATE, day_of
from desktop.papers.mention import MentionKind
from desktop.papers.mention_names import HEAD
from desktop.papers.raw_mention import RawMention

Kind = MentionKind

_RANK = {
    Kind.PAPER: 0, Kind.ITEM: 1, Kind.APPENDIX: 2, Kind.SECTION: 3, Kind.PARAGRAPH: 4, Kind.PAGE: 4, Kind.TABLE: 4,
    Kind.FIGURE: 4, Kind.RISK: 4,
}  # fmt: skip
_FACT = {Kind.ITEM: "item", Kind.APPENDIX: "appendix", Kind.SECTION: "section", Kind.PAPER: "paper"}
_INHERITED = ("item", "appendix", "paper", "paper_on", "section", "loosely")
_CHAINED = re.compile(r"[\s,;:()–-]*(?:(?:see|at|in|on)\s+)?[\s(]*")
_BESIDE = re.compile(r"[\s,;()]*(?:and|or|&|to|–|-)\s+(?:in\s+|at\s+)?")
_WITHIN = re.compile(r"\s*\)?\s*(?:of|to|in|from|within|at)\s+(?:the\s+|this\s+|that\s+)?")
_WITHIN_NAME = re.compile(
    r"\s*(?:of|to|in|from|within)\s+(?P<name>"
    rf"(?:the|this|that|his|her|its|their|our|each)\s+(?:[\w’'&/-]+\s+){{0,6}}?{HEAD}\b|(?:the\s+|this\s+)?[A-Z]{{2,5}}\b"
    r"|(?:the|our|their|its)\s+[A-Z][\w’'-]+(?:\s+(?:and|of|for|&|[A-Z][\w’'-]*)){1,6})"
)
_ELSEWHERE_HERE = re.compile(r"\s+(?:below|above|overleaf|opposite|of\s+this\s+(?:report|paper|document))\b")
_NEAR = 90  # letters from a meeting's day to the number of its minute
_NAME_BEFORE = re.compile(
    rf"(?P<name>(?:[\w’'&/-]+\s+){{0,7}}(?:(?i:{HEAD})|[A-Z]{{2,5}}))"
    rf"(?P<dated>\s+(?:of|dated)\s+{DATE})?\s*[,(:]*\s*(?:at\s+|in\s+|see\s+)?$"
)
_DATED_AFTER = re.compile(rf"\s*,?\s*(?:of|dated|from)\s+(?:the\s+meeting\s+(?:held\s+)?(?:of|on)\s+)?{DATE}")
_MOST = 110  # letters before a mention in which the name of its paper may stand


def scoped(text: str, raw: Sequence[RawMention]) -> list[RawMention]:
    """The same in order, each with what it is said to be in."""
    for number, each in enumerate(raw):
        if each.kind is Kind.MINUTE and each.ref.isdigit():
            _of_meeting(text, raw[:number], each)
        if each.kind not in _RANK or each.kind is Kind.PAPER or _ELSEWHERE_HERE.match(text, each.end):
            continue
        after = raw[number + 1] if number + 1 < len(raw) else None
        if not (_says_within(text, each, after, raw[:number]) or (number and _follows(text, raw[number - 1], each))):
            _named_before(text, raw[number - 1].end if number else 0, each)
    return [each for each in raw if not (each.kind is Kind.PAPER and _is_only_scope(text, each, raw))]


def _of_meeting(text: str, before: Sequence[RawMention], each: RawMention) -> None:
    """ "its meeting on 6 June 2016. (Minute 10 refers)"."""
    last = before[-1] if before else None
    if last is not None and last.kind is Kind.MEETING and each.start - last.end < _NEAR:
        each.facts["held_on"] = last.facts["held_on"]
    elif (dated := _DATED_AFTER.match(text, each.end)) and (day := day_of(dated)):
        each.facts["held_on"] = day


def _in_last_appendix(each: RawMention, before: Sequence[RawMention]) -> bool:
    """ "page 2 of the appendix": of the one spoken of last."""
    last = next((raw for raw in reversed(before) if raw.kind is Kind.APPENDIX or "appendix" in raw.facts), None)
    if last is not None:
        each.facts |= _as_scope(last)
    return last is not None


def _says_within(text: str, each: RawMention, after: RawMention | None, before: Sequence[RawMention]) -> bool:
    """ "table 2 of Appendix A", "Section 6 of his report"."""
    if after is not None and _RANK.get(after.kind, 9) < _RANK[each.kind]:
        gap = text[each.end : after.start]
        if (found := _WITHIN.fullmatch(gap)) and found[0].strip():
            each.facts |= _as_scope(after)
            _named_before(text, 0, each, names_only=("item",))
            return True
    found = _WITHIN_NAME.match(text, each.end)
    if found is None:
        return False
    name, each.until = " ".join(found["name"].split()), found.end()
    if name.split()[-1].casefold() in ("appendix", "annex", "enclosure"):
        return _in_last_appendix(each, before)
    each.facts["paper"] = name
    if name.casefold().startswith("that "):
        each.facts |= _spoken_of(text[: each.start], name)
    return True


def _spoken_of(before: str, name: str) -> dict[str, str]:
    """What "that framework" is: the last thing called so, with the day it is said to be of."""
    head = name.split()[-1]
    pattern = re.compile(rf"(?P<name>(?:[\w’'&/-]+\s+){{1,5}}{re.escape(head)})(?P<dated>\s+(?:of|dated)\s+{DATE})?")
    found = list(pattern.finditer(before[-400:]))
    if not found:
        return {}
    last = found[-1]
    said = {"paper": " ".join(last["name"].split())}
    if last["dated"] and (day := day_of(last)):
        said["paper_on"] = day
    return said


def _follows(text: str, before: RawMention, each: RawMention) -> bool:
    """ "agenda item 10, section 6 and table 6": what stands before is the scope, or has it."""
    if before.kind not in _RANK:
        return False
    gap = text[max(before.end, before.until) : each.start]
    chained = _CHAINED.fullmatch(gap) is not None and "\n\n" not in gap
    beside = _BESIDE.fullmatch(gap) is not None
    if chained and _RANK[before.kind] < _RANK[each.kind]:
        each.facts |= _as_scope(before)
        return True
    alike = each.kind is not Kind.ITEM and before.kind is not Kind.ITEM and _RANK[before.kind] >= 2
    if alike and (chained or beside) and _RANK[each.kind] >= 2:
        shared = {name: before.facts[name] for name in _INHERITED if name in before.facts}
        if each.kind is Kind.APPENDIX:
            shared.pop("appendix", None)
        each.facts |= shared
        return bool(shared)
    return False


def _as_scope(scope: RawMention) -> dict[str, str]:
    said = {name: scope.facts[name] for name in _INHERITED if name in scope.facts}
    if scope.kind in _FACT:
        said[_FACT[scope.kind]] = scope.ref
    return said


def _named_before(text: str, floor: int, each: RawMention, names_only: tuple[str, ...] = ()) -> None:
    """ "finance report, section 7", "the BAF, page 8"."""
    if names_only or each.kind is Kind.ITEM:
        return
    before = text[max(floor, each.start - _MOST) : each.start]
    before = re.split(r"[.;!?]\s|\n", before)[-1]
    found = _NAME_BEFORE.search(before)
    if found is None or _is_plain(found["name"]):
        return
    gap = before[found.end("name") :]
    if each.kind is Kind.RISK and "(" not in gap and "," not in gap:
        return
    if not gap.strip() and not found["dated"]:
        return
    each.facts |= {"paper": " ".join(found["name"].split()), "loosely": "yes"}
    if found["dated"] and (day := day_of(found)):
        each.facts["paper_on"] = day


def _is_plain(name: str) -> bool:
    """A word that no paper goes by, though it looks like an abbreviation."""
    last = name.split()[-1]
    return last.islower() and re.fullmatch(HEAD, last) is None


def _is_only_scope(text: str, paper: RawMention, raw: Sequence[RawMention]) -> bool:
    """A name that is followed by where to look in it is told by what follows."""
    for each in raw:
        if each.start >= paper.end:
            return each.kind in _RANK and _CHAINED.fullmatch(text[paper.end : each.start]) is not None
    return False
