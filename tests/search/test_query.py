"""What members type becomes a question the index can answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.search.query import Term, read


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("cash position", '"cash" AND "position"*'),
        ("cash position ", '"cash" AND "position"'),
        ('"cash position"', '"cash position"'),
        ('"cash posi', '"cash posi"*'),
        ("gov* report ", '"gov"* AND "report"'),
        ("“going concern” risk ", '"going concern" AND "risk"'),
        ("a b ", '"a" AND "b"'),
        ("a", '"a"'),
        ("NOT cash OR NEAR(x) ", '"not" AND "cash" AND "or" AND "near x"'),
        ("GTB/25/8 ", '"gtb 25 8"'),
        ("well-being ", '("well being" OR "wellbeing")'),
        ("well\u2010being ", '("well being" OR "wellbeing")'),
        ("well\u2011being ", '("well being" OR "wellbeing")'),
        ("well\u00adbeing ", '"wellbeing"'),
        ("2025-26 ", '"2025 26"'),
        ("ﬁnance oﬃcer ", '"finance" AND "officer"'),
        ("Café CAFÉ cafe\u0301 ", '"cafe"'),
        ("it’s ", '"it s"'),
        ("", ""),
        ('  "" * - ', ""),
        ("cash cash ", '"cash"'),
    ],
)
def test_typed_words_become_a_match(typed: str, match: str) -> None:
    assert read(typed).match() == match


def test_a_finished_search_takes_the_last_word_whole() -> None:
    assert read("cash position", typing=False).match() == '"cash" AND "position"'
    assert read("cash posit*", typing=False).terms == (Term(("cash",)), Term(("posit",), prefix=True))


@given(st.text(max_size=60))
def test_nothing_typed_gets_out_of_its_quotes(typed: str) -> None:
    match = read(typed).match()
    assert match.count('"') % 2 == 0
    bare = "".join(match.split('"')[::2])
    assert set(bare) <= set(" *()ANDOR")
