"""The sample committee as a visitor finds it: made whole, made anew when it was cut short, and signed anew in time."""

import os
import shutil
import time
from pathlib import Path

from desktop.changes import Changes
from desktop.doorway import Doorway
from desktop.library.shelf import PackState, ShelfBody
from desktop.sample import SAMPLE_PASSPHRASE, is_sample, make_sample, sample_home

LONG = 180
MADE = "sample-is-complete"


def shelf_of(home: Path) -> ShelfBody:
    doorway = Doorway(home, Changes())
    try:
        entered = doorway.enter(SAMPLE_PASSPHRASE).result(LONG)
        assert entered
        (body,) = entered.room.store.do(entered.room.shelf.bodies).result(LONG)
        return body
    finally:
        doorway.leave()


def test_the_sample_is_a_shelf_to_look_at(sample: Path) -> None:
    assert is_sample(sample)
    body = shelf_of(sample)
    assert (body.trouble, body.phrase) == ("", "")
    newest, middle, oldest = body.packs
    assert newest.edition == 2
    assert (newest.state, middle.state, oldest.state) == (PackState.UPDATED, PackState.UNREAD, PackState.READ)
    assert all(pack.papers_here == pack.papers > 5 for pack in body.packs)
    assert newest.decisions > 0


def test_one_paper_is_withheld_from_its_member(sample: Path) -> None:
    doorway = Doorway(sample, Changes())
    try:
        room = doorway.enter(SAMPLE_PASSPHRASE).result(LONG).room  # type: ignore[union-attr]
        packs = room.store.do(room.shelf.packs).result(LONG)
    finally:
        doorway.leave()
    assert [paper.item for pack in packs.values() for paper in pack.papers if paper.withheld] == ["19"]


def test_everything_about_it_stays_in_its_folder(sample: Path, tmp_path: Path) -> None:
    assert sample_home(tmp_path) == tmp_path / "sample"
    names = {path.name for path in sample.iterdir()}
    assert {"vault.json", "despatch.db", "papers", "secretary", "repository", MADE} <= names


def test_asked_for_again_it_is_left_as_it_is(sample: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in sample.rglob("*") if path.is_file()}
    make_sample(sample)
    assert before == {path: path.stat().st_mtime_ns for path in sample.rglob("*") if path.is_file()}


def test_half_made_it_is_made_anew(sample: Path, tmp_path: Path) -> None:
    home = shutil.copytree(sample, tmp_path / "half")
    (home / MADE).unlink()
    (home / "despatch.db").write_bytes(b"cut short")
    assert not is_sample(home)
    said: list[str] = []
    make_sample(home, said.append)
    assert is_sample(home)
    assert len(said) == 5
    assert len(shelf_of(home).packs) == 3


def test_it_is_signed_anew_before_its_signatures_run_out(sample: Path, tmp_path: Path) -> None:
    home = shutil.copytree(sample, tmp_path / "old")
    timestamp = sample / "repository" / "metadata" / "timestamp.json"
    before = timestamp.read_bytes()
    kept = shutil.copytree(sample / "repository", tmp_path / "kept")
    long_ago = time.time() - 40 * 24 * 3600
    os.utime(home / MADE, (long_ago, long_ago))
    try:
        make_sample(home)
        assert timestamp.read_bytes() != before
        assert time.time() - (home / MADE).stat().st_mtime < 3600
        assert shelf_of(home).trouble == ""
    finally:
        shutil.rmtree(sample / "repository")
        shutil.move(kept, sample / "repository")
