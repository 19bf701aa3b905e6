"""Sealing, indexes, invitations and pack files: they come back as they went in, and nonsense is refused."""

import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import KnownError
from desktop.packs import layout
from desktop.packs.fields import Malformed, read_fields
from desktop.packs.index import pack_from_bytes, pack_to_bytes
from desktop.packs.invitation import JoinRequest
from desktop.packs.pack import AgendaItem, Body, Meeting, Pack, Paper, PaperKind, PaperStatus, Purpose, Session
from desktop.packs.packfile import open_packfile, write_packfile
from desktop.packs.sealing import new_key, open_sealed, phrase_of, recipient_of, seal, tag_of

TAG = "ab" * 16
IDENTITY, RECIPIENT = new_key()
ITEM = AgendaItem("3.2", "Finance", Purpose.ASSURANCE, "Director of Finance", "13:45")
PAPER = Paper(
    "1" * 16,
    "3.2",
    "Finance report",
    PaperKind.REPORT,
    PaperStatus.LATE,
    "c" * 64,
    1000,
    12,
    layout.new_blob_name(),
    IDENTITY,
)
PACK = Pack(
    "2" * 16,
    Body("3" * 16, "Group Board", "Anytown"),
    Meeting(date(2026, 1, 29), "13:30", "Kettering", Session.PRIVATE),
    "Board – January",
    3,
    datetime(2026, 1, 22, 9, 30, tzinfo=UTC),
    "Finance is new\nand late",
    (ITEM,),
    (PAPER, Paper("4" * 16, "3.2", "Verbal", PaperKind.OTHER, PaperStatus.VERBAL, "", 0, 0, "", "")),
)


class TestSealing:
    def test_only_its_own_key_opens(self) -> None:
        sealed = seal(b"private", RECIPIENT)
        assert b"private" not in sealed
        assert open_sealed(sealed, IDENTITY) == b"private"
        with pytest.raises(KnownError, match="not meant for this device"):
            open_sealed(sealed, new_key()[0])

    def test_it_is_age_and_nothing_of_ours(self) -> None:
        key = pyrage.x25519.Identity.from_str(IDENTITY)
        assert pyrage.decrypt(seal(b"x", RECIPIENT), [key]) == b"x"
        assert recipient_of(IDENTITY) == RECIPIENT

    @given(st.binary(max_size=300))
    @settings(max_examples=50, deadline=None)
    def test_nonsense_is_refused(self, data: bytes) -> None:
        with pytest.raises(KnownError):
            open_sealed(data, IDENTITY)

    def test_a_recipient_that_is_none_is_refused(self) -> None:
        with pytest.raises(KnownError, match="not a valid one"):
            seal(b"", "age1nonsense")

    def test_phrases_tell_keys_bodies_and_secretaries_apart(self) -> None:
        other = new_key()[1]
        phrases = {phrase_of(RECIPIENT, "a", "s"), phrase_of(other, "a", "s"), phrase_of(RECIPIENT, "b", "s")}
        assert len(phrases) == 3
        assert phrase_of(RECIPIENT, "a", "s") in phrases
        assert all(len(phrase.split()) == 5 for phrase in phrases)

    def test_tags_are_opaque_and_fixed(self) -> None:
        assert layout.tag_of_index(layout.new_index_name(tag_of(RECIPIENT))) == tag_of(RECIPIENT)
        assert tag_of(RECIPIENT) != tag_of(new_key()[1])


class TestNames:
    def test_stored_names_are_those_of_consistent_snapshots(self) -> None:
        name = layout.new_index_name(TAG)
        stored = layout.stored_at(name, "d" * 64)
        assert stored.startswith(f"targets/idx/{'d' * 64}.{TAG}-")
        assert layout.STORED.fullmatch(stored)
        assert layout.target_at(stored) == name
        assert layout.target_at("targets/blob/x") == ""

    @given(st.text(max_size=40))
    def test_only_plain_names_are_names(self, name: str) -> None:
        if layout.is_name(name):
            assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789./-")
            assert ".." not in name.split("/")
            assert not name.startswith(("/", "."))


