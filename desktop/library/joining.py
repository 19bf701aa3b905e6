"""Joining a body: an invitation is checked, this device's keys are made, and the secretary is asked to admit it."""

from dataclasses import dataclass, field, replace

from db.bodies import Bodies
from db.records import BodyRecord, IdentityRecord
from desktop.errors import KnownError
from desktop.library.sources import open_source
from desktop.packs.device_keys import new_device_key, public_half
from desktop.packs.fields import tidy_name
from desktop.packs.invitation import Invitation, JoinRequest
from desktop.packs.layout import MAX_ROOT, METADATA, new_request_name
from desktop.packs.sealing import new_key, tag_of


@dataclass(frozen=True)
class Joined:
    """What came of answering an invitation. phrase: five words to read out. request: sealed, to send as a file.

    delivered: the repository's address where the request was put for the secretary, "" where only a file can carry it.
    """

    body_id: str
    phrase: str
    request: bytes = field(repr=False)
    delivered: str


def join(bodies: Bodies, invitation: bytes, member: str, device: str) -> Joined:
    """Answer an invitation with new keys of this device, and keep them in bodies. In the store's lane.

    Raises KnownError when the invitation does not hold, or this device was admitted to that body already.
    """
    from desktop.packs.signed import check_root

    invited = Invitation.from_bytes(invitation)
    check_root(invited.root)
    source = open_source(invited.repository)
    source.close()
    _check_new(bodies, invited)
    identity = _identity(invited, tidy_name(member), tidy_name(device))
    request = _request(invited, identity)
    sealed = request.to_sealed(invited.secretary)
    _keep(bodies, invited, identity)
    return Joined(invited.body.id, identity.phrase, sealed, deliver(invited.repository, sealed))


def deliver(address: str, request: bytes) -> str:
    """Put a sealed request where the secretary looks; returns the address, "" where it can only be sent as a file."""
    source = open_source(address)
    try:
        if not source.writable:
            return ""
        # Only into a pack repository: an invitation must not have us write just anywhere.
        source.read(f"{METADATA}/1.root.json", MAX_ROOT)
        source.write(new_request_name(), request)
    except KnownError:
        # A share may be readable only, whatever it says of itself: then a file carries the request.
        return ""
    finally:
        source.close()
    return address


def _check_new(bodies: Bodies, invited: Invitation) -> None:
    if any(body.id == invited.body.id for body in bodies.leaving()):
        raise KnownError(
            f"{invited.body.name} is still being removed from this computer.",
            "Nothing was changed.",
            "Open the invitation again in a minute.",
        )
    identity = bodies.identity(invited.body.id)
    if identity is not None and identity.admitted:
        raise KnownError(
            f"This computer receives the packs of {invited.body.name} already.", "Nothing was changed.", ""
        )


def _identity(invited: Invitation, member: str, device: str) -> IdentityRecord:
    key, recipient = new_key()
    tag, signing = tag_of(recipient), new_device_key()
    identity = IdentityRecord(invited.body.id, member, device, key, recipient, tag, "", signing=signing)
    return replace(identity, phrase=_request(invited, identity).phrase(invited.secretary))


def _request(invited: Invitation, identity: IdentityRecord) -> JoinRequest:
    public = public_half(identity.signing)
    return JoinRequest(invited.body.id, identity.member, identity.device, identity.recipient, invited.secret, public)


def _keep(bodies: Bodies, invited: Invitation, identity: IdentityRecord) -> None:
    body = invited.body
    record = BodyRecord(body.id, body.name, body.organisation, invited.repository, invited.root, invited.secretary)
    bodies.add(record)
    bodies.add_identity(identity)
