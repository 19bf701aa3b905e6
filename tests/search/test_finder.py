"""Finding pages in a real encrypted store."""

from datetime import date

import pytest

from db.records import AnnotationRecord, BookmarkRecord
from desktop.annotations.anchor import Anchor
from desktop.packs.pack import PaperKind
from desktop.search.finder import Hit, Narrowing
from tests.search.shelf_making import OTHER, PACK, PAPER, SHA, Shelf, make_paper


def test_words_phrases_and_beginnings_are_found(shelf: Shelf) -> None:
    shelf.put(
        ["The cash position of the Trust", "Position on cash; governance", "Gover-\nnance and well-being", "Café"]
    )
    assert shelf.pages("cash position ") == [0, 1]
    assert shelf.pages('"cash position"') == [0]
    assert shelf.pages("gov") == [1, 2]
    assert shelf.pages("governance ") == [1, 2]
    assert shelf.pages("wellbeing ") == []
    assert shelf.pages("well-being ") == [2]
    assert shelf.pages("cafe ") == [3]
    assert shelf.pages("no such words ") == []
    assert shelf.pages("") == []


def test_a_snippet_comes_in_pieces_with_the_found_words_told_apart(shelf: Shelf) -> None:
    shelf.put(["The cash position of the Trust and cash again"])
    (hit,) = shelf.hits("cash ")
    assert (hit.pack_id, hit.paper_id, hit.sha256, hit.page) == (PACK, PAPER, SHA, 0)
    assert [text for text, found in hit.snippet if found] == ["cash", "cash"]
    assert "".join(text for text, _ in hit.snippet) == "The cash position of the Trust and cash again"


def test_one_pack_or_all(shelf: Shelf) -> None:
    shelf.put(["cash here"])
    shelf.put(["cash there"], OTHER, "1" * 16, "2" * 64)
    assert {hit.pack_id for hit in shelf.hits("cash")} == {PACK, OTHER}
    assert {hit.pack_id for hit in shelf.hits("cash", OTHER)} == {OTHER}


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        '""',
        "AND",
        "a OR",
        "NEAR(a b)",
        "(",
        ")",
        "text:cash",
        "^cash",
        "cash^2",
        "*",
        "-",
        "- cash",
        "{a}",
        "'",
        "\\",
        "\x00",
        "💷",
    ],
)
def test_nothing_typed_breaks_the_index(shelf: Shelf, typed: str) -> None:
    shelf.put(["cash"])
    assert isinstance(shelf.pages(typed), list)


def test_a_hit_says_nothing_of_its_words_in_logs() -> None:
    assert "secret" not in repr(Hit(PACK, PAPER, SHA, 0, (("secret", True),)))


# ---- where to look


def test_an_earlier_version_of_a_paper_is_not_among_the_finds(shelf: Shelf) -> None:
    shelf.put(["cash in the first version"])
    shelf.put(["cash in the corrected one"], sha256="1" * 64)
    assert [hit.sha256 for hit in shelf.hits("cash")] == ["1" * 64]


def test_the_search_is_narrowed_by_meeting_body_and_kind(shelf: Shelf) -> None:
    shelf.put(["cash here"])
    shelf.put(["cash there"], OTHER, "1" * 16, "2" * 64)
    shelf.hold(OTHER, make_paper("1" * 16, "2" * 64, 1, PaperKind.MINUTES), date(2025, 9, 25))

    def found(narrowed: Narrowing) -> set[str]:
        return {hit.pack_id for hit in shelf.finder.search("cash", narrowed).result(10).hits}

    assert found(Narrowing()) == {PACK, OTHER}
    assert found(Narrowing(since=date(2025, 9, 26))) == {PACK}
    assert found(Narrowing(until=date(2025, 9, 25))) == {OTHER}
    assert found(Narrowing(since=date(2025, 9, 25), until=date(2026, 1, 29))) == {PACK, OTHER}
    assert found(Narrowing(kinds=frozenset([PaperKind.MINUTES]))) == {OTHER}
    assert found(Narrowing(bodies=frozenset(["another"]))) == set()
    assert found(Narrowing(mine=True)) == set()


def test_notes_and_bookmarks_are_found_as_mine(shelf: Shelf) -> None:
    shelf.put(["Nothing of the sort"])
    marked = Anchor(PAPER, SHA, 0, "1", exact="Nothing of the sort").to_json()
    at = "2026-01-20T10:00:00Z"
    shelf.keep(
        AnnotationRecord("n1", PACK, PAPER, SHA, 0, "note", "risk", marked, "Ask about the café’s cash", at, at),
        AnnotationRecord("h1", PACK, PAPER, SHA, 0, "highlight", "agree", marked, "", at, at),
        BookmarkRecord("b1", PACK, PAPER, SHA, 0, 9.0, "Cash flow, to read again", "2026-01-21T10:00:00Z"),
    )
    found = shelf.finder.search("cash").result(10)
    assert [(own.id, own.kind) for own in found.own] == [("b1", "bookmark"), ("n1", "note")]
    assert found.hits == ()
    assert [own.id for own in shelf.finder.search("cafe ").result(10).own] == ["n1"]
    assert [own.id for own in shelf.finder.search('"of the sort"', Narrowing(mine=True)).result(10).own] == ["n1", "h1"]
    assert [text for text, asked in found.own[1].snippet if asked] == ["cash"]


# ---- slips of the finger


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("govrenance", "governance"),
        ("gavernance", "governance"),
        ("goverance report", "governance report"),
        ("assurence", "assurance"),
        ("gouvernence", "governance"),
        ("governance", ""),
        ("xyzzy", ""),
        ("cas", ""),
        ("2025", ""),
    ],
)
def test_the_nearest_word_is_offered(shelf: Shelf, typed: str, meant: str) -> None:
    shelf.put(["Governance report on assurance", "cash"])
    assert shelf.finder.meant(typed).result(10) == meant


def test_only_what_would_be_found_there_is_offered(shelf: Shelf) -> None:
    shelf.put(["cash", "assurance"])
    shelf.put(["governance"], OTHER, "1" * 16, "2" * 64)
    here = Narrowing(packs=frozenset([PACK]))
    assert shelf.finder.meant("govrenance").result(10) == "governance"
    assert shelf.finder.meant("govrenance", here).result(10) == ""
    assert shelf.finder.meant("asurance cash", here).result(10) == ""  # on no page together
