"""The flash that shows where a jump has landed."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, QVariantAnimation, Signal

from desktop.annotations.anchor import Quad

_LENGTH = 1000  # milliseconds
_FULL = 0.12  # of it, before it begins to fade
_STEADY = 2000  # milliseconds it is shown where motion is unwelcome


class Flash(QObject):
    """Strips of one page that are lit and fade within a second; where motion is unwelcome they stand for two."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.page = -1
        self.quads: tuple[Quad, ...] = ()
        self._fading = QVariantAnimation(self)
        self._fading.setStartValue(1.0)
        self._fading.setKeyValueAt(_FULL, 1.0)
        self._fading.setEndValue(0.0)
        self._fading.setDuration(_LENGTH)
        self._fading.valueChanged.connect(lambda _: self.changed.emit())
        self._fading.finished.connect(self.stop)
        self._standing = QTimer(self)
        self._standing.setSingleShot(True)
        self._standing.timeout.connect(self.stop)

    @property
    def strength(self) -> float:
        """How brightly it shines now, from 0 to 1."""
        if self._standing.isActive():
            return 1.0
        return float(self._fading.currentValue()) if self.quads else 0.0

    def light(self, page: int, quads: Sequence[Quad], steady: bool = False) -> None:
        """Light these strips of a page of the book. steady: without fading."""
        self.stop()
        if quads:
            self.page, self.quads = page, tuple(quads)
            if steady:
                self._standing.start(_STEADY)
                self.changed.emit()
            else:
                self._fading.start()

    def stop(self) -> None:
        """Go out."""
        self._fading.stop()
        self._standing.stop()
        self.page, self.quads = -1, ()
        self.changed.emit()
