"""What papers say and point to, from files alone: for developers, as JSON, and for anyone who wonders, as lines.

Neither store nor screen: the papers are read and understood in the worker processes, as when a pack arrives. The schema
is described in resources/help/secretary.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop import __version__
from desktop.errors import KnownError
from desktop.links.facts import ItemFacts, Link, PackFacts, PaperFacts
from desktop.links.resolving import resolve_pack
from desktop.links.unpacked import Loose, pack_of_folder
from desktop.papers.finding import Finding, FindingKind
from desktop.papers.scholar import Scholar
from desktop.papers.understanding import ReadPaper, Understood
from desktop.pdf.client import PdfClient
from desktop.pdf.errors import PdfError
from desktop.pdf.protocol import Facts, Source
from desktop.secretary.plan import NAME, Plan, read_plan

SCHEMA = 1  # counted up when a field changes its name or meaning
_AT_ONCE = 64  # pages asked for together
_GROUPS = {
    "kind": FindingKind.PAPER_KIND,
    "meeting": FindingKind.MEETING,
    "items": FindingKind.AGENDA_ITEM,
    "attendees": FindingKind.ATTENDEE,
    "minutes": FindingKind.MINUTE,
    "decisions": FindingKind.DECISION,
    "interests": FindingKind.INTEREST,
    "promises": FindingKind.PROMISE,
    "actions": FindingKind.ACTION,
    "risks": FindingKind.RISK,
    "fronts": FindingKind.FRONT_SHEET,
    "governance": FindingKind.GOVERNANCE,
    "recommendations": FindingKind.RECOMMENDATION,
    "aaa": FindingKind.AAA_ENTRY,
    "workplan": FindingKind.WORKPLAN_ENTRY,
    "terms": FindingKind.TERMS,
    "indicators": FindingKind.INDICATOR,
}


@dataclass(frozen=True)
class Inspected:
    """A paper that was read. file: beside the pack's folder; trouble: why it could not be, "" where it could."""

    file: Path
    pages: int = 0
    found: Understood | None = None
    trouble: str = ""


@dataclass(frozen=True)
class InspectedPack:
    """The papers of one folder, with what their mentions lead to, paper by paper."""

    folder: Path
    facts: PackFacts
    papers: tuple[Inspected, ...]
    links: tuple[tuple[PaperFacts, list[Link]], ...] = ()


def is_for_papers(path: Path) -> bool:
    """Whether it is for `inspect_papers` to say what a file or folder is."""
    return path.is_dir() or path.suffix.casefold() == ".pdf"


def inspect_papers(path: Path) -> list[InspectedPack]:
    """A PDF, a folder of them, or a folder of such folders, each a pack of one body. Raises KnownError where there is
    no PDF, or only one and it cannot be read."""
    folders = _folders(path)
    if not folders:
        raise KnownError(f"There is no PDF in {path}.", "", "Name a PDF, or a folder with the papers of a pack.")
    pdf, scholar = PdfClient("inspect"), Scholar("inspect-papers")
    try:
        read = [(folder, [_inspected(file, pdf, scholar) for file in files]) for folder, files in folders]
    finally:
        scholar.shut_down()
        pdf.shut_down()
    papers = [paper for _, each in read for paper in each]
    if len(papers) == 1 and papers[0].trouble:
        raise KnownError(papers[0].trouble)
    return _linked([_pack(folder, each) for folder, each in read])


def as_json(packs: Sequence[InspectedPack]) -> dict[str, Any]:
    """Everything, as the help describes it."""
    return {"despatch": __version__, "schema": SCHEMA, "packs": [_pack_json(pack) for pack in packs]}


def as_lines(packs: Sequence[InspectedPack]) -> Iterator[str]:
    """For reading: what each paper is, and what it says, a line each with its page."""
    for pack in packs:
        links = {paper.paper_id: found for paper, found in pack.links}
        for paper in pack.papers:
            yield from _paper_lines(paper, links.get(paper.file.name, []))


def _folders(path: Path) -> list[tuple[Path, list[Path]]]:
    if not path.exists():
        raise KnownError(f"There is no file {path}.")
    if not path.is_dir():
        return [(path.parent, [path])]
    found: dict[Path, list[Path]] = {}
    for file in sorted(each for each in path.rglob("*") if each.suffix.casefold() == ".pdf" and each.is_file()):
        found.setdefault(file.parent, []).append(file)
    return sorted(found.items())


def _inspected(file: Path, pdf: PdfClient, scholar: Scholar) -> Inspected:
    version = str(file)
    try:
        facts = pdf.open(Source(version, file)).result()
        found = scholar.study(_read(version, facts, pdf))
    except PdfError as error:
        return Inspected(file, trouble=str(error))
    finally:
        pdf.close_document(version)
    return Inspected(file, len(facts.pages), found)


