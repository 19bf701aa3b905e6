"""The system's keyring, where there is one we trust."""

import importlib
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

_SERVICE = "Despatch"
_ON_LINUX = "keyring.backends.SecretService"

# An environment variable or an extra package can make `keyring.get_keyring()` a file in the clear or a sink: only
# these are ever asked, by name, and what they say they keep is read back. Settings: what the environment could bend;
# on Windows the entry would otherwise roam to other machines.
_TRUSTED: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("keyring.backends.macOS", "Keyring", {"keychain": None}),
    ("keyring.backends.Windows", "WinVaultKeyring", {"persist": "local machine"}),
    (_ON_LINUX, "Keyring", {}),
    ("keyring.backends.kwallet", "DBusKeyring", {}),
)

# Where a backend cannot be: the Mac's, only to be loaded elsewhere, has the system's compiler look for its library.
_ELSEWHERE = {
    "keyring.backends.macOS": ("linux", "win32"),
    "keyring.backends.Windows": ("linux", "darwin"),
    _ON_LINUX: ("darwin", "win32"),
    "keyring.backends.kwallet": ("darwin", "win32"),
}


def system_keyring() -> "KeyringBackend | None":
    """The system's own keyring, or None where there is none we trust. May take a second; may wait on the desktop."""
    for module_name, class_name, settings in _TRUSTED:
        if sys.platform in _ELSEWHERE.get(module_name, ()):
            continue
        backend: type[KeyringBackend] = getattr(importlib.import_module(module_name), class_name)
        if backend.viable:
            keyring = backend()
            for name, value in settings.items():
                setattr(keyring, name, value)
            return keyring
    return None


def kept_at_hand(name: str) -> str | None:
    """What the system's keyring keeps for us under name, where it can be had without loading all of `keyring`."""
    if sys.platform != "linux" or not any(module == _ON_LINUX for module, _, _ in _TRUSTED):
        return None
    from desktop.vault import secret_service

    return secret_service.kept(_SERVICE, name)


def kept(keyring: "KeyringBackend", name: str) -> str | None:
    """What the keyring keeps for us under name; None where it is locked, refuses or keeps nothing."""
    return _answer(lambda: keyring.get_password(_SERVICE, name))


def keep(keyring: "KeyringBackend", name: str, secret: str) -> bool:
    """Give it to the keyring; False where it refuses, or does not give back what it took."""
    _answer(lambda: keyring.set_password(_SERVICE, name, secret))
    return kept(keyring, name) == secret


def forget(keyring: "KeyringBackend", name: str) -> bool:
    """Have the keyring delete it; False where it may be there still."""

    def gone() -> bool:
        if keyring.get_password(_SERVICE, name) is not None:
            keyring.delete_password(_SERVICE, name)
        return True

    return _answer(gone) is True


def _answer(ask: Callable[[], T]) -> T | None:
    """What the keyring says, or None where it fails. The other slots are the way on, so its reasons are not told."""
    try:
        return ask()
    except Exception:  # noqa: BLE001 - a backend raises whatever its platform's library raises
        return None
