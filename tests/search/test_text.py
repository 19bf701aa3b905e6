"""One spelling for the same words."""

import pytest

from desktop.search.text import folded, normal, plain, tokens


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


def test_accents_fall_over_european_letters_only() -> None:
    assert folded("Żółć Café ÎLE") == "zołc cafe ile"
    assert folded("آب") == "آب"


def test_tokens_are_cut_as_the_index_cuts_them() -> None:
    assert tokens("GTB/25_8, O’Neill's (£3.2m)") == ["gtb", "25", "8", "o", "neill", "s", "3", "2m"]
