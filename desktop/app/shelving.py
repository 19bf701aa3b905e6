"""The shelf on the screen: what stands on it, what is complete for travel, and what is taken off it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.app.fetching import Fetching
from desktop.changes import Change, Event
from desktop.library.news import News
from desktop.library.shelf import PackState, ShelfBody, ShelfPack, Weight
from desktop.library.travel import Travel
from desktop.packs.pack import Paper
from desktop.ui.kit.asking import ask
from desktop.ui.kit.notices import Act
from desktop.ui.kit.words import say_count, say_list, say_size
from desktop.ui.panels.news_words import say_news
from desktop.ui.window import Screen

if TYPE_CHECKING:
    from desktop.app.application import Application
    from desktop.room import Room
    from desktop.ui.shelf import ShelfScreen
    from desktop.ui.travel import TravelScreen

REFRESH_AFTER = 150  # ms: a burst of arrivals is one refresh of the shelf
_OTHERS = {Event.NOTES_CHANGED, Event.BOOKMARKS_CHANGED, Event.STORE_FAILED, Event.PAPER_UNDERSTOOD}
_EVENTS = frozenset(Event) - _OTHERS  # that can change a row

Then = Callable[..., None]

_NEWS_SECONDS = 30


class Shelving(QObject):
    """Answers the shelf and the page before a journey. then: goes on with a future unless the room was left.

    Ends with `stop`.
    """

    sheet_wanted = Signal(str)  # a pack's id
    changes_wanted = Signal(str, str)  # a pack's id and a paper's: what changed in it
    asked = Signal()  # the repositories were asked, or could not be
    made = Signal(object)  # a ShelfScreen
    desk_wanted = Signal()
    registers_wanted = Signal()

    def __init__(self, application: "Application", room: "Room", then: Then) -> None:
        super().__init__(application)
        self._app, self._room, self._then = application, room, then
        self._bodies: list[ShelfBody] = []
        self._travel = Travel()
        self._said: list[str] = []  # of the open pack
        self._arrival = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REFRESH_AFTER)
        self._timer.timeout.connect(self.refresh)
        self.fetching = Fetching(application, room, self.check)
        self.fetching.arrived.connect(self._say_arrived)
        application.bridge.changed.connect(self._on_change)
        application.window.status.travel_wanted.connect(self.show_travel)
        application.window.screen_shown.connect(self._on_screen)

    def stop(self) -> None:
        """The store is being closed."""
        self._timer.stop()
        self.fetching.stop()
        self._app.bridge.changed.disconnect(self._on_change)
        self._app.window.status.travel_wanted.disconnect(self.show_travel)
        self._app.window.screen_shown.disconnect(self._on_screen)
        self.deleteLater()

    # the screens

    def make_shelf(self) -> "ShelfScreen":
        """A shelf, answered here."""
        from desktop.ui.shelf import ShelfScreen

        shelf, window = ShelfScreen(self._app.theme), self._app.window
        shelf.pack_chosen.connect(window.open_place)
        shelf.retry_wanted.connect(lambda pack_id: self._fetch([pack_id]))
        shelf.removal_wanted.connect(self._put_away)
        shelf.leaving_wanted.connect(self._ask_to_leave)
        shelf.travel_wanted.connect(self.show_travel)
        shelf.sheet_wanted.connect(self.sheet_wanted)
        shelf.check_wanted.connect(self.ask_now)
        shelf.file_chosen.connect(self._app.open_file)
        shelf.sample_wanted.connect(self._app.entrance.open_sample)
        shelf.settings_wanted.connect(lambda: window.show_screen(Screen.SETTINGS))
        shelf.help_wanted.connect(lambda: window.show_screen(Screen.HELP))
        shelf.desk_wanted.connect(self.desk_wanted)
        shelf.registers_wanted.connect(self.registers_wanted)
        shelf.lock_wanted.connect(self._app.lock)
        self.made.emit(shelf)
        return shelf

    def make_travel(self) -> "TravelScreen":
        """The page before a journey, answered here."""
        from desktop.ui.travel import TravelScreen

        screen = TravelScreen(self._app.theme)
        screen.fetch_wanted.connect(lambda: self._fetch(self._travel.lacking))
        screen.check_wanted.connect(self.ask_now)
        screen.closed.connect(self._app.window.go_back)
        screen.show_travel(self._travel, self._app.now())
        return screen

    def show_shelf(self) -> None:
        """Go to the shelf as it stands now."""
        self._app.window.show_screen(Screen.SHELF)
        self.refresh()

    def show_travel(self) -> None:
        """Go to the page before a journey."""
        self._app.window.show_screen(Screen.TRAVEL)

    # what stands there

    def refresh(self) -> None:
        """Read the shelf anew."""
        store, shelf, today = self._room.store, self._room.shelf, self._app.now().date()
        self._then(store.do(shelf.bodies), self._show_bodies)
        self._then(store.do(self._room.travel, today), self._show_travel)

    def check(self) -> None:
        """Ask the repositories."""
        shelf = self._shelf()
        if shelf is not None:
            shelf.checking(True)
        self._then(self._room.begin(ask=False).check(), lambda _: self._checked(), self._not_checked)

    def ask_now(self) -> None:
        """Ask the repositories since the member wants it."""
        self.fetching.asked()
        self.check()

    def _show_bodies(self, bodies: list[ShelfBody]) -> None:
        self._bodies = bodies
        shelf = self._shelf()
        if shelf is not None:
            shelf.show_bodies(bodies, self._app.now())
        self.fetching.show_bodies(bodies)

    def _show_travel(self, travel: Travel) -> None:
        self._travel = travel
        self._app.window.status.show_travel(travel)
        shelf = self._shelf()
        screen = cast("TravelScreen | None", self._app.window.screen_of(Screen.TRAVEL))
        if shelf is not None:
            shelf.show_travel(travel)
        if screen is not None:
            screen.show_travel(travel, self._app.now())

    def _checked(self) -> None:
        shelf = self._shelf()
        if shelf is not None:
            shelf.checking(False)
        self.refresh()
        self.asked.emit()

    def _not_checked(self, error: BaseException) -> None:
        self._checked()
        self._app.window.notices.tell(error)

    def _on_change(self, change: Change) -> None:
        if change.event in _EVENTS and not self._timer.isActive():
            self._timer.start()
        if change.event is Event.PAPERS_WITHDRAWN:
            some = "A paper is" if change.done == 1 else f"{change.done} papers are"
            self._app.window.notices.say(
                f"{some} kept from you now, and no longer on this computer.", "Your own notes are kept."
            )
        if change.event is Event.BODY_ENDED:
            self._app.window.notices.say(
                f"The secretary of {change.words} has taken this computer off its list.",
                "Its papers, and your notes in them, are being removed from this computer.",
            )
        if change.event is Event.BODY_LEFT:
            self._app.window.notices.say(f"Nothing of {change.words} is on this computer any more.", tone="good")

    # what came

    def opened(self, pack_id: str, news: News | None) -> None:
        """A pack was opened: say what is new in it, or why it is empty."""
        notices = self._app.window.notices
        self.closed()
        pack = self._pack(pack_id)
        if pack is not None and pack.state is PackState.AWAY:
            self._said.append("You removed the papers of this pack from this computer.")
            safe = "Your notes are kept."
            notices.say(self._said[-1], safe, action=("Fetch again", lambda: self._fetch([pack_id])))
        if news is not None:
            words = say_news(news)
            self._said.append(words[0])
            way = self._way_to(pack_id, [*news.added, *news.changed])
            # It stays over the agenda; here it would only take room from the page.
            notices.say(*words, action=way, seconds=_NEWS_SECONDS, other=self._way_to_changes(pack_id, news))

    def closed(self) -> None:
        """The pack was left: what was said of it is not true of the next."""
        for what in self._said:
            self._app.window.notices.take_back(what)
        self._said.clear()

    def _way_to(self, pack_id: str, papers: Sequence[Paper]) -> Act | None:
        """What goes to the first of the papers, None where there is none."""
        if not papers:
            return None
        paper_id, item = papers[0].id, papers[0].item
        return f"Go to item {item}", lambda: self._app.window.open_place(pack_id, paper_id)

    def _way_to_changes(self, pack_id: str, news: News) -> Act | None:
        """What shows what changed in the first paper that did."""
        if not news.changed:
            return None
        paper = news.changed[0]
        return "What changed", lambda: self.changes_wanted.emit(pack_id, paper.id)

    def _on_screen(self, screen: Screen) -> None:
        """On the shelf there is nothing left to lead to the shelf for."""
        if screen is Screen.SHELF:
            self._app.window.notices.take_back(self._arrival)

    def _say_arrived(self, pack_ids: set[str]) -> None:
        """Where the shelf is in sight, it says so itself."""
        if self._app.window.screen_now is Screen.SHELF:
            return
        bodies = [body.name for body in self._bodies if any(pack.pack_id in pack_ids for pack in body.packs)]
        if bodies:
            self._arrival = f"New papers have arrived from {say_list(bodies)}."
            self._app.window.notices.say(self._arrival, action=("Show the shelf", self._app.leave_pack), seconds=60)

    # fetching again, and taking off

    def _fetch(self, pack_ids: list[str]) -> None:
        self.fetching.asked()
        self._room.begin(ask=False).want(pack_ids)

    def _put_away(self, pack_id: str) -> None:
        pack = self._pack(pack_id)
        self._room.begin(ask=False)
        removing = self._room.removing
        if pack is None or removing is None:
            return

        def done(_: object) -> None:
            what = f"The papers of “{pack.title}” are off this computer, which frees {say_size(pack.kept)}."
            again = ("Fetch again", lambda: self._fetch([pack_id]))
            self._app.window.notices.say(what, "Your notes, and the page you were on, are kept.", action=again)

        self._then(removing.put_away(pack_id), done)

    def _ask_to_leave(self, body_id: str) -> None:
        self._room.begin(ask=False)
        removing = self._room.removing
        if removing is not None:
            weighed = self._room.store.do(removing.weigh_body, body_id)
            self._then(weighed, lambda weight: self._ask_with(body_id, weight))

    def _ask_with(self, body_id: str, weight: Weight) -> None:
        shelf = self._shelf()
        body = next((body for body in self._bodies if body.body_id == body_id), None)
        if shelf is not None and body is not None:
            leave = f"Leave {body.name}"
            ask(shelf, f"{leave}?", say_leaving(weight), leave, "Stay", lambda: self._leave(body_id))

    def _leave(self, body_id: str) -> None:
        removing = self._room.removing
        if removing is not None:
            self._then(removing.leave(body_id), _nothing)

    def _pack(self, pack_id: str) -> ShelfPack | None:
        return next((pack for body in self._bodies for pack in body.packs if pack.pack_id == pack_id), None)

    def _shelf(self) -> "ShelfScreen | None":
        return cast("ShelfScreen | None", self._app.window.screen_of(Screen.SHELF))


def say_leaving(weight: Weight) -> str:
    """What goes with a body, before it goes."""
    packs = f"{say_count(weight.packs, 'pack')} ({say_size(weight.size)})"
    notes = say_count(weight.notes, "note, highlight or bookmark", "notes, highlights and bookmarks")
    what = f"{packs} and {notes}" if weight.notes else f"{packs}, without any notes of yours,"
    return (
        f"{what} will be destroyed on this computer. This cannot be undone. The secretary is not told; "
        "to receive packs again you need a new invitation."
    )


def _nothing(_: Any) -> None:
    """What there is to say is said by the change that goes with it."""
