"""What notes can be tied to in a pack, and which notes of earlier packs are about what stands in it. In the store's
lane."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.annotations.anchor import Quad
from desktop.annotations.entries import Annotation
from desktop.annotations.subject import ACTION, ITEM, LONGEST, RISK, Subject
from desktop.library.current import current_rows
from desktop.library.kept_notes import KeptNote, notes_of_body
from desktop.papers.finding import Finding, FindingKind
from desktop.search.quick import Kind, Target

if TYPE_CHECKING:
    from desktop.library.holdings import Holdings
    from desktop.packs.pack import Pack

_KINDS = {FindingKind.RISK: RISK, FindingKind.ACTION: ACTION}


@dataclass(frozen=True)
class Spot:
    """Where a subject stands first in a pack. quads: of what is marked, none for an item, whose number is `item`."""

    subject: Subject
    paper_id: str
    page: int
    quads: tuple[Quad, ...]
    item: str = ""


@dataclass(frozen=True)
class Followed:
    """A note of an earlier pack, and where its subject stands in this one."""

    note: KeptNote
    spot: Spot


def subjects_of(holdings: "Holdings", pack: "Pack") -> list[Spot]:
    """Every item with a paper, risk and action of a pack, where it stands first."""
    spots: dict[str, Spot] = {}
    for item in pack.items:
        for paper in pack.papers_of(item)[:1]:
            subject = Subject(ITEM, "", item.title[:LONGEST])
            spots.setdefault(subject.key, Spot(subject, paper.id, 0, (), item.number))
    for row in current_rows(holdings, pack):
        for record in holdings.findings.of(row.sha256, [kind.value for kind in _KINDS]):
            found = Finding.from_row(record)
            if found.ref:
                subject = Subject(_KINDS[found.kind], found.ref, " ".join(found.text.split())[:LONGEST])
                quads = tuple(Quad(found.page, *box) for box in found.place.boxes)
                spots.setdefault(subject.key, Spot(subject, row.paper_id, found.page, quads))
    return list(spots.values())


def targets_of(holdings: "Holdings", pack: "Pack") -> list[tuple[Target, Subject]]:
    """The same, to be found by a few letters."""
    kinds = {RISK: Kind.RISK, ACTION: Kind.ACTION, ITEM: Kind.ITEM}
    titles = {paper.id: paper.title for paper in pack.papers}
    return [
        (
            Target(
                kinds[spot.subject.kind], spot.subject.name, titles.get(spot.paper_id, ""), pack.id, spot.paper_id,
                spot.page, spot.item or spot.subject.ref,
            ),
            spot.subject,
        )
        for spot in subjects_of(holdings, pack)
    ]  # fmt: skip


def followed(holdings: "Holdings", pack: "Pack") -> list[Followed]:
    """The notes of the body's earlier packs whose subjects stand in this one, newest meeting first."""
    notes = [note for note in notes_of_body(holdings, pack.id) if note.held_on < pack.meeting.held_on.isoformat()]
    tied = [note for note in notes if isinstance(note.entry, Annotation) and note.entry.subject is not None]
    if not tied:
        return []
    spots = {spot.subject.key: spot for spot in subjects_of(holdings, pack)}
    found = []
    for note in tied:
        assert isinstance(note.entry, Annotation)
        assert note.entry.subject is not None
        spot = spots.get(note.entry.subject.key)
        if spot is not None:
            found.append(Followed(note, spot))
    return found
