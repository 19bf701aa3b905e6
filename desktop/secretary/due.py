"""What comes due by itself: an embargo that ends, a pack whose day is over, a term of office, signatures that run out.

Nothing of it needs a person; it needs a secretary's computer: whenever Despatch is open there, and by a scheduled job.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum

from db.records import OfficeRecord
from desktop.secretary.edition import Edition
from desktop.secretary.embargo import holds_at
from desktop.secretary.membership import Memberships
from desktop.secretary.places import open_place
from desktop.secretary.publish import Published, Publisher, signed_note
from desktop.secretary.registry import Registry
from desktop.secretary.roster import ADMITTED

RENEWED_AFTER = timedelta(days=45)  # half of what a signature holds


class What(Enum):
    """What comes due."""

    OPENS = "a pack's embargo ends"
    EXPIRES = "a pack's day is over"
    RENEWAL = "the repository is to be signed anew"
    TERM = "a term of office ends"


@dataclass(frozen=True)
class Due:
    """One thing that comes due. title: of the pack, or whose term; "" for the repository's own. at: when (UTC)."""

    what: What
    title: str
    at: datetime


def coming(registry: Registry, office: OfficeRecord) -> list[Due]:
    """Everything of a body that will come due or is due and not done, the nearest first."""
    found: list[Due] = []
    stored = set(registry.standing(office.body_id).stored)
    for row in registry.despatches.of_body(office.body_id):
        edition = Edition.from_bytes(row.index)
        pack = edition.pack
        if edition.sealed and pack.opens is not None:
            found.append(Due(What.OPENS, pack.title, pack.opens))
        if pack.expires is not None and _lies_there(edition, stored):
            found.append(Due(What.EXPIRES, pack.title, _end_of(pack.expires)))
    found += _terms(registry, office)
    signed = registry.note(signed_note(office.body_id))
    if signed:
        found.append(Due(What.RENEWAL, "", datetime.fromisoformat(signed) + RENEWED_AFTER))
    return sorted(found, key=lambda each: each.at)


def is_due(found: list[Due], now: datetime) -> bool:
    """Whether anything of it is to be done now. The end of a term does by itself what it does."""
    return any(each.what is not What.TERM and not holds_at(each.at, now) for each in found)


def do_what_is_due(registry: Registry, office: OfficeRecord, now: datetime, to: str = "") -> Published | None:
    """Sign the state in which everything due is done; None where nothing is. Raises KnownError."""
    if not is_due(coming(registry, office), now):
        return None
    place = open_place(registry, to or office.repository)
    try:
        return Publisher(registry, office, place, now).reissue()
    finally:
        place.close()


def _terms(registry: Registry, office: OfficeRecord) -> list[Due]:
    """Terms that end from now on, each member's once."""
    memberships, today = Memberships(registry, office.body_id), date.today()
    ends = {
        entry.person: (entry.member, memberships.of(entry.person).until)
        for entry in registry.roster.of_body(office.body_id)
        if entry.state == ADMITTED
    }
    return [Due(What.TERM, member, _end_of(until)) for member, until in ends.values() if until and until >= today]


def _lies_there(edition: Edition, stored: set[str]) -> bool:
    from desktop.packs.layout import stored_at

    return any(stored_at(name, facts.sha256) in stored for name, facts in edition.blobs.items())


def _end_of(day: date) -> datetime:
    """The midnight after a day, by this computer's clock."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time()).astimezone(UTC)
