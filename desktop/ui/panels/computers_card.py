"""My computers: which of those that a body's secretary has admitted as mine are, and get the same notes."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.library.standing import OwnDevice
from desktop.ui.kit.widgets import Button, Text, card, column, empty_layout, put, row

_ABOUT = (
    "Your notes, bookmarks and places can be the same on every computer of yours. They travel sealed to that computer "
    "alone. Ask the secretary for an invitation for another computer, and open it there."
)
_NONE = "No other computer of yours is on the list of any board."


class ComputersCard(QWidget):
    """answered(body id, device's tag, whether it is mine)."""

    answered = Signal(str, str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._list = QWidget()
        self._rows: QVBoxLayout = column(self._list, space=12)
        inside: QFrame = card(Text("My computers", "heading"), Text(_ABOUT, "quiet"), self._list, space=12, margin=24)
        column(self, inside)
        self.show_computers([])

    def show_computers(self, found: Sequence[tuple[str, str, Sequence[OwnDevice]]]) -> None:
        """Of each body: its id, its name, and the other computers there."""
        empty_layout(self._rows)
        for body_id, body, devices in found:
            for device in devices:
                put(self._rows, self._device(body_id, body, device))
        if not any(devices for _, _, devices in found):
            put(self._rows, Text(_NONE, "quiet"))

    def _device(self, body_id: str, body: str, device: OwnDevice) -> QWidget:
        name = f"“{device.name}”" if device.name else "A computer without a name"
        states = {True: "It has the same notes as this one.", False: "It gets none of your notes.", None: ""}
        said = states[device.agreed] or "Is it yours? None of your notes go there until you say so."
        buttons = [self._button(body_id, device, yes, name) for yes in (True, False) if device.agreed is not yes]
        holder = QWidget()
        column(
            holder,
            Text(f"{name}, in {body}", "strong"),
            Text(said, "quiet" if device.agreed is not None else "warn"),
            Text(f"The five words it showed when it joined: {device.words}", "quiet"),
            row(*buttons),
            space=4,
        )
        return holder

    def _button(self, body_id: str, device: OwnDevice, yes: bool, name: str) -> Button:
        words = "It is mine" if yes else ("Not mine" if device.agreed is None else "Send it nothing more")
        button = Button(words)
        button.setAccessibleName(f"{words}: {name}")
        button.clicked.connect(lambda: self.answered.emit(body_id, device.tag, yes))
        return button
