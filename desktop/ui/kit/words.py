"""Facts said in British English: dates, times, sizes, counts and how long ago."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_KB = 1000


def say_date(day: date, weekday: bool = True) -> str:
    """ "Thursday 29 January 2026". Its own words rather than the locale's, so that they agree with the papers."""
    said = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{_DAYS[day.weekday()]} {said}" if weekday else said


def say_short_date(day: date) -> str:
    """ "Thu 29 Jan 2026", for narrow places."""
    return f"{_DAYS[day.weekday()][:3]} {day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def say_time(clock: str) -> str:
    """ "13:30" as "1.30 pm"; "12:00" as "12 noon"; "" as ""."""
    if not clock:
        return ""
    hour, minute = (int(part) for part in clock.split(":")[:2])
    if (hour, minute) == (12, 0):
        return "12 noon"
    return f"{(hour - 1) % 12 + 1}.{minute:02d} {'am' if hour < 12 else 'pm'}"


def say_moment(day: date, clock: str = "") -> str:
    """ "Thursday 29 January 2026, 3.00 pm"; without a clock, the day alone."""
    return f"{say_date(day)}, {say_time(clock)}" if clock else say_date(day)


def say_days(day: date, today: date) -> str:
    """How far off a day is: "today", "tomorrow", "in 3 days", "yesterday", "3 weeks ago"."""
    away = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if away in near:
        return near[away]
    length = _say_span(abs(away))
    return f"in {length}" if away > 0 else f"{length} ago"


def _say_span(days: int) -> str:
    if days < 21:
        return say_count(days, "day")
    if days < 70:
        return say_count(round(days / 7), "week")
    if days < 700:
        return say_count(round(days / 30.4), "month")
    return say_count(round(days / 365), "year")


def parse_moment(stamp: str) -> datetime:
    """An ISO 8601 stamp of the store ("…Z") as an aware time."""
    moment = datetime.fromisoformat(stamp)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def say_ago(stamp: str, now: datetime) -> str:
    """How long ago a stamp of the store was: "just now", "3 hours ago", "yesterday", "12 days ago". now: aware."""
    seconds = (now - parse_moment(stamp)).total_seconds()
    if seconds < 90:
        return "just now"
    if seconds < 3600 - 30:
        return f"{say_count(round(seconds / 60), 'minute')} ago"
    if seconds < 24 * 3600:
        return f"{say_count(max(1, round(seconds / 3600)), 'hour')} ago"
    return say_days((now - timedelta(seconds=seconds)).date(), now.date())


def say_left(seconds: float) -> str:
    """What is left of something under way: "a few seconds left", "40 s left", "about 3 minutes left"."""
    if seconds < 5:
        return "a few seconds left"
    if seconds < 55:
        return f"{round(seconds / 5) * 5} s left"
    if seconds < 3600:
        return f"about {say_count(max(1, round(seconds / 60)), 'minute')} left"
    return f"about {say_count(round(seconds / 3600), 'hour')} left"


def say_wait(seconds: float) -> str:
    """A time to wait: "8 seconds", "2 minutes"; never less than a second."""
    whole = max(1, -int(-seconds // 1))
    return say_count(whole, "second") if whole < 90 else say_count(-(-whole // 60), "minute")


def say_size(size: int) -> str:
    """Bytes as people read them on a disk: "640 KB", "4.2 MB", "60 MB", "1.3 GB"."""
    if size < _KB:
        return say_count(size, "byte")
    amount, units = float(size), ["KB", "MB", "GB", "TB"]
    while True:
        amount /= _KB
        unit = units.pop(0)
        if amount < 999.5 or not units:
            break
    return f"{amount:.0f} {unit}" if amount >= 9.95 or unit == "KB" else f"{amount:.1f} {unit}"


def say_number(number: int) -> str:
    """ "1,203"."""
    return f"{number:,}"


def say_count(number: int, thing: str, things: str = "") -> str:
    """ "1 paper", "12 papers", "1,203 pages"; give the plural where it is not made with an s."""
    return f"{say_number(number)} {thing if number == 1 else things or thing + 's'}"


def say_list(things: Sequence[str]) -> str:
    """ "agenda, minutes and action log"."""
    return " and ".join(part for part in (", ".join(things[:-1]), *things[-1:]) if part)


def say_keys(sequence: str) -> str:
    """A shortcut for a tooltip or a list: "Ctrl+L"."""
    return sequence.replace("StandardKey.", "")
