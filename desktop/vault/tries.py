"""How often the passphrase was wrong, so that guessing at the window gets slower and slower."""

from collections.abc import Callable
from pathlib import Path

from desktop.vault.disk import cannot, replace
from desktop.vault.errors import TooSoon

_FREE = 3
_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 300.0  # seconds


class Tries:
    """The count of wrong tries, kept in a file of its own so that the vault's is not rewritten for each."""

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        """clock: seconds since the epoch."""
        self._path, self._clock = path, clock

    def pause(self) -> None:
        """Raises TooSoon while the next try has to wait."""
        wrong, last = self._read()
        pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(wrong - _FREE, 16))
        since = self._clock() - last
        # A time to come means that the clock was set back: that must lock nobody out.
        if wrong >= _FREE and 0 <= since < pause:
            raise TooSoon(pause - since)

    def was_wrong(self) -> None:
        """Count one more. Raises VaultTrouble where that cannot be kept."""
        replace(self._path, f"{self._read()[0] + 1} {self._clock()}".encode())

    def was_right(self) -> None:
        """Forget the count."""
        try:
            if self._path.exists():
                self._path.unlink()
        except OSError as error:
            cannot("removed", self._path, error)

    def _read(self) -> tuple[int, float]:
        try:
            wrong, last = self._path.read_text("ascii").split()
            return int(wrong), float(last)
        except (OSError, ValueError):
            # None yet. Or spoilt: whoever can do that can delete it too, and it guards nothing but the window.
            return 0, 0.0
