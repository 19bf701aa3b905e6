"""What becomes of notes, on the screen: the notice before, the member's choices, the end, and the receipt after."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog, QWidget

from desktop.changes import Change, Event
from desktop.jobs import Lane
from desktop.ui.kit.clipboard import clear_our_copy
from desktop.ui.window import Screen

if TYPE_CHECKING:
    from desktop.annotations.retention import Outlook
    from desktop.app.application import Application
    from desktop.library.retaining import BodyOutlook, Due, Receipt, Retaining
    from desktop.room import Room
    from desktop.ui.reader_screen import ReaderScreen
    from desktop.ui.settings import SettingsScreen
    from desktop.ui.shelf import ShelfScreen

AGAIN = 3600_000  # ms: a computer that is never closed comes to the next day all the same
_AFTER_NEWS = 500  # ms: a burst of arrivals is looked at once

Then = Callable[..., None]


class Ending(QObject):
    """Works while a room is open. then: goes on with a future unless the room was left. Ends with `stop`."""

    def __init__(self, application: "Application", room: "Room", then: Then) -> None:
        super().__init__(application)
        self._app, self._room, self._then = application, room, then
        self._retaining: Retaining | None = None
        self._coming: list[Outlook] = []
        self._said: dict[str, str] = {}  # by pack, what the bar of notices was given
        self._dialog: QDialog | None = None
        self._begun = False
        self._again = self._timer(AGAIN, self.run, once=False)
        self._news = self._timer(_AFTER_NEWS, self.announce, once=True)
        application.bridge.changed.connect(self._on_change)
        application.window.screen_shown.connect(self._on_screen)

    def run(self) -> None:
        """Destroy what was announced and is due, then say what comes next. Once repositories were asked: a hold may
        have been waiting there."""
        self._begun = True
        self._again.start()
        now = self._app.now()
        self._ask(lambda retaining: retaining.destroy_due(now), self._destroyed)
        self.announce()

    def stop(self) -> None:
        """The store is being closed."""
        for timer in (self._again, self._news):
            timer.stop()
        self._close_dialog()
        self._app.bridge.changed.disconnect(self._on_change)
        self._app.window.screen_shown.disconnect(self._on_screen)
        self.deleteLater()

    # ---- before

    def announce(self) -> None:
        """Say what will be destroyed; from now on it counts as told."""
        if not self._begun:
            return
        today = self._app.now().date()
        self._ask(lambda retaining: retaining.tell(today), self._announced)
        self._follow_reader()

    def _announced(self, looks: "list[Outlook]") -> None:
        self._coming = looks
        self._show_on_shelf()
        coming = {look.pack_id for look in looks}
        for pack_id in set(self._said) - coming:
            self._app.window.notices.take_back(self._said.pop(pack_id))
        fresh = [look for look in looks if look.pack_id not in self._said]
        if fresh and self._app.window.screen_now is not Screen.SHELF:
            self._say_elsewhere(fresh[0])

    def _say_elsewhere(self, look: "Outlook") -> None:
        """Whoever reads on and never comes to the shelf is told all the same."""
        from desktop.ui.panels.retention_words import say_ending

        what, rest = say_ending(look, self._app.now().date())
        self._said[look.pack_id] = what
        self._app.window.notices.say(what, rest, action=("See them", lambda: self.show_pack(look.pack_id)))

    def _show_on_shelf(self) -> None:
        shelf = cast("ShelfScreen | None", self._app.window.screen_of(Screen.SHELF))
        if shelf is not None:
            shelf.show_endings(self._coming)

    def _on_screen(self, screen: Screen) -> None:
        if screen is Screen.SHELF:
            self._show_on_shelf()

    # ---- the end, and after

    def _destroyed(self, receipts: "list[Receipt]") -> None:
        from desktop.ui.panels.retention_words import say_destroyed

        reader = self._reader()
        for receipt in receipts:
            record = receipt.record
            if reader is not None:
                self._forget_in(reader, record.pack_id, receipt.gone)
            change = Change(Event.NOTES_DESTROYED, record.body_id, record.pack_id, done=len(receipt.gone), origin=self)
            self._room.changes.publish(change)
            for pack_id in {record.pack_id, *receipt.led_to} if record.links else ():
                self._room.changes.publish(Change(Event.LINKS_CHANGED, pack_id=pack_id, origin=self))
            rule = "As the body's rule says, and as you were told. This cannot be undone."
            self._app.window.notices.say(say_destroyed(receipt), rule, action=("Show the receipt", self.show_receipts))
        if receipts:
            clear_our_copy()  # it may be of such a note

    def _forget_in(self, reader: "ReaderScreen", pack_id: str, gone: tuple[str, ...]) -> None:
        pack = reader.packs.get(pack_id)
        if pack is not None and pack.notebook is not None:
            reader.marking.close_all()
            pack.notebook.forget(gone)
            reader.packs.notes_came.emit(pack)

    def show_receipts(self) -> None:
        """Every receipt there is."""
        self._ask(lambda retaining: retaining.receipts(), self._show_receipts)

    def _show_receipts(self, receipts: "list[Receipt]") -> None:
        from desktop.ui.panels.receipts_dialog import ReceiptsDialog

        self._close_dialog()
        dialog = self._dialog = ReceiptsDialog(self._app.theme, receipts, self._app.window)
        dialog.destroyed.connect(lambda: self._forget_dialog(dialog))
        dialog.export_wanted.connect(lambda words: self._ask_where(dialog, words))
        QDialog.open(dialog)

    def _ask_where(self, holder: QWidget, words: str) -> None:
        from desktop.ui.kit.files import ask_where_to_save

        name = "Receipts of destroyed notes.txt"
        ask_where_to_save(holder, "Export receipts", name, "Export", lambda path: self.write(words, Path(path)))

    def write(self, words: str, path: Path) -> None:
        """Write receipts to a file, and say so when it is there."""
        from desktop.annotations.outside import write_outside

        lane = Lane("export")
        written: Future[None] = lane.do(lambda: write_outside(path, words.encode()))
        lane.close_later()
        what = f"The receipts are exported to “{path.name}”."
        self._then(written, lambda _: self._app.window.notices.say(what, tone="good", seconds=12))

    # ---- one pack

    def show_pack(self, pack_id: str) -> None:
        """What becomes of the notes on a pack, and what can be done about it."""
        reader = self._reader()
        pack = reader.packs.get(pack_id) if reader is not None else None
        if pack is not None and pack.notebook is not None:
            pack.notebook.flush(1.0)  # the newest notes are listed as well
        self._ask(
            lambda retaining: (retaining.outlook(pack_id), retaining.listed(pack_id)),
            lambda found: self._show_pack(*found),
        )

    def _show_pack(self, look: "Outlook | None", notes: "list[Due]") -> None:
        from desktop.ui.panels.retention_dialog import RetentionDialog

        self._close_dialog()
        if look is None:
            return
        dialog = RetentionDialog(self._app.theme, look, notes, self._app.now().date(), self._app.window)
        pack_id = look.pack_id
        dialog.note_kept.connect(lambda note_id, keep: self._keep_note(pack_id, note_id, keep))
        dialog.pack_kept.connect(lambda keep: self.keep_pack(pack_id, keep))
        dialog.held.connect(lambda why: self._choose(pack_id, lambda at: at.hold_pack(pack_id, why)))
        dialog.confirmed.connect(lambda yes: self._confirm(pack_id, yes))
        dialog.destroyed.connect(lambda: self._forget_dialog(dialog))
        self._dialog = dialog
        QDialog.open(dialog)

    def keep_pack(self, pack_id: str, keep: bool = True) -> None:
        """Make a pack's notes an exception."""
        self._choose(pack_id, lambda retaining: retaining.keep_pack(pack_id, keep))

    def _confirm(self, pack_id: str, yes: bool) -> None:
        today = self._app.now().date()
        self._choose(pack_id, lambda retaining: retaining.confirm(pack_id, today if yes else None))

    def _keep_note(self, pack_id: str, note_id: str, keep: bool) -> None:
        """An open pack's notebook is what counts of its notes, and can undo it; links are in the store alone."""
        reader = self._reader()
        pack = reader.packs.get(pack_id) if reader is not None else None
        notebook = pack.notebook if pack is not None else None
        if reader is None or notebook is None or notebook.get(note_id) is None:
            self._choose(pack_id, lambda retaining: retaining.keep_note(note_id, keep))
            return
        notebook.keep(note_id, keep)
        reader.notes.refresh()
        notebook.flush(1.0)
        self._refresh(pack_id)

    def _choose(self, pack_id: str, choose: "Callable[[Retaining], object]", body_id: str = "") -> None:
        self._ask(choose, lambda _: self._chosen(pack_id, body_id))

    def _chosen(self, pack_id: str, body_id: str) -> None:
        self._refresh(pack_id)
        self._room.changes.publish(Change(Event.RETENTION_CHOSEN, body_id, pack_id, origin=self))

    def _refresh(self, pack_id: str) -> None:
        dialog = self._dialog
        if dialog is not None and pack_id and hasattr(dialog, "show_outlook"):
            self._ask(
                lambda retaining: retaining.outlook(pack_id),
                lambda look: dialog.show_outlook(look) if look is not None and dialog is self._dialog else None,
            )
        self.announce()

    def _close_dialog(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.close()

    def _forget_dialog(self, dialog: QDialog) -> None:
        if self._dialog is dialog:
            self._dialog = None

    # ---- where it is seen

    def watch_reader(self, reader: "ReaderScreen") -> None:
        """Say in its notes what becomes of them."""
        reader.notes.fate_asked.connect(self._show_open)
        reader.pack_changed.connect(lambda _: self._follow_reader())

    def watch_shelf(self, shelf: "ShelfScreen") -> None:
        """Answer its notice and its menus."""
        shelf.fate_wanted.connect(self.show_pack)
        shelf.keeping_wanted.connect(self.keep_pack)
        shelf.receipts_wanted.connect(self.show_receipts)

    def watch_settings(self, screen: "SettingsScreen") -> None:
        """Show what each body has decided."""
        card = screen.retention
        card.receipts_wanted.connect(self.show_receipts)
        card.held.connect(lambda body, on: self._choose("", lambda at: at.hold_body(body, "" if on else None), body))

        def show(looks: "list[BodyOutlook]") -> None:
            if self._app.window.screen_of(Screen.SETTINGS) is screen:
                card.show_bodies(looks)

        self._ask(lambda retaining: retaining.bodies(), show)

    def _show_open(self) -> None:
        reader = self._reader()
        if reader is not None and reader.pane.pack is not None:
            self.show_pack(reader.pane.pack.id)

    def _follow_reader(self) -> None:
        reader = self._reader()
        pack = reader.pane.pack if reader is not None else None
        if pack is not None:
            self._ask(lambda retaining: retaining.outlook(pack.id), self._show_in_reader)

    def _show_in_reader(self, look: "Outlook | None") -> None:
        from desktop.ui.panels.retention_words import say_fate

        reader = self._reader()
        pack = reader.pane.pack if reader is not None else None
        if reader is not None and pack is not None and look is not None and look.pack_id == pack.id:
            ruled = look.retention is not None
            reader.notes.show_fate(say_fate(look, self._app.now().date()) if ruled else "", look.destroys)

    # ---- the rest

    def _on_change(self, change: Change) -> None:
        if change.event in (Event.PACK_ARRIVED, Event.BODY_LEFT):
            self._news.start()
        elif change.event is Event.CHOICES_CAME and self._begun:  # told on another computer counts as told
            self.run()

    def _ask(self, ask: "Callable[[Retaining], object]", then: Callable[..., object]) -> None:
        self._then(self._room.store.do(lambda: ask(self._known())), then)

    def _known(self) -> "Retaining":
        """In the store's lane: most starts have nothing to load it for."""
        if self._retaining is None:
            from desktop.library.retaining import Retaining

            self._retaining = Retaining(self._room.holdings, self._room.shelf)
        return self._retaining

    def _reader(self) -> "ReaderScreen | None":
        return cast("ReaderScreen | None", self._app.window.screen_of(Screen.READER))

    def _timer(self, pause: int, act: Callable[[], None], once: bool) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(pause)
        timer.setSingleShot(once)
        timer.timeout.connect(act)
        return timer
