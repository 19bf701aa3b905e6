"""Voices for reading aloud: the system's, where Qt finds one, and a silent one that only keeps the pace."""

import importlib.util
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

_LEAST_MS = 90  # a word is shown for at least so long
_PER_LETTER_MS = 45


class _Speaker(QObject):
    """Says one sentence at a time. word_came(start, length) in letters of what is said; ended once it was said.

    What was stopped does not end.
    """

    word_came = Signal(int, int)
    ended = Signal()


class SilentVoice(_Speaker):
    """Makes no sound: it leads the eye from word to word at an even pace."""

    name = "Silent: the words are marked at an even pace"

    def __init__(self, parent: QObject | None = None, pace: float = 1.0) -> None:
        """pace: 1.0 is about 160 words a minute."""
        super().__init__(parent)
        self._pace = pace
        self._spans: list[tuple[int, int]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def say(self, words: str) -> None:
        """Begin with the first word at once."""
        self._spans = []
        start = 0
        for word in words.split(" "):
            if word:
                self._spans.append((start, len(word)))
            start += len(word) + 1
        self._go_on()

    def stop(self) -> None:
        """Leave off."""
        self._timer.stop()
        self._spans = []

    def _go_on(self) -> None:
        if not self._spans:
            self.ended.emit()
            return
        start, length = self._spans.pop(0)
        self._timer.start(round((_LEAST_MS + _PER_LETTER_MS * length) / self._pace))
        self.word_came.emit(start, length)


class SystemVoice(_Speaker):
    """The system's own voice, by Qt's text-to-speech."""

    def __init__(self, speech: Any, parent: QObject | None = None) -> None:
        """speech: a QTextToSpeech that is ready to speak."""
        super().__init__(parent)
        self._speech = speech
        self._speaking = False
        speech.setParent(self)
        self.name = speech.voice().name() or "The voice of this computer"
        speech.sayingWord.connect(self._on_word)
        speech.stateChanged.connect(self._on_state)

    def say(self, words: str) -> None:
        """Begin; a sentence still being said is cut off."""
        self.stop()
        self._speaking = True
        self._speech.say(words)

    def stop(self) -> None:
        """Fall silent."""
        self._speaking = False
        self._speech.stop()

    def _on_word(self, _word: str, _utterance: int, start: int, length: int) -> None:
        if self._speaking:
            self.word_came.emit(start, length)

    def _on_state(self, state: Any) -> None:
        if self._speaking and state == type(state).Ready:
            self._speaking = False
            self.ended.emit()


Voice = SilentVoice | SystemVoice


def find_voice(parent: QObject) -> Voice | None:
    """The system's voice; None where Qt's text-to-speech is not installed, or finds no voice on this computer."""
    if importlib.util.find_spec("PySide6.QtTextToSpeech") is None:
        return None
    speech_of = importlib.import_module("PySide6.QtTextToSpeech").QTextToSpeech
    engines = [engine for engine in speech_of.availableEngines() if engine != "mock"]
    if not engines:
        return None
    speech = speech_of(engines[0])
    if not speech.availableVoices():
        speech.deleteLater()
        return None
    return SystemVoice(speech, parent)
