"""One pane or two, side by side, or one above the other where the room is taller than it is wide."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from desktop.ui.reading.pane import Pane

_HALVES = 0.5
_TALL = 0.9  # width to height under which two pages stand better above each other


class Split(QSplitter):
    """Holds the panes; one of them is in use. It knows nothing of what they show."""

    made = Signal(object)  # a second Pane
    in_use_changed = Signal()
    changed = Signal()  # how many panes there are, their order, or where links open

    def __init__(self, make: Callable[[], Pane], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._make = make
        self._share = _HALVES
        self.panes: list[Pane] = []
        self.receiver: Pane | None = None
        self.setHandleWidth(6)
        self.setChildrenCollapsible(False)
        self.in_use = self._add()
        self.splitterMoved.connect(self._keep_share)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_keys)

    @property
    def is_split(self) -> bool:
        """Whether there are two."""
        return len(self.panes) > 1

    @property
    def share(self) -> float:
        """The first pane's part of the room, from 0 to 1."""
        return self._share

    def other(self, pane: Pane) -> Pane | None:
        """The one beside a pane, None where it is alone."""
        return next((each for each in self.panes if each is not pane), None)

    def receiving(self) -> Pane:
        """Where a link of the pane in use opens."""
        return self.receiver or self.in_use

    def open_second(self, share: float = _HALVES) -> Pane:
        """The pane beside the one in use, made if there is none."""
        pane = self.other(self.in_use)
        if pane is None:
            pane = self._add()
            self.made.emit(pane)
            self._share = min(0.9, max(0.1, share))
            self._arrange()
            self._tell()
        return pane

    def take_into_use(self, pane: Pane) -> None:
        """Keys, lists and the bar work on this pane from now on."""
        if pane in self.panes and pane is not self.in_use:
            self.in_use = pane
            self._show_use()
            self.in_use_changed.emit()

    def use(self, pane: Pane) -> None:
        """The same, and the keys go there."""
        self.take_into_use(pane)
        pane.setFocus()

    def receive(self, pane: Pane | None) -> None:
        """Open links in this pane from now on; None: in the one they are in."""
        if pane is not self.receiver and (pane is None or self.is_split):
            self.receiver = pane
            self._tell()

    def swap(self) -> None:
        """The first becomes the second."""
        if self.is_split:
            focused = self.in_use.canvas.hasFocus()
            self.panes.reverse()
            self._share = 1 - self._share
            self.insertWidget(0, self.panes[0])
            self._arrange()
            self._tell()
            if focused:
                self.in_use.setFocus()

    def close_pane(self, pane: Pane) -> None:
        """Let a pane go; the other has the room and the keys. The last one stays."""
        left = self.other(pane)
        if left is None:
            return
        focus = self.window().focusWidget()
        had_keys = focus is not None and pane.isAncestorOf(focus)
        self.take_into_use(left)
        self.panes.remove(pane)
        self.receiver = None
        pane.go()
        pane.hide()
        pane.setParent(None)
        pane.deleteLater()
        self._tell()
        if had_keys:
            left.setFocus()

    def close_other(self) -> None:
        """Leave only the pane in use."""
        other = self.other(self.in_use)
        if other is not None:
            self.close_pane(other)

    def close_all(self) -> None:
        """One pane again, with nothing in it."""
        for pane in self.panes:
            pane.leave()
        self.close_other()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or one above the other."""
        super().resizeEvent(event)
        self._arrange()

    def _add(self) -> Pane:
        pane = self._make()
        pane.setMinimumSize(120, 120)
        self.panes.append(pane)
        self.addWidget(pane)
        pane.head.pressed.connect(lambda: self.use(pane))
        pane.page_changed.connect(self._show_use)
        pane.head.close_asked.connect(lambda: self.close_pane(pane))
        pane.head.receive_asked.connect(lambda on: self.receive(pane if on else None))
        return pane

    def _arrange(self) -> None:
        tall = self.width() < self.height() * _TALL
        upright = Qt.Orientation.Vertical if tall else Qt.Orientation.Horizontal
        if self.orientation() is not upright:
            self.setOrientation(upright)
        room = (self.height() if tall else self.width()) - self.handleWidth()
        if self.is_split and room > 0:
            self.setSizes([round(room * self._share), room - round(room * self._share)])

    def _keep_share(self) -> None:
        sizes: list[int] = self.sizes()
        room = sum(sizes)
        if self.is_split and room:
            self._share = sizes[0] / room
            self.changed.emit()

    def _follow_keys(self, old: QWidget | None, now: QWidget | None) -> None:
        """The pane the keys came to is in use; unless they only fell there because what had them was hidden."""
        pane = next((pane for pane in self.panes if now is not None and pane.isAncestorOf(now)), None)
        if pane is None:
            return
        if old is not None and _is_put_away(old):
            if pane is not self.in_use:
                self.in_use.setFocus()
        else:
            self.take_into_use(pane)

    def _tell(self) -> None:
        for pane in self.panes:
            pane.head.setVisible(self.is_split)
        self._show_use()
        self.changed.emit()

    def _show_use(self) -> None:
        mixed = len({pane.pack.id for pane in self.panes if pane.pack is not None}) > 1
        for number, pane in enumerate(self.panes, 1):
            used = pane is self.in_use
            pane.head.show_use(used, pane is self.receiver, mixed)
            name = f"Pages, pane {number} of {len(self.panes)}" if self.is_split else "Pages"
            pane.canvas.setAccessibleName(f"{name}, in use" if used and self.is_split else name)


def _is_put_away(widget: QWidget) -> bool:
    part: QWidget | None = widget
    while part is not None and not part.isWindow():
        if part.isHidden():
            return True
        part = part.parentWidget()
    return False
