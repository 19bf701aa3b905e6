"""Passages of a standing paper in two packs: which is which, and what became of each."""

import pytest

from desktop.annotations.text import PaperText, VersionPage
from desktop.papers.finding import Finding, FindingKind, Place
from desktop.pdf.words import pack
from desktop.registers.compared import Became, Compared, Figure, number_of
from desktop.registers.passages import compare_passages
from desktop.registers.since import compare_papers


def paper(*paragraphs: str) -> PaperText:
    """A page of paragraphs, a block each."""
    words = []
    for block, text in enumerate(paragraphs):
        for place, word in enumerate(text.split()):
            line, across = divmod(place, 8)
            x, y = 50 + 60 * across, 60 + 60 * block + 14 * line
            words.append((x, y, x + 50, y + 10, word, block, line))
    return PaperText([VersionPage(pack(words))])


def became(old: PaperText, new: PaperText) -> list[tuple[Became, str]]:
    return [(part.became, part.title.split(" ")[0]) for part in compare_passages(old, new)]


PLAN = "Plan for the winter was put to the committee and agreed by all."
MONEY = "Agency spending came to 4.2 million pounds against 3.9 planned."
STAFF = "Staff were asked about the rota and most of them liked it."


def test_what_is_new_gone_and_unchanged() -> None:
    parts = became(
        paper(PLAN, STAFF, MONEY), paper(PLAN, "Nobody had thought of flooding until the river rose.", MONEY)
    )
    assert sorted(parts) == sorted(
        [(Became.SAME, "Plan"), (Became.NEW, "Nobody"), (Became.GONE, "Staff"), (Became.SAME, "Agency")]
    )


def test_figures_that_moved_are_told_with_their_words() -> None:
    (part,) = compare_passages(paper(MONEY), paper(MONEY.replace("4.2", "4.6")))
    assert part.became is Became.FIGURES
    (figure,) = part.figures
    assert (figure.before, figure.after, figure.way) == ("4.2", "4.6", 1)
    assert "spending came to" in figure.name


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (PLAN, PLAN.replace("agreed by all", "turned down by most"), Became.REWORDED),
        (f"3.2 {PLAN}", f"3.4 {PLAN}", Became.RENUMBERED),
        ("It is due on 27 November 2025 as agreed.", "It is due on 29 November 2025 as agreed.", Became.REWORDED),
        ("The score of BAF 5 was put up by the committee.", "The score of BAF 2 was put up by the committee.",
         Became.REWORDED),
    ],
)  # fmt: skip
def test_what_is_no_figure_is_reworded_or_renumbered(before: str, after: str, told: Became) -> None:
    (part,) = compare_passages(paper(before), paper(after))
    assert part.became is told


def test_a_run_of_unchanged_passages_is_one() -> None:
    (part,) = compare_passages(paper(PLAN, MONEY, STAFF), paper(PLAN, MONEY, STAFF))
    assert (part.became, part.count) == (Became.SAME, 3)


def test_passages_that_changed_places_are_not_new() -> None:
    parts = compare_passages(paper(PLAN, MONEY, STAFF), paper(STAFF, PLAN, MONEY))
    assert all(part.became is Became.SAME for part in parts)
    assert sum(part.count for part in parts) == 3


@pytest.mark.parametrize(("said", "number"), [("£1,204", 1204.0), ("(3.5)", -3.5), ("98.2%", 98.2), ("green", None)])
def test_numbers_are_read_as_they_are_printed(said: str, number: float | None) -> None:
    assert number_of(said) == number


def risk(ref: str, text: str, score: str) -> Finding:
    return Finding(FindingKind.RISK, Place(1), text, ref, {"key": ref, "register": "BAF", "score_current": score})


def test_risks_are_compared_by_what_was_read_of_them() -> None:
    from datetime import date

    then, now = date(2025, 11, 27), date(2026, 1, 29)
    old = [risk("BAF 1", "Quality", "12"), risk("BAF 2", "Flow", "16")]
    new = [risk("BAF 2", "Flow", "20"), risk("BAF 3", "Money", "15")]
    (group, *_) = compare_papers((paper(PLAN), old, then), (paper(PLAN), new, now))
    told: dict[str, Compared] = {part.title: part for part in group.parts}
    assert told["BAF 1 Quality"].became is Became.GONE
    assert told["BAF 2 Flow"].figures == (Figure("Score", "16", "20"),)
    assert told["BAF 3 Money"].became is Became.NEW
