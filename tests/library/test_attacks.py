"""Every attack on a repository that must be refused: real repositories, forged with TUF's own tools and real keys."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from forging import endless, publish_strange, resigned, resigned_timestamp
from serving import HURRIED, Body, ignore, never, send, serving, sha

from desktop.errors import KnownError
from desktop.library.repository import Repository
from desktop.library.sources import NotThere, Refused, Unreachable
from desktop.packs import layout
from desktop.packs.index import pack_from_bytes, pack_to_bytes
from desktop.packs.layout import TargetFacts
from desktop.packs.sealing import CannotOpen, new_key, open_sealed, seal, tag_of
from desktop.packs.signed import Metadata, Targets, check_root
from desktop.secretary import deposit
from desktop.secretary.signing import add_signature, make_root, new_signing_key, public_key, sign_state

OLD, NEW = b"the first paper, sealed" * 100, b"the corrected paper, sealed" * 100


@pytest.fixture
def body(tmp_path: Path) -> Body:
    body = Body(tmp_path / "repository")
    body.add(OLD)
    body.publish()
    return body


@pytest.fixture
def member(body: Body, tmp_path: Path) -> Repository:
    member = body.member(tmp_path / "home")
    member.refresh()
    return member


def refused(member: Repository, words: str) -> None:
    """Refused with a sentence; and nothing can be taken in afterwards."""
    with pytest.raises(Refused, match=words) as told:
        member.refresh()
    assert told.value.safe
    with pytest.raises(KnownError, match="not been confirmed"):
        member.targets()


def metadata(body: Body, name: str) -> Path:
    return body.path / "metadata" / name


class TestForged:
    def test_metadata_signed_by_another_key(self, body: Body, member: Repository) -> None:
        body.publish(daily=new_signing_key())
        refused(member, "did not sign")

    def test_metadata_without_signatures(self, body: Body, member: Repository) -> None:
        body.publish()
        path = metadata(body, "timestamp.json")
        path.write_text(json.dumps(json.loads(path.read_text()) | {"signatures": []}))
        refused(member, "did not sign")

    def test_the_officers_key_does_not_sign_for_the_daily_one(self, body: Body, member: Repository) -> None:
        body.publish(daily=body.officer)
        refused(member, "did not sign")

    def test_one_role_offered_as_another(self, body: Body, member: Repository) -> None:
        body.publish()
        shutil.copy(metadata(body, "2.snapshot.json"), metadata(body, "timestamp.json"))
        refused(member, "did not sign|not what was signed")

    def test_targets_changed_after_signing(self, body: Body, member: Repository) -> None:
        body.publish()
        path = metadata(body, "2.targets.json")
        facts = json.loads(path.read_text())
        facts["signed"]["targets"]["blob/" + "0" * 32 + ".age"] = {"length": 1, "hashes": {"sha256": "0" * 64}}
        path.write_text(json.dumps(facts))
        refused(member, "larger|do not belong together")

    def test_a_root_that_the_officers_did_not_sign(self, body: Body, member: Repository) -> None:
        stranger = new_signing_key()
        root = make_root([public_key(stranger)], 1, [public_key(stranger)], datetime.now(UTC), 2)
        add_signature(root, stranger)
        body.folder.write("metadata/2.root.json", root.to_bytes())
        body.publish(daily=stranger)
        refused(member, "did not sign")

    def test_a_root_that_skips_a_version(self, body: Body, member: Repository) -> None:
        body.folder.write("metadata/2.root.json", body.signed_root(3, body.daily))
        body.publish()
        refused(member, "older state")

    @pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"signed": 1}', b"null"])
    @pytest.mark.parametrize("name", ["2.root.json", "timestamp.json", "2.snapshot.json", "2.targets.json"])
    def test_nonsense_in_place_of_metadata(self, body: Body, member: Repository, name: str, data: bytes) -> None:
        body.publish()
        metadata(body, name).write_bytes(data)
        with pytest.raises(Refused) as told:
            member.refresh()
        assert str(body.path) in told.value.what

    def test_a_blob_of_somebody_else_under_a_signed_name(self, body: Body, member: Repository, tmp_path: Path) -> None:
        name = next(iter(body.objects))
        body.stored(name).write_bytes(os.urandom(len(OLD)))
        with pytest.raises(Refused, match="not what the secretary signed"):
            member.fetch(name, tmp_path / "part", ignore, never)
        assert not (tmp_path / "part").exists()
        with pytest.raises(Refused, match="not what the secretary signed"):
            member.read_target(name, 10_000)


class TestThreshold:
    @pytest.fixture
    def officers(self) -> list[str]:
        return [new_signing_key() for _ in range(3)]

    def root(self, officers: list[str], signing: list[str], daily: str, version: int = 1) -> bytes:
        root = make_root([public_key(key) for key in officers], 2, [public_key(daily)], datetime.now(UTC), version)
        for key in signing:
            add_signature(root, key)
        return root.to_bytes()

    def test_two_of_three_hold_and_one_alone_or_twice_does_not(self, officers: list[str]) -> None:
        daily = new_signing_key()
        check_root(self.root(officers, officers[:2], daily))
        check_root(self.root(officers, officers[1:], daily))
        for too_few in ([], officers[:1], [officers[0], officers[0]], [officers[0], new_signing_key()]):
            with pytest.raises(KnownError, match="do not hold"):
                check_root(self.root(officers, too_few, daily))

    def test_a_new_root_by_one_of_three_is_refused(self, officers: list[str], tmp_path: Path) -> None:
        body = Body(tmp_path / "board")
        body.roots = [self.root(officers, officers[:2], body.daily)]
        (body.path / "metadata/1.root.json").unlink()
        deposit.put_roots(body.folder, body.roots)
        body.publish()
        member = body.member(tmp_path / "home")
        member.refresh()
        stolen = new_signing_key()
        body.folder.write("metadata/2.root.json", self.root(officers, officers[:1], stolen, 2))
        body.publish(daily=stolen)
        refused(member, "did not sign")
        body.folder.write("metadata/2.root.json", self.root(officers, officers[1:], stolen, 2))
        member.refresh()


class TestRollBack:
    def test_of_the_whole_repository(self, body: Body, member: Repository, tmp_path: Path) -> None:
        shutil.copytree(body.path, tmp_path / "old")
        body.add(NEW)
        body.publish()
        member.refresh()
        shutil.rmtree(body.path)
        shutil.copytree(tmp_path / "old", body.path)
        refused(member, "older state")

    def test_of_the_whole_repository_for_a_device_that_lost_its_metadata(
        self, body: Body, member: Repository, tmp_path: Path
    ) -> None:
        shutil.copytree(body.path, tmp_path / "old")
        body.publish()
        member.refresh()
        shutil.rmtree(body.path)
        shutil.copytree(tmp_path / "old", body.path)
        shutil.rmtree(tmp_path / "home")
        forgetful = body.member(tmp_path / "home", floor=member.versions())
        refused(forgetful, "older state")
        assert forgetful.versions() == member.versions()

    @pytest.mark.parametrize("role", ["targets", "snapshot"])
    def test_of_one_role_by_a_newly_signed_timestamp(self, body: Body, member: Repository, role: str) -> None:
        """The daily key itself signs something that goes back: refused all the same."""
        body.publish()
        member.refresh()
        body.version += 1
        older = sign_state(body.facts(), 1, body.daily, datetime.now(UTC))
        if role == "targets":
            state = resigned(body, older.targets, 1, 3)
            body.folder.write("metadata/1.targets.json", state[0])
            body.folder.write("metadata/3.snapshot.json", state[1])
            body.folder.write("metadata/timestamp.json", state[2])
        else:
            body.folder.write("metadata/1.snapshot.json", older.snapshot)
            timestamp = resigned_timestamp(body, older.snapshot, 1, 3)
            body.folder.write("metadata/timestamp.json", timestamp)
        refused(member, "older state")

    def test_of_root_by_leaving_the_newer_out(self, body: Body, member: Repository, tmp_path: Path) -> None:
        """A device that lost its metadata must not trust a dismissed secretary again."""
        successor = new_signing_key()
        body.folder.write("metadata/2.root.json", body.signed_root(2, successor))
        body.publish(daily=successor)
        member.refresh()
        (body.path / "metadata/2.root.json").unlink()
        body.version = 90
        body.publish(daily=body.daily)
        shutil.rmtree(tmp_path / "home")
        refused(body.member(tmp_path / "home", floor=member.versions()), "older state")

    def test_new_daily_keys_signed_for_by_the_officers_may_count_from_the_start(
        self, body: Body, member: Repository, tmp_path: Path
    ) -> None:
        """A thief of the daily key signed a huge version; the officers replace the key, and all goes on."""
        body.version = 1_000_000
        body.publish()
        member.refresh()
        successor = new_signing_key()
        body.folder.write("metadata/2.root.json", body.signed_root(2, successor))
        body.version = 2
        body.publish(daily=successor)
        again = body.member(tmp_path / "home", floor=member.versions())
        again.refresh()
        assert again.versions()["timestamp"] == 3


class TestFreeze:
    def test_an_old_timestamp_served_for_ever_runs_out(self, body: Body, tmp_path: Path) -> None:
        body.publish(age=timedelta(days=91))
        member = body.member(tmp_path / "home")
        assert member.refresh().expired
        with pytest.raises(KnownError, match="not been confirmed"):
            member.targets()

    def test_what_was_once_confirmed_and_then_frozen_runs_out_too(
        self, body: Body, member: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        later = datetime.now(UTC) + timedelta(days=100)
        import tuf.ngclient._internal.trusted_metadata_set as trusted

        class Clock(datetime):
            @classmethod
            def now(cls, tz: object = None) -> datetime:
                return later

        monkeypatch.setattr(trusted.datetime, "datetime", Clock)
        found = member.refresh()
        assert found.expired
        assert datetime.now(UTC) < found.expires < later

    def test_an_expired_root_takes_nothing_in(self, body: Body, tmp_path: Path) -> None:
        old = Body(tmp_path / "old")
        old.roots = [old.signed_root(1, old.daily, now=datetime.now(UTC) - timedelta(days=800))]
        (old.path / "metadata/1.root.json").unlink()
        deposit.put_roots(old.folder, old.roots)
        old.publish()
        assert old.member(tmp_path / "home").refresh().expired


class TestMixed:
    def test_targets_of_one_state_with_the_snapshot_of_another(self, body: Body, member: Repository) -> None:
        body.add(NEW)
        body.publish()
        shutil.copy(metadata(body, "1.targets.json"), metadata(body, "2.targets.json"))
        refused(member, "do not belong together")

    def test_snapshot_of_one_state_with_the_timestamp_of_another(self, body: Body, member: Repository) -> None:
        body.publish()
        shutil.copy(metadata(body, "1.snapshot.json"), metadata(body, "2.snapshot.json"))
        refused(member, "do not belong together")

    def test_two_states_of_the_same_version(self, body: Body, member: Repository) -> None:
        """The secretary's key signed version 2 twice; the parts of the two must not be mixed."""
        first = body.publish()
        body.add(NEW)
        second = body.state(2)
        assert first.targets != second.targets
        metadata(body, "2.targets.json").write_bytes(second.targets)
        refused(member, "larger|do not belong together")

    def test_the_repository_of_another_body(self, body: Body, member: Repository, tmp_path: Path) -> None:
        other = Body(tmp_path / "other")
        other.add(NEW)
        other.publish()
        other.publish()
        shutil.rmtree(body.path)
        shutil.copytree(other.path, body.path)
        refused(member, "did not sign")

    def test_a_blob_swapped_with_another(self, body: Body, tmp_path: Path) -> None:
        one, two = body.add(b"a" * 500), body.add(b"b" * 500)
        body.publish()
        member = body.member(tmp_path / "home")
        member.refresh()
        first, second = body.stored(one), body.stored(two)
        first.rename(tmp_path / "kept")
        second.rename(first)
        (tmp_path / "kept").rename(second)
        for name in (one, two):
            with pytest.raises(Refused, match="not what the secretary signed"):
                member.fetch(name, tmp_path / "part", ignore, never)

    def test_an_index_swapped_with_another_members(self, body: Body, tmp_path: Path) -> None:
        jane, john = (body.add(mark * 500, layout.new_index_name(tag * 32)) for mark, tag in ((b"1", "a"), (b"2", "b")))
        body.publish()
        member = body.member(tmp_path / "home")
        member.refresh()
        shutil.copy(body.stored(john), body.stored(jane))
        with pytest.raises(Refused, match="index that is not what the secretary signed"):
            member.read_target(jane, 10_000)


