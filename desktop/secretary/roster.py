"""Whom a body's packs go to: inviting, being asked, admitting, removing. Publishing afterwards makes it so."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from db.records import OfficeRecord, RosterRecord
from desktop.errors import KnownError
from desktop.packs.fields import tidy_name
from desktop.packs.invitation import Invitation, JoinRequest
from desktop.packs.layout import MAX_REQUEST, REQUEST, REQUESTS
from desktop.packs.pack import Body
from desktop.packs.sealing import tag_of
from desktop.secretary.places import open_place
from desktop.secretary.registry import Registry, same_name

INVITED, ASKED, ADMITTED, REMOVED, ENDED = "invited", "asked", "admitted", "removed", "ended"
_MOST_REQUESTS = 500  # each takes a little work; a repository that others can write to must not keep us for hours


@dataclass(frozen=True)
class Asked:
    """Who asks to be admitted, and sentences about requests that cannot be used. tags: of each request read."""

    entries: tuple[RosterRecord, ...]
    troubles: tuple[str, ...]
    tags: dict[str, str] = field(default_factory=dict)


def invite(registry: Registry, office: OfficeRecord, member: str, another_device: bool = False) -> Invitation:
    """A new invitation for one device. another_device: of a member who is on the roster already, rather than of a
    person who only happens to be called the same. Raises KnownError where that does not fit the roster."""
    member = tidy_name(member)
    if not member:
        raise KnownError("An invitation needs the member's name.")
    person = _person(registry, office, member, another_device)
    secret = secrets.token_hex(16)
    tag = f"invited-{secrets.token_hex(8)}"
    entry = RosterRecord(office.body_id, tag, member, "", "", "", INVITED, secret, person=person)
    registry.roster.put(entry)
    standing = registry.standing(office.body_id)
    body = Body(office.body_id, office.name, office.organisation)
    return Invitation(body, standing.address, standing.roots[-1], office.recipient, secret, member)


def take_requests(registry: Registry, office: OfficeRecord, files: Iterable[Path] = ()) -> Asked:
    """Read join requests from the repository and from files; each good one is put on the roster as asked."""
    troubles: list[str] = []
    sealed = dict(_from_place(registry, office, troubles))
    sealed |= {str(path): data for path, data in _from_files(files)}
    tags: dict[str, str] = {}
    for where, data in sealed.items():
        try:
            tags[where] = _take(registry, office, data)
        except KnownError as error:
            troubles.append(f"{where}: {error}")
    entries = tuple(entry for entry in registry.roster.of_body(office.body_id) if entry.state == ASKED)
    return Asked(entries, tuple(troubles), tags)


def admit(registry: Registry, office: OfficeRecord, entries: Iterable[RosterRecord]) -> None:
    """Let these devices receive packs from the next publishing on; each spends its invitation."""
    for entry in entries:
        if _spent(registry, office, entry):
            raise KnownError(
                f"The invitation of {entry.member} has been used by another device already.",
                "Nothing was changed.",
                "Send another invitation for this device.",
            )
        with registry.transaction():
            registry.roster.put(replace(entry, state=ADMITTED))
            for other in registry.roster.of_body(office.body_id):
                if other.state == INVITED and other.secret == entry.secret:
                    registry.roster.remove(other.tag, office.body_id)


def remove(registry: Registry, office: OfficeRecord, entry: RosterRecord, may_keep: bool = False) -> None:
    """Send this device nothing any more and, unless its owner may keep it, tell it to destroy what it has."""
    told = entry.recipient and not may_keep and entry.state == ADMITTED
    registry.roster.put(replace(entry, state=ENDED if told else REMOVED))


def find(registry: Registry, office: OfficeRecord, wanted: str, states: tuple[str, ...]) -> RosterRecord:
    """The one entry in these states whose tag begins with wanted, or whose member is called so. Raises KnownError."""
    entries = [entry for entry in registry.roster.of_body(office.body_id) if entry.state in states]
    found = [
        entry
        for entry in entries
        if (len(wanted) >= 4 and entry.tag.startswith(wanted)) or same_name(entry.member, wanted)
    ]
    if len(found) != 1:
        raise KnownError(
            f"“{wanted}” names {'no device' if not found else 'more than one device'} here.",
            "Nothing was changed.",
            "Give its tag, as the roster shows it.",
        )
    return found[0]


def tidy(registry: Registry, office: OfficeRecord, asked: Asked, tags: Iterable[str]) -> None:
    """Take the requests of these devices out of the repository."""
    folder, done = open_place(registry, office.repository), set(tags)
    for name, tag in asked.tags.items():
        if tag in done and REQUEST.fullmatch(name):
            folder.remove(name)


def _person(registry: Registry, office: OfficeRecord, member: str, another_device: bool) -> str:
    """Whom an invitation is for. Two devices of one person share every note, so a name alone is not enough."""
    known = [each for each in registry.roster.of_body(office.body_id) if same_name(each.member, member)]
    there = {each.person for each in known if each.state in (ADMITTED, ASKED)}
    if another_device:
        found = there or {each.person for each in known}
        if len(found) == 1:
            return found.pop()
        raise KnownError(
            f"{'Nobody' if not found else 'More than one person'} called {member} is on the roster.",
            "No invitation was written.",
            "Look at the roster, and write the name as it stands there.",
        )
    if there:
        raise KnownError(
            f"{member} is on the roster already.",
            "No invitation was written.",
            "If this is for another device of theirs: --another-device. If it is for somebody else of that name, add "
            "what tells them apart. If their old device is gone, remove it first.",
        )
    return secrets.token_hex(8)


def _take(registry: Registry, office: OfficeRecord, sealed: bytes) -> str:
    request = JoinRequest.from_sealed(sealed, office.identity)
    if request.body_id != office.body_id:
        raise KnownError("It asks to join another body.", "It was left alone.")
    tag = tag_of(request.recipient)
    known = registry.roster.get(office.body_id, tag)
    if known is None:
        invited = _invited(registry, office, request)
        registry.roster.put(
            replace(
                invited, tag=tag, device=request.device, recipient=request.recipient, signing=request.signing,
                phrase=request.phrase(office.recipient), state=ASKED,
            )
        )  # fmt: skip
    return tag


def _invited(registry: Registry, office: OfficeRecord, request: JoinRequest) -> RosterRecord:
    """The invitation it answers: the name in that counts rather than the one the device was told."""
    for entry in registry.roster.of_body(office.body_id):
        if entry.state == INVITED and secrets.compare_digest(entry.secret, request.secret):
            return entry
    raise KnownError(
        f"It comes from a device called “{request.device}” of “{request.member}”, whose invitation is not open.",
        "It was left alone.",
        "Send that person a new invitation if they should have one.",
    )


def _spent(registry: Registry, office: OfficeRecord, entry: RosterRecord) -> bool:
    others = registry.roster.of_body(office.body_id)
    return any(
        other.secret == entry.secret and other.state in (ADMITTED, REMOVED, ENDED) and other.tag != entry.tag
        for other in others
    )


def _from_place(registry: Registry, office: OfficeRecord, troubles: list[str]) -> Iterable[tuple[str, bytes]]:
    try:
        folder = open_place(registry, office.repository)
        names = [name for name in folder.names(REQUESTS) if REQUEST.fullmatch(name)]
    except KnownError as error:
        troubles.append(str(error))
        return
    if len(names) > _MOST_REQUESTS:
        troubles.append(f"There are {len(names)} join requests in {folder.address}; only {_MOST_REQUESTS} were read.")
    for name in names[:_MOST_REQUESTS]:
        try:
            yield name, folder.read(name, MAX_REQUEST)
        except KnownError as error:
            troubles.append(str(error))


def _from_files(files: Iterable[Path]) -> Iterable[tuple[Path, bytes]]:
    for path in files:
        try:
            with open(path, "rb") as file:
                yield path, file.read(MAX_REQUEST + 1)
        except OSError as error:
            raise KnownError(f"{path} cannot be read: {error.strerror}.", "Nothing was changed.") from error
