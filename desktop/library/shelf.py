"""What stands on the shelf: bodies, meetings, packs and how far each has come and been read."""

from dataclasses import dataclass
from enum import Enum

from desktop.packs.pack import Meeting


class PackState(Enum):
    """What the shelf says of a pack, most pressing first."""

    TROUBLE = "something could not be fetched or read"
    DOWNLOADING = "papers are still on their way"
    NEW = "never opened"
    UPDATED = "a newer edition than the one last opened"
    UNREAD = "opened, with pages not yet seen"
    READ = "every page has been seen"


@dataclass(frozen=True)
class ShelfPack:
    """One row of the shelf. Sizes in bytes; read: pages seen of pages; decisions: items that ask for one."""

    pack_id: str
    title: str
    meeting: Meeting
    edition: int
    note: str
    state: PackState
    papers_here: int
    papers: int
    done: int
    size: int
    read: int
    pages: int
    decisions: int
    trouble: str = ""


@dataclass(frozen=True)
class ShelfBody:
    """A body and its packs, newest meeting first. phrase: the five words to read out while waiting to be admitted, else "".

    confirmed: when the repository's signatures last held (ISO, "" never); stale: that confirmation has run out.
    """

    body_id: str
    name: str
    organisation: str
    phrase: str
    confirmed: str
    stale: bool
    trouble: str
    packs: tuple[ShelfPack, ...]