class TestSizes:
    @pytest.mark.parametrize("cut", [0, 1, 1000, len(OLD) - 1])
    def test_truncation(self, body: Body, member: Repository, tmp_path: Path, cut: int) -> None:
        name = next(iter(body.objects))
        os.truncate(body.stored(name), cut)
        with pytest.raises(Refused):
            member.fetch(name, tmp_path / "part", ignore, never)
        assert not (tmp_path / "part").exists()

    @pytest.mark.parametrize("name", ["timestamp.json", "2.snapshot.json", "2.targets.json"])
    def test_truncated_metadata(self, body: Body, member: Repository, name: str) -> None:
        body.publish()
        os.truncate(metadata(body, name), metadata(body, name).stat().st_size - 1)
        refused(member, "not what was signed|not belong together")

    def test_a_target_larger_than_said(self, body: Body, member: Repository, tmp_path: Path) -> None:
        name = next(iter(body.objects))
        body.stored(name).write_bytes(OLD + b"!")
        with pytest.raises(Refused, match="not what the secretary signed"):
            member.fetch(name, tmp_path / "part", ignore, never)
        with pytest.raises(Refused, match="larger"):
            member.read_target(name, 10_000)

    def test_an_endless_blob_is_cut_off_at_once(self, body: Body, member: Repository, tmp_path: Path) -> None:
        name = next(iter(body.objects))
        with serving(body.path) as web:
            web.answer = endless(web, f"/{layout.stored_at(name, sha(OLD))}")
            source = web.source()
            remote = body.member(tmp_path / "web", source)
            remote.refresh()
            largest: list[int] = []
            with pytest.raises(Refused, match="not what the secretary signed"):
                remote.fetch(name, tmp_path / "part", largest.append, never)
            assert max(largest) == len(OLD)
            with pytest.raises(Refused, match="more for"):
                remote.read_target(name, 10_000)
            source.close()

    @pytest.mark.parametrize("name", ["timestamp.json", "2.root.json"])
    def test_endless_metadata(self, body: Body, tmp_path: Path, name: str) -> None:
        with serving(body.path) as web:
            web.answer = endless(web, f"/metadata/{name}")
            source = web.source()
            with pytest.raises(Refused, match="more for"):
                body.member(tmp_path / "web", source).refresh()
            source.close()

    def test_a_server_that_never_ends_and_never_gets_anywhere(self, body: Body, tmp_path: Path) -> None:
        with serving(body.path) as web:

            def drip(handler) -> bool:
                handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
                handler.close_connection = True
                while not web.done.wait(0.02):
                    handler.wfile.write(b" ")
                return True

            web.answer = drip
            source = web.source(HURRIED)
            with pytest.raises(Unreachable, match="too slowly"):
                body.member(tmp_path / "web", source).refresh()
            source.close()

    @pytest.mark.parametrize("page", [(500, "text/plain", b"oops"), (200, "text/html", b"<html>sign in</html>")])
    def test_a_server_that_answers_something_else(
        self, body: Body, tmp_path: Path, page: tuple[int, str, bytes]
    ) -> None:
        with serving(body.path) as web:
            web.answer = lambda handler: bool(send(handler, page[0], page[2], Content_Type=page[1])) or True
            source = web.source()
            with pytest.raises(Unreachable, match=web.address):
                body.member(tmp_path / "web", source).refresh()
            source.close()

    @pytest.mark.parametrize("length", [0, layout.MAX_PAPER + 1])
    def test_a_size_that_may_not_be(self, body: Body, member: Repository, length: int) -> None:
        publish_strange(body, {layout.new_blob_name(): TargetFacts(length, "0" * 64)})
        refused(member, "not what was signed")

    def test_an_index_larger_than_one_may_be(self, body: Body, member: Repository) -> None:
        publish_strange(body, {layout.new_index_name("0" * 32): TargetFacts(layout.MAX_INDEX + 1, "0" * 64)})
        refused(member, "not what was signed")


