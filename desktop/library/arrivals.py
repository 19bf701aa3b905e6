"""What a repository offers us, compared with what is here: the listing half of intake. Runs in the store's lane."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime

from db.records import BodyRecord, FellowRecord, IdentityRecord, PackRecord, VersionRecord
from desktop.errors import KnownError
from desktop.library.expiring import allow_again, allow_all_again
from desktop.library.holdings import Holdings
from desktop.library.repository import Confirmation
from desktop.packs.fellows import roster_in
from desktop.packs.index import kept_pack
from desktop.packs.layout import TargetFacts
from desktop.packs.pack import Pack


@dataclass(frozen=True)
class Known:
    """What is known of a body before its repository is asked. indexes: names of those already taken in."""

    body: BodyRecord
    identity: IdentityRecord | None
    indexes: frozenset[str]
    floor: dict[str, int]


@dataclass(frozen=True)
class Offer:
    """A new index that was opened: its name in the repository, its bytes and the pack it holds."""

    name: str
    index: bytes
    pack: Pack


class Arrivals:
    """Keeps the tables in step with what repositories offer."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings

    def known(self, body_id: str) -> Known | None:
        """What is known of a body, or None when it was removed."""
        body = self._holdings.bodies.get(body_id)
        if body is None:
            return None
        settings = self._holdings.settings
        indexes = frozenset(json.loads(settings.get(f"indexes/{body_id}", "[]")))
        floor = json.loads(settings.get(f"versions/{body_id}", "{}"))
        return Known(body, self._holdings.bodies.identity(body_id), indexes, floor)

    def confirm(self, body_id: str, confirmation: Confirmation, versions: dict[str, int]) -> None:
        """Remember that the signatures held, how long that counts, and the versions below which we never go back."""
        if self._holdings.bodies.get(body_id) is None:
            return
        with self._holdings.store.transaction():
            self._holdings.bodies.change(
                body_id,
                confirmed_at=_now(),
                confirmed_until=confirmation.expires.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                trouble="",
            )
            self._holdings.settings.set(f"versions/{body_id}", json.dumps(versions))

    def in_trouble(self, body_id: str, words: str) -> None:
        """Remember why the repository could not be used."""
        self._holdings.bodies.change(body_id, trouble=words)

    def take(self, body_id: str, offers: list[Offer], seen: set[str], targets: dict[str, TargetFacts]) -> list[Pack]:
        """Record newly offered editions and the papers they want, in one transaction; returns those that are news."""
        if self._holdings.bodies.get(body_id) is None:  # left while its repository was asked
            return []
        with self._holdings.store.transaction():
            news = [offer.pack for offer in sorted(offers, key=lambda o: o.pack.edition) if self._put(offer, targets)]
            self._holdings.settings.set(f"indexes/{body_id}", json.dumps(sorted(seen)))
            allow_all_again(self._holdings, body_id, date.today())
            self._take_roster(body_id, offers)
            if offers:
                self._holdings.bodies.change_identity(body_id, admitted=True)
        return news

    def _take_roster(self, body_id: str, offers: list[Offer]) -> None:
        """The newest roster among these indexes, unless a newer one was taken before."""
        rosters = [roster for offer in offers if (roster := roster_in(offer.index)) is not None]
        newest = max(rosters, key=lambda each: each.number, default=None)
        fellows = self._holdings.fellows
        if newest is not None and newest.number > fellows.number(body_id):
            fellows.take(
                body_id,
                (
                    FellowRecord(
                        body_id, each.tag, each.person, each.member, each.device, each.recipient, each.signing,
                        newest.number,
                    )
                    for each in newest.fellows
                ),
            )  # fmt: skip

    def check_still_sent_to(self, known: Known, ours: set[str]) -> None:
        """Raise KnownError where a device that was admitted is sent nothing any more, not even what it has."""
        if known.identity is not None and known.identity.admitted and known.indexes and not ours:
            raise KnownError(
                f"{known.body.name} sends no more packs to this computer: its secretary has taken it off the list.",
                "What is already here can be read as before.",
                "If you did not expect this, ring the secretary and ask for a new invitation.",
            )

    def _put(self, offer: Offer, targets: dict[str, TargetFacts]) -> bool:
        pack, today = offer.pack, date.today()
        before = self._holdings.packs.get(pack.id)
        if before is not None and (before.edition > pack.edition or before.body_id != pack.body.id):
            return False
        if pack.is_over(today) and before is None:
            return False  # its day was over before it came: nothing of it is to be here
        unsealed = before is not None and kept_pack(before.index).is_sealed and not pack.is_sealed
        self._holdings.packs.put(_record(pack, offer.index))
        allow_again(self._holdings, pack, today)
        for version in () if pack.is_over(today) else _wanted(pack, targets):
            self._holdings.versions.put(version)
        return before is None or before.edition < pack.edition or unsealed


def _record(pack: Pack, index: bytes) -> PackRecord:
    meeting = pack.meeting
    return PackRecord(
        id=pack.id,
        body_id=pack.body.id,
        title=pack.title,
        held_on=meeting.held_on.isoformat(),
        starts=meeting.starts,
        place=meeting.place,
        session=meeting.session.value,
        edition=pack.edition,
        despatched=pack.despatched.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        note=pack.note,
        index=index,
    )


def _wanted(pack: Pack, targets: dict[str, TargetFacts]) -> list[VersionRecord]:
    """A row for each paper with a file we may read. An index that names a paper which is not there is refused."""
    rows = []
    for paper in pack.papers:
        if not paper.target:
            continue
        facts = targets.get(paper.target)
        if facts is None:
            raise KnownError(
                f"The new edition of “{pack.title}” names “{paper.title}”, which the repository does not hold.",
                "What you already have is unchanged.",
                "Check again later; if it stays so, tell the secretary.",
            )
        rows.append(
            VersionRecord(
                sha256=paper.sha256,
                pack_id=pack.id,
                paper_id=paper.id,
                target=paper.target,
                key=paper.key,
                sealed_sha256=facts.sha256,
                sealed_length=facts.length,
                state="wanted",
                pages=paper.pages,
                edition=pack.edition,
            )
        )
    return rows


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
