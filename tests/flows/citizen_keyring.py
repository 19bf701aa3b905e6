"""A keyring like the desktop's own, for a computer that has none: a test puts it in the trusted list."""

from typing import ClassVar

from keyring.backend import KeyringBackend
from keyring.compat import properties


class Keyring(KeyringBackend):
    """Keeps what it is given for as long as the test runs."""

    entries: ClassVar[dict[tuple[str, str], str]] = {}

    @properties.classproperty
    def priority(cls) -> float:
        return 1

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]
