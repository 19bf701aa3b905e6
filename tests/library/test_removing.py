"""Leaving a body, putting a past pack away, and what travel still lacks: nothing stays, nothing else is touched."""

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from at_work import PLAN, Secretary
from intake_making import LONG, Laptop, admit, office_of, on, paper, until
from serving import Web

from desktop.changes import Event
from desktop.errors import KnownError
from desktop.library.removing import Removing
from desktop.library.shelf import PackState
from desktop.library.travel import Absence, Need, Travel
from desktop.pdf.client import PdfClient
from desktop.secretary import roster

CHARITY = PLAN.replace("Group Board", "Charity Trustees").replace("2026-01-29", "2026-02-12")
DAY = date(2026, 1, 26)


@pytest.fixture
def charity(tmp_path: Path, pdf: PdfClient) -> Iterator[Secretary]:
    """Another body of another organisation; one of its papers is the same file as one of the Board's."""
    with office_of(tmp_path / "charity", pdf, name="Charity Trustees", trust="Anytown Charity") as secretary:
        secretary.plan(CHARITY, _1_minutes=paper("Trustees", 30), _2_finance=paper("Shared", 2))
        yield secretary


@pytest.fixture
def both(secretary: Secretary, charity: Secretary, laptop: Laptop) -> Laptop:
    """A laptop that has the packs of both, read and marked."""
    same = (charity.papers / "2 finance.pdf").read_bytes()
    secretary.plan(_1_minutes=paper("Minutes", 3), _2_finance=same)
    for office in (charity, secretary):
        admit(office, laptop)
        office.despatch()
    laptop.fetch()
    return laptop


def removing(laptop: Laptop) -> Removing:
    assert laptop.room
    laptop.room.begin(ask=False)
    assert laptop.room.removing
    return laptop.room.removing


def body_named(laptop: Laptop, name: str) -> str:
    assert laptop.room
    return next(body.body_id for body in laptop.do(laptop.room.shelf.bodies) if body.name == name)


def pack_of(laptop: Laptop, name: str) -> str:
    assert laptop.room
    return next(body.packs[0].pack_id for body in laptop.do(laptop.room.shelf.bodies) if body.name == name)


def state_of(laptop: Laptop, name: str) -> PackState:
    assert laptop.room
    return next(body.packs[0].state for body in laptop.do(laptop.room.shelf.bodies) if body.name == name)


def hits(laptop: Laptop, words: str) -> int:
    assert laptop.room
    return laptop.do(laptop.room.holdings.finding.count, words)


def files(laptop: Laptop) -> set[str]:
    return {path.name for path in (laptop.home / "papers").iterdir()}


def counted(laptop: Laptop) -> dict[str, int]:
    """How many rows every table has."""
    assert laptop.room
    store = laptop.room.holdings.store
    tables = [
        name
        for (name,) in laptop.do(store.rows, "SELECT name FROM sqlite_master WHERE type = 'table'")
        if not name.startswith("finding")
    ]
    return {table: laptop.do(store.rows, f"SELECT count(*) FROM {table}")[0][0] for table in tables}


def test_a_body_is_left_and_the_other_is_untouched(secretary: Secretary, charity: Secretary, laptop: Laptop) -> None:
    same = (charity.papers / "2 finance.pdf").read_bytes()
    secretary.plan(_1_minutes=paper("Minutes", 3), _2_finance=same)
    admit(secretary, laptop)
    secretary.despatch()
    laptop.fetch()
    only_board, board_files = counted(laptop), files(laptop)
    admit(charity, laptop)
    charity.despatch()
    laptop.fetch()
    assert hits(laptop, "Trustees") == 30
    leaving = removing(laptop)
    weight = laptop.do(leaving.weigh_body, body_named(laptop, "Charity Trustees"))
    assert (weight.packs, weight.papers, weight.notes) == (1, 2, 0)
    assert weight.size == sum((laptop.home / "papers" / name).stat().st_size for name in files(laptop) - board_files)
    assert leaving.leave(body_named(laptop, "Charity Trustees")).result(LONG)
    assert counted(laptop) == only_board
    assert files(laptop) == board_files
    assert (hits(laptop, "Trustees"), hits(laptop, "Shared")) == (0, 2)
    assert len(list((laptop.home / "repositories").iterdir())) == 1
    assert laptop.events(Event.BODY_LEAVING, Event.BODY_LEFT) == [Event.BODY_LEAVING, Event.BODY_LEFT]
    laptop.fetch()
    assert counted(laptop) == only_board