class TestNames:
    @pytest.mark.parametrize("name", ["../../key", "/etc/keys", "blob/../../x.age", "blob/%2e%2e/x", "BLOB/X", "a\\b"])
    def test_path_traversal_in_a_signed_name(self, body: Body, member: Repository, name: str) -> None:
        """Even the secretary's own signature does not make such a name harmless."""
        publish_strange(body, {name: TargetFacts(5, "0" * 64)})
        refused(member, "not what was signed")

    def test_delegations_are_refused(self, body: Body, member: Repository) -> None:
        from tuf.api.metadata import Delegations

        body.version += 1
        state = body.state(2)
        targets = Metadata[Targets].from_bytes(state.targets)
        targets.signed.delegations = Delegations({}, {})
        parts = resigned(body, targets.signed, 2, 2)
        for part, name in zip(parts, ("2.targets.json", "2.snapshot.json", "timestamp.json"), strict=True):
            body.folder.write(f"metadata/{name}", part)
        refused(member, "not what was signed")


class TestFlippedBytes:
    def test_anywhere_in_metadata(self, body: Body, member: Repository, tmp_path: Path) -> None:
        body.publish()
        for name in ("timestamp.json", "2.snapshot.json", "2.targets.json"):
            path = metadata(body, name)
            good = path.read_bytes()
            for at in range(0, len(good), 37):
                path.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
                trial = tmp_path / "trial"
                shutil.copytree(tmp_path / "home", trial, symlinks=True)
                with pytest.raises(Refused):
                    body.member(trial).refresh()
                shutil.rmtree(trial)
            path.write_bytes(good)
        member.refresh()

    def test_anywhere_in_a_blob(self, body: Body, member: Repository, tmp_path: Path) -> None:
        name = next(iter(body.objects))
        for at in range(0, len(OLD), 61):
            body.stored(name).write_bytes(OLD[:at] + bytes([OLD[at] ^ 0x80]) + OLD[at + 1 :])
            with pytest.raises(Refused):
                member.fetch(name, tmp_path / "part", ignore, never)


