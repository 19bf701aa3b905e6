"""Notes end on every computer: what the member chose is the same on all of theirs, and letters that carry what was
destroyed are taken out of the repository."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from at_work import Secretary
from pages_read import holding
from post_making import Board, Computer, Template, board_of, make_template

from desktop.annotations.entries import Annotation
from desktop.annotations.retention import NOTICE_DAYS, Outlook, Stop
from desktop.library.retaining import Receipt, Retaining
from desktop.library.shelf import Shelf
from desktop.packs.retention import Rule
from desktop.pdf.client import PdfClient
from desktop.secretary import retention

TOLD = date(2026, 3, 1)
END = TOLD + timedelta(NOTICE_DAYS)
SECRET = "xylophone"


@pytest.fixture(scope="module")
def three_members(tmp_path_factory: pytest.TempPathFactory, pdf: PdfClient) -> Template:
    return make_template(tmp_path_factory.mktemp("three"), pdf)


@pytest.fixture(scope="module")
def two_computers(tmp_path_factory: pytest.TempPathFactory, pdf: PdfClient) -> Template:
    return make_template(tmp_path_factory.mktemp("two"), pdf, two=True)


@pytest.fixture
def board(three_members: Template, tmp_path: Path, pdf: PdfClient) -> Iterator[Board]:
    with board_of(three_members, tmp_path, pdf) as board:
        yield board


@pytest.fixture
def mine(two_computers: Template, tmp_path: Path, pdf: PdfClient) -> Iterator[Board]:
    """One member with a laptop and a tablet."""
    with board_of(two_computers, tmp_path, pdf) as board:
        yield board


def decide(secretary: Secretary) -> None:
    retention.set_rule(secretary.registry, secretary.office, Rule.DAYS, 10)
    secretary.publisher().tell_retention()


def retaining(computer: Computer) -> Retaining:
    return Retaining(computer.held, Shelf(computer.held))


def outlook(computer: Computer) -> Outlook:
    computer.notes.saver.flush(60)
    found = computer.lane.do(retaining(computer).outlook, computer.pack.id).result(60)
    assert found
    return found


def tell(computer: Computer, today: date = TOLD) -> list[Outlook]:
    computer.notes.saver.flush(60)
    return computer.lane.do(retaining(computer).tell, today).result(60)


def destroy(computer: Computer, today: date = END) -> list[Receipt]:
    now = datetime(today.year, today.month, today.day, 12).astimezone()
    receipts = computer.lane.do(retaining(computer).destroy_due, now).result(60)
    for receipt in receipts:
        computer.notebook.forget(receipt.gone)
    return receipts


def stops(board: Board) -> list[Stop | None]:
    return [outlook(computer).stop for computer in board.computers]


class TestChoices:
    def test_what_the_member_chooses_on_one_computer_holds_on_the_other(self, mine: Board) -> None:
        laptop, tablet = mine.people
        laptop.write("A note")
        decide(mine.secretary)
        mine.settle()
        assert stops(mine) == [None, None]
        laptop.do(retaining(laptop).hold_pack, laptop.pack.id, "Request 12")
        mine.settle(1)
        assert stops(mine) == [Stop.OWN_HOLD, Stop.OWN_HOLD]
        assert outlook(tablet).own.hold == "Request 12"
        tablet.do(retaining(tablet).hold_pack, tablet.pack.id, None)
        tablet.do(retaining(tablet).keep_pack, tablet.pack.id, True)
        mine.settle(2)
        assert stops(mine) == [Stop.EXCEPTION, Stop.EXCEPTION]
        laptop.do(retaining(laptop).keep_pack, laptop.pack.id, False)
        laptop.do(retaining(laptop).hold_body, laptop.body_id, "")
        laptop.do(retaining(laptop).confirm, laptop.pack.id, date(2026, 2, 26))
        mine.settle(2)
        assert stops(mine) == [Stop.OWN_HOLD, Stop.OWN_HOLD]
        assert outlook(tablet).own.confirmed == date(2026, 2, 26)

    def test_of_two_choices_made_offline_the_later_one_counts_on_both(self, mine: Board) -> None:
        laptop, tablet = mine.people
        laptop.do(retaining(laptop).hold_pack, laptop.pack.id, "First")
        tablet.do(retaining(tablet).hold_pack, tablet.pack.id, "Second")
        mine.settle(2)
        assert [outlook(computer).own.hold for computer in mine.people] == ["Second", "Second"]

    def test_what_was_told_on_one_computer_was_told_and_both_destroy_on_the_same_day(self, mine: Board) -> None:
        laptop, tablet = mine.people
        laptop.write(SECRET)
        decide(mine.secretary)
        mine.settle()
        assert [look.ends(TOLD) for look in tell(laptop)] == [END]
        mine.settle(1)
        tell(tablet, END)
        assert outlook(tablet).ends(END) == END
        assert [receipt.record.notes for receipt in destroy(laptop)] == [1]
        laptop.exchange()
        assert [receipt.record.notes for receipt in destroy(tablet)] == [1]
        mine.settle()
        assert laptop.words() == tablet.words() == []
        assert SECRET not in laptop.everything_kept() + tablet.everything_kept()

    def test_a_notice_that_was_stopped_on_one_computer_counts_no_more_on_the_other(self, mine: Board) -> None:
        laptop, tablet = mine.people
        laptop.write(SECRET)
        decide(mine.secretary)
        mine.settle()
        tell(laptop)
        mine.settle(1)
        laptop.do(retaining(laptop).hold_pack, laptop.pack.id, "Wait")
        tell(laptop, TOLD + timedelta(1))
        laptop.do(retaining(laptop).hold_pack, laptop.pack.id, None)
        mine.settle(2)
        assert destroy(tablet) == []
        assert [look.ends(END) for look in tell(tablet, END)] == [END + timedelta(NOTICE_DAYS)]

    def test_another_members_note_that_i_keep_is_kept_on_both(self, mine: Board) -> None:
        laptop, tablet = mine.people
        john = mine.welcome("John Roe")
        decide(mine.secretary)
        mine.settle()
        mark = john.write("Of John")
        john.share(mark, "Jane Doe")
        mine.settle()
        laptop.notebook.keep(mark.id, True)
        mine.settle(2)
        assert outlook(tablet).count.kept == 1
        assert tablet.notebook.get(mark.id).keep  # type: ignore[union-attr]
        tablet.notebook.keep(mark.id, False)
        mine.settle(2)
        assert outlook(laptop).count.kept == 0


class TestLetters:
    def test_a_letter_nobody_fetched_yet_is_taken_back_and_the_rest_of_it_comes_all_the_same(
        self, board: Board
    ) -> None:
        jane, john, _ = board.people
        decide(board.secretary)
        jane.look()
        jane.share(jane.write(SECRET), "John Roe")
        stays = jane.write("Stays")
        jane.share(stays, "John Roe")
        jane.exchange()
        jane.share(jane.write(f"{SECRET} again"), "John Roe")
        jane.exchange()
        before = john.letters(board.secretary.folder)
        jane.notebook.keep(stays.id, True)
        tell(jane)
        destroy(jane)
        jane.exchange()
        assert not set(before) & set(john.letters(board.secretary.folder))
        john.exchange()
        assert john.words() == ["Jane Doe: Stays"]
        assert john.refusals() == []
        jane.share(jane.write("Afterwards"), "John Roe")
        board.settle()
        assert john.words() == ["Jane Doe: Afterwards", "Jane Doe: Stays"]
        assert john.refusals() == []

    def test_whoever_has_it_is_told_that_it_was_destroyed_at_its_authors(self, board: Board) -> None:
        jane, john, mary = board.people
        decide(board.secretary)
        mark = jane.write(SECRET)
        jane.share(mark, "John Roe")
        board.settle()
        john.notebook.keep(mark.id, True)
        tell(jane)
        destroy(jane)
        board.settle()
        kept = john.notebook.get(mark.id)
        assert isinstance(kept, Annotation)
        assert (kept.sharing.ended, kept.words) == (True, SECRET)
        tell(john)
        assert destroy(john) == []  # his exception
        assert john.letters(board.secretary.folder)
        assert len(john.letters(board.secretary.folder)) == 1  # that says so, and carries nothing
        john.notebook.keep(mark.id, False)
        tell(john, END)
        assert [receipt.record.notes for receipt in destroy(john, END + timedelta(NOTICE_DAYS))] == [1]
        board.settle()
        for computer in (jane, john, mary):
            assert SECRET not in computer.everything_kept()

    def test_what_is_destroyed_here_goes_out_of_the_letters_that_brought_it(self, board: Board) -> None:
        jane, john, _ = board.people
        decide(board.secretary)
        mark = jane.write(SECRET)
        jane.share(mark, "John Roe")
        board.settle()
        jane.notebook.keep(mark.id, True)
        jane.notes.saver.flush(60)
        (letter,) = john.letters(board.secretary.folder)
        tell(john)
        destroy(john)
        john.exchange()
        assert not letter.exists()
        board.settle()
        assert john.words() == []
        assert jane.words() == [SECRET]

    def test_nothing_of_it_is_left_in_the_pages_of_any_store(self, board: Board) -> None:
        """Notes, replies and what is known of them, in tables and index alike."""
        jane, john, _ = board.people
        decide(board.secretary)
        board.settle(1)
        for number in range(30):
            mark = jane.write(f"{SECRET} {number} " * (1 + 17 * (number % 5)))
            jane.share(mark, *(("John Roe",) if number % 2 else ("*",)))
        board.settle(1)
        john.notebook.reply(mark.id, f"{SECRET} answered", [jane.person])
        board.settle(2)
        stores = [(computer.home, computer.key) for computer in board.people]
        assert all(holding(*store, SECRET.encode()) for store in stores)  # else the search itself would be blind
        for computer in board.people:
            tell(computer)
            assert destroy(computer)
            computer.close_pack()
        board.settle()
        for computer in board.people:
            computer.do(retaining(computer).destroy_due, datetime(2026, 6, 1).astimezone())
        assert [holding(*store, SECRET.encode()) for store in stores] == [[], [], []]
