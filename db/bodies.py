"""Bodies this machine receives packs from, and who it is to each."""

from db.records import BodyRecord, IdentityRecord
from db.rows import Rows
from db.store import Store


class Bodies:
    """The bodies and this device's identity for each."""

    def __init__(self, store: Store) -> None:
        self._bodies = Rows(store, "bodies", BodyRecord, ("id",))
        self._identities = Rows(store, "identities", IdentityRecord, ("body_id",))

    def add(self, body: BodyRecord) -> None:
        """A body joined; a body joined again takes the new invitation's facts and keeps its packs."""
        self._bodies.put(body)

    def get(self, body_id: str) -> BodyRecord | None:
        """The body, or None."""
        return self._bodies.get(body_id)

    def all(self) -> list[BodyRecord]:
        """Every body, by name."""
        return self._bodies.where(order="name COLLATE NOCASE, id")

    def change(self, body_id: str, /, **fields: object) -> None:
        """Set some fields, named as in BodyRecord."""
        self._bodies.change((body_id,), fields)

    def remove(self, body_id: str) -> None:
        """Destroy the body here with its identity, packs, papers' keys, notes and places. The sealed files stay behind
        for SealedFiles.sweep. Taking many pages out of the index takes a while: see Finding.remove_version."""
        self._bodies.remove(body_id)

    def add_identity(self, identity: IdentityRecord) -> None:
        """Who this device is to a body; one each."""
        self._identities.put(identity)

    def identity(self, body_id: str) -> IdentityRecord | None:
        """Who this device is to the body, or None before it was invited."""
        return self._identities.get(body_id)

    def change_identity(self, body_id: str, /, **fields: object) -> None:
        """Set some fields, named as in IdentityRecord."""
        self._identities.change((body_id,), fields)
