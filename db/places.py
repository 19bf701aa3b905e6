"""Where each pack was left open, and the choices made."""

from db.records import PlaceRecord
from db.rows import Rows
from db.store import Store


class Places:
    """One place a pack, and one for each of its papers that was read."""

    def __init__(self, store: Store) -> None:
        self._places = Rows(store, "places", PlaceRecord, ("pack_id",))
        self._papers = Rows(store, "paper_places", PlaceRecord, ("pack_id", "paper_id"))

    def put(self, place: PlaceRecord) -> None:
        """The pack was left here, and so was the paper."""
        self._places.put(place)
        self._papers.put(place)

    def put_paper(self, place: PlaceRecord) -> None:
        """The paper was left here, and the pack may have been left elsewhere."""
        self._papers.put(place)

    def put_pack(self, place: PlaceRecord) -> None:
        """The pack was left here."""
        self._places.put(place)

    def get(self, pack_id: str) -> PlaceRecord | None:
        """Where the pack was left, or None."""
        return self._places.get(pack_id)

    def of_papers(self, pack_id: str) -> list[PlaceRecord]:
        """Where each paper of a pack was left, as far as it was read."""
        return self._papers.where("pack_id = ?", (pack_id,))

    def latest(self) -> PlaceRecord | None:
        """Where reading stopped last, in whichever pack."""
        found = self._places.where(order="at DESC, rowid DESC LIMIT 1")
        return found[0] if found else None


class Panes:
    """What stood in a second pane beside each pack, as text that is the reader's business."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, pack_id: str, other: str, kept: str) -> None:
        """Beside this pack stood the other, or another place of the same."""
        self._store.write(
            "INSERT INTO panes VALUES (?, ?, ?) ON CONFLICT (pack_id) "
            "DO UPDATE SET other = excluded.other, kept = excluded.kept",
            (pack_id, other, kept),
        )

    def get(self, pack_id: str) -> str:
        """What stood beside this pack, "" for nothing."""
        found = self._store.rows("SELECT kept FROM panes WHERE pack_id = ?", (pack_id,))
        return str(found[0][0]) if found else ""

    def forget(self, pack_id: str) -> None:
        """Nothing stands beside this pack any more."""
        self._store.write("DELETE FROM panes WHERE pack_id = ?", (pack_id,))


class Settings:
    """Choices by name, kept as text."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, name: str, default: str = "") -> str:
        """What was chosen, or default."""
        found = self._store.rows("SELECT value FROM settings WHERE name = ?", (name,))
        return str(found[0][0]) if found else default

    def remove(self, name: str) -> None:
        """Forget a choice."""
        self._store.write("DELETE FROM settings WHERE name = ?", (name,))

    def set(self, name: str, value: str) -> None:
        """Keep a choice."""
        self._store.write(
            "INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
        )
