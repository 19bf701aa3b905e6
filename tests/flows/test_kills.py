"""Killed at any moment while a pack arrives and notes are written: nothing that was said to be kept is lost."""

import contextlib
import hashlib
import os
import random
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from at_work import Secretary
from intake_making import LONG, Laptop, join_by_file, office_of, paper
from serving import Web, serving

from db.store import Store
from db.versions import Versions
from desktop.library.holdings import Holdings
from desktop.packs.index import kept_pack
from desktop.pdf.client import PdfClient

KILLS = 100
LIVES = 4  # kills of one home
LONGEST = 1.6  # seconds that a life may last
PAPERS = 5
_PIECE = 48 * 1024

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills as Unix does")


@dataclass
class Told:
    """What the killed said, over all their lives."""

    kept: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)
    parts: int = 0
    states: dict[str, int] = field(default_factory=dict)

    def take(self, line: str) -> None:
        what, _, mark = line.partition(" ")
        if what == "kept":
            self.kept.add(mark)
        elif what == "removing":
            self.kept.discard(mark)
            self.unsure.add(mark)
        elif what == "gone":
            self.unsure.discard(mark)
            self.gone.add(mark)


@pytest.fixture
def slow_web(tmp_path: Path) -> Iterator[Web]:
    """A server that takes about a second for a paper, so that many lives end in the middle of one."""
    (tmp_path / "repository").mkdir()
    with serving(tmp_path / "repository") as web:
        web.answer = lambda handler: slowly(web, handler)
        web.server.handle_error = only_hang_ups  # type: ignore[method-assign]
        yield web


def only_hang_ups(*_: object) -> None:
    """The killed hang up in the middle of anything; whatever else goes wrong in the server is a fault of the test."""
    error = sys.exc_info()[1]
    if error is not None and not isinstance(error, ConnectionError):
        raise error


def slowly(web: Web, handler: BaseHTTPRequestHandler) -> bool:
    path = web.folder / handler.path.lstrip("/")
    if not path.is_file():
        return False
    data = path.read_bytes()
    asked = handler.headers.get("Range", "")
    start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
    if start >= len(data):
        return False
    handler.send_response(206 if asked else 200)
    if asked:
        handler.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
    handler.send_header("Content-Length", str(len(data) - start))
    handler.end_headers()
    for at in range(start, len(data), _PIECE):
        handler.wfile.write(data[at : at + _PIECE])
        web.done.wait(0.04)
    return True


@pytest.fixture
def secretary(tmp_path: Path, slow_web: Web) -> Iterator[Secretary]:
    client = PdfClient("tests")
    with office_of(tmp_path, client, slow_web.address) as secretary:
        secretary.plan(plan(), **{f"_{n}": paper(f"Paper{n}", 40, filling=900_000) for n in range(PAPERS)})
        secretary.despatch()
        yield secretary
    client.shut_down()


def plan() -> str:
    head = '[body]\nname = "Group Board"\n[meeting]\ndate = 2026-01-29\n'
    items = "".join(f'[[items]]\nnumber = "{n}"\ntitle = "Item {n}"\n' for n in range(PAPERS))
    papers = "".join(f'[[papers]]\nitem = "{n}"\ntitle = "Paper {n}"\nfile = "{n}.pdf"\n' for n in range(PAPERS))
    return head + items + papers


@pytest.mark.long
def test_killed_a_hundred_times(secretary: Secretary, slow_web: Web, tmp_path: Path) -> None:
    kill_again_and_again(secretary, slow_web, tmp_path, KILLS)


def test_killed_a_few_times(secretary: Secretary, slow_web: Web, tmp_path: Path) -> None:
    kill_again_and_again(secretary, slow_web, tmp_path, 3)


def kill_again_and_again(secretary: Secretary, web: Web, tmp_path: Path, kills: int) -> None:
    seed = int(os.environ.get("DESPATCH_SEED", secrets.randbelow(1 << 32)))
    chance, totals, done = random.Random(seed), Told(), 0
    print(f"seed {seed}")  # noqa: T201  shown with a failure, and with -s
    while done < kills:
        lives = min(LIVES, kills - done)
        told = one_home(secretary, web, tmp_path / f"home{done}", chance, lives)
        done += lives
        totals.kept |= told.kept
        totals.gone |= told.gone
        totals.parts += told.parts
        for state, count in told.states.items():
            totals.states[state] = totals.states.get(state, 0) + count
    resumed = sum(bool(asked) for _, asked in web.asked)
    print(  # noqa: T201
        f"{done} kills: {len(totals.kept)} notes kept, {len(totals.gone)} taken out, {totals.parts} parts left behind, "
        f"{resumed} gone on with; versions found in {totals.states}"
    )
    assert totals.kept
    if totals.parts:
        assert resumed