def _read(version: str, facts: Facts, pdf: PdfClient) -> ReadPaper:
    last = len(facts.pages) - 1
    asked = [pdf.texts(version, first, min(first + _AT_ONCE - 1, last)) for first in range(0, last + 1, _AT_ONCE)]
    pages = [text for batch in asked for text in batch.result()]
    return ReadPaper(pages, [(page.width, page.height) for page in facts.pages], facts.outline, facts.title)


def _pack(folder: Path, papers: Sequence[Inspected]) -> InspectedPack:
    """The folder as a pack; what a pack.toml in it says of items and titles holds."""
    plan = _plan(folder)
    planned = {paper.file: paper for paper in plan.papers if paper.file} if plan else {}
    loose = []
    for paper in papers:
        if paper.found is not None:
            said = planned.get(paper.file)
            known = (said.item, said.title, said.kind.value) if said else ("", "", "")
            loose.append(Loose(paper.file.name, paper.pages, paper.found.pointers, paper.found.stamps, *known))
    items = [ItemFacts(item.number, item.title) for item in plan.items] if plan else []
    facts = pack_of_folder(folder.resolve().name, loose, plan.body if plan else "", items)
    return InspectedPack(folder, facts, tuple(papers))


def _plan(folder: Path) -> Plan | None:
    if not (folder / NAME).is_file():
        return None
    try:
        return read_plan(folder)
    except KnownError:
        return None  # a plan with mistakes says nothing here: the papers do


def _linked(packs: Sequence[InspectedPack]) -> list[InspectedPack]:
    linked = []
    for pack in packs:
        others = [other.facts for other in packs if other is not pack]
        linked.append(InspectedPack(pack.folder, pack.facts, pack.papers, tuple(resolve_pack(pack.facts, others))))
    return linked


def _pack_json(pack: InspectedPack) -> dict[str, Any]:
    links = {paper.paper_id: (paper, found) for paper, found in pack.links}
    said: dict[str, Any] = {"name": pack.facts.title, "held_on": pack.facts.held_on, "body": pack.facts.body}
    return said | {"papers": [_paper_json(paper, links.get(paper.file.name)) for paper in pack.papers]}


def _paper_json(paper: Inspected, linked: tuple[PaperFacts, list[Link]] | None) -> dict[str, Any]:
    said: dict[str, Any] = {"file": paper.file.name, "pages": paper.pages}
    if paper.found is None:
        return said | {"trouble": paper.trouble}
    facts, links = linked if linked else (None, [])
    if facts is not None:
        said |= {"title": facts.title, "item": facts.item}
    contents = [{"level": each.level, "title": each.title, "page": each.page} for each in paper.found.outline.entries]
    said["contents"] = contents
    for name, kind in _GROUPS.items():
        said[name] = [finding.to_json() for finding in paper.found.findings if finding.kind is kind]
    return said | {"references": [_link_json(link) for link in links]}


def _link_json(link: Link) -> dict[str, Any]:
    said = link.mention.to_json() | {
        "scope": link.scope.value,
        "confidence": link.confidence.value,
        "reason": link.reason,
        "targets": [
            {"pack": each.pack_id, "file": each.paper_id, "page": each.page, "boxes": each.boxes, "title": each.title}
            for each in link.targets
        ],
    }
    return said | ({"address": link.address} if link.address else {})


def _paper_lines(paper: Inspected, links: Sequence[Link]) -> Iterator[str]:
    if paper.found is None:
        yield f"{paper.file.name}: {paper.trouble}"
        return
    kinds = [finding.fact("kind") for finding in paper.found.findings if finding.kind is FindingKind.PAPER_KIND]
    pages = f"{paper.pages} page" if paper.pages == 1 else f"{paper.pages} pages"
    yield f"{paper.file.name}: {', '.join([*kinds, pages])}"
    for name, kind in _GROUPS.items():
        of_kind = [finding for finding in paper.found.findings if finding.kind is kind]
        if of_kind and kind is not FindingKind.PAPER_KIND:
            yield f"  {name}"
            yield from (f"    {_finding_line(finding)}" for finding in of_kind)
    if links:
        yield "  references"
        yield from (f"    {_link_line(link)}" for link in links)


def _finding_line(finding: Finding) -> str:
    """ "TB/25/58  To approve the minutes …  (page 2)"."""
    ref = finding.ref or finding.fact("minute")
    text = _short(finding.text)
    unsure = "" if finding.confidence.value == "certain" else f", {finding.confidence.value}"
    return f"{ref + '  ' if ref else ''}{text}  (page {finding.page + 1}{unsure})"


def _link_line(link: Link) -> str:
    if link.address:
        return f"“{_short(link.mention.text)}” on page {link.mention.place.page + 1}: {link.address}"
    leads = "; ".join(f"{each.paper_id} page {each.page + 1}" for each in link.targets)
    return f"“{_short(link.mention.text)}” on page {link.mention.place.page + 1}: {leads or 'nowhere'} ({link.reason})"


def _short(text: str, most: int = 100) -> str:
    return text if len(text) <= most else text[: text.rfind(" ", 0, most)] + " …"
