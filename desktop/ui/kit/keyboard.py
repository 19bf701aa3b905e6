"""The keys of every command: what they are at first, what a person has made of them, and who else has them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

_AT_FIRST = "keys_at_first"


@dataclass(frozen=True)
class Command:
    """Something a key does. id: "reader/Zoom in", the same for good. keys: as Qt writes them; the first is shown."""

    id: str
    name: str
    keys: tuple[str, ...]

    @property
    def group(self) -> str:
        """Where it works: "everywhere", or on which screen."""
        return self.id.partition("/")[0]


def name_command(action: QAction, group: str, keys: Sequence[str]) -> None:
    """Make an action a command, whose keys can be changed."""
    action.setObjectName(f"{group}/{action.text()}")
    action.setProperty(_AT_FIRST, list(keys))
    action.setShortcuts([QKeySequence(each) for each in keys])


def commands_of(holder: QObject) -> list[Command]:
    """The commands of a window or screen, with their keys as they are at first."""
    return [
        Command(action.objectName(), action.objectName().partition("/")[2], tuple(at_first))
        for action in holder.findChildren(QAction)
        if (at_first := action.property(_AT_FIRST)) is not None
    ]


def use_keys(holder: QObject, chosen: Mapping[str, str]) -> None:
    """Give every command of a window or screen its keys: those chosen for it (by id; "" for none), or those it had."""
    for action in holder.findChildren(QAction):
        at_first = action.property(_AT_FIRST)
        if at_first is None:
            continue
        mine = chosen.get(action.objectName())
        keys = list(at_first) if mine is None else [mine] if mine else []
        action.setShortcuts([QKeySequence(each) for each in keys])


def taken_by(keys: str, command: Command, commands: Iterable[Command], chosen: Mapping[str, str]) -> Command | None:
    """The other command that these keys would also press; None where they are free."""
    wanted = QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)
    for other in commands:
        if other.id == command.id or not _meet(other.group, command.group):
            continue
        mine = chosen.get(other.id)
        theirs = other.keys if mine is None else (mine,)
        if wanted and wanted in {QKeySequence(each).toString() for each in theirs}:
            return other
    return None


def _meet(one: str, other: str) -> bool:
    """Whether commands of these groups can be pressed at the same time."""
    return one == other or "everywhere" in (one, other)
