"""Dates as papers write them: "29 May 2025", "MONDAY, 10th OCTOBER 2016", "May 29, 2025", "29/05/2025", "29.5.25"."""

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|"
    rf"th)?(?:\s+of)?[\s-]+{_MONTH.format('month')}\.?,?[\s-]+(?P<year>\d{{4}}|\d\d\b(?!:))"
    rf"|\b{_MONTH.format('month2')}\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}})"
    r"|\b(?P<day3>\d{1,2})[/.](?P<month3>\d{1,2})[/.](?P<year3>\d{4}|\d\d)\b"
    r"|\b(?P<year4>20\d\d)-(?P<month4>\d\d)-(?P<day4>\d\d)\b",
    re.IGNORECASE,
)


def dates_in(text: str) -> Iterator[tuple[int, int, date]]:
    """Each date with where it stands in the text: start, end. Days that are in no calendar are passed over."""
    for found in _DATE.finditer(text):
        day = found["day"] or found["day2"] or found["day3"] or found["day4"]
        month = found["month"] or found["month2"] or found["month3"] or found["month4"]
        year = int(found["year"] or found["year2"] or found["year3"] or found["year4"])
        try:
            made = date(year if year > 99 else 2000 + year, _month(month), int(day))
        except ValueError:
            continue
        yield found.start(), found.end(), made


def first_date(text: str) -> date | None:
    """The first date a text names."""
    return next((found for _, _, found in dates_in(text)), None)


def _month(name: str) -> int:
    return int(name) if name.isdigit() else _MONTHS.index(name[:3].casefold()) + 1