class TestKeys:
    def test_a_dismissed_secretary_signs_for_nothing(self, body: Body, member: Repository) -> None:
        successor = new_signing_key()
        body.folder.write("metadata/2.root.json", body.signed_root(2, successor))
        body.publish(daily=successor)
        member.refresh()
        body.add(NEW)
        body.publish(daily=body.daily)
        refused(member, "did not sign")

    def test_an_index_of_another_member_replayed(self, pack_bytes: Callable[[str], bytes]) -> None:
        (_, jane), (john_key, john) = new_key(), new_key()
        for_jane = pack_bytes(tag_of(jane))
        with pytest.raises(CannotOpen, match="not meant for this device"):
            open_sealed(seal(for_jane, jane), john_key)
        # John re-seals to himself an index that was Jane's: the tag within still says whose it was.
        with pytest.raises(KnownError, match="another device"):
            pack_from_bytes(open_sealed(seal(for_jane, john), john_key), tag_of(john))

    def test_an_index_of_another_body_replayed(self, pack_bytes: Callable[[str], bytes]) -> None:
        pack_from_bytes(pack_bytes("a" * 32), "a" * 32, "b0d1" * 4)
        with pytest.raises(KnownError, match="another body"):
            pack_from_bytes(pack_bytes("a" * 32), "a" * 32, "c" * 16)


