"""The application's one style sheet, made from the tokens of a palette and the size of text."""

from desktop.paths import resource
from desktop.ui.kit.palettes import Colours

_STEP = 12  # points at which the measures below are drawn


def build_stylesheet(colours: Colours, size: int) -> str:
    """Qt style sheet text. size: plain text in points; measures grow with it, never under the least targets."""
    grow = max(1.0, size / _STEP)
    measures = {
        f"px{pixels}": f"{round(pixels * grow)}px" for pixels in (4, 5, 6, 7, 8, 10, 12, 15, 16, 18, 20, 24, 28, 32)
    }
    types = {
        "pt_lead": f"{size * 14 / 12:.1f}pt",
        "pt_head": f"{size * 16 / 12:.1f}pt",
        "pt_title": f"{size * 20 / 12:.1f}pt",
    }
    # A style sheet's images cannot be tinted, so these three are drawn twice.
    on_ground, on_accent = ("light", "dark") if colours.dark else ("dark", "light")
    marks = {
        "tick": resource("icons", f"tick-{on_accent}.svg").as_posix(),
        "drop": resource("icons", f"drop-{on_ground}.svg").as_posix(),
        "rise": resource("icons", f"rise-{on_ground}.svg").as_posix(),
        "ring": f"{round(8 * grow) + 2}px",
    }
    words = {name: value for name, value in vars(colours).items() if isinstance(value, str)} | measures | types | marks
    return _fill(resource("styles", "desktop.qss").read_text(encoding="utf-8"), words)


def _fill(sheet: str, words: dict[str, str]) -> str:
    # Longest names first: $note_risk must not be read as $note.
    for name in sorted(words, key=len, reverse=True):
        sheet = sheet.replace(f"${name}", words[name])
    return sheet
