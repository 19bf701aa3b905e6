"""Where each pack was left open, and the choices made."""

from db.records import PlaceRecord
from db.rows import Rows
from db.store import Store


class Places:
    """One place a pack."""

    def __init__(self, store: Store) -> None:
        self._places = Rows(store, "places", PlaceRecord, ("pack_id",))

    def put(self, place: PlaceRecord) -> None:
        """The pack was left here."""
        self._places.put(place)

    def get(self, pack_id: str) -> PlaceRecord | None:
        """Where the pack was left, or None."""
        return self._places.get(pack_id)

    def latest(self) -> PlaceRecord | None:
        """Where reading stopped last, in whichever pack."""
        found = self._places.where(order="at DESC, rowid DESC LIMIT 1")
        return found[0] if found else None


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
