"""Everything on this computer that has a name to go to: packs, items, papers, marks, people and risks."""

from collections import defaultdict
from collections.abc import Iterator

from desktop.annotations.entries import Annotation, Bookmark
from desktop.library.holdings import Holdings
from desktop.packs.index import kept_pack
from desktop.packs.pack import AgendaItem, Pack, Paper
from desktop.papers.finding import Finding, FindingKind
from desktop.search.quick import Kind, Target

_LONGEST = 90  # letters of a note or a risk in a list


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
        """Each risk once a pack, where it is set out most fully."""
        found: defaultdict[str, list[Finding]] = defaultdict(list)
        for row in self._holdings.findings.of_kinds([FindingKind.RISK.value]):
            if row.ref:
                found[row.sha256].append(Finding.from_row(row))
        for pack in packs.values():
            fullest: dict[str, tuple[Finding, Paper]] = {}
            for paper in pack.papers:
                for risk in found.get(paper.sha256, ()):
                    before = fullest.get(risk.fact("key"))
                    if before is None or _fullness(risk) > _fullness(before[0]):
                        fullest[risk.fact("key")] = risk, paper
            yield from (_risk(pack, paper, risk) for risk, paper in fullest.values())


def _fullness(risk: Finding) -> int:
    return len(risk.parts) + len(risk.facts)


def _risk(pack: Pack, paper: Paper, risk: Finding) -> Target:
    """ "BAF 2. Urgent care and flow"."""
    title = f"{risk.ref}. {risk.text}" if risk.text != risk.ref else risk.ref
    if len(title) > _LONGEST:
        title = title[: title.rfind(" ", 0, _LONGEST)] + " …"
    where, held = _where(pack, paper.id, risk.page), pack.meeting.held_on.isoformat()
    return Target(Kind.RISK, title, where, pack.id, paper.id, risk.page, words=f'"{risk.ref}"', held_on=held)


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
    return f"page {pack.page_label(paper, page)}, {paper.title}, {pack.title or pack.body.name}"
