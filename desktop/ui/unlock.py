"""Unlock: what is locked, and the ways to open it. Nothing else of the store is shown."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import (
    LEAST_TARGET,
    Button,
    Column,
    IconLabel,
    Leading,
    PassphraseField,
    Text,
    column,
    labelled,
    row,
)
from desktop.ui.kit.words import say_wait
from desktop.ui.panels.passphrase import NewPassphrase

_NOTHING_LOST = "Your papers and notes are safe."


class UnlockScreen(Leading):
    """Asks for the passphrase or the recovery code.

    passphrase_entered(words), recovery_entered(code), keyring_wanted → opened elsewhere, or refuse(…) here. After a
    recovery code was right, ask_new_passphrase() → new_passphrase_chosen(words).
    """

    passphrase_entered = Signal(str)
    recovery_entered = Signal(str)
    keyring_wanted = Signal()
    new_passphrase_chosen = Signal(str)
    help_wanted = Signal()

    def __init__(self, theme: Theme, keyring: bool = False) -> None:
        """keyring: this computer's keyring may hold the key; see `offer_keyring`."""
        super().__init__()
        self._seconds = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._count_down)
        self.title = Text("Despatch is locked", "title")
        self.what = Text("Your board papers and your notes on them are sealed until you unlock them.")
        self.trouble = Text("", "bad")
        self.trouble.hide()
        self._ways = QStackedWidget()
        self.passphrase, self.code = PassphraseField(theme, "Passphrase"), QLineEdit()
        self.fresh = NewPassphrase(theme, "Use this passphrase from now on")
        for way in (self._make_passphrase(), self._make_recovery(), self.fresh):
            self._ways.addWidget(way)
        self.fresh.chosen.connect(self.new_passphrase_chosen)
        page = Column(480)
        page.grow(theme)
        page.rows.addStretch(1)
        for part in (IconLabel(theme, "lock", "accent", 40), self.title, self.what, self.trouble):
            page.rows.addWidget(part)
        page.rows.addWidget(self._ways)
        page.rows.addStretch(2)
        column(self, page)
        self._use(0)
        self.offer_keyring(keyring)

    def offer_keyring(self, there: bool) -> None:
        """Whether the computer's keyring opens this store, which takes a moment to find out."""
        self.ring.setVisible(there)

    def refuse(self, words: str, seconds: float = 0) -> None:
        """Say why it did not open. seconds: how long until the next try is let through."""
        self.ready()
        self._seconds = max(0, -int(-seconds // 1))
        self._reason = words
        self._say_reason()
        announce(self, self.trouble.text())
        if self._seconds:
            self._timer.start()
        self._let_in()
        self._field().setFocus()

    def working(self, words: str = "Unlocking…") -> None:
        """The key is being tried."""
        self.trouble.say(words, "quiet")
        self._set_enabled(False)

    def ready(self) -> None:
        """Nothing is being tried any more."""
        self.trouble.say("")
        self._set_enabled(True)

    def ask_new_passphrase(self) -> None:
        """The recovery code was right: a new passphrase must be chosen now."""
        self.ready()
        self.title.say("Choose a new passphrase")
        self.what.say("The recovery code was right. Once you have chosen, the old one opens nothing any more.")
        self._use(2)

    def clear(self) -> None:
        """Forget what was typed, and begin again."""
        self._timer.stop()
        self._seconds = 0
        for field in (self.passphrase, self.code, self.fresh):
            field.clear()
        self.title.say("Despatch is locked")
        self.what.say("Your board papers and your notes on them are sealed until you unlock them.")
        self.ready()
        self._use(0)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # left for another screen, and not only put into the task bar
            self.clear()

    def _make_passphrase(self) -> QWidget:
        self.unlock = Button("Unlock", "primary")
        self.unlock.clicked.connect(self._try_passphrase)
        self.passphrase.submitted.connect(self._try_passphrase)
        other = Button("Use the recovery code", "link")
        other.clicked.connect(lambda: self._use(1))
        self.ring = Button("Ask this computer's keyring")
        self.ring.clicked.connect(self.keyring_wanted)
        guide = Button("I have neither", "link")
        guide.clicked.connect(self._say_neither)
        return _stack(self.passphrase, row(self.unlock, self.ring), row(other, guide))

    def _make_recovery(self) -> QWidget:
        self.code.setMinimumHeight(LEAST_TARGET)
        self.code.returnPressed.connect(self._try_code)
        self.recover = Button("Unlock with the code", "primary")
        self.recover.clicked.connect(self._try_code)
        back = Button("Use the passphrase", "link")
        back.clicked.connect(lambda: self._use(0))
        hint = Text(
            "The groups of letters and digits you wrote down or printed. Dashes and capitals do not matter.", "quiet"
        )
        return _stack(labelled("Recovery code", self.code), self.code, hint, row(self.recover, back))

    def _use(self, way: int) -> None:
        self._ways.setCurrentIndex(way)
        field = self._field()
        self.first = field
        if self.isVisible():
            field.setFocus()

    def _field(self) -> QWidget:
        return (self.passphrase, self.code, self.fresh)[self._ways.currentIndex()]

    def _try_passphrase(self) -> None:
        words = self.passphrase.text()
        if not words or not self.unlock.isEnabled():
            return
        self.passphrase.clear()
        self.passphrase_entered.emit(words)

    def _try_code(self) -> None:
        code = self.code.text().strip()
        if not code or not self.recover.isEnabled():
            return
        self.code.clear()
        self.recovery_entered.emit(code)

    def _set_enabled(self, enabled: bool) -> None:
        if (way := self._ways.currentWidget()) is not None:
            way.setEnabled(enabled)
        if enabled:
            self._let_in()

    def _let_in(self) -> None:
        for button in (self.unlock, self.recover):
            button.setEnabled(self._seconds == 0)

    def _count_down(self) -> None:
        self._seconds -= 1
        if self._seconds <= 0:
            self._timer.stop()
        self._say_reason()
        self._let_in()

    def _say_reason(self) -> None:
        again = f"You can try again in {say_wait(self._seconds)}." if self._seconds > 0 else "You can try again now."
        self.trouble.say(" ".join((self._reason, _NOTHING_LOST, again)), "bad")

    def _say_neither(self) -> None:
        words = (
            "Without the passphrase or the recovery code nobody can open this store, and we cannot either. "
            "Your papers can be sent again: ask the secretary for a new invitation. Notes made here stay sealed."
        )
        self.trouble.say(words, "warn")
        announce(self, words)


def _stack(*parts: QWidget) -> QWidget:
    holder = QWidget()
    column(holder, *parts, space=12).addStretch(1)
    return holder
