"""Minutes at work: their actions onto the log, their document, and both into the next meeting's pack."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from desktop.errors import KnownError
from desktop.packs.pack import PaperKind
from desktop.secretary import minutes_writing as writing
from desktop.secretary.action_log import log_of, matters_arising, take_actions
from desktop.secretary.minutes import Minutes, minutes_of, save_minutes
from desktop.secretary.places import open_place
from desktop.secretary.project import DraftPaper, Project, load_project, save_project, with_file
from desktop.secretary.publish import Publisher
from desktop.secretary.registry import Registry
from desktop.secretary.retention import confirm_minutes

LOG = "Action log.pdf"
SetPdf = Callable[[str, str, str], bytes]  # HTML, its style, and the foot of each page


@dataclass(frozen=True)
class Carried:
    """What was put into the next pack. loose: files that found no place on its agenda."""

    files: tuple[str, ...]
    loose: tuple[str, ...]


def write_minutes(registry: Registry, folder: Path, out: Path, set_pdf: SetPdf) -> Minutes:
    """Write a folder's minutes as out (.docx or .pdf), and put their actions on the log. Raises KnownError."""
    minutes = minutes_of(load_project(folder), folder)
    take_actions(registry, registry.office(minutes.body), minutes)
    if out.suffix.lower() == ".docx":
        _write(out, writing.minutes_docx(minutes))
    elif out.suffix.lower() == ".pdf":
        _write(out, set_pdf(writing.minutes_html(minutes), writing.CSS, writing.FOOT))
    else:
        raise KnownError(f"{out.name} is neither a Word document nor a PDF.", "Nothing was written.")
    return minutes


def carry_to(registry: Registry, folder: Path, next_folder: Path, today: date, set_pdf: SetPdf) -> Carried:
    """Put the minutes, to be confirmed, and the action log into the pack of the next meeting, each where its agenda has
    a place for it. Raises KnownError where it is no later meeting of the same body."""
    project = load_project(next_folder)
    minutes = minutes_of(load_project(folder), folder)
    if project.body != minutes.body or project.meeting.held_on <= minutes.meeting.held_on:
        raise KnownError(
            f"{next_folder.name} is no later meeting of {minutes.body}.", "Nothing was written.",
            "Begin the next meeting on the desk first.",
        )  # fmt: skip
    name = writing.file_name(minutes, ".pdf")
    write_minutes(registry, folder, next_folder / name, set_pdf)
    log = log_of(registry, registry.office(minutes.body).body_id)
    arising = matters_arising(log, minutes.meeting.held_on)
    _write(next_folder / LOG, set_pdf(writing.log_html(minutes.body, arising, today), writing.CSS, writing.FOOT))
    project, placed = _placed(project, name, PaperKind.MINUTES, ("minutes",))
    project, logged = _placed(project, LOG, PaperKind.ACTION_LOG, ("action", "matters arising"))
    save_project(next_folder, project)
    return Carried((name, LOG), tuple(file for file, found in ((name, placed), (LOG, logged)) if not found))


def confirm(registry: Registry, folder: Path, on: date) -> Minutes:
    """The next meeting confirmed them on that day: no draft any more, and members are told, since their notes may go
    with it. Raises KnownError for a day before the meeting, or where the repository is away."""
    minutes = replace(minutes_of(load_project(folder), folder), confirmed=on)
    office, meeting = registry.office(minutes.body), minutes.meeting
    confirm_minutes(registry, office, meeting.held_on, on, meeting.session)
    save_minutes(folder, minutes)
    place = open_place(registry, office.repository)
    try:
        Publisher(registry, office, place).tell_retention()
    finally:
        place.close()
    return minutes


def _placed(project: Project, name: str, kind: PaperKind, words: tuple[str, ...]) -> tuple[Project, bool]:
    """The file in the slot of its kind that is empty or holds it already; else under the item that is called so."""
    for at, item in enumerate(project.items):
        for slot, paper in enumerate(item.papers):
            if paper.file == name:
                return project, True
            if paper.kind is kind and not paper.file:
                return project.with_changed_paper(at, slot, partial(_titled, name)), True
    for at, item in enumerate(project.items):
        if any(word in item.title.casefold() for word in words):
            return project.with_paper(at, with_file(DraftPaper(Path(name).stem, kind=kind), name)), True
    return project, False


def _titled(name: str, paper: DraftPaper) -> DraftPaper:
    return with_file(replace(paper, title=Path(name).stem), name)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise KnownError(f"{path} could not be written: {error.strerror}.", "", "Choose another place.") from error
