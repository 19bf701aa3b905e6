"""Where a body's repository is: a folder, a share, a memory stick or a web address. Reads objects, judges nothing."""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from desktop.errors import KnownError
from desktop.packs.folder import NotThere, Refused, RepositoryFolder, Unreachable

__all__ = ["FolderSource", "NotThere", "Refused", "RepositorySource", "Unreachable", "open_source"]

CA_FILE = "DESPATCH_CA_FILE"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)  # two letters at least: "C:" is a disk


class RepositorySource(Protocol):
    """A repository's objects by name. Raises NotThere, Unreachable or Refused, each a KnownError naming the address."""

    address: str

    @property
    def writable(self) -> bool:
        """Whether a join request, or notes for other members, can be put here."""
        ...

    def names(self, under: str) -> list[str]:
        """The names of the objects right under a folder of the repository; none where that cannot be asked."""
        ...

    def read(self, name: str, limit: int) -> bytes:
        """A whole object; Refused when it has more than limit bytes."""
        ...

    def stream(self, name: str, start: int = 0) -> Iterator[bytes]:
        """An object's bytes from start on, in pieces, for as long as they come; the caller bounds and verifies them."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Put an object in place; KnownError where that cannot be."""
        ...

    def remove(self, name: str) -> None:
        """Take an object away that was put there; KnownError where that cannot be."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...

    def hang_up(self) -> None:
        """End what is under way, from any thread, where that could take long."""
        ...


class FolderSource(RepositoryFolder):
    """A repository in a folder, on a share or on a memory stick; needs no network code."""

    def hang_up(self) -> None:
        """A read of a folder ends by itself."""


def open_source(address: str, ca_file: Path | None = None) -> RepositorySource:
    """The source at an address: a folder's path, a file: address, or https://. Nothing is contacted yet.

    ca_file: certificates to trust instead of the system's (also by the environment variable DESPATCH_CA_FILE).
    Raises KnownError for any other address; http:// is for this machine alone.
    """
    if not _SCHEME.match(address):
        return FolderSource(_folder(address))
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError as error:
        raise _cannot_use(address) from error
    if parts.scheme == "file" and host in ("", "localhost"):
        return FolderSource(_folder(url2pathname(parts.path) if sys.platform == "win32" else unquote(parts.path)))
    if parts.scheme == "https" and host and not (parts.query or parts.fragment) and parts.username is None:
        return _web(address, ca_file)
    if parts.scheme == "http" and host in _LOOPBACK:
        return _web(address, ca_file)
    raise _cannot_use(address)


def _folder(path: str) -> Path:
    if not path or "\0" in path or not Path(path).is_absolute():
        raise _cannot_use(path)
    return Path(path)


def _web(address: str, ca_file: Path | None) -> RepositorySource:
    # urllib3 is not needed for a folder, and not while the window opens.
    from desktop.library.https import HttpsSource

    given = os.environ.get(CA_FILE, "")
    return HttpsSource(address, ca_file or (Path(given) if given else None))


def _cannot_use(address: str) -> KnownError:
    shown = "".join(sign for sign in address if sign.isprintable())[:200]
    return KnownError(
        f"“{shown}” is not an address Despatch can fetch packs from.",
        "Nothing was contacted.",
        "It must be a folder's full path or an address that begins with https://.",
    )
