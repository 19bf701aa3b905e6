"""Search: what is found, in which order, with which words shown, and what is forgotten."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import finding as finding_module
from db.errors import UnclearSearch
from db.finding import Finding
from db.packs import Packs
from db.records import OwnWordsRecord
from db.store import Store
from db.versions import Versions
from tests.db.conftest import PACK, version

TEXTS = [
    "The board noted the risk register. The café's assurance report was received.",
    "Quality and performance: the committee approved the winter plan.",
    "Risk, risk and more risk: the strategic risk BAF3 is above appetite.",
]


def index(
    store: Store, texts: Sequence[str], sha256: str = "aa", paper_id: str = "paper1", pack_id: str = "pack1"
) -> None:
    pages = list(enumerate(texts))
    with store.transaction():
        Versions(store).put(version(sha256, paper_id, pack_id))
        Versions(store).put_texts(sha256, [(page, b"", text) for page, text in pages])
        Finding(store).add(pack_id, paper_id, sha256, pages)


@pytest.fixture
def finding(packed: Store) -> Finding:
    index(packed, TEXTS)
    return Finding(packed)


def pages(finding: Finding, match: str) -> list[int]:
    return [hit.page for hit in finding.find(match, 50)]


@pytest.mark.parametrize(
    ("match", "found"),
    [
        ("risk", [2, 0]),
        ("RISK", [2, 0]),
        ('"risk register"', [0]),
        ('"register risk"', []),
        ("cafe", [0]),
        ("café", [0]),
        ("perf*", [1]),
        ("pe*", [1]),
        ("committ*", [1]),
        ("risk NOT board", [2]),
        ("BAF3", [2]),
        ("plan OR appetite", [1, 2]),
        ("nothing", []),
    ],
)
def test_what_is_found(finding: Finding, match: str, found: list[int]) -> None:
    assert sorted(pages(finding, match)) == sorted(found)
    assert finding.count(match) == len(found)


def test_the_page_that_says_it_most_comes_first(finding: Finding) -> None:
    hits = finding.find("risk", 50)
    assert [hit.page for hit in hits] == [2, 0]
    assert hits[0].rank <= hits[1].rank


def test_a_hit_says_where_it_is_and_shows_the_words(finding: Finding) -> None:
    (hit,) = finding.find('"winter plan"', 50)
    assert (hit.pack_id, hit.paper_id, hit.sha256, hit.page) == ("pack1", "paper1", "aa", 1)
    assert hit.snippet == "Quality and performance: the committee approved the \x02winter plan\x03."


def test_a_long_page_is_shown_around_the_words(packed: Store) -> None:
    index(packed, ["before " * 200 + "appetite " + "after " * 200])
    (hit,) = Finding(packed).find("appetite", 1)
    assert "before \x02appetite\x03 after" in hit.snippet
    assert hit.snippet.startswith("…")
    assert len(hit.snippet) < 250


def test_a_page_cannot_bring_its_own_marks(packed: Store) -> None:
    index(packed, ["not \x02this\x03 but appetite"])
    assert Finding(packed).find("appetite", 1)[0].snippet == "not this but \x02appetite\x03"


def test_within_one_pack(packed: Store, finding: Finding) -> None:
    Packs(packed).put(replace(PACK, id="pack2"))
    index(packed, ["Another risk."], "bb", "paper2", "pack2")
    assert [hit.sha256 for hit in finding.find("risk", 50, ["pack2"])] == ["bb"]
    assert finding.count("risk OR nothing", ["pack2"]) == 1
    assert finding.count("risk") == 3


def test_only_the_versions_named_are_found(packed: Store, finding: Finding) -> None:
    index(packed, ["Another risk."], "bb", "paper2")
    assert {hit.sha256 for hit in finding.find("risk", 50)} == {"aa", "bb"}
    assert [hit.sha256 for hit in finding.find("risk", 50, papers=["paper2 bb", "paper1 zz"])] == ["bb"]
    assert finding.find("risk", 50, papers=[]) == []


def test_every_page_of_a_pack_that_matches(packed: Store, finding: Finding) -> None:
    found = finding.pages("risk OR plan", "pack1")
    assert {(page.paper_id, page.sha256, page.page) for page in found} == {("paper1", "aa", n) for n in range(3)}
    assert finding.pages("risk", "pack2") == []
    assert finding.words("aa", 0) == b""
    assert finding.words("aa", 9) is None


def test_a_page_is_found_by_its_keys_and_shown_as_printed(packed: Store) -> None:
    with packed.transaction():
        Versions(packed).put(version("aa", "paper1", "pack1"))
        Versions(packed).put_texts("aa", [(0, b"", "Die Straße"), (1, b"", "The street")], {0: "die strasse"})
        Finding(packed).add("pack1", "paper1", "aa", [(0, ""), (1, "")])
    (hit,) = Finding(packed).find("strasse", 5)
    assert (hit.page, hit.snippet, hit.text) == (0, "", "Die Straße")
    (other,) = Finding(packed).find("street", 5)
    assert (other.snippet, other.text) == ("The \x02street\x03", "")
    assert Finding(packed).find("straße", 5) == []


def test_a_vowel_sign_belongs_to_its_word(packed: Store) -> None:
    index(packed, ["કુટુંબ માન"])
    assert pages(Finding(packed), "માન") == [0]
    assert pages(Finding(packed), "મન") == []
    assert pages(Finding(packed), "ન") == []


def test_the_words_of_the_index_are_told_by_their_beginning(packed: Store, finding: Finding) -> None:
    assert finding.words_beginning("ris") == {"risk": 2}
    assert set(finding.words_beginning("a")) >= {"and", "assurance", "appetite"}
    assert finding.words_beginning("pack1") == {}
    Finding(packed).remove_version("aa", "paper1")
    assert finding.words_beginning("ris") == {}


def test_the_members_own_words_come_newest_first(packed: Store, finding: Finding) -> None:
    packed.write(
        "INSERT INTO annotations (id, pack_id, paper_id, sha256, page, kind, colour, anchor, words, created, changed)"
        " VALUES ('n', 'pack1', 'paper1', 'aa', 2, 'note', 'risk', ?, 'Mine', '2026-01-02', '')",
        ('{"exact": "the passage"}',),
    )
    packed.write("INSERT INTO bookmarks VALUES ('b', 'pack1', 'paper1', 'aa', 1, 9.0, 'Here', '2026-01-03', '')")
    assert finding.own_words() == [
        OwnWordsRecord("b", "pack1", "paper1", "aa", 1, "bookmark", "", "Here", ""),
        OwnWordsRecord("n", "pack1", "paper1", "aa", 2, "note", "risk", "Mine", "the passage"),
    ]


def test_the_name_of_a_pack_is_no_word_of_its_pages(finding: Finding) -> None:
    assert finding.count("pack1") == 0


@pytest.mark.parametrize("match", ['"', "AND", "risk AND", "*", "(risk", "colour : risk", "", "risk*risk("])
def test_what_cannot_be_read_is_told(finding: Finding, match: str) -> None:
    with pytest.raises(UnclearSearch) as told:
        finding.find(match, 5)
    assert told.value.what
    assert told.value.do


@settings(max_examples=200, deadline=None)
@given(match=st.text(st.sampled_from("ab\"'*()+-:^{} ANDORNOT.,\x00\ufffd"), max_size=12))
def test_no_query_breaks_the_search(shared_finding: Finding, match: str) -> None:
    with suppress(UnclearSearch):
        assert shared_finding.find(match, 5) == []


@pytest.fixture(scope="module")
def shared_finding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finding]:
    store = Store.open(tmp_path_factory.mktemp("shared"), bytes(32))
    yield Finding(store)
    store.close()


def in_the_index(store: Store, end_of_word: bytes) -> bool:
    """Whether the index's own blocks still hold a word; its beginning may be told by the word before it."""
    return any(end_of_word in block for (block,) in store.rows("SELECT block FROM finding_data"))


