"""The signed state of a repository: TUF's own words, and what member and secretary both check."""

from tuf.api import exceptions
from tuf.api.metadata import (  # type: ignore[attr-defined]  # public names, only not marked as such for type checkers
    Key,
    Metadata,
    MetaFile,
    Role,
    Root,
    Signed,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from desktop.errors import KnownError

__all__ = [
    "ROLES",
    "Key",
    "MetaFile",
    "Metadata",
    "Role",
    "Root",
    "Signed",
    "Snapshot",
    "TargetFile",
    "Targets",
    "Timestamp",
    "check_root",
    "exceptions",
    "read_root",
]

ROLES = (Root.type, Timestamp.type, Snapshot.type, Targets.type)


def read_root(data: bytes) -> Root:
    """Root metadata whose own signatures hold; raises RepositoryError."""
    found = Metadata.from_bytes(data)
    if not isinstance(found.signed, Root):
        raise exceptions.RepositoryError("no root")
    found.signed.verify_delegate(Root.type, found.signed_bytes, found.signatures)
    return found.signed


def check_root(root: bytes) -> None:
    """Refuse an invitation's root that its own officers did not sign, or that is not laid out as ours; KnownError."""
    try:
        found = read_root(root)
    except (exceptions.RepositoryError, ValueError) as error:
        raise KnownError(
            "The signatures in this invitation do not hold.",
            "Nothing was changed.",
            "Ask the secretary to send the invitation again as a file.",
        ) from error
    if not found.consistent_snapshot:
        raise KnownError("This invitation is to a repository that Despatch cannot use.", "Nothing was changed.")
