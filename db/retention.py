"""How long notes are kept: the member's choices, notices shown, and receipts of what was destroyed."""

from collections.abc import Iterable

from db.records import NoticeRecord, ReceiptRecord
from db.rows import Rows
from db.store import Store

PACK, BODY = "pack", "body"
KEEP, HOLD, CONFIRMED = "keep", "hold", "confirmed"


class Retained:
    """Choices, notices, receipts; and the end of notes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._notices = Rows(store, "retention_notices", NoticeRecord, ("pack_id",))
        self._receipts = Rows(store, "receipts", ReceiptRecord, ("id",))

    def choose(self, subject: str, subject_id: str, choice: str, words: str | None) -> None:
        """A choice about a PACK or BODY: KEEP, HOLD (why) or CONFIRMED (on which day); None takes it back."""
        if words is None:
            gone = "DELETE FROM retention_choices WHERE subject = ? AND id = ? AND choice = ?"
            self._store.write(gone, (subject, subject_id, choice))
            return
        self._store.write(
            "INSERT INTO retention_choices VALUES (?, ?, ?, ?) "
            "ON CONFLICT (subject, id, choice) DO UPDATE SET words = excluded.words",
            (subject, subject_id, choice, words),
        )

    def choices(self) -> dict[tuple[str, str, str], str]:
        """(subject, its id, choice) to words, of all that were made."""
        rows = self._store.rows("SELECT subject, id, choice, words FROM retention_choices")
        return {(subject, subject_id, choice): words for subject, subject_id, choice, words in rows}

    def told(self) -> dict[str, NoticeRecord]:
        """The notices shown, by pack."""
        return {notice.pack_id: notice for notice in self._notices.where()}

    def tell(self, notice: NoticeRecord) -> None:
        """A notice is being shown; the first day it was counts as long as the day of the rule is the same."""
        self._notices.put(notice, only_if="retention_notices.due <> excluded.due")

    def untell(self, pack_id: str) -> None:
        """Nothing is to be destroyed of this pack for now: another time it is told anew."""
        self._notices.remove(pack_id)

    def destroy(self, ids: Iterable[str], receipt: ReceiptRecord) -> None:
        """Destroy these notes and bookmarks for good, and keep the receipt, all or nothing. Their bytes are
        overwritten where they lay; the log keeps them until it is folded: see `folded`."""
        each = [(entry_id,) for entry_id in ids]
        with self._store.transaction():
            self._store.write_each("INSERT OR IGNORE INTO destroyed VALUES (?)", each)
            for table in ("annotations", "bookmarks"):
                self._store.write_each(f"DELETE FROM {table} WHERE id = ?", each)  # noqa: S608  one of two names
            self._receipts.add(receipt)
            self._notices.remove(receipt.pack_id)

    def fold(self) -> bool:
        """Empty the log after destroying; False where another window still reads from it: then it is tried again."""
        if not self._store.rows("SELECT 1 FROM receipts WHERE NOT cleared LIMIT 1"):
            return True
        if not self._store.fold_log():
            return False
        self._store.write("UPDATE receipts SET cleared = 1")
        return True

    def is_destroyed(self, entry_id: str) -> bool:
        """Whether a note with this id was destroyed here."""
        return bool(self._store.rows("SELECT 1 FROM destroyed WHERE id = ?", (entry_id,)))

    def receipts(self) -> list[ReceiptRecord]:
        """Every receipt, the newest first."""
        return self._receipts.where(order="at DESC, rowid DESC")
