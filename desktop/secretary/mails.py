"""E-mail texts to paste: an invitation, a pack that is out, a late paper, a corrected edition. None of them carries a
paper or a key, and of a private session none names what it is about: an e-mail is read by others than it is for."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path

from desktop.packs.pack import Meeting, Session
from desktop.secretary.changing import Changed, say_changes
from desktop.secretary.compile import pack_before
from desktop.secretary.embargo import holds_at
from desktop.secretary.plan import read_plan
from desktop.secretary.receipts import wants_receipts
from desktop.secretary.registry import Registry


class Mail(Enum):
    """What there is to write about."""

    INVITATION = "invitation"
    OUT = "out"
    LATE = "late"
    CHANGED = "changed"


@dataclass(frozen=True)
class About:
    """Which pack. edition: despatched last, 0 for none. opens: the end of an embargo, None without. receipts: whether
    the pack asks for them, which members are to be told."""

    body: str
    organisation: str
    meeting: Meeting
    edition: int = 0
    opens: datetime | None = None
    expires: date | None = None
    receipts: bool = False


@dataclass(frozen=True)
class Text:
    """subject and body of an e-mail."""

    subject: str
    body: str

    def __str__(self) -> str:
        return f"Subject: {self.subject}\n\n{self.body}"


def about_pack(registry: Registry, folder: Path) -> About:
    """What is known of the pack in a folder. Raises KnownError for a folder without an agenda, or an unknown body."""
    plan = read_plan(folder)
    office, before = registry.office(plan.body), pack_before(registry, plan)
    opens = plan.opens if holds_at(plan.opens, datetime.now(UTC)) else None
    receipts = before.pack.receipts if before is not None else wants_receipts(registry, office.body_id)
    edition = before.pack.edition if before is not None else 0
    return About(office.name, office.organisation, plan.meeting, edition, opens, plan.expires, receipts)


def invitation_text(body: str, organisation: str, member: str) -> Text:
    """To go with an invitation file, to one person."""
    words = (
        f"Dear {member},\n\n"
        f"From now on the papers of {body} ({organisation}) come to your computer by Despatch, sealed, so that you can "
        "read and mark them anywhere, with or without a network.\n\n"
        "1. Install Despatch and start it.\n"
        "2. Open the file attached to this e-mail. It is meant for you alone and works once.\n"
        "3. Despatch then shows five words. Please ring me and read them out: once mine are the same, your papers "
        "come.\n\n"
        "Please do not pass the file on. For another computer of yours I send another.\n"
    )
    return Text(f"Your invitation to the papers of {body}", words)


def pack_text(kind: Mail, about: About, changed: Changed | None = None) -> Text:
    """To go to all members. kind: any but the invitation. changed: what the edition changed, where that is known."""
    meeting = about.meeting
    day = f"{meeting.held_on:%A} {meeting.held_on.day} {meeting.held_on:%B %Y}"
    when = ", ".join(part for part in (day, meeting.starts, meeting.place) if part)
    private = meeting.session is Session.PRIVATE
    of = f"{about.body}{', private session' if private else ''}, {meeting.held_on.day} {meeting.held_on:%B %Y}"
    subject, opening = _OPENINGS[kind]
    parts = ["Dear member,", opening.format(body=about.body, when=when)]
    if changed is not None and kind is not Mail.OUT:
        told = [f"- {each}" for each in say_changes(changed)]
        parts.append("What is new is said in the pack." if private else "What is new:\n" + "\n".join(told))
    parts.append(_READ if about.opens is None else _opening(about.opens))
    if about.expires is not None:
        last = f"{about.expires.day} {about.expires:%B %Y}"
        parts.append(f"The papers are removed from your computer after {last}; your own notes stay.")
    if about.receipts:
        parts.append("Despatch tells me when the pack has come to you and when you open it, and nothing else.")
    return Text(subject.format(of=of), "\n\n".join(parts) + "\n")


_READ = "They come to your computer by themselves while Despatch is open. Your notes follow into this edition."
_OPENINGS = {
    Mail.OUT: ("Papers: {of}", "The papers for {body} on {when} have been despatched."),
    Mail.LATE: ("Late paper: {of}", "A late paper has been added to the pack for {body} on {when}."),
    Mail.CHANGED: ("Changed papers: {of}", "The pack for {body} on {when} has been changed."),
}


def _opening(opens: datetime) -> str:
    local = opens.astimezone()
    return (
        f"The papers are under embargo until {local:%A} {local.day} {local:%B %Y}, {local:%H:%M}. They come to your "
        "computer before that, sealed; nobody can open them until then."
    )
