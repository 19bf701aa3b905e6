"""How a file is made up, found once its text was read: its contents, and the numbers printed on its pages."""

import json
from collections.abc import Collection

from db.records import StructureRecord
from db.rows import Rows
from db.store import Store


class Structures:
    """One row a file, whichever papers it is a version of; it goes with the last of them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._structures = Rows(store, "structures", StructureRecord, ("sha256",))

    def put(self, structure: StructureRecord) -> None:
        """What was found, in place of what was found before."""
        self._structures.put(structure)

    def get(self, sha256: str) -> StructureRecord | None:
        """What was found, None for a file of which nothing is known yet."""
        return self._structures.get(sha256)

    def behind(self, edition: int) -> list[str]:
        """The files whose words were read, but which the recognisers of this edition have not seen: first those that
        none has, as they came; then those of an earlier edition, the newest first."""
        found = self._store.rows(
            "SELECT sha256, coalesce(recognised, 0) > 0 AS known FROM versions LEFT JOIN structures USING (sha256)"
            " WHERE state = 'indexed' AND coalesce(recognised, 0) < ? GROUP BY sha256"
            " ORDER BY known, CASE WHEN known THEN -min(versions.rowid) ELSE min(versions.rowid) END",
            [edition],
        )
        return [sha256 for sha256, _ in found]

    def recognised(self, files: Collection[str]) -> dict[str, int]:
        """The edition of the recognisers that saw each of these files; those that none saw are left out."""
        found = self._store.rows(
            "SELECT sha256, recognised FROM structures WHERE recognised > 0"
            " AND sha256 IN (SELECT value FROM json_each(?))",
            [json.dumps(list(files))],
        )
        return dict(found)
