"""The tools of marking at work on the pages: what is drawn there goes to the notebook, what is held is known."""

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction

from desktop.annotations.entries import HIGHLIGHT, INK, UNDERLINE
from desktop.ui.panels.marking import Marking
from desktop.ui.panels.reader_actions import ReaderActions
from desktop.ui.reader.canvas import PageCanvas
from desktop.ui.reading.pane import Pane
from desktop.ui.reading.split import Split


class Tooling(QObject):
    """Joins the panes' drawing to the marking, and the commands to both."""

    def __init__(self, do: ReaderActions, marking: Marking, split: Split) -> None:
        super().__init__(marking)
        self._do, self._marking, self._split = do, marking, split
        for action, act in (
            (do.tools, marking.choose_tool),
            (do.question, marking.ask_question),
            (do.highlight, lambda: marking.take_up(HIGHLIGHT)),
            (do.underline, lambda: marking.take_up(UNDERLINE)),
            (do.ink, lambda: marking.take_up(INK)),
            (do.duplicate, marking.duplicate),
        ):
            action.triggered.connect(lambda _checked=False, act=act: act())
            action.triggered.connect(self.show_state)
        marking.tool_changed.connect(self._use_tool)
        marking.made.connect(self._hold)
        marking.changed.connect(self._look_after)

    def watch(self, pane: Pane) -> None:
        """Take what is drawn in this pane, which the click that begins it puts in use."""
        drawing = pane.canvas.drawing
        drawing.drawn.connect(lambda *told: self._drawn(pane.canvas, *told))
        drawing.used.connect(self._marking.tool_used)
        for source in (drawing, drawing.holding):
            source.reshaped.connect(self._marking.reshape)
            source.removal_asked.connect(self._marking.remove)
        drawing.holding.held_changed.connect(lambda held: self._held(pane, held))
        drawing.use_tool(self._marking.tool, self._marking.colour)

    def show_state(self) -> None:
        """Bring the commands to what is in hand."""
        do, tool = self._do, self._marking.tool
        pairs: tuple[tuple[QAction, bool], ...] = (
            (do.tools, tool not in ("", HIGHLIGHT)),
            (do.highlight, tool == HIGHLIGHT),
            (do.underline, tool == UNDERLINE),
            (do.ink, tool == INK),
        )
        for action, on in pairs:
            action.setChecked(on)
        for action in (do.highlight, do.tools, do.question, do.underline, do.ink, do.duplicate):
            action.setEnabled(self._marking.notebook is not None)

    def _use_tool(self, tool: str) -> None:
        for pane in self._split.panes:
            pane.canvas.drawing.use_tool(tool, self._marking.colour)
        self.show_state()

    def _drawn(self, canvas: PageCanvas, kind: str, anchor: object, shape: object, at: QPoint) -> None:
        before = self._marking.notebook
        self._marking.draw(kind, anchor, shape, at)  # type: ignore[arg-type]
        if before is not None and kind == INK:
            made = before.annotations[-1]
            canvas.drawing.ink_id = made.id

    def _hold(self, mark_id: str) -> None:
        """What was just drawn is in hand, unless one goes on drawing."""
        if not self._marking.tool or not self._marking.stays:
            self._split.in_use.canvas.drawing.holding.hold(mark_id)

    def _held(self, pane: Pane, mark_id: str) -> None:
        if pane is self._split.in_use:
            self._marking.held = mark_id

    def _look_after(self) -> None:
        """A held mark that is gone is let go of."""
        notebook = self._marking.notebook
        for pane in self._split.panes:
            holding = pane.canvas.drawing.holding
            if holding.held and (notebook is None or notebook.get(holding.held) is None):
                holding.hold("")
