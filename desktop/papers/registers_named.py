"""Where risks stand in a paper: the heading or the row that begins with a risk's number."""

import re
from collections.abc import Iterator

from desktop.papers.finding import Place
from desktop.papers.mention import Landmark, MentionKind, spelled
from desktop.papers.paper_text import PaperText

_RISK = re.compile(
    r"((?:(?:[A-Z]{2,6}|Group|GROUP|Trust)\s*[-–—]?\s*)?(?:BAF|CRR|SRR|ORR|BRAF)\s*(?:[Rr]isk\s*)?[-–—]?\s*\d{1,4}(?:\.\d{1,2})?"
    r"|(?:SR|PR|CR|DR|R)[ -]?\d{1,4}(?:\.\d{1,2})?|(?:Strategic|Corporate|Principal)\s+[Rr]isk\s+\d{1,3})"
    r"(?=[.:)]?(?:\s*$|\s+[A-Z“\"(–-]|\s*[.:–—-]\s))"
)
_SCORED = re.compile(r"(?i)\b(?:current|initial|target|consequence|likelihood|score|appetite|controls?)\b")


def risk_rows(paper: PaperText) -> Iterator[Landmark]:
    """Each place that a risk's number begins; its own sheet is told from a line of a list by what stands under it."""
    for page in paper.pages:
        rows = page.rows
        for place, row in enumerate(rows):
            found = _RISK.match(row.text)
            if not found:
                continue
            under = " ".join(each.text for each in rows[place : place + 14])
            others = sum(1 for each in rows[place + 1 : place + 14] if _RISK.match(each.text))
            words = len({match.group(0).casefold() for match in _SCORED.finditer(under)})
            sheet = others == 0 and words >= 3
            ref = spelled(re.sub(r"(?i)\b(?:(?:strategic|corporate|principal)\s+)?risk\b", "", found[1]))
            facts = {"ends": "sheet" if sheet else "row"}
            yield Landmark(MentionKind.RISK, Place(page.page, (row.box,)), row.text[:160], ref, facts)
