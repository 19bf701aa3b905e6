"""The scout's own life: it finds the key and the last still, says so, and ends."""

import json
import sys
from pathlib import Path
from typing import BinaryIO, NamedTuple

_MOST_PIECES, _TRIM, _NEVER = -4, -1, 1 << 30  # of mallopt(3)
_HUGE, _ADVICE = 2 << 20, 14  # bytes of a large page of memory; MADV_HUGEPAGE
_STRETCHED = 64 << 20  # bytes that a passphrase is stretched in, as a vault is made


class Found(NamedTuple):
    """What it says. key: b"" for none. asked: the keyring was. wrong: the passphrase was. still: packed, or b""."""

    key: bytes = b""
    asked: bool = False
    wrong: bool = False
    still: bytes = b""


def main(arguments: list[str]) -> int:
    """A scout as a program of its own. arguments: the store's folder. A passphrase, or nothing, by standard input."""
    from desktop.hardening import harden

    harden()
    say(sys.stdout.buffer, look(arguments[0], sys.stdin.buffer.read().decode("utf-8", "surrogatepass")))
    return 0


def look(folder: str, passphrase: str) -> Found:
    """Open the vault by the passphrase or, without one, by the keyring; and take the still."""
    from desktop.errors import KnownError
    from desktop.still import take_packed
    from desktop.vault import Vault, WrongPassphrase

    home = Path(folder)
    vault = Vault(home)
    try:
        if passphrase:
            _make_large_pages()
        key = vault.open_with_passphrase(passphrase) if passphrase else vault.open_with_keyring()
    except WrongPassphrase:
        return Found(wrong=True)
    except KnownError:
        return Found()  # said by the way in without a scout, which has a window to say it in
    if key is None:
        return Found(asked=True)
    return Found(key, still=take_packed(home, key))


def say(to: BinaryIO, found: Found) -> None:
    """A line of JSON, then the still."""
    facts = {"key": found.key.hex(), "asked": found.asked, "wrong": found.wrong}
    to.write(json.dumps(facts).encode() + b"\n" + found.still)


def _make_large_pages() -> None:
    """Have the memory that a passphrase is stretched in come in pages of 2 MB, where Linux has them.

    It is stretched by reading all over 64 MB: in pages of 4 KB that takes half as long again. Only for a process that
    does nothing else, for the C library is told to keep all its memory in one piece.
    """
    if sys.platform != "linux":
        return
    import contextlib
    import ctypes

    with contextlib.suppress(OSError, AttributeError):  # another C library: then it takes longer
        system = ctypes.CDLL(None)
        system.malloc.restype, system.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
        system.free.argtypes = [ctypes.c_void_p]
        system.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
        system.mallopt(_MOST_PIECES, 0)
        system.mallopt(_TRIM, _NEVER)
        if (start := system.malloc(_STRETCHED + 4 * _HUGE)) is not None:
            first = -(-start // _HUGE) * _HUGE
            system.madvise(first, _STRETCHED + 2 * _HUGE, _ADVICE)
            system.free(start)  # kept for the next who asks for as much
