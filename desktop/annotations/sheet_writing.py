"""The meeting sheet as a document: Markdown, HTML for print and PDF, and DOCX. What is here leaves the seal."""

import re
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

from desktop.annotations.sheet import Sheet, SheetEntry, SheetItem
from desktop.packs.pack import Purpose

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

TICKED, OPEN = "☑", "☐"
PURPOSES = {
    Purpose.DECISION: "For decision",
    Purpose.ASSURANCE: "For assurance",
    Purpose.INFORMATION: "For information",
    Purpose.NONE: "",
}
CSS = """
body { font-family: sans-serif; font-size: 10.5pt; line-height: 1.35; }
h1 { font-size: 17pt; margin: 0 0 4pt 0; }
h2 { font-size: 12.5pt; margin: 16pt 0 2pt 0; }
p { margin: 2pt 0 2pt 0; }
ul { margin: 2pt 0 4pt 0; }
.about { color: #444444; font-size: 9.5pt; }
.entry { margin: 7pt 0 1pt 0; }
.more { margin: 0 0 1pt 20pt; color: #333333; font-size: 9.5pt; }
.answer { margin: 3pt 0 8pt 20pt; }
"""
_RULE = "_" * 62
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


@dataclass(frozen=True)
class Heading:
    """What stands over the sheet. when: the day and time in words. name: whose sheet it is, "" to leave that out."""

    when: str
    name: str = ""


def title_of(sheet: Sheet) -> str:
    """ "Meeting sheet: Board of Directors"."""
    return f"Meeting sheet: {sheet.pack.body.name}"


def about(item: SheetItem) -> str:
    """ "For decision · Director of Finance", "" where nothing is known."""
    return " · ".join(part for part in (PURPOSES[item.purpose], item.lead) if part)


def item_title(item: SheetItem) -> str:
    """The number and title of an item."""
    return f"{item.number}\u2002{item.title}" if item.number else item.title


def where(entry: SheetEntry) -> str:
    """ "page 47 · Finance report · for the Chair · by Ann Lee"."""
    page = f"page {entry.page}" if entry.page else ""
    if entry.earlier:
        page = f"{page}, on an earlier version" if page else "on an earlier version"
    whom = f"for {entry.asking.whom}" if entry.asking.whom else ""
    author = f"by {entry.mark.origin.author}" if entry.mark.origin and entry.mark.origin.author else ""
    return " · ".join(part for part in (page, entry.paper, whom, author) if part)


def to_markdown(sheet: Sheet, heading: Heading) -> str:
    """The sheet as Markdown, questions as a list of tasks."""
    parts = [f"# {plain_markdown(title_of(sheet))}", plain_markdown(" · ".join(_lines(heading)))]
    for item in sheet.items:
        parts.append(f"## {plain_markdown(item_title(item))}")
        if told := about(item):
            parts.append(f"*{plain_markdown(told)}*")
        for paper in item.papers:
            asks = "\n".join(f"- {plain_markdown(point)}" for point in paper.asks)
            parts.append(f"{plain_markdown(paper.asking)}:\n\n{asks}")
        if item.entries:
            parts.append("\n".join(_markdown_entry(entry) for entry in item.entries))
    return "\n\n".join(parts) + "\n"


def to_html(sheet: Sheet, heading: Heading) -> str:
    """The sheet as HTML without its style (CSS): for a printer, or a PDF. Unanswered questions leave room to write."""
    rows = [f"<h1>{escape(title_of(sheet))}</h1>"]
    rows += [f'<p class="about">{escape(line)}</p>' for line in _lines(heading)]
    for item in sheet.items:
        rows.append(f"<h2>{escape(item_title(item))}</h2>")
        if told := about(item):
            rows.append(f'<p class="about">{escape(told)}</p>')
        for paper in item.papers:
            points = "".join(f"<li>{escape(point)}</li>" for point in paper.asks)
            rows.append(f"<p>{escape(paper.asking)}:</p><ul>{points}</ul>")
        rows += [_html_entry(entry) for entry in item.entries]
    return "\n".join(rows)


