"""Choosing a passphrase: typed twice, its strength said in words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Leading, PassphraseField, Text, column

LEAST = 12
_COMMON = (
    "password",
    "passphrase",
    "letmein",
    "welcome",
    "qwerty",
    "abc123",
    "despatch",
    "12345",
    "iloveyou",
    "monkey",
)
_WORD_BITS = 10.0  # a word picked by a person, not by dice


@dataclass(frozen=True)
class Verdict:
    """What is said of a passphrase. tone: bad, warn or good; enough: whether it will be taken."""

    words: str
    tone: str
    enough: bool


def judge(passphrase: str) -> Verdict:
    """How strong a passphrase is, in words. Guesswork on the cautious side: it knows no dictionary."""
    if len(passphrase) < LEAST:
        return Verdict(f"Too short: use at least {LEAST} characters. Four words of your own are good.", "bad", False)
    if len(set(passphrase.lower())) < 5 or any(word in passphrase.lower() for word in _COMMON):
        return Verdict("Too easy to guess: it repeats itself, or holds a word that is tried first.", "bad", False)
    bits = _guess_bits(passphrase)
    if bits < 40:
        return Verdict("Fair. One more word would make it strong.", "warn", True)
    if bits < 55:
        return Verdict("Strong.", "good", True)
    return Verdict("Very strong.", "good", True)


def _guess_bits(passphrase: str) -> float:
    words = [word for word in passphrase.replace("-", " ").split() if len(word) > 2]
    if len(words) >= 3:
        return _WORD_BITS * len(set(words)) + (
            4 if any(not letter.isalpha() and letter != " " for letter in passphrase) else 0
        )
    kinds = (str.islower, str.isupper, str.isdigit)
    letters = sum(size for kind, size in zip(kinds, (26, 26, 10), strict=True) if any(map(kind, passphrase)))
    letters += 20 if any(not letter.isalnum() for letter in passphrase) else 0
    # Half the letters of a word follow from the other half.
    plain = passphrase.isalpha()
    return len(set(passphrase)) * math.log2(max(letters, 2)) * (0.5 if plain else 0.75)


class NewPassphrase(Leading):
    """Two fields, one verdict, one button. Says `chosen` with what is strong enough and typed twice alike."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, verb: str, name: str = "New passphrase", extra: Sequence[QWidget] = ()) -> None:
        """extra: what else is chosen by the same button, shown above it."""
        super().__init__()
        self.once = PassphraseField(theme, name)
        self.twice = PassphraseField(theme, "The same again")
        self.verdict = Text(_HINT, "quiet")
        self.match = Text("", "quiet")
        self.button = Button(verb, "primary")
        self.button.setEnabled(False)
        self.once.edited.connect(self._judge)
        self.twice.edited.connect(self._judge)
        self.once.submitted.connect(self.twice.setFocus)
        self.twice.submitted.connect(self.submit)
        self.button.clicked.connect(self.submit)
        self.first = self.once
        column(self, self.once, self.verdict, self.twice, self.match, *extra, self.button, space=8)
        self.match.hide()

    def clear(self) -> None:
        """Forget what was typed."""
        self.once.clear()
        self.twice.clear()

    def submit(self) -> None:
        """Hand the passphrase over, if it will do, and forget it here."""
        if not self.button.isEnabled():
            announce(self, f"{self.verdict.text()} {self.match.text()}")
            return
        passphrase = self.once.text()
        self.clear()
        self.chosen.emit(passphrase)

    def _judge(self) -> None:
        first, second = self.once.text(), self.twice.text()
        verdict = judge(first)
        self.verdict.say(verdict.words if first else _HINT, verdict.tone if first else "quiet")
        alike = first == second
        self.match.say(_MATCH[alike] if second else "", "good" if alike else "warn")
        self.button.setEnabled(verdict.enough and alike)


_HINT = f"At least {LEAST} characters. Four words that mean something only to you are strong and easy to remember."
_MATCH = {True: "Both are the same.", False: "The two are not the same yet."}
