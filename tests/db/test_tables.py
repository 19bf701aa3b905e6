"""Each family of tables: what is put is got, what must not change does not, what goes takes its own with it."""

from dataclasses import replace

import pytest

from db.annotations import Annotations, Bookmarks
from db.bodies import Bodies
from db.finding import Finding
from db.offices import Despatches, Offices, Roster, SealedPapers
from db.packs import Packs
from db.places import Places, Settings
from db.records import (
    AnnotationRecord,
    BookmarkRecord,
    DespatchRecord,
    IdentityRecord,
    OfficeRecord,
    PackRecord,
    PageRecord,
    PlaceRecord,
    RosterRecord,
    SealedPaperRecord,
)
from db.store import Store
from db.versions import Versions
from tests.db.conftest import BODY, PACK, version

IDENTITY = IdentityRecord("body1", "Ann Member", "laptop", "AGE-SECRET-KEY-1", "age1ann", "tag1", "five words")
NOTE = AnnotationRecord(
    "note1",
    "pack1",
    "paper1",
    "aa",
    0,
    "note",
    "question",
    "{}",
    "Why?",
    "2026-01-23T08:00:00Z",
    "2026-01-23T08:00:00Z",
)
MARK = BookmarkRecord("mark1", "pack1", "paper1", "aa", 1, 120.5, "The table", "2026-01-23T08:00:00Z")
PLACE = PlaceRecord("pack1", "paper1", 1, 12.5, 0.0, 1.25, "width", "2026-01-23T08:00:00Z")
OFFICE = OfficeRecord("body1", "Group board", "The trust", "/share/board", "root pem", "daily pem", "AGE", "age1")
ENTRY = RosterRecord("body1", "tag1", "Ann Member", "laptop", "age1ann", "five words", "invited", "secret")


def test_bodies_by_name(store: Store) -> None:
    bodies = Bodies(store)
    bodies.add(replace(BODY, id="b2", name="quality committee"))
    bodies.add(replace(BODY, id="b1", name="Audit committee"))
    bodies.add(BODY)
    assert [body.id for body in bodies.all()] == ["b1", "body1", "b2"]
    assert bodies.get("body1") == BODY
    assert bodies.get("none") is None


def test_a_body_changes_field_by_field(packed: Store) -> None:
    bodies = Bodies(packed)
    bodies.change("body1", confirmed_at="2026-01-29T10:00:00Z", trouble="It was not reached.")
    assert bodies.get("body1") == replace(BODY, confirmed_at="2026-01-29T10:00:00Z", trouble="It was not reached.")
    with pytest.raises(TypeError, match="colour"):
        bodies.change("body1", colour="red")


def test_joining_again_keeps_the_packs(packed: Store) -> None:
    Bodies(packed).add(replace(BODY, repository="https://new.example"))
    assert Packs(packed).get("pack1") == PACK


def test_a_body_being_left_counts_as_gone(packed: Store) -> None:
    bodies = Bodies(packed)
    bodies.add_identity(IDENTITY)
    bodies.begin_leaving("body1")
    assert (bodies.get("body1"), bodies.all(), bodies.identity("body1"), Packs(packed).all()) == (None, [], None, [])
    assert [body.id for body in bodies.leaving()] == ["body1"]


def test_identity(packed: Store) -> None:
    bodies = Bodies(packed)
    assert bodies.identity("body1") is None
    bodies.add_identity(IDENTITY)
    assert bodies.identity("body1") == IDENTITY
    bodies.change_identity("body1", admitted=True)
    assert bodies.identity("body1") == replace(IDENTITY, admitted=True)


def test_a_new_edition_keeps_when_the_pack_was_opened(packed: Store) -> None:
    packs = Packs(packed)
    packs.mark_opened("pack1", "2026-01-23T08:00:00Z", 1)
    packs.put_away("pack1", True)
    second = replace(PACK, edition=2, note="One late paper.", index=b"[]")
    packs.put(second)
    opened = replace(second, opened_at="2026-01-23T08:00:00Z", seen_edition=1, seen_index=b"{}", put_away=True)
    assert packs.get("pack1") == opened
    assert packs.away() == [opened]


