"""The command line: the secretary's work, one command each. Thin: what is done is done in desktop.secretary."""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import StoreError
from db.store import Store
from desktop import __version__
from desktop.cli.after import add_after_commands
from desktop.cli.merging import add_merge_commands
from desktop.cli.minuting import add_minutes_commands
from desktop.cli.places import Sending, add_place_commands
from desktop.errors import KnownError
from desktop.paths import data_folder

if TYPE_CHECKING:
    from db.records import OfficeRecord, RosterRecord
    from desktop.secretary.publish import Published
    from desktop.secretary.registry import Registry

KNOWN, INTERRUPTED = 2, 130


def main(argv: Sequence[str]) -> int:
    """Run one command; returns the exit code: 0 done, 2 something the person can mend (told on standard error)."""
    try:
        arguments = _parser().parse_args(list(argv))
    except SystemExit as finished:  # argparse has told the usage, or the help that was asked for
        return int(finished.code or 0)
    try:
        arguments.run(arguments)
    except (KnownError, StoreError) as error:
        sys.stderr.write(f"{error}\n")
        return KNOWN
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. The same command goes on where it was.\n")
        return INTERRUPTED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "despatch",
        description="Compile and despatch board packs.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Despatch {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], None], words: str, store: bool = True) -> _Command:
        made = commands.add_parser(name, help=words, description=words)
        made.set_defaults(run=run)
        if store:
            made.add_argument("--home", type=Path, metavar="FOLDER", help="the folder of your store")
            made.add_argument("--passphrase-stdin", action="store_true", help="read the passphrase from standard input")
        return made

    _add_body_commands(command)
    _add_member_commands(command)
    _add_pack_commands(command)
    _add_retention_commands(command)
    add_place_commands(command)
    add_merge_commands(command)
    add_after_commands(command)
    add_minutes_commands(command)
    return parser


_EPILOG = """\
Begin with new-body; then invite, requests and admit members; then new-pack, compile and publish.

Without a command, or with an invitation, the window opens; with --sample, on the sample board.
Two more: self-test says whether everything works on this computer; tour FOLDER draws every screen.
"""
_Command = argparse.ArgumentParser
_Adder = Callable[..., _Command]


def _add_body_commands(command: _Adder) -> None:
    made = command("new-body", _new_body, "Become the secretary of a new body.")
    made.add_argument("name", help='what it is called, for example "Group Board"')
    made.add_argument("--organisation", required=True, metavar="ORG")
    made.add_argument("--to", required=True, metavar="PLACE", help="an empty folder for its packs, or an address")
    made.add_argument("--address", default="", metavar="URL", help="where members find that place, if not by its name")
    made = command("renew", _renew, "Sign a body's repository for three more months, without a new pack.")
    _body_and_place(made)
    made.add_argument("--address", default="", metavar="URL", help="name another address in invitations from now on")


def _add_member_commands(command: _Adder) -> None:
    made = command("invite", _invite, "Write an invitation for one device of a member.")
    made.add_argument("--body", default="", metavar="NAME")
    made.add_argument("--member", required=True, metavar="NAME", help='for example "Jane Doe"')
    made.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.despatch")
    made.add_argument(
        "--another-device", action="store_true", help="for one more device of a member who is on the roster already"
    )
    made = command("requests", _requests, "Show who asks to be admitted, with the five words to compare.")
    made.add_argument("--body", default="", metavar="NAME")
    made.add_argument("files", nargs="*", type=Path, metavar="FILE", help="requests that came as files")
    made = command("admit", _admit, "Admit a device, once its five words are the same on both sides.")
    made.add_argument(
        "who", nargs="?", default="", metavar="TAG|FILE", help="a device's tag, or a request that came as a file"
    )
    made.add_argument("--all", action="store_true", help="every device that asks")
    _body_and_place(made)
    made = command("remove", _remove, "Send a device nothing more, and have it destroy what it has.")
    made.add_argument("who", metavar="TAG|NAME")
    made.add_argument("--may-keep", action="store_true", help="what is there may stay")
    _body_and_place(made)
    made = command("roster", _roster, "Show whom a body's packs go to.")
    made.add_argument("--body", default="", metavar="NAME")


