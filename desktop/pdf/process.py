"""A child process as its client holds it: started, spoken to, ended."""

import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from desktop.pdf import frames
from desktop.pdf.frames import Header
from desktop.pdf.memory import Pixels
from desktop.pdf.serving import NOTHING

_ROOT = str(Path(__file__).resolve().parents[2])
_START = (
    "import os, sys; sys.path[:] = sys.argv.pop(1).split(os.pathsep); "
    "from desktop.late_methods import compile_later; compile_later(); "
    "from desktop.TRADE.worker import main; sys.exit(main(sys.argv[1:]))"
)
_NEEDED = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # what a program needs of its surroundings to start
_PIECE = 1 << 20
_NO_WINDOW = 0x08000000 if sys.platform == "win32" else 0


@dataclass(frozen=True)
class Means:
    """What a child process may take. memory_mb: all its memory. patience: steps of niceness, by which it gives way to
    the window and to the worker that draws for it."""

    memory_mb: int
    patience: int = 0


class WorkerProcess:
    """One child process with a pipe each way. Raises OSError where it cannot be started.

    trade: "pdf", or "papers" for one that makes sense of what was read and needs no memory for pixels.
    """

    def __init__(self, pixels: Pixels | None, means: Means, dies_with_us: bool, trade: str = "pdf") -> None:
        handle, files = (pixels.handle, pixels.files) if pixels is not None else (NOTHING, ())
        self._child = subprocess.Popen(
            _command(trade, handle, *map(str, (means.memory_mb, os.getpid() if dies_with_us else 0, means.patience))),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            pass_fds=files,
            pipesize=_PIECE,
            env=_environment(),
            creationflags=_NO_WINDOW,
        )
        assert isinstance(self._child.stdin, io.RawIOBase)
        assert isinstance(self._child.stdout, io.RawIOBase)
        self._send: BinaryIO = self._child.stdin
        self._receive: BinaryIO = io.BufferedReader(self._child.stdout)
        self.pid = self._child.pid

    def alive(self) -> bool:
        """Whether it still runs, as far as the system knows this moment."""
        return self._child.poll() is None

    def send(self, header: Header, body: bytes = b"") -> None:
        """Raises Closed where the worker is gone."""
        frames.write(self._send, frames.frame(header, len(body)) + body)

    def send_file(self, header: Header, file: BinaryIO, length: int) -> None:
        """Send length bytes of a file as the body, in pieces. Raises Closed; OSError where the file cannot be read."""
        frames.write(self._send, frames.frame(header, length))
        while length:
            piece = file.read(min(length, _PIECE))
            if not piece:
                raise OSError("the file became shorter")
            frames.write(self._send, piece)
            length -= len(piece)

    def receive(self) -> tuple[Header, frames.Body]:
        """The next message, its body still to be read. Raises Closed or Nonsense."""
        header, length = frames.read_header(self._receive)
        return header, frames.Body(self._receive, length)

    def kill(self) -> None:
        """End it now; safe from any thread. What reads from it then sees Closed."""
        self._child.kill()

    def close(self) -> None:
        """End it and leave nothing of it: no process, no open pipe."""
        self._child.kill()
        self._send.close()
        self._receive.close()
        self._child.wait()


def _command(trade: str, *arguments: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, f"--{trade}-worker", *arguments]
    # Isolated, so that neither the environment nor the folder we are in adds modules; but with the very search path
    # that found us, so that a checkout, an environment and a person's own site folder all work alike.
    path = os.pathsep.join([_ROOT, *(entry for entry in sys.path if entry and entry != _ROOT)])
    return [sys.executable, "-I", "-S", "-c", _START.replace("TRADE", trade), path, *arguments]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in _NEEDED or name.startswith("_PYI_")}
    # Large blocks go back to the system when they are freed, instead of staying with the process.
    return kept | {"MALLOC_MMAP_THRESHOLD_": str(1 << 20), "MALLOC_ARENA_MAX": "1", "PATH": os.defpath}
