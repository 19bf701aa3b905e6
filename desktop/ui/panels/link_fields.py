"""What a link made by hand means, and what the reader says to it: while it is made, and afterwards."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.links.kept import KINDS
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Text, labelled
from desktop.ui.panels.fields_area import FieldsArea

_NAMES = {"": "Says nothing more", "evidence for": "Evidence for", "contradicts": "Contradicts",
          "action from": "Action from", "minute of": "Minute of"}  # fmt: skip
_HOW = (
    "Go to the place it should lead to, in this pack or another, and select the words there. Without a selection it "
    "leads to the page."
)


class LinkFields(QFrame):
    """Shown while a link is made (`begin`), and for one of one's own (`show_link`)."""

    placed = Signal(str, str)  # kind, words: the link ends here
    ended = Signal()
    changed = Signal(str, str)  # kind, words, of the link shown
    removal_asked = Signal()
    making = Signal(bool)  # whether one is being made now

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.is_making = False
        self.told, self.how = Text("", "strong", wrap=True), Text(_HOW, "quiet", wrap=True)
        self.kind = QComboBox()
        for kind in KINDS:
            self.kind.addItem(_NAMES[kind], kind)
        self.words = QLineEdit()
        self.words.setMaxLength(2000)
        self.words.setPlaceholderText("A comment, if you like")
        self.here, self.cancel = Button("Link to here", "primary"), Button("Cancel")
        self.remove = Button("Delete this link")
        self.here.clicked.connect(lambda: self.placed.emit(*self._said()))
        self.cancel.clicked.connect(self.ended)
        self.remove.clicked.connect(self.removal_asked)
        self.kind.activated.connect(lambda _place: self._tell())
        self.words.editingFinished.connect(self._tell)
        self._lay_out()
        self.hide()

    def begin(self, told: str) -> None:
        """A link begins at what `told` says."""
        self.is_making = True
        self.told.setText(told)
        self._fill("", "")
        self._show()
        self.making.emit(True)

    def show_link(self, told: str, kind: str, words: str) -> None:
        """One of one's own, to be changed or destroyed."""
        self.is_making = False
        self.told.setText(told)
        self._fill(kind, words)
        self._show()
        self.making.emit(False)

    def put_away(self) -> None:
        """Neither."""
        self.is_making = False
        self.making.emit(False)  # before the fields are hidden: the keys go to what follows them
        self.hide()

    def _said(self) -> tuple[str, str]:
        return str(self.kind.currentData()), " ".join(self.words.text().split())

    def _tell(self) -> None:
        if not self.is_making and not self.isHidden():
            self.changed.emit(*self._said())

    def _fill(self, kind: str, words: str) -> None:
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))
        self.words.setText(words)

    def _show(self) -> None:
        for part in (self.how, self.here, self.cancel):
            part.setVisible(self.is_making)
        self.remove.setVisible(not self.is_making)
        self.show()

    def _lay_out(self) -> None:
        fields = QVBoxLayout()
        fields.setContentsMargins(12, 8, 12, 4)
        fields.setSpacing(4)
        for part in (
            self.told, self.how, labelled("What it means", self.kind), self.kind,
            labelled("Comment", self.words), self.words,
        ):  # fmt: skip
            fields.addWidget(part)
        across = QHBoxLayout()
        across.setContentsMargins(12, 4, 12, 8)
        for button in (self.here, self.cancel, self.remove):
            across.addWidget(button)
        across.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(FieldsArea(fields))
        column.addLayout(across)
