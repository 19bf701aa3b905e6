"""Notes follow their subjects: tied to an item, a risk or an action, and shown beside it in later packs."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from desktop.annotations.anchor import Quad
from desktop.annotations.entries import Annotation
from desktop.ui.kit.widgets import add_shortcut
from desktop.ui.kit.words import say_count
from desktop.ui.reader.page_lights import Light
from desktop.ui.window import Screen

if TYPE_CHECKING:
    from desktop.annotations.subject import Subject
    from desktop.app.application import Application
    from desktop.library.subjects import Followed
    from desktop.packs.book import BookPage
    from desktop.packs.pack import Pack
    from desktop.room import Room
    from desktop.search.quick import Target
    from desktop.ui.panels.quick_open import QuickOpen
    from desktop.ui.reader_screen import ReaderScreen
    from desktop.ui.reading.pane import Pane

KEYS = "Ctrl+Shift+J"
_HINT = "Type a few letters of an item, a risk or an action of this pack."
_NONE = "Choose a note first: in the list of notes, or click it on the page."
_TOP = Quad(0, 60.0, 48.0, 300.0, 60.0)  # of a paper's first page: where an item's notes are pointed out


class Subjecting(QObject):
    """Works while a room is open. then: goes on with a future unless the room was left. Ends with `stop`."""

    def __init__(self, application: "Application", room: "Room", then: Callable[..., None]) -> None:
        super().__init__(application)
        self._app, self._room, self._then = application, room, then
        self._found: list[Followed] = []
        self._pack_id = ""
        self._picker: QuickOpen | None = None
        self._subjects: dict[Target, Subject] = {}
        self._mark_id = ""

    def stop(self) -> None:
        """The store is being closed."""
        self._found, self._subjects = [], {}
        if self._picker is not None:
            self._picker.leave()
            self._picker.deleteLater()
        self.deleteLater()

    def watch_reader(self, reader: "ReaderScreen") -> None:
        """Tie its notes, and show in it those of earlier packs."""
        add_shortcut(reader, KEYS, "Tie the note to an item, a risk or an action", self._tie_current)
        reader.noting.tie_asked.connect(self.tie)
        reader.noting.untie_asked.connect(lambda mark_id: self._keep(mark_id, None))
        reader.pack_changed.connect(self._follow)
        reader.carried.also = self._lights

    # ---- tying

    def _tie_current(self) -> None:
        reader = self._reader()
        if reader is None:
            return
        held = reader.canvas.drawing.holding.held_mark()
        key = held[1].id if held is not None else reader.notes.list.current_key()
        if held is None and not (reader.notes.isVisible() and key):
            reader.marking.say(_NONE)
            return
        self.tie(key)

    def tie(self, mark_id: str) -> None:
        """Ask what a note is to be tied to."""
        reader = self._reader()
        pack = reader.pane.pack if reader is not None else None
        if pack is None or pack.notebook is None or not isinstance(pack.notebook.get(mark_id), Annotation):
            return
        self._mark_id = mark_id
        self._panel.open()
        book = pack.book

        def targets() -> "list[tuple[Target, Subject]]":
            from desktop.library.subjects import targets_of

            return targets_of(self._room.holdings, book.pack)

        self._then(self._room.store.do(targets), lambda found: self._show(found, book.pack.id))

    def _show(self, found: "Sequence[tuple[Target, Subject]]", pack_id: str) -> None:
        self._subjects = dict(found)
        self._panel.show_targets([target for target, _ in found], pack_id)

    def _chosen(self, target: "Target", _beside: bool) -> None:
        self._keep(self._mark_id, self._subjects.get(target))

    def _keep(self, mark_id: str, subject: "Subject | None") -> None:
        reader = self._reader()
        notebook = reader.marking.notebook if reader is not None else None
        if reader is not None and notebook is not None and isinstance(notebook.get(mark_id), Annotation):
            notebook.tie(mark_id, subject)
            said = f"Tied to “{subject.label}”. Later packs show the note beside it." if subject else "No longer tied."
            reader.marking.say(said, reader.marking.undo)
            if reader.notes.isVisible():
                reader.notes.focus_list()
            else:
                reader.canvas.setFocus()

    @property
    def _panel(self) -> "QuickOpen":
        if self._picker is None:
            from desktop.ui.panels.quick_open import QuickOpen

            self._picker = QuickOpen(self._app.theme, self._app.window, "Tie the note to", _HINT)
            self._picker.chosen.connect(self._chosen)
        return self._picker

    # ---- in later packs

    def _follow(self, pack: "Pack") -> None:
        def found() -> "list[Followed]":
            from desktop.library.subjects import followed

            return followed(self._room.holdings, pack)

        self._found, self._pack_id = [], pack.id
        self._then(self._room.store.do(found), lambda notes: self._take(pack.id, notes))

    def _take(self, pack_id: str, found: "list[Followed]") -> None:
        reader = self._reader()
        if reader is None or pack_id != self._pack_id:
            return
        self._found = found
        reader.notes.show_followed(found)
        for pane in reader.split.panes:
            pane.canvas.viewport().update()

    def _lights(self, pane: "Pane", page: "BookPage") -> list[Light]:
        """A quiet mark at each place of which something was written before."""
        if pane.pack is None or pane.pack.id != self._pack_id or pane.pack.is_earlier:
            return []
        counts: dict[tuple[Quad, ...], int] = {}
        for each in self._found:
            spot = each.spot
            if (spot.paper_id, spot.page) == (page.paper.paper_id, page.index):
                quads = spot.quads[:1] or (_TOP,)
                counts[quads] = counts.get(quads, 0) + 1
        return [Light("tag", quads, f"◆ {say_count(count, 'earlier note')}") for quads, count in counts.items()]

    def _reader(self) -> "ReaderScreen | None":
        return cast("ReaderScreen | None", self._app.window.screen_of(Screen.READER))
