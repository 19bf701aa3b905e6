"""What the desk is asked once a pack is out, or about to be: who has it, what it changes, texts and calendar, and what
is due. Each answer comes from the desk's own lane."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from db.records import OfficeRecord
from desktop.errors import KnownError
from desktop.secretary import receipts
from desktop.secretary.calendar import appointment_of, calendar_of
from desktop.secretary.changing import say_changes, what_changes, what_to_tell
from desktop.secretary.compile import pack_id_of
from desktop.secretary.due import Due, coming, do_what_is_due
from desktop.secretary.mails import Mail, Text, about_pack, pack_text
from desktop.secretary.plan import Plan, read_plan
from desktop.secretary.receipts import WhoHas
from desktop.secretary.registry import Registry

T = TypeVar("T")
Do = Callable[[Callable[[Registry], T]], "Future[T]"]


@dataclass(frozen=True)
class Done:
    """What was due. bodies: names of those whose repository was signed anew. troubles: why another could not be.
    coming: what comes next, of any body."""

    bodies: tuple[str, ...]
    troubles: tuple[str, ...]
    coming: tuple[Due, ...]


class Aftercare:
    """Every method returns at once. do: work in the desk's lane, with its registry. Failures are KnownError."""

    def __init__(self, do: "Callable[[Callable[[Registry], object]], Future[object]]") -> None:
        self._do = do

    def who_has(self, folder: Path, files: Iterable[Path] = ()) -> "Future[object]":
        """A WhoHas of a folder's pack; receipts that came, and those in files, are taken in first."""
        files = tuple(files)

        def look(registry: Registry) -> WhoHas:
            office, plan = _office(registry, folder)
            taken = receipts.take_receipts(registry, office, files)
            pack_id = pack_id_of(office.body_id, plan.meeting)
            return receipts.who_has(registry, office, pack_id, taken.troubles)

        return self._do(look)

    def ask_for_receipts(self, folder: Path, yes: bool) -> "Future[object]":
        """Ask for them from the next edition on, or no more."""
        return self._do(lambda registry: receipts.ask_for_receipts(registry, _office(registry, folder)[0], yes))

    def wants_receipts(self, folder: Path) -> "Future[object]":
        """Whether the next edition asks for them."""
        return self._do(lambda registry: receipts.wants_receipts(registry, _office(registry, folder)[0].body_id))

    def changes(self, folder: Path) -> "Future[object]":
        """What the next edition changes, as sentences that members will see; None for a first edition."""

        def look(registry: Registry) -> list[str] | None:
            changed = what_changes(registry, read_plan(folder))
            return None if changed is None else say_changes(changed)

        return self._do(look)

    def texts(self, folder: Path) -> "Future[object]":
        """E-mail texts about a pack, by kind: dict[Mail, Text]."""

        def write(registry: Registry) -> dict[Mail, Text]:
            about, changed = about_pack(registry, folder), what_to_tell(registry, folder)
            return {kind: pack_text(kind, about, changed) for kind in (Mail.OUT, Mail.LATE, Mail.CHANGED)}

        return self._do(write)

    def calendar(self, folder: Path) -> "Future[object]":
        """The meeting as the content of a calendar file."""
        return self._do(lambda registry: calendar_of([appointment_of(registry, folder)], datetime.now(UTC)))

    def do_what_is_due(self) -> "Future[object]":
        """End embargoes, take out what may stay no longer, and sign anew, for every body: a Done."""
        return self._do(_do_what_is_due)


def _do_what_is_due(registry: Registry) -> Done:
    now, done, troubles = datetime.now(UTC), [], []
    for office in registry.offices.all():
        try:
            if do_what_is_due(registry, office, now) is not None:
                done.append(office.name)
        except KnownError as error:
            troubles.append(f"{office.name}: {error}")
    further = [due for office in registry.offices.all() for due in coming(registry, office)]
    return Done(tuple(done), tuple(troubles), tuple(sorted(further, key=lambda each: each.at)))


def _office(registry: Registry, folder: Path) -> tuple[OfficeRecord, Plan]:
    plan = read_plan(folder)
    return registry.office(plan.body), plan
