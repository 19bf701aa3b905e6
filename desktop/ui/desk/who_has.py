"""Who has a pack, and whom to call: what members' computers have told, for the bodies that ask for receipts."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QWidget

from desktop.secretary.receipts import DeviceHas, Has, MemberHas, WhoHas
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Column, StateMark, Text, card, column, empty_layout, put, row
from desktop.ui.kit.words import say_count, say_date, say_list, say_time

_ASK = "Ask members’ computers for receipts, from the next edition on"
_ABOUT = (
    "A receipt says that a pack came, and that it was opened; not what was read, nor for how long. Members see on "
    "their shelf that you ask, and all that you were told. Where nothing can be put beside the packs (a web address), "
    "they can send it to you as a file."
)
_NOT_ASKED = "This edition asked for no receipts, so that nothing is known of it."
_MARKS = {
    Has.NOTHING: ("circle", "Nothing heard", "warn"),
    Has.EARLIER: ("file-diff", "Has an earlier edition", "warn"),
    Has.RECEIVED: ("download", "Received", "ink"),
    Has.OPENED: ("circle-check", "Opened", "good"),
}


class WhoHasDialog(QDialog):
    """asked(yes) · look_wanted(paths of receipts that came as files)."""

    asked = Signal(bool)
    look_wanted = Signal(list)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle("Who has the pack")
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title, self.call = Text("Who has the pack", "title"), Text("", "lead")
        self.asking = QCheckBox(_ASK)
        self.asking.setAccessibleName(_ASK)
        self.asking.clicked.connect(self.asked)
        page, close = Column(theme.grid(88)), Button("Close", "primary")
        close.clicked.connect(self.accept)
        holder = QWidget()
        self._rows = column(holder, space=8)
        put(page.rows, self.title, self.call, holder, card(self.asking, Text(_ABOUT, "quiet"), space=8, margin=16))
        page.rows.addStretch(1)
        again, files = Button("Look again", "", "refresh-cw", theme), Button("Receipts from files…")
        again.clicked.connect(lambda: self.look_wanted.emit([]))
        files.clicked.connect(self._choose)
        column(self, page, row(close, again, files), space=12, margin=16)
        self.resize(theme.grid(88), theme.grid(72))

    def show_found(self, found: WhoHas, asking: bool) -> None:
        """Show who has it. asking: whether the next edition asks."""
        self.title.setText(f"Who has “{found.title}”, edition {found.edition}")
        self.asking.setChecked(asking)
        self.call.say(_lead(found))
        empty_layout(self._rows)
        put(self._rows, *(Text(trouble, "warn") for trouble in found.troubles))
        if found.asked:
            put(self._rows, *map(self._make_member, found.members))

    def _make_member(self, member: MemberHas) -> QWidget:
        icon, words, tint = _MARKS[member.has]
        told = [Text(line, "quiet") for line in map(_device, member.devices) if line]
        holder = QWidget()
        column(holder, row(Text(member.member, "strong"), StateMark(self._theme, icon, words, tint)), *told, space=2)
        holder.setAccessibleName(f"{member.member}: {words}")
        return holder

    def _choose(self) -> None:
        dialog = QFileDialog(self, "Receipts that came as files", "", "Receipts (*.despatch-receipts);;All files (*)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.look_wanted)
        dialog.open()


class ChangesDialog(QDialog):
    """What the next edition changes, as members will see it."""

    def __init__(self, theme: Theme, said: Sequence[str] | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("What members will see")
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        close, page = Button("Close", "primary"), Column(theme.grid(72))
        close.clicked.connect(self.accept)
        first = "This pack was not despatched yet: members will see a new pack, with all that is on its agenda."
        put(page.rows, Text("What members will see", "title"), *(Text(each) for each in (said or [first])))
        page.rows.addStretch(1)
        column(self, page, row(close), space=12, margin=16)
        self.resize(theme.grid(72), theme.grid(48))


def _lead(found: WhoHas) -> str:
    if not found.asked:
        return _NOT_ASKED
    if not found.members:
        return "It was sent to nobody yet."
    if not found.to_call:
        return f"Everybody has it: {say_count(len(found.members), 'member')}."
    return f"To call: {say_list(found.to_call)}."


def _device(each: DeviceHas) -> str:
    line = each.line
    if line is None:
        return f"Nothing heard from “{each.device}”" if each.device else ""
    when = line.opened_at if line.opened else line.received_at
    local = datetime.fromisoformat(when).astimezone()
    what = f"edition {line.opened} opened" if line.opened else f"edition {line.received} received"
    return f"“{each.device}”: {what} {say_date(local.date())}, {say_time(f'{local:%H:%M}')}"
