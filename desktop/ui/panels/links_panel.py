"""The links panel: what a passage, page or paper points to, and what points there; and a link being made by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Text, inset, set_tip
from desktop.ui.panels.link_fields import LinkFields
from desktop.ui.panels.rows import Row, RowsView


class Reach(Enum):
    """Of what the links are shown."""

    PASSAGE = "The selected words"
    PAGE = "This page"
    PAPER = "This paper"


@dataclass(frozen=True)
class Told:
    """What the panel shows. about: what it is of; none: what to say where there is no row."""

    about: str
    rows: Sequence[Row]
    none: str = ""


class LinksPanel(QFrame):
    """Lists rows it is given. What is wanted goes up as a signal with a row's key."""

    chosen = Signal(str, bool)  # key; True: in the other pane
    reach_changed = Signal()
    removal_asked = Signal(str)
    rejection_asked = Signal(str)
    menu_asked = Signal(str, QPoint)
    row_changed = Signal(str)
    making_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self.reach_box = QComboBox()
        self.reach_box.setAccessibleName("Links of")
        for reach in Reach:
            self.reach_box.addItem(reach.value, reach)
        self.reach_box.setCurrentIndex(1)
        self.reach_box.currentIndexChanged.connect(lambda _place: self.reach_changed.emit())
        self.about, self.none = Text("", "quiet", wrap=True), Text("", "quiet", wrap=True)
        self.list = RowsView(theme, "Links", self)
        self.list.chosen.connect(self.chosen)
        self.list.removal_asked.connect(self.removal_asked)
        self.list.menu_asked.connect(self.menu_asked)
        self.list.selectionModel().currentChanged.connect(lambda *_: self.row_changed.emit(self.list.current_key()))
        self.list.installEventFilter(self)
        self.fields = LinkFields(theme)
        self.make = Button("Link the selected words…")
        set_tip(self.make, "Make a link from the selected words to any place in any pack (Shift+L)")
        self.make.clicked.connect(self.making_asked)
        self.fields.making.connect(self.make.setHidden)  # one at a time; and their fields have its room
        self._lay_out()

    @property
    def reach(self) -> Reach:
        """Of what links are to be shown."""
        reach = self.reach_box.currentData()
        assert isinstance(reach, Reach)
        return reach

    def show_links(self, told: Told) -> None:
        """List these."""
        self.about.say(told.about)
        self.list.show_rows(told.rows)
        self.list.setVisible(bool(told.rows))
        self.none.say("" if told.rows else told.none)

    def focus_list(self) -> None:
        """Put the keys into the list, or where something can be done."""
        if self.fields.is_making:
            self.fields.here.setFocus()
        elif self.list.isHidden():
            self.reach_box.setFocus()
        else:
            if not self.list.current_key():
                self.list.put_cursor_first()
            self.list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Backspace says that a row is no reference, or is one after all."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key()
        if watched is self.list and pressed == Qt.Key.Key_Backspace and self.list.current_key():
            self.rejection_asked.emit(self.list.current_key())
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 12, 0)
        head.addWidget(self.reach_box, 1)
        column.addLayout(head)
        for text in (self.about, self.none):
            column.addWidget(inset(text))
        column.addWidget(self.list, 1)
        column.addStretch(0)
        column.addWidget(self.fields)
        for button in (self.make,):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row = QHBoxLayout()
            row.setContentsMargins(12, 0, 12, 0)
            row.addWidget(button)
            column.addLayout(row)
