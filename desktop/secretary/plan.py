"""pack.toml: what a secretary wrote about a pack, checked as a whole before anything is made of it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from desktop.errors import KnownError
from desktop.packs.index import WITH_FILE
from desktop.packs.pack import AgendaItem, Meeting, PaperKind, PaperStatus, Purpose, Session
from desktop.secretary.edition import Audience
from desktop.secretary.table import Table

NAME = "pack.toml"
INSERTED, SUPPLEMENT = "inserted", "supplement"
_ID_DIGITS = set("0123456789abcdef")


class Problems(KnownError):
    """Everything that keeps a pack from being compiled, told at once."""

    def __init__(self, folder: Path, problems: list[str]) -> None:
        self.problems = tuple(problems)
        count = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
        listed = "".join(f"\n  - {problem}" for problem in problems)
        super().__init__(
            f"{folder.name} has {count}:{listed}\n", "No pack was written.", "Mend what is listed and compile again."
        )


@dataclass(frozen=True)
class PlannedPaper:
    """A paper as planned. id: "" where the plan gives none. file: None where there is none, by plan or by mistake."""

    id: str
    item: str
    title: str
    kind: PaperKind
    status: PaperStatus
    file: Path | None
    audience: Audience
    no_printing: bool = False
    no_export: bool = False
    watermark: bool = False


@dataclass(frozen=True)
class Plan:
    """A whole pack.toml, as far as it could be read. problems: what is wrong with it, in sentences.

    titled_itself: it gave no title, so the pack is called after body and day. minutes: how long items are to take, by
    number, where that was said. private: items of the private session, by number, with what they are called in public.
    supplement: papers that come after the first edition count by themselves, as S1, S2, … opens, expires: as in `Pack`.
    """

    body: str
    meeting: Meeting
    title: str
    note: str
    items: tuple[AgendaItem, ...]
    papers: tuple[PlannedPaper, ...]
    problems: tuple[str, ...]
    titled_itself: bool = False
    minutes: Mapping[str, int] = field(default_factory=dict)
    private: Mapping[str, str] = field(default_factory=dict)
    supplement: bool = False
    opens: datetime | None = None
    expires: date | None = None


def read_plan(folder: Path) -> Plan:
    """Read folder/pack.toml. Mistakes in it are listed in the plan; a file that is no TOML at all raises Problems."""
    problems: list[str] = []
    whole = Table(_load(folder), NAME, problems)
    body = whole.inner("body")
    name = body.text("name", needed=True, limit=200)
    meeting = _meeting(whole.inner("meeting"))
    about = whole.inner("pack", needed=False)
    title, note = about.text("title"), about.text("note", limit=5000, lines=True)
    late = about.text("late")
    if late not in ("", INSERTED, SUPPLEMENT):
        about.wrong(f'late should be "{INSERTED}" or "{SUPPLEMENT}".')
    opens = about.moment("embargo")
    expires = about.day("expires") if about.has("expires") else None
    _check_terms(about, opens, expires)
    items, minutes, private = _items(whole.each("items"), problems)
    papers = _papers(whole.each("papers"), {item.number for item in items}, folder)
    _check_papers(papers, problems)
    body.end()
    about.end()
    whole.end()
    called = title or _title(name, meeting)
    return Plan(name, meeting, called, note, items, papers, tuple(problems), not title, minutes, private,
                late == SUPPLEMENT, opens, expires)  # fmt: skip


def _check_terms(about: Table, opens: datetime | None, expires: date | None) -> None:
    if opens is not None and expires is not None and expires < opens.astimezone().date():
        about.wrong("it expires before its embargo ends.")


def _load(folder: Path) -> dict[str, object]:
    path = folder / NAME
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError as error:
        raise KnownError(f"There is no {NAME} in {folder}.", "", "Make one with: despatch new-pack FOLDER.") from error
    except OSError as error:
        raise KnownError(f"{path} cannot be read: {error.strerror}.") from error
    except tomllib.TOMLDecodeError as error:
        raise Problems(folder, [f"{NAME} cannot be understood: {error}."]) from error
    except UnicodeDecodeError as error:
        raise Problems(folder, [f"{NAME} is not saved as UTF-8 text."]) from error


def _meeting(table: Table) -> Meeting:
    meeting = Meeting(
        table.day("date"),
        table.clock("starts"),
        table.text("place"),
        table.choice("session", Session, Session.PUBLIC),
    )
    table.end()
    return meeting


def _title(body: str, meeting: Meeting) -> str:
    return f"{body}, {meeting.held_on.day} {meeting.held_on:%B %Y}"


_Items = tuple[tuple[AgendaItem, ...], dict[str, int], dict[str, str]]


def _items(tables: list[Table], problems: list[str]) -> _Items:
    items: list[AgendaItem] = []
    minutes: dict[str, int] = {}
    private: dict[str, str] = {}
    if not tables:
        problems.append("The agenda is empty: there are no [[items]].")
    for table in tables:
        number = table.text("number", needed=True, limit=20).replace(" ", "")
        if number:
            table.name(f"Item {number}")
        if any(item.number == number for item in items):
            table.wrong("this number is on the agenda twice.")
        item = AgendaItem(
            number,
            table.text("title", needed=True),
            table.choice("purpose", Purpose, Purpose.NONE),
            table.text("lead"),
            table.clock("starts"),
        )
        items.append(item)
        if length := table.count("minutes", 24 * 60):
            minutes[number] = length
        called = table.text("public_title")
        if table.flag("private", False):
            private[number] = called
        table.end()
    return tuple(items), minutes, private


def _papers(tables: list[Table], numbers: set[str], folder: Path) -> tuple[PlannedPaper, ...]:
    return tuple(_paper(table, numbers, folder) for table in tables)


def _paper(table: Table, numbers: set[str], folder: Path) -> PlannedPaper:
    title = table.text("title", needed=True)
    if title:
        table.name(f"Paper “{title}”")
    item = table.text("item", needed=True, limit=20).replace(" ", "")
    if item and item not in numbers:
        table.wrong(f"its item {item} is not on the agenda.")
    kind = table.choice("kind", PaperKind, PaperKind.REPORT)
    status = table.choice("status", PaperStatus, PaperStatus.PRESENT)
    paper = PlannedPaper(
        _id(table),
        item,
        title,
        kind,
        status,
        _file(table, status, folder),
        Audience(table.names("to"), table.names("not_to")),
        not table.flag("printing", True),
        not table.flag("copying", True),
        table.flag("watermark", False),
    )
    table.end()
    return paper


def _id(table: Table) -> str:
    text = table.text("id")
    if text and not (len(text) == 16 and set(text) <= _ID_DIGITS):
        table.wrong("id should be 16 of the digits 0 to 9 and a to f; leave it out if you are not sure.")
        return ""
    return text


def _file(table: Table, status: PaperStatus, folder: Path) -> Path | None:
    name = table.text("file", limit=250, tidy=False)
    if status not in WITH_FILE:
        if name:
            table.wrong(f'it has a file, but its status "{status.value}" says that there is none.')
        return None
    if not name:
        table.wrong('file is missing; if there is none yet, give it the status "to follow" or "verbal".')
        return None
    path = folder / name
    if "\0" in name or not path.resolve().is_relative_to(folder.resolve()):
        table.wrong(f"its file {name} lies outside the folder of the pack.")
        return None
    if not path.is_file():
        table.wrong(f"its file {name} is not in the folder.")
        return None
    return path


def _check_papers(papers: tuple[PlannedPaper, ...], problems: list[str]) -> None:
    ids = [paper.id for paper in papers if paper.id]
    problems += [
        f"The id {given} is given to two papers." for given in sorted({each for each in ids if ids.count(each) > 1})
    ]
    both = [paper for paper in papers if paper.audience.to and paper.audience.not_to]
    problems += [f"Paper “{paper.title}”: use either to or not_to." for paper in both]
