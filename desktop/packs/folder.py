"""A repository in a folder: objects under opaque names, written whole, read without following anything."""

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

from desktop.errors import KnownError
from desktop.packs.layout import is_name

_CHUNK = 256 * 1024
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
_JUNCTION = 0xA0000003  # on Windows: a link to another folder that Python does not call a symbolic link
_BY_HANDLE = os.open in os.supports_dir_fd


class NotThere(KnownError):
    """The repository was reached and holds no such object."""


class Unreachable(KnownError):
    """The repository could not be reached, or did not answer in a usable way; worth another try later."""


class Refused(KnownError):
    """What the repository holds must not be used."""


class RepositoryFolder:
    """The objects of one repository folder. Names are checked; symbolic links, pipes and devices are refused."""

    near = True  # reading back what is there costs nothing

    def __init__(self, path: Path) -> None:
        self.path = path
        self.address = str(path)

    @property
    def writable(self) -> bool:
        """Whether objects can be written here."""
        return self.path.is_dir() and os.access(self.path, os.W_OK)

    def read(self, name: str, limit: int) -> bytes:
        """A whole object of at most limit bytes."""
        pieces, size = [], 0
        for piece in self.stream(name):
            size += len(piece)
            if size > limit:
                raise Refused(f"{name} in {self.address} is larger than it may be.", "It was not used.")
            pieces.append(piece)
        return b"".join(pieces)

    def stream(self, name: str, start: int = 0) -> Iterator[bytes]:
        """An object's bytes from start on."""
        with self._explained(name), open(self._open(name), "rb") as file:
            file.seek(start)
            while piece := file.read(_CHUNK):
                yield piece

    def size(self, name: str) -> int | None:
        """An object's length in bytes, None where there is no such object."""
        try:
            with self._explained(name), open(self._open(name), "rb") as file:
                return os.fstat(file.fileno()).st_size
        except NotThere:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Put an object in place, whole and on the disk, or not at all."""
        self._check(name)
        final = self.path.joinpath(*name.split("/"))
        part = final.with_name(f".{secrets.token_hex(8)}.part")
        try:
            self._make(final.parent)
            self._write_part(part, data)
            os.replace(part, final)
            _settle(final.parent)
        except OSError as error:
            raise self._cannot_write(error) from error
        finally:
            part.unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """Remove an object if it is there."""
        self._check(name)
        try:
            self.path.joinpath(*name.split("/")).unlink(missing_ok=True)
        except OSError as error:
            raise self._cannot_write(error) from error

    def names(self, under: str) -> list[str]:
        """The names of the objects right under a folder of the repository; what has no proper name is left out."""
        self._check(under)
        try:
            with os.scandir(self.path / under) as entries:
                found = sorted(entry.name for entry in entries if entry.is_file(follow_symlinks=False))
        except FileNotFoundError as error:
            if not self.path.is_dir():
                raise self._unreachable(error) from error
            return []
        except OSError as error:
            raise self._unreachable(error) from error
        return [f"{under}/{name}" for name in found if is_name(f"{under}/{name}")]

    def sizes(self, under: str) -> dict[str, int]:
        """The same names, each with its object's length in bytes."""
        found = {name: self.size(name) for name in self.names(under)}
        return {name: size for name, size in found.items() if size is not None}

    def close(self) -> None:
        """Nothing is held open between reads."""

    def _check(self, name: str) -> None:
        if not is_name(name):
            raise Refused(f"{self.address} names an object in a way that is not allowed.", "It was not touched.")

    def _open(self, name: str) -> int:
        """A handle on a regular file, reached without following a link anywhere below the repository folder."""
        self._check(name)
        handle = self._open_by_handle(name) if _BY_HANDLE else self._open_by_path(name)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise self._not_a_file(name)
        return handle

    def _open_by_handle(self, name: str) -> int:
        *folders, last = name.split("/")
        here = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for folder in folders:
                deeper = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here)
                os.close(here)
                here = deeper
            return os.open(last, _READ, dir_fd=here)
        finally:
            os.close(here)

    def _open_by_path(self, name: str) -> int:
        here = self.path
        for part in name.split("/"):
            here = here / part
            found = here.lstat()
            tag: int = getattr(found, "st_reparse_tag", 0)
            if stat.S_ISLNK(found.st_mode) or tag == _JUNCTION:
                raise self._not_a_file(name)
        return os.open(here, _READ)

    def _not_a_file(self, name: str) -> Refused:
        return Refused(
            f"{name} in {self.address} is not an ordinary file.",
            "It was not opened.",
            "Tell the secretary: somebody has changed the repository.",
        )

    @contextlib.contextmanager
    def _explained(self, name: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            if not self.path.is_dir():
                raise self._unreachable(error) from error
            raise NotThere(f"{name} is not in {self.address}.") from error
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENOTDIR, errno.ENXIO, errno.EISDIR, errno.ENODEV):
                raise self._not_a_file(name) from error
            raise self._unreachable(error) from error

    def _unreachable(self, error: OSError) -> Unreachable:
        return Unreachable(
            f"The folder {self.address} cannot be read: {error.strerror}.",
            "What is already on this computer can be read as before.",
            "Check that the share or memory stick is connected.",
        )

    def _cannot_write(self, error: OSError) -> KnownError:
        why = "the disk is full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else str(error.strerror)
        return KnownError(
            f"The folder {self.address} cannot be written to: {why}.",
            "Members still see what was published before.",
            "Mend that and publish again; what was sent already is not sent twice.",
        )

    def _make(self, folder: Path) -> None:
        if folder.is_dir():
            return
        if folder != self.path:
            self._make(folder.parent)
        folder.mkdir(exist_ok=True)
        self._open_up(folder, self._mode())
        _settle(folder.parent)

    def _mode(self) -> int:
        return stat.S_IMODE(self.path.stat().st_mode)

    def _write_part(self, part: Path, data: bytes) -> None:
        with open(part, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        self._open_up(part, self._mode() & 0o666)

    @staticmethod
    def _open_up(path: Path, mode: int) -> None:
        # Our umask keeps everything to this person, but a web server must be able to read what it serves. A share that
        # knows no modes decides for itself.
        with contextlib.suppress(PermissionError, NotImplementedError):
            path.chmod(mode)


def _settle(folder: Path) -> None:
    """Have the folder's new names survive a power cut, where the system knows how."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network shares cannot; the file itself is synced already.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise
    finally:
        os.close(handle)
