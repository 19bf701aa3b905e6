"""The keys of all commands: listed in help, changed on a screen of their own, kept in the settings."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.ui.help import Shortcuts
from desktop.ui.keys import GROUPS, PAGE_KEYS, KeysScreen
from desktop.ui.kit.keyboard import Command, commands_of
from desktop.ui.panels.reader_actions import ReaderActions
from desktop.ui.sheet import SheetScreen
from desktop.ui.window import Screen

if TYPE_CHECKING:
    from desktop.app.application import Application


def make_keys_screen(app: "Application") -> KeysScreen:
    """Every command and its keys; what is changed there holds at once."""
    screen = KeysScreen(app.theme, _commands(app), app.settings.keys)

    def use(chosen: dict[str, str]) -> None:
        app.keep(replace(app.settings, keys=chosen))
        app.window.use_keys(chosen)
        app.window.remove(Screen.HELP)  # its page of keys says others now

    screen.changed.connect(use)
    screen.closed.connect(app.window.go_back)
    return screen


def list_keys(app: "Application") -> list[Shortcuts]:
    """What help says of the keys as they are now."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for command in _commands(app):
        mine = app.settings.keys.get(command.id)
        keys = command.keys if mine is None else (mine,)
        group = groups.setdefault(GROUPS.get(command.group, command.group), [])
        group += [(command.name, each) for each in keys if each]
    groups.setdefault(GROUPS["reader"], []).extend(PAGE_KEYS)
    return [Shortcuts(name, tuple(keys)) for name, keys in groups.items()]


def _commands(app: "Application") -> list[Command]:
    """Of all screens, made or not: the reader's are there before any pack is open."""
    with_reader, sheet = QWidget(), SheetScreen(app.theme)
    ReaderActions(with_reader, app.theme)
    holders: tuple[QWidget, ...] = (app.window, with_reader, sheet)
    found = {command.id: command for holder in holders for command in commands_of(holder)}
    for holder in holders[1:]:
        holder.deleteLater()
    return list(found.values())
