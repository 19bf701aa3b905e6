"""How long notes are kept: the member's choices, notices shown, and receipts of what was destroyed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from db.records import NoticeRecord, ReceiptRecord
from db.rows import Rows
from db.store import Store

_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
NOTE, PACK, BODY = "note", "pack", "body"
KEEP, HOLD, CONFIRMED, TOLD = "keep", "hold", "confirmed", "told"


@dataclass(frozen=True)
class Choice:
    """One choice about a NOTE (of another member), a PACK or a BODY. words: why (HOLD), on which day (CONFIRMED), the
    day of the rule and that of the notice (TOLD), else ""; None where it was taken back. at: when, UTC."""

    subject: str
    id: str
    choice: str
    words: str | None
    at: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What the choice is about."""
        return self.subject, self.id, self.choice

    @property
    def rank(self) -> tuple[str, str]:
        """The last one made is the highest, on whichever computer."""
        return self.at, self.words or ""


class Retained:
    """Choices, notices, receipts; and the end of notes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._receipts = Rows(store, "receipts", ReceiptRecord, ("id",))

    def choose(self, subject: str, subject_id: str, choice: str, words: str | None) -> None:
        """Made now, here; words None takes it back."""
        known = self.get(subject, subject_id, choice)
        if known is not None and known.words == words:
            return
        at = datetime.now(UTC).strftime(_TIME)
        if known is not None and known.at >= at:  # by another computer's clock, which is ahead
            at = (datetime.strptime(known.at, _TIME) + timedelta(microseconds=1)).strftime(_TIME)
        self._put(Choice(subject, subject_id, choice, words, at))

    def take(self, choice: Choice) -> bool:
        """One made on another computer: it counts if it was made later than what is here. Whether anything changed."""
        known = self.get(*choice.key)
        if known is not None and known.rank >= choice.rank:
            return False
        self._put(choice)
        return known is None or known.words != choice.words

    def get(self, subject: str, subject_id: str, choice: str) -> Choice | None:
        """What was chosen last, also where that was to take it back."""
        found = self._store.rows(
            "SELECT words, at FROM retention_choices WHERE subject = ? AND id = ? AND choice = ?",
            (subject, subject_id, choice),
        )
        return Choice(subject, subject_id, choice, *found[0]) if found else None

    def choices(self) -> dict[tuple[str, str, str], str]:
        """(subject, its id, choice) to words, of all that are in force."""
        rows = self._store.rows("SELECT subject, id, choice, words FROM retention_choices WHERE words IS NOT NULL")
        return {(subject, subject_id, choice): words for subject, subject_id, choice, words in rows}

    def of_body(self, body_id: str) -> list[Choice]:
        """Every choice about a body, its packs and what others wrote on them, taken back ones too."""
        rows = self._store.rows(
            "SELECT subject, id, choice, words, at FROM retention_choices WHERE (subject = 'body' AND id = ?1) "
            "OR (subject = 'pack' AND id IN (SELECT id FROM packs WHERE body_id = ?1)) "
            "OR (subject = 'note' AND id IN (SELECT annotations.id FROM annotations "
            "JOIN packs ON packs.id = pack_id WHERE body_id = ?1))",
            (body_id,),
        )
        return [Choice(*row) for row in rows]

    def told(self) -> dict[str, NoticeRecord]:
        """The notices shown, by pack."""
        found = ((key[1], words.split(" ")) for key, words in self.choices().items() if key[2] == TOLD)
        return {pack_id: NoticeRecord(pack_id, due, told) for pack_id, (due, told) in found}

    def tell(self, notice: NoticeRecord) -> None:
        """A notice is being shown; the first day it was counts as long as the day of the rule is the same."""
        known = self.told().get(notice.pack_id)
        if known is None or known.due != notice.due:
            self.choose(PACK, notice.pack_id, TOLD, f"{notice.due} {notice.told}")

    def untell(self, pack_id: str) -> None:
        """Nothing is to be destroyed of this pack for now: another time it is told anew."""
        self.choose(PACK, pack_id, TOLD, None)

    def _put(self, choice: Choice) -> None:
        self._store.write(
            "INSERT INTO retention_choices VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (subject, id, choice) DO UPDATE SET words = excluded.words, at = excluded.at",
            (*choice.key, choice.words, choice.at),
        )

    def destroy(self, ids: Iterable[str], receipt: ReceiptRecord) -> None:
        """Destroy these notes, bookmarks and links for good, and keep the receipt, all or nothing. Their bytes are
        overwritten where they lay; the log keeps them until it is folded: see `folded`."""
        each = [(entry_id,) for entry_id in ids]
        with self._store.transaction():
            self._store.write_each("INSERT OR IGNORE INTO destroyed VALUES (?)", each)
            for table in ("annotations", "bookmarks", "own_links"):
                self._store.write_each(f"DELETE FROM {table} WHERE id = ?", each)  # noqa: S608  one of three names
            self._receipts.add(receipt)
            self.untell(receipt.pack_id)

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