def test_leaving_goes_on_after_a_lock_in_the_middle(both: Laptop) -> None:
    body_id = body_named(both, "Charity Trustees")
    leaving = removing(both)
    step, begun = leaving._leave_further, threading.Event()

    def slowly(which: str) -> bool:
        more = step(which)
        begun.set()
        leaving._stopping.wait(LONG)  # the lock comes in the middle, however slow or quick this machine is
        return more

    leaving._leave_further = slowly  # type: ignore[method-assign]
    left = leaving.leave(body_id)
    assert begun.wait(LONG)
    both.close()
    assert left.result(LONG) is False
    room = both.open()
    assert [body.name for body in both.do(room.shelf.bodies)] == ["Group Board"]
    assert [pack.body.name for pack in both.do(room.shelf.packs).values()] == ["Group Board"]
    finished = threading.Event()
    both.on_change = on(Event.BODY_LEFT, lambda change: finished.set())
    removing(both)
    assert finished.wait(LONG)
    assert hits(both, "Trustees") == 0
    assert both.do(room.holdings.bodies.leaving) == []


def test_a_body_is_left_while_its_papers_are_fetched(
    web: Web, far_secretary: Secretary, laptop: Laptop, charity: Secretary
) -> None:
    from intake_making import join_by_file

    join_by_file(far_secretary, laptop)
    admit(charity, laptop)
    charity.despatch()
    far_secretary.despatch()
    under_way = threading.Event()
    laptop.on_change = on(Event.PAPER_PROGRESSED, lambda change: under_way.set())
    laptop.intake.check().result(LONG)
    assert under_way.wait(LONG)
    leaving = removing(laptop)
    assert leaving.leave(body_named(laptop, "Group Board")).result(LONG)
    assert laptop.intake.wait(LONG)
    assert laptop.room
    (left,) = laptop.do(laptop.room.shelf.bodies)
    assert (left.name, left.packs[0].state) == ("Charity Trustees", PackState.NEW)
    assert len(files(laptop)) == 2
    assert counted(laptop)["versions"] == 2


def test_a_body_that_was_left_can_be_joined_again(both: Laptop, charity: Secretary) -> None:
    assert removing(both).leave(body_named(both, "Charity Trustees")).result(LONG)
    admit(charity, both, another_device=True)
    both.fetch()
    assert state_of(both, "Charity Trustees") is PackState.NEW
    assert hits(both, "Trustees") == 30


def test_joining_waits_until_leaving_is_done(both: Laptop, charity: Secretary) -> None:
    assert both.room
    both.do(both.room.holdings.bodies.begin_leaving, body_named(both, "Charity Trustees"))
    again = roster.invite(charity.registry, charity.office, "Jane Doe", another_device=True).to_bytes()
    with pytest.raises(KnownError, match="still being removed"):
        both.do(both.room.join, again, "Jane Doe", "laptop")


