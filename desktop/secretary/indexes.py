"""Indexes: which device needs one of an edition, and which devices share one."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from db.records import OfficeRecord, RosterRecord
from desktop.packs import layout
from desktop.packs.farewell import farewell_to_bytes
from desktop.packs.index import pack_to_bytes
from desktop.packs.layout import TargetFacts
from desktop.packs.pack import Pack
from desktop.packs.sealing import seal
from desktop.secretary.edition import Edition
from desktop.secretary.embargo import under_embargo
from desktop.secretary.membership import Memberships
from desktop.secretary.places import Place
from desktop.secretary.registry import Registry
from desktop.secretary.telling import Telling

SHARED_FROM = 50  # devices that may see the same; fewer have each their own, which says what their owner's are called
MOST_SHARING = 80  # devices: opening takes age a tenth of a second then, and with a thousand it takes sixteen


class Indexes:
    """Makes what is missing, and puts it in place before it is signed for. members: admitted devices by tag."""

    def __init__(
        self, place: Place, members: Mapping[str, RosterRecord], telling: Telling, memberships: Memberships
    ) -> None:
        self._place, self._members, self._telling, self._memberships = place, members, telling, memberships

    def issue(self, edition: Edition) -> Edition:
        """The edition with an index for every device that may have it, and none for others."""
        indexes = dict(edition.keep_indexes(self._members).indexes)
        despatched = edition.pack.despatched
        may = [tag for tag, entry in self._members.items() if self._memberships.may_have(entry, despatched)]
        lacking = [tag for tag in may if tag not in indexes or self._lacks(*indexes[tag])]
        for tags in self._alike(edition, lacking):
            if len(tags) >= SHARED_FROM:
                for start in range(0, len(tags), MOST_SHARING):
                    some = tags[start : start + MOST_SHARING]
                    indexes |= dict.fromkeys(some, self._shared(edition, some))
            else:
                indexes |= {tag: self._own(edition, tag) for tag in tags}
        return replace(edition, indexes=indexes)

    def _alike(self, edition: Edition, tags: Iterable[str]) -> Iterable[Sequence[str]]:
        """Those who may see the same papers, together."""
        alike: dict[tuple[str, ...], list[str]] = {}
        for tag in tags:
            pack = edition.for_member(*self._memberships.names(self._members[tag]))
            alike.setdefault(tuple(paper.id for paper in pack.papers if paper.withheld), []).append(tag)
        return alike.values()

    def _own(self, edition: Edition, tag: str) -> tuple[str, TargetFacts]:
        entry = self._members[tag]
        roster = self._telling.roster_for(edition, entry)
        plain = pack_to_bytes(self._seen_by(edition, entry), tag, entry.member, roster)
        return self._put(tag, seal(plain, entry.recipient))

    def _shared(self, edition: Edition, tags: Sequence[str]) -> tuple[str, TargetFacts]:
        """Sealed to all of them. It goes by a tag that is nobody's, and names no member."""
        entries = [self._members[tag] for tag in tags]
        nobody = secrets.token_hex(16)
        roster = self._telling.roster_for(edition, replace(entries[0], person=""))
        plain = pack_to_bytes(self._seen_by(edition, entries[0]), nobody, "", roster)
        return self._put(nobody, seal(plain, *(entry.recipient for entry in entries)))

    def _seen_by(self, edition: Edition, entry: RosterRecord) -> Pack:
        pack = edition.for_member(*self._memberships.names(entry))
        return under_embargo(pack) if edition.sealed else pack

    def _put(self, tag: str, sealed: bytes) -> tuple[str, TargetFacts]:
        name = layout.new_index_name(tag)
        facts = TargetFacts(len(sealed), hashlib.sha256(sealed).hexdigest())
        self._place.write(layout.stored_at(name, facts.sha256), sealed)
        return name, facts

    def _lacks(self, name: str, facts: TargetFacts) -> bool:
        return self._place.size(layout.stored_at(name, facts.sha256)) != facts.length


def farewells(
    registry: Registry, office: OfficeRecord, place: Place, gone: Iterable[RosterRecord]
) -> dict[str, TargetFacts]:
    """A word to each device that was taken off the roster and is to destroy what it has: it stays, for whenever the
    device comes by."""
    note = f"farewells/{office.body_id}"
    known: dict[str, list[object]] = json.loads(registry.note(note) or "{}")
    there: dict[str, TargetFacts] = {}
    for entry in gone:
        name, length, sha256 = known.get(entry.tag, ("", 0, ""))
        facts = TargetFacts(int(str(length)), str(sha256))
        if not name or place.size(layout.stored_at(str(name), facts.sha256)) != facts.length:
            name = layout.new_index_name(entry.tag)
            sealed = seal(farewell_to_bytes(entry.tag, office.body_id), entry.recipient)
            facts = TargetFacts(len(sealed), hashlib.sha256(sealed).hexdigest())
            place.write(layout.stored_at(name, facts.sha256), sealed)
        there[str(name)] = facts
        known[entry.tag] = [name, facts.length, facts.sha256]
    registry.keep_note(note, json.dumps(known))
    return there
