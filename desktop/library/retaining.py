"""Retention at work in the store: how each pack stands, what was told, and the destroying. In the store's lane."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from db.records import NoticeRecord, ReceiptRecord
from db.retention import BODY, CONFIRMED, HOLD, KEEP, PACK
from desktop.annotations.entries import Annotation, Bookmark, new_id
from desktop.annotations.retention import Count, Outlook, Own
from desktop.links.kept import OwnLink
from desktop.packs.pack import Pack
from desktop.packs.retention import Retention

if TYPE_CHECKING:
    from desktop.library.holdings import Holdings
    from desktop.library.shelf import Shelf


@dataclass(frozen=True)
class BodyOutlook:
    """What a body has decided. hold: the member's own reason, None without a hold. receipts: how many there are."""

    body_id: str
    name: str
    retention: Retention | None
    hold: str | None
    receipts: int


@dataclass(frozen=True)
class Due:
    """One of the notes and links that would go. paper: its title. kept: an exception of the member's."""

    entry: Annotation | Bookmark | OwnLink
    paper: str
    kept: bool


@dataclass(frozen=True)
class Receipt:
    """A receipt, with the body's name. gone: ids of what was destroyed, where that was just now; led_to: packs that
    links among it led to."""

    body: str
    record: ReceiptRecord
    gone: tuple[str, ...] = ()
    led_to: frozenset[str] = frozenset()


