"""One subject through time: a risk, an action, or anything that goes by words, at every meeting that told of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.annotations.subject import ACTION, RISK
from desktop.papers.finding import Box, Finding, FindingKind
from desktop.papers.mention import Mention, MentionKind, spelled
from desktop.registers import actions, risks
from desktop.search.text import tokens

KINDS = (FindingKind.RISK, FindingKind.ACTION, FindingKind.INDICATOR, FindingKind.DECISION, FindingKind.PROMISE)
_NAMES = {
    FindingKind.RISK: "Risk", FindingKind.ACTION: "Action", FindingKind.INDICATOR: "Figure",
    FindingKind.DECISION: "Decision", FindingKind.PROMISE: "Promise",
}  # fmt: skip
_TOLD = {
    FindingKind.RISK: (("Score", "score_current"), ("target", "score_target"), ("owner", "owner")),
    FindingKind.ACTION: (("status", "status"), ("due", "due"), ("lead", "lead")),
    FindingKind.INDICATOR: (("now", "current"), ("target", "target"), ("status", "status")),
    FindingKind.DECISION: (("", "verb"), ("minute", "minute")),
    FindingKind.PROMISE: (("minute", "minute"),),
}  # fmt: skip
_MENTIONED = {RISK: (MentionKind.RISK,), ACTION: (MentionKind.ACTION, MentionKind.CODE)}


class How(StrEnum):
    """How a subject comes up."""

    READ = "read out of a register, log or table"
    SAID = "mentioned"
    NOTED = "in a note of one's own"


@dataclass(frozen=True)
class Sought:
    """kind: RISK, ACTION, or "" for what goes by words alone. ref: its number; name: what it is called, or words."""

    kind: str
    ref: str
    name: str

    @property
    def label(self) -> str:
        """ "BAF 2 Urgent care and flow", or the words."""
        named = self.name if not self.ref or self.name.startswith(self.ref) else f"{self.ref} {self.name}"
        return named.strip()


@dataclass(frozen=True)
class PastPaper:
    """A paper of a pack in force, what was found in it, and what it points to. order: its place in the pack."""

    pack_id: str
    pack: str
    held_on: date
    paper_id: str
    paper: str
    order: int
    findings: tuple[Finding, ...]
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True)
class Moment:
    """One place where a subject comes up. page from 0; boxes: in points, none for the page as a whole; words: the
    paper's, or the note's. sort: of finding, in a word. facts: what is told of it, (name, value) each; was: those that
    were others when it was told before.
    """

    held_on: date
    pack_id: str
    pack: str
    paper_id: str
    paper: str
    order: int
    page: int
    how: How
    words: str
    sort: str = ""
    boxes: tuple[Box, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    was: tuple[tuple[str, str], ...] = ()


def meant(words: str, papers: Iterable[PastPaper]) -> Sought:
    """What words are: the number of a risk or of an action in these papers, or no more than words."""
    wanted = spelled(words)
    for paper in papers:
        for finding in paper.findings:
            if (
                finding.kind in (FindingKind.RISK, FindingKind.ACTION)
                and finding.ref
                and spelled(finding.ref) == wanted
            ):
                return Sought(RISK if finding.kind is FindingKind.RISK else ACTION, finding.ref, finding.text)
    return Sought("", "", words)


def moments_of(sought: Sought, papers: Sequence[PastPaper]) -> list[Moment]:
    """Where it was read and where it is mentioned by its number, the oldest meeting first."""
    ways = {RISK: _of_risk, ACTION: _of_action}
    way = ways.get(sought.kind)
    if way is None:
        return in_order(_in_words(sought.name, papers))
    read, refs = way(sought, papers)
    return in_order([*_with_past(in_order(read)), *_mentioned(sought.kind, refs, papers, read)])


def in_order(moments: Iterable[Moment]) -> list[Moment]:
    """By meeting, then as the pack has them; what was read before what is only said."""
    hows = list(How)
    return sorted(moments, key=lambda m: (m.held_on, m.pack_id, hows.index(m.how), m.order, m.page))


# ---- what was read


def _of_risk(sought: Sought, papers: Sequence[PastPaper]) -> tuple[list[Moment], set[str]]:
    sightings = [
        risks.Sighting(paper.held_on.isoformat(), paper.pack_id, paper.paper_id, finding)
        for paper in papers
        for finding in _of(paper, FindingKind.RISK)
    ]
    wanted = spelled(sought.ref)
    stories = [
        story
        for story in risks.follow(sightings)
        if wanted and any(spelled(standing.ref) == wanted for standing in story.standings)
    ]
    by_id = {(paper.pack_id, paper.paper_id): paper for paper in papers}
    found = [
        _read(by_id[standing.pack_id, standing.paper_id], finding, _risk_facts(standing))
        for story in stories
        for standing in story.standings
        if (finding := _finding_of(by_id[standing.pack_id, standing.paper_id], standing)) is not None
    ]
    return found, {sought.ref, *(standing.ref for story in stories for standing in story.standings)}


def _finding_of(paper: PastPaper, standing: risks.Standing) -> Finding | None:
    found = _of(paper, FindingKind.RISK)
    return next((each for each in found if (each.ref, each.page) == (standing.ref, standing.page)), None)


def _risk_facts(standing: risks.Standing) -> tuple[tuple[str, str], ...]:
    above = "yes" if standing.is_above_tolerance else ""
    facts = (
        ("score", str(standing.current or "")), ("target", str(standing.target or "")), ("above tolerance", above),
        ("appetite", standing.appetite), ("owner", standing.owner),
    )  # fmt: skip
    return tuple(fact for fact in facts if fact[1])


def _of_action(sought: Sought, papers: Sequence[PastPaper]) -> tuple[list[Moment], set[str]]:
    by_source = {f"{paper.pack_id} {paper.paper_id}": paper for paper in papers}
    held = sorted(by_source.items(), key=lambda each: (each[1].held_on, each[1].order))
    sheets = [actions.Sheet(paper.held_on, paper.findings, source) for source, paper in held if _acts(paper)]
    wanted = spelled(sought.ref)
    found: list[Moment] = []
    refs = {sought.ref}
    for action in actions.follow(sheets):
        if wanted and any(spelled(each.finding.ref) == wanted for each in action.seen):
            refs |= {each.finding.ref for each in action.seen}
            found += [_read(by_source[each.sheet.source], each.finding, _action_facts(each)) for each in action.seen]
    return found, refs


def _acts(paper: PastPaper) -> bool:
    return bool(_of(paper, FindingKind.ACTION))


def _action_facts(seen: actions.Seen) -> tuple[tuple[str, str], ...]:
    facts = (("state", seen.state.value), *((name, seen.finding.fact(name)) for name in ("due", "lead", "evidence")))
    return tuple(fact for fact in facts if fact[1])


def _in_words(words: str, papers: Iterable[PastPaper]) -> Iterator[Moment]:
    """What was read with all of these words in it: a lead's name, an owner's, a service's."""
    wanted = tokens(words)
    for paper in papers if wanted else ():
        for finding in paper.findings:
            said = set(tokens(" ".join((finding.text, *finding.facts.values()))))
            if all(word in said for word in wanted):
                facts = tuple((name, told) for name, fact in _TOLD[finding.kind] if (told := finding.fact(fact)))
                yield _read(paper, finding, facts)


