"""What the reading view and reading aloud are asked by key and button, for the pane in use."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.ui.kit.notices import announce
from desktop.ui.kit.voice import SilentVoice, Voice, find_voice
from desktop.ui.panels.aloud_bar import AloudBar
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.reading.aloud import Aloud
from desktop.ui.reading.pane import Pane
from desktop.ui.reading.text_source import OutlineOf
from desktop.ui.reading.texting import PaneText, say_state


class ReadingView(QObject):
    """Makes a pane's text when it is first wanted. changed: something was opened or closed."""

    changed = Signal()

    def __init__(self, desk: ReadingDesk, outline_of: OutlineOf, bar: AloudBar, say: Callable[[str], None]) -> None:
        super().__init__(bar)
        self._desk, self._outline_of, self._bar = desk, outline_of, bar
        self._texts: dict[Pane, PaneText] = {}
        self.aloud = Aloud(desk, outline_of, self._find_voice, say, self)
        self.aloud.changed.connect(self.changed)
        bar.pause_asked.connect(self.aloud.pause)
        bar.back_asked.connect(lambda: self.aloud.step(False))
        bar.on_asked.connect(lambda: self.aloud.step(True))
        bar.end_asked.connect(self.aloud.end)

    def toggle(self, pane: Pane, alone: bool) -> None:
        """Show the pane's text, alone or beside the page; or, where it is shown so, the page alone."""
        text = self._text_of(pane)
        if text.is_open and text.is_alone == alone:
            text.close()
            announce(pane, "The page")
        else:
            text.open(alone)
            announce(pane, say_state(text))

    def toggle_aloud(self, pane: Pane) -> None:
        """Begin to read the pane aloud, or end."""
        if self.aloud.is_on:
            self.aloud.end()
            return
        self.aloud.begin(pane, self._text_of(pane), self._bar)

    def is_open(self, pane: Pane, alone: bool) -> bool:
        """Whether the pane's text is shown so."""
        text = self._texts.get(pane)
        return text is not None and text.is_open and text.is_alone == alone

    def focus(self, pane: Pane) -> bool:
        """Give the keys to the pane's text where it is shown alone; whether it is."""
        text = self._texts.get(pane)
        if text is None or not text.is_alone:
            return False
        text.view.setFocus()
        return True

    def leave(self) -> None:
        """The packs are left: nothing is said or shown any more, and no thread is kept."""
        self.aloud.close()
        for text in self._texts.values():
            text.leave()

    def _text_of(self, pane: Pane) -> PaneText:
        if pane not in self._texts:
            text = self._texts[pane] = PaneText(self._desk, self._outline_of, pane, pane.body)
            text.shown_changed.connect(self.changed)
            pane.destroyed.connect(lambda: self._texts.pop(pane, None))
        return self._texts[pane]

    def _find_voice(self) -> Voice:
        return find_voice(self) or SilentVoice(self)
