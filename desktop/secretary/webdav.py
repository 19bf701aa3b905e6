"""A repository on a web server that speaks WebDAV: most of those a body has already, and many it can rent."""

import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import urllib3
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from desktop.errors import KnownError
from desktop.packs.folder import NotThere, Refused, Unreachable
from desktop.packs.layout import MIB, is_name

_SAFE = "Members still see what was published before."
_AGAIN = "Publish again; what was sent already is not sent twice."
_TRIES = 4
_IN_TROUBLE = (408, 425, 429, 500, 502, 503, 504)
_MOST_LISTED = 64 * MIB  # bytes of a list; 100,000 objects take some 40
_DAV = "{DAV:}"


class WebDav:
    """The objects of one repository on a server. Each is sent under another name and moved: it appears whole or not."""

    near = False

    def __init__(self, address: str, keys: Mapping[str, str], ca_file: Path | None = None) -> None:
        """keys: username and password, or neither. ca_file: certificates to trust instead of the system's."""
        self.address = address.rstrip("/")
        self._path = urlsplit(self.address).path
        headers = {"User-Agent": "Despatch", "Accept-Encoding": "identity"}
        if keys.get("username"):
            headers |= urllib3.make_headers(basic_auth=f"{keys['username']}:{keys.get('password', '')}")
        retries = urllib3.Retry(
            _TRIES, redirect=0, backoff_factor=0.2, status_forcelist=_IN_TROUBLE, allowed_methods=None,
            raise_on_status=False, raise_on_redirect=False,
        )  # fmt: skip
        options: dict[str, Any] = {"timeout": urllib3.Timeout(10, 60), "retries": retries, "headers": headers}
        if self.address.startswith("https:"):
            options["ssl_context"] = ssl.create_default_context(cafile=ca_file)
        self._pool = urllib3.PoolManager(**options)
        self._made: set[str] = set()

    def read(self, name: str, limit: int) -> bytes:
        """A whole object of at most limit bytes."""
        answer = self._ask("GET", name, whole=False)
        try:
            self._judge(answer, name, (200,))
            data = bytes(answer.read(limit + 1))
        except HTTPError as error:
            raise self._cut() from error
        finally:
            answer.close()
        if len(data) > limit:
            raise Refused(f"{name} in {self.address} is larger than it may be.", "It was not used.")
        return data

    def size(self, name: str) -> int | None:
        """An object's length in bytes, None where there is no such object."""
        try:
            answer = self._judge(self._ask("HEAD", name), name, (200, 204))
        except NotThere:
            return None
        length = answer.headers.get("Content-Length", "")
        return int(length) if length.isdecimal() else None

    def sizes(self, under: str) -> dict[str, int]:
        """The names of the objects right under a folder of the repository, each with its length in bytes."""
        answer = self._ask("PROPFIND", under, {"Depth": "1", "Content-Type": "application/xml"}, whole=False)
        try:
            if answer.status == 404:
                return {}
            self._judge(answer, under, (207,))
            data = answer.read(_MOST_LISTED + 1)
        except HTTPError as error:
            raise self._cut() from error
        finally:
            answer.close()
        return {name: size for name, size in self._listed(data) if name.rpartition("/")[0] == under and is_name(name)}

    def names(self, under: str) -> list[str]:
        """These names alone."""
        return sorted(self.sizes(under))

    def write(self, name: str, data: bytes) -> None:
        """Put an object in place, whole or not at all."""
        folder, _, last = name.rpartition("/")
        self._make(folder)
        part = f"{folder}/part-{last}"
        self._judge(self._ask("PUT", part, {"Content-Type": "application/octet-stream"}, data), part, (200, 201, 204))
        moving = {"Destination": f"{self.address}/{self._checked(name)}", "Overwrite": "T"}
        self._judge(self._ask("MOVE", part, moving), part, (201, 204))

    def remove(self, name: str) -> None:
        """Remove an object if it is there."""
        try:
            self._judge(self._ask("DELETE", name), name, (200, 202, 204))
        except NotThere:
            return

    def close(self) -> None:
        """Close the connections that are kept for the next request."""
        self._pool.clear()

    def _make(self, folder: str) -> None:
        """The folder and those above it, once."""
        if folder in self._made:
            return
        above = folder.rpartition("/")[0]
        if above:
            self._make(above)
        answer = self._ask("MKCOL", folder)
        if answer.status == 409:  # not even the repository's own folder is there yet
            self._judge(self._ask("MKCOL", ""), self.address, (200, 201, 405))
            answer = self._ask("MKCOL", folder)
        self._judge(answer, folder, (200, 201, 204, 405))  # 405: it is there
        self._made.add(folder)

    def _ask(
        self, method: str, name: str, more: Mapping[str, str] | None = None, body: bytes = b"", whole: bool = True
    ) -> BaseHTTPResponse:
        url = f"{self.address}/{self._checked(name)}" if name else f"{self.address}/"
        headers = {**self._pool.headers, **(more or {})}
        try:
            return self._pool.request(
                method, url, body=body or None, headers=headers, redirect=False, preload_content=whole
            )
        except (HTTPError, OSError, ValueError):
            raise self._cut() from None  # the library's words may quote headers

    def _judge(self, answer: BaseHTTPResponse, name: str, good: tuple[int, ...]) -> BaseHTTPResponse:
        if answer.status in good:
            return answer
        if answer.status in (404, 410):
            raise NotThere(f"{name} is not at {self.address}.")
        if answer.status in (401, 403):
            raise KnownError(
                f"{self.address} does not accept the name and password that Despatch has for it.",
                _SAFE,
                f"Give the right ones: despatch place {self.address}",
            )
        if answer.status in (405, 501):
            raise KnownError(
                f"{self.address} does not take files by WebDAV.", _SAFE, "Ask whoever runs the server to allow it."
            )
        if answer.status == 507:
            raise KnownError(f"{self.address} has no room left.", _SAFE, f"Make room there. {_AGAIN}")
        raise Unreachable(f"{self.address} answered with an error (status {answer.status}).", _SAFE, _AGAIN)

    def _listed(self, data: bytes) -> list[tuple[str, int]]:
        if len(data) > _MOST_LISTED:
            raise Refused(f"{self.address} lists more than it can hold.", _SAFE)
        try:
            responses = ElementTree.fromstring(data)  # noqa: S314  the secretary's own server, and expat bounds entities
        except ElementTree.ParseError as error:
            raise Unreachable(f"{self.address} answered with something that is no list.", _SAFE, _AGAIN) from error
        found = []
        for response in responses.iter(f"{_DAV}response"):
            path = unquote(urlsplit(response.findtext(f"{_DAV}href", "")).path)
            length = response.findtext(f".//{_DAV}getcontentlength") or ""
            if path.startswith(f"{self._path}/") and length.isdecimal() and not path.endswith("/"):
                found.append((path.removeprefix(f"{self._path}/"), int(length)))
        return found

    def _checked(self, name: str) -> str:
        if name and not is_name(name):
            raise Refused(f"{self.address} names an object in a way that is not allowed.", "It was not touched.")
        return name

    def _cut(self) -> Unreachable:
        return Unreachable(f"{self.address} cannot be reached, or broke off.", _SAFE, _AGAIN)
