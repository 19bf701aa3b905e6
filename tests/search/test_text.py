"""One spelling for the same words."""

import pytest

from desktop.search.text import folded, keys, normal, plain, tokens


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("the gover-\nnance of", "the governance of"),
        ("the gover\u00ad\nnance of", "the governance of"),
        ("the gover\u2010 \n  nance of", "the governance of"),
        ("co\u00adoperate", "cooperate"),
        ("pages 13 -\n96", "pages 13 - 96"),
        ("2025-\n26 plan", "2025- 26 plan"),
        ("Care-\nQuality", "Care- Quality"),
        ("ﬁrst\tline\r\n\r\nsecond   line", "first line second line"),
        ("non\u2011executive", "non-executive"),
        ("a\u200bb\ufeffc", "abc"),
        ("½ of ｆｕｌｌ", "1⁄2 of full"),
    ],
)
def test_page_text_is_made_fit_for_the_index(printed: str, kept: str) -> None:
    assert normal(printed) == kept


def test_plain_keeps_the_lines() -> None:
    assert plain("“one”\ntwo’s") == '"one"\ntwo\'s'


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("Żółć Café ÎLE", "zolc cafe ile"),
        ("Straße Œuvre Søren", "strasse oeuvre soren"),
        ("أحرارًا", "احرارا"),
        ("مسؤوليّة", "مسووليه"),
        ("كتـــاب", "كتاب"),
        ("\ufefb", "لا"),  # a ligature of presentation
        ("ਸ਼ਾਨ", "ਸਾਨ"),
    ],
)
def test_what_members_leave_out_does_not_count(printed: str, typed: str) -> None:
    assert folded(printed) == folded(typed)


@pytest.mark.parametrize(("one", "other"), [("કુટુંબ", "કટબ"), ("मन", "मान"), ("ਮਨ", "ਮਨੁ"), ("кот", "кит")])
def test_vowel_signs_are_no_accents(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("extracted", "meant"),
    [
        ("કુકુટુંટુંટુંબ", "કુટુંબ"),
        ("દુદુુનિયા", "દુનિયા"),
        ("પરંંપરા", "પરંપરા"),
        ("સાંસ્કૃકૃતિક", "સાંસ્કૃતિક"),
        ("عقلًاًًا", "عقلاً"),
        ("لّمّما", "لمّا"),
    ],
)
def test_what_a_font_says_twice_counts_once(extracted: str, meant: str) -> None:
    assert folded(extracted) == folded(meant)


def test_a_syllable_that_is_meant_twice_stays() -> None:
    assert folded("મામા") != folded("મા")


def test_only_what_the_index_cannot_cut_is_given_to_it_as_keys() -> None:
    assert keys("Plain “English” – with £3.2m") is None
    assert keys("The café, at 3") == "the cafe at 3"
    assert keys("વિશ્વવ્યાપી ઘોષણા") == "વિશ્વવ્યાપી ઘોષણા"


def test_line_ends_stay_where_they_are() -> None:
    assert folded("Żółć\nأحرارًا\nકુકુ").count("\n") == 2


def test_tokens_are_cut_as_the_index_cuts_them() -> None:
    assert tokens("GTB/25_8, O’Neill's (£3.2m)") == ["gtb", "25", "8", "o", "neill", "s", "3", "2m"]
