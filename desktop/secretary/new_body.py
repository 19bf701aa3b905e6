"""A new body: its keys, and an empty signed repository for its packs."""

import secrets
from datetime import UTC, datetime
from pathlib import Path

from db.records import OfficeRecord
from desktop.errors import KnownError
from desktop.packs.fields import tidy_name
from desktop.packs.layout import METADATA
from desktop.packs.sealing import new_key
from desktop.secretary.places import kind_of, open_place
from desktop.secretary.publish import Publisher
from desktop.secretary.registry import Registry, Standing
from desktop.secretary.signing import add_signature, make_root, new_signing_key, public_key


def new_body(
    registry: Registry, name: str, organisation: str, where: Path | str, address: str = "", now: datetime | None = None
) -> OfficeRecord:
    """Become the secretary of a new body whose repository is an empty place: a folder, made if missing, or an address
    whose key was kept.

    address: where members will find it, if they do not see the place itself. Raises KnownError.
    """
    moment = now or datetime.now(UTC)
    where = str(where)
    _check_name(registry, name)
    if kind_of(where) is None:
        where = str(Path(where).absolute())
        _make_empty(Path(where))
    place = open_place(registry, where)
    if place.names(METADATA):
        raise KnownError(
            f"{place.address} is the repository of another body.", "Nothing was changed.", "Choose an empty place."
        )
    root_key, daily_key = new_signing_key(), new_signing_key()
    identity, recipient = new_key()
    name, organisation = tidy_name(name), tidy_name(organisation)
    office = OfficeRecord(secrets.token_hex(8), name, organisation, where, root_key, daily_key, identity, recipient)
    root = make_root([public_key(root_key)], 1, [public_key(daily_key)], moment)
    add_signature(root, root_key)
    # The keys are kept before anything is published: what was signed must never be without its key.
    with registry.transaction():
        registry.offices.put(office)
        registry.keep_standing(office.body_id, Standing(address or where, (root.to_bytes(),)))
    Publisher(registry, office, place, moment).reissue()
    return office


def _check_name(registry: Registry, name: str) -> None:
    if not tidy_name(name):
        raise KnownError("A body needs a name.")
    if any(office.name.casefold() == " ".join(name.split()).casefold() for office in registry.offices.all()):
        raise KnownError(f"You are the secretary of a body called “{name}” already.", "Nothing was changed.")


def _make_empty(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise KnownError(f"The folder {folder} is not empty.", "Nothing was changed.", "Choose an empty folder.")
    except OSError as error:
        raise KnownError(f"The folder {folder} cannot be used: {error.strerror}.", "Nothing was changed.") from error