def _add_pack_commands(command: _Adder) -> None:
    made = command("new-pack", _new_pack, "Write a first pack.toml from the PDFs in a folder.", store=False)
    made.add_argument("folder", type=Path)
    made.add_argument("--body", default="", metavar="NAME")
    made = command("compile", _compile, "Check and seal a folder of papers into one pack file.")
    made.add_argument("folder", type=Path)
    made.add_argument("-o", "--output", required=True, type=Path, metavar="PACK.despatch-pack")
    made.add_argument("--whole", action="store_true", help="seal every paper anew, also those published before")
    made = command("publish", _publish, "Despatch a compiled pack to the members.")
    made.add_argument("pack", type=Path)
    made.add_argument("--to", default="", metavar="PLACE", help="the repository, if not where it was made")
    made.add_argument("--without-lost", action="store_true", help="leave out earlier packs whose papers are lost")
    made = command("inspect", _inspect, "Say what a pack file or an invitation is, or what papers say.", store=False)
    made.add_argument("file", type=Path, metavar="FILE|FOLDER", help="a file of ours, a PDF, or a folder of PDFs")
    made.add_argument("--json", action="store_true", help="all that papers say and point to, with its places")


def _add_retention_commands(command: _Adder) -> None:
    made = command("retention", _retention, "Say how long members' notes are kept, and stop or allow destroying them.")
    rules = made.add_mutually_exclusive_group()
    rules.add_argument("--keep", action="store_true", help="notes are kept")
    rules.add_argument("--when-confirmed", action="store_true", help="destroyed once the minutes are confirmed")
    rules.add_argument("--after-days", type=int, metavar="N", help="destroyed N days after the meeting")
    holds = made.add_mutually_exclusive_group()
    holds.add_argument("--hold", default="", metavar="WHY", help="destroy nothing for now, for example a request")
    holds.add_argument("--release", action="store_true", help="end the hold")
    _body_and_place(made)
    made = command("confirm-minutes", _confirm_minutes, "Say that the minutes of a meeting were confirmed.")
    made.add_argument("meeting", type=_day, metavar="DATE", help="of the meeting they are of: 2025-11-27")
    made.add_argument("--on", type=_day, required=True, metavar="DATE", help="the day they were confirmed")
    made.add_argument("--private", action="store_true", help="of the private session")
    _body_and_place(made)


def _body_and_place(made: _Command) -> None:
    made.add_argument("--body", default="", metavar="NAME")
    made.add_argument("--to", default="", metavar="PLACE", help="the repository, if not where it was made")


def _new_body(arguments: argparse.Namespace) -> None:
    from desktop.secretary.new_body import new_body

    with registry_of(arguments) as registry:
        office = new_body(registry, arguments.name, arguments.organisation, arguments.to, arguments.address)
        say(f"{office.name} is ready. Its packs go to {office.repository}.")
        say("Next, invite members: despatch invite --member NAME -o FILE.despatch")


def _renew(arguments: argparse.Namespace) -> None:
    with registry_of(arguments) as registry:
        office = registry.move(registry.office(arguments.body), address=arguments.address)
        _reissue(registry, office, arguments.to)
        say(f"The repository of {office.name} is confirmed for another three months.")


def _invite(arguments: argparse.Namespace) -> None:
    from desktop.secretary.roster import invite

    with registry_of(arguments) as registry:
        office = registry.office(arguments.body)
        _refuse_existing(arguments.output)
        invitation = invite(registry, office, arguments.member, arguments.another_device)
        _write_new(arguments.output, invitation.to_bytes())
        whom = f"another device of {invitation.member}" if arguments.another_device else invitation.member
        say(f"{arguments.output} invites {whom} to {office.name}. Send it to them alone; it is good once.")


def _requests(arguments: argparse.Namespace) -> None:
    from desktop.secretary.roster import take_requests

    with registry_of(arguments) as registry:
        asked = take_requests(registry, registry.office(arguments.body), arguments.files)
        for entry in asked.entries:
            say(f"{entry.member}, on “{entry.device}”\n  words  {entry.phrase}\n  tag    {entry.tag}")
        for trouble in asked.troubles:
            say(trouble)
        if asked.entries:
            say("Ask each member to read out their five words. If they are the same: despatch admit TAG")
        else:
            say("Nobody asks to be admitted.")


def _admit(arguments: argparse.Namespace) -> None:
    from desktop.secretary import roster

    with registry_of(arguments) as registry:
        office = registry.office(arguments.body)
        given = Path(arguments.who)
        files = [given] if arguments.who and given.is_file() else []
        # Requests lie in the repository: where it is now, if it is not where it was made.
        asked = roster.take_requests(registry, replace(office, repository=arguments.to or office.repository), files)
        entries = _chosen(registry, office, arguments, asked, bool(files))
        roster.admit(registry, office, entries)
        for entry in entries:
            say(f"{entry.member} is admitted with “{entry.device}”: {entry.phrase}.")
        published = _reissue(registry, office, arguments.to)
        roster.tidy(registry, office, asked, [entry.tag for entry in entries])
        say(f"{_count(len(published.editions), 'pack')} can now be fetched there.")


