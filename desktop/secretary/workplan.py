"""What a body's workplan says should come to a meeting, to be offered for its agenda."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz

from desktop.errors import KnownError
from desktop.papers.finding import Finding, FindingKind, of_kind
from desktop.papers.scholar import Scholar
from desktop.papers.understanding import ReadPaper
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import Source
from desktop.secretary.adding import pdfs_in
from desktop.secretary.project import DraftItem, Project

_NAMED = re.compile(r"work\W?(?:plan|programme)|forward\W?(?:plan|look)|cycle\W?of\W?business|planner", re.IGNORECASE)
_MOST_PAGES = 60
_SAME = 90.0  # of 100: it is on the agenda already


@dataclass(frozen=True)
class Offer:
    """An item of the workplan. due: it is marked for this meeting. source: the file it was read in."""

    title: str
    lead: str
    due: bool
    source: str


def offers_for(project: Project, folders: Iterable[Path], pdf: PdfClient, scholar: Scholar) -> list[Offer]:
    """What the newest workplan in these folders has, due items first; nothing that is on the agenda already.

    Raises KnownError where there is no workplan to be read.
    """
    for folder in folders:
        for name in pdfs_in(folder):
            if _NAMED.search(name) and (entries := _entries(folder / name, pdf, scholar)):
                return list(_offers(entries, project, name))
    raise KnownError(
        "No workplan was found.", "Nothing was changed.",
        "Put the body’s workplan, as a PDF with “workplan” in its name, into this meeting’s folder or the last one’s.",
    )  # fmt: skip


def with_offers(project: Project, offers: Sequence[Offer]) -> Project:
    """The agenda with these at its end, numbered on."""
    for offer in offers:
        at = len(project.items)
        project = project.with_item(offer.title, at)
        project = project.with_changed(at, lambda item, lead=offer.lead: _led(item, lead))  # type: ignore[misc]
    return project


def _led(item: DraftItem, lead: str) -> DraftItem:
    return replace(item, lead=lead)


def _entries(path: Path, pdf: PdfClient, scholar: Scholar) -> list[Finding]:
    version = f"workplan-{path}"
    try:
        facts = pdf.open(Source(version, path)).result()
        last = min(len(facts.pages), _MOST_PAGES) - 1
        pages = pdf.texts(version, 0, last).result()
        sizes = [(page.width, page.height) for page in facts.pages]
        found = scholar.study(ReadPaper(pages, sizes, facts.outline, facts.title))
    except KnownError:
        return []  # pre-flight says what is wrong with it
    finally:
        pdf.close_document(version)
    return of_kind(found.findings, FindingKind.WORKPLAN_ENTRY)


def _offers(entries: Sequence[Finding], project: Project, source: str) -> Iterator[Offer]:
    held_on = project.meeting.held_on
    seen = [item.title.casefold() for item in project.items]
    offers = []
    for entry in entries:
        title = " ".join(entry.text.split())
        if title and not any(fuzz.token_set_ratio(title.casefold(), other) >= _SAME for other in seen):
            seen.append(title.casefold())
            offers.append(Offer(title, entry.fact("lead"), _is_due(entry, held_on), source))
    yield from (offer for offer in offers if offer.due)
    yield from (offer for offer in offers if not offer.due)


def _is_due(entry: Finding, held_on: date) -> bool:
    for part in entry.parts:
        day, month = part.fact("date"), part.fact("month")
        if day and day[0] != "-":
            if day == held_on.isoformat():
                return True
        elif month in (f"{held_on:%Y-%m}", f"--{held_on:%m}"):
            return True
    return False
