"""Pre-flight: what is wrong with a pack, found before members do. Each remark says where, what, and what to do."""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from desktop.errors import KnownError
from desktop.packs.pack import PaperStatus
from desktop.pdf.protocol import Facts, PageText, Source
from desktop.secretary.project import DraftItem, DraftPaper, Project

_LONG_AGO, _FAR_AHEAD = timedelta(days=366), timedelta(days=366)
_LOOKED_AT = 400  # pages of one paper


class Weight(Enum):
    """How much a remark weighs: what stops the despatch, what should be seen to, what is only good to know."""

    STOPS = "stops"
    SEE_TO = "see to"
    KNOW = "know"


@dataclass(frozen=True)
class Remark:
    """One finding. item: its number, "" for the pack itself. paper: its title. page: from 1 within it, 0 for none."""

    weight: Weight
    what: str
    do: str = ""
    item: str = ""
    paper: str = ""
    page: int = 0


class PdfReader(Protocol):
    """The part of the PDF worker's client that the check needs."""

    def open(self, source: Source) -> "Future[Facts]":
        """Open a paper in the worker."""
        ...

    def texts(self, version: str, first: int, last: int) -> "Future[list[PageText]]":
        """The text of its pages."""
        ...

    def close_document(self, version: str) -> None:
        """Let go of it."""
        ...


@dataclass(frozen=True)
class ReadPaper:
    """A paper as far as it could be read."""

    item: DraftItem
    paper: DraftPaper
    facts: Facts
    pages: tuple[PageText, ...]


def check_project(folder: Path, project: Project, pdf: PdfReader, today: date) -> list[Remark]:
    """Everything found, the gravest first and then in agenda order."""
    remarks = list(_check_meeting(project, today))
    read: list[ReadPaper] = []
    for item in project.items:
        for paper in item.papers:
            remarks += _check_slot(folder, item, paper)
            if paper.file and (folder / paper.file).is_file():
                remarks += _read(folder, item, paper, pdf, read)
    remarks += _check_twice(project)
    remarks += [remark for paper in read for remark in _check_text(paper)]
    order = list(Weight)
    return sorted(remarks, key=lambda remark: order.index(remark.weight))


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


def _read(folder: Path, item: DraftItem, paper: DraftPaper, pdf: PdfReader, read: list[ReadPaper]) -> Iterator[Remark]:
    path = folder / paper.file
    version = f"check-{path}"
    try:
        facts = pdf.open(Source(version, path)).result()
        last = min(len(facts.pages), _LOOKED_AT) - 1
        pages = pdf.texts(version, 0, last).result() if last >= 0 else []
    except KnownError as error:
        yield Remark(Weight.STOPS, error.what, "Ask its author for a sound file.", item.number, paper.title)
        return
    finally:
        pdf.close_document(version)
    if not facts.pages:
        what = f"{paper.file} has no pages."
        yield Remark(Weight.STOPS, what, "Ask its author for a sound file.", item.number, paper.title)
        return
    read.append(ReadPaper(item, paper, facts, tuple(pages)))


def _check_text(read: ReadPaper) -> Iterator[Remark]:
    blind = [page.page + 1 for page in read.pages if not page.text.strip()]
    if blind:
        whole = len(blind) == len(read.facts.pages)
        where = "any of its pages" if whole else f"{len(blind)} of its {len(read.facts.pages)} pages"
        yield Remark(
            Weight.SEE_TO,
            f"“{read.paper.title}” has no words on {where}: search, reading aloud and links cannot see them.",
            "Ask its author for the file it was printed from.",
            read.item.number,
            read.paper.title,
            blind[0],
        )


def _check_twice(project: Project) -> Iterable[Remark]:
    seen: dict[str, str] = {}
    for item in project.items:
        for paper in item.papers:
            if paper.file and paper.file in seen and seen[paper.file] != item.number:
                what = f"{paper.file} is under item {seen[paper.file]} and under item {item.number}."
                yield Remark(Weight.KNOW, what, "", item.number, paper.title)
            if paper.file:
                seen.setdefault(paper.file, item.number)
