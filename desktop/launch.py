"""The start, in the order that is quickest to the first page.

A scout goes ahead for the key and the last still while Qt is loaded; the bare window shows the still; and only then
come worker, store, and all that the window is furnished with.
"""

import argparse
import contextlib
import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.hardening import harden
from desktop.late import explain_later
from desktop.neighbour import call
from desktop.paths import data_folder
from desktop.scout import Scout
from desktop.still import has_still

if TYPE_CHECKING:
    from concurrent.futures import Future

    from desktop.ahead import Ahead
    from desktop.doorway import Doorway, Entered
    from desktop.pdf.begun import Begun
    from desktop.pdf.spawning import Spawned

    Entering = tuple[Doorway, Future[Entered | None] | None]

_MMAP_THRESHOLD, _LARGE = -3, 1 << 20  # of mallopt(3); bytes
_PATIENCE = 0.6  # seconds for a still that is on its way; then the window comes without it
_STRETCHING = 1.0  # the same where a passphrase is stretched, which takes both cores of a small machine


def launch(argv: Sequence[str], ahead: "Ahead | None" = None, spawned: "Spawned | None" = None) -> int:
    """Open the window; returns its exit code. See `_arguments` for what argv may hold.

    ahead: the scout, if it left. spawned: the worker, if it was started.
    """
    begun = _begun(spawned) if spawned is not None else None
    scout = Scout.copied(ahead.process, ahead.hearing) if ahead is not None else None
    try:
        given = _arguments(argv)
        home = _home(given)
        if call(home, given.invitation):
            return 0  # Despatch runs already, and has come to the front
        gc.disable()  # what is loaded now stays: looking it through for waste only delays the first page; see `run`
        harden()
        give_back_pictures()
        if ahead is not None:
            return _open(home, given, ahead.passphrase, scout, ahead.left_open, begun)
        passphrase = sys.stdin.readline().rstrip("\n") if given.passphrase_stdin else ""
        left_open = has_still(home)  # asked before the scout takes it
        scout = None if given.sample else _send_scout(home, passphrase)
        return _open(home, given, passphrase, scout, left_open)
    finally:
        if scout is not None:
            scout.call_back()
        if begun is not None:
            begun.let_go()


def _open(
    home: Path,
    given: argparse.Namespace,
    passphrase: str,
    scout: Scout | None,
    left_open: bool,
    begun: "Begun | None" = None,
) -> int:
    explain_later()
    # With a still to show, the worker waits until it is shown. Without, its first page is what is waited for.
    entering = None if left_open else _begin_to_enter(home, given, passphrase, scout, begun)
    from desktop.app.first import FirstWindow

    first = FirstWindow(home, scout if left_open else None)
    first.show(_STRETCHING if passphrase else _PATIENCE)
    doorway, opened = entering or _begin_to_enter(home, given, passphrase, scout)
    first.look_out()
    if opened is not None and not left_open:
        first.look_in(opened)
    from desktop.app.application import run

    return run(first, doorway, opened, given.invitation)


def _begin_to_enter(
    home: Path, given: argparse.Namespace, passphrase: str, scout: Scout | None, begun: "Begun | None" = None
) -> "Entering":
    from desktop.changes import Changes
    from desktop.doorway import Doorway

    doorway = Doorway(home, Changes(), begun)
    # The sample has to be made first, where the window can say so.
    return doorway, None if given.sample else doorway.enter_quietly(passphrase, scout)


def give_back_pictures() -> None:
    """Have pages' pixels, megabytes each, given back to the system at once when they are let go of.

    The C library would else learn to keep such blocks, with gaps between them, and memory would grow while one reads.
    """
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):  # another C library, which has ways of its own
            ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)


def _begun(spawned: "Spawned") -> "Begun":
    from desktop.pdf.begun import Begun

    return Begun(spawned)


def _send_scout(home: Path, passphrase: str) -> Scout | None:
    if not (home / "vault.json").exists():
        return None
    try:
        return Scout.sent(home, passphrase)
    except OSError:
        return None  # then the key is asked for here


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
