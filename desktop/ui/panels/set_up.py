"""The steps of setting up: a passphrase, the recovery code, who is asking, and the words to read out."""

import secrets

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy, QWidget

from desktop.ui.kit.clipboard import copy_words
from desktop.ui.kit.files import ask_where_to_save
from desktop.ui.kit.notices import announce
from desktop.ui.kit.printing import print_words
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import LEAST_TARGET, Button, Leading, Text, card, column, labelled, row
from desktop.ui.panels.passphrase import NewPassphrase

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


class PassphraseStep(Leading):
    """Choose a passphrase, and whether this computer's keyring may keep the key as well."""

    chosen = Signal(str, bool)

    def __init__(self, theme: Theme, keyring: bool) -> None:
        super().__init__()
        self.remember = QCheckBox("Open without the passphrase on this computer")
        self.remember.setAccessibleName("Open without the passphrase on this computer")
        self.remember_words = Text(
            "The keyring of this computer keeps the key and hands it out while you are signed in. "
            "Leave it off where others use your account.",
            "quiet",
        )
        extra = (self.remember, self.remember_words)
        self.form = NewPassphrase(theme, "Protect my papers", "Passphrase", extra)
        self.form.chosen.connect(lambda passphrase: self.chosen.emit(passphrase, self.remember.isChecked()))
        self.first = self.form
        words = Text(
            "Papers and notes are kept sealed on this computer. The passphrase opens them, without a network, "
            "and nobody else can look it up for you."
        )
        column(self, Text("Choose a passphrase", "title"), words, self.form, space=16)
        self.remember.setVisible(keyring)
        self.remember_words.setVisible(keyring)


class RecoveryStep(Leading):
    """Shows the recovery code once, and has one group of it typed back while it is out of sight."""

    kept = Signal()
    save_wanted = Signal(str, str)  # path, the words to write there

    def __init__(self, theme: Theme, code: str) -> None:
        super().__init__()
        self._theme, self._code = theme, code
        self._groups = code.split("-")
        self._asked = secrets.randbelow(len(self._groups))
        self.code = Text(self._spaced(), "code")
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code.setAccessibleName("Recovery code")
        self.shown, self.asking = self._make_shown(), self._make_asking()
        words = Text(
            "If you forget the passphrase, this code opens your papers. It is shown only now. "
            "Nobody has a copy of it: without both, the papers on this computer cannot be read again."
        )
        column(self, Text("Your recovery code", "title"), words, self.shown, self.asking, space=16)
        self.asking.hide()
        self.first = self.go_on

    def asked_group(self) -> str:
        """The group that has to be typed back."""
        return self._groups[self._asked]

    def _spaced(self) -> str:
        groups, wide = self._groups, 4
        return "\n".join("  ".join(groups[start : start + wide]) for start in range(0, len(groups), wide))

    def _make_shown(self) -> QWidget:
        copy, paper, save = Button("Copy"), Button("Print…"), Button("Save as file…")
        copy.clicked.connect(self._copy)
        paper.clicked.connect(lambda: print_words(self, self._sheet()))
        save.clicked.connect(self._ask_where)
        self.go_on = Button("I have kept it", "primary")
        self.go_on.clicked.connect(self._ask)
        advice = Text("Write it down or print it, and keep it away from this computer.", "quiet")
        self.copied = Text("", "good")
        self.copied.hide()
        holder = QWidget()
        column(holder, card(self.code), advice, row(copy, paper, save), self.copied, self.go_on, space=12)
        return holder

    def _make_asking(self) -> QWidget:
        self.field = QLineEdit()
        self.field.setMinimumHeight(LEAST_TARGET)
        self.field.setMaximumWidth(320)
        name = "whole code" if len(self._groups) == 1 else f"{_ORDINALS[self._asked % 10]} group of the code"
        self.answer = Text("", "warn")
        self.answer.hide()
        check, again = Button("Check and go on", "primary"), Button("Show the code again", "link")
        check.clicked.connect(self._check)
        self.field.returnPressed.connect(self._check)
        again.clicked.connect(self._show_again)
        holder = QWidget()
        label = labelled(f"Type the {name} from your copy", self.field)
        column(holder, label, self.field, self.answer, row(check, again), space=12)
        return holder

    def _sheet(self) -> str:
        return f"Despatch recovery code\n\n{self._spaced()}\n\nKeep this sheet away from the computer it opens."

    def _copy(self) -> None:
        copy_words(self._code)
        self.copied.say("Copied. It is taken off the clipboard when you lock Despatch.")
        announce(self, self.copied.text())

    def _ask_where(self) -> None:
        ask_where_to_save(
            self,
            "Save the recovery code",
            "Despatch recovery code.txt",
            "Save code",
            lambda path: self.save_wanted.emit(path, self._sheet()),
        )

    def _ask(self) -> None:
        self.shown.hide()
        self.asking.show()
        self.first = self.field
        self.field.setFocus()

    def _show_again(self) -> None:
        self.asking.hide()
        self.shown.show()
        self.first = self.go_on
        self.go_on.setFocus()

    def _check(self) -> None:
        typed = "".join(letter for letter in self.field.text() if letter.isalnum())
        wanted = "".join(letter for letter in self.asked_group() if letter.isalnum())
        if typed.lower() == wanted.lower():
            self.field.clear()
            self.code.clear()
            self.kept.emit()
            return
        self.answer.say("That is not this group. Look at your copy again; nothing is lost.")
        announce(self, self.answer.text())
        self.field.selectAll()
        self.field.setFocus()


