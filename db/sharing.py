"""Notes on their way between members and computers: what is known of each, what was sent, and what was taken in."""

from collections.abc import Iterable

from db.records import HeldRecord, StateRecord, TakenRecord
from db.rows import Rows
from db.store import Store


class NoteStates:
    """What is known of every note that was ever shared or told to another computer, deleted ones too."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._states = Rows(store, "note_states", StateRecord, ("id",))

    def put(self, state: StateRecord) -> None:
        """Add it, or replace the one with its id."""
        self._states.put(state)

    def get(self, entry_id: str) -> StateRecord | None:
        """What is known of a note, or None."""
        return self._states.get(entry_id)

    def of_pack(self, pack_id: str) -> list[StateRecord]:
        """Those of a pack's notes."""
        return self._states.where("pack_id = ?", (pack_id,))

    def of_body(self, body_id: str) -> list[StateRecord]:
        """Those of all its packs' notes."""
        return self._states.where("pack_id IN (SELECT id FROM packs WHERE body_id = ?)", (body_id,))

    def behind(self, pack_id: str) -> list[str]:
        """Ids of the pack's notes that may be on the screen as they were before something came."""
        found = self._store.rows("SELECT id FROM note_states WHERE pack_id = ? AND stale <> ''", (pack_id,))
        return [entry_id for (entry_id,) in found]

    def catch_up(self, entry_ids: Iterable[str]) -> None:
        """These are on the screen as they are now."""
        self._store.write_each("UPDATE note_states SET stale = '' WHERE id = ?", [(each,) for each in entry_ids])


class NotePost:
    """What went out to each device of a body, and what came from each."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._taken = Rows(store, "note_taken", TakenRecord, ("body_id", "author", "sequence", "digest"))
        self._held = Rows(store, "note_held", HeldRecord, ("body_id", "author", "entry"))

    def sequence(self, body_id: str, tag: str) -> int:
        """The number of the last letter to a device, 0 before the first."""
        found = self._store.rows("SELECT sequence FROM note_streams WHERE body_id = ? AND tag = ?", (body_id, tag))
        return int(found[0][0]) if found else 0

    def sent(self, body_id: str, tag: str) -> dict[str, str]:
        """What a device was told last of each note: by its id, what stands for it."""
        found = self._store.rows("SELECT entry, digest FROM note_sent WHERE body_id = ? AND tag = ?", (body_id, tag))
        return dict(found)

    def mark_sent(
        self, body_id: str, tag: str, sequence: int, digests: dict[str, str], name: str, carried: Iterable[str]
    ) -> None:
        """A letter of this number is where the device will find it. digests: of what it tells, by entry. name: the
        object's, in the repository; carried: the notes in it."""
        with self._store.transaction():
            self._store.write(
                "INSERT INTO note_streams VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET sequence = excluded.sequence",
                (body_id, tag, sequence),
            )
            self._store.write_each(
                "INSERT INTO note_sent VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET digest = excluded.digest",
                [(body_id, tag, entry, digest) for entry, digest in digests.items()],
            )
            self.carries(body_id, tag, name, carried)

    # ---- letters that lie in the repository

    def carries(self, body_id: str, tag: str, name: str, entries: Iterable[str]) -> None:
        """A letter for a device carries these notes."""
        self._store.write_each(
            "INSERT OR IGNORE INTO letter_notes VALUES (?, ?, ?, ?)", [(body_id, tag, name, each) for each in entries]
        )

    def overdue(self, body_id: str) -> dict[str, list[str]]:
        """Letters that carry what was destroyed here since: their names, by the device they are for."""
        found = self._store.rows(
            "SELECT DISTINCT tag, name FROM letter_notes JOIN destroyed ON destroyed.id = entry WHERE body_id = ? "
            "ORDER BY name",
            (body_id,),
        )
        by_tag: dict[str, list[str]] = {}
        for tag, name in found:
            by_tag.setdefault(tag, []).append(name)
        return by_tag

    def taken_back(self, body_id: str, name: str) -> None:
        """A letter does not lie there any more."""
        self._store.write("DELETE FROM letter_notes WHERE body_id = ? AND name = ?", (body_id, name))

    def add_taken(self, taken: TakenRecord) -> None:
        """A letter was taken in."""
        self._taken.put(taken)

    def taken(self, body_id: str, author: str) -> list[TakenRecord]:
        """Every letter taken in from a device, by number."""
        return self._taken.where("body_id = ? AND author = ?", (body_id, author), "sequence, rowid")

    def done_with(self, body_id: str) -> dict[str, int]:
        """Letters looked at, by name: 0, or the number of the roster by which they could not be used."""
        return dict(self._store.rows("SELECT name, number FROM note_letters WHERE body_id = ?", (body_id,)))

    def be_done_with(self, body_id: str, name: str, number: int = 0) -> None:
        """A letter was looked at. number: of the roster, where a newer one may change what to think of it."""
        self._store.write(
            "INSERT INTO note_letters VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET number = excluded.number",
            (body_id, name, number),
        )

    def look_again(self, body_id: str) -> None:
        """Letters that could not be used are to be looked at once more."""
        self._store.write("DELETE FROM note_letters WHERE body_id = ? AND number <> 0", (body_id,))

    def hold(self, held: HeldRecord) -> None:
        """Keep what cannot be opened yet, in the place of what was held of the same note."""
        self._held.put(held)

    def held(self, body_id: str) -> list[HeldRecord]:
        """Everything of a body that cannot be opened yet."""
        return self._held.where("body_id = ?", (body_id,))

    def let_go(self, held: HeldRecord) -> None:
        """It is not held any more."""
        self._held.remove(held.body_id, held.author, held.entry)
