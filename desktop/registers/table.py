"""The registers of a body, put together from what its papers say: decisions, actions, risks, assurance, asks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.papers.finding import Confidence, Finding, FindingKind
from desktop.registers import actions, risks, workplan
from desktop.registers.courses import Course, course_of

KINDS = (
    FindingKind.DECISION,
    FindingKind.ACTION,
    FindingKind.RISK,
    FindingKind.AAA_ENTRY,
    FindingKind.RECOMMENDATION,
    FindingKind.WORKPLAN_ENTRY,
)
Agendas = Mapping[date, Sequence[workplan.Business]]  # what came to the meetings of each day
_ALERTS = ("alert", "risk", "advise", "assure", "celebrate")
_ASKED = ("approve", "support", "assure", "discuss", "consider", "receive", "note")
_UNSURE = "Read with doubt: look at the page."


@dataclass(frozen=True)
class ReadPaper:
    """A paper of a pack in force and what was found in it. held_on: the meeting's day. title: of the paper."""

    pack_id: str
    paper_id: str
    held_on: date
    item: str
    title: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Entry:
    """A row. order: what each cell is sorted by, where its words alone would sort wrongly. doubt: what is unsure of it.

    page: from 0 in the paper, where it was read. course: how a risk went from meeting to meeting, for a drawing.
    """

    cells: tuple[str, ...]
    order: tuple[str, ...]
    pack_id: str
    paper_id: str
    page: int
    doubt: str = ""
    course: Course | None = None


@dataclass(frozen=True)
class Register:
    """One register. empty: what to say where nothing was found. wide: the column that takes the room."""

    name: str
    heads: tuple[str, ...]
    entries: tuple[Entry, ...]
    empty: str
    wide: int


def registers_of(read: Sequence[ReadPaper], today: date, agendas: Agendas | None = None) -> list[Register]:
    """Every register, newest first within each. agendas: of the body's meetings, for what came of its workplan."""
    newest = sorted(read, key=lambda paper: paper.held_on, reverse=True)
    return [
        _decisions(newest),
        _actions(read, today),
        _risks(read),
        _assurance(newest),
        _asked(newest),
        _workplan(read, agendas or {}),
    ]


def _decisions(read: Sequence[ReadPaper]) -> Register:
    entries = []
    for paper, finding in _each(read, FindingKind.DECISION):
        day = _day(finding.fact("of")) or paper.held_on
        minute = finding.fact("minute")
        cells = (_short(day), minute, finding.fact("verb"), finding.text)
        entries.append(_entry(paper, finding, cells, (day.isoformat(), _natural(minute), "", "")))
    heads = ("Meeting", "Minute", "", "What was decided")
    return Register("Decisions", heads, tuple(entries), "No decision was found in this body’s minutes.", 3)


def _actions(read: Sequence[ReadPaper], today: date) -> Register:
    sheets = [
        actions.Sheet(paper.held_on, paper.findings, f"{paper.pack_id} {paper.paper_id}")
        for paper in sorted(read, key=lambda paper: paper.held_on)
        if any(finding.kind is FindingKind.ACTION for finding in paper.findings)
    ]
    entries = []
    for action in actions.follow(sheets):
        last = action.seen[-1]
        pack_id, paper_id = last.sheet.source.split(" ")
        due = _short(action.due) if action.due else ""
        state = "overdue" if action.is_overdue(today) else action.state.value
        age = str(action.age)
        cells = (action.ref, action.text, action.lead, due, state, age)
        by_day = action.due.isoformat() if action.due else "9"
        order = (_natural(action.ref), "", "", by_day, _rank(state), age.zfill(4))
        entries.append(Entry(cells, order, pack_id, paper_id, last.finding.page, _doubt(last.finding)))
    entries.sort(key=lambda entry: (entry.order[4], entry.order[3]))
    heads = ("Action", "What is to be done", "Lead", "Due", "How it stands", "Age in meetings")
    return Register("Actions", heads, tuple(entries), "No action was found in this body’s logs and minutes.", 1)


def _risks(read: Sequence[ReadPaper]) -> Register:
    sightings = [
        risks.Sighting(paper.held_on.isoformat(), paper.pack_id, paper.paper_id, finding)
        for paper, finding in _each(read, FindingKind.RISK)
    ]
    entries = []
    for story in risks.follow(sightings):
        now = story.latest
        course = " → ".join(str(each.current) for each in story.standings if each.current)
        stands = [
            "above tolerance" if now.is_above_tolerance else "",
            "at its target" if now.is_at_target else "",
            "gone from the newest pack" if story.gone else "",
        ]
        scores = [str(score) if score else "" for score in (now.initial, now.current, now.target)]
        state = ", ".join(part for part in stands if part)
        drawn = course_of(story)
        moved = _moved(drawn)
        cells = (now.ref, now.title, *scores, drawn.cell if drawn else "", course, moved, state)
        numbers = [score.zfill(3) for score in scores]
        by_move = f"{(drawn.moved if drawn else 0) + 99:03d}"
        # A risk without a number, of a business case perhaps, comes after those of the registers.
        name = _natural(f"{story.register} {now.ref}") if now.ref else f"~{now.title}"
        order = (name, "", *numbers, drawn.cell if drawn else "", "", by_move, "")
        entries.append(Entry(cells, order, now.pack_id, now.paper_id, now.page, now.wrong, drawn))
    entries.sort(key=lambda entry: entry.order[0])
    heads = ("Risk", "Title", "Initial", "Now", "Target", "C × L", "Over the meetings", "Moved", "How it stands")
    return Register("Risks", heads, tuple(entries), "No risk register or assurance framework was found.", 1)


