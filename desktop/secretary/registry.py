"""What a secretary keeps: the bodies served, with their keys, rosters, sealed papers and despatches."""

import json
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from db.offices import Despatches, Offices, Roster, SealedPapers
from db.places import Settings
from db.records import OfficeRecord
from db.store import Store
from desktop.errors import KnownError


@dataclass(frozen=True)
class Standing:
    """Where a body's repository stands.

    address: what invitations name. roots: root metadata, version 1 first. version: the highest ever signed.
    stored: objects of the state signed last, by stored name; a reader in the middle may still want them. roster: stands
    for the people told to members last, and for the edition whose indexes told it.
    """

    address: str
    roots: tuple[bytes, ...]
    version: int = 0
    stored: tuple[str, ...] = ()
    roster: str = ""


class Registry:
    """The secretary's tables in one store; used in the thread that opened it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.offices, self.roster = Offices(store), Roster(store)
        self.papers, self.despatches = SealedPapers(store), Despatches(store)
        self._settings = Settings(store)

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing."""
        return self._store.transaction()

    def office(self, name: str = "") -> OfficeRecord:
        """The body of this name or id; without a name the only one there is. Raises KnownError."""
        offices = self.offices.all()
        wanted = _plain(name)
        found = [office for office in offices if not wanted or wanted in (_plain(office.name), office.body_id)]
        if len(found) == 1:
            return found[0]
        if not offices:
            raise KnownError("You are not the secretary of any body yet.", "", "Begin with: despatch new-body.")
        raise KnownError(
            f"There is no body called “{name}”." if name and not found else "It is not clear which body is meant.",
            "Nothing was changed.",
            f"Yours are {_listed(office.name for office in offices)}.",
        )

    def standing(self, body_id: str) -> Standing:
        """Where the body's repository stands."""
        facts = json.loads(self._settings.get(f"office/{body_id}"))
        roots = tuple(root.encode() for root in facts["roots"])
        return Standing(facts["address"], roots, facts["version"], tuple(facts["stored"]), facts.get("roster", ""))

    def keep_standing(self, body_id: str, standing: Standing) -> None:
        """Remember where the body's repository stands."""
        facts = {
            "address": standing.address,
            "roots": [root.decode() for root in standing.roots],
            "version": standing.version,
            "stored": list(standing.stored),
            "roster": standing.roster,
        }
        self._settings.set(f"office/{body_id}", json.dumps(facts))

    def note(self, name: str) -> str:
        """A small thing kept under a name, "" where there is none."""
        return self._settings.get(name)

    def keep_note(self, name: str, words: str) -> None:
        """Keep a small thing under a name."""
        self._settings.set(name, words)

    def move(self, office: OfficeRecord, folder: str = "", address: str = "") -> OfficeRecord:
        """The body's repository is somewhere else from now on; what is "" stays."""
        moved = replace(office, repository=folder or office.repository)
        self.offices.put(moved)
        if address:
            self.keep_standing(office.body_id, replace(self.standing(office.body_id), address=address))
        return moved


def same_name(one: str, other: str) -> bool:
    """Whether two names are one person's, whatever the blanks and capitals."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
