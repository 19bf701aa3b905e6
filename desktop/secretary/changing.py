"""What an edition of a pack changes, told to the secretary as members will see it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.packs.pack import AgendaItem, Pack, PaperStatus
from desktop.secretary.compile import pack_before, pack_id_of, with_ids
from desktop.secretary.edition import Edition
from desktop.secretary.plan import Plan, read_plan
from desktop.secretary.registry import Registry


@dataclass(frozen=True)
class Changed:
    """An edition against the one before, in the order of the agenda. edition: its number.

    added: papers with a file that had none. corrected: another file. withdrawn: that were there and are not. renamed:
    "item title", before and now. agenda: items that are new, gone or called otherwise, in words. note: the secretary's.
    """

    edition: int
    added: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    agenda: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether members would see nothing new."""
        return not (self.added or self.corrected or self.withdrawn or self.renamed or self.agenda)


@dataclass(frozen=True)
class _Now:
    """A paper of the later edition. sha256: "" without a file."""

    id: str
    name: str
    sha256: str
    withdrawn: bool


def what_changes(registry: Registry, plan: Plan) -> Changed | None:
    """What despatching a plan now would change; None for a first edition."""
    before = pack_before(registry, plan)
    if before is None:
        return None
    papers = [
        _Now(
            key, f"{paper.item} {paper.title}", _hash_of(paper.file) if paper.file else "",
            paper.status is PaperStatus.WITHDRAWN,
        )
        for paper, key in with_ids(plan, before)
    ]  # fmt: skip
    return _compare(before.pack, papers, plan.items, before.pack.edition + 1, plan.note)


def what_changed(registry: Registry, body_id: str, pack_id: str) -> Changed | None:
    """What the edition despatched last changed; None where it was the first."""
    rows = registry.despatches.of_pack(body_id, pack_id)
    if len(rows) < 2:
        return None
    before, after = (Edition.from_bytes(row.index).pack for row in rows[-2:])
    papers = [
        _Now(each.id, f"{each.item} {each.title}", each.sha256, each.status is PaperStatus.WITHDRAWN)
        for each in after.papers
    ]
    return _compare(before, papers, after.items, after.edition, after.note)


def what_to_tell(registry: Registry, folder: Path) -> Changed | None:
    """What is new for members: what despatching the folder would change or, if that is nothing, what the edition that
    is out has changed. Raises KnownError for a folder without an agenda."""
    plan = read_plan(folder)
    changes = what_changes(registry, plan)
    if changes is None or not changes.is_empty:
        return changes
    body_id = registry.office(plan.body).body_id
    return what_changed(registry, body_id, pack_id_of(body_id, plan.meeting))


def say_changes(changed: Changed) -> list[str]:
    """In sentences, as members read them, the secretary's note first."""
    said = [changed.note] if changed.note else []
    for word, papers in (("New", changed.added), ("Corrected", changed.corrected), ("Withdrawn", changed.withdrawn)):
        said += [f"{word}: {paper}" for paper in papers]
    said += [f"Renamed: {old} is now {new}" for old, new in changed.renamed]
    said += changed.agenda
    return said if not changed.is_empty else [*said, "Nothing else: members would see the same papers again."]


def _compare(before: Pack, papers: Sequence[_Now], items: Iterable[AgendaItem], number: int, note: str) -> Changed:
    old = {paper.id: paper for paper in before.papers}
    now = {paper.id: paper for paper in papers}
    known = [(paper, old[paper.id]) for paper in papers if paper.id in old]
    gone = [
        f"{paper.item} {paper.title}"
        for paper in before.papers
        if paper.status is not PaperStatus.WITHDRAWN and (paper.id not in now or now[paper.id].withdrawn)
    ]
    return Changed(
        number,
        tuple(paper.name for paper in papers if paper.sha256 and not (paper.id in old and old[paper.id].sha256)),
        tuple(paper.name for paper, was in known if was.sha256 and paper.sha256 not in ("", was.sha256)),
        tuple(gone),
        tuple(
            (f"{was.item} {was.title}", paper.name) for paper, was in known if f"{was.item} {was.title}" != paper.name
        ),
        tuple(_agenda(before.items, items)),
        note,
    )


def _agenda(before: Iterable[AgendaItem], now: Iterable[AgendaItem]) -> list[str]:
    old, new = {item.title: item.number for item in before}, {item.title: item.number for item in now}
    said = [f"Item {number} is new: {title}" for title, number in new.items() if title not in old]
    return said + [f"Item {number} is gone: {title}" for title, number in old.items() if title not in new]


def _hash_of(file: Path) -> str:
    with open(file, "rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
