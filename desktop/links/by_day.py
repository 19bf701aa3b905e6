"""Meetings by their day: their minutes, or else their pack."""

from desktop.links.facts import PackFacts, PaperFacts, say_day
from desktop.links.names import words_of
from desktop.links.surroundings import Found, Surroundings
from desktop.papers.mention import Mention

_BODIES = ("board", "council", "cabinet", "body", "court", "senate", "trust", "governors", "trustees")
_OTHERS = ("committee", "sub-committee", "subcommittee", "group", "panel", "forum", "commission")


def to_meeting(around: Surroundings, mention: Mention) -> Found | None:
    """None for the meeting the paper itself is of, and for another body's."""
    day = around.year_of(mention.fact("held_on"))
    if day.startswith("-") or not _is_ours(around, mention):
        return None
    if day == around.pack.held_on or day == around.paper.pointers.held_on:
        return None
    if day > around.pack.held_on and (pack := around.pack_of(day)) is not None and pack.papers:
        return Found.sure(around.target(pack, pack.papers[0]), around.scope_of(pack), f"the pack of {say_day(day)}")
    for pack in (around.pack, *around.nearest):
        minutes = next((paper for paper in pack.papers if _records(paper, day)), None)
        if minutes is not None:
            scope = around.scope_of(pack, minutes)
            return Found.sure(around.target(pack, minutes), scope, f"the minutes of {say_day(day)}, in {pack.name}")
    pack = around.pack_of(day)
    first = next((paper for paper in pack.papers if paper.pages), None) if pack is not None else None
    if pack is not None and first is not None:
        return Found.sure(around.target(pack, first), around.scope_of(pack), f"the pack of {say_day(day)}")
    if day > around.pack.held_on:
        return Found.missing(f"The pack of {say_day(day)} has not come yet.")
    return Found.missing(f"Neither the minutes nor the pack of {say_day(day)} is in your store.")


def _records(paper: PaperFacts, day: str) -> bool:
    return paper.is_minutes and bool(paper.pages) and paper.pointers.held_on == day


def _is_ours(around: Surroundings, mention: Mention) -> bool:
    """Whether the meeting is one of the body whose pack this is."""
    other = mention.fact("of")
    if other:
        return _is_body(other, around.pack)
    titles = [around.paper.title]
    if around.is_minutes and (minute := around.minute_over(mention)) is not None:
        titles = [minute.text]
    return not any(_names_other(title, around.pack) for title in titles)


def _is_body(name: str, pack: PackFacts) -> bool:
    told, body = words_of(name), words_of(pack.body)
    if not told:
        return True
    if body:
        return set(told) <= set(body) or set(body) <= set(told)
    return told[-1] not in (*_OTHERS, "executive")


def _names_other(title: str, pack: PackFacts) -> bool:
    """ "Quality and Safety Committee: Alert, Advise, Assure" in a board's pack."""
    told = words_of(title)
    body = words_of(pack.body)
    return any(word in _OTHERS and word not in body for word in told) and not any(word in _BODIES for word in told[:2])
