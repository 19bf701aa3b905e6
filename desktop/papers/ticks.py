"""Boxes that are ticked or not: `☒ Assured ☐ Not assured`, `[x] Assured [ ] Not assured`, `Decision ✓`."""

import re
from dataclasses import dataclass

_TICKED = r"[☒☑✓✔☓✗✘■]|\[\s*[xX✓✔]\s*\]|\(\s*[xX✓✔]\s*\)"
_EMPTY = r"[☐□▢❑❏]|\[\s*\]|\(\s{1,4}\)"
_BOX = re.compile(rf"(?P<ticked>{_TICKED})|(?P<empty>{_EMPTY})")


@dataclass(frozen=True)
class Ticks:
    """options: every box's words, in order; chosen: those that are ticked."""

    options: tuple[str, ...]
    chosen: tuple[str, ...]


def ticks_in(text: str) -> Ticks | None:
    """The boxes of a text; None where there are none."""
    found = list(_BOX.finditer(text))
    if not found:
        return None
    before = bool(text[: found[0].start()].strip(" :,;/"))
    options, chosen = [], []
    for place, box in enumerate(found):
        if before:  # the words stand before their box
            said = text[found[place - 1].end() if place else 0 : box.start()]
        else:
            said = text[box.end() : found[place + 1].start() if place + 1 < len(found) else len(text)]
        words = " ".join(said.split()).strip(" :,;/|")
        if words:
            options.append(words)
            if box["ticked"]:
                chosen.append(words)
    return Ticks(tuple(options), tuple(chosen)) if options else None
