"""Minutes and action log as documents: HTML for a PDF, and Word."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

from desktop.packs.pack import Session
from desktop.secretary.action_log import Logged
from desktop.secretary.minutes import Minuted, Minutes, ToDo

if TYPE_CHECKING:
    from docx.document import Document

CSS = """
body { font-family: sans-serif; font-size: 10.5pt; line-height: 1.4; }
h1 { font-size: 17pt; margin: 0 0 4pt 0; }
h2 { font-size: 12pt; margin: 14pt 0 2pt 0; }
p { margin: 3pt 0 5pt 0; }
.about { color: #444444; }
.action { margin: 3pt 0 3pt 16pt; }
"""
FOOT = "Page {page} of {pages}"


def title_of(minutes: Minutes) -> str:
    """ "Minutes of the meeting held on 29 January 2026"."""
    return f"Minutes of the meeting held on {_day(minutes.meeting.held_on)}"


def file_name(minutes: Minutes, ending: str) -> str:
    """What a file of them is called: sorts and finds its place by its name."""
    return f"Minutes of {_day(minutes.meeting.held_on)}{ending}"


def minutes_html(minutes: Minutes) -> str:
    """Without its style (CSS)."""
    rows = [f"<h1>{escape(title_of(minutes))}</h1>"]
    rows += [f'<p class="about">{escape(line)}</p>' for line in _about(minutes)]
    for item in minutes.items:
        rows.append(f"<h2>{escape(_heading(item))}</h2>")
        rows += [f"<p>{escape(each)}</p>" for each in _paragraphs(item)]
        rows += [f"<p><b>{escape(each)}</b></p>" for each in item.decisions]
        rows += [f'<p class="action"><b>Action:</b> {escape(_action(each))}</p>' for each in item.actions]
    return "\n".join(rows)


def minutes_docx(minutes: Minutes) -> bytes:
    """As a Word document. Loads its library first (half a second)."""
    document = _document(title_of(minutes))
    for line in _about(minutes):
        document.add_paragraph(line)
    for item in minutes.items:
        document.add_heading(_heading(item), 1)
        for each in _paragraphs(item):
            document.add_paragraph(each)
        for each in item.decisions:
            document.add_paragraph().add_run(each).bold = True
        for action in item.actions:
            paragraph = document.add_paragraph(style="List Bullet")
            paragraph.add_run("Action: ").bold = True
            paragraph.add_run(_action(action))
    return _bytes(document)


def log_html(body: str, log: Sequence[Logged], today: date) -> str:
    """The action log for the next meeting: a table with a row for each."""
    head = "".join(f"<th>{each}</th>" for each in _COLUMNS)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in _cells(each))}</tr>" for each in log)
    about = f"<h1>Action log</h1><p class='about'>{escape(body)}, {_day(today)}</p>"
    return about + (f"<table border='1'><tr>{head}</tr>{rows}</table>" if log else "<p>No action is open.</p>")


def log_docx(body: str, log: Sequence[Logged], today: date) -> bytes:
    """The same as a Word document."""
    document = _document("Action log")
    document.add_paragraph(f"{body}, {_day(today)}")
    if not log:
        document.add_paragraph("No action is open.")
        return _bytes(document)
    table = document.add_table(rows=1, cols=len(_COLUMNS), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, _COLUMNS, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    for each in log:
        for cell, words in zip(table.add_row().cells, _cells(each), strict=True):
            cell.text = words
    return _bytes(document)


_COLUMNS = ("Reference", "Action", "Lead", "Due date", "Status", "Update")


def _cells(each: Logged) -> tuple[str, ...]:
    status = f"Closed {_day(date.fromisoformat(each.closed))}" if each.closed else "Open"
    return each.ref, each.what, each.who, each.due, status, each.news


def _about(minutes: Minutes) -> Iterable[str]:
    meeting = minutes.meeting
    private = "private session" if meeting.session is Session.PRIVATE else ""
    yield ", ".join(part for part in (minutes.body, private, meeting.starts, meeting.place) if part)
    yield f"Confirmed on {_day(minutes.confirmed)}." if minutes.confirmed else "Draft, to be confirmed."
    people = (("Present", minutes.present), ("Apologies", minutes.apologies), ("In attendance", minutes.attending))
    for word, names in people:
        if names:
            yield f"{word}: {', '.join(names)}"


def _heading(item: Minuted) -> str:
    return f"{item.number}. {item.title}" if item.number else item.title


def _paragraphs(item: Minuted) -> list[str]:
    return [" ".join(part.split()) for part in item.said.split("\n\n") if part.strip()]


def _action(action: ToDo) -> str:
    aside = ", ".join(part for part in (action.who, action.due) if part)
    return f"{action.what} ({aside})" if aside else action.what


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _document(title: str) -> "Document":
    import docx
    from docx.shared import Mm

    document = docx.Document()
    facts = document.core_properties
    facts.title, facts.author, facts.comments = title, "", ""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(22))
    document.add_heading(title, 0)
    return document


def _bytes(document: "Document") -> bytes:
    written = BytesIO()
    document.save(written)
    return written.getvalue()
