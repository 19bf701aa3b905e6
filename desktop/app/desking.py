"""The secretary's desk on the screen: what its three screens ask for, and what comes of it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.app.aftercare import Aftercaring
from desktop.app.minuting import Minuting
from desktop.ui.kit.files import ask_where_to_save
from desktop.ui.kit.words import say_count
from desktop.ui.window import Screen

if TYPE_CHECKING:
    from db.records import OfficeRecord, RosterRecord
    from desktop.app.application import Application
    from desktop.packs.retention import Retention, Rule
    from desktop.secretary.desk import Brought, Desk, Despatched, Opened
    from desktop.secretary.membership import Membership
    from desktop.secretary.merged import MergedPack
    from desktop.secretary.project import Project
    from desktop.secretary.publish import Published
    from desktop.secretary.roster import Asked
    from desktop.secretary.slots import Placed
    from desktop.secretary.workplan import Offer
    from desktop.ui.desk.meetings import DeskScreen
    from desktop.ui.desk.people import PeopleScreen
    from desktop.ui.desk.preparing import PreparingScreen

Then = Callable[..., None]
_NEXT = "Members’ computers fetch it by themselves."


class Desking(QObject):
    """Answers the desk. then: goes on with a future unless the room was left. Ends with `stop`."""

    _sent = Signal(int, int)  # from the desk's lane

    def __init__(self, application: "Application", then: Then) -> None:
        super().__init__(application)
        self._app, self._then = application, then
        self._desk: Desk | None = None
        self._folder: Path | None = None
        self._body_id = ""
        self._sent.connect(self._show_progress)
        self.after = Aftercaring(application, then, lambda: self._open().after)
        self.minuting = Minuting(application, then, lambda: self._open().minutes, self._refresh_desk)

    def begin_quietly(self, is_secretary: bool) -> None:
        """What is due is done wherever a secretary's Despatch is open, whether the desk is in sight or not."""
        if is_secretary:
            self.after.do_what_is_due()

    def stop(self) -> None:
        """The store is being closed: what is being despatched is finished first."""
        self.after.stop()
        desk, self._desk = self._desk, None
        if desk is not None:
            desk.close()
        self.deleteLater()

    # the screens

    def show_desk(self) -> None:
        """Go to the desk."""
        self._app.window.show_screen(Screen.DESK)
        self._refresh_desk()

    def make(self, screen: Screen) -> QWidget:
        """One of the three screens."""
        makers: dict[Screen, Callable[[], QWidget]] = {
            Screen.DESK: self._make_desk,
            Screen.PREPARING: self._make_preparing,
            Screen.PEOPLE: self._make_people,
        }
        return makers[screen]()

    def _make_desk(self) -> "DeskScreen":
        """The desk, answered here."""
        from desktop.ui.desk.meetings import DeskScreen

        screen = DeskScreen(self._app.theme)
        screen.closed.connect(self._app.window.go_back)
        screen.body_wanted.connect(self._found)
        screen.meeting_begun.connect(self._begin)
        screen.folder_wanted.connect(self._take_up)
        screen.meeting_wanted.connect(lambda folder: self._prepare(Path(folder)))
        screen.put_down_wanted.connect(self._put_down)
        screen.people_wanted.connect(self._show_people)
        self.after.answer(screen)
        screen.rules_wanted.connect(self._ask_rules)
        self.minuting.answer(screen)
        return screen

    def _make_preparing(self) -> "PreparingScreen":
        """A meeting being prepared, answered here."""
        from desktop.ui.desk.preparing import PreparingScreen

        screen = PreparingScreen(self._app.theme)
        screen.closed.connect(self._close_preparing)
        screen.kept.connect(self._keep)
        screen.files_added.connect(self._add)
        screen.check_wanted.connect(self._check)
        screen.despatch_wanted.connect(self._despatch)
        screen.workplan_wanted.connect(self._offer)
        screen.pdf_wanted.connect(self._ask_where)
        return screen

    def _make_people(self) -> "PeopleScreen":
        """A body's people, answered here."""
        from desktop.ui.desk.people import PeopleScreen

        screen = PeopleScreen(self._app.theme)
        screen.closed.connect(self._app.window.go_back)
        screen.refresh_wanted.connect(self._refresh_people)
        screen.invite_wanted.connect(self._invite)
        screen.membership_changed.connect(self._change_membership)
        screen.admit_wanted.connect(lambda tag: self._then(self._open().admit(self._body_id, tag), self._admitted))
        screen.removal_wanted.connect(lambda tag: self._then(self._open().remove(self._body_id, tag), self._removed))
        return screen

    # bodies and meetings

    def _open(self) -> "Desk":
        if self._desk is None:
            self._desk = self._app.doorway.desk()
        return self._desk

    def _refresh_desk(self) -> None:
        desk = self._open()
        screen = cast("DeskScreen", self._app.window.screen_of(Screen.DESK))
        self._then(
            desk.bodies(), lambda bodies: self._then(desk.meetings(), lambda each: screen.show_desk(bodies, each))
        )

    def _found(self, name: str, organisation: str, where: str, address: str, keys: object) -> None:
        def done(_: object) -> None:
            self._app.window.notices.say(f"{name} is ready.", "Invite its members next.", tone="good")
            self._refresh_desk()

        place = cast("Mapping[str, str]", keys)
        self._then(self._open().found(name, organisation, where if place else Path(where), address, place), done)

    def _ask_rules(self, body_id: str) -> None:
        from desktop.ui.desk.rules import RulesForm

        def decide(rule: "Rule", days: int, hold: str) -> None:
            def told(published: "Published") -> None:
                devices = say_count(published.devices, "device")
                self._app.window.notices.say("It is decided, and signed.", f"It goes to {devices}.", tone="good")

            self._then(self._open().decide(body_id, rule, days, hold), told)

        def ask(found: "tuple[OfficeRecord, Retention | None]") -> None:
            screen = cast("DeskScreen", self._app.window.screen_of(Screen.DESK))
            RulesForm(screen, found[0].name, found[1], decide).open()

        self._then(self._open().retention(body_id), ask)

    def _begin(self, folder: str, project: object) -> None:
        self._then(self._open().begin(Path(folder), cast("Project", project)), self._prepare)

    def _take_up(self, folder: str, body: str) -> None:
        self._then(self._open().take_up(Path(folder), body), self._prepare)

    def _put_down(self, folder: str) -> None:
        self._then(self._open().put_down(Path(folder)), lambda _: self._refresh_desk())

    def _prepare(self, folder: Path) -> None:
        def opened(opened: "Opened") -> None:
            self._folder = opened.folder
            screen = cast("PreparingScreen", self._app.window.show_screen(Screen.PREPARING))
            screen.show_opened(opened)
            screen.setFocus()

        self._then(self._open().open(folder), opened)

    def _close_preparing(self) -> None:
        self._app.window.go_back()
        self._refresh_desk()

    # one meeting

    def _preparing(self) -> "PreparingScreen":
        return cast("PreparingScreen", self._app.window.screen_of(Screen.PREPARING))

    def _keep(self, project: object) -> None:
        if self._folder is not None:
            self._then(self._open().save(self._folder, cast("Project", project)), lambda _: None)

    def _add(self, paths: list[str]) -> None:
        folder, screen = self._folder, self._preparing()
        if folder is None:
            return
        screen.busy(f"Looking at {say_count(len(paths), 'file')}…")

        def brought(files: "Brought") -> None:
            screen.busy("")
            from desktop.secretary.slots import place_files

            found = place_files(screen.project, files.beginnings, files.beginnings)
            screen.take_placed("Add papers", found.project)
            self._then(self._open().open(folder), screen.update_opened)
            self._say_placed(found, files.troubles)

        self._then(self._open().add(folder, map(Path, paths)), brought, self._stopped)

    def _say_placed(self, found: "Placed", troubles: tuple[str, ...]) -> None:
        notices = self._app.window.notices
        for trouble in troubles:
            notices.say(trouble, tone="warn")
        what = f"{say_count(found.placed, 'paper')} found {'its' if found.placed == 1 else 'their'} place."
        if found.left:
            left = f"{say_count(len(found.left), 'file')} did not: right-click it below the agenda to place it."
            notices.say(what, left, seconds=20)
        elif found.placed:
            notices.say(what, tone="good", seconds=8)

    def _check(self) -> None:
        folder, screen = self._folder, self._preparing()
        if folder is None:
            return
        screen.busy("Reading the papers…")

        def checked(remarks: list[object]) -> None:
            screen.busy("")
            screen.show_remarks(remarks)  # type: ignore[arg-type]

        self._then(self._open().check(folder, screen.project, self._app.now().date()), checked, self._stopped)

    def _offer(self) -> None:
        folder, screen = self._folder, self._preparing()
        if folder is None:
            return
        screen.busy("Reading the workplan…")

        def offered(offers: "list[Offer]") -> None:
            screen.busy("")
            screen.show_offers(offers)

        self._then(self._open().offers(folder, screen.project), offered, self._stopped)

    def _ask_where(self, member: str, public: bool, archive: bool) -> None:
        screen = self._preparing()
        name = screen.project.title or f"{screen.project.body} {screen.project.meeting.held_on}"
        name += f" for {member}" if member else " public" if public else ""
        ask_where_to_save(
            screen, "One PDF of the pack", f"{name.replace('/', '-')}.pdf", "Save the PDF",
            lambda path: self._merge(Path(path), member, public, archive),
        )  # fmt: skip

    def _merge(self, path: Path, member: str, public: bool, archive: bool) -> None:
        from desktop.secretary.merged import Wish

        folder, screen = self._folder, self._preparing()
        if folder is None:
            return
        screen.busy("Putting the papers into one PDF…")

        def merged(done: "MergedPack") -> None:
            screen.busy("")
            held = f"{say_count(done.left_out, 'paper')} left out." if done.left_out else ""
            what = f"{done.path.name} is written: {say_count(done.pages, 'page')}."
            self._app.window.notices.say(what, held, " ".join(done.notes), tone="good", seconds=30)

        wish = Wish(path, member, public, archive)
        self._then(self._open().merge(folder, wish, self._app.now(), self._sent.emit), merged, self._stopped)

    def _despatch(self) -> None:
        folder, screen = self._folder, self._preparing()
        if folder is None:
            return
        screen.busy("Sealing and sending…")
        despatching = self._open().despatch(folder, self._sent.emit)

        def despatched(done: "Despatched") -> None:
            screen.busy("")
            self._then(self._open().open(folder), screen.update_opened)
            self._say_despatched(done)

        self._then(despatching, despatched, self._stopped)

    def _say_despatched(self, done: "Despatched") -> None:
        pack, notices = done.compiled.edition.pack, self._app.window.notices
        for warning in done.compiled.warnings:
            notices.say(warning, tone="warn")
        sent = f"{say_count(done.published.sent, 'paper')} sent, {done.published.kept} there already."
        devices = say_count(done.published.devices, "device")
        what = f"“{pack.title}”, edition {pack.edition}, is despatched to {devices}."
        notices.say(what, sent, _NEXT, "good")

    def _stopped(self, error: BaseException) -> None:
        self._preparing().busy("")
        self._app.window.notices.tell(error)

    def _show_progress(self, done: int, total: int) -> None:
        screen = self._app.window.screen_of(Screen.PREPARING)
        if screen is not None:
            cast("PreparingScreen", screen).show_progress(done, total)

    # people

    def _show_people(self, body_id: str) -> None:
        self._body_id = body_id
        self._app.window.show_screen(Screen.PEOPLE)
        self._refresh_people()

    def _refresh_people(self) -> None:
        screen = cast("PeopleScreen", self._app.window.screen_of(Screen.PEOPLE))
        body_id = self._body_id

        def found(people: "tuple[OfficeRecord, list[RosterRecord], Asked]") -> None:
            office, entries, asked = people
            self._then(
                self._open().memberships(body_id),
                lambda memberships: screen.show_people(office, entries, asked.troubles, memberships),
            )

        self._then(self._open().people(body_id), found)

    def _change_membership(self, member: str, wanted: object) -> None:
        def changed(_: object) -> None:
            self._app.window.notices.say(f"{member}: kept. Their computers get what they may have.", tone="good")
            self._refresh_people()

        self._then(self._open().change_membership(self._body_id, member, cast("Membership", wanted)), changed)

    def _invite(self, member: str, another: bool) -> None:
        """The file first: an invitation that was written nowhere would stand open for nobody."""
        window = self._app.window
        screen = cast("PeopleScreen", window.screen_of(Screen.PEOPLE))

        def save(path: str) -> None:
            def written(data: bytes) -> None:
                try:
                    Path(path).write_bytes(data)
                except OSError as error:
                    what = f"The invitation could not be written to {path}: {error.strerror}."
                    window.notices.say(what, "It is on the roster; remove it there and write another.", tone="bad")
                else:
                    screen.clear_name()
                    window.notices.say(f"{Path(path).name} invites {member}.", "Send it to them alone.", tone="good")
                self._refresh_people()

            self._then(self._open().invite(self._body_id, member, another), written)

        ask_where_to_save(screen, f"The invitation for {member}", f"{member}.despatch", "Write the invitation", save)

    def _admitted(self, published: "Published") -> None:
        packs = say_count(len(published.editions), "pack")
        self._app.window.notices.say(f"They are admitted, and can fetch {packs}.", tone="good", seconds=20)
        self._refresh_people()

    def _removed(self, published: "Published") -> None:
        self._app.window.notices.say("Nothing more is sent there.", tone="good", seconds=20)
        self._refresh_people()
