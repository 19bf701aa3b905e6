"""What a member is in a body besides a name: until when, for whom they stand in, and in which groups."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from db.records import OfficeRecord, RosterRecord
from desktop.errors import KnownError
from desktop.packs.fields import tidy_name
from desktop.secretary.registry import Registry, same_name
from desktop.secretary.roster import ADMITTED, ASKED, INVITED

SOON = 60  # days before a term ends from which it is shown
_HERE = (ADMITTED, ASKED, INVITED)


@dataclass(frozen=True)
class Membership:
    """Of one person. until: the last day of the term, None without one. deputy_of: a member's name, "" for none.

    groups: names under which papers can be sent to several at once.
    """

    until: date | None = None
    deputy_of: str = ""
    groups: tuple[str, ...] = ()

    def ends_soon(self, today: date) -> bool:
        """Whether the end of the term is to be shown."""
        return self.until is not None and today <= self.until and (self.until - today).days <= SOON

    def is_over(self, today: date) -> bool:
        """Whether the term has ended."""
        return self.until is not None and today > self.until


class Memberships:
    """Of a whole body, as they stand now."""

    def __init__(self, registry: Registry, body_id: str) -> None:
        kept = json.loads(registry.note(_name(body_id)) or "{}")
        self._kept = {person: _membership(facts) for person, facts in kept.items()}

    def of(self, person: str) -> Membership:
        """Of one person."""
        return self._kept.get(person, Membership())

    def names(self, entry: RosterRecord) -> tuple[str, ...]:
        """Everything by which a paper can be sent to a device's owner, or kept from them: their own name, that of the
        member they stand in for, and their groups."""
        membership = self.of(entry.person)
        return tuple(name for name in (entry.member, membership.deputy_of, *membership.groups) if name)

    def may_have(self, entry: RosterRecord, despatched: datetime) -> bool:
        """Whether an edition that was despatched then may go to a device: a term's end stops what comes after it."""
        return not self.of(entry.person).is_over(despatched.astimezone().date())

    @property
    def groups(self) -> frozenset[str]:
        """All names of groups."""
        return frozenset(group for each in self._kept.values() for group in each.groups)


def change(registry: Registry, office: OfficeRecord, member: str, wanted: Membership) -> list[str]:
    """Let this be what a member is; the tags of the devices whose indexes have to be made anew. Raises KnownError for a
    name that is nobody's, or a group that is called as a member is."""
    roster = [each for each in registry.roster.of_body(office.body_id) if each.state in _HERE]
    person = _person(roster, member)
    groups = tuple(dict.fromkeys(filter(None, map(tidy_name, wanted.groups))))
    for group in groups:
        if any(same_name(group, each.member) for each in roster):
            raise KnownError(f"“{group}” is a member, and cannot be a group as well.", "Nothing was changed.")
    deputy_of = ""
    if wanted.deputy_of:
        principal = _person(roster, wanted.deputy_of)
        if principal == person:
            raise KnownError("Nobody can be their own deputy.", "Nothing was changed.")
        deputy_of = next(each.member for each in roster if each.person == principal)
    kept = json.loads(registry.note(_name(office.body_id)) or "{}")
    kept[person] = _facts(replace(wanted, groups=groups, deputy_of=deputy_of))
    registry.keep_note(_name(office.body_id), json.dumps(kept, ensure_ascii=False))
    return [each.tag for each in roster if each.person == person]


def names_known(registry: Registry, body_id: str) -> list[str]:
    """Every name that a paper can be sent to or kept from: members and groups."""
    members = [entry.member for entry in registry.roster.of_body(body_id)]
    return [*members, *sorted(Memberships(registry, body_id).groups)]


def say_membership(membership: Membership, today: date) -> list[str]:
    """In sentences."""
    said = []
    if membership.until is not None:
        day = f"{membership.until.day} {membership.until:%B %Y}"
        word = "ended" if membership.is_over(today) else "ends"
        said.append(f"Term {word} on {day}")
    if membership.deputy_of:
        said.append(f"Deputy of {membership.deputy_of}")
    if membership.groups:
        said.append(f"In {', '.join(membership.groups)}")
    return said


def _person(roster: Iterable[RosterRecord], member: str) -> str:
    found = {each.person for each in roster if same_name(each.member, member)}
    if len(found) != 1:
        raise KnownError(
            f"{'Nobody' if not found else 'More than one person'} called “{member}” is on the roster.",
            "Nothing was changed.", "Write the name as it stands there.",
        )  # fmt: skip
    return found.pop()


def _membership(facts: dict[str, object]) -> Membership:
    until, groups = str(facts.get("until") or ""), facts.get("groups") or ()
    named = tuple(map(str, groups)) if isinstance(groups, list) else ()
    return Membership(date.fromisoformat(until) if until else None, str(facts.get("deputy_of") or ""), named)


def _facts(membership: Membership) -> dict[str, object]:
    until = membership.until.isoformat() if membership.until else ""
    return {"until": until, "deputy_of": membership.deputy_of, "groups": list(membership.groups)}


def _name(body_id: str) -> str:
    return f"membership/{body_id}"