def _chosen(
    registry: "Registry", office: "OfficeRecord", arguments: argparse.Namespace, asked: "object", from_file: bool
) -> "list[RosterRecord]":
    from desktop.secretary.roster import ASKED, Asked, find

    assert isinstance(asked, Asked)
    if from_file:
        return [_of_file(asked, arguments.who)]
    if arguments.all:
        if not asked.entries:
            raise KnownError("Nobody asks to be admitted.", "Nothing was changed.")
        return list(asked.entries)
    if not arguments.who:
        raise KnownError("Say whom to admit: a tag, a file, or --all.", "Nothing was changed.")
    return [find(registry, office, arguments.who, (ASKED,))]


def _of_file(asked: "object", name: str) -> "RosterRecord":
    from desktop.secretary.roster import Asked

    assert isinstance(asked, Asked)
    for entry in asked.entries:
        if entry.tag == asked.tags.get(name):
            return entry
    troubles = [trouble for trouble in asked.troubles if trouble.startswith(name)]
    raise KnownError(
        troubles[0] if troubles else f"The device of {name} is on the roster already.", "Nothing was changed."
    )


def _remove(arguments: argparse.Namespace) -> None:
    from desktop.secretary import roster

    with registry_of(arguments) as registry:
        office = registry.office(arguments.body)
        entry = roster.find(registry, office, arguments.who, (roster.ADMITTED, roster.ASKED, roster.INVITED))
        roster.remove(registry, office, entry, arguments.may_keep)
        _reissue(registry, office, arguments.to)
        where = f" on “{entry.device}”" if entry.device else ""
        say(f"{entry.member} gets nothing more{where}. What was read or copied there cannot be called back.")
        if entry.state == roster.ADMITTED and not arguments.may_keep:
            say("When Despatch next connects there, it destroys what it has of this body.")


def _roster(arguments: argparse.Namespace) -> None:
    from desktop.secretary.membership import Memberships, say_membership
    from desktop.secretary.roster import ENDED

    with registry_of(arguments) as registry:
        office = registry.office(arguments.body)
        memberships = Memberships(registry, office.body_id)
        entries = registry.roster.of_body(office.body_id)
        say(f"{office.name}, {office.organisation}")
        for entry in entries:
            device = f", on “{entry.device}” (tag {entry.tag})" if entry.recipient else ""
            state = "removed, and told to destroy what it has" if entry.state == ENDED else entry.state
            about = say_membership(memberships.of(entry.person), date.today())
            say(f"  {entry.member}: {state}{device}" + "".join(f"\n    {each}" for each in about))
        if not entries:
            say("  Nobody has been invited yet.")


def _new_pack(arguments: argparse.Namespace) -> None:
    from desktop.secretary.new_pack import new_pack

    path = new_pack(arguments.folder, arguments.body)
    say(f"{path} was written from the file names. Mend what was guessed wrong, then compile it.")


def _compile(arguments: argparse.Namespace) -> None:
    from desktop.pdf.client import PdfClient
    from desktop.secretary.compile import compile_pack

    with registry_of(arguments) as registry:
        pdf = PdfClient("compile")
        try:
            compiled = compile_pack(registry, arguments.folder, arguments.output, pdf, arguments.whole)
        finally:
            pdf.shut_down()
    pack = compiled.edition.pack
    pages = sum(paper.pages for paper in pack.papers)
    say(f"“{pack.title}”, edition {pack.edition}: {_count(len(pack.papers), 'paper')}, {_count(pages, 'page')}.")
    say(f"{_count(compiled.fresh, 'paper')} sealed now, {compiled.kept} unchanged since an earlier edition.")
    for warning in compiled.warnings:
        say(f"Note: {warning}")
    say(f"Next: despatch publish {arguments.output}")


def _publish(arguments: argparse.Namespace) -> None:
    from desktop.packs.packfile import open_packfile
    from desktop.secretary.places import open_place
    from desktop.secretary.publish import Publisher, open_edition

    packfile = open_packfile(arguments.pack)
    with registry_of(arguments) as registry:
        office, edition = open_edition(registry, packfile)
        folder = open_place(registry, arguments.to or office.repository)
        publisher = Publisher(registry, office, folder, without_lost=arguments.without_lost)
        published = publisher.publish(packfile, edition, Sending())
        pack = published.editions[0].pack
        say(f"“{pack.title}”, edition {pack.edition}, is published to {folder.address}.")
        say(f"{_count(published.sent, 'paper')} sent, {published.kept} there already.")
        say(f"It is sealed to {_count(published.devices, 'device')}.")


