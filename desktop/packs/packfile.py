"""The .despatch-pack file: sealed papers and the sealed edition they belong to, ready to publish, not to read."""

import os
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import KnownError
from desktop.packs.layout import BLOB, MAX_PAPER, MIB

ENDING = ".despatch-pack"
_EDITION = "edition.age"
_MARK = b"despatch-pack/1"
_MAX_EDITION = 32 * MIB
_EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip entry must have a time; this one tells nothing


@dataclass(frozen=True)
class PackFile:
    """A pack file that was checked. blobs: target name -> sealed length."""

    path: Path
    blobs: dict[str, int]

    def edition(self) -> bytes:
        """The edition, sealed to the secretary who compiled it."""
        return self._read(_EDITION)

    def blob(self, target: str) -> bytes:
        """One sealed paper."""
        return self._read(target)

    def _read(self, name: str) -> bytes:
        try:
            with zipfile.ZipFile(self.path) as archive:
                return archive.read(name)
        except (OSError, zipfile.BadZipFile) as error:
            raise _unusable(self.path) from error


def write_packfile(path: Path, blobs: Iterable[tuple[str, bytes]], edition: Callable[[], bytes]) -> None:
    """Write a pack file in one step: whole and on the disk, or not at all. edition is asked for after the last blob."""
    part = path.with_name(f".{path.name}.part")
    try:
        with open(part, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                archive.comment = _MARK
                for target, sealed in blobs:
                    archive.writestr(zipfile.ZipInfo(target, _EPOCH), sealed)
                archive.writestr(zipfile.ZipInfo(_EDITION, _EPOCH), edition())
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError as error:
        raise KnownError(
            f"The pack could not be written to {path}: {error.strerror}.",
            "No pack was written.",
            "Choose another folder.",
        ) from error
    finally:
        part.unlink(missing_ok=True)


def open_packfile(path: Path) -> PackFile:
    """Check a pack file's shape; raises KnownError. Its contents stay sealed."""
    try:
        with zipfile.ZipFile(path) as archive:
            return PackFile(path, _checked(archive))
    except FileNotFoundError as error:
        raise KnownError(f"There is no file {path}.") from error
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise _unusable(path) from error


def _checked(archive: zipfile.ZipFile) -> dict[str, int]:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if archive.comment != _MARK or len(set(names)) != len(names) or _EDITION not in names:
        raise ValueError("not a pack")
    if any(entry.compress_type != zipfile.ZIP_STORED or entry.file_size > MAX_PAPER for entry in entries):
        raise ValueError("compressed or too large")
    if archive.getinfo(_EDITION).file_size > _MAX_EDITION:
        raise ValueError("edition too large")
    blobs = {entry.filename: entry.file_size for entry in entries if entry.filename != _EDITION}
    if not all(BLOB.fullmatch(name) for name in blobs):
        raise ValueError("a strange name")
    return blobs


def _unusable(path: Path) -> KnownError:
    return KnownError(
        f"{path.name} is not a whole pack file of this Despatch.", "Nothing was published.", "Compile the pack again."
    )
