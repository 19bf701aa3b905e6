"""What is asked of us, brought into the agenda as soon as the papers have been read."""

from PySide6.QtCore import QObject

from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.panels.spine import Spine


class Asked(QObject):
    """Learns it anew whenever the pack's book is another one: papers come, and are read, one by one."""

    def __init__(self, spine: Spine, desk: ReadingDesk) -> None:
        super().__init__(spine)
        self._spine, self._desk = spine, desk

    def learn(self, pack_id: str) -> None:
        """Of this pack, which the agenda shows."""
        found = self._desk.guide.asked(pack_id)
        self._desk.bridge.then(found, lambda asked: self._spine.show_asked(pack_id, asked), owner=self)