class TestIndex:
    def test_it_comes_back_and_is_padded(self) -> None:
        data = pack_to_bytes(PACK, TAG, "Jane Doe")
        assert len(data) % 4096 == 0
        assert pack_from_bytes(data, TAG, PACK.body.id) == PACK

    def test_a_longer_title_does_not_show_in_the_length(self) -> None:
        longer = replace(PACK, title="A much longer title than before " * 10)
        assert len(pack_to_bytes(longer, TAG, "Jane Doe")) == len(pack_to_bytes(PACK, TAG, "J"))

    def test_withheld_papers_hold_no_secret(self) -> None:
        withheld = replace(PAPER, sha256="", length=0, target="", key="", withheld=True)
        pack = replace(PACK, papers=(withheld,))
        assert pack_from_bytes(pack_to_bytes(pack, TAG, ""), TAG) == pack

    def test_a_newer_format_is_told_apart(self) -> None:
        data = json.dumps({"format": "despatch-index/2", "more": 1}).encode()
        with pytest.raises(KnownError, match="newer Despatch"):
            pack_from_bytes(data, TAG)

    @pytest.mark.parametrize(
        ("where", "value"),
        [
            ("format", "other/1"),
            ("format", 1),
            ("format", "despatch-index/01"),
            ("member", {"tag": "cd" * 16, "name": ""}),
            ("member", None),
            ("body", {"id": "3" * 15, "name": "x", "organisation": ""}),
            ("pack.edition", 0),
            ("pack.edition", 1.5),
            ("pack.edition", True),
            ("pack.edition", 10**30),
            ("pack.despatched", "2026-01-22T09:30:00"),
            ("pack.despatched", "2026-13-22T09:30:00Z"),
            ("pack.title", "x" * 501),
            ("pack.title", "bell\x07"),
            ("pack.title", None),
            ("pack.note", "\x1b[31m"),
            ("meeting.date", "2026-02-30"),
            ("meeting.date", "20260101"),
            ("meeting.starts", "25:00"),
            ("meeting.session", "secret"),
            ("items", {}),
            ("items", [{}]),
            ("items", [1] * 600),
            ("papers", "none"),
            ("papers.0.id", "../../etc"),
            ("papers.0.item", "9"),
            ("papers.0.kind", "essay"),
            ("papers.0.status", "lost"),
            ("papers.0.sha256", "c" * 63),
            ("papers.0.sha256", ""),
            ("papers.0.length", -1),
            ("papers.0.length", 0),
            ("papers.0.length", 10**12),
            ("papers.0.pages", 60_000),
            ("papers.0.pages", 0),
            ("papers.0.target", "../../../home/x"),
            ("papers.0.target", "idx/" + "0" * 32 + ".age"),
            ("papers.0.key", "AGE-SECRET-KEY-1"),
            ("papers.0.withheld", "yes"),
            ("papers.0.withheld", True),
            ("papers.1.pages", 3),
            ("papers.1.id", "1" * 16),
            pytest.param("papers.1.key", IDENTITY, id="papers.1.key of another"),
        ],
    )
    def test_anything_that_may_not_be_is_refused(self, where: str, value: object) -> None:
        facts = json.loads(pack_to_bytes(PACK, TAG, "Jane Doe"))
        *path, last = where.split(".")
        inner = facts
        for step in path:
            inner = inner[int(step)] if isinstance(inner, list) else inner[step]
        inner[last] = value
        with pytest.raises(KnownError, match="cannot be used"):
            pack_from_bytes(json.dumps(facts).encode(), TAG, PACK.body.id)

    @given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
    def test_nonsense_is_refused(self, data: bytes) -> None:
        with pytest.raises(KnownError):
            pack_from_bytes(data, TAG)

    @given(st.data())
    @settings(max_examples=200, deadline=None)
    def test_any_change_of_shape_is_read_or_refused_but_never_fails(self, data: st.DataObject) -> None:
        facts = json.loads(pack_to_bytes(PACK, TAG, "Jane Doe"))
        junk = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.just([]) | st.just({})
        name = data.draw(st.sampled_from(sorted(facts)))
        if isinstance(facts[name], dict) and data.draw(st.booleans()):
            facts[name][data.draw(st.sampled_from(sorted(facts[name])))] = data.draw(junk)
        elif isinstance(facts[name], list) and data.draw(st.booleans()):
            facts[name][0][data.draw(st.sampled_from(sorted(facts[name][0])))] = data.draw(junk)
        else:
            facts[name] = data.draw(junk)
        try:
            pack = pack_from_bytes(json.dumps(facts).encode(), TAG, PACK.body.id)
        except KnownError:
            return
        assert pack.id == facts["pack"]["id"]

    @pytest.mark.parametrize(
        "data", [b"[" * 100_000, b'{"a":' * 50_000, b"9" * 10_000, b'{"a": 1e999999}', b'{"a":1,"a":2}']
    )
    def test_json_that_hurts_is_refused(self, data: bytes) -> None:
        with pytest.raises(Malformed):
            read_fields(data, 1 << 20).text("a")
        with pytest.raises(Malformed):
            read_fields(b" " * 11 + b"{}", 10)


