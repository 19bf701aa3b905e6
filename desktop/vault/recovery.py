"""The recovery code: 160 random bits, printed in groups, read back forgivingly."""

import secrets
import unicodedata

from desktop.vault.errors import WrongRecoveryCode

# Crockford's base32: no letter that looks like a digit; those that are typed instead are taken for what they look like.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011", " -‐‑–—\t\r\n")
_BYTES, _LENGTH, _GROUP = 20, 32, 4


def new_code() -> str:
    """A printable 160-bit code: eight groups of four."""
    number = secrets.randbits(_BYTES * 8)
    letters = "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def code_bytes(code: str) -> bytes:
    """The 20 bytes a typed code stands for; case, spaces and hyphens do not matter. Raises WrongRecoveryCode."""
    letters = unicodedata.normalize("NFKC", code).upper().translate(_MISREAD)
    if len(letters) != _LENGTH or set(letters) - set(_ALPHABET):
        raise WrongRecoveryCode(
            "That is not a recovery code.",
            "Nothing was changed.",
            f"It has {_LENGTH} letters and digits in groups of {_GROUP}; type all of them.",
        )
    number = 0
    for letter in letters:
        number = number << 5 | _ALPHABET.index(letter)
    return number.to_bytes(_BYTES, "big")
