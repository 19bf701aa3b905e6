"""What a person has set: plain facts, in a small open file: the look is needed before the store is."""

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

LOCK_MINUTES = (5, 10, 15, 30, 60, 0)  # 0: only when asked
_FILE = "settings.json"


@dataclass(frozen=True)
class Settings:
    """Nothing in it says what anybody reads.

    theme: a palette's name or "system". text_size: points. motion: False where movement is unwelcome. dark_pages: pages
    are shown dark, whatever the theme. lock_minutes: minutes without a key or the mouse until the store is locked,
    0 for never. window: geometry in hex. pages: where pages lay in it, as `desktop.reader.glance.Port` says it.
    fetch_by_itself: False where packs come only when asked for, as on a dear connection. tell_arrivals: say so when
    papers came. rest_in_tray: Despatch goes on fetching, in the tray, when its window is closed. keys: what a person
    has given to commands, by their ids.
    note_names: what the colours of notes are called, by their ids; those left out have their own names.
    """

    theme: str = "system"
    text_size: int = 12
    motion: bool = True
    dark_pages: bool = False
    lock_minutes: int = 15
    window: str = ""
    pages: dict[str, float] = field(default_factory=dict)
    fetch_by_itself: bool = True
    tell_arrivals: bool = True
    rest_in_tray: bool = False
    keys: dict[str, str] = field(default_factory=dict)
    note_names: dict[str, str] = field(default_factory=dict)


def load_settings(folder: Path) -> Settings:
    """The settings of a data folder; what is missing, damaged or of another kind takes its default."""
    try:
        found = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()  # nothing in it is worth stopping anybody's reading for
    if not isinstance(found, dict):
        return Settings()
    plain = Settings()
    known = {
        each.name: found[each.name]
        for each in fields(Settings)
        if type(found.get(each.name)) is type(getattr(plain, each.name))
    }
    for name in ("keys", "note_names"):
        given = known.get(name, {})
        known[name] = {each: said for each, said in given.items() if isinstance(each, str) and isinstance(said, str)}
    return Settings(**known)


def save_settings(folder: Path, settings: Settings) -> None:
    """Replace the file in one step. Raises OSError where the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = folder / f"{_FILE}.new"
    fresh.write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
    os.replace(fresh, folder / _FILE)
