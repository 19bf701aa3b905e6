"""The other members of a body, as the reader asks about them and sends notes to them."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from desktop.library.ends_told import Received
from desktop.library.post import Exchanged
from desktop.library.standing import Company

T = TypeVar("T")


@dataclass(frozen=True)
class Fellowship:
    """company: whom the notes of a body (by id) can be shared with. exchange: send what waits, and take in what came.
    export: write all that is shared to a file; how many devices it is for. bring: take in a file of notes."""

    company: Callable[[str], "Future[Company]"]
    exchange: Callable[[str], "Future[Exchanged]"]
    export: Callable[[str, Path], "Future[int]"]
    bring: Callable[[Path], "Future[Received]"]


def alone() -> Fellowship:
    """Of a reader who knows nobody else."""
    return Fellowship(
        lambda _body: _at_once(Company("", ())), lambda _body: _at_once(Exchanged()), lambda *_: _at_once(0),
        lambda _path: _at_once(Received()),
    )  # fmt: skip


def _at_once(answer: T) -> "Future[T]":
    known: Future[T] = Future()
    known.set_result(answer)
    return known
