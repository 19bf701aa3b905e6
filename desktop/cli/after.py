"""Commands about a pack that is out, or about to be: what changes, receipts, what is due, calendar and e-mail."""

import argparse
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import KnownError

if TYPE_CHECKING:
    from desktop.secretary.receipts import WhoHas
    from desktop.secretary.registry import Registry


def add_after_commands(command: Callable[..., argparse.ArgumentParser]) -> None:
    """`command` adds one; see `desktop.cli`."""
    made = command("changes", _changes, "Say what despatching a folder now would change, as members will see it.")
    made.add_argument("folder", type=Path)
    made = command("receipts", _receipts, "Show who has a pack and whom to call; ask for receipts, or no more.")
    made.add_argument("files", nargs="*", type=Path, metavar="FILE", help="receipts that came as files")
    made.add_argument("--body", default="", metavar="NAME")
    made.add_argument("--meeting", type=day_of, metavar="DATE", help="of which meeting, if not of the pack sent last")
    made.add_argument("--private", action="store_true", help="of the private session")
    asking = made.add_mutually_exclusive_group()
    asking.add_argument("--ask", action="store_true", help="packs ask for receipts from the next edition on")
    asking.add_argument("--stop", action="store_true", help="packs ask for none from the next edition on")
    made = command("due", _due, "Do what is due: end embargoes, take out packs whose day is over, sign anew.")
    made.add_argument("--body", default="", metavar="NAME")
    made.add_argument("--to", default="", metavar="PLACE", help="the repository, if not where it was made")
    made.add_argument("--list", action="store_true", help="only say what is coming")
    made = command("member", _member, "Say until when a member serves, for whom they deputise, and in which groups.")
    made.add_argument("member", metavar="NAME", help="as on the roster")
    made.add_argument("--until", type=day_of, metavar="DATE", help="the last day of the term")
    made.add_argument("--no-term", action="store_true", help="the term has no end")
    made.add_argument("--deputy-of", metavar="NAME", help='whom they stand in for; "" for nobody any more')
    made.add_argument("--group", action="append", metavar="NAME", help="in this group; may be given several times")
    made.add_argument("--no-group", action="store_true", help="in no group")
    made.add_argument("--body", default="", metavar="NAME")
    made.add_argument("--to", default="", metavar="PLACE", help="the repository, if not where it was made")
    made = command("calendar", _calendar, "Write the meeting of a folder as a calendar file (.ics).")
    made.add_argument("folder", type=Path)
    made.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.ics")
    made.add_argument("--cancelled", action="store_true", help="it does not take place")
    made = command("email", _email, "Print an e-mail text to paste: that a pack is out, a paper late, a pack changed.")
    made.add_argument("kind", choices=["out", "late", "changed", "invitation"])
    made.add_argument("folder", nargs="?", type=Path, help="of the pack; none for an invitation")
    made.add_argument("--body", default="", metavar="NAME", help="for an invitation")
    made.add_argument("--member", default="", metavar="NAME", help="whom an invitation is for")


def _changes(arguments: argparse.Namespace) -> None:
    from desktop.cli import registry_of, say
    from desktop.secretary.changing import say_changes, what_changes
    from desktop.secretary.plan import read_plan

    with registry_of(arguments) as registry:
        changed = what_changes(registry, read_plan(arguments.folder))
        say("This is the first edition." if changed is None else f"Edition {changed.edition} tells members:")
        for sentence in say_changes(changed) if changed is not None else ():
            say(f"  {sentence}")


def _receipts(arguments: argparse.Namespace) -> None:
    from desktop.cli import registry_of, say
    from desktop.secretary import receipts

    with registry_of(arguments) as registry:
        office = registry.office(arguments.body)
        if arguments.ask or arguments.stop:
            receipts.ask_for_receipts(registry, office, arguments.ask)
            told = "will ask for receipts, and tell members so." if arguments.ask else "will ask for no receipts."
            say(f"The next edition of each pack of {office.name} {told}")
            return
        taken = receipts.take_receipts(registry, office, arguments.files)
        found = receipts.who_has(registry, office, _pack_id(registry, office.body_id, arguments), taken.troubles)
        for line in _said(found):
            say(line)


def _pack_id(registry: "Registry", body_id: str, arguments: argparse.Namespace) -> str:
    from desktop.packs.pack import Meeting, Session
    from desktop.secretary.compile import pack_id_of

    if arguments.meeting is not None:
        session = Session.PRIVATE if arguments.private else Session.PUBLIC
        return pack_id_of(body_id, Meeting(arguments.meeting, "", "", session))
    despatched = registry.despatches.of_body(body_id)
    if not despatched:
        raise KnownError("No pack of this body was despatched yet.", "Nobody has anything.")
    return despatched[0].pack_id


