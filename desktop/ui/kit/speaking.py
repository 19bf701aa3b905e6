"""What a screen reader is told of the widgets that are drawn here and that Qt knows nothing of: their role and text."""

from typing import Any, Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleValueChangeEvent
from PySide6.QtWidgets import QAccessibleWidget, QWidget


@runtime_checkable
class Spoken(Protocol):
    """A widget that says what it is."""

    spoken_role: QAccessible.Role

    def spoken_value(self) -> str:
        """What it holds, as text: a page's words. "" where its name says all."""
        ...


class _Told(QAccessibleWidget):
    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role)

    def text(self, which: QAccessible.Text) -> str:
        widget = self.widget()
        if which == QAccessible.Text.Value and isinstance(widget, Spoken):
            return widget.spoken_value()
        return super().text(which)


# Qt deletes these with their widgets, and does not keep Python from deleting them first: so they are kept here, and
# let go only when Qt has done so.
_kept: dict[int, _Told] = {}
_installed: list[Any] = []


def speak_for_widgets() -> None:
    """Have Qt ask here what a widget is, from now on. Nothing is asked while no screen reader runs."""
    if not _installed:
        _installed.append(_tell)
        QAccessible.installFactory(_tell)


def tell_value(widget: QWidget) -> None:
    """The text that a widget holds is another one."""
    if QAccessible.isActive() and isinstance(widget, Spoken):
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(widget, widget.spoken_value()))


def _tell(_kind: str, asked: QObject | None) -> _Told | None:
    if not isinstance(asked, QWidget) or not isinstance(asked, Spoken):
        return None
    for key in [key for key, told in _kept.items() if not shiboken6.isValid(told)]:
        del _kept[key]
    told = _kept.get(id(asked))
    if told is None or told.object() is not asked:
        told = _kept[id(asked)] = _Told(asked, asked.spoken_role)
    return told
