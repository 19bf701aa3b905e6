"""Minutes of a meeting: an item for each of the agenda, with what was said, decided and is to be done. Kept beside the
agenda as minutes.toml, which can be written by hand as well."""

import json
import os
import tempfile
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktop.errors import KnownError
from desktop.packs.pack import Meeting, Session
from desktop.secretary.plan import Problems
from desktop.secretary.project import Project
from desktop.secretary.table import Table

NAME = "minutes.toml"
_LONGEST = 50_000  # letters of one item


@dataclass(frozen=True)
class ToDo:
    """An action that was agreed. due: as the minutes say it, since "before the next meeting" is a day as well."""

    what: str
    who: str = ""
    due: str = ""


@dataclass(frozen=True)
class Minuted:
    """One item. said: paragraphs with an empty line between them. decisions: "AGREED to …", each by itself."""

    number: str
    title: str
    said: str = ""
    decisions: tuple[str, ...] = ()
    actions: tuple[ToDo, ...] = ()


@dataclass(frozen=True)
class Minutes:
    """Of a whole meeting. confirmed: the day on which the next meeting did so; a draft until then."""

    body: str
    meeting: Meeting
    present: tuple[str, ...] = ()
    apologies: tuple[str, ...] = ()
    attending: tuple[str, ...] = ()
    items: tuple[Minuted, ...] = ()
    confirmed: date | None = None

    def with_item(self, at: int, item: Minuted) -> "Minutes":
        """The item at this place changed."""
        return replace(self, items=(*self.items[:at], item, *self.items[at + 1 :]))


def minutes_of(project: Project, folder: Path) -> Minutes:
    """The minutes kept in a folder, in step with its agenda: an item that is new there is new here, and what was
    written stays, also of an item that is not on the agenda any more. Raises Problems where they cannot be read."""
    kept = _load(folder)
    whole = Minutes(project.body, project.meeting) if kept is None else kept
    known = {item.number: item for item in whole.items}
    now = [
        replace(known.pop(each.number, Minuted("", "")), number=each.number, title=each.title) for each in project.items
    ]
    left = [item for item in known.values() if item.said or item.decisions or item.actions]
    return replace(whole, body=project.body, meeting=project.meeting, items=(*now, *left))


def save_minutes(folder: Path, minutes: Minutes) -> None:
    """Keep them beside the agenda, in one step. Raises KnownError where that cannot be written."""
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=".minutes-", suffix=".toml")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(_written(minutes))
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, folder / NAME)
    except OSError as error:
        raise KnownError(
            f"The minutes could not be kept in {folder}: {error.strerror}.", "What was kept before is still there.",
            "Make room, or see whether the folder can be written to.",
        ) from error  # fmt: skip


def to_do_of(line: str) -> ToDo | None:
    """The action in a line "what | who | by when", None of an empty one."""
    parts = [part.strip() for part in line.split("|", 2)] + ["", ""]
    return ToDo(parts[0], parts[1], parts[2]) if parts[0] else None


def line_of(action: ToDo) -> str:
    """An action as a line to edit."""
    return " | ".join([action.what, action.who, action.due]).rstrip(" |")


def _load(folder: Path) -> Minutes | None:
    try:
        values = tomllib.loads((folder / NAME).read_text("utf-8-sig"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Problems(folder, [f"{NAME} cannot be understood: {error}."]) from error
    problems: list[str] = []
    whole = Table(values, NAME, problems)
    about = whole.inner("minutes", needed=False)
    confirmed = about.day("confirmed") if about.has("confirmed") else None
    present, apologies, attending = about.names("present"), about.names("apologies"), about.names("attending")
    items = tuple(map(_item, whole.each("items")))
    about.end()
    whole.end()
    if problems:
        raise Problems(folder, problems)
    unknown = Meeting(date.min, "", "", Session.PUBLIC)  # the agenda beside it says which
    return Minutes("", unknown, present, apologies, attending, items, confirmed)


def _item(table: Table) -> Minuted:
    item = Minuted(
        table.text("number", needed=True, limit=20),
        table.text("title"),
        table.text("said", limit=_LONGEST, lines=True),
        table.names("decisions"),
        tuple(map(_action, table.each("actions"))),
    )
    table.end()
    return item


def _action(table: Table) -> ToDo:
    action = ToDo(table.text("what", needed=True), table.text("who"), table.text("due"))
    table.end()
    return action


def _written(minutes: Minutes) -> str:
    rows: list[tuple[str, object]] = [
        ("present", list(minutes.present)),
        ("apologies", list(minutes.apologies)),
        ("attending", list(minutes.attending)),
    ]
    rows += [("confirmed", minutes.confirmed.isoformat())] if minutes.confirmed else []
    parts = [_REMARK, _table("[minutes]", rows)]
    for item in minutes.items:
        of_item = [("number", item.number), ("title", item.title), ("said", item.said)]
        parts.append(_table("[[items]]", [*of_item, ("decisions", list(item.decisions))]))
        parts += [
            _table("[[items.actions]]", [("what", each.what), ("who", each.who), ("due", each.due)])
            for each in item.actions
        ]
    return "\n".join(parts)


def _table(head: str, rows: Iterable[tuple[str, object]]) -> str:
    """JSON's strings and lists are TOML's as well."""
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f") for key, value in rows]
    return "\n".join([head, *lines, ""])


_REMARK = """\
# Minutes of the meeting whose agenda lies beside this file. Text stands in "quotation marks".
#   said       what was said; \\n\\n begins a new paragraph
#   decisions  each by itself: ["AGREED to approve the accounts"]
#   actions    under [[items.actions]]: what, who and due
"""
