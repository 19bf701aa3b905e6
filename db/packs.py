"""The packs on this machine, each at its newest edition."""

from db.records import PackRecord
from db.rows import Rows
from db.store import Store


class Packs:
    """One row a pack."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._packs = Rows(store, "packs", PackRecord, ("id",))

    def put(self, pack: PackRecord) -> None:
        """A pack or a new edition of it; when it was opened, at which edition, and that it was put away, is kept."""
        self._packs.put(pack, keep=("opened_at", "seen_edition", "seen_index", "put_away"))

    def get(self, pack_id: str) -> PackRecord | None:
        """The pack, or None."""
        return self._packs.get(pack_id)

    def of_body(self, body_id: str) -> list[PackRecord]:
        """The body's packs, newest meeting first."""
        return self._packs.where("body_id = ?", (body_id,), "held_on DESC, starts DESC, id")

    def all(self) -> list[PackRecord]:
        """Every pack, newest meeting first, but those of bodies being left."""
        staying = "body_id IN (SELECT id FROM bodies WHERE NOT leaving)"
        return self._packs.where(staying, order="held_on DESC, starts DESC, id")

    def mark_opened(self, pack_id: str, at: str, edition: int) -> None:
        """The member opened this edition, which is the one kept here."""
        opened = 'UPDATE packs SET opened_at = ?, seen_edition = ?, seen_index = "index" WHERE id = ?'
        self._store.write(opened, (at, edition, pack_id))

    def put_away(self, pack_id: str, away: bool) -> None:
        """The pack's papers are to be taken off this computer, or to be here again."""
        self._packs.change((pack_id,), {"put_away": away})

    def away(self) -> list[PackRecord]:
        """Packs whose papers were put away."""
        return self._packs.where("put_away")

    def remove(self, pack_id: str) -> None:
        """Destroy the pack here with its papers' keys, notes, bookmarks and place. The sealed files stay behind for
        SealedFiles.sweep. Taking many pages out of the index takes a while: see Finding.remove_version."""
        self._packs.remove(pack_id)
