"""The map of the pack that is read: gathered from its links, and led from to any place it shows."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from desktop.changes import Change, Event
from desktop.library.kept_links import KeptLinks
from desktop.library.pack_map import PackMap, map_of
from desktop.links.facts import Target
from desktop.packs.index import kept_pack
from desktop.ui.window import Screen

if TYPE_CHECKING:
    from desktop.app.application import Application
    from desktop.room import Room
    from desktop.ui.pack_map import MapScreen
    from desktop.ui.reader_screen import ReaderScreen

_CHANGED = (Event.LINKS_FOUND, Event.LINKS_CHANGED)


class Mapping(QObject):
    """Works while a room is open. then: goes on with a future unless the room was left."""

    def __init__(self, application: "Application", room: "Room", then: Callable[..., None]) -> None:
        super().__init__(application)
        self._app, self._room, self._then = application, room, then
        self._pack_id = ""
        application.bridge.changed.connect(self._on_change)

    def stop(self) -> None:
        """The store is being closed."""
        self._app.bridge.changed.disconnect(self._on_change)
        self.deleteLater()

    def make(self) -> "MapScreen":
        """The map, answered here."""
        from desktop.ui.pack_map import MapScreen

        screen = MapScreen(self._app.theme)
        screen.closed.connect(self._app.window.go_back)
        screen.place_wanted.connect(self._open)
        return screen

    def watch_reader(self, reader: "ReaderScreen") -> None:
        """Show the map of what is read in it."""
        reader.commands.map.triggered.connect(lambda: self._show(reader))

    def _show(self, reader: "ReaderScreen") -> None:
        pack, page = reader.pane.pack, reader.pane.page
        if pack is None:
            return
        self._pack_id = pack.id
        self._app.window.show_screen(Screen.MAP)
        here = (pack.id, page.paper.paper_id) if page is not None else None
        self._screen().wait_for(pack.book.pack.title or pack.book.pack.body.name, here)
        self._learn()

    def _learn(self) -> None:
        self._then(self._room.store.do(self._map, self._pack_id), self._take)

    def _map(self, pack_id: str) -> PackMap | None:
        """In the store's lane."""
        record = self._room.holdings.packs.get(pack_id)
        if record is None:
            return None
        links = KeptLinks(self._room.holdings, self._room.changes).of_pack(pack_id)
        return map_of(kept_pack(record.index), links)

    def _take(self, found: PackMap | None) -> None:
        screen = self._app.window.screen_of(Screen.MAP)
        if screen is not None and found is not None and found.pack_id == self._pack_id:
            self._screen().show_map(found)

    def _on_change(self, change: Change) -> None:
        if change.event in _CHANGED and self._app.window.screen_now is Screen.MAP:
            self._learn()

    def _open(self, target: Target, beside: bool) -> None:
        y = max(0.0, target.boxes[0][1] - 80.0) if target.boxes else None
        self._app.window.open_place(target.pack_id, target.paper_id, target.page, "", beside, y)

    def _screen(self) -> "MapScreen":
        return cast("MapScreen", self._app.window.screen_of(Screen.MAP))
