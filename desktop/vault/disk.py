"""Small files replaced whole: whenever the power goes, the old one or the new one is there."""

import os
from pathlib import Path
from typing import NoReturn

from desktop.vault.errors import VaultTrouble


def replace(path: Path, data: bytes) -> None:
    """Write path (0600) so that it is safe on the disk when this returns. Raises VaultTrouble, the old one in place."""
    new = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            _write(new, data)
            new.replace(path)
            _settle(path.parent)
        except OSError:
            new.unlink(missing_ok=True)
            raise
    except OSError as error:
        cannot("written", path, error)


def cannot(done: str, path: Path, error: OSError) -> NoReturn:
    """Tell that the system would not have path read, written or removed."""
    raise VaultTrouble(
        f"{path} cannot be {done}.",
        "What it said before still holds.",
        "Check that its folder belongs to you and that there is room on the disk.",
    ) from error


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    # A new name is only safe once its folder is on the disk; Windows has no such call and needs none.
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