def to_docx(sheet: Sheet, heading: Heading) -> bytes:
    """The sheet as a Word document. Loads its library first (half a second): not for the window's thread."""
    import docx

    document = docx.Document()
    _set_up(document, title_of(sheet), heading)
    document.add_heading(title_of(sheet), 0)
    for line in _lines(heading):
        document.add_paragraph(line)
    for item in sheet.items:
        _docx_item(document, item)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _lines(heading: Heading) -> list[str]:
    name = f"Questions and notes of {heading.name}" if heading.name else ""
    return [line for line in (heading.when, name) if line]


def _markdown_entry(entry: SheetEntry) -> str:
    box = ("[x] " if entry.asking.asked else "[ ] ") if entry.is_question else ""
    words = plain_markdown(entry.words).replace("\n", "\n  ")
    lines = [f"- {box}{f'**{words}**' if entry.is_question and chr(10) not in words else words}"]
    lines += [f"  {plain_markdown(line)}" for line in _more(entry)]
    if entry.asking.answer:
        answer = plain_markdown(entry.asking.answer).replace("\n", "\n  ")
        lines.append(f"  Answer: {answer}")
    return "  \n".join(lines)


def _html_entry(entry: SheetEntry) -> str:
    sign = (TICKED if entry.asking.asked else OPEN) if entry.is_question else "•"
    words = escape(entry.words).replace("\n", "<br/>")
    rows = [f'<p class="entry">{sign}&#160;&#160;{f"<b>{words}</b>" if entry.is_question else words}</p>']
    rows += [f'<p class="more">{escape(line)}</p>' for line in _more(entry)]
    if entry.is_question:
        answer = escape(entry.asking.answer).replace("\n", "<br/>")
        rows.append(f'<p class="answer">Answer: {answer or _RULE}</p>')
    return "".join(rows)


def _more(entry: SheetEntry) -> list[str]:
    """What goes under an entry: where it is, and the paper's words where they are not the entry itself."""
    quote = f"“{entry.quote}”" if entry.quote and entry.mark.words.strip() else ""
    return [line for line in (where(entry), quote) if line]


def _docx_item(document: "Document", item: SheetItem) -> None:
    document.add_heading(item_title(item), 1)
    if told := about(item):
        document.add_paragraph().add_run(told).italic = True
    for paper in item.papers:
        _kept(document.add_paragraph(f"{paper.asking}:"))
        for point in paper.asks:
            document.add_paragraph(point, "List Bullet")
    for entry in item.entries:
        _docx_entry(document, entry)


def _docx_entry(document: "Document", entry: SheetEntry) -> None:
    sign = (TICKED if entry.asking.asked else OPEN) if entry.is_question else "•"
    paragraph = _kept(document.add_paragraph(f"{sign}\u2002"))
    paragraph.add_run(entry.words).bold = entry.is_question
    for line in _more(entry):
        _docx_aside(document, line).runs[0].italic = True
    if entry.is_question:
        _docx_aside(document, f"Answer: {entry.asking.answer}")


def _docx_aside(document: "Document", words: str) -> "Paragraph":
    from docx.shared import Pt

    paragraph = document.add_paragraph(words)
    paragraph.paragraph_format.left_indent = Pt(20)
    paragraph.paragraph_format.space_after = Pt(4)
    return paragraph


def _kept(paragraph: "Paragraph") -> "Paragraph":
    """Not torn from what follows by the end of a page."""
    from docx.shared import Pt

    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = Pt(2)
    return paragraph


def _set_up(document: "Document", title: str, heading: Heading) -> None:
    """A4, British English, and the member's name (or none) in the place of the library's own."""
    from docx.oxml.ns import qn
    from docx.shared import Mm

    facts = document.core_properties
    facts.title, facts.author, facts.comments = title, heading.name, ""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(22))
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def plain_markdown(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", text)
