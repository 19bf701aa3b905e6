"""A small process of its own that goes ahead for the key and the last still, while this one loads Qt on the other core.

Asking the keyring takes Python a tenth of a second, in which it could load nothing else; stretching a passphrase half a
second. The scout speaks over a pipe that only its starter holds: a line of JSON, then the packed still, and it ends.
"""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from desktop.children import Child
from desktop.still import Still, unpacked

WORD = "--scout"  # the first word of its command line where Despatch is one program
_NO_WINDOW = 0x08000000 if sys.platform == "win32" else 0
_ROOT = str(Path(__file__).resolve().parents[1])
_START = (
    "import os, sys; sys.path[:] = sys.argv.pop(1).split(os.pathsep); "
    "from desktop.scouting import main; sys.exit(main(sys.argv[1:]))"
)


@dataclass(frozen=True)
class Findings:
    """What the scout found. key: b"" for none. asked: whether that is the keyring's answer, which need not be asked
    again. wrong: the passphrase was. still: the last the window showed."""

    key: bytes = b""
    asked: bool = False
    wrong: bool = False
    still: Still | None = None


class Sent(Protocol):
    """A scout's process."""

    def hearing(self) -> IO[bytes]:
        """What it says."""

    def kill(self) -> None:
        """End it, if it has not ended."""

    def wait(self) -> None:
        """Until it has ended."""


class Scout:
    """A scout on its way. May be asked from any thread."""

    def __init__(self, child: Sent) -> None:
        """child: as `sent` or `copied` make it."""
        self._child = child
        self._findings = Findings()
        self._reading = threading.Thread(target=self._read, name="despatch-scout", daemon=True)
        self._reading.start()

    @staticmethod
    def sent(folder: Path, passphrase: str = "") -> "Scout":
        """Send one ahead. Raises OSError where no process can be started."""
        return Scout(_Started(folder, passphrase))

    @staticmethod
    def copied(process: int, hearing: int) -> "Scout":
        """One that went ahead as a copy of this process. hearing: the handle of the pipe it speaks into."""
        return Scout(_Copied(process, hearing))

    def is_back(self, seconds: float) -> bool:
        """Wait for it, but not longer; whether it is back."""
        self._reading.join(seconds)
        return not self._reading.is_alive()

    def findings(self) -> Findings:
        """Wait for it as long as it takes: the system may be asking the member for the keyring's own passphrase."""
        self._reading.join()
        return self._findings

    def call_back(self) -> None:
        """Whatever it is at, it ends."""
        self._child.kill()
        self._reading.join()

    def _read(self) -> None:
        with self._child.hearing() as hearing:
            try:
                self._findings = _heard(hearing.readline(), hearing.read())
            except (ValueError, OSError):
                self._findings = Findings()  # it found nothing: the way in is then the one without it
        self._child.wait()


class _Started:
    """A program of its own."""

    def __init__(self, folder: Path, passphrase: str) -> None:
        self._child = subprocess.Popen(
            _command(str(folder)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_NO_WINDOW,
        )
        assert self._child.stdin is not None
        with self._child.stdin as speaking:
            speaking.write(passphrase.encode("utf-8", "surrogatepass"))

    def hearing(self) -> IO[bytes]:
        assert self._child.stdout is not None
        return self._child.stdout

    def kill(self) -> None:
        self._child.kill()

    def wait(self) -> None:
        self._child.wait()


class _Copied:
    """A copy of this process."""

    def __init__(self, process: int, hearing: int) -> None:
        self._child, self._hearing = Child(process), hearing

    def hearing(self) -> IO[bytes]:
        return os.fdopen(self._hearing, "rb")

    def kill(self) -> None:
        self._child.kill()

    def wait(self) -> None:
        self._child.wait()


def _heard(line: bytes, packed: bytes) -> Findings:
    said = json.loads(line)
    return Findings(bytes.fromhex(said["key"]), said["asked"] is True, said["wrong"] is True, unpacked(packed))


def _command(*arguments: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, WORD, *arguments]
    # As the worker is started: isolated, and with the very search path that found us.
    path = os.pathsep.join([_ROOT, *(entry for entry in sys.path if entry and entry != _ROOT)])
    return [sys.executable, "-I", "-S", "-c", _START, path, *arguments]
