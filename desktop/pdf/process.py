"""A child process as its client holds it: started, spoken to, ended."""

import io
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import BinaryIO

from desktop.children import Child
from desktop.pdf import frames
from desktop.pdf.frames import Header
from desktop.pdf.memory import Pixels
from desktop.pdf.serving import NOTHING
from desktop.pdf.spawning import PIECE, Spawned, command, environment

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

    def __init__(
        self,
        pixels: Pixels | None,
        means: Means,
        dies_with_us: bool,
        trade: str = "pdf",
        spawned: Spawned | None = None,
    ) -> None:
        """spawned: one that is on its way already, with the same memory for pixels."""
        if spawned is not None:
            self._child: subprocess.Popen[bytes] | Child = Child(spawned.process)
            self._send: BinaryIO = io.FileIO(spawned.into, "wb")
            self._receive: BinaryIO = io.BufferedReader(io.FileIO(spawned.out, "rb"))
            self.pid = self._child.pid
            return
        handle, files = (pixels.handle, pixels.files) if pixels is not None else (NOTHING, ())
        child = self._child = subprocess.Popen(
            command(trade, handle, *map(str, (means.memory_mb, os.getpid() if dies_with_us else 0, means.patience))),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            pass_fds=files,
            pipesize=PIECE,
            env=environment(),
            creationflags=_NO_WINDOW,
        )
        assert isinstance(child.stdin, io.RawIOBase)
        assert isinstance(child.stdout, io.RawIOBase)
        self._send = child.stdin
        self._receive = io.BufferedReader(child.stdout)
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
            piece = file.read(min(length, PIECE))
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
