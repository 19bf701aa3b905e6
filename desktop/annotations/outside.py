"""Files that a member has written outside the seal: in one piece, or not at all."""

import os
from pathlib import Path

from desktop.errors import KnownError


def write_outside(path: Path, data: bytes) -> None:
    """Write a file where the member chose; one of that name is replaced once all of the new one is there.

    Raises KnownError where that cannot be done.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise KnownError(
            f"“{path.name}” could not be written: {error.strerror or 'the disk refused it'}.",
            "Your notes are safe, and no file was changed.",
            "Choose another folder, or free some space, and try again.",
        ) from error
