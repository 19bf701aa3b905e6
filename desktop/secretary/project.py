"""A pack being put together: its pack.toml as facts that can be changed, put down and taken up again."""

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from desktop.errors import KnownError
from desktop.packs.index import WITH_FILE
from desktop.packs.pack import AgendaItem, Meeting, PaperKind, PaperStatus, Purpose
from desktop.secretary.edition import Audience
from desktop.secretary.plan import NAME, SUPPLEMENT, Plan, read_plan

_LAST = re.compile(r"(.*?)(\d+)(\D*)$")
_DAY_ONE = datetime(2000, 1, 1)  # any day: only its clock counts
_REMARK = """\
# What is in this pack, as its secretary put it together in Despatch. It can be edited by hand as well: see
# despatch new-pack. Remarks are not kept when Despatch writes it again.
"""


@dataclass(frozen=True)
class DraftPaper:
    """One paper's slot. file: its name in the project's folder, "" while there is none. id: "" until it needs one."""

    title: str
    file: str = ""
    kind: PaperKind = PaperKind.REPORT
    status: PaperStatus = PaperStatus.TO_FOLLOW
    audience: Audience = field(default_factory=Audience)
    printing: bool = True
    id: str = ""
    copying: bool = True
    watermark: bool = False


@dataclass(frozen=True)
class DraftItem:
    """One piece of business with the slots of its papers. minutes: how long it is to take, 0 where nobody said.

    private: it is taken in private session; public_title: what it is called where the public reads, "" for its title.
    """

    number: str
    title: str
    purpose: Purpose = Purpose.NONE
    lead: str = ""
    starts: str = ""
    minutes: int = 0
    papers: tuple[DraftPaper, ...] = ()
    private: bool = False
    public_title: str = ""


@dataclass(frozen=True)
class Project:
    """A whole draft. Every method gives another one; this one stays as it was, which is what undo goes back to.

    supplement: papers that come after the first edition count by themselves, instead of as 96A, 96B, … opens, expires:
    as in `Pack`.
    """

    body: str
    meeting: Meeting
    title: str = ""
    note: str = ""
    items: tuple[DraftItem, ...] = ()
    supplement: bool = False
    opens: datetime | None = None
    expires: date | None = None

    def with_item(self, title: str, at: int | None = None) -> "Project":
        """A new item before the one at this place, at the end for None; it gets the next number there."""
        at = len(self.items) if at is None else at
        fresh = DraftItem(_next_number(self.items[at - 1].number if at else ""), title)
        return self._renumbered((*self.items[:at], fresh, *self.items[at:]))

    def without_item(self, at: int) -> "Project":
        """The item is taken off; its files stay in the folder."""
        return self._renumbered((*self.items[:at], *self.items[at + 1 :]))

    def moved(self, at: int, to: int) -> "Project":
        """The item stands at another place, and numbers that went on one by one still do."""
        items = list(self.items)
        items.insert(to, items.pop(at))
        return self._renumbered(tuple(items))

    def with_changed(self, at: int, change: Callable[[DraftItem], DraftItem]) -> "Project":
        """The item at this place changed."""
        return replace(self, items=(*self.items[:at], change(self.items[at]), *self.items[at + 1 :]))

    def with_paper(self, at: int, paper: DraftPaper) -> "Project":
        """Another slot under an item."""
        return self.with_changed(at, lambda item: replace(item, papers=(*item.papers, paper)))

    def with_changed_paper(self, at: int, slot: int, change: Callable[[DraftPaper], DraftPaper]) -> "Project":
        """One slot of an item changed."""

        def changed(item: DraftItem) -> DraftItem:
            papers = item.papers
            return replace(item, papers=(*papers[:slot], change(papers[slot]), *papers[slot + 1 :]))

        return self.with_changed(at, changed)

    def without_paper(self, at: int, slot: int) -> "Project":
        """A slot taken away; its file stays in the folder."""
        return self.with_changed(at, lambda item: replace(item, papers=(*item.papers[:slot], *item.papers[slot + 1 :])))

    def with_times(self) -> "Project":
        """Starting times counted on from the meeting's own, by how long each item is to take."""
        if not self.meeting.starts:
            return self
        hour, minute = map(int, self.meeting.starts.split(":"))
        now = _DAY_ONE.replace(hour=hour, minute=minute)
        items = []
        for item in self.items:
            items.append(replace(item, starts=f"{now:%H:%M}"))
            now += timedelta(minutes=item.minutes)
        return replace(self, items=tuple(items))

    def files(self) -> set[str]:
        """The names of the files that are on the agenda."""
        return {paper.file for item in self.items for paper in item.papers if paper.file}

    def for_next_meeting(self, held_on: date) -> "Project":
        """The same agenda with empty slots, for another day: what copying the last meeting gives."""
        empty = [
            replace(item, papers=tuple(_emptied(paper) for paper in item.papers), starts="") for item in self.items
        ]
        meeting = replace(self.meeting, held_on=held_on)
        return Project(self.body, meeting, items=tuple(empty), supplement=self.supplement)

    def _renumbered(self, items: tuple[DraftItem, ...]) -> "Project":
        """Count on where the numbers did so before; numbers that follow no row are the secretary's own."""
        if not _in_a_row([item.number for item in self.items]):
            return replace(self, items=items)
        number, counted = self.items[0].number if self.items else "1", []
        for item in items:
            counted.append(replace(item, number=number))
            number = _next_number(number)
        return replace(self, items=tuple(counted))


