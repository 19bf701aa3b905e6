"""What can go wrong with the store, told in sentences a person can act on."""

import errno
from pathlib import Path


class StoreError(Exception):
    """Something a person can understand and mend: what happened, naming the file; what is safe; what to do."""

    def __init__(self, what: str, safe: str = "", do: str = "") -> None:
        super().__init__(" ".join(part for part in (what, safe, do) if part))
        self.what, self.safe, self.do = what, safe, do


class WrongKey(StoreError):
    """The key does not open this store."""


class NewerStore(StoreError):
    """The store was written by a later release."""


class DamagedStore(StoreError):
    """The file's bytes are not what was written."""


class NoRoom(StoreError):
    """The disk is full."""


class Busy(StoreError):
    """Another program holds the store."""


class OutOfReach(StoreError):
    """The file or its folder cannot be opened or written."""


class UnclearSearch(StoreError):
    """The index cannot read the query."""


def wrong_key(path: Path) -> WrongKey:
    """The key does not fit the file at path."""
    return WrongKey(
        f"The store {path} does not open with this key.",
        "Nothing was changed.",
        "Put back the vault file that belongs to this store, or restore both from one backup.",
    )


def newer_store(path: Path, steps: list[str]) -> NewerStore:
    """The store has been through migrations this release does not know."""
    return NewerStore(
        f"The store {path} was written by a newer release of Despatch ({', '.join(steps)}).",
        "Nothing was changed.",
        "Install the newer release to open it.",
    )


def damaged(path: Path) -> DamagedStore:
    """Bytes of the store do not verify."""
    return DamagedStore(
        f"The store {path} is damaged.",
        "The sealed papers beside it were not touched.",
        "Copy the folder to another disk as it is, then restore the store from a backup or fetch the packs again.",
    )


def no_room(path: Path) -> NoRoom:
    """A write to path found the disk full."""
    return NoRoom(
        f"There is no room left on the disk to write {path}.",
        "Everything saved before is still there.",
        "Free some space and try again.",
    )


def busy(path: Path) -> Busy:
    """Another connection holds the store's lock."""
    return Busy(
        f"The store {path} is in use by another program.",
        "Nothing was changed.",
        "Close the other window or command and try again.",
    )


def out_of_reach(path: Path) -> OutOfReach:
    """The system refuses to open or write path."""
    return OutOfReach(
        f"{path} cannot be opened or written.",
        "Nothing was changed.",
        "Check that the folder belongs to you, can be written, and that its disk is connected.",
    )


# SQLite's primary result codes; the driver gives the extended one, whose low byte is the primary.
_TOLD = {5: busy, 6: busy, 8: out_of_reach, 10: out_of_reach, 11: damaged, 13: no_room, 14: out_of_reach, 26: damaged}


def of_driver(error: Exception, path: Path) -> StoreError | None:
    """The driver's error as a sentence; None where it is a mistake of ours and should be seen as one."""
    code = getattr(error, "sqlite_errorcode", None)
    say = _TOLD.get(code & 0xFF) if isinstance(code, int) else None
    return say(path) if say else None


def of_system(error: OSError, path: Path) -> StoreError:
    """The system's error as a sentence."""
    return no_room(path) if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else out_of_reach(path)
