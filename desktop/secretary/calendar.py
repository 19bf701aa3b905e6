"""A meeting as an iCalendar file (RFC 5545), for any calendar to take in. Nothing of the papers is in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from desktop.packs.pack import Meeting, Session
from desktop.secretary.compile import pack_before, pack_id_of
from desktop.secretary.plan import read_plan
from desktop.secretary.registry import Registry

ENDING = ".ics"
_WIDEST = 75  # octets of a line, by the rules; a longer one is folded


@dataclass(frozen=True)
class Appointment:
    """One meeting for a calendar. uid: the same for each state of it. sequence: higher for each later one. minutes:
    how long it is to take, 0 where nobody said. cancelled: it does not take place."""

    uid: str
    body: str
    meeting: Meeting
    sequence: int = 0
    minutes: int = 0
    cancelled: bool = False


def appointment_of(registry: Registry, folder: Path, cancelled: bool = False) -> Appointment:
    """The meeting of a folder. Raises KnownError for a folder without an agenda, or a body of nobody's."""
    plan = read_plan(folder)
    office, before = registry.office(plan.body), pack_before(registry, plan)
    sequence = (before.pack.edition if before is not None else 0) + cancelled
    uid = pack_id_of(office.body_id, plan.meeting)
    return Appointment(uid, office.name, plan.meeting, sequence, sum(plan.minutes.values()), cancelled)


def calendar_of(appointments: Iterable[Appointment], now: datetime) -> bytes:
    """The file. now: aware; when it was made. Times of day are this computer's, told to others as UTC."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Despatch//Board packs//EN", "CALSCALE:GREGORIAN"]
    lines.append("METHOD:PUBLISH")
    for each in appointments:
        lines += _event(each, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _event(each: Appointment, now: datetime) -> list[str]:
    meeting = each.meeting
    title = each.body + (" (private session)" if meeting.session is Session.PRIVATE else "")
    lines = [
        "BEGIN:VEVENT",
        f"UID:{each.uid}@despatch.invalid",  # a name that can be nobody's host, since it is none
        f"DTSTAMP:{_utc(now)}",
        f"SEQUENCE:{each.sequence}",
        *_when(meeting, each.minutes),
        f"SUMMARY:{_escaped(title)}",
    ]
    lines += [f"LOCATION:{_escaped(meeting.place)}"] if meeting.place else []
    lines += [f"STATUS:{'CANCELLED' if each.cancelled else 'CONFIRMED'}", "END:VEVENT"]
    return lines


def _when(meeting: Meeting, minutes: int) -> list[str]:
    if not meeting.starts:
        return [f"DTSTART;VALUE=DATE:{_day(meeting.held_on)}", f"DTEND;VALUE=DATE:{_day(meeting.held_on, 1)}"]
    hour, minute = map(int, meeting.starts.split(":"))
    starts = datetime.combine(meeting.held_on, datetime.min.time()).replace(hour=hour, minute=minute).astimezone()
    lines = [f"DTSTART:{_utc(starts)}"]
    return lines + ([f"DTEND:{_utc(starts + timedelta(minutes=minutes))}"] if minutes else [])


def _day(day: date, later: int = 0) -> str:
    return f"{day + timedelta(days=later):%Y%m%d}"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(words: str) -> str:
    """TEXT by the rules: backslash, comma, semicolon and line ends are written otherwise; others that steer go."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        words = words.replace(sign, written)
    return "".join(sign for sign in words if sign >= " " and sign != "\x7f")


def _folded(line: str) -> str:
    """At most 75 octets each, going on after a blank; no letter is torn in two."""
    parts, width = [""], 0
    for sign in line:
        size = len(sign.encode())
        if width + size > _WIDEST:
            parts.append(" ")
            width = 1
        parts[-1] += sign
        width += size
    return "\r\n".join(parts)