def test_a_past_pack_is_put_away_and_fetched_again(both: Laptop) -> None:
    assert both.room
    before, pack_id = files(both), pack_of(both, "Charity Trustees")
    both.do(both.room.shelf.mark_opened, pack_id)
    both.do(both.room.shelf.mark_seen, pack_id, "p" * 16, 0)
    assert removing(both).put_away(pack_id).result(LONG)
    assert state_of(both, "Charity Trustees") is PackState.AWAY
    assert len(files(both)) == 2
    assert (hits(both, "Trustees"), hits(both, "Shared")) == (0, 2)
    both.fetch()
    assert len(files(both)) == 2
    both.close()
    room = both.open()
    both.fetch()
    assert len(files(both)) == 2
    arrived = threading.Event()
    both.on_change = on(Event.BODY_CONFIRMED, lambda change: arrived.set())
    both.intake.want([pack_id])
    assert arrived.wait(LONG)
    both.fetch()
    assert files(both) == before
    assert state_of(both, "Charity Trustees") is PackState.UNREAD
    assert hits(both, "Trustees") == 30
    assert len(both.do(room.shelf.seen, pack_id)) == 1


def test_paused_fetching_takes_nothing_until_it_goes_on(secretary: Secretary, laptop: Laptop) -> None:
    admit(secretary, laptop)
    secretary.despatch()
    laptop.intake.traffic.pause(True)
    laptop.fetch()
    assert set(laptop.states().values()) == {"wanted"}
    laptop.intake.traffic.pause(False)
    laptop.fetch()
    assert set(laptop.states().values()) == {"indexed"}


def test_a_device_off_the_list_is_told_so(secretary: Secretary, laptop: Laptop) -> None:
    admit(secretary, laptop)
    secretary.despatch()
    laptop.fetch()
    entry = roster.find(secretary.registry, secretary.office, "Jane Doe", ("admitted",))
    roster.remove(secretary.registry, secretary.office, entry, may_keep=True)
    secretary.publisher().reissue()
    laptop.fetch()
    assert "sends no more packs to this computer" in laptop.trouble()
    assert set(laptop.states().values()) == {"indexed"}


def test_a_lost_device_destroys_what_it_has_when_it_next_connects(
    secretary: Secretary, charity: Secretary, laptop: Laptop
) -> None:
    admit(charity, laptop)
    charity.despatch()
    admit(secretary, laptop)
    secretary.despatch()
    laptop.fetch()
    board = next(body.id for body in laptop.do(laptop.room.holdings.bodies.all) if body.name == "Group Board")
    kept = hits(laptop, "Trustees")
    entry = roster.find(secretary.registry, secretary.office, "Jane Doe", ("admitted",))
    roster.remove(secretary.registry, secretary.office, entry)
    secretary.publisher().reissue()
    charity.publisher().reissue()
    laptop.fetch()
    until(lambda: Event.BODY_LEFT in laptop.events(Event.BODY_LEFT))
    assert [change.body_id for change in laptop.heard if change.event is Event.BODY_ENDED] == [board]
    assert [body.name for body in laptop.do(laptop.room.holdings.bodies.all)] == ["Charity Trustees"]
    assert (hits(laptop, "Minutes"), hits(laptop, "Trustees")) == (0, kept)
    assert not (laptop.home / "repositories" / board).exists()


def test_another_devices_last_word_is_nobody_elses(secretary: Secretary, laptop: Laptop, tmp_path: Path) -> None:
    """Jane's other computer is lost; this one goes on."""
    admit(secretary, laptop)
    secretary.despatch()
    lost = Laptop(tmp_path / "lost")
    lost.open()
    try:
        admit(secretary, lost, another_device=True)
        entry = next(
            each
            for each in secretary.registry.roster.of_body(secretary.office.body_id)
            if each.tag == lost.do(lost.room.holdings.bodies.identity, lost.body_id).tag
        )
        roster.remove(secretary.registry, secretary.office, entry)
        secretary.publisher().reissue()
        laptop.fetch()
        assert laptop.events(Event.BODY_ENDED) == []
        assert set(laptop.states().values()) == {"indexed"}
    finally:
        lost.close()


# --- travel


def look(laptop: Laptop, day: date = DAY) -> Travel:
    assert laptop.room
    return laptop.do(laptop.room.travel, day)


