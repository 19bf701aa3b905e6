"""Sealed paper bodies on the disk: ciphertext as it came, named by its own hash."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from db import errors

_ENDINGS = (".age", ".part")
_SPARE = 64 << 20  # bytes left free for the database, so that a paper never takes the room a note needs


class SealedFiles:
    """A folder of sealed files. Nothing in it can be read without the keys in the store."""

    def __init__(self, folder: Path) -> None:
        """folder: made (0700) if it is missing. Raises NoRoom or OutOfReach."""
        self._folder = folder
        with _told(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def path(self, sealed_sha256: str) -> Path:
        """Where the whole file lies, whether or not it is there."""
        return self._folder / f"{_checked(sealed_sha256)}.age"

    def part(self, sealed_sha256: str) -> Path:
        """Where what has come so far lies, whether or not it is there."""
        return self._folder / f"{_checked(sealed_sha256)}.part"

    @contextmanager
    def receiving(self, sealed_sha256: str, length: int) -> Iterator[Path]:
        """The part to add to until it has length bytes. Raises NoRoom at once if the rest cannot fit, or when the disk
        fills up in the middle; what has come stays in the part, to go on from."""
        part = self.part(sealed_sha256)
        with _told(part):
            if shutil.disk_usage(self._folder).free < length - _length(part) + _SPARE:
                raise errors.no_room(part)
            yield part

    def keep(self, sealed_sha256: str) -> Path:
        """The part is whole and verified: put it on the disk for good under its final name.

        Once this returns a loss of power cannot undo it. Raises NoRoom or OutOfReach with the part still there.
        """
        part, final = self.part(sealed_sha256), self.path(sealed_sha256)
        with _told(final):
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.chmod(0o600)
            part.replace(final)
            self._settle()
        return final

    def come(self, sealed_sha256: str) -> int:
        """Bytes of the part; 0 once the file is whole."""
        return _length(self.part(sealed_sha256))

    def drop(self, sealed_sha256: str) -> None:
        """Destroy the file and what has come of it, if there."""
        with _told(self.path(sealed_sha256)):
            self.path(sealed_sha256).unlink(missing_ok=True)
            self.part(sealed_sha256).unlink(missing_ok=True)
            self._settle()

    def drop_if_spoilt(self, sealed_sha256: str) -> None:
        """Destroy the file if it is not, or can no longer be read as, what its name says."""
        try:
            with self.path(sealed_sha256).open("rb") as file:
                whole = hashlib.file_digest(file, "sha256").hexdigest() == sealed_sha256
        except OSError:
            whole = False
        if not whole:
            self.drop(sealed_sha256)

    def sweep(self, keep: set[str]) -> int:
        """Destroy every file and part whose hash is not in keep; returns the bytes freed."""
        freed = 0
        for file in self._ours():
            if file.stem not in keep:
                freed += _length(file)
                with _told(file):
                    file.unlink(missing_ok=True)
        if freed:
            self._settle()
        return freed

    def size(self, names: Iterable[str]) -> int:
        """Bytes on the disk of these files and parts, by sealed_sha256."""
        return sum(_length(file) for name in names for file in (self.path(name), self.part(name)))

    def total(self) -> int:
        """Bytes on the disk, parts among them."""
        return sum(_length(file) for file in self._ours())

    def _ours(self) -> list[Path]:
        return [file for file in self._folder.iterdir() if file.suffix in _ENDINGS]

    def _settle(self) -> None:
        """A new name is only safe once its folder is on the disk; Windows has no such call and needs none."""
        if os.name == "posix":
            folder = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def _length(file: Path) -> int:
    """0 where it is not there: while somebody counts, another lane may give a part its final name."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise errors.of_system(error, path) from error


def _checked(sealed_sha256: str) -> str:
    # The name comes from a repository's metadata: nothing but a hash may ever become a path.
    if len(sealed_sha256) != 64 or set(sealed_sha256) - set("0123456789abcdef"):
        raise ValueError("not a SHA-256 in lower-case hex")
    return sealed_sha256
