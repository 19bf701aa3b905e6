"""What an abbreviation under the pointer, or the one that is selected, stands for."""

import html
from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip

from desktop.papers.acronyms import bare_acronym, is_acronym
from desktop.ui.kit.bridge import Bridge
from desktop.ui.panels.meaning import Meaning, say_meaning
from desktop.ui.reader.canvas import PageCanvas
from desktop.ui.reading.open_pack import OpenPack

Explain = Callable[[str, str], "Future[Meaning | None]"]  # word, pack id

_NONE = "Select an abbreviation first, as BAF: by a double click, or with the caret (F7)."
_SEVERAL = "Select one abbreviation at a time."


class Explaining(QObject):
    """Watches the canvases given to it. say: tells a sentence over the page, for who asks by key."""

    def __init__(self, bridge: Bridge, explain: Explain, say: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._explain, self._say = bridge, explain, say
        self._canvases: dict[QObject, tuple[PageCanvas, Callable[[], OpenPack | None]]] = {}

    def watch(self, canvas: PageCanvas, pack: Callable[[], OpenPack | None]) -> None:
        """Explain words under the pointer of this canvas. pack: what it shows."""
        port = canvas.viewport()
        self._canvases[port] = (canvas, pack)
        port.installEventFilter(self)
        port.destroyed.connect(lambda: self._canvases.pop(port, None))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The pointer has come to rest."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and watched in self._canvases:
            canvas, pack_of = self._canvases[watched]
            word, pack = canvas.word_under(QPointF(event.pos())), pack_of()
            if pack is not None and is_acronym(bare_acronym(word)):
                place = event.globalPos()
                asked = self._explain(word, pack.id)
                self._bridge.then(asked, lambda found: self._show(canvas, place, word, found), owner=self)
                return True
        return super().eventFilter(watched, event)

    def ask(self, canvas: PageCanvas, pack: OpenPack | None) -> None:
        """Explain the abbreviation that is selected or at the caret; said also where nothing is known."""
        words = canvas.selected_text().split() or [canvas.caret.word]
        found = dict.fromkeys(bare for word in words if is_acronym(bare := bare_acronym(word)))
        if pack is None or len(found) != 1:
            self._say(_SEVERAL if found else _NONE)
            return
        word = next(iter(found))
        asked = self._explain(word, pack.id)
        self._bridge.then(asked, lambda found: self._say(say_meaning(word, found)), owner=self)

    def _show(self, canvas: PageCanvas, place: QPoint, word: str, found: Meaning | None) -> None:
        if found is not None and canvas.isVisible():
            # Its words come out of papers: they are no markup, and may need more than a line.
            QToolTip.showText(place, f"<qt>{html.escape(say_meaning(word, found))}</qt>", canvas.viewport())
