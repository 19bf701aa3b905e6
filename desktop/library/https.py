"""A repository behind a web address: ranges, bounds, and patience that ends. Trusts nothing the server says."""

import socket
import ssl
import threading
import time
import urllib.request
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, SSLError
from urllib3.response import BaseHTTPResponse

from desktop.errors import KnownError
from desktop.packs.folder import NotThere, Refused, Unreachable
from desktop.packs.layout import is_name

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_CHUNK = 64 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)
_SAFE = "What is already on this computer can be read as before."


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds: to connect, between bytes, for a slow start.

    slowest: bytes a second below which it ends. pauses: before each new try; they begin again whenever something came.
    """

    connect: float = 10
    quiet: float = 30
    grace: float = 60
    slowest: int = 1024
    pauses: tuple[float, ...] = (0.5, 1, 2, 4)


class _Cut(Exception):
    """This try failed in a way that another may not."""


class HttpsSource:
    """A repository served over HTTPS by any web host; read only."""

    writable = False

    def names(self, under: str) -> list[str]:
        """None: what a web host holds cannot be asked of all of them alike."""
        return []

    def __init__(
        self,
        address: str,
        ca_file: Path | None = None,
        patience: Patience | None = None,
        pause: Callable[[float], object] | None = None,
    ) -> None:
        """pause: waits so many seconds before another try; by default only until `hang_up`."""
        self.address = address.rstrip("/")
        self._patience = patience or Patience()
        self._calls = _Calls()
        self._pause = pause or self._calls.ended.wait
        self._pool = _pool(self.address, ca_file, self._patience, self._calls)

    def read(self, name: str, limit: int) -> bytes:
        """A whole object of at most limit bytes. A try that is cut begins again, so that two states never mix."""
        tries = self._tries()
        while True:
            try:
                return self._read_once(name, limit)
            except _Cut as cut:
                self._wait(tries, cut)

    def stream(self, name: str, start: int = 0) -> Iterator[bytes]:
        """An object's bytes from start on; a cut connection is taken up where it ended."""
        at, tries, watch = start, self._tries(), _Watch(self._patience)
        while True:
            try:
                for piece in self._pieces(name, at, watch):
                    at += len(piece)
                    tries = self._tries()
                    yield piece
                return
            except _Cut as cut:
                self._wait(tries, cut)

    def write(self, name: str, data: bytes) -> None:
        """Never possible: a web address is read only."""
        raise KnownError(
            f"Nothing can be written to {self.address}.",
            "Nothing was sent.",
            "Save it as a file and send that instead.",
        )

    def remove(self, name: str) -> None:
        """Never possible either."""
        self.write(name, b"")

    def close(self) -> None:
        """Close the connections that are kept for the next request."""
        self._pool.clear()

    def hang_up(self) -> None:
        """End what is under way, from any thread: whoever waits for an answer, or asks anew, gets Unreachable."""
        self._calls.end()

    def _read_once(self, name: str, limit: int) -> bytes:
        pieces, size = [], 0
        for piece in self._pieces(name, 0, _Watch(self._patience)):
            size += len(piece)
            if size > limit:
                raise Refused(f"{self.address} sent more for {name} than it may have.", "It was not used.")
            pieces.append(piece)
        return b"".join(pieces)

    def _pieces(self, name: str, start: int, watch: "_Watch") -> Iterator[bytes]:
        """One try. A server that ignores ranges sends the whole object: what is here already is left out."""
        with self._answer(name, start) as answer:
            skip = self._to_skip(answer, start)
            while piece := self._next(answer, watch):
                if len(piece) > skip:
                    yield piece[skip:]
                skip = max(0, skip - len(piece))

    def _next(self, answer: BaseHTTPResponse, watch: "_Watch") -> bytes:
        try:
            piece = answer.read1(_CHUNK, decode_content=False)
        except (HTTPError, OSError) as error:
            raise _Cut(self._no_answer(error)) from error
        if watch.too_slow(len(piece)):
            raise self._unreachable("sends too slowly to be of use")
        return piece

    @contextmanager
    def _answer(self, name: str, start: int) -> Iterator[BaseHTTPResponse]:
        if not is_name(name):
            raise Refused(f"{self.address} names an object in a way that is not allowed.", "It was not asked for.")
        answer = self._ask(f"{self.address}/{name}", start)
        try:
            self._judge(answer, name)
            yield answer
        finally:
            answer.close()

    def _ask(self, url: str, start: int) -> BaseHTTPResponse:
        headers = {"User-Agent": "Despatch", "Accept-Encoding": "identity", "Cache-Control": "no-cache"}
        if start:
            headers["Range"] = f"bytes={start}-"
        for _ in range(4):
            if self._calls.ended.is_set():
                raise self._unreachable("is not asked any more")
            try:
                answer = self._pool.request(
                    "GET", url, headers=headers, preload_content=False, retries=False, redirect=False
                )
            except SSLError as error:
                self._raise_untrusted(error)
            except (HTTPError, OSError, ValueError) as error:
                raise _Cut(self._no_answer(error)) from error
            if answer.status not in _REDIRECTS:
                return answer
            url = self._elsewhere(url, answer)
        raise self._unreachable("sends every request on to another address")

    def _elsewhere(self, url: str, answer: BaseHTTPResponse) -> str:
        answer.close()
        new = urljoin(url, answer.headers.get("Location", ""))
        if urlsplit(new).scheme != urlsplit(self.address).scheme:
            raise self._unreachable("sends requests on to an address that is not protected")
        return new

    def _judge(self, answer: BaseHTTPResponse, name: str) -> None:
        status = answer.status
        if status in (403, 404, 410):
            raise NotThere(
                f"{name} is not at {self.address}.", _SAFE, "Ask the secretary whether the address is right."
            )
        if status >= 500 or status in (408, 425, 429):
            raise _Cut(f"answers that it is in trouble (status {status})")
        if status not in (200, 206):
            raise self._unreachable(f"answers in a way that is of no use (status {status})")
        if answer.headers.get("Content-Type", "").lower().startswith("text/html"):
            raise self._unreachable("answers with a web page, perhaps the sign-in page of this network")
        if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise self._unreachable("sends its files in another encoding than they were asked for")

    def _to_skip(self, answer: BaseHTTPResponse, start: int) -> int:
        if answer.status == 200:
            return start
        if not start or not answer.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
            raise self._unreachable("answers with another part of the file than was asked for")
        return 0

    def _tries(self) -> Iterator[float]:
        return iter(self._patience.pauses)

    def _wait(self, tries: Iterator[float], cut: _Cut) -> None:
        seconds = None if self._calls.ended.is_set() else next(tries, None)
        if seconds is None:
            raise self._unreachable(str(cut)) from cut
        self._pause(seconds)

    def _unreachable(self, why: str) -> Unreachable:
        return Unreachable(f"{self.address} {why}.", _SAFE, "Despatch will try again by itself.")

    def _raise_untrusted(self, error: SSLError) -> NoReturn:
        if isinstance(error.args[0] if error.args else None, ssl.SSLCertVerificationError):
            raise self._unreachable("shows a certificate that this computer does not trust") from error
        raise _Cut("cannot be reached securely") from error

    @staticmethod
    def _no_answer(error: Exception) -> str:
        if isinstance(error, urllib3.exceptions.NewConnectionError):
            return "cannot be reached"
        if isinstance(error, urllib3.exceptions.TimeoutError):
            return "does not answer in time"
        return "broke the connection off"


