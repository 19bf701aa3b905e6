"""Agenda items by number, and papers by name."""

from desktop.links.facts import PackFacts, PaperFacts, Scope
from desktop.links.names import named
from desktop.links.surroundings import Found, Surroundings
from desktop.papers.mention import Landmark, Mention, MentionKind

Kind = MentionKind


def to_item(around: Surroundings, mention: Mention) -> Found | None:
    """The item's first paper; where it has none, its line of the agenda. In minutes, of the meeting they record."""
    pack = around.recorded_or_missing() if around.is_minutes else around.pack
    if isinstance(pack, str):
        return (
            Found.missing(pack)
            if _says_agenda(mention) or not around.paper.marks(Kind.PARAGRAPH, mention.ref)
            else None
        )
    number = mention.ref
    papers = pack.of_item(number) or pack.of_item(number.partition("(")[0])
    papers = [paper for paper in papers if not paper.withheld]
    if papers:
        if around.paper in papers and pack is around.pack:
            return None if not around.is_minutes else _agenda_line(around, pack, number)
        first = papers[0]
        return Found.sure(
            around.target(pack, first), around.scope_of(pack, first), f"the paper of agenda item {number}, {pack.name}"
        )
    if found := _agenda_line(around, pack, number):
        return found
    if not pack.items and not _says_agenda(mention):
        return None
    return Found.missing(around.why_no_papers(pack, number))


def to_named(around: Surroundings, mention: Mention) -> Found | None:
    """The paper of that name; None where no paper, or more than one, goes by it."""
    packs = [around.recorded, around.pack] if around.is_minutes and around.recorded else [around.pack]
    for pack in packs:
        fits = named(mention.ref, [paper for paper in pack.papers if paper.pages])
        if around.paper in fits:
            return None
        if len(fits) == 1:
            return Found.sure(
                around.target(pack, fits[0]), around.scope_of(pack, fits[0]), f"the only paper called so in {pack.name}"
            )
    return None


def _says_agenda(mention: Mention) -> bool:
    return "agenda" in mention.text.casefold()


def _agenda_line(around: Surroundings, pack: PackFacts, number: str) -> Found | None:
    title = next((item.title for item in pack.items if item.number.casefold() == number.casefold()), "")
    for paper in pack.papers:
        if paper.is_agenda and paper.pages:
            mark = _line_of(paper, number, title)
            if mark is not None:
                scope = around.scope_of(pack, paper)
                why = around.why_no_papers(pack, number)
                return Found.sure(around.target(pack, paper, mark), scope, f"{why} This is its line of the agenda.")
    return None


def _line_of(agenda: PaperFacts, number: str, title: str) -> Landmark | None:
    marks = [
        *agenda.marks(Kind.ITEM, number),
        *agenda.marks(Kind.PARAGRAPH, number),
        *agenda.marks(Kind.SECTION, number),
    ]
    first = title.split()[0].casefold() if title else ""
    fits = [mark for mark in marks if not first or first in mark.text.casefold()]
    return fits[0] if fits else None


__all__ = ["Scope", "to_item", "to_named"]
