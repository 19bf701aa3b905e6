"""Commands that look a pack through before it is despatched, and that put it into one PDF."""

import argparse
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from desktop.errors import KnownError


def add_merge_commands(command: Callable[..., argparse.ArgumentParser]) -> None:
    """`command` adds one; see `desktop.cli`."""
    made = command("merge", _merge, "Put a folder of papers into one PDF, with cover, agenda and page numbers.")
    made.add_argument("folder", type=Path)
    made.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.pdf")
    copies = made.add_mutually_exclusive_group()
    copies.add_argument("--for", dest="member", default="", metavar="NAME", help="one member's copy, under their name")
    copies.add_argument("--public", action="store_true", help="without what is private")
    made.add_argument("--pdfa", action="store_true", help="as PDF/A, by Ghostscript where it is installed")


def _merge(arguments: argparse.Namespace) -> None:
    from desktop.cli import registry_of, say
    from desktop.pdf.client import PdfClient
    from desktop.secretary.archive import can_archive
    from desktop.secretary.merged import Wish, merge_pack

    if arguments.output.exists():
        what = f"There is a file {arguments.output} already."
        raise KnownError(what, "It was left as it is.", "Choose another name.")
    if arguments.pdfa and (why := can_archive()):
        raise KnownError(why, "Nothing was written.", "Install it, or leave --pdfa out.")
    wish = Wish(arguments.output, arguments.member, arguments.public, arguments.pdfa)
    with registry_of(arguments) as registry:
        pdf = PdfClient("merge")
        try:
            merged = merge_pack(registry, arguments.folder, wish, pdf, datetime.now(), _progress)
        finally:
            pdf.shut_down()
    say(f"{merged.path} has {merged.pages} pages.")
    if merged.left_out:
        held = "1 paper is" if merged.left_out == 1 else f"{merged.left_out} papers are"
        say(f"{held} not in it; the numbers of the other pages are the same for everybody.")
    for note in merged.notes:
        say(note)


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {total} papers    " + ("\n" if done == total else ""))
