"""The part of the tour after a despatch: who has a pack, e-mail texts, minutes; and how long a pack may stay."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from desktop.packs.receipt import Line
from desktop.secretary.receipts import DeviceHas, Has, MemberHas, WhoHas
from desktop.tour.walk import Walk
from desktop.ui.desk.minutes import MinutesDialog
from desktop.ui.desk.preparing import PreparingScreen
from desktop.ui.desk.who_has import WhoHasDialog

_LINE = Line("f" * 16, 2, "2026-03-19T16:04:00Z", 2, "2026-03-20T07:31:00Z")
_FOUND = WhoHas(
    "Trust Board, 26 March 2026", 2, True,
    (
        MemberHas("Colin Westerby", Has.NOTHING, (DeviceHas("Laptop at home", Has.NOTHING, None),)),
        MemberHas("Amina Okonkwo", Has.RECEIVED, (DeviceHas("Surface", Has.RECEIVED, replace(_LINE, opened=0)),)),
        MemberHas("Dr Priya Raman", Has.OPENED, (DeviceHas("Laptop", Has.OPENED, _LINE),)),
    ),
)  # fmt: skip


def terms_of(walk: Walk, screen: PreparingScreen) -> Iterator[Path]:
    """A pack under embargo, whose papers may stay until a day."""
    opens, expires = datetime(2026, 3, 20, 9, tzinfo=UTC), date(2026, 6, 30)
    before = screen.project
    screen.meeting.show_project(replace(before, opens=opens, expires=expires))
    screen.show_meeting()
    screen.meeting.terms.expires.field.setFocus()
    yield walk.take("86a-terms")
    screen.meeting.show_project(before)


def after_despatch(walk: Walk) -> Iterator[Path]:
    """From the desk, with a pack that is out."""
    who = WhoHasDialog(walk.app.theme, walk.window)
    who.show_found(_FOUND, True)
    who.open()
    yield walk.take("88a-who-has", who)
    who.accept()
    walk.press("E-mail texts… Trust Board")
    yield walk.take("88b-email", _dialog(walk, "E-mail texts"))
    _dialog(walk, "E-mail texts").accept()
    walk.press("Minutes… Trust Board")
    dialog = _dialog(walk, "Minutes")
    assert isinstance(dialog, MinutesDialog)
    yield walk.take("88c-minutes-people", dialog)
    dialog.list.put_cursor("2")
    for area, words in (
        (dialog.said, "The Director of Finance said that the position was on plan."),
        (dialog.decisions, "AGREED to note the report"),
        (dialog.to_do, "Write to the ICB about the capital allocation | Director of Finance | 30 April 2026"),
    ):
        area.setFocus()
        QTest.keyClicks(area, words)
    yield walk.take("88d-minutes-item", dialog)
    dialog.accept()


def _dialog(walk: Walk, title: str) -> QDialog:
    def shown() -> list[QDialog]:
        return [each for each in walk.window.findChildren(QDialog) if each.isVisible() and each.windowTitle() == title]

    walk.wait(lambda: bool(shown()), title)
    return shown()[0]
