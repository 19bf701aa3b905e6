"""What the notes panel shows: of this paper, pack or body; of which kind, colour and state; in which order."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.library.note_filter import KIND_GROUPS, MINE, NoteFilter, Spelled, State
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import IconButton, SearchField
from desktop.ui.panels.colours import ColourRow

PAPER, PACK, BODY = "paper", "pack", "body"
PLACE, NEWEST, OLDEST = "place", "newest", "oldest"
_SCOPES = ((PACK, "This pack"), (PAPER, "This paper"), (BODY, "This body"))
_KINDS = {
    "highlights": "Highlights", "lines": "Lines at words", "notes": "Notes", "questions": "Questions",
    "words": "Text", "drawings": "Drawings",
}  # fmt: skip
_STATES = {
    State.TO_ASK: "Questions to ask", State.ASKED: "Questions asked", State.SHARED: "Shared with others",
    State.NEW: "New from others",
    State.EARLIER: "On an earlier version",
    State.CHECK: "? Needs a look", State.ORPHAN: "∅ No longer in the paper", State.CHANGED: "≈ Words changed",
    State.MOVED: "→ Moved", State.EXACT: "= Carried over as it was", State.KEPT: "◂ Kept with the earlier version",
}  # fmt: skip
_AUTHORS = (("", "By everybody"), (MINE, "By me"))
_ORDERS = ((PLACE, "In order of pages"), (NEWEST, "Newest first"), (OLDEST, "Oldest first"))


class NoteFilters(QWidget):
    """The fields over the list. changed: something else is wanted; scope_changed: from somewhere else."""

    changed = Signal()
    scope_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.scope, self.kind = _choice("Notes of", _SCOPES), _choice("Kind", (("", "All kinds"), *_KINDS.items()))
        self.state = _choice("State", (("", "In any state"), *_STATES.items()))
        self.order = _choice("Order", _ORDERS)
        self.author = _choice("Author", _AUTHORS)
        self.words = SearchField(theme, "Filter notes")
        self.spelled = Spelled()
        self.colours = ColourRow(theme, many=True)
        self.more = IconButton(theme, "funnel", "More filters", "", True)
        self.expand = IconButton(theme, "unfold-vertical", "Show every note whole", "", True)
        self._lay_out()
        self.more.toggled.connect(self._show_more)
        self.words.textChanged.connect(self.changed)
        self.colours.picked.connect(self.changed)
        self.expand.toggled.connect(self.changed)
        for choice in (self.author, self.kind, self.state, self.order):
            choice.currentIndexChanged.connect(self.changed)
        self.scope.currentIndexChanged.connect(self.scope_changed)
        assert set(_KINDS) == set(KIND_GROUPS)

    @property
    def wanted(self) -> NoteFilter:
        """What is looked for."""
        state = self.state.currentData()
        return NoteFilter(
            str(self.kind.currentData()), frozenset(self.colours.chosen()), State(state) if state else None,
            self.words.text(), self.spelled, str(self.author.currentData()),
        )  # fmt: skip

    def show_authors(self, authors: Mapping[str, str]) -> None:
        """The members whose notes are here, by person."""
        wanted = [*_AUTHORS, *((person, f"By {name}") for person, name in authors.items())]
        if wanted == [
            (self.author.itemData(place), self.author.itemText(place)) for place in range(self.author.count())
        ]:
            return
        chosen = self.author.currentData()
        self.author.blockSignals(True)
        self.author.clear()
        for person, words in wanted:
            self.author.addItem(words, person)
        self.author.setCurrentIndex(max(0, self.author.findData(chosen)))
        self.author.blockSignals(False)

    def show_for(self, bookmarks: bool) -> None:
        """Bookmarks are narrowed by words alone."""
        for widget in (self.colours, self.more, self.expand):
            widget.setVisible(not bookmarks)
        self._show_more(self.more.isChecked() and not bookmarks)

    def _show_more(self, shown: bool) -> None:
        for choice in (self.author, self.kind, self.state, self.order):
            choice.setVisible(shown)
        if not shown and not self.more.isChecked():
            self._clear()

    def _clear(self) -> None:
        """What is not seen narrows nothing."""
        for choice in (self.author, self.kind, self.state):
            choice.setCurrentIndex(0)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        across = QHBoxLayout()
        across.setSpacing(2)
        across.addWidget(self.scope, 1)
        across.addWidget(self.more)
        across.addWidget(self.expand)
        rows.addLayout(across)
        for widget in (self.author, self.kind, self.state, self.order, self.words, self.colours):
            rows.addWidget(widget)
        for choice in (self.author, self.kind, self.state, self.order):
            choice.hide()


def _choice(name: str, entries: "tuple[tuple[str, str], ...]") -> QComboBox:
    choice = QComboBox()
    choice.setAccessibleName(name)
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(8)
    choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    for value, words in entries:
        choice.addItem(words, value)
    return choice
