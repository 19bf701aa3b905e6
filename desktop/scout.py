"""A small process of its own that goes ahead for the key and the last still, while this one loads Qt on the other core.

Asking the keyring takes Python a tenth of a second, in which it could load nothing else; stretching a passphrase half a
second. The scout speaks over a pipe that only its starter holds: a line of JSON, then the still's pixels, and it ends.
"""

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from desktop.still import Still, still_of, take_still

WORD = "--scout"  # the first word of its command line where Despatch is one program
_NO_WINDOW = 0x08000000 if sys.platform == "win32" else 0
_ROOT = str(Path(__file__).resolve().parents[1])
_START = (
    "import os, sys; sys.path[:] = sys.argv.pop(1).split(os.pathsep); "
    "from desktop.scout import main; sys.exit(main(sys.argv[1:]))"
)


@dataclass(frozen=True)
class Findings:
    """What the scout found. key: b"" for none. asked: whether that is the keyring's answer, which need not be asked
    again. wrong: the passphrase was. still: the last the window showed."""

    key: bytes = b""
    asked: bool = False
    wrong: bool = False
    still: Still | None = None


class Scout:
    """A scout on its way. May be asked from any thread."""

    def __init__(self, folder: Path, passphrase: str = "") -> None:
        """Send one ahead. Raises OSError where no process can be started."""
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
        self._findings = Findings()
        self._reading = threading.Thread(target=self._read, name="despatch-scout", daemon=True)
        self._reading.start()

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
        assert self._child.stdout is not None
        with self._child.stdout as hearing:
            try:
                self._findings = _heard(hearing.readline(), hearing.read())
            except (ValueError, OSError):
                self._findings = Findings()  # it found nothing: the way in is then the one without it
        self._child.wait()


def main(arguments: list[str]) -> int:
    """The scout's own life. arguments: the store's folder. A passphrase, or nothing, comes by standard input."""
    from desktop.hardening import harden

    harden()
    found = _look(Path(arguments[0]), sys.stdin.buffer.read().decode("utf-8", "surrogatepass"))
    _say(sys.stdout.buffer, found)
    return 0


def _look(folder: Path, passphrase: str) -> Findings:
    from desktop.errors import KnownError
    from desktop.vault import Vault, WrongPassphrase

    vault = Vault(folder)
    try:
        key = vault.open_with_passphrase(passphrase) if passphrase else vault.open_with_keyring()
    except WrongPassphrase:
        return Findings(wrong=True)
    except KnownError:
        return Findings()  # said by the way in without a scout, which has a window to say it in
    if key is None:
        return Findings(asked=True)
    return Findings(key, still=take_still(folder, key))


def _say(to: BinaryIO, found: Findings) -> None:
    facts: dict[str, object] = {"key": found.key.hex(), "asked": found.asked, "wrong": found.wrong, "still": None}
    if found.still is None:
        to.write(json.dumps(facts).encode() + b"\n")
        return
    still = asdict(found.still)
    pixels = still.pop("pixels")
    to.write(json.dumps(facts | {"still": still}).encode() + b"\n")
    to.write(pixels)


def _heard(line: bytes, pixels: bytes) -> Findings:
    said = json.loads(line)
    still = still_of(said["still"], pixels) if said["still"] is not None else None
    return Findings(bytes.fromhex(said["key"]), said["asked"] is True, said["wrong"] is True, still)


def _command(*arguments: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, WORD, *arguments]
    # As the worker is started: isolated, and with the very search path that found us.
    path = os.pathsep.join([_ROOT, *(entry for entry in sys.path if entry and entry != _ROOT)])
    return [sys.executable, "-I", "-S", "-c", _START, path, *arguments]
