"""What was printed keeps its number; what comes later gets a letter, and no number is ever given twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.packs.printed import Slot, gone, number_pages, read, span, spell

FIRST = {"minutes": tuple("123"), "finance": ("4", "5"), "estates": ("6",)}


def numbered(*papers: tuple[str, int], before: dict[str, tuple[str, ...]] = FIRST) -> dict[str, str]:
    given = number_pages([Slot(*paper) for paper in papers], before)
    return {key: span(labels) for key, labels in given.items()}


def test_a_first_edition_counts_from_one() -> None:
    assert numbered(("minutes", 3), ("finance", 2), before={}) == {"minutes": "1–3", "finance": "4–5"}


def test_a_late_paper_in_between_gets_letters_and_one_at_the_end_counts_on() -> None:
    found = numbered(("minutes", 3), ("late", 2), ("finance", 2), ("estates", 1), ("last", 2))
    assert found == {"minutes": "1–3", "late": "3A–3B", "finance": "4–5", "estates": "6", "last": "7–8"}


def test_a_paper_that_grew_keeps_its_numbers_and_one_that_shrank_leaves_a_gap() -> None:
    found = numbered(("minutes", 5), ("finance", 1), ("estates", 1))
    assert found == {"minutes": "1–3, 3A–3B", "finance": "4", "estates": "6"}


def test_what_moves_keeps_its_numbers() -> None:
    assert numbered(("estates", 1), ("minutes", 3), ("finance", 2))["estates"] == "6"


def test_late_papers_may_be_a_supplement() -> None:
    slots = [Slot("minutes", 3), Slot("late", 2, True), Slot("finance", 2, True)]
    assert number_pages(slots, FIRST)["late"] == ("S1", "S2")
    assert number_pages(slots, FIRST)["finance"] == ("4", "5")


def test_a_number_of_a_page_that_is_gone_is_given_to_no_other() -> None:
    second = number_pages([Slot("minutes", 3), Slot("estates", 1)], FIRST)
    retired = gone(FIRST, second, ())
    assert retired == ["4", "5"]
    third = number_pages([Slot("minutes", 3), Slot("new", 1), Slot("estates", 1)], second, retired)
    assert third["new"] == ("3A",)


def test_letters_go_on_after_z() -> None:
    found = number_pages([Slot("minutes", 3), Slot("late", 28), Slot("estates", 1)], FIRST)["late"]
    assert found[25:] == ("3Z", "3AA", "3AB")
    assert read(spell(found)) == found


@pytest.mark.parametrize("spelled", ["x", "5-3", "3A-4B", "1-99999999", "1-50001", "S1-2", "3A-3"])
def test_what_is_no_numbers_is_refused(spelled: str) -> None:
    with pytest.raises(ValueError, match="no page number"):
        read(spelled)


PACKS = st.lists(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 4)), max_size=8, unique_by=lambda each: each[0]))


@settings(max_examples=40, deadline=None)
@given(PACKS)
def test_no_two_pages_ever_bear_the_same_number(editions: list[list[tuple[int, int]]]) -> None:
    before: dict[str, tuple[str, ...]] = {}
    retired: list[str] = []
    owner: dict[str, tuple[str, int]] = {}
    for edition in editions:
        now = number_pages([Slot(str(key), pages) for key, pages in edition], before, retired)
        for key, labels in now.items():
            assert read(spell(labels)) == labels
            for page, label in enumerate(labels):
                assert owner.setdefault(label, (key, page)) == (key, page)
        retired = gone(before, now, retired)
        before = now