def _moved(course: Course | None) -> str:
    """By how much a risk moved when it last did, and since when; for one that did not, since when it stands."""
    if course is None:
        return ""
    since = _short(date.fromisoformat(course.since))
    if course.moved:
        return f"{'up' if course.moved > 0 else 'down'} {abs(course.moved)} since {since}"
    return f"not since {since}" if len(course.points) > 1 else ""


def _assurance(read: Sequence[ReadPaper]) -> Register:
    entries = []
    for paper, finding in _each(read, FindingKind.AAA_ENTRY):
        section, subject = finding.fact("section"), finding.fact("subject")
        said = finding.text if not subject or finding.text.startswith(subject) else f"{subject}: {finding.text}"
        cells = (section.capitalize(), said, finding.fact("committee") or paper.title, _short(paper.held_on))
        order = (_place(_ALERTS, section), "", "", paper.held_on.isoformat())
        entries.append(_entry(paper, finding, cells, order))
    entries.sort(key=lambda entry: entry.order[0])
    heads = ("", "What is reported", "By", "Meeting")
    return Register("Assurance", heads, tuple(entries), "No Alert, Advise, Assure report was found.", 1)


def _asked(read: Sequence[ReadPaper]) -> Register:
    entries = []
    for paper, finding in _each(read, FindingKind.RECOMMENDATION):
        verb = finding.fact("verb")
        cells = (_short(paper.held_on), paper.item, verb.capitalize(), finding.text, paper.title)
        backwards = f"{99999999 - int(paper.held_on.strftime('%Y%m%d')):08d}"
        entries.append(_entry(paper, finding, cells, (backwards, _natural(paper.item), _place(_ASKED, verb), "", "")))
    entries.sort(key=lambda entry: (entry.order[0], entry.order[2]))
    heads = ("Meeting", "Item", "", "What is asked of us", "Paper")
    return Register("Asked of us", heads, tuple(entries), "No paper was found that asks something.", 3)


def _workplan(read: Sequence[ReadPaper], agendas: Agendas) -> Register:
    planned: dict[date, list[workplan.Planned]] = {}
    for paper, finding in _each(read, FindingKind.WORKPLAN_ENTRY):
        planned.setdefault(paper.held_on, []).append(workplan.Planned(paper.pack_id, paper.paper_id, finding))
    days = sorted({*planned, *agendas})
    meetings = [workplan.Meeting(day, tuple(agendas.get(day, ())), tuple(planned.get(day, ()))) for day in days]
    entries = []
    for line in workplan.against_agenda([meeting for meeting in meetings if meeting.business]):
        entry, came = line.planned, line.business
        plan = line.when() or "other meetings" if entry else "not in the plan"
        agenda = " ".join(filter(None, (came.number, came.title))) if came else "not on the agenda"
        cells = (_short(line.held_on), line.came.value, line.title, plan, agenda)
        backwards = f"{99999999 - int(line.held_on.strftime('%Y%m%d')):08d}"
        order = (backwards, _place([each.value for each in workplan.Came], line.came.value), "", "", _natural(agenda))
        entries.append(Entry(cells, order, *line.source))
    heads = ("Meeting", "", "Item", "Planned for", "On the agenda")
    empty = "No workplan was found that names the meetings whose agendas are here."
    return Register("Workplan", heads, tuple(entries), empty, 2)


def _each(read: Iterable[ReadPaper], kind: FindingKind) -> Iterator[tuple[ReadPaper, Finding]]:
    return ((paper, finding) for paper in read for finding in paper.findings if finding.kind is kind)


def _entry(paper: ReadPaper, finding: Finding, cells: tuple[str, ...], order: tuple[str, ...]) -> Entry:
    return Entry(cells, order, paper.pack_id, paper.paper_id, finding.page, _doubt(finding))


def _doubt(finding: Finding) -> str:
    return "" if finding.confidence is Confidence.CERTAIN else _UNSURE


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _short(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _natural(words: str) -> str:
    """Sorts 2 before 10, whatever stands around the numbers."""
    return "".join(part.zfill(8) if part.isdecimal() else part.casefold() for part in _parts(words))


def _parts(words: str) -> Iterator[str]:
    part, number = "", False
    for sign in words:
        if part and sign.isdecimal() is not number:
            yield part
            part = ""
        part, number = part + sign, sign.isdecimal()
    if part:
        yield part


def _rank(state: str) -> str:
    return _place(("overdue", *(each.value for each in actions.State)), state)


def _place(among: Sequence[str], word: str) -> str:
    return f"{among.index(word) if word in among else len(among):02d}"


def filtered(register: Register, words: str) -> tuple[Entry, ...]:
    """The rows that have every one of these words, or beginnings of words, in some cell."""
    wanted = words.casefold().split()
    said = [(entry, " ".join(entry.cells).casefold()) for entry in register.entries]
    return tuple(entry for entry, words in said if all(word in words for word in wanted))
