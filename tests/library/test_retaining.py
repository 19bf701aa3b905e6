"""Notes are kept or destroyed as the body decides, not before the member was told; and what is destroyed is gone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from at_work import Secretary
from intake_making import Laptop, admit
from pages_read import holding

from db.links import Links
from db.store import NAME
from desktop.annotations.anchor import Anchor
from desktop.annotations.entries import new_id
from desktop.annotations.notebook import Notebook
from desktop.annotations.retention import NOTICE_DAYS, Outlook, Stop
from desktop.annotations.saver import Notes
from desktop.library.retaining import Receipt, Retaining
from desktop.links.kept import End, OwnLink
from desktop.packs.fields import Fields
from desktop.packs.pack import Session
from desktop.packs.retention import Rule, retention_facts, retention_of
from desktop.secretary import retention

MEETING = date(2026, 1, 29)
CONFIRMED = date(2026, 3, 26)
TOLD = CONFIRMED + timedelta(2)
END = TOLD + timedelta(NOTICE_DAYS)
SECRET = "xylophone and marimba"


class Member:
    """A member with a pack and notes in it."""

    def __init__(self, secretary: Secretary, laptop: Laptop) -> None:
        self.secretary, self.laptop = secretary, laptop
        secretary.despatch()
        admit(secretary, laptop)
        laptop.fetch()
        assert laptop.room
        holdings = laptop.room.holdings
        self.notes = Notes(laptop.room.store, holdings.annotations, holdings.bookmarks, laptop.room.changes)
        (self.pack,) = laptop.do(laptop.room.shelf.packs).values()
        self.retaining = Retaining(holdings, laptop.room.shelf)
        self.notebook = self.open()

    def open(self) -> Notebook:
        return self.notes.open(self.pack.id).result(10)

    def write(self, words: str = SECRET) -> str:
        paper = self.pack.papers[0]
        return self.notebook.add_note(Anchor(paper.id, paper.sha256, 0, "1"), words, "risk").id

    @property
    def links(self) -> Links:
        assert self.laptop.room
        return self.laptop.room.holdings.links

    def join(self, words: str = SECRET) -> OwnLink:
        """A link made by hand from the first paper to the second."""
        start, end = (End(self.pack.id, Anchor(paper.id, paper.sha256, 0, "1")) for paper in self.pack.papers[:2])
        link = OwnLink(new_id(), start, end, "evidence for", words, "2026-01-20T10:00:00Z", "2026-01-20T10:00:00Z")
        self.laptop.do(self.links.put_own, link.to_record())
        return link

    def settle(self) -> None:
        assert self.notebook.flush(10)

    def decide(self, rule: Rule, days: int = 0) -> None:
        retention.set_rule(self.secretary.registry, self.secretary.office, rule, days)
        self.tell()

    def confirm(self) -> None:
        retention.confirm_minutes(self.secretary.registry, self.secretary.office, MEETING, CONFIRMED)
        self.tell()

    def tell(self) -> None:
        self.secretary.publisher().tell_retention()
        self.laptop.fetch()

    @property
    def outlook(self) -> Outlook:
        found = self.laptop.do(self.retaining.outlook, self.pack.id)
        assert found
        return found

    def told(self, today: date) -> list[Outlook]:
        return self.laptop.do(self.retaining.tell, today)

    def destroyed(self, today: date) -> list[Receipt]:
        return self.laptop.do(self.retaining.destroy_due, datetime(today.year, today.month, today.day, 12).astimezone())

    def kept(self) -> set[str]:
        notebook = self.open()
        return {mark.id for mark in notebook.annotations} | {mark.id for mark in notebook.bookmarks}


@pytest.fixture
def member(secretary: Secretary, laptop: Laptop) -> Iterator[Member]:
    member = Member(secretary, laptop)
    yield member
    member.settle()


def test_without_a_decision_notes_are_kept_for_ever(member: Member) -> None:
    member.write()
    member.settle()
    assert member.outlook.stop is Stop.RULE
    assert member.told(date(2056, 1, 1)) == member.destroyed(date(2056, 1, 1)) == []


def test_the_rule_comes_signed_with_the_same_edition_and_only_once_the_minutes_are_confirmed_anything_is_due(
    member: Member,
) -> None:
    note = member.write()
    member.settle()
    edition = member.pack.edition
    member.decide(Rule.CONFIRMED)
    assert member.outlook.rule is Rule.CONFIRMED
    assert member.outlook.stop is Stop.NOT_YET
    assert member.told(END) == member.destroyed(END) == []
    member.confirm()
    (pack,) = member.laptop.do(member.laptop.room.shelf.packs).values()  # type: ignore[union-attr]
    assert pack.edition == edition
    assert member.outlook.due == CONFIRMED
    assert member.outlook.stop is None
    assert member.destroyed(END) == []  # nobody was told
    (look,) = member.told(TOLD)
    assert (look.count.notes, look.ends(TOLD)) == (1, END)
    assert member.destroyed(END - timedelta(1)) == []
    assert [look.ends(END) for look in member.told(TOLD + timedelta(5))] == [END]  # the first day counts
    (receipt,) = member.destroyed(END)
    assert receipt.gone == (note,)
    assert (receipt.record.notes, receipt.record.confirmed, receipt.record.told) == (1, "2026-03-26", "2026-03-28")
    assert member.kept() == set()
    assert member.destroyed(END) == []


def test_days_after_the_meeting_and_the_notice_before_them(member: Member) -> None:
    member.notebook.add_bookmark(member.pack.papers[0].id, member.pack.papers[0].sha256, 1, 50.0, SECRET)
    member.settle()
    member.decide(Rule.DAYS, 100)
    due = MEETING + timedelta(100)
    assert member.told(due - timedelta(NOTICE_DAYS + 1)) == []
    (look,) = member.told(due - timedelta(NOTICE_DAYS))
    assert (look.count.bookmarks, look.ends(due)) == (1, due)
    assert member.destroyed(due - timedelta(1)) == []
    assert [receipt.record.bookmarks for receipt in member.destroyed(due)] == [1]


def test_who_was_away_for_a_year_still_has_the_days_of_the_notice(member: Member) -> None:
    member.write()
    member.settle()
    member.decide(Rule.DAYS, 10)
    late = date(2027, 6, 1)
    assert member.destroyed(late) == []
    assert [look.ends(late) for look in member.told(late)] == [late + timedelta(NOTICE_DAYS)]


def test_a_hold_of_the_secretary_stops_it_and_ends_the_notice(member: Member) -> None:
    note = member.write()
    member.settle()
    member.decide(Rule.DAYS, 10)
    member.told(TOLD)
    retention.set_hold(member.secretary.registry, member.secretary.office, "Request FOI 2026/12")
    member.tell()
    assert member.outlook.stop is Stop.BODY_HOLD
    assert member.outlook.retention is not None
    assert member.outlook.retention.hold == "Request FOI 2026/12"
    assert member.destroyed(END) == []
    assert member.told(END) == []
    retention.set_hold(member.secretary.registry, member.secretary.office, "")
    member.tell()
    assert member.destroyed(END) == []  # it has to be told anew
    assert [look.ends(END) for look in member.told(END)] == [END + timedelta(NOTICE_DAYS)]
    assert member.kept() == {note}


@pytest.mark.parametrize(
    ("choose", "stop"),
    [
        (lambda member: member.retaining.hold_pack(member.pack.id, "Asked for"), Stop.OWN_HOLD),
        (lambda member: member.retaining.hold_body(member.pack.body.id, ""), Stop.OWN_HOLD),
        (lambda member: member.retaining.keep_pack(member.pack.id, True), Stop.EXCEPTION),
    ],
)
def test_my_own_holds_and_the_exception_of_a_pack_stop_it(member: Member, choose: object, stop: Stop) -> None:
    note = member.write()
    member.settle()
    member.decide(Rule.DAYS, 10)
    member.told(TOLD)
    member.laptop.do(choose, member)  # type: ignore[arg-type]
    assert member.outlook.stop is stop
    assert member.destroyed(END) == []
    assert member.kept() == {note}


def test_a_note_kept_as_an_exception_stays_and_keeping_it_can_be_undone(member: Member) -> None:
    gone, stays, loose = member.write(), member.write("kept"), member.write("not kept after all")
    member.notebook.keep(stays, True)
    member.notebook.keep(loose, True)
    assert member.notebook.undo_name == "keeping a note"
    member.notebook.undo()
    member.settle()
    member.decide(Rule.DAYS, 10)
    (look,) = member.told(TOLD)
    assert (look.count.notes, look.count.kept) == (2, 1)
    assert [each.kept for each in member.laptop.do(member.retaining.listed, member.pack.id)] == [False, True, False]
    (receipt,) = member.destroyed(END)
    assert set(receipt.gone) == {gone, loose}
    assert receipt.record.kept == 1
    assert member.kept() == {stays}


def test_links_made_by_hand_end_with_the_notes_of_the_pack_they_begin_in_but_for_those_kept(member: Member) -> None:
    gone, stays = member.join(), member.join("kept")
    member.laptop.do(member.retaining.keep_note, stays.id, True)
    member.decide(Rule.DAYS, 10)
    (look,) = member.told(TOLD)
    assert (look.count.links, look.count.kept_links) == (1, 1)
    due = member.laptop.do(member.retaining.listed, member.pack.id)
    assert sorted((each.entry.id, each.kept) for each in due) == sorted([(gone.id, False), (stays.id, True)])
    (receipt,) = member.destroyed(END)
    assert (receipt.gone, receipt.led_to) == ((gone.id,), {member.pack.id})
    assert (receipt.record.links, receipt.record.kept) == (1, 1)
    assert [link.id for link in member.laptop.do(member.links.all_own)] == [stays.id]
    member.laptop.do(member.links.put_own, gone.to_record())  # as undo would bring it back
    assert [link.id for link in member.laptop.do(member.links.all_own)] == [stays.id]


def test_the_member_knows_by_himself_that_minutes_were_confirmed(member: Member) -> None:
    member.write()
    member.settle()
    member.decide(Rule.CONFIRMED)
    member.laptop.do(member.retaining.confirm, member.pack.id, CONFIRMED)
    assert member.outlook.due == CONFIRMED
    member.laptop.do(member.retaining.confirm, member.pack.id, None)
    assert member.outlook.stop is Stop.NOT_YET


def test_the_next_pack_carries_the_rule_and_the_newest_decision_counts_whatever_comes_last(member: Member) -> None:
    member.write()
    member.settle()
    member.decide(Rule.DAYS, 10)
    member.decide(Rule.KEEP)
    member.decide(Rule.DAYS, 30)
    plan = (member.secretary.papers / "pack.toml").read_text()
    (member.secretary.papers / "pack.toml").write_text(plan.replace("2026-01-29", "2026-03-26"))
    member.secretary.despatch()
    member.laptop.fetch()
    packs = member.laptop.do(member.laptop.room.shelf.packs).values()  # type: ignore[union-attr]
    assert [pack.retention.days for pack in packs if pack.retention] == [30, 30]
    assert member.outlook.due == MEETING + timedelta(30)


def test_what_is_destroyed_comes_back_neither_by_undo_nor_by_a_save_under_way_nor_from_another_device(
    member: Member,
) -> None:
    note = member.write()
    member.notebook.change(note, words=SECRET + " once more")
    member.settle()
    old = member.notebook.get(note)
    assert old is not None
    member.decide(Rule.DAYS, 10)
    member.told(TOLD)
    (receipt,) = member.destroyed(END)
    member.notebook.change(note, words="typed before the window heard of it")
    member.settle()
    assert member.kept() == set()
    member.notebook.forget(receipt.gone)
    assert member.notebook.undo_name == member.notebook.redo_name == ""
    assert member.notebook.annotations == []
    assert member.laptop.room
    member.laptop.do(member.laptop.room.holdings.annotations.put, old.to_record())  # what another device would bring
    assert member.kept() == set()
    assert member.write("a new one")
    member.settle()
    assert len(member.kept()) == 1


def test_nothing_of_a_destroyed_note_is_left_in_the_store_its_log_or_its_free_pages(member: Member) -> None:
    """Read with the store's own key, page by page: what an expert with the passphrase could find."""
    for number in range(120):
        note = member.write(SECRET * (1 + 41 * (number % 7)))
        member.notebook.change(note, words=f"{SECRET} {number}" * (number % 30))
        if number % 3 == 0:
            member.notebook.keep(member.write(f"glockenspiel {number}"), True)
    paper = member.pack.papers[0]
    member.notebook.add_bookmark(paper.id, paper.sha256, 0, 0.0, SECRET)
    for number in range(12):
        link = member.join(SECRET * (1 + 30 * (number % 4)))
        member.laptop.do(member.links.put_own, replace(link, words=f"{number} {SECRET}").to_record())
    member.settle()
    assert holding(member.laptop.home, member.laptop.key, b"xylophone")  # else the search itself would be blind
    member.decide(Rule.DAYS, 10)
    member.told(TOLD)
    assert member.destroyed(END)
    assert holding(member.laptop.home, member.laptop.key, b"glockenspiel")
    assert holding(member.laptop.home, member.laptop.key, b"xylophone") == []
    assert [receipt.record.cleared for receipt in member.laptop.do(member.retaining.receipts)] == [True]
    outside = [path for path in member.laptop.home.rglob("*") if path.is_file() and path.name != NAME]
    assert [path.name for path in outside if b"xylophone" in path.read_bytes()] == []


def test_a_receipt_says_how_many_and_never_what(member: Member) -> None:
    member.write()
    member.settle()
    member.decide(Rule.DAYS, 10)
    member.told(TOLD)
    member.destroyed(END)
    (receipt,) = member.laptop.do(member.retaining.receipts)
    assert (receipt.body, receipt.record.title) == ("Group Board", member.pack.title)
    assert (receipt.record.rule, receipt.record.days) == (Rule.DAYS.value, 10)
    assert "xylophone" not in str(vars(receipt.record))


def test_a_rule_of_a_newer_despatch_destroys_nothing(member: Member) -> None:
    member.decide(Rule.DAYS, 10)
    assert member.outlook.retention is not None
    facts = retention_facts(member.outlook.retention) | {"rule": "destroy at the next new moon"}
    read = retention_of(Fields(facts))
    assert read.rule is Rule.KEEP
    assert read.due(MEETING, Session.PUBLIC) is None
