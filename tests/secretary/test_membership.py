"""Terms of office, deputies and groups: who gets which paper, from when, and until when."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from at_work import PLAN, Member, Secretary

from desktop.errors import KnownError
from desktop.packs.folder import RepositoryFolder
from desktop.packs.packfile import open_packfile
from desktop.secretary.due import What, coming, is_due
from desktop.secretary.membership import Membership, Memberships, change, say_membership
from desktop.secretary.publish import Publisher, open_edition

LATER = PLAN.replace("2026-01-29", "2026-03-26")
TODAY = date.today()


def be(secretary: Secretary, member: str, **facts: object) -> None:
    """Let this be what a member is, and give their devices what they may have."""
    tags = change(secretary.registry, secretary.office, member, replace(Membership(), **facts))  # type: ignore[arg-type]
    secretary.publisher().reissue(tags)


def publish_on(secretary: Secretary, day: date) -> None:
    packfile = open_packfile(secretary.compile().path)
    _, edition = open_edition(secretary.registry, packfile)
    noon = datetime.combine(day, datetime.min.time()).astimezone().replace(hour=12).astimezone(UTC)
    Publisher(secretary.registry, secretary.office, RepositoryFolder(secretary.folder), noon).publish(packfile, edition)


def withheld(member: Member) -> list[bool]:
    return [paper.withheld for paper in member.pack().papers]


def test_a_terms_end_stops_what_is_despatched_after_it_and_nothing_before(ready: Secretary) -> None:
    jane, john = ready.welcome("Jane Doe"), ready.welcome("John Roe")
    be(ready, "Jane Doe", until=TODAY)
    publish_on(ready, TODAY)
    ready.plan(LATER)
    publish_on(ready, TODAY + timedelta(days=1))
    assert list(jane.packs()) == ["Group Board, 29 January 2026"]
    assert len(john.packs()) == 2
    be(ready, "Jane Doe", until=TODAY + timedelta(days=400))
    assert len(jane.packs()) == 2, "the term goes on: nothing has to be sent again"


def test_a_terms_end_is_shown_before_it_comes_and_needs_nobody(ready: Secretary) -> None:
    ready.welcome("Jane Doe")
    be(ready, "Jane Doe", until=TODAY + timedelta(days=30))
    found = Memberships(ready.registry, ready.office.body_id)
    (entry,) = ready.registry.roster.of_body(ready.office.body_id)
    assert found.of(entry.person).ends_soon(TODAY)
    assert not found.of(entry.person).ends_soon(TODAY - timedelta(days=100))
    due = coming(ready.registry, ready.office)
    assert [each.title for each in due if each.what is What.TERM] == ["Jane Doe"]
    assert not is_due([each for each in due if each.what is What.TERM], datetime.now(UTC) + timedelta(days=90))


def test_a_paper_goes_to_a_group_whoever_is_in_it(ready: Secretary) -> None:
    jane, john = ready.welcome("Jane Doe"), ready.welcome("John Roe")
    be(ready, "Jane Doe", groups=("Auditors",))
    ready.plan(PLAN + 'to = ["Auditors"]\n')
    ready.despatch()
    assert (withheld(jane), withheld(john)) == ([False, False], [False, True])
    be(ready, "John Roe", groups=("Auditors",))
    assert withheld(john) == [False, False], "a new index, and no paper sent again"
    be(ready, "John Roe")
    assert withheld(john) == [False, True]


def test_who_left_a_group_has_no_key_of_what_is_sealed_after(ready: Secretary) -> None:
    jane = ready.welcome("Jane Doe")
    be(ready, "Jane Doe", groups=("Auditors",))
    ready.plan(PLAN + 'to = ["Auditors"]\n')
    ready.despatch()
    be(ready, "Jane Doe", groups=("Others",))
    ready.welcome("John Roe")
    be(ready, "John Roe", groups=("Auditors",))
    compiled = ready.compile()
    assert (compiled.fresh, compiled.kept) == (1, 1)
    assert "Jane Doe must not read it any more" in compiled.warnings[0]
    ready.publish(compiled)
    assert withheld(jane) == [False, True]


def test_a_deputy_reads_what_the_member_may_and_nothing_kept_from_either(ready: Secretary) -> None:
    jane, deputy = ready.welcome("Jane Doe"), ready.welcome("Dee Putty")
    be(ready, "Dee Putty", deputy_of="jane doe")
    ready.plan(PLAN + 'to = ["Jane Doe"]\n')
    ready.despatch()
    assert (withheld(jane), withheld(deputy)) == ([False, False], [False, False])
    for kept in ("Jane Doe", "Dee Putty"):
        ready.plan(PLAN + f'not_to = ["{kept}"]\n')
        ready.despatch()
        assert withheld(deputy) == [False, True]


def test_what_cannot_be_is_refused(ready: Secretary) -> None:
    ready.welcome("Jane Doe")
    for member, wanted, why in (
        ("Nobody", Membership(), "Nobody called"),
        ("Jane Doe", Membership(deputy_of="John Roe"), "Nobody called"),
        ("Jane Doe", Membership(deputy_of="Jane Doe"), "own deputy"),
        ("Jane Doe", Membership(groups=("jane  doe",)), "is a member"),
    ):
        with pytest.raises(KnownError, match=why):
            change(ready.registry, ready.office, member, wanted)
    ready.plan(PLAN + 'not_to = ["Auditors"]\n')
    with pytest.raises(KnownError, match="Auditors"):
        ready.compile()


def test_it_is_said_in_sentences() -> None:
    whole = Membership(date(2026, 3, 31), "Jane Doe", ("Auditors", "Non-executives"))
    assert say_membership(whole, date(2026, 3, 31)) == [
        "Term ends on 31 March 2026",
        "Deputy of Jane Doe",
        "In Auditors, Non-executives",
    ]
    assert say_membership(whole, date(2026, 4, 1))[0] == "Term ended on 31 March 2026"
    assert say_membership(Membership(), date(2026, 4, 1)) == []
