"""Search: which pages hold which words, best first, with the words in their surroundings."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from db.errors import UnclearSearch
from db.records import HitRecord, OwnWordsRecord, PageHitRecord
from db.store import Store

# Ranking weighs every match: 1.5 us each, and more for phrases. A word on more than this many pages says nothing about
# any of them (on half of a 20,000-page store bm25 gives it no weight at all), so only this many of the newest matches
# are ranked, and the time of a search does not grow with the store.
_RANKED = 5_000

_WORDS_AROUND = 24
_SQL_ERROR = 1  # what FTS5 answers to a query it cannot read


class Finding:
    """The search index over the pages of papers."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, pack_id: str, paper_id: str, sha256: str, texts: Sequence[tuple[int, str]]) -> None:
        """Index pages of a version, all or none: (page, text) as given to Versions.put_texts, which comes first.

        What is indexed is the text kept there, so that a page always comes out of the index with the words it went in
        with. Pages already in the index are left alone.
        """
        self._store.write_each(
            "INSERT INTO found_pages (pack_id, paper_id, sha256, page) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (sha256, paper_id, page) DO NOTHING",
            [(pack_id, paper_id, sha256, page) for page, _ in texts],
        )

    def remove_version(self, sha256: str, paper_id: str, at_most: int = -1) -> int:
        """Take a version's pages out of the index, leaving none of their words in it; returns how many are left.

        In a store of 20,000 pages this takes some 20 ms a page: give at_most to do it in slices between other work.
        """
        version = (sha256, paper_id)
        self._store.write(
            "DELETE FROM found_pages WHERE id IN"
            " (SELECT id FROM found_pages WHERE sha256 = ? AND paper_id = ? LIMIT ?)",
            (*version, at_most),
        )
        return int(
            self._store.rows("SELECT count(*) FROM found_pages WHERE sha256 = ? AND paper_id = ?", version)[0][0]
        )

    def holds(self, sha256: str, paper_id: str) -> bool:
        """Whether any page of a version is in the index."""
        held = "SELECT 1 FROM found_pages WHERE sha256 = ? AND paper_id = ? LIMIT 1"
        return bool(self._store.rows(held, (sha256, paper_id)))

    def find(
        self, match: str, limit: int, packs: Collection[str] = (), papers: Collection[str] | None = None
    ) -> list[HitRecord]:
        """The best pages for an FTS5 query, best first (rank is smaller for better), in some packs or (none named) all.

        papers: "paper_id sha256" of the only versions wanted. Raises UnclearSearch where the query cannot be read.
        """
        whole = _within(match, packs)
        rows = self._query(
            """SELECT f.pack_id, f.paper_id, f.sha256, f.page, finding.rank,
                CASE WHEN t."keys" IS NULL THEN snippet(finding, 1, char(2), char(3), '…', ?) ELSE '' END,
                CASE WHEN t."keys" IS NULL THEN '' ELSE t.text END
            FROM finding JOIN found_pages AS f ON f.id = finding.rowid
                JOIN texts AS t ON t.sha256 = f.sha256 AND t.page = f.page
            WHERE finding MATCH ? AND finding.rowid >= ?
                AND (? IS NULL OR f.paper_id || ' ' || f.sha256 IN (SELECT value FROM json_each(?)))
            ORDER BY finding.rank LIMIT ?""",
            (_WORDS_AROUND, whole, self._oldest_ranked(whole), *[_listed(papers)] * 2, limit),
        )
        return [HitRecord(*row) for row in rows]

    def pages(self, match: str, pack_id: str) -> list[PageHitRecord]:
        """Every page of one pack that matches, older versions of its papers too. Raises UnclearSearch."""
        rows = self._query(
            "SELECT f.paper_id, f.sha256, f.page FROM finding JOIN found_pages AS f ON f.id = finding.rowid"
            " WHERE finding MATCH ?",
            (_within(match, [pack_id]),),
        )
        return [PageHitRecord(*row) for row in rows]

    def count(self, match: str, packs: Collection[str] = ()) -> int:
        """How many pages match, in some packs or in all. Raises UnclearSearch."""
        counted = self._query("SELECT count(*) FROM finding WHERE finding MATCH ?", (_within(match, packs),))
        return int(counted[0][0])

    def words(self, sha256: str, page: int) -> bytes | None:
        """A page's packed words; None until they were read."""
        found = self._store.rows("SELECT words FROM texts WHERE sha256 = ? AND page = ?", (sha256, page))
        return found[0][0] if found else None

    def words_beginning(self, start: str) -> dict[str, int]:
        """The words in the index that begin with these letters, each with how many pages hold it."""
        found = self._store.rows(
            "SELECT term, doc FROM finding_words WHERE term >= ? AND term < ? AND col = 'text'",
            (start, start + chr(0x10FFFF)),
        )
        return dict(found)

    def own_words(self) -> list[OwnWordsRecord]:
        """Everything the member has written, marked or named, newest first."""
        rows = self._store.rows(
            """SELECT id, pack_id, paper_id, sha256, page, kind, colour, words, anchor ->> '$.exact', created
            FROM annotations
            UNION ALL SELECT id, pack_id, paper_id, sha256, page, 'bookmark', '', name, '', created FROM bookmarks
            ORDER BY created DESC"""
        )
        return [OwnWordsRecord(*row[:-1]) for row in rows]

    def rebuild(self) -> None:
        """Make the index anew from the texts kept, where it was found damaged."""
        self._store.write("INSERT INTO finding (finding) VALUES ('rebuild')")

    def _oldest_ranked(self, whole: str) -> int:
        found = self._query(
            "SELECT rowid FROM finding WHERE finding MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?", (whole, _RANKED - 1)
        )
        return int(found[0][0]) if found else 0

    def _query(self, sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        try:
            return self._store.rows(sql, values)
        except Exception as error:
            if getattr(error, "sqlite_errorcode", None) != _SQL_ERROR:
                raise
            raise UnclearSearch(
                "The search could not be understood.", "", "Use plain words, or put a phrase in double quotation marks."
            ) from error


def _within(match: str, packs: Collection[str]) -> str:
    words = f"text : ({match})"
    named = " OR ".join(f'"{pack_id}"' for pack_id in packs)
    return f"pack : ({named}) AND {words}" if named else words


def _listed(papers: Collection[str] | None) -> str | None:
    return None if papers is None else json.dumps(list(papers))
