"""While the store is open: the shelf, the reader, and what arrives meanwhile."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer

from desktop.annotations.saver import Notes
from desktop.app.desking import Desking
from desktop.app.editions import editions_of
from desktop.app.ending import Ending
from desktop.app.guiding import guide_of
from desktop.app.links import links_of
from desktop.app.mapping import Mapping
from desktop.app.posting import Posting
from desktop.app.quick import QuickAccess
from desktop.app.registering import Registering
from desktop.app.sheeting import Sheeting
from desktop.app.shelving import Shelving
from desktop.app.subjecting import Subjecting
from desktop.app.telling import Tellings
from desktop.app.through_time import ThroughTime
from desktop.changes import Change, Event
from desktop.jobs import Lane
from desktop.library.acronyms import Acronyms
from desktop.library.kept_notes import notes_of_body
from desktop.library.news import News
from desktop.library.standing import catch_up
from desktop.packs.pack import Pack
from desktop.pdf.protocol import PageImage
from desktop.reader.glance import Port
from desktop.reader.history import Place
from desktop.room import OpenedPack, Room
from desktop.search.finder import Finder
from desktop.ui.kit.notices import Told
from desktop.ui.reader_screen import ReaderScreen, ReadingDesk
from desktop.ui.window import PlaceWanted, Screen

if TYPE_CHECKING:
    from desktop.app.application import Application

SAVE_SECONDS = 10.0
QUIET_START = 600  # ms after the first page is asked for: until then both cores belong to it
RETRY_EVERY = 2000  # ms between trials of what the store refused
REFRESH_AFTER = 150  # ms: a burst of arrivals is one refresh of the book
REFRESH_SELDOM = 1500  # ms: papers are understood several a second, which tells no more than a number or a heading

T = TypeVar("T")

_BOOK_EVENTS = {
    Event.PACK_ARRIVED, Event.PAPER_ARRIVED, Event.PAPER_INDEXED, Event.PAPER_UNDERSTOOD, Event.PAPER_REFUSED,
    Event.PAGES_RENUMBERED,
}  # fmt: skip


class Reading(QObject):
    """One open room on the screen. Ends with `leave`."""

    def __init__(self, application: "Application", room: Room) -> None:
        super().__init__(application)
        self._app, self.room = application, room
        self._open_pack = ""
        self._loading = Lane("loading")
        self._changed_packs: set[str] = set()
        self._wanted: PlaceWanted | None = None
        self._left = False
        holdings = room.holdings
        reading = partial(catch_up, holdings)
        self._notes = Notes(room.store, holdings.annotations, holdings.bookmarks, room.changes, reading)
        self._acronyms = Acronyms(room.holdings)
        self._finder = Finder(room.store, room.holdings.finding, room.shelf.packs)
        self.shelving = Shelving(application, room, self._then)
        self.sheeting = Sheeting(application, room, self._notes, self._then)
        self.desking = Desking(application, self._then)
        self.registering = Registering(application, room, self._then)
        self.shelving.sheet_wanted.connect(self.sheeting.show_pack)
        self.posting = Posting(application, room, self._then)
        self.ending = Ending(application, room, self._then)
        self.tellings = Tellings(application, room, self._then)
        self.shelving.made.connect(self.tellings.watch_shelf)
        self.shelving.asked.connect(self.ending.run)
        self.shelving.made.connect(self.ending.watch_shelf)
        self.shelving.desk_wanted.connect(self.desking.show_desk)
        self.shelving.changes_wanted.connect(self._show_changes)
        self.shelving.registers_wanted.connect(self.registering.show)
        self.subjecting = Subjecting(application, room, self._then)
        self.through = ThroughTime(application, room, self._finder, self._then)
        self.mapping = Mapping(application, room, self._then)
        self._book_timer = self._timer(REFRESH_AFTER, self._refresh_book, once=True)
        self._retry_timer = self._timer(RETRY_EVERY, self._retry, once=True)
        self._quick = QuickAccess(
            application.window, application.theme, application.bridge, room, lambda: self._open_pack
        )
        self._quick.through_asked.connect(self.through.follow_target)
        application.bridge.changed.connect(self._on_change)
        application.window.place_wanted.connect(self.open_place)

    def begin(self, last: OpenedPack | None, drawn: Iterable[PageImage] = ()) -> None:
        """The pack that was left open, or the shelf; the quiet work a moment later. drawn: pages that are here."""
        if last is None:
            self.shelving.show_shelf()
        else:
            self._show_pack(last, drawn)
            self.shelving.refresh()
        QTimer.singleShot(QUIET_START, self, self._begin_quietly)

    def save(self) -> int:
        """Save every note; how many the store did not take. They are kept here, and tried again."""
        reader = self._reader()
        if reader is not None:
            reader.marking.close_all()
        self._notes.saver.flush(SAVE_SECONDS)
        return self._notes.saver.unsaved

    def leave(self) -> None:
        """Before locking or closing: every note is saved, if it can be, and nothing here runs on or answers."""
        self._left = True
        for timer in (self._book_timer, self._retry_timer):
            timer.stop()
        self.shelving.stop()
        self.sheeting.stop()
        self.ending.stop()
        self.subjecting.stop()
        self.mapping.stop()
        self.desking.stop()
        self.posting.stop()
        self.tellings.stop()
        self._quick.close()
        self._loading.close()
        self._app.bridge.changed.disconnect(self._on_change)
        self._app.window.place_wanted.disconnect(self.open_place)
        reader = self._reader()
        if reader is not None and self._open_pack:
            reader.leave()
        self.deleteLater()

    def check(self) -> None:
        """Ask the repositories now."""
        self.shelving.ask_now()

    # the reader

    def make_reader(self) -> ReaderScreen:
        """A reader, answered here."""
        reader = ReaderScreen(self._desk())
        reader.close_requested.connect(self.close_pack)
        reader.lock_requested.connect(self._app.lock)
        reader.pack_changed.connect(self._pack_changed)
        reader.sheet_wanted.connect(self.sheeting.show_open)
        self.ending.watch_reader(reader)
        self.subjecting.watch_reader(reader)
        self.through.watch_reader(reader)
        self.mapping.watch_reader(reader)
        reader.carried.told.connect(
            lambda words: self._app.window.notices.say(words, action=("Look at them", reader.carried.review))
        )
        return reader

    def open_place(self, wanted: PlaceWanted) -> None:
        """Go to a place of any pack."""
        reader = self._reader()
        if reader is not None and reader.is_open and (wanted.paper_id or wanted.pack_id == self._open_pack):
            self._app.window.show_screen(Screen.READER)
            self._go_to(wanted)
            return
        self._wanted = wanted
        opening = self.room.store.do(self.room.open_pack, wanted.pack_id)
        self._then(opening, lambda opened: self._opened(wanted, opened))

    def _opened(self, wanted: PlaceWanted, opened: OpenedPack | None) -> None:
        if wanted is not self._wanted:
            return  # something else was chosen meanwhile
        self._wanted = None
        if opened is None:
            self._app.window.notices.say("That pack is not on this computer any more.", tone="warn")
            return
        self._show_pack(opened)
        self._go_to(wanted)

    def _show_changes(self, pack_id: str, paper_id: str) -> None:
        reader = self._reader()
        if reader is not None and reader.pane.pack is not None and reader.pane.pack.id == pack_id:
            reader.carried.changes.start(paper_id)

    def port(self) -> Port | None:
        """Where the pages lie in the window; None where none are shown, or in two panes."""
        reader = self._reader()
        if reader is None or not reader.is_open or reader.split.is_split or not reader.isVisible():
            return None
        pages = reader.canvas.viewport()
        place = self._app.window.place_of(pages)
        ratio, tones = pages.devicePixelRatioF(), reader.pictures.tones
        return Port(place.x(), place.y(), place.width(), place.height(), ratio, tones)

    def _show_pack(self, opened: OpenedPack, drawn: Iterable[PageImage] = ()) -> None:
        reader = self._app.window.show_screen(Screen.READER)
        assert isinstance(reader, ReaderScreen)
        for image in drawn:
            reader.pictures.adopt(image)
        reader.show_pack(opened.book, opened.place, opened.seen, opened.beside)
        self.shelving.opened(opened.book.pack.id, opened.news)

    def _pack_changed(self, pack: Pack) -> None:
        """Another pack is in front of the reader."""
        self._open_pack = pack.id
        self._keep(lambda: self.room.mark_open(pack.id))
        self._app.window.say_pack(f"{pack.title}, {pack.body.name}" if pack.title else pack.body.name)

    def _go_to(self, wanted: PlaceWanted) -> None:
        reader = self._reader()
        if reader is not None and wanted.paper_id:
            reader.open_place(wanted.paper_id, wanted.page, wanted.words, wanted.pack_id, wanted.y, wanted.beside)

    def close_pack(self) -> None:
        """Leave the pack for the shelf."""
        reader = self._reader()
        if reader is not None and self._open_pack:
            reader.leave()
        self._open_pack = ""
        self._app.window.say_pack("")
        self._keep(self.room.left_pack)
        self.shelving.closed()
        self.shelving.show_shelf()

    def _refresh_book(self) -> None:
        for pack_id in self._changed_packs:
            self._then(self.room.store.do(self.room.shelf.book, pack_id), self._take_book)
        self._changed_packs.clear()

    def _take_book(self, book: object) -> None:
        from desktop.packs.book import Book

        reader = self._reader()
        if isinstance(book, Book) and reader is not None:
            reader.update_book(book)

    def _desk(self) -> ReadingDesk:
        room, store = self.room, self.room.store
        return ReadingDesk(
            pdf=room.sight,
            words=lambda sha256, page: store.do(room.holdings.versions.words, sha256, page),
            finder=self._finder,
            open_notebook=self._notes.open,
            illegible=lambda pack_id: store.do(room.shelf.illegible, pack_id),
            save_place=self._save_place,
            member=lambda body_id: store.do(room.member_of, body_id),
            explain=lambda word, pack_id: store.do(self._acronyms.explain, word, pack_id),
            notes_of_body=lambda pack_id: store.do(notes_of_body, room.holdings, pack_id),
            guide=guide_of(store, room.holdings, room.changes),
            editions=editions_of(store, room.holdings),
            links=links_of(store, room.holdings, room.changes),
            papers_left=lambda pack_id: store.do(room.papers_left, pack_id),
            page_seen=lambda pack, paper, page: self._keep(lambda: room.shelf.mark_seen(pack, paper, page)),
            open_pack=lambda pack_id: store.do(room.open_pack, pack_id),
            save_beside=lambda pack_id, beside: self._keep(lambda: room.save_beside(pack_id, beside)),
            bridge=self._app.bridge,
            theme=self._app.theme,
            fellowship=self.posting.fellowship(),
        )

    def _save_place(self, pack_id: str, place: Place) -> None:
        self._keep(lambda: self.room.save_place(pack_id, place))
        self._app.stills.moved()

    def _keep(self, work: Callable[[], None]) -> None:
        """Keep something small that nobody waits for. Where it cannot be kept, that is said, once for all."""
        self._then(self.room.store.do(work), lambda _: None, self._not_kept)

    def _not_kept(self, error: BaseException) -> None:
        if not (isinstance(error, Told) and self._notes.saver.failed):
            self._app.window.notices.tell(error)

    def _retry(self) -> None:
        """What the store refused, also of packs put away since, for as long as it refuses."""
        if self._notes.saver.failed:
            self._notes.saver.retry()
            self._retry_timer.start()
        elif not self._notes.saver.unsaved:
            self._app.window.notices.say("Everything you wrote is saved now.", tone="good", seconds=8)

    # what happens meanwhile

    def _begin_quietly(self) -> None:
        """What the quiet work needs is loaded beside this thread, which it would hold up for several frames."""
        if self._left:
            return  # closed or locked within the first moment
        loaded = self._loading.do(self.room.load_quiet)
        self._then(loaded, lambda _: self._begin(), self._app.window.notices.tell)

    def _begin(self) -> None:
        self.shelving.fetching.begin()
        offices = self.room.store.do(self.room.holdings.offices.all)
        self._then(offices, lambda found: self.desking.begin_quietly(bool(found)))
        if not self._app.settings.fetch_by_itself:
            self.ending.run()

    def _on_change(self, change: Change) -> None:
        if change.event is Event.STORE_FAILED:
            self._say_failed(change)
        if change.event is Event.PACK_ARRIVED and change.pack_id == self._open_pack:
            pack_id = change.pack_id
            self._then(self.room.store.do(self.room.take_news, pack_id), lambda news: self._take_news(pack_id, news))
        if change.event is Event.ALL_UNDERSTOOD:
            self.registering.renew()
        reader = self._reader()
        if change.event in _BOOK_EVENTS and reader is not None and reader.packs.get(change.pack_id) is not None:
            self._changed_packs.add(change.pack_id)
            pause = REFRESH_SELDOM if change.event is Event.PAPER_UNDERSTOOD else REFRESH_AFTER
            if not self._book_timer.isActive() or self._book_timer.remainingTime() > pause:
                self._book_timer.start(pause)

    def _take_news(self, pack_id: str, news: News | None) -> None:
        if news is not None and pack_id == self._open_pack:
            self.shelving.opened(pack_id, news)

    def _say_failed(self, change: Change) -> None:
        ours = change.origin is self._notes.saver
        kept = "What you wrote is kept here, and saved by itself as soon as that can be done." if ours else ""
        self._app.window.notices.say(change.words, kept, tone="bad")
        if ours:
            self._retry_timer.start()

    def _then(
        self, future: "Future[T]", done: Callable[[T], None], failed: Callable[[BaseException], None] | None = None
    ) -> None:
        """Go on with the result, or say the error, unless the room was left meanwhile."""
        tell = failed or self._app.window.notices.tell
        self._app.bridge.then(
            future,
            lambda result: None if self._left else done(result),
            lambda error: None if self._left else tell(error),
            owner=self,
        )

    def _reader(self) -> ReaderScreen | None:
        reader = self._app.window.screen_of(Screen.READER)
        return reader if isinstance(reader, ReaderScreen) else None

    def _timer(self, pause: int, act: object, once: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(pause)
        timer.setSingleShot(once)
        timer.timeout.connect(act)
        return timer
