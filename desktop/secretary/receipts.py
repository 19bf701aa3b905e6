"""Receipts at the desk: asking for them, taking in what came, and who has what and whom to call."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import Enum
from pathlib import Path

from db.records import OfficeRecord, RosterRecord
from desktop.errors import KnownError
from desktop.packs.fields import Malformed, read_fields
from desktop.packs.layout import LETTER, outbox_of
from desktop.packs.receipt import MAX_RECEIPT, Line, Receipt, line_of, mailbox_of, open_receipt
from desktop.packs.sealing import CannotOpen
from desktop.secretary.edition import Edition
from desktop.secretary.places import Place, open_place
from desktop.secretary.registry import Registry
from desktop.secretary.roster import ADMITTED

_MOST_RECEIPTS = 20_000  # read in one go; a repository that others can write to must not keep us for hours


class Has(Enum):
    """How far a pack has come to a member, the least first."""

    NOTHING = "nothing heard"
    EARLIER = "an earlier edition"
    RECEIVED = "received"
    OPENED = "opened"


@dataclass(frozen=True)
class DeviceHas:
    """One device of a member. line: what it has told of this pack, None for nothing."""

    device: str
    has: Has
    line: Line | None


@dataclass(frozen=True)
class MemberHas:
    """One member: the furthest of the devices."""

    member: str
    has: Has
    devices: tuple[DeviceHas, ...]


@dataclass(frozen=True)
class WhoHas:
    """Who has an edition of a pack. asked: whether its members are asked for receipts. members: whom to call first,
    by name. troubles: of receipts that could not be used."""

    title: str
    edition: int
    asked: bool
    members: tuple[MemberHas, ...]
    troubles: tuple[str, ...] = ()

    @property
    def to_call(self) -> tuple[str, ...]:
        """Members on none of whose devices the edition has arrived, as far as was heard."""
        return tuple(each.member for each in self.members if each.has in (Has.NOTHING, Has.EARLIER))


@dataclass
class Taken:
    """What came. devices: how many told something new. troubles: of receipts that cannot be used, in sentences."""

    devices: int = 0
    troubles: list[str] = field(default_factory=list)


def wants_receipts(registry: Registry, body_id: str) -> bool:
    """Whether the packs that this body despatches from now on ask for receipts."""
    return registry.note(f"receipts/{body_id}") == "yes"


def ask_for_receipts(registry: Registry, office: OfficeRecord, yes: bool) -> None:
    """Ask from the next edition on, or no more. Members see on each pack whether it asks."""
    registry.keep_note(f"receipts/{office.body_id}", "yes" if yes else "")


def take_receipts(registry: Registry, office: OfficeRecord, files: Iterable[Path] = ()) -> Taken:
    """Read what members put beside the packs, and files; what is understood is taken out of the repository."""
    taken = Taken()
    for path in files:
        _take_with_care(registry, office, str(path), _read(path), taken)
    try:
        place = open_place(registry, office.repository)
        names = [name for name in place.names(outbox_of(mailbox_of(office.recipient))) if LETTER.fullmatch(name)]
    except KnownError as error:
        taken.troubles.append(str(error))
        return taken
    for name in names[:_MOST_RECEIPTS]:
        _take_from(registry, office, place, name, taken)
    place.close()
    return taken


def who_has(registry: Registry, office: OfficeRecord, pack_id: str, troubles: Sequence[str] = ()) -> WhoHas:
    """Who has the newest edition of a pack. Raises KnownError where none was despatched."""
    row = registry.despatches.latest(office.body_id, pack_id)
    if row is None:
        raise KnownError("This pack was not despatched yet.", "Nothing is known of who has it.")
    edition = Edition.from_bytes(row.index)
    by_member: dict[str, list[DeviceHas]] = {}
    for entry in registry.roster.of_body(office.body_id):
        if entry.state == ADMITTED and entry.tag in edition.indexes:
            line = lines_of(registry, entry).get(pack_id)
            has = _has(line, edition.pack.edition)
            by_member.setdefault(entry.member, []).append(DeviceHas(entry.device, has, line))
    order = list(Has)
    members = [
        MemberHas(member, max((each.has for each in devices), key=order.index), tuple(devices))
        for member, devices in by_member.items()
    ]
    members.sort(key=lambda each: (order.index(each.has), each.member.casefold()))
    pack = edition.pack
    return WhoHas(pack.title, pack.edition, pack.receipts, tuple(members), tuple(troubles))


def lines_of(registry: Registry, entry: RosterRecord) -> Mapping[str, Line]:
    """What a device has told, by pack."""
    kept = registry.note(_name(entry.body_id, entry.tag))
    if not kept:
        return {}
    lines = read_fields(kept.encode(), 2 * MAX_RECEIPT).each("lines", 1000)
    return {line.pack_id: line for line in map(line_of, lines)}


def _has(line: Line | None, edition: int) -> Has:
    if line is None or not (line.received or line.opened):
        return Has.NOTHING
    if line.opened >= edition:
        return Has.OPENED
    return Has.RECEIVED if line.received >= edition else Has.EARLIER


def _take_from(registry: Registry, office: OfficeRecord, place: Place, name: str, taken: Taken) -> None:
    try:
        sealed = place.read(name, MAX_RECEIPT)
    except KnownError as error:
        taken.troubles.append(str(error))
        return
    if _take_with_care(registry, office, name, sealed, taken):
        place.remove(name)


def _take_with_care(registry: Registry, office: OfficeRecord, where: str, sealed: bytes, taken: Taken) -> bool:
    """Whether it was understood; if not, why not is noted, and it is left where it is."""
    try:
        opened = open_receipt(sealed, office.identity)
        entry = registry.roster.get(office.body_id, opened.receipt.author)
        if opened.receipt.body_id != office.body_id or entry is None or not opened.is_signed_by(entry.signing):
            raise Malformed("nobody on the roster signed it")
    except (Malformed, CannotOpen) as error:
        why = "it is not sealed to you" if isinstance(error, CannotOpen) else str(error)
        taken.troubles.append(f"A receipt cannot be used ({why}): {where}. It was left where it is.")
        return False
    except KnownError as error:
        taken.troubles.append(str(error))
        return False
    if entry.state == ADMITTED and _keep(registry, entry, opened.receipt):
        taken.devices += 1
    return True


def _keep(registry: Registry, entry: RosterRecord, receipt: Receipt) -> bool:
    """Whether it tells more than was known: an older one that comes again takes nothing back."""
    name = _name(entry.body_id, entry.tag)
    known = json.loads(registry.note(name) or "{}")
    if receipt.sequence <= int(known.get("sequence", 0)):
        return False
    registry.keep_note(
        name, json.dumps({"sequence": receipt.sequence, "lines": [asdict(line) for line in receipt.lines]})
    )
    return True


def _read(path: Path) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(MAX_RECEIPT + 1)
    except OSError as error:
        raise KnownError(f"{path} cannot be read: {error.strerror}.", "Nothing was changed.") from error


def _name(body_id: str, tag: str) -> str:
    return f"receipt/{body_id}/{tag}"
