"""What narrows a search of all packs: whose papers, from which meetings, of which kind, or the member's own notes."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QVBoxLayout, QWidget

from desktop.packs.pack import Pack, PaperKind
from desktop.search.finder import Narrowing
from desktop.ui.kit.words import say_short_date

_KINDS = {
    PaperKind.AGENDA: "Agendas",
    PaperKind.MINUTES: "Minutes",
    PaperKind.ACTION_LOG: "Action logs",
    PaperKind.REPORT: "Reports",
    PaperKind.ASSURANCE: "Assurance reports",
    PaperKind.APPENDIX: "Appendices",
    PaperKind.OTHER: "Other papers",
}


class SearchFilters(QWidget):
    """Says what was chosen as a `Narrowing`. The first entry of each list leaves everything."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = _choice("Body", "All bodies")
        self.since = _choice("From the meeting of", "From the first meeting")
        self.until = _choice("Up to the meeting of", "Up to the last meeting")
        self.kind = _choice("Kind of paper", "All kinds of paper")
        self.mine = QCheckBox("Only my notes and bookmarks")
        for kind, words in _KINDS.items():
            self.kind.addItem(words, kind)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        for choice in (self.body, self.since, self.until, self.kind):
            rows.addWidget(choice)
            choice.currentIndexChanged.connect(self.changed)
        rows.addWidget(self.mine)
        self.mine.toggled.connect(self.changed)

    @property
    def count(self) -> int:
        """How many of them narrow the search now."""
        choices = (self.body, self.since, self.until, self.kind)
        return sum(choice.currentIndex() > 0 for choice in choices) + self.mine.isChecked()

    def show_packs(self, packs: Iterable[Pack]) -> None:
        """Offer the bodies and meetings of these; what is chosen stays chosen while it is there."""
        every = sorted(packs, key=lambda pack: pack.meeting.held_on)
        bodies = {pack.body.id: pack.body.name for pack in every}
        days = {pack.meeting.held_on: say_short_date(pack.meeting.held_on) for pack in every}
        self.blockSignals(True)
        _offer(self.body, sorted(bodies.items(), key=lambda each: each[1]))
        _offer(self.since, [(day, f"From {said}") for day, said in days.items()])
        _offer(self.until, [(day, f"Up to {said}") for day, said in days.items()])
        self.blockSignals(False)
        self.body.setVisible(len(bodies) > 1)

    def clear(self) -> None:
        """Leave everything in."""
        self.blockSignals(True)
        for choice in (self.body, self.since, self.until, self.kind):
            choice.setCurrentIndex(0)
        self.mine.setChecked(False)
        self.blockSignals(False)

    def narrowing(self) -> Narrowing:
        """What is chosen."""
        body, kind = self.body.currentData(), self.kind.currentData()
        return Narrowing(
            bodies=frozenset([body] if body else []),
            since=self.since.currentData(),
            until=self.until.currentData(),
            kinds=frozenset([kind] if kind else []),
            mine=self.mine.isChecked(),
        )


def _choice(name: str, everything: str) -> QComboBox:
    choice = QComboBox()
    choice.setAccessibleName(name)
    choice.addItem(everything, None)
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(8)
    choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return choice


def _offer(choice: QComboBox, entries: "Iterable[tuple[object, str]]") -> None:
    chosen = choice.currentData()
    while choice.count() > 1:
        choice.removeItem(1)
    for value, words in entries:
        choice.addItem(words, value)
    place = next((place for place in range(1, choice.count()) if choice.itemData(place) == chosen), 0)
    choice.setCurrentIndex(place)