class _Watch:
    """Ends a transfer that goes on but gets nowhere."""

    def __init__(self, patience: Patience) -> None:
        self._patience, self._began, self._bytes = patience, time.monotonic(), 0

    def too_slow(self, came: int) -> bool:
        self._bytes += came
        allowed = self._patience.grace + self._bytes / self._patience.slowest
        return time.monotonic() - self._began > allowed


class _Calls:
    """The connections there are, so that they can be hung up while somebody waits on them."""

    def __init__(self) -> None:
        self.ended = threading.Event()
        self._there: weakref.WeakSet[HTTPConnection] = weakref.WeakSet()
        self._lock = threading.Lock()

    def began(self, connection: HTTPConnection) -> None:
        """A connection stands; one that comes too late is hung up at once."""
        with self._lock:
            self._there.add(connection)
        if self.ended.is_set():
            _hang_up(connection)

    def end(self) -> None:
        """Hang up all of them, and those still to come."""
        self.ended.set()
        with self._lock:
            there = tuple(self._there)
        for connection in there:
            _hang_up(connection)


def _pool(address: str, ca_file: Path | None, patience: Patience, calls: _Calls) -> urllib3.PoolManager:
    options: dict[str, Any] = {"timeout": urllib3.Timeout(connect=patience.connect, read=patience.quiet), "maxsize": 4}
    if urlsplit(address).scheme == "https":
        options["ssl_context"] = _trust(address, ca_file)
    proxy = _proxy(address)
    pool = urllib3.ProxyManager(proxy, **options) if proxy else urllib3.PoolManager(**options)
    pool.pool_classes_by_scheme = _watched_pools(patience, calls)
    return pool


def _trust(address: str, ca_file: Path | None) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        raise KnownError(f"The certificates in {ca_file} for {address} cannot be read.", _SAFE) from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _proxy(address: str) -> str:
    parts = urlsplit(address)
    host = parts.hostname or ""
    if host in LOOPBACK or urllib.request.proxy_bypass(host):
        return ""
    return urllib.request.getproxies().get(parts.scheme, "")


def _watched_pools(patience: Patience, calls: _Calls) -> dict[str, type[HTTPConnectionPool]]:
    """Connection pools whose answers must have begun within the grace, however slowly their headers drip."""

    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            calls.began(self)

        def getresponse(self) -> Any:
            with _deadline(self, patience.grace):
                return super().getresponse()

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            calls.began(self)

        def getresponse(self) -> Any:
            with _deadline(self, patience.grace):
                return super().getresponse()

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


@contextmanager
def _deadline(connection: HTTPConnection, seconds: float) -> Iterator[None]:
    timer = threading.Timer(seconds, partial(_hang_up, connection))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def _hang_up(connection: HTTPConnection) -> None:
    # The other side may have closed it in the same moment.
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)
