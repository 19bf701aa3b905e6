"""What the secretary puts into a repository, in the order in which a reader may come by."""

import re
from collections.abc import Collection, Mapping, Sequence

from desktop.packs import layout
from desktop.packs.folder import NotThere, Refused
from desktop.packs.layout import TargetFacts
from desktop.packs.signed import Metadata, Root, Timestamp, exceptions, read_root
from desktop.secretary.places import Place
from desktop.secretary.signing import SignedState

_KEPT_STATES = 3  # a reader in the middle still finds the parts of the state it began with
_STATE_PART = re.compile(r"metadata/(\d{1,9})\.(targets|snapshot)\.json")


def put_roots(folder: Place, roots: Sequence[bytes]) -> None:
    """Put every root (version 1 first) in place. Raises Refused when the folder is another body's repository."""
    for version, root in enumerate(roots, 1):
        name = f"{layout.METADATA}/{version}.root.json"
        if folder.size(name) is None:
            folder.write(name, root)
        elif folder.read(name, layout.MAX_ROOT) != root:
            raise Refused(
                f"{folder.address} is the repository of another body.", "Nothing was written.", "Choose another folder."
            )


def current_version(folder: Place, root: bytes) -> int:
    """The version of the state that members see there now, 0 for none. Raises Refused when it is not this body's."""
    try:
        data = folder.read(f"{layout.METADATA}/timestamp.json", layout.MAX_TIMESTAMP)
    except NotThere:
        return 0
    try:
        found = Metadata.from_bytes(data)
        if not isinstance(found.signed, Timestamp):
            raise exceptions.RepositoryError("no timestamp")
        trusted: Root = read_root(root)
        trusted.verify_delegate(Timestamp.type, found.signed_bytes, found.signatures)
    except exceptions.RepositoryError as error:
        raise Refused(
            f"The pack repository in {folder.address} was changed by somebody else.",
            "Nothing was written.",
            "Find out who did, or publish to an empty folder.",
        ) from error
    version: int = found.signed.version
    return version


def put_state(folder: Place, state: SignedState) -> None:
    """Put a signed state in place; until the last of the three is written, members see the one before."""
    folder.write(f"{layout.METADATA}/{state.version}.targets.json", state.targets)
    folder.write(f"{layout.METADATA}/{state.version}.snapshot.json", state.snapshot)
    folder.write(f"{layout.METADATA}/timestamp.json", state.timestamp)


def missing(folder: Place, targets: Mapping[str, TargetFacts]) -> list[str]:
    """The targets that do not lie in the folder at their length."""
    return [
        name for name, facts in targets.items() if folder.size(layout.stored_at(name, facts.sha256)) != facts.length
    ]


def sweep(folder: Place, keep: Collection[str], version: int) -> None:
    """Remove objects that no longer belong to any pack (keep: stored names that stay), and states long replaced."""
    for under in (f"{layout.TARGETS}/blob", f"{layout.TARGETS}/idx"):
        for name in folder.names(under):
            if layout.STORED.fullmatch(name) and name not in keep:
                folder.remove(name)
    for name in folder.names(layout.METADATA):
        found = _STATE_PART.fullmatch(name)
        if found and int(found[1]) <= version - _KEPT_STATES:
            folder.remove(name)