def test_packs_newest_meeting_first(packed: Store) -> None:
    packs = Packs(packed)
    Bodies(packed).add(replace(BODY, id="body2"))
    packs.put(replace(PACK, id="later", held_on="2026-03-26"))
    packs.put(replace(PACK, id="other", body_id="body2", held_on="2026-02-01"))
    assert [pack.id for pack in packs.all()] == ["later", "other", "pack1"]
    assert [pack.id for pack in packs.of_body("body1")] == ["later", "pack1"]


@pytest.mark.parametrize("state", ["stored", "indexed"])
def test_what_is_here_never_turns_back(packed: Store, state: str) -> None:
    versions = Versions(packed)
    versions.set_state("aa", "paper1", state, done=9)
    versions.put(version(key="another", sealed_sha256="anew"))
    assert versions.get("aa", "paper1") == version(state=state, done=9)


@pytest.mark.parametrize("state", ["wanted", "fetching", "refused"])
def test_what_is_not_here_takes_the_new_object(packed: Store, state: str) -> None:
    versions = Versions(packed)
    versions.set_state("aa", "paper1", state, done=4, trouble="It was cut short.")
    versions.put(version())
    assert versions.get("aa", "paper1") == version(state=state, done=4, trouble="It was cut short.")
    versions.put(version(key="another", sealed_sha256="anew"))
    assert versions.get("aa", "paper1") == version(key="another", sealed_sha256="anew")


def test_what_intake_goes_on_with(packed: Store) -> None:
    versions = Versions(packed)
    for number, state in enumerate(["stored", "fetching", "indexed", "refused", "wanted"]):
        versions.put(version(f"v{number}", f"paper{number + 2}", state=state))
    assert [found.sha256 for found in versions.unfinished()] == ["aa", "v0", "v1", "v4"]
    assert len(versions.of_pack("pack1")) == 6
    assert versions.sealed() == {"sealed-aa", *(f"sealed-v{number}" for number in range(5))}


def test_a_state_of_no_meaning_is_refused(packed: Store) -> None:
    with pytest.raises(Exception, match="CHECK"):
        Versions(packed).set_state("aa", "paper1", "perhaps")


def test_older_versions_of_a_paper(packed: Store) -> None:
    versions = Versions(packed)
    versions.put(version("bb"))
    versions.put(version("cc", "paper2"))
    assert [found.sha256 for found in versions.older("paper1")] == ["aa", "bb"]


def test_pages_and_their_words(packed: Store) -> None:
    versions = Versions(packed)
    pages = [PageRecord("aa", 1, 841.0, 595.0, "2", "none"), PageRecord("aa", 0, 595.0, 841.0, "1")]
    versions.put_pages("aa", pages)
    assert versions.pages("aa") == pages[::-1]
    assert versions.words("aa", 0) is None
    assert versions.text("aa", 0) is None
    versions.put_texts("aa", [(0, b"\x00words", "Words"), (1, b"", "")])
    assert versions.words("aa", 0) == b"\x00words"
    assert versions.text("aa", 0) == "Words"
    assert versions.pages_with_text("aa") == {0, 1}


def test_pages_whose_words_cannot_be_had(packed: Store) -> None:
    versions = Versions(packed)
    pages = [PageRecord("aa", page, 595.0, 842.0, "") for page in range(4)]
    versions.put_pages("aa", pages)
    versions.put_legible("aa", {0: "good", 1: "none", 2: "unreliable"})
    assert versions.illegible("aa") == {1: "none", 2: "unreliable", 3: ""}
    versions.put_pages("aa", pages)  # the same file once more, as a paper of another pack
    assert versions.illegible("aa") == {1: "none", 2: "unreliable", 3: ""}
    assert versions.pictures(["aa", "bb"]) == 1
    assert versions.pictures([]) == 0


def test_a_text_no_file_should_hold(packed: Store) -> None:
    Versions(packed).put_texts("aa", [(0, b"", "a\ud800b\x00c\x02d\x03")])
    assert Versions(packed).text("aa", 0) == "a?bcd"


