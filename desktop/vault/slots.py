"""The vault file's contents: the data key sealed once for each way of opening, and nothing secret."""

import base64
import hashlib
import hmac
import json
import os
import unicodedata
from dataclasses import asdict, dataclass, field
from typing import Any

from desktop.vault.errors import VaultTrouble
from desktop.vault.recovery import code_bytes

FORMAT = 1
KEY = 32
WAYS = ("keyring", "passphrase", "recovery")
_NONCE = 12

# Argon2id: the floor keeps a weakened file from being opened, the ceiling a hostile one from taking all memory.
_MEMORY, _MOST_MEMORY = 64 * 1024, 256 * 1024  # KiB
_PASSES, _MOST_PASSES = 3, 16
_LANES, _MOST_LANES = 4, 16
_SALT, _LONGEST_SALT = 16, 64


@dataclass(frozen=True)
class Slot:
    """One sealed copy of the data key. Argon2id's parameters are 0 in the other slots."""

    salt: bytes = b""
    nonce: bytes = b""
    sealed: bytes = field(default=b"", repr=False)
    memory: int = 0
    passes: int = 0
    lanes: int = 0


@dataclass(frozen=True)
class Contents:
    """The file. check: shows whether a data key is this vault's, and tells nothing of it."""

    id: str
    check: bytes
    slots: dict[str, Slot]

    @staticmethod
    def of(vault_id: str, key: bytes) -> "Contents":
        """A vault for this data key that nothing opens yet."""
        return Contents(vault_id, _check(vault_id, key), {})

    def belongs(self, key: bytes) -> bool:
        """Whether key is this vault's data key."""
        return hmac.compare_digest(self.check, _check(self.id, key))

    def seal_with_passphrase(self, key: bytes, passphrase: str) -> None:
        """Make the passphrase open the vault. Takes about half a second, by intent."""
        slot = Slot(os.urandom(_SALT), memory=_MEMORY, passes=_PASSES, lanes=_LANES)
        self._seal("passphrase", key, _stretched(passphrase, slot), slot)

    def seal_with_recovery(self, key: bytes, code: str) -> None:
        """Make the recovery code open the vault."""
        slot = Slot(os.urandom(_SALT))
        self._seal("recovery", key, _expanded(code, slot), slot)

    def seal_with(self, way: str, key: bytes, wrapper: bytes) -> None:
        """Make a random 32-byte wrapper, kept elsewhere, open the vault."""
        self._seal(way, key, wrapper, Slot())

    def open_with_passphrase(self, passphrase: str) -> bytes | None:
        """The data key, or None if that is not the passphrase; KeyError without such a slot."""
        return self.open_with("passphrase", _stretched(passphrase, self.slots["passphrase"]))

    def open_with_recovery(self, code: str) -> bytes | None:
        """The data key, or None if that is not the code; KeyError without such a slot. Raises WrongRecoveryCode."""
        return self.open_with("recovery", _expanded(code, self.slots["recovery"]))

    def open_with(self, way: str, wrapper: bytes) -> bytes | None:
        """The data key in a slot, or None if it was not sealed, in this vault and slot, with wrapper."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

        slot = self.slots[way]
        try:
            return AESGCMSIV(wrapper).decrypt(slot.nonce, slot.sealed, _bound_to(self.id, way))
        except InvalidTag:
            return None

    def _seal(self, way: str, key: bytes, wrapper: bytes, slot: Slot) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

        nonce = os.urandom(_NONCE)
        sealed = AESGCMSIV(wrapper).encrypt(nonce, key, _bound_to(self.id, way))
        self.slots[way] = Slot(slot.salt, nonce, sealed, slot.memory, slot.passes, slot.lanes)

    def to_bytes(self) -> bytes:
        """As the file says it."""
        slots = {way: _said(slot) for way, slot in self.slots.items()}
        return json.dumps({"format": FORMAT, "id": self.id, "check": base64_of(self.check), "slots": slots}).encode()

    @staticmethod
    def from_bytes(data: bytes, where: str) -> "Contents":
        """Read a file that anyone may have written. where: its path, for the sentence. Raises VaultTrouble."""
        try:
            said = json.loads(data)
            if said["format"] != FORMAT:
                raise _newer(where)
            slots = {_way(way): _slot(way, slot) for way, slot in said["slots"].items()}
            return Contents(_name(said["id"]), bytes_of(said["check"]), slots)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise _damaged(where) from error


def base64_of(data: bytes) -> str:
    """As text."""
    return base64.b64encode(data).decode("ascii")


def bytes_of(said: object) -> bytes:
    """From text. Raises ValueError for anything base64_of would not have said."""
    if not isinstance(said, str):
        raise ValueError("not text")
    return base64.b64decode(said, validate=True)


def _stretched(passphrase: str, slot: Slot) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    # The same words can be typed as different code points on another keyboard or system.
    typed = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    argon = Argon2id(salt=slot.salt, length=KEY, iterations=slot.passes, lanes=slot.lanes, memory_cost=slot.memory)
    return argon.derive(typed)


def _expanded(code: str, slot: Slot) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY, slot.salt, b"Despatch recovery code").derive(code_bytes(code))


def _bound_to(vault_id: str, way: str) -> bytes:
    return f"Despatch vault {FORMAT} {vault_id} {way}".encode()


def _check(vault_id: str, key: bytes) -> bytes:
    return hmac.digest(key, _bound_to(vault_id, "check"), hashlib.sha256)


def _said(slot: Slot) -> dict[str, object]:
    return {name: base64_of(value) if isinstance(value, bytes) else value for name, value in asdict(slot).items()}


def _slot(way: str, said: dict[str, Any]) -> Slot:
    sealing = (bytes_of(said["salt"]), bytes_of(said["nonce"]), bytes_of(said["sealed"]))
    slot = Slot(*sealing, said["memory"], said["passes"], said["lanes"])
    _within(len(slot.nonce), _NONCE, _NONCE)
    if way == "passphrase":
        _within(slot.memory, _MEMORY, _MOST_MEMORY)
        _within(slot.passes, _PASSES, _MOST_PASSES)
        _within(slot.lanes, _LANES, _MOST_LANES)
        _within(len(slot.salt), _SALT, _LONGEST_SALT)
    return slot


def _way(said: str) -> str:
    if said not in WAYS:
        raise ValueError("not a way to open a vault")
    return said


def _name(said: object) -> str:
    if not isinstance(said, str) or not 0 < len(said) <= 64:
        raise ValueError("not a vault's id")
    return said


def _within(number: object, least: int, most: int) -> None:
    if type(number) is not int or not least <= number <= most:
        raise ValueError("outside what is safe")


def _newer(where: str) -> VaultTrouble:
    return VaultTrouble(
        f"The vault {where} was written by another release of Despatch.",
        "Nothing was changed.",
        "Install the newest release.",
    )


def _damaged(where: str) -> VaultTrouble:
    return VaultTrouble(
        f"The vault {where} is damaged.",
        "The store beside it was not touched.",
        "Put vault.json back from a backup of the folder.",
    )
