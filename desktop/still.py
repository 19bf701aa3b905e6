"""The last the window showed of a pack, sealed: the next start shows it before anything else is loaded or open."""

import hashlib
import hmac
import json
import os
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

_FILE = "still"
_BOUND_TO = b"Despatch still 1"
_NONCE = 12
_MOST = 256 << 20  # bytes of pixels; a window over several large screens has fewer
_QUICK = 1  # of zlib's levels: the others take three times as long for a tenth less


@dataclass(frozen=True)
class Still:
    """A picture and where it lay in the window. left, top: logical pixels. ratio: device pixels per logical pixel.

    background: a colour's name, of what the picture leaves free. pixels: rows of four bytes a pixel, as screens have
    them, from the top, nothing between them.
    """

    left: int
    top: int
    width: int
    height: int
    ratio: float
    background: str
    pixels: bytes


def keep_still(folder: Path, key: bytes, still: Still) -> None:
    """Seal it with the store's key, in place of the one before. Raises OSError; then none is kept."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

    facts = asdict(still)
    pixels = facts.pop("pixels")
    packed = zlib.compress(json.dumps(facts).encode() + b"\n" + pixels, _QUICK)
    nonce = os.urandom(_NONCE)
    sealed = AESGCMSIV(_key(key)).encrypt(nonce, packed, _BOUND_TO)
    try:
        fresh = folder / f"{_FILE}.new"
        fresh.write_bytes(nonce + sealed)
        os.replace(fresh, folder / _FILE)
    except OSError:
        forget_still(folder)
        raise


def take_still(folder: Path, key: bytes) -> Still | None:
    """The still, which is then no longer kept; None where there is none, or not one that this key sealed.

    It is shown once: after a start that came to nothing else it would be of another time than the pack is.
    """
    return unpacked(take_packed(folder, key))


def take_packed(folder: Path, key: bytes) -> bytes:
    """The same as it was packed, a thirtieth of its size, for `unpacked`; b"" for none."""
    try:
        data = (folder / _FILE).read_bytes()
    except OSError:
        return b""
    forget_still(folder)
    return _opened(data, key)


def unpacked(packed: bytes) -> Still | None:
    """The still; None where that is none."""
    try:
        plain = zlib.decompressobj().decompress(packed, _MOST)
        facts, _, pixels = plain.partition(b"\n")
        return still_of(json.loads(facts), pixels)
    except (zlib.error, ValueError):
        return None


def has_still(folder: Path) -> bool:
    """Whether one is kept."""
    return (folder / _FILE).exists()


def forget_still(folder: Path) -> None:
    """Keep none. Where it cannot be removed, it can still not be read without the key."""
    for name in (_FILE, f"{_FILE}.new"):
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError:
            return


def still_of(facts: dict[str, object], pixels: bytes) -> Still:
    """From what `asdict` says of one, without its pixels. Raises ValueError where these are not as many as it says."""
    numbers = [facts.get(name) for name in ("left", "top", "width", "height")]
    left, top, width, height = (number if isinstance(number, int) else -1 for number in numbers)
    ratio, background = facts.get("ratio"), facts.get("background")
    if not isinstance(ratio, int | float) or not isinstance(background, str) or min(width, height) <= 0 or ratio <= 0:
        raise ValueError("not a still")
    if len(pixels) != 4 * width * height:
        raise ValueError("not as many pixels as it says")
    return Still(left, top, width, height, ratio, background, pixels)


def _opened(data: bytes, key: bytes) -> bytes:
    """Packed as it was sealed; b"" where this key did not seal it."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

    try:
        return AESGCMSIV(_key(key)).decrypt(data[:_NONCE], data[_NONCE:], _BOUND_TO)
    except (InvalidTag, ValueError):
        return b""


def _key(key: bytes) -> bytes:
    return hmac.digest(key, _BOUND_TO, hashlib.sha256)
