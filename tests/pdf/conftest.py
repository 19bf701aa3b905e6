"""A client for each test, ended with it, and what it needs to see of its process."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.pdf.attendant import Limits
from desktop.pdf.client import PdfClient

Maker = Callable[..., PdfClient]


@pytest.fixture
def make_client() -> Iterator[Maker]:
    """Makes clients that are shut down at the end."""
    made: list[PdfClient] = []

    def make(draw: float = 10.0, open: float = 30.0, text: float = 20.0, memory_mb: int = 2048) -> PdfClient:
        made.append(PdfClient("test", memory_mb, Limits(draw, open, text)))
        return made[-1]

    yield make
    for client in made:
        client.shut_down()


@pytest.fixture
def client(make_client: Maker) -> PdfClient:
    """A client with the usual limits."""
    return make_client()


@pytest.fixture
def workers() -> Callable[[], set[int]]:
    """The ids of this process's living children; zombies count."""
    if not Path("/proc/self/stat").exists():
        pytest.skip("needs /proc")
    return lambda: {int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _is_ours(entry)}


def _is_ours(entry: Path) -> bool:
    try:
        after_name = (entry / "stat").read_text().rpartition(")")[2]
    except OSError:  # it ended meanwhile
        return False
    return int(after_name.split()[1]) == os.getpid()