class TestFolders:
    def test_symbolic_links_in_the_repository(self, body: Body, tmp_path: Path) -> None:
        name = next(iter(body.objects))
        body.publish()
        member = body.member(tmp_path / "home")
        member.refresh()
        secret = tmp_path / "secret"
        secret.write_bytes(OLD)
        body.stored(name).unlink()
        body.stored(name).symlink_to(secret)
        with pytest.raises(Refused, match="not an ordinary file"):
            member.fetch(name, tmp_path / "part", ignore, never)
        path = metadata(body, "timestamp.json")
        path.rename(tmp_path / "timestamp.json")
        path.symlink_to(tmp_path / "timestamp.json")
        refused(member, "not an ordinary file")

    def test_a_pipe_and_a_linked_folder(self, body: Body, member: Repository, tmp_path: Path) -> None:
        metadata(body, "timestamp.json").unlink()
        os.mkfifo(metadata(body, "timestamp.json"))
        refused(member, "not an ordinary file")
        (body.path / "metadata").rename(tmp_path / "elsewhere")
        (body.path / "metadata").symlink_to(tmp_path / "elsewhere")
        refused(member, "not an ordinary file")


def test_an_object_that_was_never_listed_is_not_fetched(member: Repository, tmp_path: Path) -> None:
    with pytest.raises(NotThere):
        member.fetch(layout.new_blob_name(), tmp_path / "part", ignore, never)


@pytest.fixture
def pack_bytes() -> Callable[[str], bytes]:
    from datetime import date

    from desktop.packs.pack import Body as PackBody
    from desktop.packs.pack import Meeting, Pack, Session

    meeting = Meeting(date(2026, 1, 29), "13:30", "Kettering", Session.PUBLIC)
    pack = Pack("f" * 16, PackBody("b0d1" * 4, "Board", "Trust"), meeting, "Pack", 1, datetime.now(UTC), "", (), ())
    return lambda tag: pack_to_bytes(pack, tag, "Jane Doe")
