"""The start, in the order that is quickest to the first page: worker, store, and only then the window's libraries."""

import argparse
import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop.changes import Changes
from desktop.doorway import Doorway
from desktop.paths import data_folder

_MMAP_THRESHOLD, _LARGE = -3, 1 << 20  # of mallopt(3); bytes


def launch(argv: Sequence[str]) -> int:
    """Open the window; returns its exit code. See `_arguments` for what argv may hold."""
    gc.disable()  # what is loaded now stays: looking it through for waste only delays the first page; see desktop.app
    given = _arguments(argv)
    harden()
    passphrase = sys.stdin.readline().rstrip("\n") if given.passphrase_stdin else ""
    doorway = Doorway(_home(given), Changes())
    # The sample has to be made first, where the window can say so.
    opened = None if given.sample else doorway.enter_quietly(passphrase)

    give_back_pictures()
    from desktop.app import run

    return run(doorway, opened, given.invitation)


def harden() -> None:
    """Nothing of this process is left where others can read it: no core dumps, files for this person only."""
    os.umask(0o077)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def give_back_pictures() -> None:
    """Have pages' pixels, megabytes each, given back to the system at once when they are let go of.

    The C library would else learn to keep such blocks, with gaps between them, and memory would grow while one reads.
    """
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):  # another C library, which has ways of its own
            ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)


def _home(given: argparse.Namespace) -> Path:
    if not given.sample:
        return Path(given.home)
    from desktop.sample import sample_home

    return sample_home(given.home)


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="despatch", description="Read board packs.")
    parser.add_argument("invitation", nargs="?", type=Path, help="an invitation file to open")
    parser.add_argument("--home", type=Path, default=data_folder(), help="the folder of the store")
    parser.add_argument("--sample", action="store_true", help="open the sample committee")
    parser.add_argument("--passphrase-stdin", action="store_true", help="read the passphrase from standard input")
    return parser.parse_args(argv)
