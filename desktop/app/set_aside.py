"""Help and settings: what is opened over the reading and closed back to it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.paths import resource
from desktop.ui.kit.notices import Told
from desktop.ui.window import Screen

if TYPE_CHECKING:
    from desktop.app.application import Application
    from desktop.ui.help import HelpScreen
    from desktop.ui.keys import KeysScreen
    from desktop.ui.settings import SettingsScreen


class HelpAndSettings(QObject):
    """Makes both screens and answers them."""

    def __init__(self, application: "Application") -> None:
        super().__init__(application)
        self._app = application

    def make_help(self) -> "HelpScreen":
        """Help for members and secretaries."""
        from desktop.app.pressing import list_keys
        from desktop.ui.help import HelpScreen

        screen = HelpScreen(self._app.theme, resource("help"), list_keys(self._app))
        screen.closed.connect(self._app.window.go_back)
        return screen

    def make_keys(self) -> "KeysScreen":
        """The keys of every command."""
        from desktop.app.pressing import make_keys_screen

        return make_keys_screen(self._app)

    def make_settings(self) -> "SettingsScreen":
        """The settings as they are now."""
        from desktop.ui.settings import SettingsScreen

        screen = SettingsScreen(self._app.theme, self._app.settings, self._app.resting.tray.is_there)
        screen.changed.connect(self._app.keep)
        screen.closed.connect(self._app.window.go_back)
        screen.keys_wanted.connect(lambda: self._app.window.show_screen(Screen.KEYS))
        screen.passphrase_change_wanted.connect(lambda old, new: self._change_passphrase(screen, old, new))
        screen.keyring_wanted.connect(lambda yes: self._remember(screen, yes))
        self._app.bridge.then(self._app.doorway.keyring(), lambda found: screen.show_keyring(*found), owner=screen)
        self._show_storage(screen)
        if self._app.reading is not None:
            self._app.reading.ending.watch_settings(screen)
            self._app.reading.posting.watch_settings(screen)
        return screen

    def _show_storage(self, screen: "SettingsScreen") -> None:
        if self._app.reading is not None:
            shelf, store = self._app.reading.room.shelf, self._app.reading.room.store
            today = self._app.now().date()
            taken = store.do(lambda: (*shelf.room_taken(), shelf.room_of_bodies(today)))
            self._app.bridge.then(taken, lambda taken: screen.show_storage(*taken), owner=screen)

    def _change_passphrase(self, screen: "SettingsScreen", old: str, new: str) -> None:
        changing = self._app.doorway.change_passphrase(old, new)

        def refused(error: BaseException) -> None:
            if not isinstance(error, Told):
                raise error
            screen.passphrase_refused(str(error))

        self._app.bridge.then(changing, lambda _: screen.passphrase_changed(), refused, owner=screen)

    def _remember(self, screen: "SettingsScreen", yes: bool) -> None:
        done = self._app.doorway.remember(yes)
        self._app.bridge.then(
            done, lambda now: screen.show_keyring(True, now), self._app.window.notices.tell, owner=screen
        )