def with_file(paper: DraftPaper, name: str) -> DraftPaper:
    """The slot with this file in it."""
    status = paper.status if paper.status in WITH_FILE else PaperStatus.PRESENT
    return replace(paper, file=name, status=status)


def with_status(paper: DraftPaper, status: PaperStatus) -> DraftPaper:
    """The slot with this state; one that has no file by its state lets go of it."""
    return replace(paper, status=status, file=paper.file if status in WITH_FILE else "")


def load_project(folder: Path) -> Project:
    """The project in this folder. Raises KnownError when there is none, or it is no TOML at all."""
    plan = read_plan(folder)
    by_item: dict[str, list[DraftPaper]] = {}
    for each in plan.papers:
        file = each.file.relative_to(folder).as_posix() if each.file else ""
        paper = DraftPaper(
            each.title, file, each.kind, each.status, each.audience, not each.no_printing, each.id, not each.no_export,
            each.watermark,
        )  # fmt: skip
        by_item.setdefault(each.item, []).append(paper)
    items = [_item(item, plan, by_item.get(item.number, ())) for item in plan.items]
    title = "" if plan.titled_itself else plan.title
    terms = (plan.supplement, plan.opens, plan.expires)
    return Project(plan.body, plan.meeting, title, plan.note, tuple(items), *terms)


def save_project(folder: Path, project: Project) -> None:
    """Keep it as folder/pack.toml, in one step. Raises KnownError where that cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".pack-", suffix=".toml")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(written(project))
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, folder / NAME)
    except OSError as error:
        raise KnownError(
            f"The agenda could not be kept in {folder}: {error.strerror}.",
            "What was kept before is still there.",
            "Make room, or see whether the folder can be written to.",
        ) from error


def written(project: Project) -> str:
    """The project as pack.toml."""
    meeting = project.meeting
    parts = [
        _REMARK,
        _table("[body]", [("name", project.body)]),
        _table(
            "[meeting]",
            [
                ("date", meeting.held_on.isoformat()),
                ("starts", meeting.starts),
                ("place", meeting.place),
                ("session", meeting.session.value),
            ],
        ),
        _table("[pack]", [("title", project.title), ("note", project.note), *_late(project), *_terms(project)]),
    ]
    parts += [_written_item(item) for item in project.items]
    parts += [_written_paper(item, paper) for item in project.items for paper in item.papers]
    return "\n".join(parts)


def _late(project: Project) -> list[tuple[str, object]]:
    return [("late", SUPPLEMENT)] if project.supplement else []


def _terms(project: Project) -> list[tuple[str, object]]:
    """The embargo as this computer's clock shows it, since a person may read it and write it."""
    rows: list[tuple[str, object]] = []
    if project.opens is not None:
        rows.append(("embargo", f"{project.opens.astimezone():%Y-%m-%d %H:%M}"))
    return rows + ([("expires", project.expires.isoformat())] if project.expires is not None else [])


def _item(item: AgendaItem, plan: Plan, papers: Sequence[DraftPaper]) -> DraftItem:
    number = item.number
    return DraftItem(
        number, item.title, item.purpose, item.lead, item.starts, plan.minutes.get(number, 0), tuple(papers),
        number in plan.private, plan.private.get(number, ""),
    )  # fmt: skip


def _written_item(item: DraftItem) -> str:
    rows: list[tuple[str, object]] = [
        ("number", item.number),
        ("title", item.title),
        ("purpose", item.purpose.value),
        ("lead", item.lead),
        ("starts", item.starts),
    ]
    rows += [("minutes", item.minutes)] if item.minutes else []
    rows += [("private", True)] if item.private else []
    rows += [("public_title", item.public_title)] if item.public_title else []
    return _table("[[items]]", rows)


def _written_paper(item: DraftItem, paper: DraftPaper) -> str:
    rows: list[tuple[str, object]] = [("item", item.number), ("title", paper.title)]
    rows += [("file", paper.file)] if paper.file else []
    rows += [("kind", paper.kind.value), ("status", paper.status.value)]
    rows += [("to", list(paper.audience.to))] if paper.audience.to else []
    rows += [("not_to", list(paper.audience.not_to))] if paper.audience.not_to else []
    rows += [] if paper.printing else [("printing", False)]
    rows += [] if paper.copying else [("copying", False)]
    rows += [("watermark", True)] if paper.watermark else []
    rows += [("id", paper.id)] if paper.id else []
    return _table("[[papers]]", rows)


def _table(head: str, rows: Iterable[tuple[str, object]]) -> str:
    """JSON's strings, lists, numbers and truths are TOML's as well."""
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f") for key, value in rows]
    return "\n".join([head, *lines, ""])


def _emptied(paper: DraftPaper) -> DraftPaper:
    verbal = paper.status is PaperStatus.VERBAL
    return replace(paper, file="", status=PaperStatus.VERBAL if verbal else PaperStatus.TO_FOLLOW, id="")


def _next_number(number: str) -> str:
    """The number after this one as the body writes them: "3" → "4", "2.9" → "2.10", "A7" → "A8"."""
    found = _LAST.fullmatch(number)
    return f"{found[1]}{int(found[2]) + 1}{found[3]}" if found else "1"


def _in_a_row(numbers: Sequence[str]) -> bool:
    return all(_next_number(one) == other for one, other in pairwise(numbers))
