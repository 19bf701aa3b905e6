"""How long a body's members keep their notes, and what stops that: said here, signed, and told to every member."""

from collections.abc import Callable

from PySide6.QtWidgets import QSpinBox, QWidget

from desktop.packs.retention import MOST_DAYS, Retention, Rule
from desktop.ui.desk.fields import Choice, Labelled
from desktop.ui.desk.forms import Form
from desktop.ui.kit.widgets import LEAST_TARGET, Text, column, labelled

_RULES = (
    ("They are kept", Rule.KEEP),
    ("Destroyed once the minutes are confirmed", Rule.CONFIRMED),
    ("Destroyed some days after the meeting", Rule.DAYS),
)
_ABOUT = (
    "Members are told 14 days before anything is destroyed, can make exceptions, and get a receipt. What you decide "
    "goes to them at once, with the newest pack."
)


class RulesForm(Form):
    """decided(rule, days, reason of a hold or "")."""

    def __init__(
        self, parent: QWidget, body: str, now: Retention | None, decided: Callable[[Rule, int, str], object]
    ) -> None:
        super().__init__(parent, f"Members’ notes of {body}", "Tell the members")
        self._decided = decided
        self.rule = Choice("Notes on a meeting", _RULES)
        self.rule.show_choice(now.rule if now else Rule.KEEP)
        self.days = QSpinBox()
        self.days.setRange(1, MOST_DAYS)
        self.days.setValue(now.days if now and now.days else 90)
        self.days.setMinimumHeight(LEAST_TARGET)
        self.lasting = QWidget()
        column(self.lasting, labelled("Days after the meeting", self.days), self.days, space=4)
        self.hold = Labelled("Destroy nothing for now, because of", "for example a request for information")
        self.hold.show_text(now.hold if now else "")
        self.rule.chosen.connect(lambda _: self._show_days())
        self._lay(self._finish, self.rule, self.lasting, self.hold, Text(_ABOUT, "quiet"))
        self._show_days()

    def _show_days(self) -> None:
        self.lasting.setVisible(self.rule.value() is Rule.DAYS)
        self.fit()

    def _finish(self) -> None:
        rule = self.rule.value()
        assert isinstance(rule, Rule)
        self._decided(rule, self.days.value(), self.hold.text())
        self.accept()
