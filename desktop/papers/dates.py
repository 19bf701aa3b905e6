"""Days as papers write them."""

import re

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"  # noqa: E501
_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)(?:day|DAY),?\s+)?(?:the\s+)?"
DATE = (
    rf"{_DAY}(?:(?P<d>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?(?:\s+of)?\s+(?P<m>{_MONTH})\b\.?,?(?:\s+(?P<y>(?:19|20)\d\d))?"
    rf"|(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>(?:19|20)\d\d)"
    r"|(?P<d3>\d{1,2})[./](?P<m3>\d{1,2})[./](?P<y3>(?:20)?\d\d)\b)"
)
_FOUND = re.compile(DATE)


def day_of(found: "re.Match[str]") -> str:
    """The day a match of DATE says, ISO; "--05-29" where it gives no year, "" where there is no such day."""
    if found["d"]:
        day, month, year = int(found["d"]), _month(found["m"]), found["y"] or ""
    elif found["d2"]:
        day, month, year = int(found["d2"]), _month(found["m2"]), found["y2"]
    else:
        day, month, year = int(found["d3"]), int(found["m3"]), found["y3"]
        year = year if len(year) == 4 else f"20{year}"
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return ""
    return f"{year or '-'}-{month:02}-{day:02}"


def first_day(text: str) -> str:
    """The first day with a year that a text names, ISO; "" for none."""
    return next((day for found in _FOUND.finditer(text) if (day := day_of(found)) and day[0] != "-"), "")


def _month(word: str) -> int:
    return next(number for number, name in enumerate(MONTHS, 1) if name.startswith(word.casefold()[:3]))
