"""Risks as lines over the meetings, and as a drawing of them."""

from xml.etree import ElementTree

import pytest

from desktop.papers.finding import Finding, FindingKind, Place
from desktop.registers.courses import Course, course_of
from desktop.registers.drawing import Look, draw_course
from desktop.registers.risks import Sighting, follow

DAYS = ("2025-09-25", "2025-11-27", "2026-01-29")
LOOK = Look(700, 260, 15.0, "Sans", "#101010", "#202020", "#303030", "#404040", "#505050")


def course(*scores: int, **facts: str) -> Course:
    sightings = [
        Sighting(day, f"pack {day}", "paper", Finding(FindingKind.RISK, Place(3), "Fire", "R1", _facts(score, facts)))
        for day, score in zip(DAYS, scores, strict=False)
    ]
    made = course_of(follow(sightings)[0])
    assert made is not None
    return made


def _facts(score: int, facts: dict[str, str]) -> dict[str, str]:
    return {"key": "R 1", "register": "R", "score_target": "8", "score_current": str(score)} | facts


@pytest.mark.parametrize(
    ("scores", "moved", "since"),
    [
        ((16, 16, 20), 4, DAYS[2]),
        ((16, 12, 12), -4, DAYS[1]),
        ((9, 9, 9), 0, DAYS[0]),
        ((9, 12, 9), -3, DAYS[2]),
        ((12,), 0, DAYS[0]),
    ],
)
def test_what_moved_says_by_how_much_and_since_when(scores: tuple[int, ...], moved: int, since: str) -> None:
    made = course(*scores)
    assert (made.moved, made.since) == (moved, since)
    assert [point.score for point in made.points] == list(scores)


def test_a_risk_stands_on_the_map_where_its_paper_says() -> None:
    assert course(20, consequence_current="4", likelihood_current="5").cell == "4×5"
    assert course(20).cell == ""


def test_a_risk_that_no_paper_scores_is_no_line() -> None:
    finding = Finding(FindingKind.RISK, Place(0), "Fire", "R1", {"key": "R 1", "register": "R"})
    assert course_of(follow([Sighting(DAYS[0], "p", "q", finding)])[0]) is None


def test_a_drawing_has_a_dot_a_meeting_its_limits_and_nothing_for_browsers() -> None:
    drawn = draw_course(course(16, 12, 20, tolerance="15"), LOOK)
    root = ElementTree.fromstring(drawn.svg)
    tags = [each.tag.rpartition("}")[2] for each in root.iter()]
    assert not {"script", "style", "a", "image"} & set(tags)
    assert b"http:" not in drawn.svg.replace(b"http://www.w3.org/", b"")
    assert b"//kozea" not in drawn.svg
    strokes = {each.get("stroke") for each in root.iter() if each.tag.endswith("path")}
    assert {LOOK.score, LOOK.target, LOOK.tolerance} <= strokes
    assert len(drawn.dots) == 3
    (x16, y16), (x12, y12), (x20, y20) = drawn.dots
    assert x16 < x12 < x20
    assert y20 < y16 < y12  # the highest score stands highest
    texts = {each.text for each in root.iter() if each.tag.endswith("text")}
    assert {"25 Sep 25", "29 Jan 26", "0", "25"} <= texts
    assert {each.get("font-size") for each in root.iter() if each.tag.endswith("text")} == {"15.0"}


def test_many_meetings_in_large_print_do_not_run_into_each_other() -> None:
    drawn = draw_course(course(16, 12, 20), Look(420, 400, 32.0, "Sans", *["#000000"] * 5))
    texts = [each.text for each in ElementTree.fromstring(drawn.svg).iter() if each.tag.endswith("text")]
    assert "29 Jan 26" in texts
    assert "27 Nov 25" not in texts
