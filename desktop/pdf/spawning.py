"""How a worker's process is started. Loads nothing but what Python has loaded already: a start may wait for it."""

import os
import sys
from typing import NamedTuple

MEMORY_MB = 2048  # all the memory a worker may have
MOST_PIXELS = 16_000_000  # of one image; more is drawn coarser
SLOTS = 2  # as many as a worker has in hand
_GRAIN = 1 << 16  # bytes, of which every system's smallest piece of shared memory is a part
SLOT = -(-MOST_PIXELS * 4 // _GRAIN) * _GRAIN
SIZE = SLOTS * SLOT
PIECE = 1 << 20  # bytes in a pipe
_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
_START = (
    "import os, sys; sys.path[:] = sys.argv.pop(1).split(os.pathsep); "
    "from desktop.late_methods import compile_later; compile_later(); "
    "from desktop.TRADE.worker import main; sys.exit(main(sys.argv[1:]))"
)
_NEEDED = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # what a program needs of its surroundings to start


class Spawned(NamedTuple):
    """A worker on its way: its process, the handles of the pipes to it and from it, and of its memory for pixels."""

    process: int
    into: int
    out: int
    pixels: int


def spawn() -> Spawned:
    """A worker that ends with this thread. Linux only. Raises OSError."""
    import fcntl

    pixels = nameless_memory()
    (theirs_in, into), (out, theirs_out) = os.pipe(), os.pipe()
    for pipe in (into, out):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIECE)
    os.set_inheritable(pixels, True)
    arguments = command("pdf", f"file:{pixels}", str(MEMORY_MB), str(os.getpid()), "0")
    actions = (
        (os.POSIX_SPAWN_DUP2, theirs_in, 0),
        (os.POSIX_SPAWN_DUP2, theirs_out, 1),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    )
    try:
        process = os.posix_spawn(arguments[0], arguments, environment(), file_actions=actions)
    except OSError:
        for handle in (pixels, into, out):
            os.close(handle)
        raise
    finally:
        os.close(theirs_in)
        os.close(theirs_out)
    os.set_inheritable(pixels, False)
    return Spawned(process, into, out, pixels)


def nameless_memory() -> int:
    """The handle of memory for pixels. Linux only."""
    import fcntl

    file = os.memfd_create("despatch-pages", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.ftruncate(file, SIZE)
    # Sealed, so that a worker taken over by its PDF cannot shrink it under the client and kill it with SIGBUS.
    fcntl.fcntl(file, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
    return file


def command(trade: str, *arguments: str) -> list[str]:
    """What starts a worker of a trade."""
    if getattr(sys, "frozen", False):
        return [sys.executable, f"--{trade}-worker", *arguments]
    # Isolated, so that neither the environment nor the folder we are in adds modules; but with the very search path
    # that found us, so that a checkout, an environment and a person's own site folder all work alike.
    path = os.pathsep.join([_ROOT, *(entry for entry in sys.path if entry and entry != _ROOT)])
    return [sys.executable, "-I", "-S", "-c", _START.replace("TRADE", trade), path, *arguments]


def environment() -> dict[str, str]:
    """What a worker sees of its surroundings."""
    kept = {name: value for name, value in os.environ.items() if name in _NEEDED or name.startswith("_PYI_")}
    # Large blocks go back to the system when they are freed, instead of staying with the process.
    return kept | {"MALLOC_MMAP_THRESHOLD_": str(1 << 20), "MALLOC_ARENA_MAX": "1", "PATH": os.defpath}
