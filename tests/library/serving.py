"""A real small repository to receive from, and a loopback web server that can be told to misbehave."""

import hashlib
import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.library.https import HttpsSource, Patience
from desktop.library.repository import Repository
from desktop.library.sources import FolderSource, RepositorySource
from desktop.packs import layout
from desktop.packs.layout import TargetFacts
from desktop.secretary import deposit
from desktop.secretary.signing import SignedState, add_signature, make_root, new_signing_key, public_key, sign_state

BRISK = Patience(connect=5, quiet=5, grace=5, slowest=1024, pauses=(0, 0, 0))
HURRIED = Patience(connect=1, quiet=1, grace=0.3, slowest=10_000_000, pauses=(0,))


class Body:
    """A body's secretary and repository folder, with real keys."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.folder = FolderSource(path)
        self.officer, self.daily = new_signing_key(), new_signing_key()
        self.version = 0
        self.objects: dict[str, bytes] = {}
        self.roots = [self.signed_root(1, self.daily)]
        deposit.put_roots(self.folder, self.roots)

    def signed_root(self, version: int, daily: str, *signers: str, now: datetime | None = None) -> bytes:
        root = make_root([public_key(self.officer)], 1, [public_key(daily)], now or datetime.now(UTC), version)
        for pem in signers or (self.officer,):
            add_signature(root, pem)
        return root.to_bytes()

    def add(self, data: bytes, name: str = "") -> str:
        name = name or layout.new_blob_name()
        self.objects[name] = data
        return name

    def facts(self) -> dict[str, TargetFacts]:
        return {name: TargetFacts(len(data), sha(data)) for name, data in self.objects.items()}

    def state(self, version: int, daily: str = "", age: timedelta = timedelta(0)) -> SignedState:
        return sign_state(self.facts(), version, daily or self.daily, datetime.now(UTC) - age)

    def publish(self, daily: str = "", age: timedelta = timedelta(0)) -> SignedState:
        for name, data in self.objects.items():
            self.folder.write(layout.stored_at(name, sha(data)), data)
        self.version += 1
        state = self.state(self.version, daily, age)
        deposit.put_state(self.folder, state)
        return state

    def stored(self, name: str) -> Path:
        return self.path / layout.stored_at(name, sha(self.objects[name]))

    def member(
        self, home: Path, source: RepositorySource | None = None, floor: dict[str, int] | None = None
    ) -> Repository:
        return Repository(source or self.folder, home, self.roots[0], floor)


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def never() -> bool:
    return False


def ignore(done: int) -> None:
    """Progress nobody asked for."""


Answer = Callable[[http.server.BaseHTTPRequestHandler], bool]


class Web:
    """Serves a folder over loopback with ranges; `answer` may take a request over (True when it did)."""

    def __init__(self, folder: Path, context: object = None) -> None:
        self.folder, self.answer, self.asked = folder, _as_asked, list[tuple[str, str]]()
        self.done = threading.Event()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = False
        scheme = "http"
        if context is not None:
            scheme = "https"
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.address = f"{scheme}://127.0.0.1:{self.server.server_port}"

    def source(self, patience: Patience = BRISK) -> HttpsSource:
        return HttpsSource(self.address, patience=patience)

    def _handler(web) -> type[http.server.BaseHTTPRequestHandler]:
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                web.asked.append((self.path, self.headers.get("Range", "")))
                try:
                    if not web.answer(self):
                        serve(self, web.folder)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                """Silence."""

        return Handler


def _as_asked(_: http.server.BaseHTTPRequestHandler) -> bool:
    return False


def serve(handler: http.server.BaseHTTPRequestHandler, folder: Path, ranges: bool = True) -> None:
    path = folder / handler.path.lstrip("/")
    if not path.is_file():
        send(handler, 404, b"")
        return
    data = path.read_bytes()
    asked = handler.headers.get("Range", "")
    if ranges and asked:
        start = int(asked.removeprefix("bytes=").rstrip("-"))
        if start >= len(data):
            send(handler, 416, b"")
        else:
            send(handler, 206, data[start:], **{"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"})
    else:
        send(handler, 200, data)


def send(
    handler: http.server.BaseHTTPRequestHandler, status: int, data: bytes, length: int = -1, **headers: str
) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(data) if length < 0 else length))
    handler.end_headers()
    handler.wfile.write(data)
    if length > len(data):
        handler.close_connection = True


@contextmanager
def serving(folder: Path, context: object = None) -> Iterator[Web]:
    web = Web(folder, context)
    thread = threading.Thread(target=web.server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield web
    finally:
        web.done.set()
        web.server.shutdown()
        thread.join()
        web.server.server_close()


def make_certificate(folder: Path) -> Path:
    import datetime
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(True, None), True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path
