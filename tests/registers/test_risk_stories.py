"""One risk through packs of a body: pure findings in, stories out."""

from desktop.papers.finding import Finding, FindingKind, Place
from desktop.papers.risks.refs import risk_key
from desktop.registers.risks import RiskStory, Sighting, follow


def risk(held_on: str, ref: str, title: str, current: int, page: int = 3, past: tuple[tuple[str, str], ...] = (),
         **facts: str) -> Sighting:  # fmt: skip
    key = risk_key(ref)
    told = {"key": key, "register": key.rpartition(" ")[0], "score_current": str(current), **facts}
    parts = tuple(
        Finding(FindingKind.PART, Place(page), month, facts={"part": "score", "period": month, "score": score})
        for month, score in past
    )
    finding = Finding(FindingKind.RISK, Place(page), title, ref, facts=told, parts=parts)
    return Sighting(held_on, f"pack of {held_on}", "the register", finding)


def by_key(stories: list[RiskStory]) -> dict[str, RiskStory]:
    return {story.key: story for story in stories}


def test_a_risk_is_followed_however_each_pack_spells_it_and_its_moves_are_told() -> None:
    stories = follow(
        [
            risk("2026-03-26", "NHFT-BAF4", "Money", 20, score_target="12", tolerance="16"),
            risk("2026-01-29", "NHFT - BAF04", "Money", 16, score_target="12", tolerance="16"),
            risk("2026-01-29", "LPT – BAF 4", "Beds", 9, score_target="9"),
            risk("2026-03-26", "LPT BAF 4", "Beds", 9, score_target="9"),
        ]
    )
    assert [story.key for story in stories] == ["LPT BAF 4", "NHFT BAF 4"]
    beds, money = stories
    assert [standing.current for standing in money.standings] == [16, 20]
    assert (money.moved, beds.moved) == (4, 0)
    assert money.latest.is_above_tolerance
    assert not money.standings[0].is_above_tolerance
    assert beds.latest.is_at_target
    assert not money.gone


def test_the_fullest_account_of_a_pack_is_the_place_and_the_others_add_what_it_lacks() -> None:
    row = risk("2026-01-29", "BAF 1", "Quality", 12, page=1, owner="Chief Nurse")
    page = risk(
        "2026-01-29", "BAF 1", "Quality", 12, page=7, past=(("Sep 25", "12"), ("Nov 25", "16")), appetite="Open"
    )
    (story,) = follow([row, page])
    assert (story.latest.page, story.latest.owner, story.latest.appetite) == (7, "Chief Nurse", "Open")
    assert story.past == (("2025-09", 12), ("2025-11", 16))
    assert story.moved == -4, "against the month before, as the paper tells it"


def test_a_risk_that_is_no_longer_set_out_is_gone_but_not_where_no_register_came() -> None:
    stories = by_key(
        follow(
            [
                risk("2025-11-27", "CR1", "Fire", 12),
                risk("2025-11-27", "CR2", "Flood", 8),
                risk("2026-01-29", "CR1", "Fire", 12),
                risk("2025-11-27", "SR1", "Funding", 20),
            ]
        )
    )
    assert {key: story.gone for key, story in stories.items()} == {"CR 1": False, "CR 2": True, "SR 1": False}


def test_a_new_number_for_the_same_words_is_the_same_risk_and_new_words_are_told() -> None:
    stories = follow(
        [
            risk("2025-09-25", "BAF 4", "If we do not understand our culture, staff will leave", 12),
            risk("2025-09-25", "BAF 5", "Sustainability", 12),
            risk("2026-01-29", "BAF 6", "If we do not understand our culture, staff may leave", 9),
            risk("2026-01-29", "BAF 5", "Sustainability", 12),
        ]
    )
    assert [(story.key, story.renumbered_from) for story in stories] == [("BAF 5", ""), ("BAF 6", "BAF 4")]
    culture = stories[1]
    assert culture.moved == -3
    assert culture.reworded == ("2026-01-29",)


def test_numbers_are_put_in_their_order() -> None:
    stories = follow([risk("2026-01-29", f"R{number}", f"Risk {number}", 4) for number in (10, 2, 1)])
    assert [story.key for story in stories] == ["R 1", "R 2", "R 10"]
