"""What can go wrong with the vault, each told in sentences."""

from desktop.errors import KnownError


class WrongPassphrase(KnownError):
    """The passphrase does not open the vault."""

    def __init__(self) -> None:
        super().__init__("That is not the passphrase.", "Nothing was changed.", "Type it again.")


class WrongRecoveryCode(KnownError):
    """The recovery code does not open the vault, or is not one."""


class TooSoon(KnownError):
    """Too many wrong passphrases: wait is how many seconds are left before the next try counts."""

    def __init__(self, wait: float) -> None:
        super().__init__(
            "The passphrase was wrong several times, so the next try has to wait.",
            "Nothing was changed, and nothing is ever destroyed for a wrong passphrase.",
            f"Try again in {int(wait) + 1} seconds, or use the recovery code now.",
        )
        self.wait = wait


class VaultTrouble(KnownError):
    """The vault file is missing, damaged, from a newer release, already there, or cannot be written."""


class NoSuchSlot(KnownError):
    """The vault was not set up to open this way."""
