"""A repository in a bucket of S3, Azure or Google, by the library that knows all three."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import AzureStore, GCSStore, S3Store

from desktop.errors import KnownError
from desktop.packs.folder import NotThere, Refused, Unreachable
from desktop.packs.layout import METADATA, is_name

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_FOR_EVER, _ASK_AGAIN = "public, max-age=31536000, immutable", "no-cache"
_SAFE = "Members still see what was published before."
_AGAIN = "Publish again; what was sent already is not sent twice."


class Bucket:
    """The objects of one repository in a bucket. An object appears whole or not at all; the stores see to that."""

    near = False

    def __init__(self, address: str, keys: Mapping[str, str]) -> None:
        """keys: as `desktop.secretary.places.KINDS` lists them for the address."""
        self.address = address.rstrip("/")
        self._store = _store(self.address, dict(keys))

    def read(self, name: str, limit: int) -> bytes:
        """A whole object of at most limit bytes."""
        with self._explained(name):
            found = obstore.get(self._store, self._checked(name))
            if found.meta["size"] > limit:
                raise Refused(f"{name} in {self.address} is larger than it may be.", "It was not used.")
            return bytes(found.bytes())

    def size(self, name: str) -> int | None:
        """An object's length in bytes, None where there is no such object."""
        try:
            with self._explained(name):
                return int(obstore.head(self._store, self._checked(name))["size"])
        except NotThere:
            return None

    def sizes(self, under: str) -> dict[str, int]:
        """The names of the objects right under a folder of the repository, each with its length in bytes."""
        with self._explained(under):
            found = [each for some in obstore.list(self._store, prefix=self._checked(under)) for each in some]
        sizes = {str(each["path"]): int(each["size"]) for each in found}
        return {name: size for name, size in sizes.items() if name.rpartition("/")[0] == under and is_name(name)}

    def names(self, under: str) -> list[str]:
        """These names alone."""
        return sorted(self.sizes(under))

    def write(self, name: str, data: bytes) -> None:
        """Put an object in place, whole or not at all. What never changes may be kept by whatever lies between."""
        kept = _ASK_AGAIN if name == f"{METADATA}/timestamp.json" else _FOR_EVER
        attributes = {"Cache-Control": kept, "Content-Type": "application/octet-stream"}
        with self._explained(name):
            obstore.put(self._store, self._checked(name), data, attributes=attributes)

    def remove(self, name: str) -> None:
        """Remove an object if it is there."""
        try:
            with self._explained(name):
                obstore.delete(self._store, self._checked(name))
        except NotThere:
            return

    def close(self) -> None:
        """The library keeps its connections itself."""

    def _checked(self, name: str) -> str:
        if not is_name(name):
            raise Refused(f"{self.address} names an object in a way that is not allowed.", "It was not touched.")
        return name

    @contextmanager
    def _explained(self, name: str) -> Iterator[None]:
        """In our own words: the library's may quote addresses and keys."""
        try:
            yield
        except FileNotFoundError as error:
            raise NotThere(f"{name} is not in {self.address}.") from error
        except (PermissionDeniedError, UnauthenticatedError):
            raise KnownError(
                f"{self.address} does not accept the key that Despatch has for it.",
                _SAFE,
                f"Give the right one: despatch place {self.address}",
            ) from None
        except (BaseError, OSError, ValueError):
            raise Unreachable(f"{self.address} cannot be reached, or answered with an error.", _SAFE, _AGAIN) from None


def _store(address: str, keys: dict[str, str]) -> Any:
    parts = urlsplit(address)
    bucket, prefix = parts.hostname or "", parts.path.strip("/") or None
    plain = urlsplit(keys.get("endpoint") or keys.get("base_url") or "")
    # Unprotected only to this machine, as for reading.
    client: Any = {"allow_http": plain.scheme == "http" and plain.hostname in _LOOPBACK, "timeout": "300s"}
    given: Any = {name: value for name, value in keys.items() if value}
    try:
        if parts.scheme == "s3":
            given.setdefault("region", "us-east-1")
            return S3Store(bucket, prefix=prefix, client_options=client, **given)
        if parts.scheme == "az":
            return AzureStore(bucket, prefix=prefix, client_options=client, **given)
        return GCSStore(bucket, prefix=prefix, client_options=client, **given)
    except (BaseError, ValueError, TypeError):
        raise KnownError(
            f"The key that Despatch has for {address} makes no sense.",
            "Nothing was contacted.",
            f"Give it again: despatch place {address}",
        ) from None
