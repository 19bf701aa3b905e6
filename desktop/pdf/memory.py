"""Memory that client and worker share for pages' pixels. It has no name to be found by, so nothing stays behind."""

import mmap
import os
import sys

from desktop.pdf.spawning import SIZE, SLOT, nameless_memory

_WORTH_GIVING_BACK = 16 << 20  # bytes; less stays with the slot for the next page


class Pixels:
    """The client's end. Slots take no memory until something is drawn in them."""

    def __init__(self, file: int | None = None) -> None:
        """file: the handle of memory that there is already."""
        self.files: tuple[int, ...] = ()  # what the child must inherit
        if sys.platform == "win32":
            self.handle = "name:despatch-" + os.urandom(16).hex()
            self._memory = mmap.mmap(-1, SIZE, tagname=self.handle[5:])
        else:
            file = _nameless_file() if file is None else file
            self.files, self.handle = (file,), f"file:{file}"
            self._memory = mmap.mmap(file, SIZE)

    def take(self, slot: int, length: int) -> bytes:
        """Copy the first length bytes of a slot; a large slot's memory is given back."""
        start = slot * SLOT
        copy = self._memory[start : start + length]
        if sys.platform == "linux" and length > _WORTH_GIVING_BACK:
            self._memory.madvise(mmap.MADV_REMOVE, start, SLOT)
        return copy

    def close(self) -> None:
        """Let go of it; it is gone once the worker is too."""
        self._memory.close()
        for file in self.files:
            os.close(file)
        self.files = ()


def attach(handle: str) -> mmap.mmap:
    """The worker's end, from the handle it was started with."""
    kind, _, place = handle.partition(":")
    if sys.platform == "win32":
        return mmap.mmap(-1, SIZE, tagname=place)
    if kind != "file":
        raise ValueError(handle)
    memory = mmap.mmap(int(place), SIZE)
    os.close(int(place))
    return memory


def _nameless_file() -> int:
    if sys.platform == "linux":
        return nameless_memory()
    return _unlinked_file()


def _unlinked_file() -> int:
    """Not multiprocessing.shared_memory: its resource tracker is one more process, and it opens by name."""
    import _posixshmem  # type: ignore[import-not-found]

    name = "/dsp" + os.urandom(8).hex()
    file = _posixshmem.shm_open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode=0o600)
    _posixshmem.shm_unlink(name)
    os.ftruncate(file, SIZE)
    return int(file)
