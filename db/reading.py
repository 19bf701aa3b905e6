"""How a member reads: numbers of pages put right by hand, and how long pages were looked at."""

from db.records import DwellRecord, PrintedRecord
from db.rows import Rows
from db.store import Store


class Reading:
    """Belongs to the member, and goes with the pack."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._printed = Rows(store, "printed_pages", PrintedRecord, ("pack_id", "paper_id", "page"))
        self._dwells = Rows(store, "dwells", DwellRecord, ("pack_id", "paper_id", "page"))

    def set_printed(self, printed: PrintedRecord) -> None:
        """This page, and those after it, are printed so."""
        self._printed.put(printed)

    def forget_printed(self, pack_id: str, paper_id: str, page: int) -> None:
        """The page is no longer put right by hand."""
        self._printed.remove(pack_id, paper_id, page)

    def printed(self, pack_id: str) -> list[PrintedRecord]:
        """Every page of the pack that was put right."""
        return self._printed.where("pack_id = ?", (pack_id,), "paper_id, page")

    def add_dwell(self, dwell: DwellRecord) -> None:
        """The page was looked at for so long, once more perhaps."""
        self._store.write(
            "INSERT INTO dwells VALUES (?, ?, ?, ?, ?) ON CONFLICT (pack_id, paper_id, page) "
            "DO UPDATE SET seconds = seconds + excluded.seconds, at = excluded.at",
            (dwell.pack_id, dwell.paper_id, dwell.page, dwell.seconds, dwell.at),
        )

    def latest_dwells(self, most: int) -> list[float]:
        """Seconds that pages were looked at, the latest first, of whichever pack."""
        return [each.seconds for each in self._dwells.where(order=f"at DESC, rowid DESC LIMIT {int(most)}")]

    def forget_dwells(self) -> None:
        """The pace is learned anew."""
        self._store.write("DELETE FROM dwells")
