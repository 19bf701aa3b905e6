"""Days as papers, forms and file names write them: the one place that says what a day looks like.

"29 May 2025", "MONDAY, 10th OCTOBER 2016", "May 29, 2025", "29-May-25", "29/05/2025", "29.5.25", "2025-05-29".
"""

import re
from collections.abc import Iterator
from datetime import date

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
_NAMES = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    "Nov(?:ember)?|Dec(?:ember)?"
)
_TH = r"(?:\s?(?:st|nd|rd|th))?"
_ANY = re.compile(
    rf"\b(?P<d>\d{{1,2}}){_TH}(?:\s+of)?[\s-]+(?P<m>{_NAMES})\b\.?,?[\s-]+(?:(?P<y>\d{{4}})|['’]?(?P<y5>\d\d)\b(?!:))"
    rf"|\b(?P<m2>{_NAMES})\.?\s+(?P<d2>\d{{1,2}}){_TH},?\s+(?P<y2>\d{{4}})"
    r"|\b(?P<d3>\d{1,2})[/.](?P<m3>\d{1,2})[/.](?P<y3>\d{4}|\d\d)\b"
    r"|\b(?P<d6>\d{1,2})-(?P<m6>\d{1,2})-(?P<y6>20\d\d)\b"
    r"|\b(?P<y4>20\d\d)[-/](?P<m4>\d{1,2})[-/](?P<d4>\d{1,2})\b",
    re.IGNORECASE,
)
_NAMED = f"(?:{_NAMES}|{'|'.join(name.upper() for name in MONTHS)})"
_WEEKDAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)(?:day|DAY),?\s+)?(?:the\s+)?"
)
# For patterns of more than a day, case and all: in running text "may 3" is no day. The year may be left out.
DATE = (
    rf"{_WEEKDAY}(?:(?P<d>\d{{1,2}}){_TH}(?:\s+of)?\s+(?P<m>{_NAMED})\b\.?,?(?:\s+(?P<y>(?:19|20)\d\d))?"
    rf"|(?P<m2>{_NAMED})\s+(?P<d2>\d{{1,2}}){_TH},?\s+(?P<y2>(?:19|20)\d\d)"
    r"|(?P<d3>\d{1,2})[./](?P<m3>\d{1,2})[./](?P<y3>(?:20)?\d\d)\b)"
)
_FOUND = re.compile(DATE)
_AROUND = re.compile(r"\s*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?)?\s*(?:the)?\s*[,.]?\s*", re.IGNORECASE)


def dates_in(text: str) -> Iterator[tuple[int, int, date]]:
    """Each day that is named with its year, and where it stands: start, end. Days in no calendar are passed over."""
    for found in _ANY.finditer(text):
        day, month, year = _told(found)
        try:
            made = date(int(year) if len(year) == 4 else 2000 + int(year), _month(month), int(day))
        except ValueError:
            continue
        yield found.start(), found.end(), made


def first_date(text: str) -> date | None:
    """The first day a text names."""
    return next((found for _, _, found in dates_in(text)), None)


def only_date(text: str) -> date | None:
    """The day of a text that says nothing else, but perhaps the day of the week."""
    start, end, day = next(dates_in(text), (0, 0, None))
    return day if day is not None and _AROUND.fullmatch(f"{text[:start]} {text[end:]}") else None


def day_of(found: "re.Match[str]") -> str:
    """The day a match of DATE says, ISO; "--05-29" where it gives no year, "" where there is no such day."""
    day, month, year = _told(found)
    whole = f"20{year}" if len(year) == 2 else year
    try:
        made = date(int(whole or 2000), _month(month), int(day))  # 2000 has every day there is
    except ValueError:
        return ""
    return f"{whole or '-'}-{made:%m-%d}"


def first_day(text: str) -> str:
    """The first day with a year that a text names as running text does, ISO; "" for none."""
    return next((day for found in _FOUND.finditer(text) if (day := day_of(found)) and day[0] != "-"), "")


def _told(found: "re.Match[str]") -> tuple[str, str, str]:
    """Day, month and year as they are spelt, of whichever spelling it is."""
    said = found.groupdict()

    def told(letter: str) -> str:
        return next((text for name, text in said.items() if name[0] == letter and name[1:] in _SPELLINGS and text), "")

    return told("d"), told("m"), told("y")


_SPELLINGS = ("", "2", "3", "4", "5", "6")


def _month(word: str) -> int:
    return (
        int(word)
        if word.isdigit()
        else next(n for n, name in enumerate(MONTHS, 1) if name.startswith(word.casefold()[:3]))
    )
