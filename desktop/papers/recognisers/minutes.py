"""What minutes record: the meeting, who was there, each minute by its number, what was decided, declared and promised.

MEETING: text, as the paper says it; facts: `date` and, where they are said, `body`, `time`, `place`.
ATTENDEE: text, the name; facts: `role`, `how` (present, in attendance, apologies, absent).
MINUTE: ref; text, its title, or how it begins; facts: `title`, `level` (from 1), `of`, the day of the meeting.
DECISION: text, without its label; facts: `verb` as printed, `minute`, `title` of the minute, `of`; parts: its points.
INTEREST: text, the sentence; facts: `person`, `minute`, `item`, `of`.
PROMISE: text, the sentence; facts: `minute`, `title`, `of`. What the same minutes record as an action is none.
ACTION: ref; text; facts: `lead`, `due`, `minute`, `title`, `of`, `source` ("minutes").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.papers.deciding import begins_decision, decisions, sentences, uses_labels
from desktop.papers.finding import Confidence, Finding, FindingKind
from desktop.papers.kinds import Kind, kind_of
from desktop.papers.meeting import meeting_of
from desktop.papers.numbered import Numbered, Section, numbered
from desktop.papers.paper_text import PaperText
from desktop.papers.people import Person, apologies_in, named_first, people_before
from desktop.papers.promising import Doing, actions_in, begins_action, promises_in
from desktop.papers.strips import Paragraph, Strip, joined, paragraphs_of, place_of, place_of_strips

_INTERESTS = re.compile(r"\b(?:interests?|conflicts?|loyalty)\b", re.IGNORECASE)
_DECLARED = re.compile(
    r"\bdeclar(?:ed|es|ing|ation (?:recorded|made))\b|\b(?:has|had|have|"
    r"holds?) (?:an? )?(?:\w+ )?interest\b|\brepeated (?:the|his|her) declaration\b",
    re.IGNORECASE,
)
_NONE_DECLARED = re.compile(
    r"\b(?:no|none|nil|not any|nothing)\b.{0,60}\bdeclar|\bdeclar.{0,60}\b(?:none|nil|no (?:new|other|further))\b|"
    r"\b(?:asked|invited|reminded|requested)\b.{0,60}\bdeclare|\bdeclared (?:the )?(?:meeting|quor)|\bNone were\b|"
    r"\bregister of interests\b.{0,60}\b(?:noted|received|published)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\b(?:agenda )?items?\s+(?P<item>[A-Z]{0,6}[/.-]?\d[\w./-]*)", re.IGNORECASE)
_APOLOGIES = re.compile(r"\bapolog", re.IGNORECASE)
_NAMES_FIRST = re.compile(
    r"(?:Cllrs?|Councillors?|Mr|Mrs|Ms|Miss|Dr|Professor|Lord|Lady|Sir|Dame)\b\.? [A-Z][^.:]{1,200}\.?$"
)
_BEGINS = 160  # letters of a minute without a title


def recognise(paper: PaperText) -> Iterator[Finding]:
    """Nothing of a paper that is no minutes."""
    told = kind_of(paper)
    if told is None or told.kind is not Kind.MINUTES:
        return
    whole = numbered(paper)
    meeting = meeting_of(whole.before, recorded=True)
    held = meeting.fact("date") if meeting is not None else ""
    if meeting is not None:
        yield meeting
    yield from _people(whole)
    reader = _Reader(whole, held)
    for section in whole.sections:
        yield from reader.minute(section)
    if not whole.sections:
        yield from reader.unnumbered(whole.before)


def _people(whole: Numbered) -> Iterator[Finding]:
    found = list(people_before(whole.before))
    for section in whole.sections[:3]:
        if _APOLOGIES.search(section.title or section.body[0].text if section.body else section.title):
            body = paragraphs_of(section.body, whole.pitch)
            found += _sent_apologies(body)
    seen: set[tuple[str, str]] = set()
    for person in found:
        if (person.name, person.how) not in seen:
            seen.add((person.name, person.how))
            facts = {"role": person.role, "how": person.how}
            yield Finding(FindingKind.ATTENDEE, person.place, person.name, facts={k: v for k, v in facts.items() if v})


def _sent_apologies(body: Sequence[Paragraph]) -> Iterator[Person]:
    if len(body) == 1 and _NAMES_FIRST.match(body[0].text):
        yield from apologies_in(f"Apologies from {body[0].text}", place_of(body))
    for place, paragraph in enumerate(body):
        if not re.search(r"\bapolog(?:ies|y)\b", paragraph.text, re.IGNORECASE):
            continue
        if paragraph.text.rstrip(" -").endswith(":"):
            for line in body[place + 1 :]:
                named = list(apologies_in(f"Apologies from {line.text}", place_of([line]), listed=True))
                if not named or re.search(r"\b(?:stated|welcomed|noted|were|was|had)\b", line.text):
                    break
                yield from named
            return
        yield from apologies_in(paragraph.text, place_of([paragraph]))


class _Reader:
    """Reads minutes one by one. held: the day of the meeting, ISO, "" where it is not said."""

    def __init__(self, whole: Numbered, held: str) -> None:
        self._pitch = whole.pitch
        self._held = held
        bodies = [self._paragraphs(section.body) for section in whole.sections]
        labelled = sum(uses_labels(body) for body in bodies)
        self._labels = labelled >= max(2, len(bodies) // 6)
        self._aside = _has_action_column([*whole.before, *(strip for each in whole.sections for strip in each.body)])

    def minute(self, section: Section) -> Iterator[Finding]:
        """A minute, and what it records."""
        body = self._paragraphs(section.body)
        text = section.title or (body[0].text[:_BEGINS] if body else "")
        facts = {"title": section.title, "level": str(section.level), "of": self._held}
        place = place_of_strips(section.head)
        yield Finding(
            FindingKind.MINUTE, place, text, section.ref, {k: v for k, v in facts.items() if v}, section.confidence
        )
        if not section.title and body:
            body[0] = _without_number(body[0], section.ref)
        yield from self._recorded(section, body)

    def unnumbered(self, strips: Sequence[Strip]) -> Iterator[Finding]:
        """What minutes without numbers record."""
        body = self._paragraphs(strips)
        self._labels = uses_labels(body) >= 2
        yield from self._recorded(Section("", "", 1, [strips[0]]) if strips else None, body)

    def _recorded(self, section: Section | None, body: Sequence[Paragraph]) -> Iterator[Finding]:
        if section is None:
            return
        about = {"minute": section.ref, "title": section.title, "of": self._held}
        beside = joined(line.text for strip in section.head for line in strip.aside)
        done = list(actions_in(body, self._aside, beside))
        acting = {id(doing.paragraph) for doing in done if begins_action(doing.paragraph.text)}
        rest = [paragraph for paragraph in body if id(paragraph) not in acting]
        decided = list(decisions(rest, self._labels))
        for each in decided:
            parts = tuple(Finding(FindingKind.PART, place_of([point]), point.text) for point in each.points)
            yield _found(
                FindingKind.DECISION, each.paragraphs, each.text, about | {"verb": each.verb}, each.confidence, parts
            )
        for doing in done:
            yield _as_action(doing, about)
        for promise in promises_in(rest, done):
            yield _found(FindingKind.PROMISE, [promise.paragraph], promise.text, about, Confidence.LIKELY)
        yield from _interests(section, body, about)

    def _paragraphs(self, strips: Sequence[Strip]) -> list[Paragraph]:
        return paragraphs_of(strips, self._pitch, lambda text: begins_decision(text) or begins_action(text))


def _has_action_column(strips: Sequence[Strip]) -> bool:
    """Whether a column beside the text is headed as one of actions, or says Action itself."""
    asides = [line.text for strip in strips for line in strip.aside]
    return any(re.match(r"actions?\b", text, re.IGNORECASE) for text in asides)


def _without_number(paragraph: Paragraph, ref: str) -> Paragraph:
    """The paragraph of a minute without a title, without its number."""
    first = paragraph.strips[0]
    text = first.lines[0].text
    at = text.find(ref)
    if at < 0:
        return paragraph
    rest = text[at + len(ref) :].lstrip(" .):–-")
    lines = (replace(first.lines[0], text=rest), *first.lines[1:]) if rest else first.lines[1:]
    strips = (Strip(first.page, lines, first.aside), *paragraph.strips[1:]) if lines else paragraph.strips[1:]
    return Paragraph(strips) if strips else paragraph


def _found(
    kind: FindingKind,
    paragraphs: Sequence[Paragraph],
    text: str,
    facts: dict[str, str],
    confidence: Confidence = Confidence.CERTAIN,
    parts: tuple[Finding, ...] = (),
) -> Finding:
    said = {name: value for name, value in facts.items() if value}
    return Finding(kind, place_of(paragraphs), text, facts=said, confidence=confidence, parts=parts)


def _as_action(doing: Doing, about: dict[str, str]) -> Finding:
    facts = {"lead": doing.lead, "due": doing.due, "source": "minutes"} | about
    said = {name: value for name, value in facts.items() if value}
    return Finding(FindingKind.ACTION, place_of([doing.paragraph]), doing.text, doing.ref, said)


def _interests(section: Section, body: Sequence[Paragraph], about: dict[str, str]) -> Iterator[Finding]:
    is_place = _INTERESTS.search(section.title) is not None
    for paragraph in body:
        for sentence in sentences(paragraph.text):
            declared = _DECLARED.search(sentence) is not None and _NONE_DECLARED.search(sentence) is None
            if declared and (is_place or _INTERESTS.search(sentence)) and not begins_decision(sentence):
                item = _ITEM.search(sentence)
                facts = {
                    "person": named_first(sentence),
                    "item": item["item"].rstrip("./-") if item else "",
                    "minute": about["minute"],
                    "of": about["of"],
                }
                yield _found(FindingKind.INTEREST, [paragraph], sentence, facts)
