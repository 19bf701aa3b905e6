"""The key to the store: random, and wrapped in up to three slots of which any one opens it.

vault.json lies beside the store and holds no secret: the data key sealed by AES-256-GCM-SIV under a key from the
system's keyring, under one from the passphrase (Argon2id), and under one from the printed recovery code. Seals are
bound to the vault and to their slot. Opening is slow on purpose or may wait on a prompt: never on the window's thread.
"""

from desktop.vault.errors import NoSuchSlot, TooSoon, VaultTrouble, WrongPassphrase, WrongRecoveryCode
from desktop.vault.keyrings import system_keyring
from desktop.vault.vault import Vault

__all__ = [
    "NoSuchSlot",
    "TooSoon",
    "Vault",
    "VaultTrouble",
    "WrongPassphrase",
    "WrongRecoveryCode",
    "system_keyring",
]
