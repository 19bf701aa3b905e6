"""Mentions at page breaks: those whose words begin on one page and end on the next, and those whose paper is named
over the break."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from desktop.papers.finding import Box
from desktop.papers.mention import Mention
from desktop.papers.mention_scopes import scoped
from desktop.papers.paper_text import PaperPage
from desktop.papers.raw_mention import RawMention
from desktop.papers.run_over import RunOver, run_over

_SCOPES = ("item", "paper", "paper_on", "appendix", "section", "held_on", "loosely", "law")

Raw = Callable[[str], list[RawMention]]


def over_breaks(pages: Sequence[PaperPage], found: Mapping[int, list[Mention]], raw: Raw) -> None:
    """Complete what was found on each page (its number from 0). raw: what a text names, apart and in order."""
    for before, after in pairwise(pages):
        if before.lines and after.lines and (text := run_over(before, after)) is not None:
            for each in scoped(text.text, raw(text.text)):
                _take(text, each, found[before.page], found[after.page])


def _take(text: RunOver, each: RawMention, before: list[Mention], after: list[Mention]) -> None:
    seam = text.seam
    if each.end <= seam:
        _tell_more(each, before, text.place(each.start, each.end).boxes)
    elif each.start >= seam:
        _tell_more(each, after, (text.head_box(),))
    elif not any(one.ref == each.ref and _touch(one.place.boxes, (text.head_box(),)) for one in after):
        _add(text, each, before)


def _add(text: RunOver, each: RawMention, before: list[Mention]) -> None:
    """A mention that goes over the break takes the place of what was taken for the whole of it."""
    place = text.place(each.start, each.end)
    facts = each.facts | {"context": text.around(each.start, each.end)}
    words = " ".join(text.text[each.start : each.end].split())
    before[:] = [one for one in before if not _touch(one.place.boxes, place.boxes)]
    before.append(Mention(each.kind, place, words, each.ref, facts))


def _tell_more(each: RawMention, found: list[Mention], where: Iterable[Box]) -> None:
    """A mention that was found has more told of it on the other side of the break."""
    for number, one in enumerate(found):
        if (one.kind, one.ref) == (each.kind, each.ref) and _touch(one.place.boxes, where):
            more = {name: each.facts[name] for name in _SCOPES if name in each.facts and not one.fact(name)}
            if more and not any(one.fact(name) for name in _SCOPES):
                found[number] = replace(one, facts={**one.facts, **more})
            return


def _touch(boxes: Iterable[Box], others: Iterable[Box]) -> bool:
    others = list(others)
    return any(a[0] < b[2] and b[0] < a[2] and min(a[3], b[3]) - max(a[1], b[1]) > 2 for a in boxes for b in others)
