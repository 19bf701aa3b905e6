"""The notes and bookmarks of every pack of a body, with where each stands."""

from dataclasses import dataclass

from desktop.annotations.entries import Annotation, Bookmark, Entry
from desktop.library.holdings import Holdings
from desktop.packs.index import kept_pack
from desktop.packs.pack import Pack


@dataclass(frozen=True)
class KeptNote:
    """One of them. pack: its title; held_on: the meeting's day, as 2026-01-29; paper: title, "" when it is gone.

    label: its printed page, "" where that is not known. current: made on the version the pack holds now.
    """

    entry: Entry
    pack: str
    held_on: str
    paper: str
    label: str
    current: bool


def notes_of_body(holdings: Holdings, pack_id: str) -> list[KeptNote]:
    """Those of the body that sent this pack, newest meeting first. Runs in the store's lane."""
    packs = {record.id: kept_pack(record.index) for record in holdings.packs.all()}
    here = packs.get(pack_id)
    body = [pack for pack in packs.values() if here is not None and pack.body.id == here.body.id]
    body.sort(key=lambda pack: (pack.meeting.held_on, pack.meeting.starts), reverse=True)
    found: list[KeptNote] = []
    for pack in body:
        marks = [Annotation.from_record(record) for record in holdings.annotations.of_pack(pack.id)]
        marks.sort(key=lambda mark: (_order(pack, mark.anchor.paper_id), *mark.place))
        places = [Bookmark.from_record(record) for record in holdings.bookmarks.of_pack(pack.id)]
        places.sort(key=lambda mark: (_order(pack, mark.paper_id), mark.page, mark.y))
        found += [_kept(pack, mark, mark.anchor.paper_id, mark.anchor.sha256, mark.place[0]) for mark in marks]
        found += [_kept(pack, mark, mark.paper_id, mark.sha256, mark.page) for mark in places]
    return found


def _order(pack: Pack, paper_id: str) -> int:
    return next((place for place, paper in enumerate(pack.papers) if paper.id == paper_id), len(pack.papers))


def _kept(pack: Pack, entry: Entry, paper_id: str, sha256: str, page: int) -> KeptNote:
    paper = next((paper for paper in pack.papers if paper.id == paper_id), None)
    label = pack.page_label(paper, page) if paper is not None and page < paper.pages else ""
    return KeptNote(
        entry, pack.title or pack.body.name, pack.meeting.held_on.isoformat(), paper.title if paper else "", label,
        paper is not None and paper.sha256 == sha256,
    )  # fmt: skip
