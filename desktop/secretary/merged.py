"""One merged PDF of a pack: for the secretary's file, for one member, or for the public. Made only when asked for.

Page numbers are those that every member sees: a paper that is not in this copy keeps its pages' numbers to itself.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.records import OfficeRecord
from desktop.errors import KnownError
from desktop.packs.pack import PaperStatus, Session
from desktop.packs.printed import span
from desktop.pdf.client import PdfClient
from desktop.pdf.merger import Marks, Merger
from desktop.pdf.protocol import Source
from desktop.secretary.archive import to_archive
from desktop.secretary.compile import edition_before, with_ids
from desktop.secretary.membership import Memberships
from desktop.secretary.merged_pages import CSS, Entry, Heading, agenda, contents, cover, placeholder, roman, say_moment
from desktop.secretary.numbers import numbers_of
from desktop.secretary.plan import Plan, PlannedPaper, Problems, read_plan
from desktop.secretary.registry import Registry, same_name

_NOT_PUBLIC = "Taken in private session, and not in this copy."
_NOT_FOR = "Not for this member, and not in this copy."
_KEPT = "Kept to some members, and not in the public copy."
_PRIVATE_ITEM = "Private item"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Wish:
    """Which copy. member: whose, with their name and the time across every page; public: without what is private.

    Neither: everything. archive: as PDF/A.
    """

    out: Path
    member: str = ""
    public: bool = False
    archive: bool = False


@dataclass(frozen=True)
class MergedPack:
    """What was written. left_out: papers that are not in it; notes: what the secretary should know, in sentences."""

    path: Path
    pages: int
    left_out: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Leaf:
    entry: Entry
    version: str
    paper: PlannedPaper


def merge_pack(
    registry: Registry, folder: Path, wish: Wish, pdf: PdfClient, now: datetime,
    progress: Progress = lambda done, total: None,
) -> MergedPack:  # fmt: skip
    """Write the copy. pdf: a worker of its own. Raises KnownError; then nothing was written."""
    plan = read_plan(folder)
    if plan.problems:
        raise Problems(folder, list(plan.problems))
    _check(plan, wish)
    office = registry.office(plan.body)
    names = _names(registry, office, wish.member)
    member = names[0] if names else ""
    before = edition_before(registry, office, plan)
    merger = Merger(pdf, plan.title, office.organisation, now)
    pages = {path: len(merger.look_at(Source(str(path), path)).pages) for path in _files(plan)}
    papers = with_ids(plan, before)
    counted = [(key, pages[paper.file] if paper.file else 0) for paper, key in papers]
    numbers = numbers_of(counted, before, plan.supplement).labels
    leaves = [_leaf(plan, paper, key, numbers[key], wish, names) for paper, key in papers]
    heading = Heading(
        office.name, office.organisation, plan.title, plan.meeting, before.pack.edition if before else 0,
        f"Copy of {member}" if member else "Public copy" if wish.public else "Whole pack", now,
    )  # fmt: skip
    binder = _Binder(merger, plan, wish, f"{member} · {say_moment(now)}" if member else "", progress)
    notes = binder.bind(heading, leaves)
    _write(wish.out, merger.finish())
    if wish.archive:
        to_archive(wish.out, plan.title)
        notes.append("It is PDF/A-2, made by Ghostscript, which leaves tags and attachments out.")
    left_out = sum(bool(leaf.entry.left_out) for leaf in leaves)
    return MergedPack(wish.out, binder.pages, left_out, tuple(notes))


def _check(plan: Plan, wish: Wish) -> None:
    if wish.public and plan.meeting.session is Session.PRIVATE:
        raise KnownError(
            "This meeting is held in private: there is no public copy of its pack.", "Nothing was written.",
            "If that is wrong, say under Meeting that its session is in public.",
        )  # fmt: skip
    if wish.public and wish.member:
        raise KnownError("A copy is for one member or for the public.", "Nothing was written.")


def _names(registry: Registry, office: OfficeRecord, name: str) -> tuple[str, ...]:
    """The member as the roster spells it, then what else they go by: a name that is nobody's would be kept from
    nothing."""
    if not name:
        return ()
    known = [entry for entry in registry.roster.of_body(office.body_id) if same_name(entry.member, name)]
    if not known:
        raise KnownError(f"“{name}” is not on the roster of {office.name}.", "Nothing was written.")
    return Memberships(registry, office.body_id).names(known[0])


def _files(plan: Plan) -> Iterable[Path]:
    return dict.fromkeys(paper.file for paper in plan.papers if paper.file)


def _leaf(
    plan: Plan, paper: PlannedPaper, key: str, labels: tuple[str, ...], wish: Wish, names: tuple[str, ...]
) -> _Leaf:
    title, left_out = paper.title, ""
    if wish.public and paper.item in plan.private:
        title, left_out = plan.private[paper.item] or _PRIVATE_ITEM, _NOT_PUBLIC
    elif wish.public and (paper.audience.to or paper.audience.not_to):
        left_out = _KEPT
    elif names and not paper.audience.admits(*names):
        left_out = _NOT_FOR
    entry = Entry(key, paper.item, title, paper.status, labels, left_out)
    return _Leaf(entry, str(paper.file) if paper.file else "", paper)


class _Binder:
    """Puts the leaves of one copy together."""

    def __init__(self, merger: Merger, plan: Plan, wish: Wish, watermark: str, progress: Progress) -> None:
        self._merger, self._plan, self._wish = merger, plan, wish
        self._watermark, self._progress = watermark, progress
        self._files = self._untagged = 0
        self.pages = 0

    def bind(self, heading: Heading, leaves: list[_Leaf]) -> list[str]:
        """Everything in its order; sentences about what was kept and what could not be."""
        self._merger.begin()
        entries = [leaf.entry for leaf in leaves]
        self._front(cover(heading), "Cover", "cover", False)
        titles = {item.number: self._title(item.number, item.title) for item in self._plan.items}
        listed = agenda(self._plan.items, titles, entries) + contents(entries)
        self._front(listed, "Agenda and contents", "agenda", True)
        for place, leaf in enumerate(leaves):
            self._progress(place, len(leaves))
            self._bookmark_item(leaves, place, titles)
            if leaf.entry.left_out and leaf.entry.labels:
                self._hold_place(leaf.entry)
            elif leaf.version:
                self._take(leaf)
        self._progress(len(leaves), len(leaves))
        return list(self._notes())

    def _title(self, number: str, title: str) -> str:
        if self._wish.public and number in self._plan.private:
            return self._plan.private[number] or _PRIVATE_ITEM
        return title

    def _front(self, html: str, bookmark: str, key: str, numbered: bool) -> None:
        labels = [roman(self.pages + place + 1) for place in range(200)]
        stamps = labels if numbered else ()
        marks = Marks(stamps, labels, key, bookmark, 1, self._watermark)
        self.pages += self._merger.sheet(html, CSS, marks)

    def _bookmark_item(self, leaves: list[_Leaf], place: int, titles: dict[str, str]) -> None:
        entry = leaves[place].entry
        before = [leaf.entry for leaf in leaves[:place] if leaf.entry.labels]
        if entry.labels and not (before and before[-1].item == entry.item):
            self._merger.bookmark(f"{entry.item} {titles[entry.item]}", 1, entry.key)

    def _hold_place(self, entry: Entry) -> None:
        label = span(entry.labels)
        marks = Marks([f"Item {entry.item} · {label}"], [label], entry.key, entry.title, 2, self._watermark)
        self.pages += self._merger.sheet(placeholder(entry), CSS, marks)

    def _take(self, leaf: _Leaf) -> None:
        entry, count = leaf.entry, len(leaf.entry.labels)
        late = ", late paper" if entry.status is PaperStatus.LATE else ""
        stamps = [
            f"Item {entry.item} · {entry.title}{late}, {page} of {count} · {label}"
            for page, label in enumerate(entry.labels, 1)
        ]
        marks = Marks(stamps, entry.labels, entry.key, f"{entry.title} ({span(entry.labels)})", 2, self._watermark)
        taken = self._merger.paper(leaf.version, marks, not self._wish.public, not self._wish.public)
        self.pages += count
        self._files += taken.files
        self._untagged += not taken.tagged

    def _notes(self) -> Iterator[str]:
        if self._files:
            yield f"It carries {self._files} attachment{'s' * (self._files > 1)} of its papers."
        if self._untagged:
            papers = "1 paper has" if self._untagged == 1 else f"{self._untagged} papers have"
            yield f"{papers} no tags, which reading aloud goes by; the tags of the others are kept."
        if self._wish.public:
            yield "Comments and attachments of papers are left out. See whether their text names what is private."


def _write(out: Path, pieces: Iterator[bytes]) -> None:
    """In one step. The file is the secretary's own to read until it is given on."""
    handle, name = -1, ""
    try:
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=".merging-", suffix=".pdf")
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, out)
        name = ""
    except CancelledError as error:
        raise KnownError("It was stopped.", "Nothing was written.") from error
    except OSError as error:
        raise KnownError(
            f"{out} could not be written: {error.strerror}.", "Nothing was written.", "Choose another place."
        ) from error
    finally:
        if name:
            Path(name).unlink(missing_ok=True)
