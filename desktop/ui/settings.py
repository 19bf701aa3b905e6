"""Settings: the look, locking, the passphrase, the keyring, and the room taken."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, Qt
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QRadioButton, QWidget

from desktop.settings import LOCK_MINUTES, Settings
from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import CHOICES, SIZES, Theme
from desktop.ui.kit.widgets import Button, Column, Leading, PassphraseField, Text, card, column, empty_layout, put, row
from desktop.ui.kit.words import say_count, say_size
from desktop.ui.panels.computers_card import ComputersCard
from desktop.ui.panels.note_names import NoteNames
from desktop.ui.panels.passphrase import NewPassphrase
from desktop.ui.panels.retention_card import RetentionCard

_THEMES = {
    "system": "As the system",
    "light": "Light",
    "sepia": "Sepia",
    "dark": "Dark",
    "contrast": "High contrast",
}
_SIZES = ("Standard", "Large", "Larger", "Largest")


class SettingsScreen(Leading):
    """Shows the settings and says each change at once; there is nothing to save.

    changed(Settings) · passphrase_change_wanted(old, new) → passphrase_changed() or passphrase_refused(words) ·
    keyring_wanted(bool) → show_keyring(…)
    """

    changed = Signal(object)
    passphrase_change_wanted = Signal(str, str)
    keyring_wanted = Signal(bool)
    keys_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, settings: Settings, has_tray: bool = False) -> None:
        """has_tray: there is one to rest in."""
        super().__init__()
        self.settings, self._theme = settings, theme
        self._remembered = False
        theme.changed.connect(lambda: self._follow(theme))
        self._page = Column(640)
        self._page.grow(theme)
        back = Button("Back", "link", "arrow-left", theme)
        back.clicked.connect(self.closed)
        self.first = back
        column(self, self._page)
        parts = (
            row(back),
            Text("Settings", "title"),
            self._look(),
            self._locking(),
            self._fetching(has_tray),
            self._note_names(theme),
            self._keys(),
            self._passphrase(theme),
        )
        for part in parts:
            self._page.rows.addWidget(part)
        self.ring_words, self.ring = Text(""), Button("Remember the key")
        self.ring.clicked.connect(lambda: self.keyring_wanted.emit(not self._remembered))
        self.ring_card = card(Text("Keyring", "heading"), self.ring_words, self.ring, space=12, margin=24)
        self._page.rows.addWidget(self.ring_card)
        self.storage = Text("", "quiet")
        bodies = QWidget()
        self.storage_bodies = column(bodies, space=8)
        self.storage_card = card(Text("Room taken on this computer", "heading"), self.storage, bodies, margin=24)
        self._page.rows.addWidget(self.storage_card)
        self.computers = ComputersCard()
        self._page.rows.addWidget(self.computers)
        self.retention = RetentionCard()
        self._page.rows.addWidget(self.retention)
        self._page.rows.addStretch(1)
        self.storage_card.hide()
        self.show_keyring(False, False)

    def show_keyring(self, available: bool, remembered: bool) -> None:
        """Whether this computer has a keyring, and whether it holds the key now."""
        self.ring_card.setVisible(available)
        words = "This computer's keyring opens Despatch for you while you are signed in."
        none = "Despatch asks for the passphrase each time. This computer's keyring could hold the key for you."
        self.ring_words.say(words if remembered else none)
        self.ring.say("Forget the key" if remembered else "Remember the key")
        self._remembered = remembered

    def show_storage(self, size: int, papers: int, bodies: Sequence[tuple[str, int, int]] = ()) -> None:
        """How many bytes the sealed papers take. bodies: (name, its bytes, those of its past meetings among them)."""
        self.storage.say(f"{say_count(papers, 'paper')} in {say_size(size)}, all of them sealed.")
        empty_layout(self.storage_bodies)
        for name, kept, _ in bodies:
            put(self.storage_bodies, Text(f"{name}: {say_size(kept)}"))
        if past := sum(old for _, _, old in bodies):
            words = (
                f"{say_size(past)} of it are papers of past meetings. To make room, open the menu of a past pack "
                "on the shelf (right click, or the menu key) and choose “Remove papers from this computer”. Your notes "
                "stay, and the papers can be fetched again."
            )
            put(self.storage_bodies, Text(words, "quiet"))
        self.storage_card.show()

    def passphrase_changed(self) -> None:
        """The new passphrase holds."""
        self.old.clear()
        self.fresh.clear()
        self._answer("The passphrase is changed. The recovery code stays the same.", "good")

    def passphrase_refused(self, words: str) -> None:
        """Say why the passphrase stays as it was."""
        self._answer(words, "bad")
        self.old.setFocus()

    def clear(self) -> None:
        """Forget what was typed."""
        self.old.clear()
        self.fresh.clear()
        self.answer.say("")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # left for another screen, and not only put into the task bar
            self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _look(self) -> QWidget:
        themes = [(_THEMES[name], name) for name in CHOICES]
        sizes = list(zip(_SIZES, SIZES, strict=True))
        motion = QCheckBox("Let panels slide and targets flash")
        motion.setAccessibleName("Let panels slide and targets flash")
        motion.setChecked(self.settings.motion)
        motion.toggled.connect(lambda on: self._change(motion=on))
        words = "Show pages dark: pale print on dark paper, pictures as they are"
        self.dark_pages = QCheckBox(words)
        self.dark_pages.setAccessibleName(words)
        self.dark_pages.setChecked(self.settings.dark_pages)
        self.dark_pages.toggled.connect(lambda on: self._change(dark_pages=on))
        return card(
            Text("How it looks", "heading"),
            _Choices(self._theme, "Colours", themes, self.settings.theme, lambda name: self._change(theme=name)),
            _Choices(
                self._theme, "Size of text", sizes, self.settings.text_size, lambda size: self._change(text_size=size)
            ),
            motion,
            self.dark_pages,
            space=12,
            margin=24,
        )

    def _follow(self, theme: Theme) -> None:
        """Pages were made dark, or light, by the reader's key."""
        if theme.dark_pages != self.settings.dark_pages:
            self.settings = replace(self.settings, dark_pages=theme.dark_pages)
            self.dark_pages.blockSignals(True)
            self.dark_pages.setChecked(theme.dark_pages)
            self.dark_pages.blockSignals(False)

    def _locking(self) -> QWidget:
        waits = [(say_count(minutes, "minute") if minutes else "Only when I ask", minutes) for minutes in LOCK_MINUTES]
        return card(
            Text("Locking", "heading"),
            Text(
                "When nobody has touched the keys or the mouse for so long, everything is closed and sealed.", "quiet"
            ),
            _Choices(
                self._theme,
                "Lock by itself",
                waits,
                self.settings.lock_minutes,
                lambda wait: self._change(lock_minutes=wait),
            ),
            space=12,
            margin=24,
        )

    def _fetching(self, has_tray: bool) -> QWidget:
        ways = [("By themselves", True), ("Only when I ask", False)]
        tell = QCheckBox("Say so when new papers arrive")
        tell.setAccessibleName("Say so when new papers arrive")
        tell.setChecked(self.settings.tell_arrivals)
        tell.toggled.connect(lambda on: self._change(tell_arrivals=on))
        words = "On a connection that is dear, let them come only when you press Check for new packs or Fetch now."
        return card(
            Text("New papers", "heading"),
            Text(words, "quiet"),
            _Choices(
                self._theme,
                "New papers come",
                ways,
                self.settings.fetch_by_itself,
                lambda yes: self._change(fetch_by_itself=yes),
            ),
            tell,
            *(self._resting() if has_tray else ()),
            space=12,
            margin=24,
        )

    def _resting(self) -> tuple[QWidget, QWidget]:
        rest = QCheckBox("Go on fetching when the window is closed")
        rest.setAccessibleName(rest.text())
        rest.setChecked(self.settings.rest_in_tray)
        rest.toggled.connect(lambda on: self._change(rest_in_tray=on))
        words = (
            "Despatch then rests in the tray and shows nothing of what you read. A click there brings its window back; "
            "it asks for the passphrase if the time under Locking has passed. Ctrl+Q, or the menu in the tray, ends it."
        )
        return rest, Text(words, "quiet")

    def _note_names(self, theme: Theme) -> QWidget:
        names = NoteNames(theme, self.settings.note_names)
        names.changed.connect(lambda given: self._change(note_names=given))
        words = Text("Each colour has its own sign, and means what you say it means.", "quiet")
        return card(Text("Colours of notes", "heading"), words, names, space=12, margin=24)

    def _keys(self) -> QWidget:
        change = Button("Change keys…")
        change.clicked.connect(self.keys_wanted)
        words = Text("Every command can be pressed by keys of your own.", "quiet")
        return card(Text("Keys", "heading"), words, change, space=12, margin=24)

    def _passphrase(self, theme: Theme) -> QWidget:
        self.old, self.fresh = PassphraseField(theme, "Passphrase now"), NewPassphrase(theme, "Change passphrase")
        self.answer = Text("")
        self.answer.hide()
        self.old.submitted.connect(self.fresh.setFocus)
        self.fresh.chosen.connect(self._want_passphrase)
        return card(Text("Passphrase", "heading"), self.old, self.fresh, self.answer, space=12, margin=24)

    def _want_passphrase(self, fresh: str) -> None:
        old = self.old.text()
        if not old:
            self.passphrase_refused("Type the passphrase you have now as well, then the new one again.")
            return
        self.old.clear()
        self.passphrase_change_wanted.emit(old, fresh)

    def _answer(self, words: str, tone: str) -> None:
        self.answer.say(words, tone)
        announce(self, words)

    def _change(self, **parts: object) -> None:
        self.settings = replace(self.settings, **parts)  # type: ignore[arg-type]
        self.changed.emit(self.settings)


class _Choices(QWidget):
    """One of a few, all of them in sight: no list to open."""

    def __init__(
        self, theme: Theme, name: str, choices: Sequence[tuple[str, object]], now: object, chosen: Callable[..., None]
    ) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(0)
        self._grid.addWidget(Text(name, "strong"), 0, 0, 1, 3)
        self._group = QButtonGroup(self)
        for words, value in choices:
            button = QRadioButton(words)
            button.setAccessibleName(f"{name}: {words}")
            button.setChecked(value == now)
            # Said on click and not on toggle: the one that goes out has nothing to say.
            button.clicked.connect(lambda _, value=value: chosen(value))
            self._group.addButton(button)
        theme.changed.connect(self._lay_out)
        self._lay_out()

    def _lay_out(self) -> None:
        # In large text three beside each other would pass the edge of a small window.
        buttons = self._group.buttons()
        across = 2 if len(buttons) == 4 or self._theme.size > SIZES[1] else 3
        for place, button in enumerate(buttons):
            self._grid.addWidget(button, 1 + place // across, place % across)
        for place in range(3):
            self._grid.setColumnStretch(place, int(place < across))
