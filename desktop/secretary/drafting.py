"""What was done to a project, one named step at a time, and the way back."""

from dataclasses import dataclass

from desktop.secretary.project import Project

_MOST = 200  # steps remembered


@dataclass(frozen=True)
class Step:
    """words: what was done, for the menu: "Move item 4". before: as it was."""

    words: str
    before: Project


class Drafting:
    """The project as it is now, with what can be undone and done again."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def undoable(self) -> str:
        """What undo would take back, "" for nothing."""
        return self._done[-1].words if self._done else ""

    @property
    def redoable(self) -> str:
        """What redo would do again, "" for nothing."""
        return self._undone[-1].words if self._undone else ""

    def do(self, words: str, project: Project) -> bool:
        """The project is this now; False where that changes nothing."""
        if project == self.project:
            return False
        self._done = [*self._done[-_MOST:], Step(words, self.project)]
        self._undone.clear()
        self.project = project
        return True

    def undo(self) -> None:
        """Take the last step back, if there is one."""
        self._turn(self._done, self._undone)

    def redo(self) -> None:
        """Do the step taken back last again, if there is one."""
        self._turn(self._undone, self._done)

    def _turn(self, taken: list[Step], given: list[Step]) -> None:
        if taken:
            step = taken.pop()
            given.append(Step(step.words, self.project))
            self.project = step.before
