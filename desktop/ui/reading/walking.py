"""F6: from part to part of the reader, and round again."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.ui.panels.panes import Panes
from desktop.ui.panels.side_panel import SidePanel
from desktop.ui.panels.spine import Spine
from desktop.ui.reading.split import Split


class Walking:
    """Gives the keys to the next part. into_panel: puts them into the panel that is open."""

    def __init__(
        self, panes: Panes, spine: Spine, split: Split, side: SidePanel, into_panel: Callable[[], None]
    ) -> None:
        self._panes, self._spine, self._split, self._side = panes, spine, split, side
        self._into_panel = into_panel

    def step(self) -> None:
        """Agenda, one pane, the other, panel, and round again."""
        stops: list[tuple[QWidget, Callable[[], None]]] = [
            (pane, partial(self._split.use, pane)) for pane in self._split.panes
        ]
        if self._panes.spine_shown:
            stops.insert(0, (self._spine, self._spine.focus_list))
        if not self._side.isHidden():
            stops.append((self._side, self._into_panel))
        now = next((place for place, (part, _) in enumerate(stops) if _holds_focus(part)), -1)
        stops[(now + 1) % len(stops)][1]()


def _holds_focus(part: QWidget) -> bool:
    focus = part.window().focusWidget()
    return focus is not None and (focus is part or part.isAncestorOf(focus))
