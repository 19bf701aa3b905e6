"""Notes to and from other members while the store is open: when they go out, what is said of them, and my computers."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.changes import Change, Event
from desktop.library.standing import OwnDevice, company_of, own_devices
from desktop.ui.kit.words import say_count, say_list
from desktop.ui.panels.fellowship import Fellowship
from desktop.ui.window import Screen

if TYPE_CHECKING:
    from desktop.app.application import Application
    from desktop.library.ends_told import Received
    from desktop.library.post import Post
    from desktop.room import Room
    from desktop.ui.settings import SettingsScreen

Then = Callable[..., None]

SEND_AFTER = 20_000  # ms after the last change: what is being written goes out in one piece
SAID_TOGETHER = 500  # ms: what comes in one go is said in one sentence
_SHOWN = 8_000  # ms that the foot of the window says what went out


class Posting(QObject):
    """then: goes on with a future unless the room was left. Ends with `stop`."""

    def __init__(self, application: "Application", room: "Room", then: Then) -> None:
        super().__init__(application)
        self._app, self._room, self._then = application, room, then
        self._touched: set[str] = set()  # packs with notes that were changed
        self._bodies: set[str] = set()  # of which the member chose what becomes of notes
        self._came: Counter[str] = Counter()  # notes, by whose
        self._came_to = ""
        self._said = ""
        self._screen: SettingsScreen | None = None
        self._sending = self._timer(SEND_AFTER, self._send)
        self._telling = self._timer(SAID_TOGETHER, self._tell_came)
        self._clearing = self._timer(_SHOWN, self._clear)
        application.bridge.changed.connect(self._on_change)

    def stop(self) -> None:
        """The store is being closed; what was not sent goes out the next time."""
        for timer in (self._sending, self._telling, self._clearing):
            timer.stop()
        self._app.bridge.changed.disconnect(self._on_change)
        self.deleteLater()

    def fellowship(self) -> Fellowship:
        """The other members, for the reader."""
        room = self._room
        return Fellowship(
            company=lambda body_id: room.store.do(company_of, room.holdings, body_id),
            exchange=lambda body_id: self._post().exchange(body_id),
            export=lambda body_id, path: self._post().export(body_id, path),
            bring=lambda path: self._post().bring(path),
        )

    def bring(self, path: Path) -> None:
        """A file of notes was opened."""

        def came(received: "Received") -> None:
            if not received.notes:
                self._app.window.notices.say(f"Everything in “{path.name}” is here already.", seconds=10)

        self._then(self._post().bring(path), came)

    def watch_settings(self, screen: "SettingsScreen") -> None:
        """Show my computers there, and take what is said of them."""
        self._screen = screen
        screen.destroyed.connect(self._forget_screen)
        screen.computers.answered.connect(self._answer)
        self._show_computers()

    def _post(self) -> "Post":
        self._room.begin(ask=False)
        assert self._room.post is not None
        return self._room.post

    def _on_change(self, change: Change) -> None:
        if change.event in (Event.NOTES_CHANGED, Event.BOOKMARKS_CHANGED):
            self._touched.add(change.pack_id)
            self._sending.start()
        elif change.event in (Event.RETENTION_CHOSEN, Event.NOTES_DESTROYED):
            self._changed_end(change)
        elif change.event is Event.NOTES_RECEIVED:
            self._came[change.words] += change.done
            self._came_to = change.pack_id
            self._telling.start()
        elif change.event is Event.NOTES_SENT:
            self._say(f"Notes sent to {say_list(change.words.splitlines())}.")
        elif change.event is Event.NOTES_REFUSED:
            self._app.window.notices.say(change.words, tone="warn")
        elif change.event is Event.DEVICES_CHANGED:
            self._show_computers()
            devices = self._room.store.do(own_devices, self._room.holdings, change.body_id)
            self._then(devices, self._tell_devices)

    def _changed_end(self, change: Change) -> None:
        """My other computers are told, and letters of what was destroyed are taken back."""
        if change.pack_id:
            self._touched.add(change.pack_id)
        else:
            self._bodies.add(change.body_id)
        self._sending.start()

    def _send(self) -> None:
        packs, self._touched = self._touched, set()
        bodies, self._bodies = self._bodies, set()
        for body_id in bodies:
            self._then(self._post().exchange(body_id), lambda _: None, lambda _error: None)
        for pack_id in packs:
            self._then(self._post().exchange_of(pack_id), lambda _: None, lambda _error: None)

    def _tell_came(self) -> None:
        count, names = sum(self._came.values()), sorted({name for words in self._came for name in words.splitlines()})
        pack_id = self._came_to
        self._came.clear()
        if names:
            verb = "has" if count == 1 else "have"
            words = f"{say_count(count, 'note')} {verb} come from {say_list(names)}."
            self._app.window.notices.say(words, action=("Show", partial(self._show_notes, pack_id)), seconds=60)

    def _show_notes(self, pack_id: str) -> None:
        from desktop.ui.window import PlaceWanted

        self._app.window.place_wanted.emit(PlaceWanted(pack_id))

    def _say(self, words: str) -> None:
        """At the foot of the window, where nothing else is said there."""
        line = self._app.window.status
        if line.words.text() in ("", self._said):
            self._said = words
            line.say(words)
            self._clearing.start()

    def _clear(self) -> None:
        if self._app.window.status.words.text() == self._said:
            self._app.window.status.say("")
        self._said = ""

    # ---- my computers

    def _show_computers(self) -> None:
        if self._screen is not None:
            self._then(self._room.store.do(self._computers), self._take_computers)

    def _computers(self) -> list[tuple[str, str, list[OwnDevice]]]:
        holdings = self._room.holdings
        bodies = holdings.bodies.all()
        return [(body.id, body.name, own_devices(holdings, body.id)) for body in bodies]

    def _take_computers(self, found: list[tuple[str, str, list[OwnDevice]]]) -> None:
        if self._screen is not None:
            self._screen.computers.show_computers(found)

    def _forget_screen(self) -> None:
        self._screen = None

    def _answer(self, body_id: str, tag: str, yes: bool) -> None:
        self._then(self._post().answer(body_id, tag, yes), lambda _: None)

    def _tell_devices(self, devices: list[OwnDevice]) -> None:
        unsure = [device for device in devices if device.agreed is None]
        if unsure:
            names = say_list([f"“{device.name}”" for device in unsure])
            self._app.window.notices.say(
                f"The secretary has admitted another computer as yours: {names}.",
                "None of your notes go there until you say that it is yours.",
                action=("My computers", lambda: self._app.window.show_screen(Screen.SETTINGS)),
            )

    def _timer(self, pause: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(pause)
        timer.setSingleShot(True)
        timer.timeout.connect(act)
        return timer
