"""The colours, as named tokens, in one place. Each is "#rrggbb". What may lie on what is said in `PAIRS` and tested."""

import colorsys
from dataclasses import dataclass


@dataclass(frozen=True)
class Colours:
    """One palette.

    surface: the window; raised: cards, fields and panels upon it; sunken: the ground behind the pages.
    ink, quiet: text. line: hairlines that only separate; control: outlines of what can be used; focus: the ring.
    accent: the one accent, for what to do next and for links; on_accent: text upon it.
    hover, pressed, chosen: grounds of rows and buttons. good, warn, bad: text and icons of states.
    paper: a page before its image is here, and the tint to multiply it with. selection, hit, hit_now and the notes'
    colours are multiplied over the page, so that print under them stays legible; print is dark in every palette,
    because pages are light. night, night_ink: paper and print of a page that is shown dark on request; the colours over
    it are then `at_night`.
    """

    surface: str
    raised: str
    sunken: str
    ink: str
    quiet: str
    line: str
    control: str
    focus: str
    accent: str
    on_accent: str
    hover: str
    pressed: str
    chosen: str
    good: str
    warn: str
    bad: str
    paper: str
    selection: str
    hit: str
    hit_now: str
    note_question: str
    note_risk: str
    note_action: str
    note_agree: str
    note_challenge: str
    night: str = "#1b1d20"
    night_ink: str = "#e8e5df"
    dark: bool = False


LIGHT = Colours(
    surface="#f4f2ee", raised="#fcfbf9", sunken="#e3e0da",
    ink="#22252a", quiet="#565b63", line="#dcd8d0", control="#7f7b73", focus="#1c5d8f",
    accent="#1c5d8f", on_accent="#ffffff", hover="#ebe8e2", pressed="#dfdbd3", chosen="#dde8f0",
    good="#1f6a3a", warn="#7d4e00", bad="#a3261f",
    paper="#ffffff", selection="#b5d5f2", hit="#ffe9a3", hit_now="#ffc266",
    note_question="#ffe57a", note_risk="#ffb8ab", note_action="#abd6ff", note_agree="#b6e7b0", note_challenge="#dcc4fb",
)  # fmt: skip

SEPIA = Colours(
    surface="#efe5d0", raised="#f8f0df", sunken="#ddd0b6",
    ink="#352a1c", quiet="#64553f", line="#dccfb4", control="#84744f", focus="#7a4214",
    accent="#7a4214", on_accent="#fff8ea", hover="#e8dcc3", pressed="#ddcfb1", chosen="#ecd9b8",
    good="#3c5f1e", warn="#7b4600", bad="#96261b",
    paper="#faf3e3", selection="#c9d6dd", hit="#fbe08f", hit_now="#f7bb5e",
    note_question="#fbdf72", note_risk="#f6b3a1", note_action="#b3d0e6", note_agree="#bddc9f", note_challenge="#d9c0e6",
)  # fmt: skip

DARK = Colours(
    surface="#1d1f22", raised="#26292d", sunken="#141618",
    ink="#e6e3dd", quiet="#aeaca6", line="#3a3e43", control="#83888f", focus="#8fbfe8",
    accent="#8fbfe8", on_accent="#0d2233", hover="#2e3237", pressed="#383d43", chosen="#2a3d4d",
    good="#86cc9d", warn="#e6b866", bad="#f49c93",
    paper="#e4e1da", selection="#9fc8ec", hit="#ffe08a", hit_now="#ffb84d",
    note_question="#ffe27a", note_risk="#ffb3a6", note_action="#a4d2ff", note_agree="#aee2a8", note_challenge="#d7bcfa",
    dark=True,
)  # fmt: skip

CONTRAST = Colours(
    surface="#000000", raised="#0a0a0a", sunken="#000000",
    ink="#ffffff", quiet="#e8e8e8", line="#8c8c8c", control="#ffffff", focus="#4de1ff",
    accent="#ffe04d", on_accent="#000000", hover="#2b2b2b", pressed="#3d3d3d", chosen="#173a4d",
    good="#86ff9f", warn="#ffcf66", bad="#ffada6",
    paper="#ffffff", selection="#8fd0ff", hit="#fff04d", hit_now="#ffb31a",
    note_question="#ffe95c", note_risk="#ff9c8c", note_action="#8cc8ff", note_agree="#93e68a", note_challenge="#cfa6ff",
    night="#000000", night_ink="#ffffff", dark=True,
)  # fmt: skip

PALETTES = {"light": LIGHT, "sepia": SEPIA, "dark": DARK, "contrast": CONTRAST}

NOTES = ("question", "risk", "action", "agree", "challenge")

_GROUNDS = ("surface", "raised", "hover", "pressed", "chosen")
# (what, on what, least ratio): text 4.5, outlines, icons of controls and focus 3.
PAIRS: tuple[tuple[str, str, float], ...] = (
    *((text, ground, 4.5) for text in ("ink", "quiet", "accent", "good", "warn", "bad") for ground in _GROUNDS),
    ("on_accent", "accent", 4.5),
    *((edge, ground, 3.0) for edge in ("control", "focus") for ground in ("surface", "raised", "hover", "chosen")),
    *(("focus", ground, 3.0) for ground in ("sunken", "pressed")),
    ("ink", "sunken", 4.5),
    ("night_ink", "night", 7.0),
)

_NIGHT_LIGHTNESS, _NIGHT_SATURATION = 0.24, 0.6


def at_night(colour: str) -> str:
    """A colour to be laid (as light is: screened) over a dark page: the same hue, too dark to drown pale print."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    made = colorsys.hls_to_rgb(hue, _NIGHT_LIGHTNESS, min(saturation, _NIGHT_SATURATION))
    return "#" + "".join(f"{round(part * 255):02x}" for part in made)


def contrast(one: str, other: str) -> float:
    """The ratio of two colours as the web's guidelines reckon it, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
