"""Calendar files as RFC 5545 has them, and e-mail texts that give nothing away."""

from datetime import UTC, date, datetime

import pytest
from at_work import PLAN, Secretary, pdf_bytes

from desktop.packs.pack import Meeting, Session
from desktop.secretary.calendar import Appointment, appointment_of, calendar_of
from desktop.secretary.changing import say_changes, what_changes, what_to_tell
from desktop.secretary.mails import Mail, about_pack, invitation_text, pack_text
from desktop.secretary.plan import read_plan
from desktop.secretary.receipts import ask_for_receipts

NOW = datetime(2026, 1, 20, 9, 30, 5, tzinfo=UTC)


def lines_of(appointment: Appointment) -> list[str]:
    """Unfolded, as a calendar reads it."""
    data = calendar_of([appointment], NOW).decode()
    assert data.endswith("END:VCALENDAR\r\n")
    assert "\n" not in data.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in data.split("\r\n"))
    return data.replace("\r\n ", "").split("\r\n")


def meeting(starts: str = "13:30", place: str = "Boardroom", session: Session = Session.PUBLIC) -> Meeting:
    return Meeting(date(2026, 7, 29), starts, place, session)


def test_a_meeting_as_calendars_read_it() -> None:
    lines = lines_of(Appointment("a1" * 8, "Group Board", meeting(), 3, 150))
    starts = datetime(2026, 7, 29, 13, 30).astimezone(UTC)
    ends = datetime(2026, 7, 29, 16, 0).astimezone(UTC)
    assert lines[:5] == [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Despatch//Board packs//EN", "CALSCALE:GREGORIAN"),
        "METHOD:PUBLISH",
    ]
    for line in (
        f"UID:{'a1' * 8}@despatch.invalid", "DTSTAMP:20260120T093005Z", "SEQUENCE:3", "SUMMARY:Group Board",
        f"DTSTART:{starts:%Y%m%dT%H%M%SZ}", f"DTEND:{ends:%Y%m%dT%H%M%SZ}", "LOCATION:Boardroom", "STATUS:CONFIRMED",
    ):  # fmt: skip
        assert line in lines


def test_without_a_time_it_takes_the_whole_day_and_without_a_length_none_is_made_up() -> None:
    lines = lines_of(Appointment("a1" * 8, "Board", meeting("")))
    assert "DTSTART;VALUE=DATE:20260729" in lines
    assert "DTEND;VALUE=DATE:20260730" in lines
    assert not any(line.startswith("DTEND") for line in lines_of(Appointment("a1" * 8, "Board", meeting())))


@pytest.mark.parametrize(
    ("place", "written"),
    [
        ("Room 1, Town Hall; ask at desk", r"Room 1\, Town Hall\; ask at desk"),
        ("C:\\rooms", r"C:\\rooms"),
        ("One\nTwo\r\nThree", r"One\nTwo\nThree"),
        ("Tab\tand bell\a", "Taband bell"),
        ("X\r\nBEGIN:VEVENT", r"X\nBEGIN:VEVENT"),
        ("Straße des " + "Größenwahns " * 20 + "会議室", "Straße des " + "Größenwahns " * 20 + "会議室"),
    ],
)
def test_nothing_in_a_place_can_be_read_as_anything_else(place: str, written: str) -> None:
    lines = lines_of(Appointment("a1" * 8, "Board", meeting(place=place)))
    assert f"LOCATION:{written}" in lines
    assert lines.count("BEGIN:VEVENT") == 1


def test_a_cancelled_meeting_is_told_by_a_later_state_of_the_same(ready: Secretary) -> None:
    first = appointment_of(ready.registry, ready.papers)
    ready.despatch()
    later, off = (appointment_of(ready.registry, ready.papers, cancelled) for cancelled in (False, True))
    assert first.uid == later.uid == off.uid
    assert first.sequence < later.sequence < off.sequence
    assert "STATUS:CANCELLED" in lines_of(off)


class TestTexts:
    def test_the_pack_is_out(self, ready: Secretary) -> None:
        text = pack_text(Mail.OUT, about_pack(ready.registry, ready.papers))
        assert text.subject == "Papers: Group Board, 29 January 2026"
        assert "Thursday 29 January 2026, 13:30, Kettering" in text.body
        assert "Despatch tells me" not in text.body
        ask_for_receipts(ready.registry, ready.office, True)
        assert "tells me when the pack has come" in pack_text(Mail.OUT, about_pack(ready.registry, ready.papers)).body

    def test_a_correction_says_what_members_will_see(self, ready: Secretary) -> None:
        ready.despatch()
        ready.plan(PLAN.replace("First papers", "The figures are corrected"), _2_finance=pdf_bytes("Finance 2"))
        for _ in range(2):  # before it is despatched, and after
            changed = what_to_tell(ready.registry, ready.papers)
            assert changed
            assert (changed.edition, changed.corrected, changed.added) == (2, ("2 Finance report",), ())
            text = pack_text(Mail.CHANGED, about_pack(ready.registry, ready.papers), changed).body
            assert "- The figures are corrected" in text
            assert "- Corrected: 2 Finance report" in text
            ready.despatch()
            ready.plan(PLAN.replace("First papers", "The figures are corrected"))

    def test_of_a_private_session_no_paper_is_named(self, ready: Secretary) -> None:
        ready.plan(PLAN.replace('session = "public"', 'session = "private"'))
        ready.despatch()
        ready.plan(PLAN.replace('session = "public"', 'session = "private"'), _2_finance=pdf_bytes("Finance 2"))
        about, changed = about_pack(ready.registry, ready.papers), what_to_tell(ready.registry, ready.papers)
        text = str(pack_text(Mail.LATE, about, changed))
        assert "private session" in text
        assert "Finance" not in text
        assert "First papers" not in text

    def test_an_invitation_goes_to_one_person(self) -> None:
        text = invitation_text("Group Board", "Anytown NHS Group", "Jane Doe")
        assert "Dear Jane Doe" in text.body
        assert "five words" in text.body


def test_what_changes_is_told_as_members_will_see_it(ready: Secretary) -> None:
    assert what_changes(ready.registry, read_plan(ready.papers)) is None
    ready.despatch()
    same = what_changes(ready.registry, read_plan(ready.papers))
    assert same
    assert same.is_empty
    changed = PLAN.replace('title = "Finance"', 'title = "Money"').replace(
        'file = "2 finance.pdf"', 'status = "withdrawn"'
    )
    late = '[[papers]]\nitem = "1"\ntitle = "Late note"\nfile = "3 late.pdf"\nstatus = "late"\n'
    ready.plan(changed + late, _3_late=pdf_bytes("Late"))
    found = what_changes(ready.registry, read_plan(ready.papers))
    assert found
    assert say_changes(found) == [
        "First papers",
        "New: 1 Late note",
        "Withdrawn: 2 Finance report",
        "Item 2 is new: Money",
        "Item 2 is gone: Finance",
    ]
