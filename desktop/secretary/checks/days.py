"""Dates that cannot be: no such day in the calendar, or another day of the week than is written."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from desktop.secretary.checks.remark import ReadPaper, Remark, Weight

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"(?:\b({'|'.join(_NAMES)}),?\s+)?\b(\d{{1,2}})\s?(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b\.?,?\s+((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_DO = "Ask its author which day is meant."


def check(papers: Sequence[ReadPaper]) -> Iterator[Remark]:
    """Each once a paper."""
    for paper in papers:
        told: set[str] = set()
        for page in paper.pages:
            for found in _DATE.finditer(page.text):
                words = " ".join(found[0].split())
                why = _trouble(found)
                if why and words not in told:
                    told.add(words)
                    yield paper.remark(Weight.SEE_TO, f"“{words}” in {paper.name}: {why}", _DO, page.page + 1)


def _trouble(found: "re.Match[str]") -> str:
    month = _MONTHS.index(found[3][:3].casefold()) + 1
    try:
        day = date(int(found[4]), month, int(found[2]))
    except ValueError:
        return "there is no such day."
    named = (found[1] or "").casefold()
    if named and _NAMES[day.weekday()] != named:
        return f"that day is a {_NAMES[day.weekday()].capitalize()}."
    return ""
