"""Quick-open finds what was meant by a few letters, and puts the likeliest first."""

import pytest

from desktop.search.quick import Kind, QuickIndex, Target

OPEN, OTHER = "a" * 16, "b" * 16
TARGETS = (
    Target(Kind.PACK, "Trust Board, 29 January 2026", "Wrenmoor", OPEN, held_on="2026-01-29"),
    Target(Kind.ITEM, "Finance report: Month 9", "Trust Board", OPEN, "f9", number="10", held_on="2026-01-29"),
    Target(Kind.ITEM, "Chief Executive's report", "Trust Board", OPEN, "ce", number="7", held_on="2026-01-29"),
    Target(Kind.PERSON, "Chief Finance Officer", "leads item 10, Trust Board", OPEN, "f9", held_on="2026-01-29"),
    Target(Kind.ITEM, "Finance report: Month 7", "Trust Board", OTHER, "f7", number="10", held_on="2025-11-27"),
    Target(Kind.PAPER, "Appendix A. Activity model", "item 13, Trust Board", OPEN, "ax", held_on="2026-01-29"),
    Target(Kind.NOTE, "Who has agreed to the recovery plan?", "page 28, Finance report", OPEN, "f9", 1),
    Target(Kind.RISK, "BAF 4", "page 31, Assurance framework", OPEN, "af", 3, words='"BAF 4"'),
)
INDEX = QuickIndex(TARGETS, OPEN)


def titles(typed: str) -> list[str]:
    return [target.title for target in INDEX.find(typed)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("fin", "Finance report: Month 9"),
        ("finence", "Finance report: Month 9"),  # a wrong letter
        ("fniance", "Finance report: Month 9"),  # two letters changed round
        ("finance month 7", "Finance report: Month 7"),
        ("cer", "Chief Executive's report"),  # its initials
        ("7", "Chief Executive's report"),  # an item's number
        ("baf 4", "BAF 4"),
        ("recovery agreed", "Who has agreed to the recovery plan?"),  # in any order
        ("appendix", "Appendix A. Activity model"),
        ("officer", "Chief Finance Officer"),
        ("29 jan", "Trust Board, 29 January 2026"),
    ],
)
def test_what_was_meant_comes_first(typed: str, first: str) -> None:
    assert titles(typed)[0] == first


def test_the_open_pack_goes_before_others() -> None:
    found = [(target.pack_id, target.number) for target in INDEX.find("10")]
    assert found[:2] == [(OPEN, "10"), (OTHER, "10")]


def test_every_word_must_be_met() -> None:
    assert titles("finance zebra") == []
    assert titles("qqqq") == []


def test_short_words_are_not_guessed_at() -> None:
    assert "BAF 4" not in titles("baf 5")
    assert titles("xyz") == []


def test_before_anything_is_typed_the_open_agenda_is_offered_or_the_packs() -> None:
    assert titles(" ") == ["Finance report: Month 9", "Chief Executive's report"]
    assert [target.kind for target in QuickIndex(TARGETS).find("")] == [Kind.PACK]
