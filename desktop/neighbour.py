"""One Despatch for one store: a second start finds the first one's door, says what it was to open, and ends.

The door is a socket in the store's own folder, which nobody else can enter. Where systems have none (Windows), or the
folder cannot hold one, every start has a window of its own.
"""

import json
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Protocol

_DOOR = "door"
_PATIENCE = 2.0  # seconds: one that does not answer by then hangs, and is no neighbour
_AT_ONCE = 0.2  # seconds a caller has for what it says: the window waits meanwhile
_MOST = 8192  # bytes
_LONGEST = 100  # bytes of a socket's path, which systems cut
_TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")  # whoever started us lets a window come to the front by them


class Heard(Protocol):
    """Answers a caller. file: what to open, "" for nothing."""

    def __call__(self, file: str) -> object: ...


def call(folder: Path, file: Path | None = None) -> bool:
    """Have the Despatch that has this store open come to the front, and open a file. Whether there is one."""
    place = _place(folder)
    if sys.platform == "win32" or place is None or not place.exists():
        return False
    words = {"file": str(file.absolute()) if file else "", **{name: os.environ.get(name, "") for name in _TOKENS}}
    try:
        with socket.socket(socket.AF_UNIX) as speaking:
            speaking.settimeout(_PATIENCE)
            speaking.connect(str(place))
            speaking.sendall(json.dumps(words).encode() + b"\n")
            return speaking.recv(2) == b"ok"
    except OSError:
        return False  # left behind by one that was killed


def is_in(folder: Path) -> bool:
    """Whether a Despatch has this store open. It is not asked for anything."""
    place = _place(folder)
    return sys.platform != "win32" and place is not None and place.exists() and _is_open(place)


class Door:
    """Stands open while Despatch runs. Waits for nobody: `answer` is for when `number` has something to read."""

    def __init__(self, folder: Path, heard: Heard) -> None:
        """Raises OSError where the folder can have none, or another Despatch has it."""
        self._heard, self._place = heard, _place(folder)
        if sys.platform == "win32" or self._place is None:
            raise OSError("no door can be here")
        if _is_open(self._place):
            raise OSError("another has the door")
        self._place.unlink(missing_ok=True)
        self._listening = socket.socket(socket.AF_UNIX)
        try:
            self._listening.bind(str(self._place))
            self._place.chmod(0o600)
            self._listening.listen()
        except OSError:
            self._listening.close()
            raise

    @property
    def number(self) -> int:
        """The handle to be watched."""
        return self._listening.fileno()

    def answer(self) -> None:
        """Hear one caller out. What is no call of ours is let go of."""
        with suppress(OSError, ValueError):
            speaking, _ = self._listening.accept()
            with speaking:
                speaking.settimeout(_AT_ONCE)
                said = _said(_line(speaking))
                for name in _TOKENS:
                    if isinstance(token := said.get(name), str) and token:
                        os.environ[name] = token
                speaking.sendall(b"ok")
            self._heard(str(said["file"]))

    def close(self) -> None:
        """From now on a start is a first one."""
        self._listening.close()
        if self._place is not None:
            with suppress(OSError):
                self._place.unlink(missing_ok=True)


def _place(folder: Path) -> Path | None:
    place = folder.absolute() / _DOOR
    return place if len(os.fsencode(place)) <= _LONGEST else None


def _is_open(place: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as trying:
        trying.settimeout(_PATIENCE)
        try:
            trying.connect(str(place))
        except OSError:
            return False
    return True


def _said(line: bytes) -> dict[str, object]:
    said = json.loads(line)
    if not isinstance(said, dict) or not isinstance(said.get("file"), str):
        raise ValueError("no call of ours")
    return said


def _line(speaking: socket.socket) -> bytes:
    """A caller's words. Raises ValueError for what does not end."""
    said = b""
    while not said.endswith(b"\n"):
        more = speaking.recv(_MOST)
        if not more or len(said) > _MOST:
            raise ValueError("no call of ours")
        said += more
    return said
