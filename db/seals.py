"""Whether a key fits a store's file, asked of the file itself: tells a wrong key from damaged bytes."""

import hashlib
import hmac
from pathlib import Path

# SQLCipher 4's layout: pages of 4096 bytes ending in 16 bytes of IV and 64 of HMAC-SHA512 over all before it and the
# page's number; the first 16 bytes of the file are the salt. Only read after SQLCipher itself has refused the file.
_PAGE, _RESERVED, _SALT, _MAC = 4096, 80, 16, 64
_PAGES_ASKED = 64


def some_page_fits(path: Path, key: bytes) -> bool:
    """True if one of the first pages verifies under key: then the key is right and other bytes are damaged."""
    with path.open("rb") as file:
        start = file.read(_PAGE * _PAGES_ASKED)
    mask = bytes(byte ^ 0x3A for byte in start[:_SALT])
    mac_key = hashlib.pbkdf2_hmac("sha512", key, mask, 2, 32)
    return any(_fits(start[at : at + _PAGE], at // _PAGE + 1, mac_key) for at in range(0, len(start), _PAGE))


def _fits(page: bytes, number: int, mac_key: bytes) -> bool:
    said = page[_PAGE - _RESERVED + 16 : _PAGE - _RESERVED + 16 + _MAC]
    sealed = page[_SALT if number == 1 else 0 : _PAGE - _MAC] + number.to_bytes(4, "little")
    return len(page) == _PAGE and hmac.compare_digest(hmac.digest(mac_key, sealed, "sha512"), said)