def _said(found: "WhoHas") -> list[str]:
    lines = [f"“{found.title}”, edition {found.edition}"]
    if not found.asked:
        lines.append("  This edition asks for no receipts. To ask from the next one on: despatch receipts --ask")
    for member in found.members:
        lines.append(f"  {member.member}: {member.has.value}")
        for each in member.devices:
            if each.line is not None:
                when = each.line.opened_at if each.line.opened else each.line.received_at
                edition = each.line.opened or each.line.received
                lines.append(f"    on “{each.device}”: edition {edition}, {when.replace('T', ' ').rstrip('Z')} UTC")
    if found.asked:
        lines.append(f"Call: {', '.join(found.to_call)}." if found.to_call else "Everybody has it.")
    return [*lines, *found.troubles]


def _due(arguments: argparse.Namespace) -> None:
    from desktop.cli import registry_of, say
    from desktop.secretary.due import coming, do_what_is_due

    now = datetime.now(UTC)
    with registry_of(arguments) as registry:
        offices = [registry.office(arguments.body)] if arguments.body else registry.offices.all()
        for office in offices:
            if not arguments.list:
                done = do_what_is_due(registry, office, now, arguments.to)
                say(f"{office.name}: {'what was due is done.' if done else 'nothing is due.'}")
            for each in coming(registry, office):
                about = f"“{each.title}”: " if each.title else ""
                say(f"  {each.at.astimezone():%Y-%m-%d %H:%M}  {about}{each.what.value}")


def _member(arguments: argparse.Namespace) -> None:
    from dataclasses import replace

    from desktop.cli import registry_of, say
    from desktop.secretary import membership
    from desktop.secretary.places import open_place
    from desktop.secretary.publish import Publisher
    from desktop.secretary.registry import same_name
    from desktop.secretary.roster import ADMITTED, find

    with registry_of(arguments) as registry:
        office = registry.office(arguments.body)
        entries = [each for each in registry.roster.of_body(office.body_id) if each.state == ADMITTED]
        named = [each for each in entries if same_name(each.member, arguments.member)]
        entry = named[0] if named else find(registry, office, arguments.member, (ADMITTED,))
        now = membership.Memberships(registry, office.body_id).of(entry.person)
        until = None if arguments.no_term else arguments.until or now.until
        deputy = now.deputy_of if arguments.deputy_of is None else arguments.deputy_of
        groups = () if arguments.no_group else tuple(arguments.group or now.groups)
        wanted = replace(now, until=until, deputy_of=deputy, groups=groups)
        if wanted != now:
            tags = membership.change(registry, office, entry.member, wanted)
            Publisher(registry, office, open_place(registry, arguments.to or office.repository)).reissue(tags)
        for sentence in membership.say_membership(wanted, date.today()) or ["Nothing is said of this member."]:
            say(sentence)


def _calendar(arguments: argparse.Namespace) -> None:
    from desktop.cli import registry_of, say
    from desktop.secretary.calendar import appointment_of, calendar_of

    with registry_of(arguments) as registry:
        appointment = appointment_of(registry, arguments.folder, arguments.cancelled)
    _write(arguments.output, calendar_of([appointment], datetime.now(UTC)))
    say(f"{arguments.output} is the meeting, for any calendar.")


def _email(arguments: argparse.Namespace) -> None:
    from desktop.cli import registry_of, say
    from desktop.secretary.changing import what_to_tell
    from desktop.secretary.mails import Mail, about_pack, invitation_text, pack_text

    with registry_of(arguments) as registry:
        kind = Mail(arguments.kind)
        if kind is Mail.INVITATION:
            office = registry.office(arguments.body)
            say(str(invitation_text(office.name, office.organisation, arguments.member or "member")))
        elif arguments.folder is None:
            raise KnownError("Say which pack it is about: its folder.", "Nothing was written.")
        else:
            about = about_pack(registry, arguments.folder)
            say(str(pack_text(kind, about, what_to_tell(registry, arguments.folder))))


def _write(path: Path, data: bytes) -> None:
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "wb") as file:
            file.write(data)
    except OSError as error:
        raise KnownError(f"{path} could not be written: {error.strerror}.", "", "Choose another name.") from error


def day_of(text: str) -> date:
    """The day that was typed as 2026-01-29."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no date: write it as 2026-01-29") from error
