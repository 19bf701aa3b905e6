"""The same standing paper in two packs: its risks, actions and figures as they were read, and every passage."""

from collections.abc import Iterable, Sequence
from datetime import date

from desktop.annotations.anchor import Quad
from desktop.annotations.differences import Side
from desktop.annotations.text import PaperText
from desktop.papers.finding import Finding, FindingKind
from desktop.registers import actions, risks
from desktop.registers.compared import Became, Compared, Figure, Group
from desktop.registers.passages import compare_passages

KINDS = (FindingKind.RISK, FindingKind.ACTION, FindingKind.INDICATOR)
_SCORES = (("Initial score", "score_initial"), ("Score", "score_current"), ("Target", "score_target"))
_WORDED = (("Owner", "owner"), ("Appetite", "appetite"), ("Assurance", "rating_current"))
_OF_ACTION = (("Due", "due"), ("Lead", "lead"))
_OF_FIGURE = (("Now", "current"), ("Target", "target"), ("Status", "status"), ("Trend", "trend"))


def compare_papers(
    old: tuple[PaperText, Sequence[Finding], date], new: tuple[PaperText, Sequence[Finding], date]
) -> list[Group]:
    """Each paper with what was found in it and the day of its meeting. Takes a moment for long papers."""
    groups = (
        Group("Risks", tuple(_risks(old[1], new[1]))),
        Group("Actions", tuple(_actions(old[1], old[2], new[1], new[2]))),
        Group("Figures", tuple(_figures(old[1], new[1]))),
        Group("Passages", tuple(compare_passages(old[0], new[0]))),
    )
    return [group for group in groups if group.parts]


def _risks(old: Sequence[Finding], new: Sequence[Finding]) -> Iterable[Compared]:
    sightings = [
        risks.Sighting(held, held, "", finding)
        for held, found in (("1", old), ("2", new))
        for finding in _of(found, FindingKind.RISK)
    ]
    for story in risks.follow(sightings):
        by_pack = {standing.pack_id: standing for standing in story.standings}
        was, now = (_fullest(found, by_pack.get(held)) for held, found in (("1", old), ("2", new)))
        title = f"{story.latest.ref} {story.latest.title}".strip()
        yield _compared(was, now, title, (*_SCORES, *_WORDED))


def _fullest(found: Sequence[Finding], standing: "risks.Standing | None") -> Finding | None:
    """What a standing was read from."""
    if standing is None:
        return None
    of_it = [
        each for each in _of(found, FindingKind.RISK) if (each.ref, each.page) == (standing.ref, standing.page)
    ]  # fmt: skip
    return next((each for each in of_it if each.text == standing.title), of_it[0] if of_it else None)


def _actions(old: Sequence[Finding], old_day: date, new: Sequence[Finding], new_day: date) -> Iterable[Compared]:
    before, after = actions.Sheet(old_day, old), actions.Sheet(new_day, new)
    for action in actions.follow([before, after]):
        was = next((each for each in reversed(action.seen) if each.sheet is before), None)
        now = next((each for each in reversed(action.seen) if each.sheet is after), None)
        title = f"{action.ref} {action.text}".strip()
        part = _compared(was.finding if was else None, now.finding if now else None, title, _OF_ACTION)
        if was and now and was.state is not now.state:
            state = Figure("State", was.state.value, now.state.value)
            became = Became.FIGURES if part.became is Became.SAME else part.became
            part = Compared(became, title, part.old, part.new, (state, *part.figures))
        yield part


def _figures(old: Sequence[Finding], new: Sequence[Finding]) -> Iterable[Compared]:
    before = {_name(each): each for each in _of(old, FindingKind.INDICATOR)}
    after = {_name(each): each for each in _of(new, FindingKind.INDICATOR)}
    for name, finding in after.items():
        yield _compared(before.get(name), finding, finding.text, _OF_FIGURE)
    for name, finding in before.items():
        if name not in after:
            yield _compared(finding, None, finding.text, ())


def _compared(was: Finding | None, now: Finding | None, title: str, facts: Iterable[tuple[str, str]]) -> Compared:
    old, new = (_side(each) if each is not None else None for each in (was, now))
    if was is None or now is None:
        return Compared(Became.NEW if was is None else Became.GONE, title, old, new)
    figures = tuple(
        Figure(name, was.fact(fact), now.fact(fact))
        for name, fact in facts
        if was.fact(fact) and now.fact(fact) and _letters(was.fact(fact)) != _letters(now.fact(fact))
    )
    if _letters(was.ref) != _letters(now.ref) and was.ref and now.ref:
        return Compared(Became.RENUMBERED, title, old, new, (Figure("", was.ref, now.ref), *figures))
    if _letters(was.text) != _letters(now.text):
        return Compared(Became.REWORDED, title, old, new, figures)
    return Compared(Became.FIGURES if figures else Became.SAME, title, old, new, figures)


def _side(finding: Finding) -> Side:
    quads = tuple(Quad(finding.page, *box) for box in finding.place.boxes)
    return Side(finding.page, quads[0].y0 if quads else 0.0, quads, finding.text)


def _of(found: Iterable[Finding], kind: FindingKind) -> list[Finding]:
    return [each for each in found if each.kind is kind]


def _name(finding: Finding) -> str:
    return f"{_letters(finding.fact('of'))} {_letters(finding.text)}"


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum() or sign in ".-")
