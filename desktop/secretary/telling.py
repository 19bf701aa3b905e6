"""Telling members of each other: the roster goes out in the indexes of the edition despatched last."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from db.records import RosterRecord
from desktop.packs.fellows import Fellow, Roster, roster_facts
from desktop.secretary.edition import Edition

MOST_TOLD = 250  # devices. In a larger body nobody seals notes to everybody, and all would fetch a megabyte of keys


class Telling:
    """What is told in one publishing. members: by tag. number: higher than any told before."""

    def __init__(self, members: Mapping[str, RosterRecord], number: int, editions: Sequence[Edition]) -> None:
        self._members, self._number = members, number
        packs = sorted(editions, key=lambda each: (each.pack.despatched, each.pack.id))
        self._carrier = packs[-1] if packs and len(members) <= MOST_TOLD else None

    @property
    def mark(self) -> str:
        """Stands for what is told, and the edition that tells it."""
        if self._carrier is None:
            return ""
        facts = [self._carrier.mark, self._carrier.pack.id, roster_facts(Roster(0, tuple(self._fellows(""))))]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()

    def renew(self, edition: Edition, told: str) -> Edition:
        """The edition, without its indexes where it should tell something else than what was told."""
        return edition.keep_indexes(()) if edition is self._carrier and told != self.mark else edition

    def roster_for(self, edition: Edition, reader: RosterRecord) -> Roster | None:
        """What the edition tells a device; None where it is another edition that tells. What devices are called is
        told to their owner alone."""
        if self._carrier is None or edition.pack.id != self._carrier.pack.id:
            return None
        return Roster(self._number, tuple(self._fellows(reader.person)))

    def _fellows(self, person: str) -> Iterable[Fellow]:
        for tag, entry in sorted(self._members.items()):
            device = entry.device if entry.person == person else ""
            yield Fellow(entry.person, entry.member, tag, entry.recipient, entry.signing, device)
