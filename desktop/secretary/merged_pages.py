"""The pages that a merged pack has besides its papers: cover, agenda, and what stands in place of a paper left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from desktop.packs.pack import AgendaItem, Meeting, PaperStatus, Purpose, Session
from desktop.packs.printed import span

CSS = """
body { font-family: sans-serif; font-size: 11pt; line-height: 1.35; }
h1 { font-size: 26pt; margin: 0 0 10pt 0; } h2 { font-size: 15pt; margin: 18pt 0 8pt 0; }
.over { margin-top: 150pt; font-size: 13pt; } .quiet { color: #444; } .number { font-weight: bold; }
p { margin: 0 0 6pt 0; } p.item { margin: 10pt 0 2pt 0; } p.paper { margin: 0 0 2pt 24pt; } a { color: #0b4f8a; }
"""
_PURPOSES = {
    Purpose.DECISION: "For decision",
    Purpose.ASSURANCE: "For assurance",
    Purpose.INFORMATION: "For information",
}
_ROMAN = {100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i"}
_STATUS = {
    PaperStatus.VERBAL: "verbal",
    PaperStatus.TO_FOLLOW: "to follow",
    PaperStatus.WITHDRAWN: "withdrawn",
    PaperStatus.LATE: "late",
    PaperStatus.TABLED: "tabled",
}
_SESSIONS = {Session.PUBLIC: "In public", Session.PRIVATE: "In private"}


@dataclass(frozen=True)
class Entry:
    """A paper as the agenda of one copy names it. key: where its link leads; labels: of its pages; left_out: why."""

    key: str
    item: str
    title: str
    status: PaperStatus
    labels: tuple[str, ...]
    left_out: str = ""


@dataclass(frozen=True)
class Heading:
    """Whose pack it is, and which copy of it."""

    body: str
    organisation: str
    title: str
    meeting: Meeting
    edition: int
    made_for: str
    made: datetime


def cover(heading: Heading) -> str:
    """The first page."""
    meeting = heading.meeting
    when = f"{meeting.held_on:%A} {meeting.held_on.day} {meeting.held_on:%B %Y}"
    lines = [f"{when}{f', {_clock(meeting.starts)}' if meeting.starts else ''}", meeting.place]
    lines.append(_SESSIONS[meeting.session])
    about = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    edition = f"Edition {heading.edition}" if heading.edition else "Not despatched yet"
    made = f"{heading.made_for} · {edition} · put together on {say_moment(heading.made)}"
    return (
        f"<p class='over'>{escape(heading.organisation)}</p><h1>{escape(heading.body)}</h1>"
        f"<h2>{escape(heading.title)}</h2>{about}<p class='quiet'>{escape(made)}</p>"
    )


def agenda(items: Sequence[AgendaItem], titles: Mapping[str, str], entries: Sequence[Entry]) -> str:
    """The agenda with its papers, each a link to its first page. titles: what this copy calls an item, by number."""
    parts = ["<h2>Agenda</h2>"]
    for item in items:
        about = [_PURPOSES.get(item.purpose, ""), item.lead, _clock(item.starts) if item.starts else ""]
        said = " · ".join(part for part in about if part)
        parts.append(
            f"<p class='item'><span class='number'>{escape(item.number)}</span> {escape(titles[item.number])}"
            f"{f'<br/><span class=quiet>{escape(said)}</span>' if said else ''}</p>"
        )
        parts += [_line(entry) for entry in entries if entry.item == item.number]
    return "".join(parts)


def contents(entries: Sequence[Entry]) -> str:
    """Every paper that takes pages, with their numbers."""
    listed = "".join(
        f"<p class='paper'><a href='to:{entry.key}'>{escape(span(entry.labels))}</a>"
        f" {escape(entry.title)}{f' ({escape(entry.left_out)})' if entry.left_out else ''}</p>"
        for entry in entries
        if entry.labels
    )
    return f"<h2>Contents</h2>{listed}" if listed else ""


def placeholder(entry: Entry) -> str:
    """Stands where a paper is not in this copy, so that the pages after it keep their numbers."""
    pages = f"Pages {span(entry.labels)}" if len(entry.labels) > 1 else f"Page {span(entry.labels)}"
    return (
        f"<p class='over'>Item {escape(entry.item)}</p><h2>{escape(entry.title)}</h2>"
        f"<p>{escape(pages)}: {escape(entry.left_out)}</p>"
    )


def say_moment(moment: datetime) -> str:
    """ "29 January 2026, 3.05 pm"."""
    return f"{moment.day} {moment:%B %Y}, {_clock(f'{moment:%H:%M}')}"


def roman(number: int) -> str:
    """ "iv"."""
    written = ""
    for value, letters in _ROMAN.items():
        while number >= value:
            written, number = written + letters, number - value
    return written


def _line(entry: Entry) -> str:
    state = _STATUS.get(entry.status, "")
    if not entry.labels:
        return f"<p class='paper'>{escape(entry.title)}{f' ({state})' if state else ''}</p>"
    pages = f"page {entry.labels[0]}" if len(entry.labels) == 1 else f"pages {span(entry.labels)}"
    told = ", ".join(part for part in (state, pages, entry.left_out.rstrip(".").lower()) if part)
    return f"<p class='paper'><a href='to:{entry.key}'>{escape(entry.title)}</a> ({escape(told)})</p>"


def _clock(starts: str) -> str:
    hour, minute = map(int, starts.split(":"))
    return f"{hour % 12 or 12}.{minute:02} {'am' if hour < 12 else 'pm'}"
