"""Notes follow their words into another version of a paper, and never silently to words that only read alike."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.carriage import CHANGED, CHECK, EXACT, KEPT, MOVED, ORPHAN, Carriage
from desktop.annotations.carrying import Carrying, Papers, Version
from desktop.annotations.comparing import compare
from desktop.annotations.differences import ADDED, REMOVED, REPLACED
from desktop.annotations.differences import MOVED as PLACES_CHANGED
from desktop.annotations.entries import HIGHLIGHT, NOTE, Annotation, Bookmark
from desktop.annotations.text import PaperText, VersionPage, spelled
from tests.benchmarks.reissue import outcome
from tests.benchmarks.reissues import reexport, reissue, sample_papers
from tests.benchmarks.typesetting import OTHER_EXPORT, WORD_PROCESSOR, Paragraph, Tool, sentence, typeset

OLD, NEW = "a" * 64, "b" * 64
COVER = "The Board is asked to note the contents of this report."
CASH = "The cash position was £2.5m better than plan at the end of the month."
PAY = "Pay was over plan because of agency nurses in theatres at Calder."
RISK = "The greatest risk to the forecast is the cost of the winter."
END = "Members will receive the final position in February of next year."


def paper(*lines: str) -> list[Paragraph]:
    return [(sentence(f"s{number}", line),) for number, line in enumerate(lines)]


def version(sha256: str, lines: list[Paragraph], tool: Tool = WORD_PROCESSOR, paper_id: str = "p") -> Version:
    return Version(paper_id, sha256, typeset(lines, tool).packed(), ("11", "12"))


def mark_on(old: Version, words: str, own: str = "") -> Annotation:
    text = PaperText(old.pages)
    first, end = text.find("".join(spelled(words)))[0]
    anchor = text.anchor(Anchor(old.paper_id, old.sha256, 0, ""), old.paper_id, old.sha256, first, end)
    return Annotation("n", "pack", anchor, NOTE if own else HIGHLIGHT, "risk", own, "", "")


def carry(mark: Annotation, old: Version, *now: Version, complete: bool = True) -> Annotation | None:
    papers = Papers({each.paper_id: each for each in now}, {old.sha256: old}, frozenset({"q"}), complete, 2)
    after = Carrying(papers).carry(mark)
    assert after is None or isinstance(after, Annotation)
    return after


def carried(words: str, before: list[Paragraph], after: list[Paragraph], tool: Tool = WORD_PROCESSOR) -> Annotation:
    old = version(OLD, before)
    found = carry(mark_on(old, words), old, version(NEW, after, tool))
    assert found is not None
    return found


BEFORE = paper(COVER, CASH, PAY, RISK, END)


def test_the_same_words_are_found_where_another_tool_has_set_them() -> None:
    after = carried(CASH, BEFORE, BEFORE, OTHER_EXPORT)
    assert after.carriage.state == EXACT
    assert spelled(after.anchor.exact) == spelled(CASH)
    assert (after.anchor.sha256, after.anchor.label) == (NEW, "11")
    assert [each.sha256 for each in after.carriage.earlier] == [OLD]


def test_a_figure_put_right_is_told() -> None:
    after = carried(CASH, BEFORE, paper(COVER, CASH.replace("£2.5m", "£1.9m"), PAY, RISK, END))
    assert after.carriage.state == CHANGED
    assert "£1.9m" in after.anchor.exact


@pytest.mark.parametrize("figure", ["£25m", "(£2.5m)", "-£2.5m", "$2.5m"])
def test_a_point_a_sign_or_a_currency_is_a_change(figure: str) -> None:
    after = carried(CASH, BEFORE, paper(COVER, CASH.replace("£2.5m", figure), PAY, RISK, END))
    assert after.carriage.state == CHANGED


def test_a_passage_that_went_is_an_orphan_and_stays_where_it_was() -> None:
    after = carried(PAY, BEFORE, paper(COVER, CASH, RISK, END))
    assert (after.carriage.state, after.carriage.against) == (ORPHAN, NEW)
    assert after.anchor.sha256 == OLD


def test_a_passage_that_changed_places_is_told() -> None:
    many = [f"Paragraph {n} says that ward {n * 7} has {n + 3} beds and needs {n * 11} nurses." for n in range(12)]
    after = carried(many[2], paper(*many), paper(*many[:2], *many[3:9], many[2], *many[9:]))
    assert after.carriage.state == MOVED
    assert spelled(after.anchor.exact) == spelled(many[2])


def test_the_twin_of_a_passage_that_went_is_not_taken_for_it() -> None:
    before = paper(COVER, CASH, "Nothing else was said.", PAY, COVER, RISK)
    old = version(OLD, before)
    text = PaperText(old.pages)
    first, end = text.find("".join(spelled(COVER)))[1]
    mark = replace(mark_on(old, COVER), anchor=text.anchor(Anchor("p", OLD, 0, ""), "p", OLD, first, end))
    after = carry(mark, old, version(NEW, paper(COVER, CASH, "Nothing else was said.", PAY, RISK)))
    assert after is not None
    assert after.carriage.state == ORPHAN


def test_a_passage_is_found_in_a_paper_that_came_with_the_edition() -> None:
    old = version(OLD, BEFORE)
    fresh = version("c" * 64, paper(COVER, PAY, "An appendix under another number."), paper_id="q")
    after = carry(mark_on(old, PAY), old, version(NEW, paper(COVER, CASH, END)), fresh)
    assert after is not None
    assert (after.carriage.state, after.anchor.paper_id) == (MOVED, "q")


def test_what_every_cover_says_is_not_looked_for_elsewhere() -> None:
    old = version(OLD, BEFORE)
    others = [version(f"{n}" * 64, paper(COVER, f"Paper {n}."), paper_id=f"other{n}") for n in range(3)]
    fresh = version("c" * 64, paper(COVER, PAY), paper_id="q")
    after = carry(mark_on(old, COVER), old, version(NEW, paper(CASH, PAY, RISK, END)), fresh, *others)
    assert after is not None
    assert after.carriage.state == ORPHAN


def test_nothing_is_called_an_orphan_while_papers_are_still_coming() -> None:
    old = version(OLD, BEFORE)
    assert carry(mark_on(old, PAY), old, version(NEW, paper(COVER, CASH)), complete=False) is None


def test_notes_on_a_withdrawn_paper_stay() -> None:
    old = version(OLD, BEFORE)
    assert carry(mark_on(old, PAY), old) is None


def test_a_note_that_was_carried_is_left_alone_and_comes_back_with_the_first_version() -> None:
    old, new = version(OLD, BEFORE), version(NEW, BEFORE, OTHER_EXPORT)
    mark = mark_on(old, CASH)
    after = carry(mark, old, new)
    assert after is not None
    assert carry(after, old, new) is None
    back = carry(after, new, old)
    assert back is not None
    assert (back.anchor, back.carriage.state) == (mark.anchor, EXACT)


def test_without_the_older_version_the_anchor_itself_is_enough() -> None:
    old = version(OLD, BEFORE)
    papers = Papers({"p": version(NEW, BEFORE, OTHER_EXPORT)}, {}, frozenset(), complete=True, edition=2)
    after = Carrying(papers).carry(mark_on(old, CASH))
    assert isinstance(after, Annotation)
    assert (after.carriage.state, spelled(after.anchor.exact)) == (EXACT, spelled(CASH))


def test_a_version_without_words_is_to_be_looked_at() -> None:
    old = version(OLD, BEFORE)
    after = carry(mark_on(old, CASH), old, Version("p", NEW, [VersionPage(None)]))
    assert after is not None
    assert after.carriage.state == CHECK


def test_bookmarks_and_notes_on_a_page_follow_the_words_around_them() -> None:
    many = [f"Paragraph {n} says that ward {n * 7} has {n + 3} beds and needs {n * 11} nurses." for n in range(80)]
    old, new = version(OLD, paper(*many)), version(NEW, paper(*many), OTHER_EXPORT)
    text = PaperText(old.pages)
    y = text.top_of(text.find("".join(spelled(many[40])))[0][0])
    page = text.page_of(text.find("".join(spelled(many[40])))[0][0])
    papers = Papers({"p": new}, {OLD: old}, frozenset(), complete=True, edition=2)
    after = Carrying(papers).carry(Bookmark("b", "pack", "p", OLD, page, y, "Here", ""))
    assert isinstance(after, Bookmark)
    there = PaperText(new.pages)
    token = there.find("".join(spelled(many[40])))[0][0]
    assert (after.page, after.y) == (there.page_of(token), pytest.approx(there.top_of(token), abs=1))
    note = Annotation("n", "pack", Anchor("p", OLD, 1, ""), NOTE, "risk", "On the page", "", "")
    followed = Carrying(papers).carry(note)
    assert isinstance(followed, Annotation)
    assert (followed.carriage.state, followed.anchor.sha256) == (EXACT, NEW)


def test_what_was_carried_survives_the_store() -> None:
    trail = Carriage(KEPT, NEW, (Anchor("p", OLD, 1, "12", (Quad(1, 1, 2, 3, 4),), "£3m"),), settled=True)
    assert Carriage.from_text(trail.to_text()) == trail
    assert Carriage().to_text() == ""


def test_the_differences_of_two_versions_are_told_by_kind() -> None:
    many = [f"Paragraph {n} says that ward {n * 7} has {n + 3} beds and needs {n * 11} nurses." for n in range(12)]
    changed = [*many[:2], *many[3:8], many[2], many[8].replace("beds", "couches"), many[10], many[11], END]
    found = compare(PaperText(version(OLD, paper(*many)).pages), PaperText(version(NEW, paper(*changed)).pages))
    kinds = {change.kind: change for change in found}
    assert set(kinds) == {ADDED, REMOVED, REPLACED, PLACES_CHANGED}
    assert kinds[REPLACED].old.words == "beds"
    assert kinds[REPLACED].new.words == "couches"
    assert spelled(kinds[REMOVED].old.words) == spelled(many[9])
    assert spelled(kinds[ADDED].new.words) == spelled(END)
    assert "ward 14 has 5 beds and needs 22 nurses" in kinds[PLACES_CHANGED].new.words


def test_another_export_of_the_same_text_has_no_differences() -> None:
    one, other = (PaperText(typeset(sample_papers()[7], tool).packed()) for tool in (WORD_PROCESSOR, OTHER_EXPORT))
    assert compare(one, other) == []


def test_the_sample_exported_anew_keeps_every_note() -> None:
    told = outcome(reexport(sample_papers()[:6], 120, seed=11))
    assert (told.right, told.wrong) == (told.kept, 0)


@pytest.mark.parametrize("tool", [WORD_PROCESSOR, OTHER_EXPORT], ids=["as before", "exported anew"])
def test_an_edited_pack_keeps_nearly_every_note_and_puts_none_wrong(tool: Tool) -> None:
    told = outcome(reissue(seed=12, papers=8, notes=150, tool=tool))
    assert told.right >= 0.99 * told.kept
    assert (told.wrong, told.orphaned) == (0, told.vanished)


def test_a_closing_sentence_stays_with_its_paragraph_and_not_with_its_twin() -> None:
    """Of two that say "No change is proposed.", the first paragraph's went; the next paragraph now follows another."""
    tests = [f"Ward {n} has {n + 3} beds and needs {n * 11} nurses by the {n}th of May." for n in range(4, 12)]
    close = "No change is proposed."

    def paragraphs(*texts: tuple[str, ...]) -> list[Paragraph]:
        return [tuple(sentence(text, text) for text in each) for each in texts]

    before = paragraphs((tests[0], tests[1], close), (tests[2], tests[3]), (tests[4], close), (tests[5],))
    after = paragraphs((tests[0], tests[1]), (tests[6], close), (tests[2], tests[3]), (tests[4], close), (tests[5],))
    old = version(OLD, before)
    text = PaperText(old.pages)
    states = []
    for place in text.find("".join(spelled(close))):
        anchor = text.anchor(Anchor("p", OLD, 0, ""), "p", OLD, *place)
        found = carry(replace(mark_on(old, close), anchor=anchor), old, version(NEW, after))
        assert found is not None
        states.append(found.carriage.state)
    assert states == [ORPHAN, EXACT]


WORDS = st.sampled_from(("the", "board", "cash", "plan", "risk", "nurses", "£2.5m", "£3.1m", "winter", "of", "is"))


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=4, max_size=60), st.lists(WORDS, max_size=60), st.data())
def test_a_note_is_never_lost_and_what_is_called_exact_says_the_same(
    before: list[str], after: list[str], data: st.DataObject
) -> None:
    old, new = version(OLD, paper(" ".join(before))), version(NEW, paper(" ".join(after) or "."))
    text = PaperText(old.pages)
    first = data.draw(st.integers(0, len(text.tokens) - 1))
    end = data.draw(st.integers(first + 1, len(text.tokens)))
    anchor = text.anchor(Anchor("p", OLD, 0, ""), "p", OLD, first, end)
    mark = Annotation("n", "pack", anchor, HIGHLIGHT, "risk", "own words", "", "")
    found = carry(mark, old, new)
    assert found is not None
    assert found.words == mark.words
    if found.carriage.state == ORPHAN:
        assert found.anchor == mark.anchor
    else:
        assert found.carriage.on(OLD) == mark.anchor
    if found.carriage.state in (EXACT, MOVED):
        assert spelled(found.anchor.exact) == spelled(mark.anchor.exact)
