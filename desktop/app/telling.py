"""What secretaries are told from this computer, shown to its member; and word that a pack's day is over."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from desktop.changes import Change, Event

if TYPE_CHECKING:
    from desktop.app.application import Application
    from desktop.library.receipts import Telling
    from desktop.packs.pack import Pack
    from desktop.room import Room
    from desktop.ui.shelf import ShelfScreen

Then = Callable[..., None]
_GONE = "Its secretary let them stay until then. Your notes and the pack's place on the shelf are still here."


class Tellings(QObject):
    """Works while a room is open. then: goes on with a future unless the room was left. Ends with `stop`."""

    def __init__(self, application: "Application", room: "Room", then: Then) -> None:
        super().__init__(application)
        self._app, self._room, self._then = application, room, then
        application.bridge.changed.connect(self._on_change)

    def stop(self) -> None:
        """The store is being closed."""
        self._app.bridge.changed.disconnect(self._on_change)
        self.deleteLater()

    def watch_shelf(self, shelf: "ShelfScreen") -> None:
        """Answer a shelf."""
        shelf.tellings_wanted.connect(self.show_tellings)

    def show_tellings(self) -> None:
        """All that is told to anybody."""
        receipts = self._room.receipts
        if receipts is not None:
            self._then(self._room.store.do(receipts.tellings), self._show)

    def _show(self, tellings: "list[Telling]") -> None:
        from desktop.ui.panels.tellings_dialog import TellingsDialog

        dialog = TellingsDialog(self._app.theme, tellings, self._app.window)
        names = {each.body_id: each.body for each in tellings}
        dialog.file_wanted.connect(lambda body_id: self._ask_where(dialog, body_id, names[body_id]))
        dialog.open()

    def _ask_where(self, dialog: QDialog, body_id: str, body: str) -> None:
        from desktop.packs.receipt import ENDING
        from desktop.ui.kit.files import ask_where_to_save

        name = f"For the secretary of {body}{ENDING}"
        ask_where_to_save(dialog, "For the secretary", name, "Save", lambda path: self._save(body_id, Path(path)))

    def _save(self, body_id: str, path: Path) -> None:
        receipts = self._room.receipts
        if receipts is not None:
            what = f"“{path.name}” was written."
            say = self._app.window.notices.say
            written = receipts.export(body_id, path)
            self._then(written, lambda _: say(what, "Send it to the secretary; nobody else can open it.", tone="good"))

    def _on_change(self, change: Change) -> None:
        if change.event is Event.PACK_EXPIRED:
            self._then(self._room.store.do(self._room.shelf.packs), lambda packs: self._say_gone(packs, change.pack_id))

    def _say_gone(self, packs: "dict[str, Pack]", pack_id: str) -> None:
        if pack_id in packs:
            what = f"The papers of “{packs[pack_id].title}” were removed from this computer."
            self._app.window.notices.say(what, _GONE)
