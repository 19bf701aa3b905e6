"""Every step from an empty file to today's store, each tried on a store of the release before it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db import migrations
from db.errors import NewerStore
from db.migrations import Step
from db.schema import FILE, schema_of
from db.store import NAME, Store
from tests.db.conftest import KEY

if TYPE_CHECKING:
    from sqlite_utils import Database

OpenAt = Callable[[int], Store]


@pytest.fixture
def open_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> OpenAt:
    """Opens the store as the release with that many steps would."""
    steps = migrations.ALL

    def opened(count: int) -> Store:
        monkeypatch.setattr(migrations, "ALL", steps[:count])
        return Store.open(folder, KEY)

    return opened


def tables(store: Store) -> set[str]:
    return set(store.database.table_names())


PACK_ROW = "INSERT INTO packs VALUES ('p', 'b', 't', '', '', '', '', 1, '', '', x'', '', 0)"
BODY_ROW = "INSERT INTO bodies VALUES ('b', 'n', 'o', 'r', x'', 's', '', '', '')"
VERSION_ROW = "INSERT INTO versions VALUES ('aa', 'p', 'paper', 't', 'k', 's', 1, 'stored', 1, 0, '')"


def test_m001_bodies_and_packs(open_at: OpenAt) -> None:
    store = open_at(1)
    assert tables(store) == {"migrations", "bodies", "identities", "packs"}
    store.write(BODY_ROW)
    store.write(PACK_ROW)
    store.write("DELETE FROM bodies")
    assert store.rows("SELECT * FROM packs") == []
    store.close()


def test_m002_versions_and_pages(open_at: OpenAt) -> None:
    store = open_at(1)
    store.write(BODY_ROW)
    store.write(PACK_ROW)
    store.close()
    store = open_at(2)
    store.write(VERSION_ROW)
    store.write("INSERT INTO texts VALUES ('aa', 0, x'', 'words')")
    store.write("DELETE FROM packs")
    assert store.rows("SELECT * FROM versions") == []
    assert store.rows("SELECT * FROM texts") == []
    store.close()


def test_m003_finding(open_at: OpenAt) -> None:
    store = open_at(2)
    store.write(BODY_ROW)
    store.write(PACK_ROW)
    store.write(VERSION_ROW)
    store.write("INSERT INTO texts VALUES ('aa', 0, x'', 'Words about risk')")
    store.close()
    store = open_at(3)
    store.write("INSERT INTO found_pages VALUES (1, 'p', 'paper', 'aa', 0)")
    assert store.rows("SELECT rowid FROM finding WHERE finding MATCH 'risk'") == [(1,)]
    store.write("DELETE FROM packs")
    assert store.rows("SELECT rowid FROM finding WHERE finding MATCH 'risk'") == []
    store.close()


def test_m004_notes_and_places(open_at: OpenAt) -> None:
    store = open_at(3)
    store.write(BODY_ROW)
    store.write(PACK_ROW)
    store.close()
    store = open_at(4)
    store.write("INSERT INTO bookmarks VALUES ('m', 'p', 'paper', 'aa', 0, 1.5, 'here', '')")
    assert {"annotations", "bookmarks", "places", "settings"} <= tables(store)
    store.write("DELETE FROM packs")
    assert store.rows("SELECT * FROM bookmarks") == []
    store.close()


def test_m005_offices(open_at: OpenAt) -> None:
    store = open_at(4)
    store.write("INSERT INTO settings VALUES ('theme', 'dark')")
    store.close()
    store = open_at(5)
    assert {"offices", "roster", "sealed_papers", "despatches"} <= tables(store)
    assert store.rows("SELECT value FROM settings") == [("dark",)]
    store.close()


def test_m006_leaving_and_earlier_editions(open_at: OpenAt) -> None:
    store = open_at(5)
    store.write(BODY_ROW)
    store.write(PACK_ROW)
    store.close()
    store = open_at(6)
    assert store.rows("SELECT id, leaving FROM bodies") == [("b", 0)]
    assert store.rows("SELECT id, seen_index, put_away FROM packs") == [("p", b"", 0)]
    store.close()


def test_m007_structures_and_pace(open_at: OpenAt) -> None:
    store = open_at(5)
    store.write(BODY_ROW)
    store.write(PACK_ROW)
    store.close()
    store = open_at(6)
    store.write(VERSION_ROW.replace("stored", "indexed"))
    store.close()
    store = open_at(7)
    assert store.rows("SELECT state FROM versions") == [("stored",)]  # to be read once more
    store.write("INSERT INTO structures VALUES ('aa', '{}', '[]')")
    store.write("INSERT INTO printed_pages VALUES ('p', 'paper', 0, '47')")
    store.write("INSERT INTO dwells VALUES ('p', 'paper', 0, 12.5, '')")
    store.write("DELETE FROM packs")
    for table in ("structures", "printed_pages", "dwells"):
        assert store.rows(f"SELECT * FROM {table}") == []
    store.close()


def test_m008_looks(open_at: OpenAt) -> None:
    store = open_at(5)
    store.write(BODY_ROW)
    store.write(PACK_ROW)
    store.write("INSERT INTO places VALUES ('p', 'paper', 3, 12.5, 1.0, 1.5, '', '2026-01-01')")
    store.close()
    store = open_at(8)
    left = ("p", "paper", 3, 12.5, "continuous", 0, 0)
    names = "pack_id, paper_id, page, y, mode, turn, number"
    assert store.rows(f"SELECT {names} FROM places") == [left]
    assert store.rows(f"SELECT {names} FROM paper_places") == [left]
    store.write("DELETE FROM packs")
    assert store.rows("SELECT * FROM paper_places") == []
    store.close()


def test_m009_two_panes(open_at: OpenAt) -> None:
    store = open_at(5)
    for row in (BODY_ROW, PACK_ROW, PACK_ROW.replace("'p'", "'q'")):
        store.write(row)
    store.close()
    store = open_at(9)
    store.write("INSERT INTO panes VALUES ('p', 'q', '{}')")
    store.write("DELETE FROM packs WHERE id = 'q'")
    assert store.rows("SELECT * FROM panes") == []
    store.close()


def test_m010_finding_in_every_script(open_at: OpenAt) -> None:
    store = open_at(5)
    store.write(BODY_ROW)
    store.write(PACK_ROW)
    store.write(VERSION_ROW.replace("stored", "indexed"))
    store.write("INSERT INTO pages VALUES ('aa', 0, 595.0, 842.0, '1', 1)")
    store.write("INSERT INTO texts VALUES ('aa', 0, x'', 'Words about risk')")
    store.write("INSERT INTO found_pages VALUES (1, 'p', 'paper', 'aa', 0)")
    store.close()
    store = open_at(10)
    assert store.rows("SELECT label, legible FROM pages") == [("1", "")]
    assert store.rows("SELECT state FROM versions") == [("stored",)]  # to be read once more
    assert store.rows("SELECT * FROM texts") == store.rows("SELECT * FROM found_pages") == []
    assert store.rows("SELECT rowid FROM finding WHERE finding MATCH 'risk'") == []
    store.write("INSERT INTO texts VALUES ('aa', 0, x'', 'Die Straße', 'die strasse')")
    store.write("INSERT INTO found_pages VALUES (1, 'p', 'paper', 'aa', 0)")
    assert store.rows("SELECT rowid FROM finding WHERE finding MATCH 'strasse'") == [(1,)]
    store.write("DELETE FROM packs")
    assert store.rows("SELECT term FROM finding_words") == []
    store.close()


def test_m011_more_kinds_of_marks(open_at: OpenAt) -> None:
    store = open_at(5)
    store.write(BODY_ROW)
    store.write(PACK_ROW)
    old = "('n', 'p', 'paper', 'aa', 2, 'note', 'risk', '{}', 'Mine', '2026-01-02', '')"
    store.write(f"INSERT INTO annotations VALUES {old}")
    store.close()
    store = open_at(11)
    assert store.rows("SELECT id, kind, words, details FROM annotations") == [("n", "note", "Mine", "")]
    store.close()


def test_m012_notes_that_were_carried(open_at: OpenAt) -> None:
    store = open_at(11)
    store.write(BODY_ROW.replace("'')", "'', 0)"))
    store.write(PACK_ROW.replace("'', 0)", "'', 0, x'', 0)"))
    store.write(VERSION_ROW)
    note = "'n', 'p', 'paper', 'aa', 0, 'note', 'risk', '{}', 'words', '', '', ''"
    store.write(f"INSERT INTO annotations VALUES ({note})")
    store.write("INSERT INTO bookmarks VALUES ('b', 'p', 'paper', 'aa', 0, 9.0, 'Here', '')")
    store.close()
    store = open_at(12)
    assert store.rows("SELECT words, carried FROM annotations") == [("words", "")]
    assert store.rows("SELECT name, carried FROM bookmarks") == [("Here", "")]
    assert store.rows("SELECT sha256, edition FROM versions") == [("aa", 0)]
    store.close()


def test_m013_what_papers_say(open_at: OpenAt) -> None:
    store = open_at(12)
    store.write(BODY_ROW.replace("'')", "'', 0)"))
    store.write(PACK_ROW.replace("'', 0)", "'', 0, x'', 0)"))
    store.write(VERSION_ROW.replace("'')", "'', 0)"))
    store.write("INSERT INTO structures VALUES ('aa', '{}', '[]')")
    store.close()
    store = open_at(13)
    assert store.rows("SELECT sha256, recognised FROM structures") == [("aa", 0)]  # to be read once more
    store.write("INSERT INTO findings VALUES ('aa', 0, 'minute', '29.', 3, 'Minutes', '{}')")
    store.write("DELETE FROM packs")
    assert store.rows("SELECT * FROM findings") == []
    store.close()


def test_m014_people_of_a_body(open_at: OpenAt) -> None:
    store = open_at(13)
    store.write(BODY_ROW.replace("'')", "'', 0)"))
    store.write("INSERT INTO identities VALUES ('b', 'm', 'd', 'k', 'r', 't', 'p', 1)")
    store.write("INSERT INTO offices VALUES ('o', 'n', 'g', 'r', 'k', 'd', 'i', 'r')")
    for tag, member in (("1", "Jane Doe"), ("2", "JANE DOE"), ("3", "John Roe")):
        store.write(f"INSERT INTO roster VALUES ('o', '{tag}', '{member}', '', '', '', 'admitted', '')")
    store.close()
    store = open_at(14)
    assert store.rows("SELECT signing FROM identities") == [("",)]
    people = [person for (person,) in store.rows("SELECT person FROM roster ORDER BY tag")]
    assert people[0] == people[1] != people[2]
    assert all(len(person) == 16 for person in people)
    store.write("INSERT INTO fellows VALUES ('b', 't', 'p', 'm', 'd', 'r', 's', 1, 1)")
    store.write("DELETE FROM bodies")
    assert store.rows("SELECT * FROM fellows") == []
    store.close()


def test_m015_retention(open_at: OpenAt) -> None:
    store = open_at(12)
    store.write(BODY_ROW.replace("'')", "'', 0)"))
    store.write(PACK_ROW.replace("'', 0)", "'', 0, x'', 0)"))
    rest = "'p', 'paper', 'aa', 0, 'note', 'risk', '{}', 'words', '', '', '', ''"
    store.write(f"INSERT INTO annotations VALUES ('n', {rest})")
    store.close()
    store = open_at(15)
    store.write("DELETE FROM annotations")
    store.write("INSERT INTO destroyed VALUES ('n')")
    for name in ("n", "m"):
        store.write(f"INSERT INTO annotations VALUES ('{name}', {rest})")
    store.write("INSERT INTO bookmarks VALUES ('n', 'p', 'paper', 'aa', 0, 9.0, 'Here', '', '')")
    assert store.rows("SELECT id FROM annotations UNION ALL SELECT id FROM bookmarks") == [("m",)]
    store.write("INSERT INTO retention_choices VALUES ('pack', 'p', 'keep', ''), ('body', 'b', 'hold', '')")
    store.write("INSERT INTO retention_notices VALUES ('p', '', '')")
    store.write("INSERT INTO receipts VALUES ('r', 'b', 'p', '', '', 'keep', 0, '', '', '', 1, 0, 0, 0)")
    store.write("DELETE FROM bodies")
    for table in ("retention_choices", "retention_notices", "receipts"):
        assert store.rows(f"SELECT * FROM {table}") == []
    store.close()


def test_m016_references(open_at: OpenAt) -> None:
    store = open_at(12)
    store.write(BODY_ROW.replace("'')", "'', 0)"))
    store.write(PACK_ROW.replace("'', 0)", "'', 0, x'', 0)"))
    store.write(VERSION_ROW.replace("'')", "'', 0)"))
    store.close()
    store = open_at(16)
    store.write("INSERT INTO found_links VALUES ('p', 'paper', 0, 'aa', 0, 'p', 'other', 3, '{}')")
    store.write("INSERT INTO rejected_links VALUES ('p', 'paper', 'minute 10')")
    store.write("INSERT INTO own_links VALUES ('l', '', '', '', '', 'p', '{}', '', 'p', '{}', '')")
    store.write("INSERT INTO pointers VALUES ('aa', '{}')")
    store.write("DELETE FROM versions")
    store.write("DELETE FROM packs")
    for table in ("found_links", "rejected_links", "own_links", "pointers"):
        assert store.rows(f"SELECT * FROM {table}") == []
    store.close()


def test_m017_notes_on_their_way(open_at: OpenAt) -> None:
    store = open_at(16)
    store.write(BODY_ROW.replace("'')", "'', 0)"))
    store.write(PACK_ROW.replace("'', 0)", "'', 0, x'', 0)"))
    store.close()
    store = open_at(17)
    store.write("INSERT INTO note_states VALUES ('n', 'p', '', '', '{}', '')")
    store.write("INSERT INTO note_streams VALUES ('b', 't', 1)")
    store.write("INSERT INTO note_sent VALUES ('b', 't', 'n', 'd')")
    store.write("INSERT INTO note_taken VALUES ('b', 't', 1, 'd', 0)")
    store.write("INSERT INTO note_letters VALUES ('b', 'name', 0)")
    store.write("INSERT INTO note_held VALUES ('b', 't', 'n', '{}')")
    store.write("INSERT INTO note_states VALUES ('0123456789abcdef', 'p', '', '', '{}', '')")
    store.write("INSERT INTO note_held VALUES ('b', 't', '0123456789abcdef.1', '{}')")
    store.write("INSERT INTO destroyed VALUES ('0123456789abcdef')")
    assert store.rows("SELECT id FROM note_states") == [("n",)]
    assert store.rows("SELECT entry FROM note_held") == [("n",)]
    store.write("DELETE FROM bodies")
    for table in ("states", "streams", "sent", "taken", "letters", "held"):
        assert store.rows(f"SELECT * FROM note_{table}") == []
    store.close()


def test_m018_what_ends_on_every_computer(open_at: OpenAt) -> None:
    store = open_at(17)
    store.write(BODY_ROW.replace("'')", "'', 0)"))
    store.write(PACK_ROW.replace("'', 0)", "'', 0, x'', 0)"))
    store.write("INSERT INTO retention_choices VALUES ('pack', 'p', 'hold', 'why'), ('body', 'b', 'hold', '')")
    store.write("INSERT INTO retention_notices VALUES ('p', '2026-03-26', '2026-03-28')")
    store.write("INSERT INTO own_links VALUES ('l', '', '', '', '', 'p', '{}', '', 'p', '{}', '')")
    store.write("INSERT INTO receipts VALUES ('r', 'b', 'p', '', '', 'keep', 0, '', '', '', 1, 0, 0, 0)")
    store.write("INSERT INTO note_sent VALUES ('b', 't', 'n', 'd'), ('b', 't', 'm', 'd')")
    store.close()
    store = open_at(18)
    assert store.rows("SELECT * FROM retention_choices ORDER BY choice, subject") == [
        ("body", "b", "hold", "", ""), ("pack", "p", "hold", "why", ""),
        ("pack", "p", "told", "2026-03-26 2026-03-28", ""),
    ]  # fmt: skip
    assert store.rows("SELECT keep FROM own_links") == store.rows("SELECT links FROM receipts") == [(0,)]
    store.write("INSERT INTO letter_notes VALUES ('b', 't', 'name', 'n')")
    store.write("INSERT INTO retention_choices VALUES ('note', 'n', 'keep', '', '')")
    store.write("DELETE FROM own_links")
    store.write("INSERT INTO destroyed VALUES ('n'), ('l')")
    store.write("INSERT INTO own_links VALUES ('l', '', '', '', '', 'p', '{}', '', 'p', '{}', '', 0)")
    assert store.rows("SELECT * FROM own_links") == []
    assert store.rows("SELECT entry, digest FROM note_sent ORDER BY entry") == [("m", "d"), ("n", "")]
    assert store.rows("SELECT id FROM retention_choices WHERE subject = 'note'") == []
    rest = "'p', 'paper', 'aa', 0, 'note', 'risk', '{}', 'words', '', '', '', ''"
    store.write(f"INSERT INTO annotations VALUES ('o', {rest})")
    store.write("INSERT INTO retention_choices VALUES ('note', 'o', 'keep', '', '')")
    store.write("DELETE FROM bodies")
    for table in ("retention_choices", "letter_notes", "receipts"):
        assert store.rows(f"SELECT * FROM {table}") == []
    store.close()


@pytest.mark.parametrize("step", migrations.ALL, ids=lambda step: str(step.__name__))
def test_each_step_has_its_test(step: Step) -> None:
    assert f"test_{step.__name__}" in globals()


def test_steps_are_recorded_in_order(store: Store) -> None:
    names = [step.__name__ for step in migrations.ALL]
    assert migrations.done(store.database.conn) == names == sorted(names)


def test_a_store_of_a_later_release_is_refused_untouched(open_at: OpenAt, folder: Path) -> None:
    open_at(len(migrations.ALL)).close()
    before = (folder / NAME).read_bytes()
    with pytest.raises(NewerStore, match=NAME) as told:
        open_at(2)
    assert told.value.do
    assert (folder / NAME).read_bytes() == before


def test_a_step_that_fails_leaves_no_trace(folder: Path, monkeypatch: pytest.MonkeyPatch, open_at: OpenAt) -> None:
    def m999_breaks(database: "Database") -> None:
        database.execute("CREATE TABLE half (done TEXT)")
        raise LookupError

    whole = migrations.ALL
    monkeypatch.setattr(migrations, "ALL", (*whole, m999_breaks))
    with pytest.raises(LookupError):
        Store.open(folder, KEY)
    store = open_at(len(whole))
    assert "half" not in tables(store)
    assert len(migrations.done(store.database.conn)) == len(whole)
    store.close()


def test_schema_sql_is_what_the_migrations_make(store: Store) -> None:
    """`python -m db.schema` writes it anew."""
    assert FILE.read_text("utf-8") == schema_of(store)
