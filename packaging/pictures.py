"""The README's pictures, taken from a tour drawn anew. Run by `python3 start.py pictures`."""

import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from PySide6.QtGui import QColor, QImage

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "resources" / "help" / "pictures"
# What a picture is called in the tour, after its number there.
SHOWN = {"shelf": "shelf", "reader": "note"}
COLOURS = 256
# How near two shades of one letter's edge lie for the eye to take them as one.
STEP = 16


def main() -> int:
    """Draw the tour in its light look, and keep what the README shows; returns the exit code."""
    with tempfile.TemporaryDirectory(prefix="despatch-pictures-") as name:
        drawn = subprocess.call([sys.executable, "-P", "-m", "desktop", "tour", name, "light"])
        return drawn or keep(Path(name) / "light", PICTURES)


def keep(tour: Path, folder: Path) -> int:
    """Copy the pictures into `folder`, made small; returns 1 where the tour has none of that name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, called in SHOWN.items():
        found = sorted(tour.glob(f"[0-9][0-9]-{called}.png"))
        if len(found) != 1:
            print(f"The tour has {len(found)} pictures called {called}, so {name}.png was left as it is.")
            return 1
        made = folder / f"{name}.png"
        small(QImage(str(found[0]))).save(str(made), "PNG", 0)  # type: ignore[call-overload]  # 0 packs hardest
        print(f"{made.relative_to(ROOT) if made.is_relative_to(ROOT) else made}: {made.stat().st_size / 1000:.0f} kB")
    return 0


def small(picture: QImage) -> QImage:
    """The same picture in its 256 commonest colours."""
    palette = [QColor(*colour).rgb() for colour in commonest(picture)]
    return picture.convertToFormat(QImage.Format.Format_Indexed8, palette)


def commonest(picture: QImage) -> list[tuple[int, int, int]]:
    """The colours most of the picture is in: half of them exactly, for surfaces; then one for each group of shades."""
    data = bytes(picture.convertToFormat(QImage.Format.Format_RGB32).constBits())
    seen = Counter(zip(data[2::4], data[1::4], data[0::4], strict=True))
    surfaces = [colour for colour, _ in seen.most_common(COLOURS // 2)]
    near: dict[tuple[int, ...], Counter[tuple[int, int, int]]] = {}
    for colour in seen.keys() - surfaces:
        near.setdefault(tuple(part // STEP for part in colour), Counter())[colour] = seen[colour]
    shades = sorted(near.values(), key=lambda group: -group.total())[: COLOURS - len(surfaces)]
    return [*surfaces, *(group.most_common(1)[0][0] for group in shades)]


if __name__ == "__main__":
    sys.exit(main())