class MemberStep(Leading):
    """Who asks to be admitted, and from which computer: what the secretary will see."""

    given = Signal(str, str)

    def __init__(self, theme: Theme, body: str, organisation: str, device: str) -> None:
        super().__init__()
        self.member, self.device = QLineEdit(), QLineEdit(device)
        for field in (self.member, self.device):
            field.setMinimumHeight(LEAST_TARGET)
            field.setMaxLength(80)
            field.textChanged.connect(self._see)
            field.returnPressed.connect(self._submit)
        self.button = Button("Ask to be admitted", "primary")
        self.button.setEnabled(False)
        self.button.clicked.connect(self._submit)
        self.first = self.member
        named = f"{body}, {organisation}" if organisation else body
        words = Text(
            f"The secretary of {named} sees these two names when you ask for its papers, and nobody else does."
        )
        column(
            self,
            Text("Who is asking?", "title"),
            words,
            _pair("Your name", self.member),
            _pair("This computer", self.device),
            self.button,
            space=16,
        )
        self._see()

    def _see(self) -> None:
        self.button.setEnabled(bool(self.member.text().strip() and self.device.text().strip()))

    def _submit(self) -> None:
        if self.button.isEnabled():
            self.given.emit(self.member.text().strip(), self.device.text().strip())
        else:
            (self.device if self.member.text().strip() else self.member).setFocus()


class RequestStep(Leading):
    """The five words to read out, and where the request has gone."""

    finished = Signal()
    save_wanted = Signal(str)

    def __init__(self, theme: Theme, body: str, phrase: str, delivered: str) -> None:
        super().__init__()
        self.phrase = Text(phrase, "phrase")
        self.phrase.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.phrase.setAccessibleName(f"Words to read out: {phrase}")
        self.phrase.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.save = Button("Save request as file…")
        self.save.clicked.connect(self._ask_where)
        shelf = Button("Go to the shelf", "primary")
        shelf.clicked.connect(self.finished)
        self.first = shelf if delivered else self.save
        words = Text(
            f"Ring the secretary of {body} and read out these five words. If they see the same words, "
            "the request is truly yours, and they admit you."
        )
        rest = Text(
            "When you are admitted, the packs come by themselves. The words stay on the shelf until then.", "quiet"
        )
        parts = (Text("Read these words to the secretary", "title"), words, card(self.phrase, margin=24))
        column(self, *parts, Text(_where(delivered)), rest, row(shelf, self.save), space=16)

    def saved(self, path: str) -> None:
        """Say that the request lies in a file now."""
        announce(self, f"The request is saved as {path}.")

    def _ask_where(self) -> None:
        title = "Save the request"
        ask_where_to_save(self, title, "Request to be admitted.despatch", "Save request", self.save_wanted.emit)


def _where(delivered: str) -> str:
    if delivered:
        return f"Your request is waiting for the secretary in {delivered}."
    return (
        "The request could not be put where the secretary looks, since that place only lets you read. "
        "Save it as a file and send it to the secretary, by e-mail if you like: only they can open it."
    )


def _pair(name: str, field: QWidget) -> QWidget:
    holder = QWidget()
    column(holder, labelled(name, field), field, space=4)
    return holder
