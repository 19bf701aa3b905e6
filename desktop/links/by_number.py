"""Minutes and actions, by their numbers."""

import re
from collections import Counter

from desktop.links.facts import PackFacts, PaperFacts, Scope, say_day
from desktop.links.surroundings import Found, Surroundings
from desktop.papers.mention import Landmark, Mention, MentionKind

Kind = MentionKind
_Hit = tuple[PackFacts, PaperFacts, Landmark]


def to_numbered(around: Surroundings, mention: Mention) -> Found | None:
    """The minute or the action of this number; None for a number in nobody's style here."""
    kinds = (Kind.MINUTE, Kind.ACTION) if mention.kind is Kind.CODE else (mention.kind,)
    if mention.kind is Kind.MINUTE and mention.ref.isdigit():
        return _plain_minute(around, mention)
    hits = _hits(around, mention.ref, kinds) or _hits(around, mention.ref, (Kind.MINUTE, Kind.ACTION))
    if hits:
        return _chosen(around, mention, hits)
    if "(" in mention.ref:
        whole = mention.ref.partition("(")[0]
        if hits := _hits(around, whole, (Kind.MINUTE,)):
            return _chosen(around, mention, hits)
    if mention.kind is Kind.ACTION and mention.ref.isdigit():
        return None
    if mention.kind is Kind.CODE and _style(mention.ref) not in _styles(around):
        return None
    return Found.missing(_why_not(around, mention))


def _hits(around: Surroundings, ref: str, kinds: tuple[Kind, ...]) -> list[_Hit]:
    """Every place of that number, innermost first."""
    return [(pack, paper, mark) for pack, paper in around.walk() for kind in kinds for mark in paper.marks(kind, ref)]


def _chosen(around: Surroundings, mention: Mention, hits: list[_Hit]) -> Found:
    """The innermost; within a pack the log of actions for an action, and the minutes for a minute."""
    first = min(hits, key=lambda hit: _rank(around, mention, hit))
    pack, paper, mark = first
    scope = around.scope_of(pack, paper)
    is_action = mark.kind is Kind.ACTION
    what = "action" if is_action else "minute"
    where = "in this paper" if scope is Scope.PAPER else f"in “{paper.title}”"
    if scope is Scope.EARLIER:
        where += f", {pack.name}"
    return Found.sure(around.target(pack, paper, mark), scope, f"{what} {mark.ref} stands {where}")


def _rank(around: Surroundings, mention: Mention, hit: _Hit) -> tuple[int, bool, bool, bool]:
    pack, paper, mark = hit
    scope = around.scope_of(pack, paper)
    distance = {Scope.PAPER: 0, Scope.ITEM: 1, Scope.PACK: 1, Scope.EARLIER: 2}[scope]
    if pack is not around.pack:
        distance += around.nearest.index(pack)
    stands_here = paper is around.paper and mark.place.page == mention.place.page and _on_its_row(mention, mark)
    wanted = paper.is_log if mark.kind is Kind.ACTION else paper.is_minutes
    return (distance, stands_here, not wanted, mark.place.page > 10_000)


def _on_its_row(mention: Mention, mark: Landmark) -> bool:
    if not (mention.place.boxes and mark.place.boxes):
        return False
    here, there = mention.place.boxes[0], mark.place.boxes[0]
    return there[1] - 2 < (here[1] + here[3]) / 2 < there[3] + 2


def _plain_minute(around: Surroundings, mention: Mention) -> Found:
    """ "Minute 10": of the meeting named beside it, or of the only minutes that have it."""
    day = around.year_of(mention.fact("held_on")) if mention.fact("held_on") else ""
    minutes = [(pack, paper) for pack, paper in around.walk() if paper.is_minutes]
    if day:
        of_day = [(pack, paper) for pack, paper in minutes if paper.pointers.held_on == day]
        if not of_day:
            return Found.missing(f"The minutes of the meeting of {say_day(day)} are not in your store.")
        for pack, paper in of_day:
            if marks := paper.marks(Kind.MINUTE, mention.ref):
                scope = around.scope_of(pack, paper)
                return Found.sure(
                    around.target(pack, paper, marks[0]), scope, f"minute {mention.ref} of {say_day(day)}"
                )
        return Found.missing(f"The minutes of {say_day(day)} have no minute {mention.ref} that could be found.")
    hits = [(pack, paper, mark) for pack, paper in minutes for mark in paper.marks(Kind.MINUTE, mention.ref)[:1]]
    by_meeting = {paper.pointers.held_on or paper.sha256: (pack, paper, mark) for pack, paper, mark in reversed(hits)}
    if not by_meeting:
        return Found.missing(f"No minutes in your store have a minute {mention.ref}.")
    found = [around.target(*hit) for hit in by_meeting.values()][::-1]
    pack, paper, _ = next(iter(reversed(by_meeting.values())))
    scope = around.scope_of(pack, paper)
    if len(found) == 1 or (scope in (Scope.PAPER, Scope.PACK, Scope.ITEM) and _only_one_in_pack(around, hits)):
        make = Found.sure if scope is Scope.PAPER or (len(found) == 1 and scope is not Scope.EARLIER) else Found.likely
        return make(found[0], scope, f"minute {mention.ref} in “{paper.title}”")
    return Found.several(found[:8], scope, f"several meetings have a minute {mention.ref}")


def _only_one_in_pack(around: Surroundings, hits: list[_Hit]) -> bool:
    return len({paper.paper_id for pack, paper, _ in hits if pack is around.pack}) == 1


def _style(ref: str) -> str:
    return re.sub(r"\d+", "0", ref)


def _styles(around: Surroundings) -> set[str]:
    """How the numbers of this body's minutes and actions are written."""
    seen: Counter[str] = Counter()
    for _, paper in around.walk():
        seen.update({_style(mark.ref) for mark in paper.pointers.landmarks if mark.kind in (Kind.MINUTE, Kind.ACTION)})
    return {style for style in seen if len(style) > 2}


def _why_not(around: Surroundings, mention: Mention) -> str:
    """Which minutes would have it, as far as that can be told."""
    what = "action" if mention.kind is Kind.ACTION else "minute"
    number = _last(mention.ref)
    known = sorted(
        (_last(mark.ref), paper.pointers.held_on)
        for _, paper in around.walk()
        if paper.is_minutes and paper.pointers.held_on
        for mark in paper.pointers.landmarks
        if mark.kind is Kind.MINUTE
        and _style(mark.ref) == _style(mention.ref)
        and _series(mark.ref) == _series(mention.ref)
    )
    if known and number < known[0][0]:
        return f"It is of a meeting before {say_day(known[0][1])}, whose minutes are not in your store."
    if known and number > known[-1][0]:
        return f"It is of a meeting after {say_day(known[-1][1])}, whose minutes are not in your store."
    return f"No {what} of this number is in the packs in your store."


def _last(ref: str) -> int:
    numbers = re.findall(r"\d+", ref)
    return int(numbers[-1]) if numbers else 0


def _series(ref: str) -> str:
    return re.sub(r"\d+\D*$", "", ref)
