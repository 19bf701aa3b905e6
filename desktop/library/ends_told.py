"""What letters tell of the end of notes: what the member chose on another computer, and what was destroyed at others'.
In the store's lane, in the caller's transaction."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from db.retention import KEEP, NOTE, PACK, Choice
from desktop.annotations.entries import Annotation
from desktop.library.holdings import Holdings
from desktop.packs.fields import Malformed
from desktop.packs.letter import Chosen


@dataclass
class Received:
    """What one letter, or several, came to. notes: how many are other now, by pack. names: who wrote. missing: how many
    letters of whom have not come. chosen: whether the member chose otherwise what becomes of their notes. stands: packs
    with notes that say nothing new, and of which something else is to be shown."""

    notes: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    missing: dict[str, int] = field(default_factory=dict)
    chosen: bool = False
    stands: set[str] = field(default_factory=set)

    def add(self, other: "Received") -> None:
        """And what others came to."""
        self.notes += other.notes
        self.names |= other.names
        self.missing |= other.missing
        self.chosen |= other.chosen
        self.stands |= other.stands


def take_choices(holdings: Holdings, body_id: str, chosen: Iterable[Chosen], received: Received) -> None:
    """What the member chose on another computer of theirs: of each choice the one made last counts. Raises Malformed
    for what is not this body's."""
    for each in chosen:
        pack = holdings.packs.get(each.id) if each.subject == PACK else None
        if (pack is not None and pack.body_id != body_id) or (each.subject == "body" and each.id != body_id):
            raise Malformed("a choice of another body")
        if not holdings.retained.take(Choice(each.subject, each.id, each.choice, each.words, each.at)):
            continue
        received.chosen = True
        if each.subject == NOTE:
            _keep(holdings, each.id, each.words is not None, received)


def take_ended(holdings: Holdings, body_id: str, person: str, ended: Iterable[str], received: Received) -> None:
    """Notes that were destroyed at their author's. Here the same rule destroys them, with its notice before; what the
    member keeps stays, and says how things are."""
    for entry_id in ended:
        record = holdings.annotations.get(entry_id)
        pack = holdings.packs.get(record.pack_id) if record is not None else None
        if record is None or pack is None or pack.body_id != body_id:
            continue
        mark = Annotation.from_record(record)
        if mark.sharing.by == person and not mark.sharing.ended:
            holdings.annotations.put(replace(mark, sharing=replace(mark.sharing, ended=True)).to_record())
            received.stands.add(mark.pack_id)


def write_down_kept(holdings: Holdings, rows: Iterable[Annotation]) -> None:
    """Which notes of other members are the reader's exceptions: those of their own say so themselves."""
    choices = holdings.retained.choices()
    for mark in rows:
        if not mark.is_mine and mark.keep != ((NOTE, mark.id, KEEP) in choices):
            holdings.retained.choose(NOTE, mark.id, KEEP, "" if mark.keep else None)


def is_kept(holdings: Holdings, entry_id: str) -> bool:
    """Whether another's note that comes only now was made an exception already, on another computer."""
    choice = holdings.retained.get(NOTE, entry_id, KEEP)
    return choice is not None and choice.words is not None


def _keep(holdings: Holdings, entry_id: str, keep: bool, received: Received) -> None:
    record = holdings.annotations.get(entry_id)
    mark = Annotation.from_record(record) if record is not None else None
    if mark is not None and not mark.is_mine and mark.keep != keep:
        holdings.annotations.put(mark.kept(keep).to_record())
        received.stands.add(mark.pack_id)
