"""Earlier versions of papers, handed to the reader whole."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.annotations.differences import Change
from desktop.packs.book import Book

if TYPE_CHECKING:
    from desktop.library.earlier import Earlier
    from desktop.library.last_time import LastTime
    from desktop.registers.compared import Group


@dataclass(frozen=True)
class Editions:
    """Futures come from lanes. of_pack: by pack id. book: (pack id, paper id, sha256, title it goes by), None when it
    is not here. changes: between two versions (sha256 each). tell_carried: whether the notes of a pack (by id) are to
    be told of; said once an edition. last_time: the same standing paper in earlier packs (pack id, paper id), None
    where it is gone. since: what became of its parts (sha256 and day of the meeting, then and now).
    """

    of_pack: Callable[[str], "Future[list[Earlier]]"]
    book: Callable[[str, str, str, str], "Future[Book | None]"]
    changes: Callable[[str, str], "Future[list[Change]]"]
    tell_carried: Callable[[str], "Future[bool]"]
    last_time: Callable[[str, str], "Future[LastTime | None]"]
    since: Callable[[str, date, str, date], "Future[list[Group]]"]
