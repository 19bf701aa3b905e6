"""Commands that look a pack through before it is despatched, and that put it into one PDF."""

import argparse
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from desktop.errors import KnownError

_WEIGHTS = {"stops": "Stops the despatch", "see to": "To be seen to", "know": "Good to know"}


def add_merge_commands(command: Callable[..., argparse.ArgumentParser]) -> None:
    """`command` adds one; see `desktop.cli`."""
    made = command("preflight", _preflight, "Look a folder of papers through before it goes out.", store=False)
    made.add_argument("folder", type=Path)
    made.add_argument("--strict", action="store_true", help="fail also for what should only be seen to")
    made = command("merge", _merge, "Put a folder of papers into one PDF, with cover, agenda and page numbers.")
    made.add_argument("folder", type=Path)
    made.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.pdf")
    copies = made.add_mutually_exclusive_group()
    copies.add_argument("--for", dest="member", default="", metavar="NAME", help="one member's copy, under their name")
    copies.add_argument("--public", action="store_true", help="without what is private")
    made.add_argument("--pdfa", action="store_true", help="as PDF/A, by Ghostscript where it is installed")


def _preflight(arguments: argparse.Namespace) -> None:
    """Exit code: 0 where it can be despatched, 2 where something stops it (or should be seen to, with --strict)."""
    from desktop.cli import say
    from desktop.papers.scholar import Scholar
    from desktop.pdf.client import PdfClient
    from desktop.secretary.preflight import Weight, check_project
    from desktop.secretary.project import load_project

    project = load_project(arguments.folder)
    pdf, scholar = PdfClient("pre-flight"), Scholar("pre-flight")
    try:
        remarks = check_project(arguments.folder, project, pdf, date.today(), scholar)
    finally:
        scholar.shut_down()
        pdf.shut_down()
    for remark in remarks:
        where = [f"item {remark.item}" if remark.item else "", f"page {remark.page}" if remark.page else ""]
        place = ", ".join(part for part in where if part)
        say(f"{_WEIGHTS[remark.weight.value]}: {place + ': ' if place else ''}{remark.what} {remark.do}".rstrip())
    grave = (Weight.STOPS, Weight.SEE_TO) if arguments.strict else (Weight.STOPS,)
    stops = sum(remark.weight in grave for remark in remarks)
    if stops:
        raise KnownError(f"{stops} of {len(remarks)} remarks must be seen to before this is despatched.")
    nothing = "Nothing was found that members would stumble over."
    say(f"It can be despatched. {len(remarks)} remarks." if remarks else nothing)


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
