"""The workplan's items, offered for an agenda: those that are due at this meeting are ticked."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from desktop.secretary.workplan import Offer
from desktop.ui.desk.forms import Form
from desktop.ui.kit.widgets import LEAST_TARGET, Text
from desktop.ui.kit.words import say_count


class OfferBox(QWidget):
    """One offer with its tick; its words wrap, and a press on them ticks it as well."""

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self.offer, self.tick = offer, QCheckBox()
        words = f"{offer.title} ({offer.lead})" if offer.lead else offer.title
        self.tick.setAccessibleName(words)
        self.tick.setChecked(offer.due)
        self.tick.setMinimumSize(LEAST_TARGET, LEAST_TARGET)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tick)
        layout.addWidget(Text(words), 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.tick.toggle()
        event.accept()


class OfferForm(Form):
    """Lets offers be chosen. chosen: takes those that are ticked."""

    def __init__(self, parent: QWidget, offers: Sequence[Offer], chosen: Callable[[list[Offer]], object]) -> None:
        super().__init__(parent, "Items from the workplan", "Add to the agenda")
        self._chosen = chosen
        self.boxes = [self._box(offer) for offer in offers]
        due = [box for box in self.boxes if box.offer.due]
        others = [box for box in self.boxes if not box.offer.due]
        parts: list[QWidget] = []
        for head, boxes in (("Due at this meeting", due), ("Marked for other meetings", others)):
            parts += [Text(head, "strong"), *boxes] if boxes else []
        source = Text(f"Read in {offers[0].source}." if offers else "All of it is on the agenda already.", "quiet")
        self._lay(self._finish, source, *parts)
        self._count()

    def _box(self, offer: Offer) -> "OfferBox":
        box = OfferBox(offer)
        box.tick.toggled.connect(self._count)
        return box

    def _count(self) -> None:
        ticked = sum(box.tick.isChecked() for box in self.boxes)
        self.yes.say(f"Add {say_count(ticked, 'item')}")
        self.yes.setEnabled(bool(ticked))

    def _finish(self) -> None:
        self._chosen([box.offer for box in self.boxes if box.tick.isChecked()])
        self.accept()
