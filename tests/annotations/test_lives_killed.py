"""A notebook whose process is killed at any moment: the store then holds what was shown as saved, each entry perhaps as
it was shown since, and nothing that nobody saw. The next life goes on with it."""

import json
import os
import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import notebook_life
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from notebook_life import stored
from test_notebook import make_bench

PATIENCE = 60.0  # seconds until a life that says nothing is ended
States = dict[str, str]
SEEDS = st.integers(0, 2**32)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills as Unix does")


@contextmanager
def life_of(home: Path, key: bytes, seed: int) -> Iterator[subprocess.Popen[bytes]]:
    """A process that works on this home until it is killed; gone, whatever happens, when this ends."""
    roots = (str(Path(notebook_life.__file__).parents[2]), str(Path(notebook_life.__file__).parent))
    child = subprocess.Popen(
        [sys.executable, notebook_life.__file__, str(home)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(roots)},
    )  # fmt: skip
    ending = threading.Timer(PATIENCE, child.kill)
    ending.start()
    try:
        assert child.stdin
        child.stdin.write(f"{key.hex()}\n{seed}\n".encode())
        child.stdin.close()
        yield child
    finally:
        ending.cancel()
        ending.join()
        child.kill()
        child.wait()
        assert child.stdout
        child.stdout.close()


def live_and_die(home: Path, key: bytes, seed: int, after: int) -> tuple[States, list[States]]:
    """Killed when it has told so many things; returns what was shown as saved last, and all that was shown since."""
    saved: States | None = None
    since: list[States] = []
    with life_of(home, key, seed) as child:
        assert child.stdout
        for number, line in enumerate(child.stdout):
            if number == after:
                child.send_signal(signal.SIGKILL)  # it goes on meanwhile; what it still told is read to the end
            if not line.endswith(b"\n"):
                break
            what, states = json.loads(line)
            if what == "saved":
                saved, since = states, []
            else:
                since.append(states)
    assert saved is not None, "the life never began"
    assert child.returncode == -signal.SIGKILL, "it ended by itself"
    return saved, since


def check(home: Path, key: bytes, saved: States, since: list[States]) -> None:
    bench = make_bench(home, key)
    try:
        found = stored(bench)
    finally:
        bench.close()
    for entry_id in {*found, *saved, *(each for states in since for each in states)}:
        may_be = [saved.get(entry_id), *(states.get(entry_id) for states in since)]
        assert found.get(entry_id) in may_be


def lives(folder: Path, seeds: list[tuple[int, int]]) -> None:
    """One after another on the same home."""
    home, key = folder / secrets.token_hex(4), secrets.token_bytes(32)
    for seed, after in seeds:
        check(home, key, *live_and_die(home, key, seed, after))


def test_what_was_shown_as_saved_is_there_after_a_kill(tmp_path: Path) -> None:
    lives(tmp_path, [(1, 40), (2, 9), (3, 120)])


@pytest.mark.long
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seeds=st.lists(st.tuples(SEEDS, st.integers(0, 200)), min_size=1, max_size=5))
def test_many_lives_are_cut_short(tmp_path: Path, seeds: list[tuple[int, int]]) -> None:
    lives(tmp_path, seeds)
