"""Letters that must be refused, each said plainly, with nothing of them taken in and nothing of ours changed."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from post_making import LONG, Board, Computer, Template, board_of, make_template

from desktop.annotations.merging import State, write
from desktop.annotations.wire import entry_of, read_state, told_of
from desktop.errors import KnownError
from desktop.library.posting import Due
from desktop.packs.device_keys import new_device_key
from desktop.packs.fields import Malformed
from desktop.packs.layout import MAX_LETTER, letter_name, outbox_of
from desktop.packs.letter import PADDING, Item, Letter, letters_from_bytes, open_letter
from desktop.packs.sealing import new_key, open_sealed, seal
from desktop.pdf.client import PdfClient

NAMES = st.sampled_from(("life", "seen", "gone", "parts", "texts", "kind", "value", "at", "by", "words"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
)
AT = "2026-01-20T10:00:00.000000Z"


@pytest.fixture(scope="module")
def three_members(tmp_path_factory: pytest.TempPathFactory, pdf: PdfClient) -> Template:
    return make_template(tmp_path_factory.mktemp("three"), pdf)


@pytest.fixture
def board(three_members: Template, tmp_path: Path, pdf: PdfClient) -> Iterator[Board]:
    with board_of(three_members, tmp_path, pdf) as board:
        yield board


@pytest.fixture
def pair(board: Board) -> tuple[Computer, Computer]:
    """Jane, who writes, and John, who has a private note."""
    jane, john, _ = board.people
    john.write("Private to John")
    return jane, john


def due(jane: Computer) -> Due:
    """The letter that a note of Jane's to John would go in."""
    jane.share(jane.write("Shared"), "John Roe")
    jane.notes.saver.flush(LONG)
    (found,) = jane.lane.do(jane.post._posting.due, jane.among).result(LONG)
    return found


def plain(jane: Computer) -> Letter:
    """The same, as it would be written."""
    made = due(jane)
    found: list[Letter] = []
    seal_it = Letter.to_sealed
    try:
        Letter.to_sealed = lambda self, recipient, signing: found.append(self) or b""  # type: ignore[assignment, func-returns-value]
        made.sealed()
    finally:
        Letter.to_sealed = seal_it  # type: ignore[method-assign]
    return found[0]


def put(board: Board, john: Computer, sealed: bytes) -> None:
    """Lay something into John's part of the outbox."""
    path = board.secretary.folder / letter_name(john.tag, sealed)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sealed)


def refused(john: Computer, words: str) -> None:
    """Nothing came, nothing changed, and it is said once."""
    for _ in range(2):
        assert john.exchange().received.notes == {}
    assert [said for said in john.refusals() if words in said] == john.refusals()
    assert len(john.refusals()) == 1
    assert john.words() == ["Private to John"]


def signed(jane: Computer, john: Computer, letter: Letter) -> bytes:
    return letter.to_sealed(john.among.identity.recipient, jane.among.identity.signing)


def state_text(**parts: object) -> str:
    """A whole note, some parts of it changed."""
    place = {
        "paper_id": "p" * 16, "sha256": "a" * 64, "page": 0, "label": "", "quads": [], "exact": "", "prefix": "",
        "suffix": "", "heading": "", "carriage": "",
    }  # fmt: skip
    facts = {"kind": "note", "colour": "risk", "place": place, "asking": ["", ""], "asked": False, "created": AT,
             "origin": None, "to": ["*"], "reply": ""}  # fmt: skip
    return write(State(), "b" * 32, AT, facts | parts, {"words": "w", "answer": ""}).to_text()


class TestForged:
    def test_a_wrong_signer(self, board: Board, pair: tuple[Computer, Computer]) -> None:
        jane, john = pair
        put(board, john, plain(jane).to_sealed(john.among.identity.recipient, new_device_key()))
        refused(john, "that Jane Doe did not sign")

    def test_words_changed_after_signing(self, board: Board, pair: tuple[Computer, Computer]) -> None:
        jane, john = pair
        opened = json.loads(open_sealed(signed(jane, john, plain(jane)), john.among.identity.key))
        opened["signed"] = opened["signed"].replace('"sequence":1', '"sequence":2')
        put(board, john, seal(json.dumps(opened).encode(), john.among.identity.recipient))
        refused(john, "did not sign")

    def test_a_signer_who_is_not_on_the_list(self, board: Board, pair: tuple[Computer, Computer]) -> None:
        jane, john = pair
        letter = replace(plain(jane), author="f" * 32)
        put(board, john, letter.to_sealed(john.among.identity.recipient, new_device_key()))
        refused(john, "not on the list")

    def test_one_member_in_the_name_of_another(self, board: Board, pair: tuple[Computer, Computer]) -> None:
        jane, john = pair
        mary = board.people[2]
        letter = replace(plain(jane), author=jane.tag)
        put(board, john, letter.to_sealed(john.among.identity.recipient, mary.among.identity.signing))
        refused(john, "that Jane Doe did not sign")

    def test_in_the_name_of_this_very_computer(self, board: Board, pair: tuple[Computer, Computer]) -> None:
        jane, john = pair
        put(board, john, signed(jane, john, replace(plain(jane), author=john.tag)))
        refused(john, "claim to be from this computer")