def test_travel_is_complete_when_every_paper_is_here(both: Laptop) -> None:
    travel = look(both)
    assert travel.is_complete
    assert (travel.papers, travel.missing, travel.doubts) == (4, 0, ())
    assert [(pack.body, pack.need) for pack in travel.packs] == [
        ("Group Board", Need.MEETING),
        ("Charity Trustees", Need.MEETING),
    ]


def test_the_pack_before_counts_and_a_body_without_meetings_does_not(both: Laptop) -> None:
    assert not look(both, date(2026, 3, 1)).packs
    assert not look(both, date(2026, 3, 1)).is_complete
    assert [pack.body for pack in look(both, date(2026, 2, 1)).packs] == ["Charity Trustees"]


def test_travel_says_what_is_missing_and_why(both: Laptop, secretary: Secretary) -> None:
    assert both.room
    held = both.room.holdings
    secretary.plan(
        PLAN.replace("January", "").replace('note = "First papers"', 'note = "Late"')
        + '[[papers]]\nitem = "2"\ntitle = "Audit opinion"\nkind = "report"\nstatus = "to follow"\n',
    )
    secretary.despatch()
    both.fetch()
    pack_id = pack_of(both, "Group Board")
    minutes, finance = both.do(held.versions.of_pack, pack_id)
    held.files.path(minutes.sealed_sha256).unlink()
    both.do(held.versions.set_state, finance.sha256, finance.paper_id, "refused", trouble="It is damaged.")
    assert removing(both).put_away(pack_of(both, "Charity Trustees")).result(LONG)
    travel = look(both)
    reasons = {paper.title: (paper.why, paper.trouble) for paper in travel.packs[0].absent}
    assert reasons == {
        "Minutes of 29 November": (Absence.LOST, ""),
        "Finance report": (Absence.REFUSED, "It is damaged."),
        "Audit opinion": (Absence.TO_FOLLOW, ""),
    }
    assert {paper.why for paper in travel.packs[1].absent} == {Absence.PUT_AWAY}
    assert (travel.missing, travel.is_complete, travel.waits) == (4, False, False)
    both.intake.want(travel.lacking)
    both.do(lambda: None)
    both.fetch()
    assert look(both).is_complete
    assert [paper.title for paper in look(both).packs[0].absent] == ["Audit opinion"]


def test_travel_doubts_a_body_that_could_not_be_asked(both: Laptop, secretary: Secretary) -> None:
    secretary.folder.rename(secretary.folder.with_name("away"))
    both.fetch()
    travel = look(both)
    assert travel.is_complete
    assert [doubt.body for doubt in travel.doubts] == ["Group Board"]
    assert "cannot be read" in travel.doubts[0].trouble


def test_what_an_edition_brought_is_kept_until_the_pack_is_opened(secretary: Secretary, laptop: Laptop) -> None:
    admit(secretary, laptop)
    secretary.despatch()
    laptop.fetch()
    pack_id = next(iter(laptop.do(laptop.room.shelf.packs)))  # type: ignore[union-attr]
    assert laptop.room
    assert laptop.do(laptop.room.open_pack, pack_id).news is None
    laptop.do(laptop.room.mark_open, pack_id)
    for words, note in (("Finance corrected", "Corrected."), ("Finance corrected twice", "Again.")):
        late = '[[papers]]\nitem = "2"\ntitle = "Audit opinion"\nfile = "3 audit.pdf"\nkind = "report"\n'
        secretary.plan(PLAN.replace("First papers", note) + late, _2_finance=paper(words), _3_audit=paper("Audit"))
        secretary.despatch()
        laptop.fetch()
    news = laptop.do(laptop.room.open_pack, pack_id).news
    assert news
    assert (news.edition, news.note) == (3, "Again.")
    assert [paper.title for paper in news.added] == ["Audit opinion"]
    assert [paper.title for paper in news.changed] == ["Finance report"]
    assert news.gone == ()
    laptop.do(laptop.room.mark_open, pack_id)
    assert laptop.do(laptop.room.open_pack, pack_id).news is None
