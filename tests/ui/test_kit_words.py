"""Facts said as people in Britain say them."""

from datetime import UTC, date, datetime

import pytest

from desktop.ui.kit import words

TODAY = date(2026, 1, 26)
NOW = datetime(2026, 1, 26, 14, 0, tzinfo=UTC)


def test_a_meeting_has_its_day_and_its_clock() -> None:
    assert words.say_moment(date(2026, 1, 29), "15:00") == "Thursday 29 January 2026, 3.00 pm"
    assert words.say_moment(date(2026, 1, 29)) == "Thursday 29 January 2026"
    assert words.say_short_date(date(2026, 1, 29)) == "Thu 29 Jan 2026"


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        ("09:05", "9.05 am"),
        ("00:30", "12.30 am"),
        ("12:00", "12 noon"),
        ("12:30", "12.30 pm"),
        ("23:59", "11.59 pm"),
        ("", ""),
    ],
)
def test_clocks(clock: str, said: str) -> None:
    assert words.say_time(clock) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 1, 26), "today"),
        (date(2026, 1, 27), "tomorrow"),
        (date(2026, 1, 25), "yesterday"),
        (date(2026, 1, 29), "in 3 days"),
        (date(2026, 1, 20), "6 days ago"),
        (date(2026, 2, 23), "in 4 weeks"),
        (date(2025, 9, 26), "4 months ago"),
        (date(2023, 1, 26), "3 years ago"),
    ],
)
def test_how_far_off(day: date, said: str) -> None:
    assert words.say_days(day, TODAY) == said


@pytest.mark.parametrize(
    ("stamp", "said"),
    [
        ("2026-01-26T13:59:30Z", "just now"),
        ("2026-01-26T13:48:00Z", "12 minutes ago"),
        ("2026-01-26T13:01:00Z", "59 minutes ago"),
        ("2026-01-26T13:00:00Z", "1 hour ago"),
        ("2026-01-26T11:00:00Z", "3 hours ago"),
        ("2026-01-25T09:00:00Z", "yesterday"),
        ("2026-01-12T11:00:00Z", "14 days ago"),
        ("2026-01-26T14:00:20Z", "just now"),
    ],
)
def test_how_long_ago(stamp: str, said: str) -> None:
    assert words.say_ago(stamp, NOW) == said


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (640_000, "640 KB"),
        (999_600, "1.0 MB"),
        (4_200_000, "4.2 MB"),
        (60_000_000, "60 MB"),
        (1_340_000_000, "1.3 GB"),
        (5 * 10**15, "5000 TB"),
    ],
)
def test_sizes(size: int, said: str) -> None:
    assert words.say_size(size) == said


def test_counts_lists_and_what_is_left() -> None:
    assert words.say_count(1, "paper") == "1 paper"
    assert words.say_count(1203, "page") == "1,203 pages"
    assert words.say_count(2, "body", "bodies") == "2 bodies"
    assert words.say_list(["agenda", "minutes", "action log"]) == "agenda, minutes and action log"
    assert words.say_list(["agenda"]) == "agenda"
    assert words.say_list([]) == ""
    assert words.say_left(2) == "a few seconds left"
    assert words.say_left(41) == "40 s left"
    assert words.say_left(170) == "about 3 minutes left"
    assert words.say_wait(7.2) == "8 seconds"
    assert words.say_wait(0) == "1 second"
    assert words.say_wait(100) == "2 minutes"