class TestJoinRequest:
    def test_it_comes_back_and_its_length_tells_no_names(self) -> None:
        request = JoinRequest("3" * 16, "Jane Doe", "laptop", RECIPIENT, "0" * 32)
        sealed = request.to_sealed(RECIPIENT)
        assert JoinRequest.from_sealed(sealed, IDENTITY) == request
        longer = replace(request, member="J" * 200).to_sealed(RECIPIENT)
        assert len(open_sealed(longer, IDENTITY)) == len(open_sealed(sealed, IDENTITY)) == 2048
        assert "0" * 32 not in repr(request)


class TestPackFile:
    def test_it_comes_back(self, tmp_path: Path) -> None:
        name = layout.new_blob_name()
        write_packfile(tmp_path / "a", [(name, b"sealed")], lambda: b"edition")
        packfile = open_packfile(tmp_path / "a")
        assert packfile.blobs == {name: 6}
        assert (packfile.blob(name), packfile.edition()) == (b"sealed", b"edition")

    @pytest.mark.parametrize("kind", ["compressed", "strange name", "no edition", "twice", "no mark"])
    def test_other_archives_are_refused(self, tmp_path: Path, kind: str) -> None:
        method = zipfile.ZIP_DEFLATED if kind == "compressed" else zipfile.ZIP_STORED
        with zipfile.ZipFile(tmp_path / "a", "w", method) as archive:
            archive.comment = b"" if kind == "no mark" else b"despatch-pack/1"
            if kind != "no edition":
                archive.writestr("edition.age", b"x" * 100)
            archive.writestr("../../x" if kind == "strange name" else layout.new_blob_name(), b"y")
            if kind == "twice":
                with pytest.warns(UserWarning, match="Duplicate"):
                    archive.writestr("edition.age", b"z")
        with pytest.raises(KnownError, match="not a whole pack file"):
            open_packfile(tmp_path / "a")

    def test_cut_off_and_changed_files_are_refused(self, tmp_path: Path) -> None:
        name = layout.new_blob_name()
        write_packfile(tmp_path / "a", [(name, b"sealed" * 100)], lambda: b"edition")
        data = (tmp_path / "a").read_bytes()
        (tmp_path / "b").write_bytes(data[:-30])
        with pytest.raises(KnownError):
            open_packfile(tmp_path / "b")
        (tmp_path / "c").write_bytes(data.replace(b"sealed", b"SEALED", 1))
        with pytest.raises(KnownError):
            open_packfile(tmp_path / "c").blob(name)

    def test_a_failure_leaves_nothing_behind(self, tmp_path: Path) -> None:
        def failing() -> bytes:
            raise KnownError("no")

        with pytest.raises(KnownError):
            write_packfile(tmp_path / "a", [], failing)
        assert list(tmp_path.iterdir()) == []
        with pytest.raises(KnownError, match="could not be written"):
            write_packfile(tmp_path / "none" / "a", [], lambda: b"")
