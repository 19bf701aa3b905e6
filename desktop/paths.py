"""Where things lie on this machine."""

import os
import sys
from pathlib import Path

_RESOURCES = Path(__file__).resolve().parents[1] / "resources"


def resource(*parts: str) -> Path:
    """A file that ships with the application, in checkout, wheel and frozen build alike."""
    return _RESOURCES.joinpath(*parts)


def data_folder() -> Path:
    """The folder of this person's store: DESPATCH_HOME, or the platform's place for application data. Not made here."""
    if home := os.environ.get("DESPATCH_HOME"):
        return Path(home)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData" / "Local"))) / "Despatch"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Despatch"
    return Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local" / "share"))) / "despatch"
