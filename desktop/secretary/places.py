"""Where a secretary publishes to: a folder, a bucket of an object store, a WebDAV address. One interface for all."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname

from desktop.errors import KnownError
from desktop.packs.folder import RepositoryFolder
from desktop.secretary.registry import Registry

LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Place(Protocol):
    """A repository's objects by name, to be written. Raises NotThere, Unreachable or Refused, each a KnownError that
    names the address and never a key."""

    address: str
    near: bool  # reading back what is there costs nothing

    def read(self, name: str, limit: int) -> bytes:
        """A whole object of at most limit bytes."""

    def size(self, name: str) -> int | None:
        """An object's length in bytes, None where there is no such object."""

    def sizes(self, under: str) -> dict[str, int]:
        """The names of the objects right under a folder of the repository, each with its length in bytes."""

    def names(self, under: str) -> list[str]:
        """These names alone."""

    def write(self, name: str, data: bytes) -> None:
        """Put an object in place, whole or not at all."""

    def remove(self, name: str) -> None:
        """Remove an object if it is there."""

    def close(self) -> None:
        """Let go of connections."""


@dataclass(frozen=True)
class Kind:
    """A kind of place. needs and may_have: what has to be known to write there, in the order in which it is asked for.

    secret: those of them that are not shown while they are typed.
    """

    words: str
    needs: tuple[str, ...]
    may_have: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()


KINDS = {
    "s3": Kind(
        "a bucket of S3 or a store that speaks as it does", ("access_key_id", "secret_access_key"),
        ("region", "endpoint"), ("secret_access_key",),
    ),
    "az": Kind("a container of Azure", ("account_name", "account_key"), ("endpoint",), ("account_key",)),
    "gs": Kind("a bucket of Google Cloud Storage", ("service_account_key",), ("base_url",), ("service_account_key",)),
    "https": Kind("a WebDAV address", ("username", "password"), (), ("password",)),
}  # fmt: skip


def open_place(registry: Registry, address: str) -> Place:
    """The place at an address; nothing is contacted yet. Raises KnownError where it is none, or its key is missing."""
    kind = kind_of(address)
    if kind is None:
        return _folder(address)
    keys = keys_of(registry, address)
    if keys is None:
        raise KnownError(
            f"Despatch has no key to write to {address}.",
            "Nothing was published.",
            "If members only read there, publish to the folder that the web server serves, and give them the address. "
            f"Else give the key once: despatch place {address}",
        )
    return Stocked(_OPEN[urlsplit(address).scheme](address, keys))


def kind_of(address: str) -> Kind | None:
    """What kind of place is at an address, None for a folder. Raises KnownError for an address that is neither."""
    if "://" not in address or address.startswith("file:"):
        return None
    parts = urlsplit(address)
    scheme = "https" if parts.scheme == "http" and parts.hostname in LOOPBACK else parts.scheme
    if scheme not in KINDS or not parts.hostname or parts.query or parts.fragment or parts.username or parts.password:
        raise KnownError(
            f"Despatch cannot publish to {parts.scheme}://{parts.hostname or ''}.",
            "Nothing was published.",
            "It must be a folder, s3://BUCKET/PATH, az://CONTAINER/PATH, gs://BUCKET/PATH or a WebDAV address that "
            "begins with https://. Its key is not part of the address.",
        )
    return KINDS[scheme]


def keep_keys(registry: Registry, address: str, keys: Mapping[str, str]) -> None:
    """Keep what is needed to write to a place, in the sealed store alone; nothing forgets it."""
    registry.keep_note(_note(address), json.dumps(dict(keys)) if keys else "")


def keys_of(registry: Registry, address: str) -> dict[str, str] | None:
    """What was kept for a place or for what lies above it, None where nothing was."""
    wanted = address.rstrip("/")
    while "://" in wanted and not wanted.endswith(":/"):
        if kept := registry.note(_note(wanted)):
            keys: dict[str, str] = json.loads(kept)
            return keys
        wanted = wanted.rpartition("/")[0]
    return None


class Stocked:
    """A place far away whose lists are asked for once: what was written or removed since is known anyway."""

    near = False

    def __init__(self, place: Place) -> None:
        self._place, self.address = place, place.address
        self._known: dict[str, dict[str, int]] = {}

    def read(self, name: str, limit: int) -> bytes:
        """As the place has it."""
        return self._place.read(name, limit)

    def size(self, name: str) -> int | None:
        """By the list of its folder."""
        return self._listed(name.rpartition("/")[0]).get(name)

    def sizes(self, under: str) -> dict[str, int]:
        """The list."""
        return dict(self._listed(under))

    def names(self, under: str) -> list[str]:
        """Its names."""
        return sorted(self._listed(under))

    def write(self, name: str, data: bytes) -> None:
        """Put it there, and on the list."""
        self._place.write(name, data)
        self._listed(name.rpartition("/")[0])[name] = len(data)

    def remove(self, name: str) -> None:
        """Take it from there, and off the list."""
        self._place.remove(name)
        self._listed(name.rpartition("/")[0]).pop(name, None)

    def close(self) -> None:
        """Let go of connections."""
        self._place.close()

    def _listed(self, under: str) -> dict[str, int]:
        if under not in self._known:
            self._known[under] = self._place.sizes(under)
        return self._known[under]


def _note(address: str) -> str:
    return f"place/{address.rstrip('/')}"


def _folder(address: str) -> RepositoryFolder:
    path = Path(url2pathname(urlsplit(address).path) if address.startswith("file:") else address).absolute()
    if not path.is_dir():
        raise KnownError(
            f"There is no folder {path}.",
            "Nothing was published.",
            "Check that the share or memory stick is connected.",
        )
    return RepositoryFolder(path)


def _bucket(address: str, keys: Mapping[str, str]) -> Place:
    from desktop.secretary.buckets import Bucket

    return Bucket(address, keys)


def _webdav(address: str, keys: Mapping[str, str]) -> Place:
    from desktop.secretary.webdav import WebDav

    return WebDav(address, keys)


_OPEN: Mapping[str, Callable[[str, Mapping[str, str]], Place]] = {
    "s3": _bucket, "az": _bucket, "gs": _bucket, "https": _webdav, "http": _webdav,
}  # fmt: skip
