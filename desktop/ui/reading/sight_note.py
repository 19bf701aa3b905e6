"""A page that search cannot see says so, quietly, while it is in sight."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.changes import Change, Event
from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import IconLabel, Text
from desktop.ui.panels.blindness import say_page, say_page_short
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.reading.pane import Pane
from desktop.ui.reading.split import Split

_MARGIN = 12


class Legibility(QObject):
    """Knows which pages of the open packs search cannot see, and has each pane say so of the page it shows."""

    def __init__(self, desk: ReadingDesk, split: Split) -> None:
        super().__init__(split)
        self._desk, self._split = desk, split
        self._pages: dict[str, dict[tuple[str, int], str]] = {}
        self._notes: dict[Pane, SightNote] = {}
        for pane in split.panes:
            self._watch(pane)
        split.made.connect(self._watch)
        split.changed.connect(self._forget_closed)
        desk.bridge.changed.connect(self._heard)

    def note(self, pane: Pane) -> "SightNote":
        """What a pane says."""
        return self._notes[pane]

    def _watch(self, pane: Pane) -> None:
        self._notes[pane] = SightNote(self._desk.theme, pane.canvas.viewport())
        pane.page_changed.connect(lambda: self._show(pane))

    def _show(self, pane: Pane) -> None:
        pack, page = pane.pack, pane.page
        if pack is not None and pack.id not in self._pages:
            self._ask(pack.id)
        pages = self._pages.get(pack.id, {}) if pack else {}
        self._notes[pane].say(pages.get((page.paper.paper_id, page.index), "") if page else "")

    def _ask(self, pack_id: str) -> None:
        self._pages.setdefault(pack_id, {})
        self._desk.bridge.then(self._desk.illegible(pack_id), lambda pages: self._take(pack_id, pages), owner=self)

    def _take(self, pack_id: str, pages: dict[tuple[str, int], str]) -> None:
        self._pages[pack_id] = pages
        for pane in self._split.panes:
            self._show(pane)

    def _heard(self, change: Change) -> None:
        if change.event is Event.PAPER_INDEXED and change.pack_id in self._pages:
            self._ask(change.pack_id)

    def _forget_closed(self) -> None:
        self._notes = {pane: note for pane, note in self._notes.items() if pane in self._split.panes}


class SightNote(QFrame):
    """A few words in the lower left corner of the pages. The mouse goes through it."""

    def __init__(self, theme: Theme, port: QWidget) -> None:
        super().__init__(port)
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._port = port
        self.words = Text("", "quiet", wrap=False)
        across = QHBoxLayout(self)
        across.setContentsMargins(8, 4, 12, 4)
        across.setSpacing(8)
        across.addWidget(IconLabel(theme, "eye-off", "quiet"))
        across.addWidget(self.words)
        port.installEventFilter(self)
        theme.changed.connect(self._settle)
        self.hide()

    def say(self, grade: str) -> None:
        """Say what a page of this grade is; nothing where its words can be had, or are still being read."""
        words = say_page_short(grade)
        if words and (self.isHidden() or words != self.words.text()):
            announce(self, say_page(grade))
        self.words.setText(words)
        self.setAccessibleName(say_page(grade))
        self.setVisible(bool(words))
        self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner."""
        if event.type() == QEvent.Type.Resize:
            self._settle()
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        """In one line where the pane is wide enough, else in as many as it takes."""
        self.words.setWordWrap(False)
        most, layout = self._port.width() - 2 * _MARGIN, self.layout()
        if self.sizeHint().width() <= most or layout is None:
            self.resize(self.sizeHint())
        else:
            self.words.setWordWrap(True)
            self.resize(most, layout.heightForWidth(most))
        self.move(_MARGIN, self._port.height() - self.height() - _MARGIN)
