"""What a member is in a body: the end of the term, whose deputy, in which groups."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.secretary.membership import Membership
from desktop.ui.desk.fields import DayField, Labelled
from desktop.ui.kit.widgets import Button, Text, column, row

_WIDTH = 560
_TERM = (
    "Packs that you despatch after that day do not go to this member. What they have stays; remove the member to have "
    "it destroyed. The end is shown here 60 days before it comes."
)
_DEPUTY = "A deputy may read what that member may, and nothing that is kept from either of them."
_GROUPS = "Names with commas between them. A paper can be sent to a group, or kept from it, by its name."


class MembershipDialog(QDialog):
    """changed(Membership)."""

    changed = Signal(object)

    def __init__(self, parent: QWidget, member: str, membership: Membership) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Term and groups of {member}")
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(round(_WIDTH * max(1.0, self.fontInfo().pointSizeF() / 12)))
        self.until = DayField("Last day of the term", "no end")
        self.deputy, self.groups = Labelled("Deputy of", "nobody"), Labelled("Groups", "none")
        if membership.until is not None:
            self.until.show_text(membership.until.isoformat())
            self.until.check()
        self.deputy.show_text(membership.deputy_of)
        self.groups.show_text(", ".join(membership.groups))
        self.keep, cancel = Button("Keep", "primary"), Button("Cancel")
        self.keep.clicked.connect(self._finish)
        cancel.clicked.connect(self.reject)
        column(
            self, Text(self.windowTitle(), "heading"), self.until, Text(_TERM, "quiet"), self.deputy,
            Text(_DEPUTY, "quiet"), self.groups, Text(_GROUPS, "quiet"), row(self.keep, cancel), space=12, margin=24,
        )  # fmt: skip

    def _finish(self) -> None:
        if self.until.text() and not self.until.check():
            self.until.field.setFocus()
            return
        groups = tuple(name for part in self.groups.text().split(",") if (name := " ".join(part.split())))
        self.changed.emit(Membership(self.until.day(), self.deputy.text(), groups))
        self.accept()
