"""What pre-flight found: each remark with its place and what to do about it; choosing one goes there."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop.secretary.preflight import Remark, Weight
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Text, column
from desktop.ui.kit.words import say_count
from desktop.ui.panels.rows import Row, RowsView, said

_HEADS = {Weight.STOPS: "Stops the despatch", Weight.SEE_TO: "To be seen to", Weight.KNOW: "Good to know"}
_TINTS = {Weight.STOPS: "bad", Weight.SEE_TO: "warn", Weight.KNOW: "quiet"}


class RemarksPanel(QFrame):
    """Lists remarks. place_wanted(number of the item, title of the paper)."""

    place_wanted = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._remarks: tuple[Remark, ...] = ()
        self.title, self.words = Text("Pre-flight", "heading"), Text("", "quiet")
        self.list = RowsView(theme, "What pre-flight found")
        self.list.chosen.connect(lambda key, _: self._choose(key))
        layout = column(self, self.title, self.words, self.list, space=8, margin=16)
        layout.setStretch(2, 1)
        layout.addStretch(0)

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Show what was found."""
        self._remarks = tuple(remarks)
        stops = sum(remark.weight is Weight.STOPS for remark in remarks)
        if not remarks:
            self.words.say("Nothing was found that members would stumble over.")
        elif stops:
            self.words.say(f"{say_count(stops, 'remark')} must be mended before this can be despatched.")
        else:
            self.words.say("It can be despatched. See whether this is as you want it.")
        rows: list[Row] = []
        for weight in Weight:
            kept = [place for place, remark in enumerate(remarks) if remark.weight is weight]
            if kept:
                rows.append(Row(weight.value, (said(_HEADS[weight], strong=True),), "", heading=True))
            rows += [self._row(place, remarks[place]) for place in kept]
        self.list.show_rows(rows)

    def forget(self) -> None:
        """Show nothing."""
        self.show_remarks(())
        self.words.say("")

    def _row(self, place: int, remark: Remark) -> Row:
        where = [f"item {remark.item}" if remark.item else "", f"page {remark.page}" if remark.page else ""]
        lines = [said(remark.what, tint="ink"), said(remark.do, tint="quiet")]
        about = ", ".join(part for part in where if part)
        if about:
            lines.append(said(about.capitalize(), tint="quiet"))
        spoken = f"{_HEADS[remark.weight]}: {remark.what} {remark.do} {about}"
        return Row(str(place), tuple(line for line in lines if line.text), spoken)

    def _choose(self, key: str) -> None:
        remark = self._remarks[int(key)]
        self.place_wanted.emit(remark.item, remark.paper)