def test_seen_pages(packed: Store) -> None:
    versions = Versions(packed)
    versions.mark_seen("pack1", "paper1", 0, "2026-01-23T08:00:00Z")
    versions.mark_seen("pack1", "paper1", 0, "2026-01-24T08:00:00Z")
    versions.mark_seen("pack1", "paper2", 4, "2026-01-24T08:00:00Z")
    assert versions.seen("pack1") == {("paper1", 0), ("paper2", 4)}
    assert packed.rows("SELECT at FROM seen_pages WHERE page = 0") == [("2026-01-23T08:00:00Z",)]


def test_one_file_in_two_papers_keeps_its_pages_until_both_go(packed: Store) -> None:
    versions = Versions(packed)
    versions.put(version(paper_id="paper2"))
    versions.put_texts("aa", [(0, b"w", "Words")])
    versions.remove("aa", "paper1")
    assert versions.words("aa", 0) == b"w"
    versions.remove("aa", "paper2")
    assert versions.words("aa", 0) is None


def test_pages_are_forgotten_once_no_version_has_them_here(packed: Store) -> None:
    versions = Versions(packed)
    versions.put(version(paper_id="paper2", state="indexed"))
    versions.put_pages("aa", [PageRecord("aa", 0, 595, 842)])
    versions.put_texts("aa", [(0, b"", "words")])
    assert len(versions.of_file("sealed-aa")) == 2
    assert not versions.forget_pages("aa")
    versions.want_again("pack1")
    assert {row.state for row in versions.of_pack("pack1")} == {"wanted"}
    assert versions.forget_pages("aa")
    assert (versions.pages("aa"), versions.text("aa", 0)) == ([], None)
    assert not versions.forget_pages("aa")


def test_annotations(packed: Store) -> None:
    annotations = Annotations(packed)
    annotations.put(NOTE)
    earlier = replace(NOTE, id="note0", created="2026-01-22T08:00:00Z")
    annotations.put(earlier)
    changed = replace(NOTE, words="Why now?", changed="2026-01-24T08:00:00Z")
    annotations.put(changed)
    assert annotations.of_pack("pack1") == annotations.all() == [earlier, changed]
    annotations.remove("note0")
    assert annotations.of_pack("pack1") == [changed]
    assert annotations.of_pack("other") == []


def test_bookmarks(packed: Store) -> None:
    bookmarks = Bookmarks(packed)
    bookmarks.put(MARK)
    bookmarks.put(replace(MARK, name="The other table"))
    assert bookmarks.of_pack("pack1") == bookmarks.all() == [replace(MARK, name="The other table")]
    bookmarks.remove("mark1")
    assert bookmarks.all() == []


def test_places(packed: Store) -> None:
    places = Places(packed)
    assert places.latest() is None
    assert places.get("pack1") is None
    Packs(packed).put(replace(PACK, id="pack2"))
    places.put(PLACE)
    places.put(replace(PLACE, pack_id="pack2", at="2026-01-22T08:00:00Z"))
    assert places.latest() == PLACE
    places.put(replace(PLACE, y=99.0))
    assert places.get("pack1") == replace(PLACE, y=99.0)


def test_each_paper_keeps_its_place_and_look(packed: Store) -> None:
    places = Places(packed)
    other = replace(PLACE, paper_id="paper2", mode="spread", turn=1, number=12)
    for place in (PLACE, other, replace(PLACE, page=2)):
        places.put(place)
    assert places.get("pack1") == replace(PLACE, page=2)
    assert places.of_papers("pack1") == [replace(PLACE, page=2), other]
    assert places.of_papers("pack2") == []


def test_settings(store: Store) -> None:
    settings = Settings(store)
    assert settings.get("theme", "light") == "light"
    settings.set("theme", "dark")
    settings.set("theme", "sepia")
    assert settings.get("theme", "light") == "sepia"


def test_a_setting_can_be_forgotten(store: Store) -> None:
    settings = Settings(store)
    settings.set("theme", "dark")
    settings.remove("theme")
    assert settings.get("theme", "light") == "light"


def test_offices(store: Store) -> None:
    offices = Offices(store)
    offices.put(OFFICE)
    offices.put(replace(OFFICE, repository="/elsewhere"))
    assert offices.all() == [replace(OFFICE, repository="/elsewhere")]
    assert offices.get("body1") == replace(OFFICE, repository="/elsewhere")
    assert offices.get("none") is None


