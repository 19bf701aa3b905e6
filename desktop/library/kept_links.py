"""Links of a pack for whoever shows them: found and made by hand, from here and to here, their places by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from db.records import FoundLinkRecord
from desktop.changes import Change, Changes, Event
from desktop.links.kept import KeptLink, OwnLink
from desktop.packs.index import kept_pack
from desktop.packs.pack import Pack

if TYPE_CHECKING:
    from desktop.library.holdings import Holdings


@dataclass(frozen=True)
class PlaceNames:
    """What a pack and its papers are called. held_on: the day of its meeting, ISO. papers: title and item by id."""

    title: str
    held_on: str
    papers: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class PackLinks:
    """The links of one pack. found: in its papers, in reading order; to: those of every pack that lead into it; own:
    those the reader made that begin or end in it. names: of this pack and of those the links join it to, by id.
    """

    pack_id: str
    found: tuple[KeptLink, ...] = ()
    to: tuple[KeptLink, ...] = ()
    own: tuple[OwnLink, ...] = ()
    names: Mapping[str, PlaceNames] = field(default_factory=dict)


class KeptLinks:
    """Every method runs in the store's lane."""

    def __init__(self, holdings: "Holdings", changes: Changes) -> None:
        self._holdings, self._changes = holdings, changes

    def of_pack(self, pack_id: str) -> PackLinks:
        """All links of a pack."""
        links = self._holdings.links
        rejected = links.rejected(pack_id)
        found = tuple(self._kept(links.found_in(pack_id), {pack_id: rejected}))
        incoming = links.found_to(pack_id)
        theirs = {row.pack_id: links.rejected(row.pack_id) for row in incoming}
        to = tuple(link for link in self._kept(incoming, theirs) if not link.rejected)
        own = tuple(OwnLink.from_record(row) for row in links.own_of(pack_id))
        joined = {target.pack_id for link in found for target in link.link.targets} | {link.pack_id for link in to}
        joined |= {end.pack_id for link in own for end in (link.start, link.end)} | {pack_id}
        return PackLinks(pack_id, found, to, own, self._names(joined))

    def reject(self, link: KeptLink, rejected: bool) -> None:
        """The reader says that this is no reference, or takes that back."""
        self._holdings.links.reject(link.pack_id, link.paper_id, link.key, rejected)
        self._tell(link.pack_id)

    def put_own(self, link: OwnLink) -> None:
        """Keep a link made by hand."""
        self._holdings.links.put_own(link.to_record())
        self._tell(link.start.pack_id, link.end.pack_id)

    def remove_own(self, link: OwnLink) -> None:
        """Destroy it."""
        self._holdings.links.remove_own(link.id)
        self._tell(link.start.pack_id, link.end.pack_id)

    def _tell(self, *packs: str) -> None:
        for pack_id in dict.fromkeys(packs):
            self._changes.publish(Change(Event.LINKS_CHANGED, pack_id=pack_id, origin=self))

    def _kept(
        self, rows: Iterable[FoundLinkRecord], rejected: Mapping[str, set[tuple[str, str]]]
    ) -> Iterable[KeptLink]:
        for row in rows:
            link = KeptLink.from_record(row)
            is_rejected = (link.paper_id, link.key) in rejected[link.pack_id]
            yield replace(link, rejected=True) if is_rejected else link

    def _names(self, packs: Iterable[str]) -> dict[str, PlaceNames]:
        records = {pack_id: self._holdings.packs.get(pack_id) for pack_id in packs}
        return {pack_id: _named(kept_pack(record.index)) for pack_id, record in records.items() if record is not None}


def _named(pack: Pack) -> PlaceNames:
    papers = {paper.id: (paper.title, paper.item) for paper in pack.papers}
    return PlaceNames(pack.title or pack.body.name, pack.meeting.held_on.isoformat(), papers)