def test_a_version_taken_out_leaves_no_word_behind(packed: Store, finding: Finding) -> None:
    index(packed, ["unmistakable appetite"], "bb")
    assert in_the_index(packed, b"mistakable")
    assert finding.remove_version("bb", "paper1") == 0
    assert pages(finding, "unmistakable") == []
    assert pages(finding, "appetite") == [2]
    assert not in_the_index(packed, b"mistakable")


def test_taking_out_in_slices(finding: Finding) -> None:
    assert finding.remove_version("aa", "paper1", at_most=2) == 1
    assert finding.count("the") == 1
    assert finding.remove_version("aa", "paper1", at_most=2) == 0
    assert finding.count("the") == 0


def test_the_same_file_in_two_papers_is_found_in_both(packed: Store, finding: Finding) -> None:
    index(packed, TEXTS, paper_id="paper2")
    assert sorted(hit.paper_id for hit in finding.find("appetite", 50)) == ["paper1", "paper2"]
    finding.remove_version("aa", "paper1")
    assert [hit.paper_id for hit in finding.find("appetite", 50)] == ["paper2"]


def test_indexing_again_changes_nothing(packed: Store, finding: Finding) -> None:
    before = finding.find("risk", 50)
    index(packed, TEXTS)
    assert finding.find("risk", 50) == before


def test_a_page_read_again_in_other_words_leaves_the_index_true(packed: Store, finding: Finding) -> None:
    """A later release may read the same file differently when it comes as a paper of another pack."""
    index(packed, ["different words"], paper_id="paper2")
    assert Versions(packed).text("aa", 0) == TEXTS[0]
    assert pages(finding, "different") == []
    assert [hit.paper_id for hit in finding.find("register", 50)] == ["paper1", "paper2"]
    assert in_the_index(packed, b"gister")
    finding.remove_version("aa", "paper1")
    finding.remove_version("aa", "paper2")
    assert not in_the_index(packed, b"gister")


def test_the_words_of_an_indexed_page_cannot_be_changed_behind_its_back(packed: Store, finding: Finding) -> None:
    with pytest.raises(Exception, match="cannot change"):
        packed.write("UPDATE texts SET text = 'other' WHERE page = 0")
    with pytest.raises(Exception, match="FOREIGN KEY"):
        packed.write("DELETE FROM texts")
    assert pages(finding, "register") == [0]


def test_a_page_without_its_text_is_a_mistake_of_ours(finding: Finding) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        finding.add("pack1", "paper1", "aa", [(7, "never put")])


def test_of_a_word_on_too_many_pages_the_newest_are_ranked(
    packed: Store, finding: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(packed, [f"common word {'common ' * (10 - number)}" for number in range(10)], "bb", "paper2")
    assert pages(finding, "common")[0] == 0
    monkeypatch.setattr(finding_module, "_RANKED", 4)
    assert sorted(pages(finding, "common")) == [6, 7, 8, 9]
    assert pages(finding, "common")[0] == 6
    assert finding.count("common") == 10
    assert pages(finding, "appetite") == [2]


def test_a_damaged_index_can_be_made_anew(packed: Store, finding: Finding) -> None:
    packed.write("INSERT INTO finding (finding, rowid, pack, text) SELECT 'delete', id, pack, text FROM found_texts")
    assert pages(finding, "appetite") == []
    finding.rebuild()
    assert pages(finding, "appetite") == [2]
    packed.write("INSERT INTO finding (finding, rank) VALUES ('integrity-check', 1)")