class TestMisdirected:
    def test_a_letter_for_another_member_passed_on(self, board: Board, pair: tuple[Computer, Computer]) -> None:
        """Whoever may open a letter cannot hand it to others as if it were for them."""
        jane, john = pair
        put(board, john, signed(jane, john, replace(plain(jane), to="c" * 32)))
        refused(john, "meant for somebody else")

    def test_a_letter_of_another_body(self, board: Board, pair: tuple[Computer, Computer]) -> None:
        jane, john = pair
        put(board, john, signed(jane, john, replace(plain(jane), body_id="c" * 16)))
        refused(john, "meant for somebody else")

    def test_a_letter_sealed_to_another_device(self, board: Board, pair: tuple[Computer, Computer]) -> None:
        jane, john = pair
        put(board, john, plain(jane).to_sealed(new_key()[1], jane.among.identity.signing))
        refused(john, "could not be opened")


class TestReplayed:
    def test_a_letter_that_comes_twice_changes_nothing(self, board: Board, pair: tuple[Computer, Computer]) -> None:
        jane, john = pair
        mark = jane.write("First")
        jane.share(mark, "John Roe")
        jane.exchange()
        john.exchange()
        (old,) = john.letters(board.secretary.folder)
        again = open_letter(old.read_bytes(), john.among.identity.key).letter
        jane.notebook.remove(mark.id)
        jane.exchange()
        john.exchange()
        put(board, john, signed(jane, john, again))
        assert john.exchange().received.notes == {}
        assert john.words() == ["Private to John"]
        assert john.refusals() == []

    def test_a_gap_is_said(self, board: Board, pair: tuple[Computer, Computer]) -> None:
        jane, john = pair
        jane.exchange()
        put(board, john, signed(jane, john, replace(plain(jane), sequence=3, whole=False)))
        john.exchange()
        assert any("2 letters with notes from Jane Doe have not come" in words for words in john.refusals())
        assert "Jane Doe: Shared" in john.words()


class TestNotTheirs:
    def test_a_note_of_mine_is_not_changed_by_another(self, board: Board, pair: tuple[Computer, Computer]) -> None:
        jane, john = pair
        letter, (mine,) = plain(jane), john.notebook.annotations
        put(board, john, signed(jane, john, replace(letter, items=(replace(letter.items[0], entry=mine.id),))))
        refused(john, "another's note")

    def test_nor_is_a_third_members(self, board: Board, pair: tuple[Computer, Computer]) -> None:
        jane, john = pair
        mary = board.people[2]
        hers = mary.write("Mary's")
        mary.share(hers, "John Roe")
        board.settle()
        letter = plain(jane)
        put(board, john, signed(jane, john, replace(letter, items=(replace(letter.items[0], entry=hers.id),))))
        john.exchange()
        assert "Mary Poe: Mary's" in john.words()
        assert any("another's note" in words for words in john.refusals())

    def test_words_must_be_sealed_to_their_paper(self, board: Board, pair: tuple[Computer, Computer]) -> None:
        """Or the exclusion from a paper would be got round."""
        jane, john = pair
        letter = plain(jane)
        item = Item("d" * 16, letter.items[0].pack_id, letter.items[0].paper_id, state=state_text())
        put(board, john, signed(jane, john, replace(letter, items=(item,))))
        refused(john, "not sealed to its paper")

    def test_nor_to_another_paper_than_it_lies_on(self, board: Board, pair: tuple[Computer, Computer]) -> None:
        jane, john = pair
        letter, other = plain(jane), john.paper("Minutes of 29 November")
        item = replace(letter.items[0], paper_id=other.id)
        put(board, john, signed(jane, john, replace(letter, items=(item,))))
        john.exchange()
        assert john.words() == ["Private to John"]  # its key opens nothing, and it waits


