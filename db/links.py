"""What papers point to and where it leads: found once a file is read, resolved anew whenever a pack comes or goes."""

from collections.abc import Iterable

from db.records import FoundLinkRecord, OwnLinkRecord
from db.rows import Rows
from db.store import Store


class Links:
    """Pointers of files, links found in papers of packs, those the reader rejected, and those the reader made."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._found = Rows(store, "found_links", FoundLinkRecord, ("pack_id", "paper_id", "number"))
        self._own = Rows(store, "own_links", OwnLinkRecord, ("id",))

    # ---- what a file points to

    def put_pointers(self, sha256: str, body: str) -> None:
        """JSON of what a file points to and can be pointed at by, in place of what was found before."""
        self._store.write("INSERT OR REPLACE INTO pointers (sha256, body) VALUES (?, ?)", [sha256, body])

    def pointers(self, sha256: str) -> str | None:
        """What `put_pointers` kept; None for a file that was not read through yet."""
        rows = self._store.rows("SELECT body FROM pointers WHERE sha256 = ?", [sha256])
        return str(rows[0][0]) if rows else None

    # ---- what it leads to

    def put_found(self, pack_id: str, found: Iterable[FoundLinkRecord]) -> None:
        """The links of a pack's papers, in place of those it had."""
        with self._store.transaction():
            self._store.write("DELETE FROM found_links WHERE pack_id = ?", [pack_id])
            for record in found:
                self._found.add(record)

    def found_in(self, pack_id: str, paper_id: str = "") -> list[FoundLinkRecord]:
        """The links of a pack, or of one paper of it, in reading order."""
        of_paper, values = (" AND paper_id = ?", [pack_id, paper_id]) if paper_id else ("", [pack_id])
        return self._found.where(f"pack_id = ?{of_paper}", values, "paper_id, number")

    def packs_led_to(self, pack_id: str) -> set[str]:
        """The packs that a pack's links lead into; "" among them where some lead nowhere."""
        rows = self._store.rows("SELECT DISTINCT target_pack FROM found_links WHERE pack_id = ?", [pack_id])
        return {str(row[0]) for row in rows}

    def found_to(self, pack_id: str, paper_id: str = "") -> list[FoundLinkRecord]:
        """The links of every pack that lead to a pack, or to one paper of it."""
        of_paper, values = (" AND target_paper = ?", [pack_id, paper_id]) if paper_id else ("", [pack_id])
        return self._found.where(f"target_pack = ?{of_paper}", values, "pack_id, paper_id, number")

    def reject(self, pack_id: str, paper_id: str, key: str, rejected: bool) -> None:
        """Remember that the reader rejected a link, or took that back. key: what it is known by in every edition."""
        if rejected:
            self._store.write("INSERT OR IGNORE INTO rejected_links VALUES (?, ?, ?)", [pack_id, paper_id, key])
        else:
            self._store.write(
                'DELETE FROM rejected_links WHERE pack_id = ? AND paper_id = ? AND "key" = ?', [pack_id, paper_id, key]
            )

    def rejected(self, pack_id: str) -> set[tuple[str, str]]:
        """(paper id, key) of each rejected link of a pack."""
        rows = self._store.rows('SELECT paper_id, "key" FROM rejected_links WHERE pack_id = ?', [pack_id])
        return {(str(paper_id), str(key)) for paper_id, key in rows}

    # ---- made by hand

    def put_own(self, link: OwnLinkRecord) -> None:
        """Add it, or replace the one with its id."""
        self._own.put(link)

    def remove_own(self, link_id: str) -> None:
        """Destroy it."""
        self._own.remove(link_id)

    def get_own(self, link_id: str) -> OwnLinkRecord | None:
        """The link with this id, or None."""
        return self._own.get(link_id)

    def own_of(self, pack_id: str) -> list[OwnLinkRecord]:
        """Those that begin or end in a pack, oldest first."""
        return self._own.where("from_pack = ? OR to_pack = ?", (pack_id, pack_id), "created, rowid")

    def own_from(self, pack_id: str) -> list[OwnLinkRecord]:
        """Those that begin in a pack, and end with its notes, oldest first."""
        return self._own.where("from_pack = ?", (pack_id,), "created, rowid")

    def all_own(self) -> list[OwnLinkRecord]:
        """Every one, oldest first."""
        return self._own.where(order="created, rowid")
