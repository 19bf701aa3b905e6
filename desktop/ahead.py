"""The scout's head start: where a process can be doubled, its copy goes ahead before this one has loaded anything.

A process that is started anew begins Python anew, and on a small machine that is as long as the key takes to find. It
is sent from `__main__`, before all else; so everything this module loads is waited for.
"""

import os
import sys
from typing import NamedTuple

from desktop.hardening import harden
from desktop.paths import data_folder


class Ahead(NamedTuple):
    """A scout on its way. hearing: the handle of the pipe it speaks into. passphrase: what standard input had for it.
    left_open: whether there was a still for it to bring."""

    process: int
    hearing: int
    passphrase: str
    left_open: bool


def send_ahead(words: list[str]) -> Ahead | None:
    """Send one, if the words are those that open a window and a copy can be made; else the start sends it later."""
    home = str(data_folder())
    given = iter(words)
    for word in given:
        if word == "--home":
            home = next(given, "")
        elif word.startswith("-") and word != "--passphrase-stdin":
            return None
    if not _can_be_doubled() or not os.path.exists(os.path.join(home, "vault.json")) or _is_read_already(home):
        return None
    harden()
    passphrase = sys.stdin.readline().rstrip("\n") if "--passphrase-stdin" in words else ""
    left_open = os.path.exists(os.path.join(home, "still"))
    hearing, saying = os.pipe()
    process = os.fork()
    if process == 0:
        _look(home, passphrase, saying)
    os.close(saying)
    return Ahead(process, hearing, passphrase, left_open)


def _can_be_doubled() -> bool:
    """A copy has one thread, and what the others held is held for ever; elsewhere than on Linux, libraries mind."""
    threading = sys.modules.get("threading")
    alone = threading is None or threading.active_count() == 1
    return sys.platform == "linux" and alone and "PySide6" not in sys.modules


def _is_read_already(home: str) -> bool:
    """Another start will only ask that window to the front, and must not take its still."""
    if not os.path.exists(os.path.join(home, "door")):
        return False
    from pathlib import Path

    from desktop.neighbour import is_in

    return is_in(Path(home))


def _look(home: str, passphrase: str, saying: int) -> None:
    """The copy's own life. Whatever happens in it, it ends here, and never goes on as the window."""
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nowhere, standard)
        from desktop.late_methods import compile_later

        compile_later()
        from desktop.scouting import look, say

        with os.fdopen(saying, "wb") as to:
            say(to, look(home, passphrase))
    finally:
        os._exit(0)
