"""Sealing with age: keys, sealed bytes, and the tag and phrase that stand for a key."""

import hashlib
import re
from typing import Any

from desktop.errors import KnownError
from desktop.paths import resource

IDENTITY = re.compile(r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}")
RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")

_PHRASE_WORDS = 5
_WORDS = 1024


class CannotOpen(KnownError):
    """Sealed bytes that this key does not open, or that were changed."""


def new_key() -> tuple[str, str]:
    """A new age key pair: (identity, recipient)."""
    identity = _age().x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipient_of(identity: str) -> str:
    """The public half of an age identity."""
    return str(_age().x25519.Identity.from_str(identity).to_public())


def seal(plain: bytes, *recipients: str) -> bytes:
    """Seal bytes so that only the recipients' identities open them. Raises KnownError when one is no age recipient."""
    pyrage = _age()
    try:
        return bytes(pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(each) for each in recipients]))
    except pyrage.RecipientError as error:
        raise KnownError("The key these papers should be sealed to is not a valid one.") from error


def open_sealed(sealed: bytes, key: str) -> bytes:
    """The plain bytes. Raises CannotOpen when the key is another's, or anything in the bytes was changed or cut off."""
    pyrage = _age()
    try:
        return bytes(pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(key)]))
    except (pyrage.DecryptError, pyrage.IdentityError) as error:
        raise CannotOpen(
            "A sealed file could not be opened: it was changed on the way, or it is not meant for this device.",
            "Nothing of it was taken in.",
        ) from error


def tag_of(recipient: str) -> str:
    """The opaque name (32 hex digits) of a device in a repository."""
    return hashlib.sha256(f"despatch-tag/1\n{recipient}".encode()).hexdigest()[:32]


def phrase_of(recipient: str, *context: str) -> str:
    """Five words that both sides read out to each other; context (body id, secretary, and what else they are to vouch
    for) must be the same on both."""
    # Stretched (about 50 ms), so that nobody can try keys until one has the same fifty bits.
    salt = "\n".join(("despatch-phrase/1", *context)).encode()
    number = int.from_bytes(hashlib.scrypt(recipient.encode(), salt=salt, n=2**14, r=8, p=1, dklen=8), "big")
    words = _words()
    picked = []
    for _ in range(_PHRASE_WORDS):
        number, place = divmod(number, _WORDS)
        picked.append(words[place])
    return " ".join(picked)


def _age() -> Any:
    # Imported late, for the window's sake; untyped, so its values are made ours at each call.
    import pyrage  # type: ignore[import-untyped]

    return pyrage


def _words() -> list[str]:
    words = resource("words.txt").read_text("utf-8").split()
    if len(set(words)) != _WORDS:
        raise ValueError(f"words.txt has {len(set(words))} words instead of {_WORDS}")
    return words
