"""In the settings: what each body has decided about notes, a hold of one's own, and the receipts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from desktop.ui.kit.widgets import LEAST_TARGET, Button, Text, column, empty_layout, put
from desktop.ui.kit.words import say_count
from desktop.ui.panels.retention_words import AHEAD, say_rule

if TYPE_CHECKING:
    from desktop.library.retaining import BodyOutlook


class RetentionCard(QFrame):
    """Hidden while there is no body. held(body id, yes) · receipts_wanted."""

    held = Signal(str, bool)
    receipts_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        about = Text(
            f"A body decides how long its members' notes are kept. {AHEAD} Single notes and whole meetings can be "
            "kept as exceptions: in the menu of a note, and of a pack on the shelf.", "quiet",
        )  # fmt: skip
        bodies = QWidget()
        self._bodies = column(bodies, space=8)
        self.receipts = Button("Receipts…")
        self.receipts.clicked.connect(self.receipts_wanted)
        column(self, Text("What becomes of your notes", "heading"), about, bodies, self.receipts, space=12, margin=24)
        self.hide()

    def show_bodies(self, looks: "Sequence[BodyOutlook]") -> None:
        """What each has decided."""
        empty_layout(self._bodies)
        for look in looks:
            hold = QCheckBox("Destroy nothing of it for now (legal hold)")
            hold.setAccessibleName(f"Destroy nothing of {look.name} for now")
            hold.setMinimumHeight(LEAST_TARGET)
            hold.setChecked(look.hold is not None)
            hold.toggled.connect(lambda on, body=look.body_id: self.held.emit(body, on))
            put(self._bodies, Text(look.name, "strong"), Text(say_rule(look.retention)), hold)
        count = sum(look.receipts for look in looks)
        self.receipts.setVisible(count > 0)
        self.receipts.say(f"Show {say_count(count, 'receipt')}…")
        self.setVisible(bool(looks))
