"""What a file of ours is, without its secrets: for anyone who holds one and wonders."""

from pathlib import Path

from desktop.errors import KnownError
from desktop.packs.invitation import INVITATION_ENDING, REQUEST_ENDING, Invitation
from desktop.packs.layout import MAX_INVITATION, MIB
from desktop.packs.packfile import ENDING, open_packfile


def describe(path: Path) -> list[str]:
    """Sentences about a pack file, an invitation or a join request. Raises KnownError when it is none, or broken."""
    if path.suffix == INVITATION_ENDING:
        return _invitation(path)
    if path.suffix == ENDING:
        packfile = open_packfile(path)
        size = sum(packfile.blobs.values()) / MIB
        count = len(packfile.blobs)
        return [
            f"{path.name} is a compiled pack with {count} newly sealed {'paper' if count == 1 else 'papers'} "
            f"({size:.1f} MB).",
            "Only the secretary who compiled it can publish it; nobody can read it as it is.",
        ]
    if path.suffix == REQUEST_ENDING:
        return [f"{path.name} is a join request. Only the secretary it is for can open it."]
    raise KnownError(
        f"{path.name} is not a file of Despatch.",
        "",
        f"Its files end in {ENDING}, {INVITATION_ENDING} or {REQUEST_ENDING}.",
    )


def _invitation(path: Path) -> list[str]:
    from desktop.packs.signed import check_root

    try:
        with open(path, "rb") as file:
            invitation = Invitation.from_bytes(file.read(MAX_INVITATION + 1))
    except OSError as error:
        raise KnownError(f"{path} cannot be read: {error.strerror}.") from error
    check_root(invitation.root)
    whose = f"{invitation.body.name} of {invitation.body.organisation}"
    return [
        f"{path.name} invites {invitation.member or 'one member'} to receive the packs of {whose}.",
        f"They are fetched from {invitation.repository}.",
        "It is good for one device; keep it to yourself until it has been used.",
    ]
