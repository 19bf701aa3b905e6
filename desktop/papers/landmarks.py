"""The places of a paper that mentions lead to: minutes, sections, paragraphs, captions, appendices, rows of logs."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from desktop.papers.days import first_day
from desktop.papers.finding import Finding, FindingKind, Place
from desktop.papers.lines import PrintedLine
from desktop.papers.mention import Landmark, MentionKind, spelled
from desktop.papers.paper_text import PaperPage, PaperText, Row
from desktop.papers.registers_named import risk_rows

Kind = MentionKind

_CAPTION = re.compile(
    r"(Tables?|TABLE|Figures?|FIGURE|Fig\.|Charts?|Graphs?|Exhibits?|Box|Diagram)\s+([A-Z]{0,2}\.?\d{1,3}(?:\.\d{1,2})?[a-z]?|[A-Z]|[IVX]{1,4})"
    r"(?=\s*[:.–—-](?:\s|$)|\s+[A-Z(£%]|\s*$)"
)
_APPENDIX = re.compile(
    r"\W{0,3}(?:Appendix|APPENDIX|Ann?ex(?:e)?|ANNEX|Enclosure|ENCLOSURE|Enc\.?|Attachment|ATTACHMENT|Schedule|SCHEDULE)\s+"
    r"([A-Z]{1,2}\d{0,2}|\d{1,2}[A-Za-z]?|[IVX]{1,5})(?=\W{0,3}$|\s*[:.–—-]\s*\S|\s+[A-Z(“\"0-9])"
)
_TITLED = re.compile(r"(?:Appendix|APPENDIX|Annex|ANNEX|Enclosure|ENCLOSURE)\s+([A-Z]|\d{1,2})(?=\W|$)")
_SECTION = re.compile(
    r"(?:(?:Section|SECTION|Chapter|CHAPTER|Part)\s+)?(\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z])[.):]?(?:\s*[–—:-])?\s+(?=\S)"
)
_PARAGRAPH = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,4})[.)]?(?:\s+\S|$)")
_ITEM_OF_PAPER = re.compile(
    r"\bAgenda\s+[Ii]tem(?:\s+(?:[Nn]o\.?|[Nn]umber))?:?\s+([A-Z]?\d{1,3}(?:\.\d{1,2}){0,2}[A-Za-z]?)(?=\W*$|\s*[:–—-]\s)"
)
_CODED = re.compile(
    r"(?:(?:Minute|MINUTE|Min\.?)\s+(?:No\.?\s*)?)?"
    r"([A-Z]{1,6}\s?[./-]?\s?\d{1,4}(?:\s?[/.-]\s?\d{1,4}){1,2}|\d{1,5}/\d{2,4}(?:/\d{1,3})?|\d{2}[./]\d{2}[./]\d{1,3}|\d{1,3})"
    r"(?:\s?\([a-z]\))?(?=[.:)]?(?:\s|$))"
)
_ACTION_ROW = re.compile(
    r"(?:ACTIONS?|Actions?)?:?\s*([A-Z]{1,6}[ ]?\d{1,4}(?:[/.-]\d{1,4}){1,2}|[A-Z]{1,4}-?\d{1,4}|\d{1,4}(?:[/.-]\d{1,4}){0,2})(?=[:.)]?(?:\s|$))"  # noqa: E501
)
_MINUTES = re.compile(
    r"\b(?:minutes|notes?|record)\s+of\s+(?:the|a|an|last)\b|^\s*minutes\b|\bMINUTES\b", re.IGNORECASE
)
_AGENDA = re.compile(r"^\s*AGENDA\b|^\s*Agenda\b", re.MULTILINE)
_LOG = re.compile(r"\baction\s+(?:log|sheet|tracker|points|list|register)\b|\bmatters\s+arising\b", re.IGNORECASE)
_DUE = re.compile(r"\b(?:lead|owner|due|responsible|by\s+whom|timescale)\b", re.IGNORECASE)
_RISKS = re.compile(r"\b(?:assurance\s+framework|risk\s+register|strategic\s+risks)\b|\bBAF\b|\bCRR\b", re.IGNORECASE)
_MOST_TITLE_LINES = 4
_FINDINGS = {FindingKind.MINUTE: Kind.MINUTE, FindingKind.ACTION: Kind.ACTION, FindingKind.RISK: Kind.RISK}


def kind_of(paper: PaperText) -> str:
    """ "minutes", "agenda", "action log", "risk register", "" for any other, by what its first page says of itself."""
    if not paper.pages:
        return ""
    head = "\n".join(line.text for line in sorted(paper.pages[0].printed, key=lambda line: line.y0)[:14])
    text = paper.pages[0].text
    title = f"{paper.title}\n{head}"
    if (
        _MINUTES.search(head)
        and re.search(r"(?i)\b(?:present|apologies|in attendance)\b", paper.text[:6000])
        and not _LOG.search(head)
    ):
        return "minutes"
    if _LOG.search(title) and _DUE.search(text):
        return "action log"
    if (
        _AGENDA.search(head)
        and len(re.findall(r"(?m)^\s*\d{1,2}(?:\.\d{1,2})?\.?\s*$|^\s*\d{1,2}\.\s", paper.text)) >= 4
    ):
        return "agenda"
    return "risk register" if _RISKS.search(title) else ""


def held_on(paper: PaperText, kind: str) -> str:
    """The day of the meeting that minutes record, ISO; "" for others, or where they do not say."""
    if kind != "minutes":
        return ""
    top = sorted(paper.pages[0].printed, key=lambda line: line.y0)
    text = " ".join(line.text for line in top[:40])
    for words in (r"\bheld\b", r"\bmeeting\s+(?:of|on)\b", r"\bminutes\b", r"\bmeeting\b"):
        if (said := re.search(words, text, re.IGNORECASE)) and (day := first_day(text[said.start() :])):
            return day
    return first_day(text)


def titles_of(paper: PaperText) -> tuple[str, ...]:
    """What the paper calls itself: the largest lines at the head of its first page."""
    if not paper.pages or not paper.pages[0].lines:
        return ()
    page = paper.pages[0]
    top = [line for line in page.lines if line.y0 < 0.5 * page.height]
    largest = max((line.size for line in top), default=0.0)
    lines = [line.text for line in top if line.size > largest - 0.6]
    return (" ".join(lines)[:200],) if largest > 11 and len(lines) <= _MOST_TITLE_LINES else ()


def find_landmarks(paper: PaperText, findings: Iterable[Finding], kind: str) -> list[Landmark]:
    """Every landmark, by page. findings: of the same paper; what recognisers found of minutes, actions and risks is
    taken from them, and read here only where they found none."""
    found = [*_appendices(paper), *_own_item(paper), *_sections(paper), *_captions(paper)]
    told = [mark for finding in findings for mark in _of_finding(finding)]
    found += told
    told_kinds = {mark.kind for mark in told}
    if Kind.MINUTE not in told_kinds and kind == "minutes":
        found += _minutes(paper)
    if Kind.ACTION not in told_kinds and kind in ("minutes", "action log"):
        found += _actions(paper, kind)
    if Kind.RISK not in told_kinds:
        found += risk_rows(paper)
    found += _paragraphs(paper, found)
    return sorted(_once(found), key=lambda mark: (mark.place.page, mark.y))


def _once(found: Iterable[Landmark]) -> Iterator[Landmark]:
    seen = set()
    for mark in found:
        key = (mark.kind, mark.ref, mark.place.page, round(mark.y))
        if key not in seen:
            seen.add(key)
            yield mark


def _of_finding(finding: Finding) -> Iterator[Landmark]:
    kind = _FINDINGS.get(finding.kind)
    if kind is not None and finding.ref:
        ends = "sheet" if finding.parts else "row"  # of a risk: its own page has controls and actions, a row has none
        yield Landmark(kind, finding.place, finding.text[:160], spelled(finding.ref), {"ends": ends})


def _at(page: PaperPage, line: PrintedLine) -> Place:
    return Place(page.page, ((line.x0, line.y0, line.x1, line.y1),))


# ---- appendices and the paper's own item


def _appendices(paper: PaperText) -> Iterator[Landmark]:
    """Headings of appendices; and what the whole paper is called, where its first page or its foot says so."""
    if kind_of(paper) == "agenda":
        return  # there they are named, and stand elsewhere
    whole = _whole_appendix(paper)
    if whole:
        yield Landmark(Kind.APPENDIX, Place(0), _line_called(paper, whole), whole, {"whole": "yes"})
    for page in paper.pages:
        for line in page.lines:
            found = _APPENDIX.match(line.text)
            if found is None or (whole == spelled(found[1]) and page.page == 0):
                continue
            if len(line.text) < 130 and _begins(page, line) and not _is_listed(line.text):
                yield Landmark(Kind.APPENDIX, _at(page, line), line.text, spelled(found[1]), {"ends": "heading"})


def _whole_appendix(paper: PaperText) -> str:
    top = [line for line in paper.pages[0].printed if line.y1 < paper.pages[0].height * 0.35] if paper.pages else []
    first = [found[1] for line in top if (found := _APPENDIX.match(line.text)) and len(line.text) < 90]
    first += [found[1] for title in titles_of(paper) if (found := _TITLED.search(title))]
    feet: Counter[str] = Counter()
    for page in paper.pages:
        kept = {id(line) for line in page.lines}
        seen = {found[1] for line in page.printed if id(line) not in kept and (found := _APPENDIX.match(line.text))}
        feet.update(seen)
    running = [ref for ref, times in feet.items() if times >= max(2, 0.8 * len(paper.pages))]
    return spelled(first[0]) if first else spelled(running[0]) if running else ""


def _line_called(paper: PaperText, ref: str) -> str:
    lines = (line.text for line in paper.pages[0].printed)
    said = (
        text for text in lines if (found := _APPENDIX.match(text) or _TITLED.search(text)) and spelled(found[1]) == ref
    )
    return next(said, paper.title)


def _begins(page: PaperPage, line: PrintedLine) -> bool:
    """Whether the line does not go on from the one over it in the middle of a sentence."""
    place = page.lines.index(line)
    if not place or line.bold:
        return True
    over = page.lines[place - 1]
    if over.block != line.block or abs(over.middle - line.middle) < 2:
        return True
    return over.text.rstrip().endswith((".", ":", ";")) or over.bold != line.bold or abs(over.size - line.size) > 0.5


def _is_listed(text: str) -> bool:
    """A line of a list of contents."""
    return re.search(r"\.{4,}\s*\d+\s*$", text) is not None


def _own_item(paper: PaperText) -> Iterator[Landmark]:
    if paper.pages:
        for line in paper.pages[0].printed[:25]:
            if found := _ITEM_OF_PAPER.search(line.text):
                yield Landmark(Kind.ITEM, Place(0), line.text, spelled(found[1]), {"whole": "yes"})
                return


# ---- sections, paragraphs, captions


def _sections(paper: PaperText) -> Iterator[Landmark]:
    for heading in paper.headings:
        box = ((heading.x0, heading.y0, heading.x1, heading.y1),) if heading.y1 else ()
        found = _SECTION.match(heading.title)
        ref = spelled(found[1]) if found else ""
        yield Landmark(Kind.SECTION, Place(heading.page, box), heading.title, ref, {"ends": "heading"})
    known = {(heading.page, round(heading.y0)) for heading in paper.headings}
    for page in paper.pages:
        for row in page.rows:
            line = row.lines[0]
            found = re.match(r"(?:Section|SECTION|Chapter)\s+(\d{1,2}(?:\.\d{1,2})*)\b\s*[-–—:.]?\s*[A-Z]", row.text)
            if found is None and row.bold and line.size >= 9 and len(row.lines) < 3:
                found = re.match(r"(\d{1,2}(?:\.\d{1,2}){0,2})[.)]?\s+[A-Z]", row.text)
            if found and (page.page, round(line.y0)) not in known and len(row.text) < 130:
                yield Landmark(
                    Kind.SECTION, Place(page.page, (row.box,)), row.text, spelled(found[1]), {"ends": "heading"}
                )


def _captions(paper: PaperText) -> Iterator[Landmark]:
    for page in paper.pages:
        for line in page.lines:
            found = _CAPTION.match(line.text)
            if found and len(line.text) < 220 and _begins(page, line):
                kind = Kind.TABLE if found[1].casefold().startswith("table") else Kind.FIGURE
                yield Landmark(kind, _at(page, line), line.text, spelled(found[2]), {"ends": "heading"})


def _paragraphs(paper: PaperText, known: Sequence[Landmark]) -> Iterator[Landmark]:
    """Numbered paragraphs: numbers at the left of rows that count on, "9" after "8", "4.3" after "4.2"."""
    taken = {(mark.place.page, round(mark.y / 4)) for mark in known}
    numbered = [
        (page, row, found[1]) for page in paper.pages for row in page.rows if (found := _PARAGRAPH.match(row.text))
    ]
    kept = _counting([(number, _left(row)) for _, row, number in numbered])
    for place in kept:
        page, row, number = numbered[place]
        box = row.box
        if (page.page, round(box[1] / 4)) not in taken:
            yield Landmark(Kind.PARAGRAPH, Place(page.page, (box,)), row.text[:160], spelled(number), {"ends": "text"})


def _left(row: Row) -> float:
    return row.lines[0].x0


def _counting(numbers: Sequence[tuple[str, float]]) -> list[int]:
    """Places of those that follow on from another at about the same left edge, or are followed by one."""
    open_ends: dict[tuple[tuple[int, ...], int], int] = {}
    kept: set[int] = set()
    for place, (number, left) in enumerate(numbers):
        parts = tuple(int(part) for part in number.split("."))
        for edge in (round(left / 12), round(left / 12) - 1, round(left / 12) + 1):
            before = open_ends.get(((*parts[:-1], parts[-1] - 1), edge))
            if before is not None:
                kept |= {before, place}
                break
        open_ends[parts, round(left / 12)] = place
    return sorted(kept)


# ---- minutes and actions, where no recogniser told of them


def _minutes(paper: PaperText) -> Iterator[Landmark]:
    """Numbers at the left that go on counting through the paper, each with the words beside or under it."""
    rows = [(page, row, found[1]) for page in paper.pages for row in _rows(page) if (found := _CODED.match(row.text))]
    styles = Counter(_style(number) for _, _, number in rows)
    if not styles:
        return
    best = max(styles, key=lambda style: (styles[style] > 2, len(style) > 2, styles[style]))
    last: tuple[int, ...] = ()
    for page, row, number in rows:
        value = tuple(int(part) for part in re.findall(r"\d+", number))
        bold = row.lines[0].bold or row.lines[-1].bold or best != "0"
        if _style(number) == best and bold and (not last or 0 <= value[-1] - last[-1] < 40 or value[:-1] > last[:-1]):
            last = value
            yield Landmark(Kind.MINUTE, Place(page.page, (row.box,)), row.text, spelled(number), {"ends": "heading"})


def _rows(page: PaperPage) -> list[Row]:
    """Its rows, with numbers at the head of the page: of minute after minute, they look like a running head."""
    own = {id(line) for line in page.lines}
    set_aside = [line for line in page.printed if id(line) not in own and _CODED.fullmatch(line.text)]
    return sorted([*page.rows, *(Row(page.page, (line,)) for line in set_aside)], key=lambda row: row.box[1])


def _style(number: str) -> str:
    return re.sub(r"\d+", "0", number.replace(" ", ""))


def _actions(paper: PaperText, kind: str) -> Iterator[Landmark]:
    for page in paper.pages:
        for row in page.rows:
            found = _ACTION_ROW.match(row.text)
            said = re.match(r"(?:ACTION|Action)\b", row.text) is not None
            if found and (said if kind == "minutes" else re.search(r"[A-Z]", found[1])):
                yield Landmark(
                    Kind.ACTION, Place(page.page, (row.box,)), row.text[:160], spelled(found[1]), {"ends": "row"}
                )
