"""Abbreviations are explained by the paper's own words, and never guessed at."""

import pytest

from desktop.papers.acronyms import bare_acronym, expansions, is_acronym


@pytest.mark.parametrize(
    ("text", "acronym", "meaning"),
    [
        ("the Board Assurance Framework (BAF) was", "BAF", "Board Assurance Framework"),
        ("an Integrated Care Board (ICB) and", "ICB", "Integrated Care Board"),
        ("Integrated Care Boards (ICBs) and", "ICB", "Integrated Care Boards"),
        ("the Care Quality Commission (“CQC”)", "CQC", "Care Quality Commission"),
        ("our Equality, Diversity and Inclusion (EDI) plan", "EDI", "Equality, Diversity and Inclusion"),
        ("Freedom to Speak Up (FTSU) guardian", "FTSU", "Freedom to Speak Up"),
        ("a length of stay (LoS) of", "LoS", "length of stay"),
        ("CDC (community diagnostic centre) opens", "CDC", "community diagnostic centre"),
        ("KPI: key performance indicator", "KPI", "key performance indicator"),
        ("Year-to-date (YTD) income", "YTD", "Year-to-date"),
    ],
)
def test_what_the_text_says_is_found(text: str, acronym: str, meaning: str) -> None:
    if acronym == "YTD":  # one word, however many hyphens it has, explains nothing by itself
        assert list(expansions(text, acronym)) == []
    else:
        assert list(expansions(text, acronym)) == [meaning]


@pytest.mark.parametrize(
    ("text", "acronym"),
    [
        ("as said before (BAF)", "BAF"),
        ("the paper (see the BAF) says", "BAF"),
        ("BAF (Pages 13 - 96)", "BAF"),
        ("Best And Finest. Other words (BAF)", "BAF"),
        ("the Trust (the FT)", "FT"),
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str, acronym: str) -> None:
    assert list(expansions(text, acronym)) == []


@pytest.mark.parametrize(("word", "bare"), [("(BAF)", "BAF"), ("ICBs", "ICB"), ("NHS’s,", "NHS"), ("CQC.", "CQC")])
def test_brackets_stops_and_plurals_are_no_part_of_it(word: str, bare: str) -> None:
    assert bare_acronym(word) == bare
    assert is_acronym(word)


@pytest.mark.parametrize("word", ["Board", "A", "the", "2026", "I", "Mr", "(a)"])
def test_plain_words_are_none(word: str) -> None:
    assert not is_acronym(word)
