"""What was recognised in files: found once when their text is read, gone with the last paper they are a version of."""

from collections.abc import Iterable, Sequence

from db.records import FindingRecord
from db.rows import Rows
from db.store import Store


class Findings:
    """Rows of each file in the order of its pages."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._findings = Rows(store, "findings", FindingRecord, ("sha256", "number"))

    def put(self, sha256: str, found: Iterable[FindingRecord]) -> None:
        """What was found in a file, in place of what was found before."""
        with self._store.transaction():
            self._store.write("DELETE FROM findings WHERE sha256 = ?", [sha256])
            for record in found:
                self._findings.add(record)

    def of(self, sha256: str, kinds: Sequence[str] = ()) -> list[FindingRecord]:
        """What was found in a file: all, or what is of these kinds."""
        return self._findings.where(f"sha256 = ?{_of(kinds)}", [sha256, *kinds], "number")

    def of_kinds(self, kinds: Sequence[str]) -> list[FindingRecord]:
        """What is of these kinds in every file of the store."""
        return self._findings.where(f"1{_of(kinds)}", kinds, "sha256, number")


def _of(kinds: Sequence[str]) -> str:
    return f" AND kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
