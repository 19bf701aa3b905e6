"""Everything on this computer that has a name to go to: packs, items, papers, marks, people and risks."""

import re
from collections import Counter
from collections.abc import Iterator

from desktop.annotations.entries import Annotation, Bookmark
from desktop.library.holdings import Holdings
from desktop.packs.index import kept_pack
from desktop.packs.pack import AgendaItem, Pack, Paper
from desktop.search.quick import Kind, Target

# "BAF 4", "Group BAF3", "NHFT - BAF04", "LPT – BAF 5.4", "CRR 12": a register's letters and a number.
_RISK = re.compile(r"\b((?:(?:[A-Z]{2,5}|Group)\s*[-–—]?\s*)?(?:BAF|CRR)\s*[-–—]?\s*\d{1,3}(?:\.\d{1,2})?)\b")
_RISK_WORDS = 'baf* OR crr* OR "baf" OR "crr"'
_MOST_RISK_PAGES = 400
_LONGEST = 90  # letters of a note in a list


class Targets:
    """Gathers them from the store; every method runs in the store's lane."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings

    def all(self) -> list[Target]:
        """Every target, newest meeting first."""
        packs = [kept_pack(record.index) for record in self._holdings.packs.all()]
        packs.sort(key=lambda pack: (pack.meeting.held_on, pack.meeting.starts), reverse=True)
        known = {pack.id: pack for pack in packs}
        return [
            *(target for pack in packs for target in _of_pack(pack)),
            *self._marks(known),
            *self._risks(known),
        ]

    def _marks(self, packs: dict[str, Pack]) -> Iterator[Target]:
        for record in self._holdings.bookmarks.all():
            bookmark = Bookmark.from_record(record)
            if pack := packs.get(bookmark.pack_id):
                yield _mark(pack, Kind.BOOKMARK, bookmark.name, bookmark.paper_id, bookmark.page, bookmark.id)
        for row in self._holdings.annotations.all():
            note = Annotation.from_record(row)
            if pack := packs.get(note.pack_id):
                said = " ".join((note.words or note.anchor.exact).split())[:_LONGEST]
                yield _mark(pack, Kind.NOTE, said, note.anchor.paper_id, note.place[0], note.id)

    def _risks(self, packs: dict[str, Pack]) -> Iterator[Target]:
        """Each risk once a pack, at the page that speaks of it most."""
        said: dict[tuple[str, str], Counter[tuple[str, int, str]]] = {}
        for hit in self._holdings.finding.find(_RISK_WORDS, _MOST_RISK_PAGES):
            pack = packs.get(hit.pack_id)
            if pack is None or not any(paper.sha256 == hit.sha256 for paper in pack.papers):
                continue
            for name in _RISK.findall(self._holdings.versions.text(hit.sha256, hit.page) or ""):
                shown = " ".join(name.split())
                pages = said.setdefault((hit.pack_id, _key(shown)), Counter())
                pages[hit.paper_id, hit.page, shown] += 1
        for (pack_id, _), pages in sorted(said.items()):
            (paper_id, page, shown), _count = pages.most_common(1)[0]
            pack = packs[pack_id]
            yield Target(
                Kind.RISK, shown, _where(pack, paper_id, page), pack_id, paper_id, page,
                words=f'"{shown}"', held_on=pack.meeting.held_on.isoformat(),
            )  # fmt: skip


def _key(risk: str) -> str:
    """Two spellings of one risk: blanks, dashes and noughts do not count."""
    return re.sub(r"\D0+(?=\d)", lambda found: found[0][0], re.sub(r"[\s–—-]+", "", risk)).upper()


def _of_pack(pack: Pack) -> Iterator[Target]:
    held = pack.meeting.held_on.isoformat()
    title = pack.title or pack.body.name
    yield Target(Kind.PACK, title, pack.body.organisation, pack.id, held_on=held)
    leads: dict[str, list[tuple[AgendaItem, Paper]]] = {}
    for item in pack.items:
        papers = [paper for paper in pack.papers_of(item) if paper.pages]
        if papers:
            yield Target(Kind.ITEM, item.title, title, pack.id, papers[0].id, 0, item.number, held_on=held)
            if item.lead:
                leads.setdefault(item.lead, []).append((item, papers[0]))
        for paper in papers:
            if paper.title.casefold() != item.title.casefold():
                detail = f"item {item.number}, {title}"
                yield Target(Kind.PAPER, paper.title, detail, pack.id, paper.id, held_on=held)
    for lead, led in leads.items():
        numbers = ", ".join(item.number for item, _ in led)
        detail = f"leads {'item' if len(led) == 1 else 'items'} {numbers}, {title}"
        yield Target(Kind.PERSON, lead, detail, pack.id, led[0][1].id, held_on=held)


def _mark(pack: Pack, kind: Kind, said: str, paper_id: str, page: int, entry_id: str) -> Target:
    held = pack.meeting.held_on.isoformat()
    where = _where(pack, paper_id, page)
    return Target(kind, said, where, pack.id, paper_id, page, held_on=held, entry_id=entry_id)


def _where(pack: Pack, paper_id: str, page: int) -> str:
    """ "page 27, Finance report, Trust Board, 29 January 2026"."""
    paper = next((paper for paper in pack.papers if paper.id == paper_id), None)
    if paper is None or page >= paper.pages:
        return pack.title
    return f"page {pack.first_pack_page(paper) + page}, {paper.title}, {pack.title or pack.body.name}"
