"""What makes a note a question: for which item, to whom, and whether it has been asked."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from desktop.annotations.entries import Asking
from desktop.packs.book import Book

_NO_ITEM = "No item"


class QuestionFields(QWidget):
    """Hidden for anything but a question. changed: by hand."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item, self.whom, self.asked = QComboBox(), QLineEdit(), QCheckBox("Asked")
        self.item.setAccessibleName("For which item")
        self.item.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.item.setMinimumContentsLength(12)
        self.item.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.whom.setAccessibleName("To whom")
        self.whom.setPlaceholderText("To whom")
        self.asked.setAccessibleName("Asked")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setVerticalSpacing(4)
        for row, (words, field) in enumerate((("For", self.item), ("To", self.whom))):
            label = QLabel(words)
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.asked, 2, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        self.item.activated.connect(self._take_item)
        self.whom.editingFinished.connect(self.changed)
        self.asked.clicked.connect(self.changed)
        self._leads: dict[str, str] = {}
        self._shown = Asking()

    @property
    def asking(self) -> Asking:
        """What the fields say."""
        item, whom = str(self.item.currentData() or ""), " ".join(self.whom.text().split())
        return replace(self._shown, item=item, whom=whom, asked=self.asked.isChecked())

    def show_items(self, book: Book) -> None:
        """Offer the items of a book's agenda."""
        self._leads = {item.number: item.lead for item in book.pack.items}
        chosen = self.asking.item
        self.item.clear()
        self.item.addItem(_NO_ITEM, "")
        for item in book.pack.items:
            self.item.addItem(f"{item.number}  {item.title}", item.number)
        self._choose(chosen)

    def show_asking(self, asking: Asking | None) -> None:
        """Show a question's; None: there is none, and nothing to fill in."""
        self.setVisible(asking is not None)
        asking = self._shown = asking or Asking()
        self._choose(asking.item)
        self.whom.setText(asking.whom)
        self.asked.setChecked(asking.asked)

    def _choose(self, item: str) -> None:
        place = self.item.findData(item)
        if place < 0:
            self.item.addItem(f"{item}  (no longer on the agenda)", item)
            place = self.item.count() - 1
        self.item.setCurrentIndex(place)

    def _take_item(self) -> None:
        """Another item: whoever leads it is asked, unless somebody else was named."""
        if self.whom.text() in ("", *self._leads.values()):
            self.whom.setText(self._leads.get(self.asking.item, ""))
        self.changed.emit()
