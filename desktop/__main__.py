"""Where every way in begins: the window, the command line, and the workers that read papers."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.pdf.spawning import Spawned

WINDOW_WORDS = ("--home", "--sample", "--passphrase-stdin")
# What a double-click brings; a pack is told what it is.
WINDOW_FILES = (".despatch", ".despatch-pack", ".despatch-notes")


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the arguments ask for; returns the exit code. No argument opens the window."""
    words = list(sys.argv[1:] if argv is None else argv)
    first = words[0] if words else ""
    if first == "--pdf-worker":
        from desktop.pdf.worker import main as work

        return work(words[1:])
    if first == "--papers-worker":
        from desktop.papers.worker import main as study

        return study(words[1:])
    if first == "--scout":
        from desktop.scouting import main as look

        return look(words[1:])
    if not words or first in WINDOW_WORDS or first.lower().endswith(WINDOW_FILES):
        from desktop.ahead import send_ahead

        ahead = send_ahead(words)
        spawned = _spawn_worker() if ahead is not None and not ahead.left_open else None
        from desktop.late_methods import compile_later

        compile_later()
        from desktop.launch import launch

        return launch(words, ahead, spawned)
    if first == "tour":
        from desktop.tour import main as walk

        return walk(words[1:])
    if first == "self-test":
        from desktop.self_test import main as check

        return check()
    from desktop.cli import main as command

    return command(words)


def _spawn_worker() -> "Spawned | None":
    """Where there is no still to show, the first page is waited for, and the worker takes longest to get ready."""
    from desktop.pdf.spawning import spawn

    try:
        return spawn()
    except OSError:
        return None  # it is tried again, and told, by whoever wants a page


if __name__ == "__main__":
    sys.exit(main())
