"""Whichever pane is in use, for those who need not know how many there are."""

from collections.abc import Callable

from desktop.annotations.anchor import Anchor
from desktop.ui.reader.canvas import PageCanvas
from desktop.ui.reading.pane import Pane
from desktop.ui.reading.split import Split


class InUse:
    """Hands on to the pane in use what it is asked. Marking takes it for the pages."""

    def __init__(self, split: Split) -> None:
        self._split = split

    def canvas_does(self, act: Callable[..., object]) -> Callable[..., None]:
        """For a command: do this, say `PageCanvas.zoom_in`, with the canvas in use."""

        def done(*told: object) -> None:
            act(self._split.in_use.canvas, *told)

        return done

    def pane_does(self, act: Callable[[Pane], object]) -> Callable[[], None]:
        """For a command: do this, say `Pane.back`, with the pane in use."""

        def done() -> None:
            act(self._split.in_use)

        return done

    def selected_anchor(self) -> Anchor | None:
        """The selection's place in its paper."""
        return self._canvas.selected_anchor()

    def clear_selection(self) -> None:
        """Select nothing."""
        self._canvas.clear_selection()

    def current_page(self) -> int:
        """The page being read, from 0 in the book."""
        return self._canvas.current_page()

    @property
    def _canvas(self) -> PageCanvas:
        return self._split.in_use.canvas
