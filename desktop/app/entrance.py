"""How the store is opened: the welcome, an invitation, the lock. Screens are loaded when they are first shown."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from desktop.doorway import Doorway, Entered
from desktop.errors import KnownError
from desktop.jobs import Lane
from desktop.sample import SAMPLE_PASSPHRASE, is_sample, make_sample, sample_home
from desktop.ui.kit.notices import Told
from desktop.ui.window import Screen

if TYPE_CHECKING:
    from desktop.app.application import Application
    from desktop.ui.unlock import UnlockScreen
    from desktop.ui.welcome import Invited, WelcomeScreen


NOTES_ENDING = ".despatch-notes"  # as in desktop.packs.letter, which is not loaded before it is needed


class Entrance(QObject):
    """Answers the welcome and unlock screens."""

    def __init__(self, application: "Application") -> None:
        super().__init__(application)
        self._app = application
        self._invitation = b""
        self._entered: Entered | None = None
        self._request = b""
        self._to_desk = False  # a secretary begins, and has no pack to go to

    # beginning

    def begin(self, opened: "Future[Entered | None] | None", invitation: Path | None) -> None:
        """Go where `opened` leads: in, to the lock, or to the welcome where nothing was ever kept. None: the sample."""
        self._pending = invitation
        if opened is None:
            self._make_sample(self._app.doorway.folder)
        elif self._app.doorway.is_new:
            self._app.window.show_screen(Screen.WELCOME)
            self._open_pending()
        else:
            self._app.bridge.then(opened, self._tried, self._not_opened, owner=self)

    def open_file(self, path: Path) -> None:
        """Open an invitation or a file of notes, wherever it came from."""
        if path.suffix.lower() == NOTES_ENDING:
            self._open_notes(path)
            return
        from desktop.packs.invitation import Invitation
        from desktop.ui.welcome import Invited

        try:
            data = _read(path)
            invitation = Invitation.from_bytes(data)
        except KnownError as error:
            self._app.window.notices.tell(error)
            return
        if self._app.reading is None and not self._app.doorway.is_new:
            self._pending = path
            self._app.window.notices.say("Unlock Despatch first; then the invitation is opened.")
            return
        self._invitation = data
        invited = Invited(invitation.body.name, invitation.body.organisation)
        self._welcome()
        if self._app.reading is not None:
            self._welcome().begin(invited, keyring=False, has_store=True)
        else:
            begin = partial(self._begin_new, invited)
            self._app.bridge.then(self._app.doorway.keyring(), begin, self._failed, owner=self)

    def _open_notes(self, path: Path) -> None:
        if self._app.reading is not None:
            self._app.reading.posting.bring(path)
        elif self._app.doorway.is_new:
            self._app.window.notices.say("These are notes from a member of a board. Open your invitation to it first.")
        else:
            self._pending = path
            self._app.window.notices.say("Unlock Despatch first; then the notes are taken in.")

    def _begin_new(self, invited: "Invited", found: tuple[bool, bool]) -> None:
        self._welcome().begin(invited, keyring=found[0])

    def _tried(self, entered: Entered | None) -> None:
        if entered is not None:
            self._enter(entered)
            return
        self._app.window.show_screen(Screen.UNLOCK)

    def _not_opened(self, error: BaseException) -> None:
        self._app.window.show_screen(Screen.UNLOCK)
        self._app.window.notices.tell(error)

    def _enter(self, entered: Entered) -> None:
        self._app.entered(entered, self._open_pending)

    def _open_pending(self) -> None:
        path, self._pending = self._pending, None
        if path is not None:
            self.open_file(path)

    # the welcome

    def make_welcome(self) -> "WelcomeScreen":
        """A welcome, answered here."""
        from desktop.ui.welcome import WelcomeScreen

        screen = WelcomeScreen(self._app.theme, can_leave=self._app.reading is not None)
        screen.file_chosen.connect(lambda path: self.open_file(Path(path)))
        screen.sample_wanted.connect(self.open_sample)
        screen.secretary_wanted.connect(self._begin_desk)
        screen.passphrase_chosen.connect(self._create)
        screen.recovery_kept.connect(self._recovery_kept)
        screen.code_save_wanted.connect(self._save_words)
        screen.member_given.connect(self._join)
        screen.request_save_wanted.connect(lambda path: self._save(Path(path), self._request))
        screen.help_wanted.connect(lambda: self._app.window.show_screen(Screen.HELP))
        screen.left.connect(self._app.window.go_back)
        screen.finished.connect(self._joined)
        return screen

    def _begin_desk(self) -> None:
        if self._app.reading is not None:
            self._show_desk()
            return
        self._to_desk = True

        def begin(found: tuple[bool, bool]) -> None:
            self._welcome().begin(None, keyring=found[0])

        self._app.bridge.then(self._app.doorway.keyring(), begin, self._failed, owner=self)

    def _show_desk(self) -> None:
        if self._app.reading is not None:
            self._app.reading.desking.show_desk()

    def open_sample(self) -> None:
        """Make the sample committee where it is not there yet, and open it."""
        folder = self._app.doorway.folder
        self._make_sample(folder if is_sample(folder) else sample_home(folder))

    def _make_sample(self, home: Path) -> None:
        self._welcome().working("Preparing the sample board: three meetings are compiled, sealed and sent…")
        lane = Lane("sample")
        made = lane.do(make_sample, home)
        lane.close_later()
        self._app.bridge.then(made, lambda _: self._enter_sample(home), self._failed, owner=self)

    def _enter_sample(self, home: Path) -> None:
        if self._app.doorway.folder != home:
            self._app.use_doorway(Doorway(home, self._app.doorway.changes))
        self._app.bridge.then(self._app.doorway.enter(SAMPLE_PASSPHRASE), self._tried, self._failed, owner=self)

    def _create(self, passphrase: str, use_keyring: bool) -> None:
        self._welcome().working("Making your store…")
        self._app.bridge.then(
            self._app.doorway.create(passphrase, use_keyring), self._created, self._failed, owner=self
        )

    def _created(self, made: tuple[Entered, str]) -> None:
        self._entered, code = made
        self._welcome().show_recovery(code)

    def _recovery_kept(self) -> None:
        entered, self._entered = self._entered, None
        if entered is not None:
            self._app.entered(entered, self._show_desk if self._to_desk and not self._invitation else _go_nowhere)
        self._to_desk = False
        if self._invitation:
            self._app.window.show_screen(Screen.WELCOME)
            self._welcome().ask_member()

    def _join(self, member: str, device: str) -> None:
        reading = self._app.reading
        if reading is None:
            return
        self._welcome().working("Making this computer's keys and asking to be admitted…")
        joining = reading.room.store.do(reading.room.join, self._invitation, member, device)
        self._app.bridge.then(joining, self._asked, self._failed, owner=self)

    def _asked(self, joined: "object") -> None:
        from desktop.library.joining import Joined

        assert isinstance(joined, Joined)
        self._request, self._invitation = joined.request, b""
        self._welcome().show_request(joined.phrase, joined.delivered)

    def _joined(self) -> None:
        self._app.window.show_screen(Screen.SHELF)
        if self._app.reading is not None:
            self._app.reading.check()

    def _welcome(self) -> "WelcomeScreen":
        screen = self._app.window.screen_of(Screen.WELCOME)
        if screen is None or self._app.window.screen_now is not Screen.WELCOME:
            screen = self._app.window.show_screen(Screen.WELCOME)
        return cast("WelcomeScreen", screen)

    def _failed(self, error: BaseException) -> None:
        screen = cast("WelcomeScreen | None", self._app.window.screen_of(Screen.WELCOME))
        if screen is not None:
            screen.ready()
        self._app.window.notices.tell(error)

    def _save_words(self, path: str, words: str) -> None:
        self._save(Path(path), words.encode())

    def _save(self, path: Path, data: bytes) -> None:
        try:
            path.write_bytes(data)
        except OSError as error:
            do = f"Choose another place: {error.strerror}."
            self._app.window.notices.say(f"{path.name} could not be written.", "Nothing is lost.", do, "bad")
        else:
            self._app.window.notices.say(f"Saved as {path.name}.", tone="good", seconds=8)

    # the lock

    def make_unlock(self) -> "UnlockScreen":
        """A lock, answered here."""
        from desktop.ui.unlock import UnlockScreen

        screen = UnlockScreen(self._app.theme)
        self._app.bridge.then(self._app.doorway.keyring(), lambda found: screen.offer_keyring(found[1]), owner=screen)
        screen.passphrase_entered.connect(lambda words: self._try(screen, self._app.doorway.enter(words)))
        screen.recovery_entered.connect(lambda code: self._try(screen, self._app.doorway.enter_by_code(code), True))
        screen.keyring_wanted.connect(lambda: self._try(screen, self._app.doorway.enter_quietly()))
        screen.new_passphrase_chosen.connect(lambda words: self._renew(screen, words))
        screen.help_wanted.connect(lambda: self._app.window.show_screen(Screen.HELP))
        return screen

    def _try(self, screen: "UnlockScreen", opening: "Future[Entered | None]", code: bool = False) -> None:
        screen.working()

        def opened(entered: Entered | None) -> None:
            if entered is None:
                screen.refuse("The keyring of this computer holds no key for Despatch. Use your passphrase.")
            elif code:
                self._entered = entered
                screen.ask_new_passphrase()
            else:
                self._let_in(entered)

        self._app.bridge.then(opening, opened, self._refused(screen), owner=screen)

    @staticmethod
    def _refused(screen: "UnlockScreen") -> Callable[[BaseException], None]:
        def refused(error: BaseException) -> None:
            if not isinstance(error, Told):
                raise error
            screen.refuse(str(error), getattr(error, "wait", 0))

        return refused

    def _let_in(self, entered: Entered) -> None:
        self._entered = None
        self._enter(entered)
        self._app.window.remove(Screen.UNLOCK)

    def _renew(self, screen: "UnlockScreen", passphrase: str) -> None:
        """A new passphrase after the recovery code was used."""
        entered = self._entered
        if entered is None:
            return
        key = self._app.doorway.renew_passphrase(passphrase)
        self._app.bridge.then(key, lambda _: self._let_in(entered), self._refused(screen), owner=screen)


def _go_nowhere() -> None:
    """The shelf is where a member begins."""


def _read(path: Path) -> bytes:
    from desktop.packs.layout import MAX_INVITATION
    from desktop.packs.packfile import ENDING

    if path.suffix.lower() == ENDING:
        raise KnownError(
            f"{path.name} is a compiled pack, which only the secretary who made it can publish.",
            "Nothing was changed.",
            "Published packs come to this computer by themselves. To join a board, open its invitation.",
        )
    try:
        with path.open("rb") as file:
            return file.read(MAX_INVITATION + 1)
    except OSError as error:
        raise KnownError(f"{path.name} could not be read: {error.strerror}.", "Nothing was changed.") from error
