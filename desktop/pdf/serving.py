"""What every child process does: gives up all it can reach, then answers messages until nobody asks any more."""

import contextlib
import gc
import mmap
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from typing import BinaryIO, Protocol

from desktop.pdf import frames
from desktop.pdf.frames import Body, Header, Refused

_GRACE = 2.0  # seconds past a limit. The client ends a slow worker; this is for when there is no client left
_MOST_FILE = 1 << 40
NOTHING = "none"  # in the place of the handle, for a child that draws no pages


class Desk(Protocol):
    """What answers: raises Refused with the reason where something cannot be done."""

    def do(self, header: Header, body: Body) -> tuple[Header, bytes]:
        """The answer to one message."""

    def close(self, version: str) -> None:
        """Forget a paper."""


def serve(arguments: Sequence[str], desk: Callable[[mmap.mmap | None], Desk]) -> int:
    """Serve until the pipe closes. arguments: pixels' handle, memory in MB, process to end with (0: none), niceness.

    desk: makes what answers, given the memory for pixels. All it will ever need is to be imported by then.
    """
    handle, (memory_mb, parent, patience) = arguments[0], map(int, arguments[1:4])
    receive, send = _own_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is for the application
    from desktop.pdf import memory, sandbox

    if patience and hasattr(os, "nice"):
        with contextlib.suppress(OSError):  # it works as well, only less politely
            os.nice(patience)
    if parent:
        sandbox.die_with(parent)
    answering = desk(None if handle == NOTHING else memory.attach(handle))
    report = sandbox.lock(memory_mb)
    gc.freeze()
    try:
        frames.write(send, frames.frame({"ready": report}))
        while True:
            _answer(answering, receive, send)
    except frames.Closed:
        os._exit(0)  # at once: there is nothing to save, and MuPDF's own teardown only costs time


def _answer(desk: Desk, receive: BinaryIO, send: BinaryIO) -> None:
    header, length = frames.read_header(receive, _MOST_FILE)
    if header["do"] == "close":
        desk.close(header["version"])
        return
    _set_alarm(float(header["limit"]) + _GRACE)
    reply, body = _reply(desk, header, frames.Body(receive, length))
    reply["id"] = header["id"]
    frames.write(send, frames.frame(reply, len(body)))
    frames.write(send, body)
    _set_alarm(0)


def _reply(desk: Desk, header: Header, body: frames.Body) -> tuple[Header, bytes]:
    started = time.perf_counter()
    try:
        reply, answer = desk.do(header, body)
    except Refused as refusal:
        return {"refused": str(refusal)}, b""
    except frames.Closed:
        raise
    except Exception as error:  # noqa: BLE001  told to the client, which raises it there
        return {"bug": _where(error)}, b""
    finally:
        body.skip()
    return reply | {"ms": round((time.perf_counter() - started) * 1000, 2)}, answer


def _where(error: BaseException) -> str:
    """Type and place of a bug of ours. Not its words: they may quote the paper."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {os.path.basename(last.filename)}:{last.lineno}"


def _set_alarm(seconds: float) -> None:
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)  # nobody handles SIGALRM: it ends the process


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes to the client; what any library prints goes nowhere."""
    receive, send = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", 0)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    return receive, send