def _read(paper: PastPaper, finding: Finding, facts: tuple[tuple[str, str], ...]) -> Moment:
    ref = "" if finding.text.startswith(finding.ref) else finding.ref
    words = f"{ref} {finding.text}".strip()
    return Moment(
        paper.held_on, paper.pack_id, paper.pack, paper.paper_id, paper.paper, paper.order, finding.page, How.READ,
        words, _NAMES[finding.kind], finding.place.boxes, facts,
    )  # fmt: skip


def _with_past(read: Sequence[Moment]) -> Iterator[Moment]:
    """Each with what was told otherwise at the meeting before."""
    told: dict[str, tuple[str, date]] = {}
    for moment in read:
        was = tuple(
            (name, told[name][0])
            for name, value in moment.facts
            if name in told and told[name][0] != value and told[name][1] < moment.held_on
        )
        told |= {name: (value, moment.held_on) for name, value in moment.facts}
        yield Moment(**{**moment.__dict__, "was": was}) if was else moment


# ---- what is said


def _mentioned(kind: str, refs: Iterable[str], papers: Iterable[PastPaper], read: Iterable[Moment]) -> Iterator[Moment]:
    """By its number, elsewhere than where it was read, once a page."""
    wanted = {spelled(ref) for ref in refs if ref}
    told = {(moment.pack_id, moment.paper_id, moment.page) for moment in read}
    for paper in papers:
        for mention in paper.mentions:
            where = (paper.pack_id, paper.paper_id, mention.place.page)
            if mention.kind in _MENTIONED[kind] and spelled(mention.ref) in wanted and where not in told:
                told.add(where)
                yield Moment(
                    paper.held_on, paper.pack_id, paper.pack, paper.paper_id, paper.paper, paper.order,
                    mention.place.page, How.SAID, mention.fact("context") or mention.text, "", mention.place.boxes,
                )  # fmt: skip


def _of(paper: PastPaper, kind: FindingKind) -> list[Finding]:
    return [finding for finding in paper.findings if finding.kind is kind]
