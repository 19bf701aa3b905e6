"""Minutes at the desk: written, exported, put into the next pack, confirmed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from desktop.ui.kit.files import ask_where_to_save
from desktop.ui.kit.words import say_list

if TYPE_CHECKING:
    from datetime import date

    from desktop.app.application import Application
    from desktop.secretary.minutes import Minutes
    from desktop.secretary.minuting import Carried
    from desktop.secretary.minuting_desk import MinutesDesk
    from desktop.ui.desk.meetings import DeskScreen
    from desktop.ui.desk.minutes import MinutesDialog

Then = Callable[..., None]


class Minuting(QObject):
    """Answers the desk's meetings. minutes: of the open desk. changed: a meeting's agenda was, too."""

    def __init__(
        self, application: "Application", then: Then, minutes: "Callable[[], MinutesDesk]", changed: Callable[[], None]
    ) -> None:
        super().__init__(application)
        self._app, self._then, self._minutes, self._changed = application, then, minutes, changed

    def answer(self, screen: "DeskScreen") -> None:
        """Answer a desk."""
        screen.minutes_wanted.connect(lambda folder: self.show_minutes(Path(folder)))

    def show_minutes(self, folder: Path) -> None:
        """The minutes of a folder's meeting."""
        self._then(self._minutes().open(folder), partial(self._show, folder))

    def _show(self, folder: Path, minutes: "Minutes") -> None:
        from desktop.ui.desk.minutes import MinutesDialog

        dialog = MinutesDialog(self._app.theme, minutes, self._app.window)
        dialog.kept.connect(lambda kept: self._then(self._minutes().save(folder, kept), lambda _: None))
        dialog.word_wanted.connect(lambda: self._write(dialog, folder))
        dialog.carry_wanted.connect(lambda: self._carry(dialog, folder))
        dialog.confirmed.connect(lambda day: self._confirm(dialog, folder, day))
        dialog.open()

    def _write(self, dialog: "MinutesDialog", folder: Path) -> None:
        minutes = dialog.minutes  # with what is being typed, which is kept first

        def save(path: str) -> None:
            def written(_: object) -> None:
                what = f"{Path(path).name} was written, and its actions are on the log."
                self._app.window.notices.say(what, tone="good", seconds=20)

            self._then(self._minutes().write(folder, Path(path)), written)

        name = f"Minutes of {minutes.meeting.held_on:%Y-%m-%d}.docx"
        ask_where_to_save(dialog, "Minutes", name, "Write", save)

    def _carry(self, dialog: "MinutesDialog", folder: Path) -> None:
        _ = dialog.minutes

        def carried(found: "Carried") -> None:
            left = f"{say_list(found.loose)} found no place on its agenda: place it there." if found.loose else ""
            what = f"{say_list(found.files)} are in the next pack."
            self._app.window.notices.say(what, left, tone="good", seconds=20)
            dialog.accept()
            self._changed()

        self._then(self._minutes().carry(folder, self._app.now().date()), carried)

    def _confirm(self, dialog: "MinutesDialog", folder: Path, day: "date") -> None:
        _ = dialog.minutes

        def done(minutes: object) -> None:
            dialog.show_confirmed(cast("Minutes", minutes))

        self._then(self._minutes().confirm(folder, day), done)
