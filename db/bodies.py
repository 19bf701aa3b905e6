"""Bodies this machine receives packs from, and who it is to each."""

from collections.abc import Iterable

from db.records import BodyRecord, FellowRecord, IdentityRecord
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
        """The body, or None; one that is being left is gone already."""
        body = self._bodies.get(body_id)
        return None if body is None or body.leaving else body

    def all(self) -> list[BodyRecord]:
        """Every body, by name, but those being left."""
        return self._bodies.where("NOT leaving", order="name COLLATE NOCASE, id")

    def leaving(self) -> list[BodyRecord]:
        """Bodies whose removal has begun and has still to be finished."""
        return self._bodies.where("leaving")

    def begin_leaving(self, body_id: str) -> None:
        """From now on the body counts as gone; its key goes at once, so that nothing more can be opened for it."""
        self._bodies.change((body_id,), {"leaving": True})
        self._identities.remove(body_id)

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


class Fellows:
    """Whose devices a body's packs and shared notes go to, as its newest roster says. The body must be there first."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._fellows = Rows(store, "fellows", FellowRecord, ("body_id", "tag"))

    def of_body(self, body_id: str) -> list[FellowRecord]:
        """Every device known, by member; those no longer on the roster too, for the sake of their names."""
        return self._fellows.where("body_id = ?", (body_id,), "member COLLATE NOCASE, device COLLATE NOCASE, tag")

    def number(self, body_id: str) -> int:
        """The number of the newest roster taken, 0 for none."""
        return int(self._store.rows("SELECT coalesce(max(number), 0) FROM fellows WHERE body_id = ?", (body_id,))[0][0])

    def take(self, body_id: str, fellows: Iterable[FellowRecord]) -> None:
        """A newer roster: who is not on it stays known by name alone."""
        with self._store.transaction():
            self._store.write("UPDATE fellows SET present = 0 WHERE body_id = ?", (body_id,))
            for fellow in fellows:
                self._fellows.put(fellow)
