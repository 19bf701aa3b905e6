"""Sealed files: kept for good or not at all, never outside their folder, and room told in time."""

import os
import threading
from pathlib import Path

import pytest

from db.errors import NoRoom, OutOfReach
from db.files import SealedFiles

ONE, TWO, THREE = "1" * 64, "2" * 64, "3" * 64


@pytest.fixture
def files(folder: Path) -> SealedFiles:
    return SealedFiles(folder / "papers")


def test_a_part_becomes_a_file(files: SealedFiles) -> None:
    files.part(ONE).write_bytes(b"sealed")
    assert files.keep(ONE) == files.path(ONE)
    assert files.path(ONE).read_bytes() == b"sealed"
    assert not files.part(ONE).exists()


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_nobody_else_can_read_them(files: SealedFiles) -> None:
    files.part(ONE).write_bytes(b"sealed")
    kept = files.keep(ONE)
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700


def test_what_came_stays_when_the_line_is_cut(files: SealedFiles) -> None:
    with files.receiving(ONE, 12) as part:
        part.write_bytes(b"sealed")
    with files.receiving(ONE, 12) as part, part.open("ab") as more:
        more.write(b" paper")
    assert files.keep(ONE).read_bytes() == b"sealed paper"


def test_room_is_asked_for_before_anything_is_fetched(files: SealedFiles) -> None:
    files.part(ONE).write_bytes(b"sealed")
    with pytest.raises(NoRoom, match=ONE), files.receiving(ONE, 1 << 60):
        pytest.fail("began without room")
    assert files.part(ONE).read_bytes() == b"sealed"


def receive_onto_a_full_disk(files: SealedFiles) -> None:
    with files.receiving(ONE, 12) as part:
        part.write_bytes(b"sealed")
        with Path("/dev/full").open("wb", buffering=0) as full:
            full.write(b" paper")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_a_disk_that_fills_up_in_the_middle_is_told(files: SealedFiles) -> None:
    with pytest.raises(NoRoom, match=ONE) as told:
        receive_onto_a_full_disk(files)
    assert told.value.safe
    assert told.value.do
    assert files.part(ONE).read_bytes() == b"sealed"


def test_keeping_what_never_came_is_told(files: SealedFiles) -> None:
    with pytest.raises(OutOfReach, match=ONE):
        files.keep(ONE)


def test_a_file_in_the_folders_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "papers").write_bytes(b"")
    with pytest.raises(OutOfReach, match="papers"):
        SealedFiles(tmp_path / "papers")


def test_dropping(files: SealedFiles) -> None:
    files.part(ONE).write_bytes(b"sealed")
    files.keep(ONE)
    files.part(ONE).write_bytes(b"again")
    files.drop(ONE)
    files.drop(TWO)
    assert files.total() == 0


def test_sweeping_destroys_only_what_nobody_knows(files: SealedFiles) -> None:
    for name in (ONE, TWO):
        files.part(name).write_bytes(b"sealed")
        files.keep(name)
    files.part(THREE).write_bytes(b"abc")
    stranger = files.path(ONE).with_name("notes.txt")
    stranger.write_bytes(b"not ours")
    assert files.total() == 15
    assert files.sweep({ONE}) == 9
    assert files.total() == 6
    assert files.path(ONE).exists()
    assert stranger.exists()
    assert files.sweep({ONE}) == 0


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "1" * 63, "1" * 63 + "/", "1" * 64 + "\0"])
def test_only_a_hash_becomes_a_path(files: SealedFiles, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        files.path(name)
    with pytest.raises(ValueError, match="SHA-256"):
        files.part(name)


def test_what_is_here_can_be_counted_while_a_part_becomes_a_file(files: SealedFiles) -> None:
    """The shelf counts in the store's lane while another lane gives the part its final name."""
    part, whole, stop = files.part(ONE), files.path(ONE), threading.Event()
    part.write_bytes(b"sealed")

    def rename() -> None:
        while not stop.is_set():
            part.replace(whole)
            whole.replace(part)

    renaming = threading.Thread(target=rename)
    renaming.start()
    try:
        for _ in range(2000):
            assert files.come(ONE) in (0, 6)
            assert files.size([ONE]) in (0, 6, 12)
            assert files.total() in (0, 6, 12)
    finally:
        stop.set()
        renaming.join()
