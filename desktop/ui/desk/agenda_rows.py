"""The agenda being put together, as rows: its items, their papers' slots, and files that have no slot yet."""

from collections.abc import Iterator, Sequence

from desktop.packs.index import WITH_FILE
from desktop.packs.pack import PaperStatus, Purpose
from desktop.secretary.project import DraftItem, DraftPaper, Project
from desktop.ui.kit.words import say_time
from desktop.ui.panels.rows import Chip, Line, Row, said

LOOSE = "loose "  # keys: "item 3", "paper 3 0", "loose name.pdf"; places count from 0
_PURPOSES = {Purpose.DECISION: "Decision", Purpose.ASSURANCE: "Assurance", Purpose.INFORMATION: "Information"}
_STATUS = {
    PaperStatus.PRESENT: "",
    PaperStatus.LATE: "Late",
    PaperStatus.TABLED: "Tabled",
    PaperStatus.VERBAL: "Verbal, no paper",
    PaperStatus.TO_FOLLOW: "To follow",
    PaperStatus.WITHDRAWN: "Withdrawn",
}


def agenda_rows(project: Project, loose: Sequence[str]) -> list[Row]:
    """Every row, in order."""
    return [*_items(project), *_loose(loose)]


def item_key(at: int) -> str:
    """The key of an item's row."""
    return f"item {at}"


def paper_key(at: int, slot: int) -> str:
    """The key of a slot's row."""
    return f"paper {at} {slot}"


def place_of(key: str) -> tuple[int, int | None] | None:
    """Which item, and which of its slots, a row stands for; None for a loose file."""
    kind, _, rest = key.partition(" ")
    if kind == "item":
        return int(rest), None
    if kind == "paper":
        at, slot = rest.split()
        return int(at), int(slot)
    return None


def _items(project: Project) -> Iterator[Row]:
    for at, item in enumerate(project.items):
        yield _item(at, item)
        for slot, paper in enumerate(item.papers):
            yield _paper(at, slot, paper)


def _item(at: int, item: DraftItem) -> Row:
    purpose = _PURPOSES.get(item.purpose, "")
    length = f"{item.minutes} min" if item.minutes else ""
    about = " · ".join(part for part in (item.lead, say_time(item.starts) if item.starts else "", length) if part)
    lines = [said(item.title or "No title yet", strong=True)]
    if purpose or about:
        shape = Chip.SOLID if item.purpose is Purpose.DECISION else Chip.OUTLINE
        lines.append(Line(((about, False),), "quiet", chip=purpose, chip_shape=shape))
    spoken = ", ".join(part for part in (f"Item {item.number}", item.title, purpose, about) if part)
    return Row(item_key(at), tuple(lines), spoken, number=item.number)


def _paper(at: int, slot: int, paper: DraftPaper) -> Row:
    state = _STATUS[paper.status]
    missing = paper.status in WITH_FILE and not paper.file
    detail = paper.file or ("No file yet" if missing else state)
    if paper.file and state:
        detail = f"{state} · {paper.file}"
    tint = "warn" if missing or paper.status is PaperStatus.TO_FOLLOW else "quiet"
    held = " · not to everybody" if paper.audience.to or paper.audience.not_to else ""
    lines = (said(paper.title or "No title yet"), said(detail + held, tint=tint, most=2))
    return Row(paper_key(at, slot), lines, f"Paper: {paper.title}, {detail}{held}", indented=True)


def _loose(names: Sequence[str]) -> Iterator[Row]:
    if names:
        yield Row("loose", (said("In the folder, not on the agenda", strong=True),), "", heading=True)
    for name in names:
        yield Row(f"{LOOSE}{name}", (said(name, most=2),), f"File not on the agenda: {name}")
