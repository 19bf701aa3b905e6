"""Pre-flight: what is wrong with a pack, found before members do. Each remark says where, what, and what to do."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from desktop.errors import KnownError
from desktop.packs.pack import PaperStatus
from desktop.papers.scholar import Scholar
from desktop.papers.understanding import ReadPaper as WholePaper
from desktop.papers.understanding import Understood
from desktop.pdf.errors import PdfError
from desktop.pdf.protocol import Facts, Look, PageText, Source
from desktop.secretary.checks import (
    actions,
    days,
    fronts,
    hidden,
    legible,
    personal,
    pointing,
    ranges,
    risks,
    short_forms,
)
from desktop.secretary.checks.remark import ReadPaper, Remark, Weight
from desktop.secretary.project import DraftItem, DraftPaper, Project

__all__ = ["Remark", "Weight", "check_project"]

_Check = Callable[[Sequence[ReadPaper]], Iterable[Remark]]
_CHECKS: tuple[_Check, ...] = (
    legible.check,
    fronts.check,
    ranges.check,
    pointing.check,
    actions.check,
    risks.check,
    days.check,
    short_forms.check,
    personal.check,
    hidden.check,
)
_LONG_AGO, _FAR_AHEAD = timedelta(days=366), timedelta(days=366)
_LOOKED_AT = 400  # pages of one paper


class PdfReader(Protocol):
    """The part of the PDF worker's client that the check needs."""

    def open(self, source: Source) -> "Future[Facts]":
        """Open a paper in the worker."""
        ...

    def texts(self, version: str, first: int, last: int) -> "Future[list[PageText]]":
        """The text of its pages."""
        ...

    def look(self, version: str) -> "Future[Look]":
        """What it carries besides what is seen."""
        ...

    def close_document(self, version: str) -> None:
        """Let go of it."""
        ...


def check_project(folder: Path, project: Project, pdf: PdfReader, today: date, scholar: Scholar) -> list[Remark]:
    """Everything found, the gravest first and then in agenda order. Recognisers run in the scholar's own process."""
    remarks = list(_check_meeting(project, today))
    read: list[ReadPaper] = []
    for item in project.items:
        for paper in item.papers:
            remarks += _check_slot(folder, item, paper)
            if paper.file and (folder / paper.file).is_file():
                remarks += _read(folder, item, paper, pdf, scholar, read)
    remarks += _check_twice(project)
    for check in _CHECKS:
        remarks += check(read)
    remarks += hidden.check_documents(folder, sorted(project.files()))
    order = list(Weight)
    places = {item.number: place for place, item in enumerate(project.items)}
    return sorted(remarks, key=lambda remark: (order.index(remark.weight), places.get(remark.item, -1)))


def _check_meeting(project: Project, today: date) -> Iterator[Remark]:
    held_on = project.meeting.held_on
    if not project.items:
        yield Remark(Weight.STOPS, "The agenda is empty.", "Add the first item.")
    if held_on < today - _LONG_AGO or held_on > today + _FAR_AHEAD:
        yield Remark(Weight.SEE_TO, f"The meeting is on {held_on:%d %B %Y}.", "See whether the year is right.")
    numbers = [item.number for item in project.items]
    for number in sorted({each for each in numbers if numbers.count(each) > 1}):
        yield Remark(Weight.STOPS, f"The number {number} is on the agenda twice.", "Give one of them another.", number)
    clocks = [(item.starts, item.number) for item in project.items if item.starts]
    for (before, _), (after, number) in pairwise(clocks):
        if after < before:
            yield Remark(Weight.SEE_TO, f"Item {number} begins at {after}, before the item in front of it.", "", number)


def _check_slot(folder: Path, item: DraftItem, paper: DraftPaper) -> Iterator[Remark]:
    if paper.status is PaperStatus.TO_FOLLOW:
        what = f"“{paper.title}” is still to follow."
        yield Remark(Weight.SEE_TO, what, "Add it, or despatch it later as a new edition.", item.number, paper.title)
    elif paper.file and not (folder / paper.file).is_file():
        what = f"The file {paper.file} is not in the folder."
        yield Remark(Weight.STOPS, what, "Put it back, or choose another.", item.number, paper.title)
    if not paper.title:
        yield Remark(Weight.STOPS, "A paper has no title.", "Give it one.", item.number)


def _read(
    folder: Path, item: DraftItem, paper: DraftPaper, pdf: PdfReader, scholar: Scholar, read: list[ReadPaper]
) -> Iterator[Remark]:
    path = folder / paper.file
    version = f"check-{path}"
    try:
        facts = pdf.open(Source(version, path)).result()
        last = min(len(facts.pages), _LOOKED_AT) - 1
        pages = pdf.texts(version, 0, last).result() if last >= 0 else []
        look = _looked(pdf, version)
    except KnownError as error:
        yield Remark(Weight.STOPS, error.what, "Ask its author for a sound file.", item.number, paper.title)
        return
    finally:
        pdf.close_document(version)
    if not facts.pages:
        what = f"{paper.file} has no pages."
        yield Remark(Weight.STOPS, what, "Ask its author for a sound file.", item.number, paper.title)
        return
    found = _understood(scholar, facts, pages)
    read.append(ReadPaper(item, paper, facts, tuple(pages), found, look))
    if found is None or look is None:
        what = f"“{paper.title}” could be opened, and not all of it could be looked through."
        yield Remark(Weight.KNOW, what, "Look at it yourself.", item.number, paper.title)
    elif len(facts.pages) > _LOOKED_AT:
        what = f"“{paper.title}” has {len(facts.pages)} pages: the first {_LOOKED_AT} were looked at."
        yield Remark(Weight.KNOW, what, "", item.number, paper.title)


def _looked(pdf: PdfReader, version: str) -> Look | None:
    try:
        return pdf.look(version).result()
    except KnownError:
        return None


def _understood(scholar: Scholar, facts: Facts, pages: Sequence[PageText]) -> Understood | None:
    sizes = [(page.width, page.height) for page in facts.pages]
    try:
        return scholar.study(WholePaper(pages, sizes, facts.outline, facts.title))
    except PdfError:
        return None


def _check_twice(project: Project) -> Iterable[Remark]:
    seen: dict[str, str] = {}
    for item in project.items:
        for paper in item.papers:
            if paper.file and paper.file in seen and seen[paper.file] != item.number:
                what = f"{paper.file} is under item {seen[paper.file]} and under item {item.number}."
                yield Remark(Weight.KNOW, what, "", item.number, paper.title)
            if paper.file:
                seen.setdefault(paper.file, item.number)
