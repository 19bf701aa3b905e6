"""Every place where words stand, with its strips and its surroundings."""

from dataclasses import astuple
from pathlib import Path

import pytest

from desktop.annotations.anchor import Quad
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import Source
from desktop.pdf.words import Word, pack, unpack
from desktop.search.occurrences import look, surroundings
from desktop.search.query import read
from tests.search.shelf_making import Shelf, line


def packed(words: list[Word]) -> bytes:
    return pack([astuple(word) for word in words])  # type: ignore[arg-type]


def strips(typed: str, words: list[Word]) -> list[tuple[Quad, ...]]:
    found = look(read(typed), "p", "s", 5, packed(words))
    return [each.quads for each in found]


def test_a_phrase_over_a_line_end_is_one_place_with_a_strip_on_each_line() -> None:
    words = [*line(["the", "cash"], 0), *line(["position", "now"], 1)]
    assert strips('"cash position"', words) == [(Quad(5, 50, 0, 90, 12), Quad(5, 0, 20, 40, 32))]
    assert strips('"the cash"', words) == [(Quad(5, 0, 0, 90, 12),)]
    assert strips('"cash now"', words) == []


def test_a_word_broken_over_two_lines_is_found_whole_and_lit_on_both() -> None:
    for hyphen in "-\u2010\u00ad":
        words = [*line(["good", "gover" + hyphen], 0), *line(["nance", "matters"], 1)]
        both = [(Quad(5, 50, 0, 90, 12), Quad(5, 0, 20, 40, 32))]
        assert strips("governance ", words) == both
        assert strips("gov", words) == both
        assert strips("nance ", words) == []
        assert strips("matters", words) == [(Quad(5, 50, 20, 90, 32),)]
        (found,) = look(read("governance"), "p", "s", 0, packed(words))
        assert found.snippet == (("good ", False), ("governance", True), (" matters", False))


def test_hyphens_within_a_line_are_all_alike() -> None:
    words = line([f"well{hyphen}being" for hyphen in ("-", "\u2010", "\u2011", "\u2013", "\u00ad", "")], 0)
    assert len(strips("well-being ", words)) == 6


def test_whole_words_are_found_and_beginnings_while_typing() -> None:
    words = line(["Cash", "cash-flow,", "cashier", "encash", "(cash)", "cash_book"], 0)
    assert [quads[0].x0 for quads in strips("cash ", words)] == [0, 50, 200, 250]
    assert [quads[0].x0 for quads in strips("cash", words)] == [0, 50, 100, 200, 250]


def test_each_of_several_words_is_a_place_in_the_order_of_the_page() -> None:
    words = line(["risk", "and", "cash", "and", "risk"], 0)
    assert [quads[0].x0 for quads in strips("cash risk ", words)] == [0, 100, 200]


def test_surroundings_show_where_most_of_it_stands() -> None:
    text = "risk " + "word " * 60 + "risk and cash together " + "word " * 60
    pieces = surroundings(read("risk cash "), text, 12)
    assert [said.strip() for said, asked in pieces if asked] == ["risk", "cash"]
    assert pieces[0] == pieces[-1] == ("…", False)


def test_places_come_page_after_page_from_the_store(shelf: Shelf) -> None:
    shelf.put_words([line([*["cash", "position"]], 0), line(["position", "cash"], 0), line(["cash", "position"], 1)])
    found = shelf.places("cash position ")
    assert [(place.page, place.top, len(place.quads)) for place in found] == [(0, 0, 1), (2, 20, 1)]
    assert [place.page for place in shelf.places("cash ")] == [0, 1, 2]


def test_words_that_stand_nowhere_together_are_found_apart(shelf: Shelf) -> None:
    shelf.put_words([line(["cash", "and", "risk"], 0), line(["cash"], 0)])
    sought = shelf.finder.seek("risk cash ", "a" * 16).result(10)
    assert (sought.together, [page for _, _, page in sought.pages]) == (False, [0])
    assert [place.quads[0].x0 for place in shelf.places("risk cash ")] == [0, 100]


TONGUES = [("eng", 1.0), ("pol", 1.0), ("arb", 0.99), ("guj", 0.99), ("pan", 1.0)]


@pytest.mark.parametrize(("tongue", "share"), TONGUES)
def test_a_member_who_types_its_words_finds_them(shelf: Shelf, corpus: Path, tongue: str, share: float) -> None:
    """Through the real engine and the real index: the page, and a strip on it, for every word that was set."""
    client = PdfClient("test")
    try:
        facts = client.open(Source(tongue, corpus / "languages" / f"udhr_{tongue}.pdf")).result(20)
        texts = client.texts(tongue, 0, len(facts.pages) - 1).result(20)
    finally:
        client.shut_down()
    shelf.put_words([unpack(text.words) for text in texts])
    meant = {_stripped(word) for word in (corpus / "languages" / f"udhr_{tongue}.txt").read_text("utf-8").split()}
    wanted = {word for word in meant if any(letter.isalpha() for letter in word)}
    found = {word for word in wanted if any(place.quads for place in shelf.places(f"{word} "))}
    assert len(found) >= share * len(wanted), sorted(wanted - found)


def _stripped(word: str) -> str:
    return word.strip(".,;:!?()[]{}\"'«»“”‘’،؛؟।-–—/")
