"""A new body: its keys, and an empty signed repository for its packs."""

import secrets
from datetime import UTC, datetime
from pathlib import Path

from db.records import OfficeRecord
from desktop.errors import KnownError
from desktop.packs.fields import tidy_name
from desktop.packs.folder import RepositoryFolder
from desktop.packs.sealing import new_key
from desktop.secretary.publish import Publisher
from desktop.secretary.registry import Registry, Standing
from desktop.secretary.signing import add_signature, make_root, new_signing_key, public_key


def new_body(
    registry: Registry, name: str, organisation: str, folder: Path, address: str = "", now: datetime | None = None
) -> OfficeRecord:
    """Become the secretary of a new body whose repository is in folder; made if missing, and must be empty.

    address: where members will find it, if they do not see the folder itself. Raises KnownError.
    """
    moment = now or datetime.now(UTC)
    folder = folder.absolute()
    _check(registry, name, folder)
    root_key, daily_key = new_signing_key(), new_signing_key()
    identity, recipient = new_key()
    name, organisation = tidy_name(name), tidy_name(organisation)
    office = OfficeRecord(
        secrets.token_hex(8), name, organisation, str(folder), root_key, daily_key, identity, recipient
    )
    root = make_root([public_key(root_key)], 1, [public_key(daily_key)], moment)
    add_signature(root, root_key)
    # The keys are kept before anything is published: what was signed must never be without its key.
    with registry.transaction():
        registry.offices.put(office)
        registry.keep_standing(office.body_id, Standing(address or str(folder), (root.to_bytes(),)))
    Publisher(registry, office, RepositoryFolder(folder), moment).reissue()
    return office


def _check(registry: Registry, name: str, folder: Path) -> None:
    if not tidy_name(name):
        raise KnownError("A body needs a name.")
    if any(office.name.casefold() == " ".join(name.split()).casefold() for office in registry.offices.all()):
        raise KnownError(f"You are the secretary of a body called “{name}” already.", "Nothing was changed.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise KnownError(f"The folder {folder} is not empty.", "Nothing was changed.", "Choose an empty folder.")
    except OSError as error:
        raise KnownError(f"The folder {folder} cannot be used: {error.strerror}.", "Nothing was changed.") from error
