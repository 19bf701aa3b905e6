"""The packs that are open on the screen, each once, whatever the number of panes it is shown in."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.packs.book import Book
from desktop.reader.history import Place
from desktop.reader.opened import Opened
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.reading.open_pack import OpenPack

Shown = Callable[[OpenPack, Place | None], None]


class OpenPacks(QObject):
    """Opens a pack when a place in it is first wanted, and keeps it until the reader is left: one may come back."""

    notes_came = Signal(object)  # OpenPack
    paper_read = Signal(object, str, set)  # OpenPack, paper id, the pages of it (from 0) seen by now
    refused = Signal(str)  # why a pack cannot be opened, as a sentence

    def __init__(self, desk: ReadingDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._open: dict[str, OpenPack] = {}
        self._round = 0

    def get(self, pack_id: str) -> OpenPack | None:
        """An open pack, None where it is not open."""
        return self._open.get(pack_id)

    def add(self, opened: Opened) -> OpenPack:
        """Have this pack open."""
        pack = OpenPack(self._desk, opened.book, opened.seen, self)
        self._open[pack.id] = pack
        pack.notes_came.connect(lambda: self.notes_came.emit(pack))
        pack.paper_read.connect(lambda paper_id, pages: self.paper_read.emit(pack, paper_id, pages))
        return pack

    def with_pack(self, pack_id: str, then: Shown) -> None:
        """Call `then` with an open pack, opening it first if need be, and the place it was left at.

        The place is None for a pack that was open already. Nothing is called once the packs are closed.
        """
        if (pack := self._open.get(pack_id)) is not None:
            then(pack, None)
            return
        this_round = self._round

        def came(opened: Opened | None) -> None:
            if this_round != self._round:
                return
            if opened is None:
                self.refused.emit("That pack is not on this computer any more.")
            elif (pack := self._open.get(pack_id)) is not None:
                then(pack, None)
            else:
                then(self.add(opened), opened.place)

        self._desk.bridge.then(self._desk.open_pack(pack_id), came, owner=self)

    def take_book(self, book: Book) -> bool:
        """A newer state of a pack; whether it is open."""
        pack = self._open.get(book.pack.id)
        if pack is not None:
            pack.book = book
        return pack is not None

    def close(self, seconds: float) -> bool:
        """Save every pack's notes and let the packs go; whether all is in the store."""
        self._round += 1
        saved = [pack.close(seconds) for pack in self._open.values()]
        self._open.clear()
        return all(saved)
