# ruff: noqa: S608 - conditions and names of tables are this module's own; values are bound
"""The papers' files: where each stands on its way here, its pages, its words, and which pages were seen."""

import json
from collections.abc import Mapping, Sequence

from db.records import PageRecord, VersionRecord, plain_text
from db.rows import Rows
from db.store import Store

_NOT_YET_HERE = "versions.state NOT IN ('stored', 'indexed')"
_OF_A_FILE = ("pages", "texts", "structures")
_SEALED_ANEW = "(versions.sealed_sha256 <> excluded.sealed_sha256 OR versions.key = '')"


class Versions:
    """Versions of papers, with their pages."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._versions = Rows(store, "versions", VersionRecord, ("sha256", "paper_id"))
        self._pages = Rows(store, "pages", PageRecord, ("sha256", "index"))

    def put(self, version: VersionRecord) -> None:
        """A version is wanted. One already known stays as it is, unless it is not here yet and was sealed anew, or came
        without its key: then the new object, key and state take the old ones' place."""
        self._versions.put(version, keep=("edition",), only_if=f"{_NOT_YET_HERE} AND {_SEALED_ANEW}")

    def get(self, sha256: str, paper_id: str) -> VersionRecord | None:
        """The version as a version of this paper, or None."""
        return self._versions.get(sha256, paper_id)

    def of_pack(self, pack_id: str) -> list[VersionRecord]:
        """Every version of the pack's papers, older ones too, in the order they became known."""
        return self._versions.where("pack_id = ?", (pack_id,))

    def older(self, paper_id: str) -> list[VersionRecord]:
        """Every version of one paper, in the order they became known; the newest edition's index says which holds."""
        return self._versions.where("paper_id = ?", (paper_id,))

    def unfinished(self) -> list[VersionRecord]:
        """Everything intake must go on with, in the order it became known: all but the indexed and the refused."""
        return self._versions.where("state IN ('wanted', 'fetching', 'stored')")

    def sealed(self) -> set[str]:
        """The sealed_sha256 of every version, whatever its state: what SealedFiles.sweep must keep."""
        return {name for (name,) in self._store.rows("SELECT DISTINCT sealed_sha256 FROM versions")}

    def set_state(
        self, sha256: str, paper_id: str, state: str, *, done: int | None = None, trouble: str | None = None
    ) -> None:
        """Move a version on (see ARRIVAL_STATES); done and trouble stay as they are unless given."""
        given = {"state": state, "done": done, "trouble": trouble}
        self._versions.change((sha256, paper_id), {name: value for name, value in given.items() if value is not None})

    def of_file(self, sealed_sha256: str) -> list[VersionRecord]:
        """Every version kept in this sealed file: one file can be a paper of two packs."""
        return self._versions.where("sealed_sha256 = ?", (sealed_sha256,))

    def of_content(self, sha256: str) -> list[VersionRecord]:
        """Every paper that this file is, or was, a version of, in the order they became known."""
        return self._versions.where("sha256 = ?", (sha256,))

    def want_again(self, pack_id: str) -> None:
        """Whatever the pack's versions have come to, they are as if nothing of them had ever been fetched."""
        again = "UPDATE versions SET state = 'wanted', done = 0, trouble = '' WHERE pack_id = ?"
        self._store.write(again, (pack_id,))

    def forget_pages(self, sha256: str) -> bool:
        """Destroy the pages and texts of a file that no version has here any more, nor in the index (see
        Finding.remove_version); whether there were any."""
        here = f"SELECT 1 FROM versions WHERE sha256 = ? AND NOT ({_NOT_YET_HERE})"
        found = "SELECT 1 FROM found_pages WHERE sha256 = ?"
        if self._store.rows(f"{here} UNION ALL {found} LIMIT 1", (sha256, sha256)):
            return False
        with self._store.transaction():
            gone = [self._store.write(f"DELETE FROM {table} WHERE sha256 = ?", (sha256,)) for table in _OF_A_FILE]
        return any(gone)

    def remove(self, sha256: str, paper_id: str) -> None:
        """Destroy this version: its key, its place in the index, and its pages if no other paper has the same file."""
        self._versions.remove(sha256, paper_id)

    def put_pages(self, sha256: str, pages: Sequence[PageRecord]) -> None:
        """Sizes and labels of the file's pages."""
        with self._store.transaction():
            for page in pages:
                self._pages.put(page, keep=("legible",))

    def pages(self, sha256: str) -> list[PageRecord]:
        """The file's pages in order; empty until put."""
        return self._pages.where("sha256 = ?", (sha256,), '"index"')

    def put_texts(
        self, sha256: str, texts: Sequence[tuple[int, bytes, str]], keys: Mapping[int, str | None] | None = None
    ) -> None:
        """Words (packed, with boxes) and text of some pages. A page read before keeps what was read: its file is the
        same, and another paper may be in the index with it.

        keys: by page, the words as they are looked for, where the index could not cut them from the text itself.
        """
        spelled = keys or {}
        self._store.write_each(
            'INSERT INTO texts (sha256, page, words, text, "keys") VALUES (?, ?, ?, ?, ?)'
            " ON CONFLICT (sha256, page) DO NOTHING",
            [(sha256, page, words, plain_text(text), spelled.get(page)) for page, words, text in texts],
        )

    def put_legible(self, sha256: str, legible: Mapping[int, str]) -> None:
        """How much of some pages' print can be had as words: see PageRecord.legible."""
        self._store.write_each(
            'UPDATE pages SET legible = ? WHERE sha256 = ? AND "index" = ?',
            [(grade, sha256, page) for page, grade in legible.items()],
        )

    def words(self, sha256: str, page: int) -> bytes | None:
        """The page's packed words; None until they were read."""
        found = self._store.rows("SELECT words FROM texts WHERE sha256 = ? AND page = ?", (sha256, page))
        return found[0][0] if found else None

    def text(self, sha256: str, page: int) -> str | None:
        """The page's text in reading order; None until it was read."""
        found = self._store.rows("SELECT text FROM texts WHERE sha256 = ? AND page = ?", (sha256, page))
        return found[0][0] if found else None

    def pages_with_text(self, sha256: str) -> set[int]:
        """Which pages' words were read already, so that reading them can go on where it stopped."""
        return {page for (page,) in self._store.rows("SELECT page FROM texts WHERE sha256 = ?", (sha256,))}

    def pages_with_words(self, sha256: str) -> list[int]:
        """Those among them that hold any, in order."""
        held = "SELECT page FROM texts WHERE sha256 = ? AND text <> '' ORDER BY page"
        return [page for (page,) in self._store.rows(held, (sha256,))]

    def illegible(self, sha256: str) -> dict[int, str]:
        """The pages on which search sees nothing or not all: "none", "unreliable", or "" for one not read yet."""
        found = self._store.rows(
            "SELECT \"index\", legible FROM pages WHERE sha256 = ? AND legible <> 'good'", (sha256,)
        )
        return dict(found)

    def pictures(self, files: Sequence[str]) -> int:
        """How many pages of these files (by sha256) hold no words; a file given twice counts twice."""
        found = self._store.rows(
            "SELECT count(*) FROM json_each(?) AS file JOIN pages ON pages.sha256 = file.value WHERE legible = 'none'",
            (json.dumps(list(files)),),
        )
        return int(found[0][0])

    def mark_seen(self, pack_id: str, paper_id: str, page: int, at: str) -> None:
        """The member saw this page; the first time counts."""
        self._store.write("INSERT OR IGNORE INTO seen_pages VALUES (?, ?, ?, ?)", (pack_id, paper_id, page, at))

    def unmark_seen(self, pack_id: str, paper_id: str) -> None:
        """The member means to read this paper again."""
        self._store.write("DELETE FROM seen_pages WHERE pack_id = ? AND paper_id = ?", (pack_id, paper_id))

    def seen(self, pack_id: str) -> set[tuple[str, int]]:
        """(paper_id, page) of every page of the pack that was seen."""
        return set(self._store.rows("SELECT paper_id, page FROM seen_pages WHERE pack_id = ?", (pack_id,)))