def one_home(secretary: Secretary, web: Web, home: Path, chance: random.Random, lives: int) -> Told:
    """Several lives of one computer, each cut short; then it is left in peace and has everything."""
    laptop, told = Laptop(home), Told()
    laptop.open()
    try:
        join_by_file(secretary, laptop, f"Jane Doe, {home.name}")  # a name is one person on a roster
        laptop.close()
        for number in range(lives):
            # On a busy machine a life may end before anything is written: the last always comes to a note.
            live_and_die(home, laptop.key, chance.uniform(0.0, LONGEST), told, from_note=number == lives - 1)
            look_at(home, laptop.key, told)
        laptop.open()
        laptop.fetch()
        assert set(laptop.states().values()) == {"indexed"}
        assert len(laptop.states()) == PAPERS
        assert [page for _, page in laptop.found("Paper1")] == list(range(40))
        assert list((home / "papers").glob("*.part")) == []
        marks = {mark.id for mark in laptop.do(laptop.room.holdings.annotations.all)}  # type: ignore[union-attr]
        assert told.kept <= marks
    finally:
        laptop.close()
    return told


def live_and_die(home: Path, key: bytes, life: float, told: Told, from_note: bool = False) -> None:
    """Start, let it work for a while (with from_note, from its first note on), and kill it without a word.

    Its workers must end by themselves.
    """
    child = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("killed.py")), str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )
    assert child.stdin
    assert child.stdout
    try:
        child.stdin.write(key.hex() + "\n")
        child.stdin.close()
        assert child.stdout.readline() == "ready\n"
        killer = kill_after(LONG if from_note else life, child)
        for line in child.stdout:
            if line.endswith("\n"):
                told.take(line.strip())
            if from_note:
                killer.cancel()
                killer, from_note = kill_after(life, child), False
        killer.cancel()
        assert child.wait(LONG) == -signal.SIGKILL
        assert is_empty(child.pid), "a worker outlived its window"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()


def kill_after(seconds: float, child: "subprocess.Popen[str]") -> threading.Timer:
    timer = threading.Timer(seconds, child.kill)
    timer.start()
    return timer


def is_empty(session: int) -> bool:
    """Whether the last process of a session has ended, soon."""
    end, pause = time.monotonic() + LONG, threading.Event()
    while time.monotonic() < end:
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return True
        pause.wait(0.02)
    return False


def look_at(home: Path, key: bytes, told: Told) -> None:
    """The store opens, is sound, and holds all that was told; no paper is called readable that is not."""
    held = Holdings.open(home, key)
    try:
        check_sound(held.store)
        marks = {mark.id for mark in held.annotations.all()}
        assert told.kept <= marks, f"lost {len(told.kept - marks)} notes"
        assert not told.gone & marks
        for mark in told.unsure:
            (told.kept if mark in marks else told.gone).add(mark)
        told.unsure.clear()
        for record in held.packs.all():
            pack = kept_pack(record.index)
            rows = held.versions.of_pack(record.id)
            assert {row.paper_id for row in rows} == {each.id for each in pack.papers}
            for row in rows:
                told.states[row.state] = told.states.get(row.state, 0) + 1
                if row.state in ("stored", "indexed"):
                    check_readable(held, row.sha256, row.sealed_sha256, row.pages)
                if row.state == "indexed":
                    assert held.versions.pages_with_text(row.sha256) == set(range(row.pages))
        told.parts += len(list((home / "papers").glob("*.part")))
    finally:
        held.store.close()


def check_sound(store: Store) -> None:
    assert store.rows("PRAGMA integrity_check") == [("ok",)]
    assert store.rows("PRAGMA foreign_key_check") == []
    store.write("INSERT INTO finding (finding, rank) VALUES ('integrity-check', 1)")


def check_readable(held: Holdings, sha256: str, sealed: str, pages: int) -> None:
    assert hashlib.sha256(held.files.path(sealed).read_bytes()).hexdigest() == sealed
    versions: Versions = held.versions
    assert len(versions.pages(sha256)) == pages
