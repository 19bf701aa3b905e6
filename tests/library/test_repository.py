"""The member's side of a repository: refresh, list, fetch, resume, expire, go on."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from serving import Body, ignore, never, send, serve, serving, sha

from desktop.errors import KnownError
from desktop.library.repository import Repository
from desktop.library.sources import FolderSource, NotThere, Refused, Unreachable
from desktop.packs import layout
from desktop.packs.layout import TargetFacts

PAPER = bytes(range(256)) * 4000


@pytest.fixture
def body(tmp_path: Path) -> Body:
    return Body(tmp_path / "repository")


def test_what_was_published_is_listed_and_fetched(body: Body, tmp_path: Path) -> None:
    name, index = body.add(PAPER), body.add(b"sealed index", layout.new_index_name("ab" * 16))
    body.publish()
    member = body.member(tmp_path / "home")
    found = member.refresh()
    assert not found.expired
    assert timedelta(days=89) < found.expires - datetime.now(UTC) <= timedelta(days=90)
    assert member.targets() == {name: TargetFacts(len(PAPER), sha(PAPER)), index: TargetFacts(12, sha(b"sealed index"))}
    told: list[int] = []
    assert member.fetch(name, tmp_path / "part", told.append, never)
    assert (tmp_path / "part").read_bytes() == PAPER
    assert told[0] == 0
    assert told[-1] == len(PAPER)
    assert member.read_target(index, 100) == b"sealed index"


def test_the_same_over_the_web_with_a_cut_and_a_stop(body: Body, tmp_path: Path) -> None:
    name = body.add(PAPER)
    body.publish()
    part = tmp_path / "part"
    with serving(body.path) as web:
        source = web.source()
        member = body.member(tmp_path / "home", source)
        member.refresh()
        stops = iter([False, True])
        assert not member.fetch(name, part, ignore, lambda: next(stops))
        here = part.stat().st_size
        assert 0 < here < len(PAPER)
        web.asked.clear()
        told: list[int] = []
        assert member.fetch(name, part, told.append, never)
        assert [asked for _, asked in web.asked] == [f"bytes={here}-"]
        assert told[0] == here
        assert part.read_bytes() == PAPER
        source.close()


def test_a_whole_part_is_only_verified(body: Body, tmp_path: Path) -> None:
    name = body.add(PAPER)
    body.publish()
    (tmp_path / "part").write_bytes(PAPER)
    with serving(body.path) as web:
        source = web.source()
        member = body.member(tmp_path / "home", source)
        member.refresh()
        web.asked.clear()
        assert member.fetch(name, tmp_path / "part", ignore, never)
        assert web.asked == []
        source.close()


def test_a_part_that_is_longer_than_the_object_begins_again(body: Body, tmp_path: Path) -> None:
    name = body.add(PAPER)
    body.publish()
    (tmp_path / "part").write_bytes(PAPER + b"more")
    member = body.member(tmp_path / "home")
    member.refresh()
    assert member.fetch(name, tmp_path / "part", ignore, never)
    assert (tmp_path / "part").read_bytes() == PAPER


def test_a_damaged_part_is_thrown_away_and_the_next_try_succeeds(body: Body, tmp_path: Path) -> None:
    name = body.add(PAPER)
    body.publish()
    part = tmp_path / "part"
    part.write_bytes(bytes(1000))
    member = body.member(tmp_path / "home")
    member.refresh()
    with pytest.raises(Refused, match="not what the secretary signed"):
        member.fetch(name, part, ignore, never)
    assert not part.exists()
    assert member.fetch(name, part, ignore, never)


def test_a_new_edition_is_seen_by_the_same_and_by_a_restarted_member(body: Body, tmp_path: Path) -> None:
    body.add(b"one")
    body.publish()
    member = body.member(tmp_path / "home")
    member.refresh()
    late = body.add(b"two")
    body.publish()
    assert late not in member.targets()
    member.refresh()
    assert late in member.targets()
    again = body.member(tmp_path / "home", floor=member.versions())
    again.refresh()
    assert again.targets() == member.targets()


def test_offline_is_a_sentence_and_takes_nothing_in(body: Body, tmp_path: Path) -> None:
    name = body.add(b"one")
    body.publish()
    Body(tmp_path / "other")
    member = body.member(tmp_path / "home")
    member.refresh()
    body.path.rename(tmp_path / "away")
    with pytest.raises(Unreachable, match="cannot be read"):
        member.refresh()
    with pytest.raises(KnownError, match="not been confirmed"):
        member.fetch(name, tmp_path / "part", ignore, never)
    (tmp_path / "away").rename(body.path)
    member.refresh()
    assert name in member.targets()


def test_an_expired_state_is_told_and_takes_nothing_in(body: Body, tmp_path: Path) -> None:
    body.add(b"one")
    body.publish(age=timedelta(days=91))
    member = body.member(tmp_path / "home")
    found = member.refresh()
    assert found.expired
    assert found.expires.year == 1
    with pytest.raises(KnownError, match="not been confirmed"):
        member.targets()
    body.publish()
    assert not member.refresh().expired
    assert len(member.targets()) == 1


def test_a_folder_that_is_no_repository(tmp_path: Path, body: Body) -> None:
    (tmp_path / "empty").mkdir()
    member = body.member(tmp_path / "home", FolderSource(tmp_path / "empty"))
    with pytest.raises(Refused, match="no complete pack repository"):
        member.refresh()


def test_an_object_swept_away_since_the_refresh_is_not_there(body: Body, tmp_path: Path) -> None:
    name = body.add(PAPER)
    body.publish()
    member = body.member(tmp_path / "home")
    member.refresh()
    body.stored(name).unlink()
    with pytest.raises(NotThere):
        member.fetch(name, tmp_path / "part", ignore, never)
    with pytest.raises(NotThere):
        member.read_target(layout.new_blob_name(), 10)


def test_a_home_that_cannot_be_written_is_a_sentence(body: Body, tmp_path: Path) -> None:
    body.publish()
    (tmp_path / "home").write_bytes(b"a file where the folder should be")
    with pytest.raises(KnownError, match="could not be saved"):
        body.member(tmp_path / "home").refresh()


def test_damaged_local_metadata_heals(body: Body, tmp_path: Path) -> None:
    body.add(b"one")
    body.publish()
    home = tmp_path / "home"
    body.member(home).refresh()
    for file in home.glob("*.json"):
        if not file.is_symlink():
            file.write_bytes(os.urandom(100))
    member = body.member(home)
    member.refresh()
    assert len(member.targets()) == 1


def test_a_server_that_cuts_every_answer_still_delivers(body: Body, tmp_path: Path) -> None:
    name = body.add(PAPER)
    body.publish()
    with serving(body.path) as web:

        def cut(handler) -> bool:
            if "/blob/" not in handler.path:
                return False
            start = int(handler.headers.get("Range", "bytes=0-")[6:-1])
            headers = {"Content-Range": f"bytes {start}-{len(PAPER) - 1}/{len(PAPER)}"} if start else {}
            send(handler, 206 if start else 200, PAPER[start : start + 300_000], len(PAPER) - start, **headers)
            return True

        web.answer = cut
        source = web.source()
        member = body.member(tmp_path / "home", source)
        member.refresh()
        assert member.fetch(name, tmp_path / "part", ignore, never)
        assert (tmp_path / "part").read_bytes() == PAPER
        source.close()


def test_a_disk_that_takes_no_more_is_a_sentence(body: Body, tmp_path: Path) -> None:
    import resource

    name = body.add(PAPER)
    body.publish()
    member = body.member(tmp_path / "home")
    member.refresh()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(PAPER) // 2, hard))
    try:
        with pytest.raises(KnownError, match="could not be saved"):
            member.fetch(name, tmp_path / "part", ignore, never)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_reading_what_a_server_keeps_open_ends_with_the_object(body: Body, tmp_path: Path) -> None:
    name = body.add(PAPER)
    body.publish()
    with serving(body.path) as web:
        web.answer = lambda handler: bool(serve(handler, body.path, ranges=False)) or True
        source = web.source()
        member: Repository = body.member(tmp_path / "home", source)
        member.refresh()
        (tmp_path / "part").write_bytes(PAPER[:777_777])
        assert member.fetch(name, tmp_path / "part", ignore, never)
        assert (tmp_path / "part").read_bytes() == PAPER
        source.close()