def _retention(arguments: argparse.Namespace) -> None:
    from desktop.packs.retention import Rule
    from desktop.secretary import retention

    with registry_of(arguments) as registry:
        office = registry.office(arguments.body)
        wanted = {Rule.KEEP: arguments.keep, Rule.CONFIRMED: arguments.when_confirmed}
        wanted[Rule.DAYS] = arguments.after_days is not None
        chosen = [rule for rule, yes in wanted.items() if yes]
        for rule in chosen:
            retention.set_rule(registry, office, rule, arguments.after_days or 0)
        if arguments.hold or arguments.release:
            retention.set_hold(registry, office, arguments.hold)
        _tell_retention(registry, office, arguments.to, bool(chosen or arguments.hold or arguments.release))


def _confirm_minutes(arguments: argparse.Namespace) -> None:
    from desktop.packs.pack import Session
    from desktop.secretary import retention

    with registry_of(arguments) as registry:
        office = registry.office(arguments.body)
        session = Session.PRIVATE if arguments.private else Session.PUBLIC
        retention.confirm_minutes(registry, office, arguments.meeting, arguments.on, session)
        _tell_retention(registry, office, arguments.to, True)


def _tell_retention(registry: "Registry", office: "OfficeRecord", to: str, changed: bool) -> None:
    from desktop.secretary.places import open_place
    from desktop.secretary.publish import Publisher
    from desktop.secretary.retention import retention_now, say_retention

    if changed:
        published = Publisher(registry, office, open_place(registry, to or office.repository)).tell_retention()
        told = f"Members are told: {_count(published.devices, 'device')}." if published.editions else ""
        say(told or "Members are told with the first pack.")
    for sentence in say_retention(retention_now(registry, office.body_id)):
        say(sentence)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no date: write it as 2026-01-29") from error


def _inspect(arguments: argparse.Namespace) -> None:
    from desktop.secretary.inspect import describe
    from desktop.secretary.inspect_papers import as_json, as_lines, inspect_papers, is_for_papers

    if is_for_papers(arguments.file):
        packs = inspect_papers(arguments.file)
        lines = [json.dumps(as_json(packs), ensure_ascii=False, indent=1)] if arguments.json else as_lines(packs)
        for line in lines:
            say(line)
        return
    if arguments.json:
        raise KnownError("Only what papers say is printed as JSON.", "", "Name a PDF, or a folder of PDFs.")
    for sentence in describe(arguments.file):
        say(sentence)


def _reissue(registry: "Registry", office: "OfficeRecord", to: str) -> "Published":
    from desktop.secretary.places import open_place
    from desktop.secretary.publish import Publisher

    return Publisher(registry, office, open_place(registry, to or office.repository)).reissue()


@contextmanager
def registry_of(arguments: argparse.Namespace) -> "Iterator[Registry]":
    """The secretary's tables in the unlocked store."""
    from desktop.secretary.registry import Registry

    home = arguments.home or data_folder()
    store = Store.open(home, _unlock(home, arguments.passphrase_stdin))
    try:
        yield Registry(store)
    finally:
        store.close()


def _unlock(home: Path, from_stdin: bool) -> bytes:
    """The store's key: by the keyring, else by passphrase; the vault is made on first use."""
    from desktop.vault import Vault

    vault = Vault(home)
    if not vault.exists() and not (home / "despatch.db").exists():
        return _create(home, from_stdin)
    key = None if from_stdin else vault.open_with_keyring()
    return key or vault.open_with_passphrase(_line() if from_stdin else getpass.getpass("Passphrase: "))


def _create(home: Path, from_stdin: bool) -> bytes:
    from desktop.vault import Vault

    passphrase = _line() if from_stdin else _ask_new()
    if not passphrase:
        raise KnownError("A passphrase cannot be empty.", "Nothing was made.")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    key, code = Vault(home).create(passphrase, use_keyring=not from_stdin)
    say(f"Your store was made in {home}.")
    say(f"Print this recovery code and lock it away; it is shown only now:\n\n    {code}\n")
    return key


def _ask_new() -> str:
    first = getpass.getpass("New passphrase: ")
    if first != getpass.getpass("The same again: "):
        raise KnownError("The two passphrases are not the same.", "Nothing was made.", "Try again.")
    return first


def _line() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise KnownError(f"There is a file {path} already.", "It was left as it is.", "Choose another name.")


def _write_new(path: Path, data: bytes) -> None:
    """An invitation holds a secret: for this person's eyes until it is sent."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
    except OSError as error:
        raise KnownError(f"{path} could not be written: {error.strerror}.", "", "Choose another place.") from error


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def say(sentence: str) -> None:
    """Tell it on standard output."""
    sys.stdout.write(sentence + "\n")
