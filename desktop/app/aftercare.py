"""The desk after a despatch: who has what, what changes, texts, calendar; and what comes due while Despatch is open."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer

from desktop.ui.kit.files import ask_where_to_save
from desktop.ui.kit.words import say_list

if TYPE_CHECKING:
    from desktop.app.application import Application
    from desktop.secretary.aftercare import Aftercare, Done
    from desktop.secretary.mails import Mail, Text
    from desktop.secretary.receipts import WhoHas
    from desktop.ui.desk.meetings import DeskScreen
    from desktop.ui.desk.who_has import WhoHasDialog

Then = Callable[..., None]
_LONGEST = 3600_000  # ms until what is due is looked at again: a clock may be put right meanwhile
_SOONEST = 1000


class Aftercaring(QObject):
    """Answers the desk's meetings. care: of the open desk. Ends with `stop`."""

    def __init__(self, application: "Application", then: Then, care: "Callable[[], Aftercare]") -> None:
        super().__init__(application)
        self._app, self._then, self._care = application, then, care
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.do_what_is_due)

    def stop(self) -> None:
        """The store is being closed."""
        self._timer.stop()

    def answer(self, screen: "DeskScreen") -> None:
        """Answer a desk."""
        screen.who_has_wanted.connect(lambda folder: self.show_who_has(Path(folder)))
        screen.changes_wanted.connect(lambda folder: self.show_changes(Path(folder)))
        screen.texts_wanted.connect(lambda folder: self.show_texts(Path(folder)))
        screen.calendar_wanted.connect(lambda folder, name: self.save_calendar(Path(folder), name))

    def do_what_is_due(self) -> None:
        """Now, and again when the next thing comes due."""
        self._then(self._care().do_what_is_due(), self._done)

    def _done(self, done: "Done") -> None:
        if done.bodies:
            self._app.window.notices.say(
                f"What was due for {say_list(done.bodies)} is done: embargoes, papers whose day is over, signatures.",
                tone="good", seconds=20,
            )  # fmt: skip
        for trouble in done.troubles:
            self._app.window.notices.say(trouble, tone="warn")
        wait = _LONGEST
        if done.coming and not done.troubles:  # a time that is past was a term's, for which nothing is to be done
            wait = round((done.coming[0].at - datetime.now(UTC)).total_seconds() * 1000)
        self._timer.start(max(_SOONEST, min(wait, _LONGEST)))

    def show_who_has(self, folder: Path) -> None:
        """Who has the pack of a folder."""
        from desktop.ui.desk.who_has import WhoHasDialog

        dialog = WhoHasDialog(self._app.theme, self._app.window)
        dialog.look_wanted.connect(lambda files: self._look(dialog, folder, [Path(each) for each in files]))
        dialog.asked.connect(lambda yes: self._then(self._care().ask_for_receipts(folder, yes), lambda _: None))
        self._look(dialog, folder, [])

    def _look(self, dialog: "WhoHasDialog", folder: Path, files: list[Path]) -> None:
        def found(found: "WhoHas") -> None:
            self._then(self._care().wants_receipts(folder), lambda asking: dialog.show_found(found, bool(asking)))
            dialog.open()

        self._then(self._care().who_has(folder, files), found)

    def show_changes(self, folder: Path) -> None:
        """What the next edition changes."""
        from desktop.ui.desk.who_has import ChangesDialog

        def found(said: object) -> None:
            ChangesDialog(self._app.theme, cast("list[str] | None", said), self._app.window).open()

        self._then(self._care().changes(folder), found)

    def show_texts(self, folder: Path) -> None:
        """E-mail texts about the pack."""
        from desktop.ui.desk.mail_dialog import MailDialog

        def found(texts: object) -> None:
            MailDialog(self._app.theme, cast("dict[Mail, Text]", texts), self._app.window).open()

        self._then(self._care().texts(folder), found)

    def save_calendar(self, folder: Path, name: str) -> None:
        """The meeting as a calendar file."""

        def save(path: str) -> None:
            def made(data: object) -> None:
                try:
                    Path(path).write_bytes(cast("bytes", data))
                except OSError as error:
                    self._app.window.notices.say(f"{path} could not be written: {error.strerror}.", tone="bad")
                    return
                what = f"{Path(path).name} was written. Send it to the members; any calendar takes it in."
                self._app.window.notices.say(what, tone="good", seconds=20)

            self._then(self._care().calendar(folder), made)

        ask_where_to_save(self._app.window, "The meeting for calendars", f"{name}.ics", "Write the file", save)
