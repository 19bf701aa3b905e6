"""What helps a member find their way and their time: contents, numbers put right, the pace of reading."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from db.records import DwellRecord, PrintedRecord
from desktop.papers.outline import Outline

if TYPE_CHECKING:
    from desktop.library.holdings import Holdings

_REMEMBERED = 200  # pages the pace is taken from
_TIMES = "reading_times"  # setting: whether times are told and pages timed


class Habits:
    """Reads and writes the store; every method runs in the store's lane."""

    def __init__(self, holdings: "Holdings") -> None:
        self._holdings = holdings

    def outline(self, sha256: str) -> Outline | None:
        """A version's contents; None until it was read through."""
        found = self._holdings.structures.get(sha256)
        return Outline.from_text(found.outline) if found else None

    def put_right(self, pack_id: str, paper_id: str, page: int, label: str) -> str:
        """The page (from 0), and those after it, are printed so; "" takes it back. Returns what was said before."""
        reading = self._holdings.reading
        before = [each.label for each in reading.printed(pack_id) if (each.paper_id, each.page) == (paper_id, page)]
        if label:
            reading.set_printed(PrintedRecord(pack_id, paper_id, page, label))
        else:
            reading.forget_printed(pack_id, paper_id, page)
        return before[0] if before else ""

    def put_right_pages(self, pack_id: str) -> set[tuple[str, int]]:
        """(paper id, page from 0) of every page whose number was put right."""
        return {(each.paper_id, each.page) for each in self._holdings.reading.printed(pack_id)}

    def times(self) -> list[float] | None:
        """Seconds at pages, the latest first; None where no times are wanted."""
        if self._holdings.settings.get(_TIMES, "on") != "on":
            return None
        return self._holdings.reading.latest_dwells(_REMEMBERED)

    def want_times(self, wanted: bool) -> list[float] | None:
        """Tell times and time pages, or do neither any more; what was timed is then forgotten."""
        self._holdings.settings.set(_TIMES, "on" if wanted else "off")
        if not wanted:
            self._holdings.reading.forget_dwells()
        return self.times()

    def add_dwell(self, pack_id: str, paper_id: str, page: int, seconds: float) -> list[float] | None:
        """The page (from 0) was read for so long; returns the times since then."""
        times = self.times()
        if times is None or self._holdings.packs.get(pack_id) is None:
            return times
        self._holdings.reading.add_dwell(DwellRecord(pack_id, paper_id, page, round(seconds, 1), _now()))
        return self.times()

    def mark_read(self, pack_id: str, paper_id: str, pages: int, read: bool) -> None:
        """The member says so of a whole paper: every page counts as seen, or none."""
        versions = self._holdings.versions
        if not read:
            versions.unmark_seen(pack_id, paper_id)
            return
        with self._holdings.store.transaction():
            for page in range(pages):
                versions.mark_seen(pack_id, paper_id, page, _now())


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