class TestMalformed:
    def test_no_letter_at_all(self, board: Board, pair: tuple[Computer, Computer]) -> None:
        _, john = pair
        for sealed in (b"", b"rubbish", bytes(MAX_LETTER + 1)):
            put(board, john, sealed)
        assert john.exchange().received.notes == {}
        assert john.refusals()
        assert all("Nothing of it was taken in" in words for words in john.refusals())
        before = list(john.refusals())
        john.exchange()
        assert john.refusals() == before  # it is said once
        assert john.words() == ["Private to John"]

    def test_sealed_nonsense(self, board: Board, pair: tuple[Computer, Computer]) -> None:
        _, john = pair
        head = b'{"format": "despatch-notes/1", "signed": '
        for text in (b"[]", b"{}", head + b"3}", head + b'"{}"}', head + b'"[]", "signature": ""}'):
            put(board, john, seal(text, john.among.identity.recipient))
        assert john.exchange().received.notes == {}
        assert all("cannot be used" in words for words in john.refusals())
        assert john.words() == ["Private to John"]

    def test_a_newer_format_is_said_to_be_that(self, board: Board, pair: tuple[Computer, Computer]) -> None:
        _, john = pair
        put(board, john, seal(b'{"format": "despatch-notes/2"}', john.among.identity.recipient))
        refused(john, "newer Despatch")

    def test_a_pipe_in_the_place_of_a_letter(self, board: Board, pair: tuple[Computer, Computer]) -> None:
        _, john = pair
        folder = board.secretary.folder / outbox_of(john.tag)
        folder.mkdir(parents=True)
        os.mkfifo(folder / ("0" * 32 + ".age"))
        (folder / ("1" * 32 + ".age")).symlink_to("/etc/passwd")
        (folder / "something else").write_bytes(b"?")
        assert john.exchange().received.notes == {}
        assert john.words() == ["Private to John"]

    @pytest.mark.parametrize(
        "parts",
        [
            {"kind": "virus"}, {"colour": "none"}, {"to": "everybody"}, {"to": [1]}, {"reply": "../.."},
            {"place": None}, {"place": {"paper_id": "x"}}, {"asking": []}, {"asked": "yes"}, {"created": "now"},
            {"origin": [1, 2]}, {"other": 1},
        ],
    )  # fmt: skip
    def test_a_part_that_is_none(self, parts: dict[str, object]) -> None:
        parts = {"kind": "question", **parts}
        with pytest.raises(Malformed):
            entry_of("1" * 16, "2" * 16, read_state(state_text(**parts)))

    @pytest.mark.parametrize(
        "change",
        [
            lambda state: state | {"life": -1}, lambda state: state | {"seen": {"x": AT}},
            lambda state: state | {"gone": 1},
            lambda state: state | {"parts": []}, lambda state: state | {"texts": []}, lambda state: state | {"more": 1},
            lambda state: state | {"texts": {"words": [{"text": "\u202e", "at": AT, "by": "b" * 32, "over": {}}]}},
            lambda state: state | {"seen": {"b" * 32: "9999"}},
            lambda state: state | {"parts": {"kind": {"value": 1, "at": AT, "by": "b" * 32, "other": 1}}},
        ],
    )  # fmt: skip
    def test_a_state_that_is_none(self, change: Callable[[dict[str, object]], dict[str, object]]) -> None:
        with pytest.raises(Malformed):
            read_state(json.dumps(change(json.loads(state_text()))))
        read_state(state_text())

    def test_a_file_that_is_none(self, pair: tuple[Computer, Computer], tmp_path: Path) -> None:
        _, john = pair
        for data in (b"", b"{}", b'{"format": "despatch-post/1", "letters": [{"to": "x", "sealed": ""}]}'):
            (tmp_path / "file").write_bytes(data)
            with pytest.raises(KnownError, match="holds no notes"):
                john.post.bring(tmp_path / "file").result(LONG)

    @given(st.binary(max_size=400))
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_any_bytes_for_a_file(self, data: bytes) -> None:
        with pytest.raises(KnownError):
            letters_from_bytes(data)

    @given(JSON)
    @settings(max_examples=150, deadline=None)
    def test_any_json_for_a_state(self, value: object) -> None:
        try:
            state = read_state(json.dumps(value))
            entry_of("1" * 16, "2" * 16, state)
        except Malformed:
            return
        raise AssertionError("that was no note")


def test_what_goes_out_comes_in_as_it_was() -> None:
    from notes_making import every_kind

    for mark in every_kind():
        parts, texts = told_of(mark)
        state = read_state(write(State(), "b" * 32, mark.changed, parts, texts).to_text())
        assert entry_of(mark.id, mark.pack_id, state) == mark


def test_a_letter_tells_by_its_size_little_of_what_it_holds() -> None:
    identity, recipient = new_key()
    lengths = set()
    for length in (1, 300):
        item = Item("d" * 16, "e" * 16, "", state="x" * length)
        letter = Letter("b" * 16, "a" * 32, "c" * 32, 1, False, (item,))
        sealed = letter.to_sealed(recipient, new_device_key())
        assert open_letter(sealed, identity).letter == letter
        lengths.add(len(open_sealed(sealed, identity)))
    assert lengths == {PADDING}
