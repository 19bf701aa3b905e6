"""What the kinds of marks are called, in a list and aloud."""

from typing import Protocol

from desktop.annotations.anchor import Anchor
from desktop.annotations.entries import (
    ARROW,
    DRAWN_KINDS,
    ELLIPSE,
    HIGHLIGHT,
    INK,
    LINE,
    NOTE,
    QUESTION,
    RECTANGLE,
    SQUIGGLY,
    STRIKE,
    TEXT,
    UNDERLINE,
    Asking,
    Sharing,
)  # fmt: skip
from desktop.ui.kit.theme import Theme

KIND_NAMES = {
    HIGHLIGHT: "Highlight", UNDERLINE: "Underline", STRIKE: "Strike out", SQUIGGLY: "Squiggly line",
    NOTE: "Note", QUESTION: "Question", TEXT: "Text", INK: "Pen",
    RECTANGLE: "Rectangle", ELLIPSE: "Ellipse", LINE: "Line", ARROW: "Arrow",
}  # fmt: skip
SIGNS = {"question": "?", "risk": "!", "action": "→", "agree": "✓", "challenge": "×"}
_LONGEST = 300  # letters of a note said in one go
_NEARBY = 60  # letters of the words something is drawn at


class Said(Protocol):
    """What must be known of an annotation to say it."""

    @property
    def kind(self) -> str: ...
    @property
    def colour(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def anchor(self) -> Anchor: ...
    @property
    def asking(self) -> Asking | None: ...
    @property
    def sharing(self) -> Sharing: ...


def describe(mark: Said, theme: Theme) -> str:
    """ "Underline, Risk: why now? On “cash position”." """
    head = f"{KIND_NAMES.get(mark.kind, mark.kind)}, {theme.note_name(mark.colour)}"
    if mark.asking is not None:
        head = f"{KIND_NAMES[QUESTION]}{say_asking(mark.asking)}"
    if mark.sharing.by:
        head = f"From {mark.sharing.name}, {head[0].lower()}{head[1:]}"
    words = shortened(mark.words, _LONGEST)
    quote = shortened(mark.anchor.exact, _NEARBY if mark.kind in DRAWN_KINDS else _LONGEST)
    between = " " if words.endswith(("?", "!", ".")) else ". "
    return f"{head}{': ' + words if words else ''}{f'{between}On “{quote}”' if quote else ''}"


def shortened(words: str, most: int) -> str:
    """Words on one line, ended with dots where there are more of them."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + "…"


def say_asking(asking: Asking) -> str:
    """ " for item 3.2, to the Director of Finance, asked": "" where nothing is known."""
    parts = [
        f" for item {asking.item}" if asking.item else "",
        f", to {asking.whom}" if asking.whom else "",
        ", asked" if asking.asked else ", not asked yet",
    ]
    return "".join(parts)
