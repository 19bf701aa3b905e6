"""Commands for minutes and the action log."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.after import day_of

if TYPE_CHECKING:
    from desktop.secretary.minuting import SetPdf


def add_minutes_commands(command: Callable[..., argparse.ArgumentParser]) -> None:
    """`command` adds one; see `desktop.cli`."""
    made = command("minutes", _minutes, "Begin the minutes of a meeting, write them as a document, or confirm them.")
    made.add_argument("folder", type=Path, help="of the meeting's papers")
    made.add_argument("-o", "--output", type=Path, metavar="FILE", help="write them as .docx or .pdf")
    made.add_argument("--into", type=Path, metavar="FOLDER", help="put minutes and action log into the next pack")
    made.add_argument("--confirmed", type=day_of, metavar="DATE", help="the day on which they were confirmed")
    made = command("actions", _actions, "Show a body's action log, say how an action stands, or close it.")
    made.add_argument("ref", nargs="?", default="", metavar="REFERENCE")
    made.add_argument("--says", default="", metavar="WORDS", help="how it stands")
    made.add_argument("--closed", type=day_of, metavar="DATE", help="the day it was done")
    made.add_argument("--all", action="store_true", help="those that are done as well")
    made.add_argument("--body", default="", metavar="NAME")


def _minutes(arguments: argparse.Namespace) -> None:
    from desktop.cli import registry_of, say
    from desktop.secretary import minuting
    from desktop.secretary.minutes import NAME, minutes_of, save_minutes
    from desktop.secretary.project import load_project

    folder = arguments.folder
    with registry_of(arguments) as registry:
        if arguments.confirmed:
            minuting.confirm(registry, folder, arguments.confirmed)
            say("They are confirmed, and members are told.")
        if arguments.output:
            with _typesetter() as set_pdf:
                minuting.write_minutes(registry, folder, arguments.output, set_pdf)
            say(f"{arguments.output} is written, and its actions are on the log.")
        if arguments.into:
            with _typesetter() as set_pdf:
                carried = minuting.carry_to(registry, folder, arguments.into, date.today(), set_pdf)
            say(f"{' and '.join(carried.files)} are in {arguments.into}.")
            for name in carried.loose:
                say(f"Note: {name} is not on the agenda yet.")
        if not (arguments.output or arguments.into or arguments.confirmed):
            save_minutes(folder, minutes_of(load_project(folder), folder))
            say(f"{folder / NAME} has a place for each item. Fill it in, then: despatch minutes {folder} -o FILE.docx")


def _actions(arguments: argparse.Namespace) -> None:
    from desktop.cli import registry_of, say
    from desktop.secretary.action_log import log_of, say_news

    with registry_of(arguments) as registry:
        office = registry.office(arguments.body)
        if arguments.ref:
            say_news(registry, office, arguments.ref, arguments.says, arguments.closed)
        shown = [each for each in log_of(registry, office.body_id) if arguments.all or not each.closed]
        for each in shown:
            aside = ", ".join(part for part in (each.who, each.due) if part)
            say(f"{each.ref}  {each.what}" + (f" ({aside})" if aside else ""))
            for words in (each.news, f"closed {each.closed}" if each.closed else ""):
                if words:
                    say(f"    {words}")
        if not shown:
            say("No action is open.")


@contextmanager
def _typesetter() -> "Iterator[SetPdf]":
    from desktop.pdf.client import PdfClient

    client = PdfClient("minutes")
    try:
        yield lambda html, css, foot: client.typeset(html, css, foot).result(120)
    finally:
        client.shut_down()
