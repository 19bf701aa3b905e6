"""Complete for travel: whether every paper the next meetings need is on this computer, and what is not and why.

Runs in the store's lane. `needed` is the one place that says which packs a traveller needs.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from db.records import PackRecord, VersionRecord
from desktop.library.current import READABLE, current_rows, lost_rows
from desktop.packs.index import kept_pack
from desktop.packs.pack import Meeting, Paper, PaperStatus

if TYPE_CHECKING:
    from desktop.library.holdings import Holdings


class Need(Enum):
    """Why a pack is needed on a journey."""

    MEETING = "its meeting is still to come"
    EARLIER = "the pack before it, which minutes and action logs point to"
    POINTED = "papers of the meetings to come point to it"


class Absence(Enum):
    """Why a paper is not here. The last two are nobody's to fetch, and count as nothing missing."""

    COMING = "it has still to be fetched"
    AWAY = "it has still to be fetched, and its repository could not be used"
    REFUSED = "it was fetched and could not be taken in"
    PUT_AWAY = "its reader took it off this computer"
    LOST = "it was here, and its file has gone from the disk"
    TO_FOLLOW = "the secretary has not sent it yet"
    WITHHELD = "it was not sent to this member"


NOT_MISSING = (Absence.TO_FOLLOW, Absence.WITHHELD)


@dataclass(frozen=True)
class AbsentPaper:
    """A paper that is not here. trouble: what is known of the reason, as a sentence, or ""."""

    paper_id: str
    item: str
    title: str
    why: Absence
    trouble: str = ""


@dataclass(frozen=True)
class TravelPack:
    """One pack that is needed. papers: those with a file for this member; here: how many of them can be read now."""

    pack_id: str
    body_id: str
    body: str
    title: str
    meeting: Meeting
    need: Need
    here: int
    papers: int
    absent: tuple[AbsentPaper, ...]

    @property
    def missing(self) -> tuple[AbsentPaper, ...]:
        """What could be here and is not."""
        return tuple(paper for paper in self.absent if paper.why not in NOT_MISSING)


@dataclass(frozen=True)
class Doubt:
    """A body of which more may exist than is known here. confirmed: when its word last held (ISO, "" never)."""

    body: str
    confirmed: str
    trouble: str


@dataclass(frozen=True)
class Travel:
    """What was checked and what came of it."""

    packs: tuple[TravelPack, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def missing(self) -> int:
        """How many papers could be here and are not."""
        return sum(len(pack.missing) for pack in self.packs)

    @property
    def papers(self) -> int:
        """How many papers were looked for."""
        return sum(pack.papers for pack in self.packs)

    @property
    def is_complete(self) -> bool:
        """Whether all that is known to be needed is here."""
        return bool(self.packs) and not self.missing

    @property
    def lacking(self) -> list[str]:
        """The packs of which something is missing, by id."""
        return [pack.pack_id for pack in self.packs if pack.missing]

    @property
    def waits(self) -> bool:
        """Whether everything missing is only on its way."""
        reasons = {paper.why for pack in self.packs for paper in pack.missing}
        return reasons == {Absence.COMING}


def needed(packs: Sequence[PackRecord], today: date) -> dict[str, Need]:
    """Which of one body's packs are needed, by pack id: those of the meetings to come, and of the last day before.

    The packs further back that papers of the coming ones point to are added by `pointed`.
    """
    day = today.isoformat()
    coming = [pack for pack in packs if pack.held_on >= day]
    if not coming:
        return {}
    before = max((pack.held_on for pack in packs if pack.held_on < day), default="")
    earlier = {pack.id: Need.EARLIER for pack in packs if pack.held_on == before}
    return {pack.id: Need.MEETING for pack in coming} | earlier


def look(holdings: "Holdings", today: date) -> Travel:
    """Check every body: the papers of every pack needed, each looked for in the table and on the disk."""
    found: list[TravelPack] = []
    doubts: list[Doubt] = []
    for body in holdings.bodies.all():
        packs = holdings.packs.of_body(body.id)
        needs = needed(packs, today)
        pointed_at = pointed(holdings, needs)
        away = bool(body.trouble)
        found += [_look(holdings, pack, body.name, needs[pack.id], away) for pack in packs if pack.id in needs]
        further = [(pack, pointed_at[pack.id]) for pack in packs if pack.id in pointed_at]
        found += [_look(holdings, pack, body.name, Need.POINTED, away, papers) for pack, papers in further]
        if needs and (away or _is_stale(body.confirmed_until, today)):
            doubts.append(Doubt(body.name, body.confirmed_at, body.trouble))
    return Travel(tuple(sorted(found, key=_order)), tuple(doubts))


def pointed(holdings: "Holdings", needs: Mapping[str, Need]) -> dict[str, set[str]]:
    """The papers (ids, by pack id) of packs that are not needed as a whole, to which those to come point."""
    found: dict[str, set[str]] = {}
    for pack_id, need in needs.items():
        for link in holdings.links.found_in(pack_id) if need is Need.MEETING else ():
            if link.target_pack and link.target_pack not in needs:
                found.setdefault(link.target_pack, set()).add(link.target_paper)
    return found


def _look(
    holdings: "Holdings", record: PackRecord, body: str, need: Need, away: bool, only: Container[str] | None = None
) -> TravelPack:
    """only: the papers that are needed, None for all."""
    pack = kept_pack(record.index)
    wanted = [paper for paper in pack.papers if only is None or paper.id in only]
    rows = {(row.sha256, row.paper_id): row for row in current_rows(holdings, pack)}
    gone = {(row.sha256, row.paper_id) for row in lost_rows(holdings, pack)}
    absent: list[AbsentPaper] = []
    for paper in wanted:
        row = rows.get((paper.sha256, paper.id))
        if (why := _why(paper, row, record.put_away, away, (paper.sha256, paper.id) in gone)) is not None:
            trouble = row.trouble if row is not None and why is Absence.REFUSED else ""
            absent.append(AbsentPaper(paper.id, paper.item, paper.title, why, trouble))
    papers = sum(bool(paper.target) for paper in wanted)
    missing = sum(paper.why not in NOT_MISSING for paper in absent)
    return TravelPack(
        record.id, record.body_id, body, record.title, pack.meeting, need, papers - missing, papers, tuple(absent)
    )


def _why(paper: Paper, row: VersionRecord | None, put_away: bool, away: bool, lost: bool) -> Absence | None:
    """Why the paper is not here; None where it is, or where there is nothing to be had (verbal, withdrawn)."""
    if paper.withheld:
        return Absence.WITHHELD
    if paper.status is PaperStatus.TO_FOLLOW:
        return Absence.TO_FOLLOW
    if not paper.target:
        return None
    if lost:
        return Absence.LOST
    if row is not None and row.state in READABLE:
        return None
    if put_away:
        return Absence.PUT_AWAY
    if row is not None and row.state == "refused":
        return Absence.REFUSED
    return Absence.AWAY if away else Absence.COMING


def _is_stale(confirmed_until: str, today: date) -> bool:
    return confirmed_until[:10] < today.isoformat()


def _order(pack: TravelPack) -> tuple[bool, date, str]:
    return pack.need is not Need.MEETING, pack.meeting.held_on, pack.meeting.starts
