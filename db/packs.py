"""The packs on this machine, each at its newest edition."""

from db.records import PackRecord
from db.rows import Rows
from db.store import Store


class Packs:
    """One row a pack."""

    def __init__(self, store: Store) -> None:
        self._packs = Rows(store, "packs", PackRecord, ("id",))

    def put(self, pack: PackRecord) -> None:
        """A pack or a new edition of it; when it was opened, and at which edition, is kept."""
        self._packs.put(pack, keep=("opened_at", "seen_edition"))

    def get(self, pack_id: str) -> PackRecord | None:
        """The pack, or None."""
        return self._packs.get(pack_id)

    def of_body(self, body_id: str) -> list[PackRecord]:
        """The body's packs, newest meeting first."""
        return self._packs.where("body_id = ?", (body_id,), "held_on DESC, starts DESC, id")

    def all(self) -> list[PackRecord]:
        """Every pack, newest meeting first."""
        return self._packs.where(order="held_on DESC, starts DESC, id")

    def mark_opened(self, pack_id: str, at: str, edition: int) -> None:
        """The member opened this edition."""
        self._packs.change((pack_id,), {"opened_at": at, "seen_edition": edition})

    def remove(self, pack_id: str) -> None:
        """Destroy the pack here with its papers' keys, notes, bookmarks and place. The sealed files stay behind for
        SealedFiles.sweep. Taking many pages out of the index takes a while: see Finding.remove_version."""
        self._packs.remove(pack_id)
