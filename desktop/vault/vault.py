"""The vault: makes the store's key, and opens it by keyring, passphrase or recovery code."""

import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import KnownError
from desktop.vault import keyrings
from desktop.vault.disk import cannot, replace
from desktop.vault.errors import NoSuchSlot, VaultTrouble, WrongPassphrase, WrongRecoveryCode
from desktop.vault.recovery import code_bytes, new_code
from desktop.vault.slots import KEY, WAYS, Contents, base64_of, bytes_of
from desktop.vault.tries import Tries

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_LARGEST = 1 << 16  # bytes; a real vault.json is under two thousand


class Vault:
    """The wrapped data key of the store in one folder. Every method reads the file anew."""

    def __init__(
        self,
        folder: Path,
        keyring: "Callable[[], KeyringBackend | None]" = keyrings.system_keyring,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """folder: the store's. keyring: finds the keyring when it is wanted. clock: seconds since the epoch."""
        self.path = folder / "vault.json"
        self._tries = Tries(folder / "vault.tries", clock)
        self._keyring = keyring

    def exists(self) -> bool:
        """Whether the vault was created."""
        return self.path.exists()

    def create(self, passphrase: str | None, use_keyring: bool) -> tuple[bytes, str]:
        """Make the data key; returns it with the recovery code, which is shown now and kept nowhere.

        There is always a recovery slot. Where the system has no keyring, `slots` will be without one.
        Raises VaultTrouble if a vault is there already: its store could never be opened again.
        """
        if self.exists():
            raise VaultTrouble(f"There is already a vault at {self.path}.", "It was left as it is.", "Unlock it.")
        key, code = secrets.token_bytes(KEY), new_code()
        contents = Contents.of(secrets.token_hex(8), key)
        contents.seal_with_recovery(key, code)
        if passphrase is not None:
            contents.seal_with_passphrase(key, _not_empty(passphrase))
        if use_keyring:
            self._seal_into_keyring(contents, key)
        self._write(contents)
        return key, code

    def slots(self) -> tuple[str, ...]:
        """How the vault can be opened: some of "keyring", "passphrase", "recovery". Raises VaultTrouble."""
        there = self._read().slots
        return tuple(way for way in WAYS if way in there)

    def open_with_keyring(self) -> bytes | None:
        """The data key, or None where this is not the way: no slot, no keyring here, or one that is locked, refuses or
        no longer holds our entry. Ask for the passphrase or the recovery code then. May wait on a prompt."""
        contents = self._read()
        wrapper = _wrapper(self._kept(contents.id)) if "keyring" in contents.slots else None
        return None if wrapper is None else contents.open_with("keyring", wrapper)

    def open_with_passphrase(self, passphrase: str) -> bytes:
        """The data key; takes about half a second. Raises WrongPassphrase, TooSoon (without trying) or NoSuchSlot."""
        contents = self._read()
        if "passphrase" not in contents.slots:
            raise NoSuchSlot("This store has no passphrase.", "Nothing was changed.", "Open it with the recovery code.")
        self._tries.pause()
        key = contents.open_with_passphrase(passphrase)
        if key is None:
            self._tries.was_wrong()
            raise WrongPassphrase
        self._tries.was_right()
        return key

    def open_with_recovery(self, code: str) -> bytes:
        """The data key. Case, spaces and hyphens do not matter. Raises WrongRecoveryCode or NoSuchSlot."""
        code_bytes(code)
        contents = self._read()
        if "recovery" not in contents.slots:
            raise NoSuchSlot("This store has no recovery code.", "Nothing was changed.", "Open it with the passphrase.")
        key = contents.open_with_recovery(code)
        if key is None:
            raise WrongRecoveryCode(
                "That is not this store's recovery code.", "Nothing was changed.", "Compare it with the printed one."
            )
        return key

    def set_passphrase(self, key: bytes, passphrase: str) -> None:
        """Set or change the passphrase. key: the data key, got by opening (ValueError if it is another)."""
        contents = self._read_with(key)
        contents.seal_with_passphrase(key, _not_empty(passphrase))
        self._write(contents)
        self._tries.was_right()

    def renew_recovery(self, key: bytes) -> str:
        """A new recovery code, shown now and kept nowhere; the old one opens nothing any more."""
        contents, code = self._read_with(key), new_code()
        contents.seal_with_recovery(key, code)
        self._write(contents)
        return code

    def remember_in_keyring(self, key: bytes) -> bool:
        """Let the system's keyring open the vault too; False where there is none that keeps what it is given."""
        contents = self._read_with(key)
        if not self._seal_into_keyring(contents, key):
            return False
        self._write(contents)
        return True

    def forget_keyring(self) -> bool:
        """Let the keyring open the vault no more; False where it could not be made to delete its entry, which now
        opens only older copies of vault.json. Calling this again tries again."""
        contents = self._read()
        if contents.slots.pop("keyring", None) is not None:
            self._write(contents)
        keyring = self._keyring()
        return keyring is not None and keyrings.forget(keyring, contents.id)

    def _kept(self, name: str) -> str | None:
        at_hand = keyrings.kept_at_hand(name) if self._keyring is keyrings.system_keyring else None
        if at_hand is not None:
            return at_hand
        keyring = self._keyring()
        return None if keyring is None else keyrings.kept(keyring, name)

    def _seal_into_keyring(self, contents: Contents, key: bytes) -> bool:
        keyring = self._keyring()
        wrapper = secrets.token_bytes(KEY)
        if keyring is None or not keyrings.keep(keyring, contents.id, base64_of(wrapper)):
            return False
        contents.seal_with("keyring", key, wrapper)
        return True

    def _read(self) -> Contents:
        try:
            with self.path.open("rb") as file:
                data = file.read(_LARGEST)
        except FileNotFoundError as error:
            raise VaultTrouble(
                f"There is no vault at {self.path}.",
                "The store beside it stays closed and unharmed.",
                "Put vault.json back from a backup of the folder.",
            ) from error
        except OSError as error:
            cannot("read", self.path, error)
        return Contents.from_bytes(data, str(self.path))

    def _read_with(self, key: bytes) -> Contents:
        contents = self._read()
        if not contents.belongs(key):
            raise ValueError("that key is not this vault's data key")
        return contents

    def _write(self, contents: Contents) -> None:
        replace(self.path, contents.to_bytes())


def _wrapper(said: str | None) -> bytes | None:
    """What the keyring kept, if it can be ours."""
    try:
        wrapper = bytes_of(said)
    except ValueError:
        return None
    return wrapper if len(wrapper) == KEY else None


def _not_empty(passphrase: str) -> str:
    if not passphrase.strip():
        raise KnownError("The passphrase is empty.", "Nothing was changed.", "Choose one of several words.")
    return passphrase
