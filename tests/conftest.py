"""Shared by every test: the corpus if it is here, and nothing left behind."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def corpus() -> Path:
    """Real packs and hostile files beside the project; skips where they are absent."""
    folder = ROOT.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip("the corpus of real packs is not beside this checkout")
    return folder


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """A test that leaves a thread behind has failed."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and thread.is_alive()]
    for thread in left:
        thread.join(5)
    still = [thread.name for thread in left if thread.is_alive()]
    assert not still, f"threads left running: {still}"