def test_roster(store: Store) -> None:
    Offices(store).put(OFFICE)
    roster = Roster(store)
    roster.put(ENTRY)
    roster.put(replace(ENTRY, tag="tag0", member="Bo"))
    roster.change("tag1", "body1", state="admitted", tag="tag9")
    assert roster.of_body("body1") == [
        replace(ENTRY, tag="tag9", state="admitted"),
        replace(ENTRY, tag="tag0", member="Bo"),
    ]
    assert roster.get("body1", "tag1") is None
    roster.remove("tag0", "body1")
    assert [entry.tag for entry in roster.of_body("body1")] == ["tag9"]


def test_changing_an_office_keeps_its_roster(store: Store) -> None:
    Offices(store).put(OFFICE)
    Roster(store).put(ENTRY)
    Offices(store).put(replace(OFFICE, daily_key="rotated"))
    assert Roster(store).of_body("body1") == [ENTRY]


def test_sealed_papers(store: Store) -> None:
    Offices(store).put(OFFICE)
    papers = SealedPapers(store)
    paper = SealedPaperRecord("body1", "aa", "blob/x.age", "AGE", "bb", 10, 8, 1, "tag1 tag2")
    papers.put(paper)
    assert papers.find("body1", "aa") == paper
    papers.put(replace(paper, tags="tag1", target="blob/y.age"))
    assert papers.find("body1", "aa") == replace(paper, tags="tag1", target="blob/y.age")
    assert papers.find("body1", "zz") is None


def test_despatches(store: Store) -> None:
    Offices(store).put(OFFICE)
    despatches = Despatches(store)
    first = DespatchRecord("body1", "pack1", 1, "2026-01-22T10:00:00Z", b"one")
    tenth = DespatchRecord("body1", "pack1", 10, "2026-01-27T10:00:00Z", b"ten")
    other = DespatchRecord("body1", "pack2", 1, "2026-01-29T10:00:00Z", b"other")
    for despatch in (first, tenth, other):
        despatches.put(despatch)
    assert despatches.latest("body1", "pack1") == tenth
    assert despatches.latest("body1", "none") is None
    assert despatches.of_body("body1") == [other, tenth]


def test_removing_a_body_leaves_nothing_of_it(packed: Store) -> None:
    Bodies(packed).add_identity(IDENTITY)
    Annotations(packed).put(NOTE)
    Bookmarks(packed).put(MARK)
    Places(packed).put(PLACE)
    versions = Versions(packed)
    versions.put_pages("aa", [PageRecord("aa", 0, 1.0, 1.0)])
    versions.put_texts("aa", [(0, b"w", "distinctive")])
    versions.mark_seen("pack1", "paper1", 0, "")
    Finding(packed).add("pack1", "paper1", "aa", [(0, "distinctive")])
    Bodies(packed).remove("body1")
    kept = ("migrations", "settings", "finding")
    names = [name for name in packed.database.table_names() if not name.startswith(kept)]
    assert len(names) > 10
    assert {name: packed.database.table(name).count for name in names} == dict.fromkeys(names, 0)
    assert Finding(packed).count("distinctive") == 0


def test_a_pack_needs_its_body(store: Store) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        Packs(store).put(PackRecord("p", "nobody", "", "", "", "", "public", 1, "", "", b""))


def test_no_secret_shows_in_a_record_that_is_printed() -> None:
    paper = SealedPaperRecord("body1", "aa", "blob/x.age", "SECRET", "bb", 10, 8, 1, "")
    office = replace(OFFICE, root_key="SECRET", daily_key="SECRET", identity="SECRET")
    identity, entry, note = (
        replace(IDENTITY, key="SECRET"),
        replace(ENTRY, secret="SECRET"),
        replace(NOTE, words="SECRET"),
    )
    pack, despatch = replace(PACK, index=b"SECRET"), DespatchRecord("body1", "pack1", 1, "", b"SECRET")
    said = [paper, office, identity, entry, note, pack, despatch, version(key="SECRET")]
    assert "SECRET" not in repr(said)
