"""Notes that members share and that one member has twice, over a repository in a folder."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from at_work import PLAN
from intake_making import paper
from post_making import Board, Computer, Template, board_of, make_template

from db.records import PlaceRecord
from desktop.annotations.carriage import EXACT, Carriage
from desktop.annotations.entries import Annotation
from desktop.annotations.merging import ALSO
from desktop.changes import Event
from desktop.errors import KnownError
from desktop.packs.layout import letter_name
from desktop.pdf.client import PdfClient
from desktop.secretary import roster


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
def three(board: Board) -> tuple[Computer, ...]:
    """Jane, John and Mary, with a pack."""
    return board.people


class TestSharing:
    def test_what_is_private_goes_nowhere(self, board: Board, three: tuple[Computer, ...]) -> None:
        jane, john, mary = three
        jane.write("Mine alone")
        board.settle()
        assert john.words() == mary.words() == []
        assert not (board.secretary.folder / "targets" / "out").exists()

    def test_a_note_comes_to_those_named_with_its_author(self, board: Board, three: tuple[Computer, ...]) -> None:
        jane, john, mary = three
        jane.share(jane.write("See this"), "John Roe")
        assert jane.exchange().sent == {"John Roe": 1}
        received = john.exchange().received
        assert (dict(received.notes), received.names) == ({john.pack.id: 1}, {"Jane Doe"})
        mary.exchange()
        assert john.words() == ["Jane Doe: See this"]
        assert mary.words() == []
        assert [change.words for change in john.heard if change.event is Event.NOTES_RECEIVED] == ["Jane Doe"]

    def test_a_note_for_the_body_comes_to_all_and_to_who_joins_later(
        self, board: Board, three: tuple[Computer, ...]
    ) -> None:
        jane, john, mary = three
        jane.share(jane.write("For all"), "*")
        board.settle()
        late = board.welcome("Ann Late")
        board.settle()
        assert john.words() == mary.words() == late.words() == ["Jane Doe: For all"]

    def test_changes_follow_and_a_withdrawal_leaves_nothing(self, board: Board, three: tuple[Computer, ...]) -> None:
        jane, john, mary = three
        mark = jane.write("First words")
        jane.share(mark, "John Roe", "Mary Poe")
        board.settle()
        jane.notebook.change(mark.id, words="Second words", colour="agree")
        jane.share(jane.notebook.get(mark.id), "Mary Poe")  # type: ignore[arg-type]
        board.settle()
        assert john.words() == []
        assert "words" not in john.everything_kept().replace('"words"', "")
        assert mary.words() == ["Jane Doe: Second words"]
        jane.share(jane.notebook.get(mark.id), "John Roe")  # type: ignore[arg-type]
        board.settle()
        assert (john.words(), mary.words()) == (["Jane Doe: Second words"], [])

    def test_a_deleted_note_goes_everywhere(self, board: Board, three: tuple[Computer, ...]) -> None:
        jane, john, _ = three
        mark = jane.write("Soon gone")
        jane.share(mark, "*")
        board.settle()
        jane.notebook.remove(mark.id)
        board.settle()
        assert john.words() == []
        assert "Soon gone" not in john.everything_kept() + jane.everything_kept()
        jane.notebook.undo()
        board.settle()
        assert john.words() == ["Jane Doe: Soon gone"]

    def test_what_was_destroyed_here_by_the_bodys_rule_does_not_come_back(
        self, board: Board, three: tuple[Computer, ...]
    ) -> None:
        jane, john, _ = three
        mark = jane.write("Long ago")
        jane.share(mark, "John Roe")
        board.settle()

        def destroy() -> None:
            john.held.annotations.remove(mark.id)
            john.held.store.write("INSERT INTO destroyed VALUES (?)", (mark.id,))

        john.close_pack()
        john.do(destroy)
        jane.notebook.change(mark.id, words="Long ago, and again")
        board.settle()
        assert john.words() == []
        assert "Long ago" not in john.everything_kept()

    def test_replies_come_to_all_who_see_the_note(self, board: Board, three: tuple[Computer, ...]) -> None:
        jane, john, mary = three
        mark = jane.write("What of it?")
        jane.share(mark, "John Roe", "Mary Poe")
        board.settle()
        john.notebook.reply(mark.id, "Nothing", [john.person_called("Jane Doe"), john.person_called("Mary Poe")])
        board.settle()
        (reply,) = jane.notebook.replies_to(mark.id)
        assert (reply.words, reply.sharing.name, reply.is_mine) == ("Nothing", "John Roe", False)
        assert mary.words() == ["Jane Doe: What of it?", "John Roe: Nothing"]

    def test_anothers_note_cannot_be_changed(self, board: Board, three: tuple[Computer, ...]) -> None:
        jane, john, _ = three
        mark = jane.write("Hers")
        jane.share(mark, "John Roe")
        board.settle()
        for change in (
            lambda: john.notebook.change(mark.id, words="His"),
            lambda: john.notebook.remove(mark.id),
            lambda: john.notebook.answer(mark.id, "Yes"),
        ):
            with pytest.raises(ValueError, match="only be replied to"):
                change()

    def test_who_may_not_see_a_paper_reads_nothing_written_on_it(
        self, board: Board, three: tuple[Computer, ...]
    ) -> None:
        """The excluded member never had the key of the paper, and what is written about it is sealed to that key."""
        jane, john, _ = three
        board.secretary.plan(PLAN.replace('file = "2 finance.pdf"', 'file = "2 finance.pdf"\nnot_to = ["John Roe"]'))
        board.secretary.despatch()
        board.settle()
        assert john.paper().withheld
        jane.share(jane.write("The price is wrong"), "*")
        jane.share(jane.write("Nothing secret", "Minutes of 29 November"), "*")
        board.settle()
        assert john.words() == ["Jane Doe: Nothing secret"]
        assert "price" not in john.everything_kept()
        board.secretary.plan(PLAN)
        board.secretary.despatch()
        board.settle()
        assert john.words() == ["Jane Doe: Nothing secret", "Jane Doe: The price is wrong"]

    def test_a_member_who_left_gets_nothing_more_and_what_was_shared_stays(
        self, board: Board, three: tuple[Computer, ...]
    ) -> None:
        jane, john, mary = three
        john.share(john.write("From John"), "*")
        board.settle()
        secretary = board.secretary
        roster.remove(
            secretary.registry, secretary.office,
            roster.find(secretary.registry, secretary.office, "John Roe", (roster.ADMITTED,)),
        )  # fmt: skip
        secretary.publisher().reissue()
        board.computers.remove(john)
        john.write("After")
        john.share(john.write("Too late"), "*")
        jane.share(jane.write("Among us"), "*")
        board.settle()
        john.notes.saver.flush(60)
        john.post.exchange(john.body_id).result(60)
        board.settle()
        board.computers.append(john)
        assert mary.words() == ["Jane Doe: Among us", "John Roe: From John"]
        assert john.words() == ["After", "From John", "Too late"]
        assert any("no longer on the list" in words for words in mary.refusals())
        assert [each.reads for each in jane.people() if each.name == "John Roe"] == [False]

    def test_a_shared_note_is_carried_by_each_for_itself(self, board: Board, three: tuple[Computer, ...]) -> None:
        """What came after its paper was replaced here does not go back to where its author still has it."""
        jane, john, _ = three
        mark = jane.write("On edition 1")
        jane.share(mark, "John Roe")
        board.settle()
        board.secretary.plan(PLAN, _2_finance=paper("Finance corrected", 2))
        board.secretary.despatch()
        john.look()
        kept = Annotation.from_record(john.lane.do(john.held.annotations.get, mark.id).result(60))  # type: ignore[arg-type]
        moved = replace(kept.anchor, sha256=john.paper().sha256, page=1)
        carried = replace(kept, anchor=moved, carriage=Carriage(EXACT, moved.sha256, (kept.anchor,)))
        john.lane.do(john.held.annotations.put, carried.to_record()).result(60)
        jane.notebook.change(mark.id, words="Reworded")
        jane.exchange()
        john.exchange()
        after = Annotation.from_record(john.lane.do(john.held.annotations.get, mark.id).result(60))  # type: ignore[arg-type]
        assert (after.words, after.anchor, after.carriage) == ("Reworded", moved, carried.carriage)


class TestTwoComputers:
    @pytest.fixture
    def board(self, two_computers: Template, tmp_path: Path, pdf: PdfClient) -> Iterator[Board]:
        with board_of(two_computers, tmp_path, pdf) as board:
            yield board

    @pytest.fixture
    def two(self, board: Board) -> tuple[Computer, ...]:
        return board.people

    def test_nothing_private_goes_to_a_device_before_the_member_says_it_is_theirs(self, board: Board) -> None:
        """The roster is written by the secretary, who could put anything on it."""
        jane, _ = board.people
        jane.write("Private")
        stranger = board.welcome("Jane Doe", "phone", another=True)
        board.settle()
        assert stranger.words() == []
        stranger.post.answer(stranger.body_id, jane.tag, True).result(60)
        stranger.write("Planted")
        board.settle()
        assert jane.words() == ["Private"]
        assert any("have not said is yours" in words for words in jane.refusals())
        jane.post.answer(jane.body_id, stranger.tag, True).result(60)
        board.settle()
        assert {*jane.words(), *stranger.words()} == {"Planted", "Private"}
        assert jane.words() == stranger.words()

    def test_notes_and_bookmarks_are_the_same_on_both(self, board: Board, two: tuple[Computer, ...]) -> None:
        laptop, tablet = two
        paper_of = laptop.paper()
        laptop.write("From the laptop")
        laptop.notebook.add_bookmark(paper_of.id, paper_of.sha256, 1, 40.0, "Page 2")
        tablet.write("From the tablet")
        board.settle()
        assert laptop.words() == tablet.words() == ["From the laptop", "From the tablet"]
        assert laptop.names() == tablet.names() == ["Page 2"]
        assert all(mark.is_mine for mark in tablet.notebook.annotations)

    def test_edits_made_offline_on_both_are_merged(self, board: Board, two: tuple[Computer, ...]) -> None:
        laptop, tablet = two
        both, words, gone = laptop.write("Both"), laptop.write("Words"), laptop.write("Gone")
        board.settle()
        laptop.notebook.change(both.id, colour="agree")
        tablet.notebook.change(both.id, words="Both, reworded")
        laptop.notebook.change(words.id, words="Words of the laptop")
        tablet.notebook.change(words.id, words="Words of the tablet")
        laptop.notebook.remove(gone.id)
        tablet.notebook.change(gone.id, words="Not gone")
        board.settle()
        assert laptop.words() == tablet.words()
        merged = tablet.notebook.get(both.id)
        assert (merged.words, merged.colour) == ("Both, reworded", "agree")  # type: ignore[union-attr]
        twice = f"Words of the tablet\n\n{ALSO}\n\nWords of the laptop"
        assert laptop.words() == ["Both, reworded", "Not gone", twice]

    def test_what_is_typed_while_something_comes_is_kept_with_it(self, board: Board, two: tuple[Computer, ...]) -> None:
        """The screen still shows the words of before, and the reader goes on with those."""
        laptop, tablet = two
        mark = laptop.write("First")
        board.settle()
        tablet.notebook.change(mark.id, words="First of the tablet")
        tablet.exchange()
        notebook = laptop.notebook
        laptop.post.exchange(laptop.body_id).result(60)
        notebook.change(mark.id, words="First of the laptop")
        laptop.stop()  # before the screen could take it up
        laptop.start()
        board.settle()
        assert laptop.words() == tablet.words()
        assert set(laptop.words()[0].split(f"\n\n{ALSO}\n\n")) == {"First of the laptop", "First of the tablet"}

    def test_another_part_that_is_changed_while_something_comes_takes_nothing_back(
        self, board: Board, two: tuple[Computer, ...]
    ) -> None:
        laptop, tablet = two
        mark = laptop.write("First")
        board.settle()
        tablet.notebook.change(mark.id, words="Second")
        tablet.exchange()
        notebook = laptop.notebook
        laptop.post.exchange(laptop.body_id).result(60)
        notebook.change(mark.id, colour="agree")
        laptop.notes.saver.flush(60)
        laptop.take_up()
        board.settle()
        assert laptop.words() == tablet.words() == ["Second"]
        assert {each.colour for each in (*laptop.notebook.annotations, *tablet.notebook.annotations)} == {"agree"}

    def test_where_one_left_off_the_other_goes_on(self, board: Board, two: tuple[Computer, ...]) -> None:
        laptop, tablet = two
        minutes, finance = (laptop.paper(title).id for title in ("Minutes of 29 November", "Finance report"))

        def left(computer: Computer, paper_id: str, page: int, at: str, zoom: float) -> None:
            place = PlaceRecord(computer.pack.id, paper_id, page, 10.0, 0.0, zoom, "none", at)
            computer.do(computer.held.places.put, place)

        left(laptop, minutes, 2, "2026-01-20T10:00:00Z", 1.0)
        left(tablet, finance, 1, "2026-01-21T10:00:00Z", 2.0)
        board.settle()
        for computer, zoom in ((laptop, 1.0), (tablet, 2.0)):
            place = computer.lane.do(computer.held.places.get, computer.pack.id).result(60)
            assert place
            assert (place.paper_id, place.page, place.zoom) == (finance, 1, zoom)
            papers = computer.lane.do(computer.held.places.of_papers, computer.pack.id).result(60)
            assert {each.paper_id: each.page for each in papers} == {minutes: 2, finance: 1}

    def test_a_shared_note_and_its_replies_are_on_both(self, board: Board, two: tuple[Computer, ...]) -> None:
        laptop, tablet = two
        john = board.welcome("John Roe")
        board.settle()
        mark = tablet.write("Ask John")
        tablet.share(mark, "John Roe")
        board.settle()
        john.notebook.reply(mark.id, "Ask me", [john.person_called("Jane Doe")])
        board.settle()
        assert laptop.words() == tablet.words() == ["Ask John", "John Roe: Ask me"]
        laptop.notebook.change(mark.id, words="Ask John twice")
        board.settle()
        assert john.words() == ["Ask me", "Jane Doe: Ask John twice"]

    def test_a_device_that_is_not_mine_any_more_gets_nothing_more(
        self, board: Board, two: tuple[Computer, ...]
    ) -> None:
        laptop, tablet = two
        laptop.post.answer(laptop.body_id, tablet.tag, False).result(60)
        laptop.write("After it was lost")
        board.settle()
        assert tablet.words() == []

    def test_after_a_body_was_left_nothing_is_told_of_as_deleted(self, board: Board, two: tuple[Computer, ...]) -> None:
        laptop, tablet = two
        laptop.write("Kept")
        board.settle()
        laptop.close_pack()
        laptop.do(laptop.held.packs.remove, laptop.pack.id)
        laptop.post.exchange(laptop.body_id).result(60)
        tablet.exchange()
        assert tablet.words() == ["Kept"]


class TestCutShort:
    def test_a_letter_that_was_put_there_and_not_marked_as_sent_goes_twice_and_counts_once(
        self, board: Board, three: tuple[Computer, ...]
    ) -> None:
        """The power goes between writing a letter and remembering it; then more is written."""
        jane, john, _ = three
        jane.share(jane.write("First"), "John Roe")
        jane.notes.saver.flush(60)
        (due,) = jane.lane.do(jane.post._posting.due, jane.among).result(60)
        sealed = due.sealed()
        path = board.secretary.folder / letter_name(john.tag, sealed)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sealed)
        jane.stop()
        jane.start()
        jane.share(jane.write("Second"), "John Roe")
        board.settle()
        assert john.words() == ["Jane Doe: First", "Jane Doe: Second"]
        assert john.refusals() == []


class TestByHand:
    def test_a_file_carries_what_the_repository_cannot(
        self, board: Board, three: tuple[Computer, ...], tmp_path: Path
    ) -> None:
        jane, john, mary = three
        jane.share(jane.write("By hand"), "John Roe")
        jane.notes.saver.flush(60)
        path = tmp_path / "jane.despatch-notes"
        assert jane.post.export(jane.body_id, path).result(60) == 1
        assert b"By hand" not in path.read_bytes()
        assert john.post.bring(path).result(60).names == {"Jane Doe"}
        assert john.post.bring(path).result(60).notes == {}
        assert john.words() == ["Jane Doe: By hand"]
        with pytest.raises(KnownError, match="holds no notes for you"):
            mary.post.bring(path).result(60)
        board.settle()
        assert john.words() == ["Jane Doe: By hand"]
        assert john.refusals() == []

    def test_there_must_be_something_to_export(self, three: tuple[Computer, ...], tmp_path: Path) -> None:
        jane = three[0]
        jane.write("Private")
        jane.notes.saver.flush(60)
        with pytest.raises(KnownError, match="nothing to export"):
            jane.post.export(jane.body_id, tmp_path / "file").result(60)
        assert not (tmp_path / "file").exists()

    def test_a_file_heals_what_was_lost_on_the_way(
        self, board: Board, three: tuple[Computer, ...], tmp_path: Path
    ) -> None:
        jane, john, _ = three
        jane.share(jane.write("First"), "John Roe")
        jane.exchange()
        (lost,) = john.letters(board.secretary.folder)
        lost.unlink()
        jane.share(jane.write("Second"), "John Roe")
        jane.exchange()
        john.exchange()
        assert john.words() == ["Jane Doe: Second"]
        assert any("One letter with notes from Jane Doe has not come" in words for words in john.refusals())
        path = tmp_path / "file"
        jane.post.export(jane.body_id, path).result(60)
        assert john.post.bring(path).result(60).missing == {"Jane Doe": 0}
        assert john.words() == ["Jane Doe: First", "Jane Doe: Second"]