class Retaining:
    """Everything about retention that is asked of the store."""

    def __init__(self, holdings: "Holdings", shelf: "Shelf") -> None:
        self._holdings, self._shelf = holdings, shelf

    # ---- how things stand

    def bodies(self) -> list[BodyOutlook]:
        """What each body has decided, by name."""
        choices, receipts = self._holdings.retained.choices(), self._holdings.retained.receipts()
        decided = _decisions(self._shelf.packs().values())
        return [
            BodyOutlook(
                body.id,
                body.name,
                decided.get(body.id),
                choices.get((BODY, body.id, HOLD)),
                sum(receipt.body_id == body.id for receipt in receipts),
            )
            for body in self._holdings.bodies.all()
        ]

    def outlook(self, pack_id: str) -> Outlook | None:
        """How things stand with one pack's notes."""
        packs = self._shelf.packs()
        pack = packs.get(pack_id)
        return None if pack is None else self._outlook(pack, _decisions(packs.values()).get(pack.body.id))

    def outlooks(self) -> list[Outlook]:
        """Of every pack that has notes, those of the oldest meeting first."""
        packs = self._shelf.packs()
        decided = _decisions(packs.values())
        ruled = [pack for pack in packs.values() if pack.body.id in decided]
        ruled.sort(key=lambda pack: (pack.meeting.held_on, pack.meeting.starts))
        looks = [self._outlook(pack, decided[pack.body.id]) for pack in ruled]
        return [look for look in looks if look.count != Count()]

    def listed(self, pack_id: str) -> list[Due]:
        """The notes, bookmarks and links of a pack, in the order of its papers. A link is of the pack it begins in."""
        pack = self._shelf.packs().get(pack_id)
        if pack is None:
            return []
        titles = {paper.id: paper.title for paper in pack.papers}
        order = {paper.id: place for place, paper in enumerate(pack.papers)}
        marks, places, links = self._entries(pack_id)
        due = [Due(mark, titles.get(mark.anchor.paper_id, ""), mark.keep) for mark in marks]
        due += [Due(place, titles.get(place.paper_id, ""), False) for place in places]
        due += [Due(link, titles.get(link.start.anchor.paper_id, ""), link.keep) for link in links]
        return sorted(due, key=lambda each: (order.get(_paper(each.entry), len(order)), *_spot(each.entry)))

    # ---- what the member chooses

    def keep_pack(self, pack_id: str, keep: bool) -> None:
        """Make the notes of a pack an exception, or none any more."""
        self._holdings.retained.choose(PACK, pack_id, KEEP, "" if keep else None)

    def hold_pack(self, pack_id: str, why: str | None) -> None:
        """Destroy nothing of this pack for now; None ends that."""
        self._holdings.retained.choose(PACK, pack_id, HOLD, why)

    def hold_body(self, body_id: str, why: str | None) -> None:
        """Destroy nothing of this body for now; None ends that."""
        self._holdings.retained.choose(BODY, body_id, HOLD, why)

    def confirm(self, pack_id: str, on: date | None) -> None:
        """The member says that the minutes of this meeting were confirmed on that day; None takes it back."""
        self._holdings.retained.choose(PACK, pack_id, CONFIRMED, on.isoformat() if on else None)

    def keep_note(self, note_id: str, keep: bool) -> None:
        """Make one note or link an exception. Notes of a pack that is open, its notebook keeps."""
        record, link = self._holdings.annotations.get(note_id), self._holdings.links.get_own(note_id)
        if record is not None:
            self._holdings.annotations.put(Annotation.from_record(record).kept(keep).to_record())
        elif link is not None:
            self._holdings.links.put_own(replace(link, keep=keep))

    # ---- before, and the end

    def tell(self, today: date) -> list[Outlook]:
        """What must be announced today, and is shown now; what was announced and is stopped meanwhile is untold."""
        told, announced = self._holdings.retained.told(), []
        for look in self.outlooks():
            if look.announced(today) and look.due is not None:
                notice = NoticeRecord(look.pack_id, look.due.isoformat(), today.isoformat())
                self._holdings.retained.tell(notice)
                announced.append(self.outlook(look.pack_id) or look)
            elif look.pack_id in told:
                self._holdings.retained.untell(look.pack_id)
        return announced

    def destroy_due(self, now: datetime) -> list[Receipt]:
        """Destroy what was announced days ago and is due; the receipts. now: aware, local.

        What an earlier run could not clear out of the log is cleared now.
        """
        receipts = [self._destroy(look, now) for look in self.outlooks() if look.is_over(now.date())]
        self._holdings.retained.fold()
        return receipts

    def receipts(self) -> list[Receipt]:
        """Every receipt, newest first."""
        names = {body.id: body.name for body in self._holdings.bodies.all()}
        found = self._holdings.retained.receipts()
        return [Receipt(names[each.body_id], each) for each in found if each.body_id in names]

    def _destroy(self, look: Outlook, now: datetime) -> Receipt:
        marks, places, links = self._entries(look.pack_id)
        gone = [link for link in links if not link.keep]
        ids = [mark.id for mark in marks if not mark.keep]
        ids += [place.id for place in places] + [link.id for link in gone]
        record = ReceiptRecord(
            new_id(), look.body_id, look.pack_id, look.title, look.meeting.held_on.isoformat(), look.rule.value,
            look.retention.days if look.retention else 0, look.confirmed.isoformat() if look.confirmed else "",
            look.told.isoformat() if look.told else "",
            now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            look.count.notes, look.count.bookmarks, look.count.kept + look.count.kept_links, links=look.count.links,
        )  # fmt: skip
        self._holdings.retained.destroy(ids, record)
        return Receipt(look.body, record, tuple(ids), frozenset(link.end.pack_id for link in gone))

    def _outlook(self, pack: Pack, decided: Retention | None) -> Outlook:
        choices, told = self._holdings.retained.choices(), self._holdings.retained.told().get(pack.id)
        marks, places, links = self._entries(pack.id)
        confirmed = choices.get((PACK, pack.id, CONFIRMED))
        own = Own(
            (PACK, pack.id, KEEP) in choices,
            choices.get((PACK, pack.id, HOLD)),
            choices.get((BODY, pack.body.id, HOLD)),
            date.fromisoformat(confirmed) if confirmed else None,
        )
        kept, kept_links = sum(mark.keep for mark in marks), sum(link.keep for link in links)
        look = Outlook(
            pack.id, pack.body.id, pack.body.name, pack.title or pack.body.name, pack.meeting, decided, own,
            Count(len(marks) - kept, len(places), kept, len(links) - kept_links, kept_links),
        )  # fmt: skip
        if told is None or look.due is None or told.due != look.due.isoformat():
            return look
        return replace(look, told=date.fromisoformat(told.told))

    def _entries(self, pack_id: str) -> tuple[list[Annotation], list[Bookmark], list[OwnLink]]:
        holdings = self._holdings
        return (
            [Annotation.from_record(record) for record in holdings.annotations.of_pack(pack_id)],
            [Bookmark.from_record(record) for record in holdings.bookmarks.of_pack(pack_id)],
            [OwnLink.from_record(record) for record in holdings.links.own_from(pack_id)],
        )


def _decisions(packs: Iterable[Pack]) -> dict[str, Retention]:
    """The newest decision that any index of a body carries, by body."""
    newest: dict[str, Retention] = {}
    for pack in packs:
        found, known = pack.retention, newest.get(pack.body.id)
        if found is not None and (known is None or found.decided > known.decided):
            newest[pack.body.id] = found
    return newest


def _paper(entry: Annotation | Bookmark | OwnLink) -> str:
    if isinstance(entry, OwnLink):
        return entry.start.anchor.paper_id
    return entry.anchor.paper_id if isinstance(entry, Annotation) else entry.paper_id


def _spot(entry: Annotation | Bookmark | OwnLink) -> tuple[int, float]:
    if isinstance(entry, OwnLink):
        quads = entry.start.anchor.quads
        return entry.start.anchor.page, quads[0].y0 if quads else 0.0
    return entry.place if isinstance(entry, Annotation) else (entry.page, entry.y)
