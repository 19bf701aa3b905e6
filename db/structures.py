"""How a file is made up, found once when its text is read: its contents, and the numbers printed on its pages."""

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
        """What was found, None until the file was read through."""
        return self._structures.get(sha256)

    def read_again(self, edition: int) -> None:
        """Files that recognisers of an earlier edition read become files still to be read; they stay readable."""
        self._store.write(
            "UPDATE versions SET state = 'stored' WHERE state = 'indexed' "
            "AND sha256 IN (SELECT sha256 FROM structures WHERE recognised < ?)",
            [edition],
        )
