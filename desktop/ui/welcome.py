"""Welcome: open an invitation or look at the sample board, then be set up in a few plain steps."""

import platform
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.kit.files import ask_for_file
from desktop.ui.kit.notices import announce
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Column, IconLabel, Leading, Text, card, column, empty_layout, put, row
from desktop.ui.panels.set_up import MemberStep, PassphraseStep, RecoveryStep, RequestStep


@dataclass(frozen=True)
class Invited:
    """What an opened invitation says: shown while asking to be admitted."""

    body: str
    organisation: str


class WelcomeScreen(Leading):
    """Leads a new member to their shelf. It only asks and tells: who composes the application answers each signal.

    file_chosen(path) → begin(…) · passphrase_chosen(passphrase, keyring) → show_recovery(code) · recovery_kept →
    ask_member() · member_given(member, device) → show_request(…) · finished. While something is being worked on, call
    working(words); the next step, or `ready`, ends it.
    """

    file_chosen = Signal(str)
    sample_wanted = Signal()
    secretary_wanted = Signal()
    passphrase_chosen = Signal(str, bool)
    recovery_kept = Signal()
    code_save_wanted = Signal(str, str)
    member_given = Signal(str, str)
    request_save_wanted = Signal(str)
    help_wanted = Signal()
    left = Signal()
    finished = Signal()

    def __init__(self, theme: Theme, can_leave: bool = False) -> None:
        """can_leave: there is a shelf to go back to."""
        super().__init__()
        self._theme, self._can_leave = theme, can_leave
        self._invited: Invited | None = None
        self.step: QWidget = QWidget()
        self._page = Column(600)
        self._page.grow(theme)
        self._count = Text("", "quiet")
        self._working = Text("", "quiet")
        self._place = QVBoxLayout()
        for part in (self._count, self._working):
            part.hide()
            self._page.rows.addWidget(part)
        self._page.rows.addLayout(self._place)
        self._leave = Button("Not now", "link")
        self._leave.clicked.connect(self._go_back)
        self._page.rows.addWidget(self._leave)
        self._page.rows.addStretch(1)
        column(self, self._page)
        self.start()

    def start(self) -> None:
        """The first page."""
        self._invited = None
        self._show(StartStep(self._theme, self), "")
        self._leave.setVisible(self._can_leave)

    def begin(self, invited: Invited | None, keyring: bool, has_store: bool = False) -> None:
        """Begin to be set up; None: for a secretary, who asks nobody. has_store: only ask to be admitted."""
        self._invited = invited
        if has_store:
            self.ask_member()
            return
        step = PassphraseStep(self._theme, keyring)
        step.chosen.connect(self.passphrase_chosen)
        self._show(step, self._numbered(1))
        self._leave.show()

    def show_recovery(self, code: str) -> None:
        """Show the recovery code, and wait until it is kept."""
        step = RecoveryStep(self._theme, code)
        step.kept.connect(self.recovery_kept)
        step.save_wanted.connect(self.code_save_wanted)
        self._show(step, self._numbered(2))
        self._leave.hide()

    def ask_member(self) -> None:
        """Ask who is asking; only after an invitation."""
        invited = self._invited or Invited("", "")
        step = MemberStep(self._theme, invited.body, invited.organisation, platform.node().split(".")[0])
        step.given.connect(self.member_given)
        self._show(step, self._numbered(3))
        self._leave.setVisible(self._can_leave)

    def show_request(self, phrase: str, delivered: str) -> None:
        """Show the five words; delivered: where the request was put, as said to people, or "" where it could not be."""
        step = RequestStep(self._theme, self._invited.body if self._invited else "", phrase, delivered)
        step.finished.connect(self.finished)
        step.save_wanted.connect(self.request_save_wanted)
        self._show(step, self._numbered(4))
        self._leave.hide()

    def working(self, words: str) -> None:
        """Say what is being done; the step cannot be used meanwhile."""
        self._working.say(words)
        self.step.setEnabled(False)
        announce(self, words)

    def ready(self) -> None:
        """The work ended, well or not: the step can be used again."""
        self._working.say("")
        self.step.setEnabled(True)
        self.step.setFocus()

    def choose_file(self) -> None:
        """Let an invitation or a pack file be chosen."""
        ask_for_file(self, "Open an invitation", self.file_chosen.emit)

    def _numbered(self, number: int) -> str:
        return f"Step {number} of {4 if self._invited else 2}"

    def _show(self, step: QWidget, count: str) -> None:
        self._working.say("")
        self._count.say(count)
        had_focus = self.isVisible()
        empty_layout(self._place)
        self.step = step
        put(self._place, step)
        self.first = step
        self._page.verticalScrollBar().setValue(0)
        if had_focus:
            step.setFocus()

    def _go_back(self) -> None:
        if isinstance(self.step, StartStep):
            self.left.emit()
        elif self._can_leave:
            self.left.emit()
            self.start()
        else:
            self.start()


class StartStep(Leading):
    """The ways in."""

    def __init__(self, theme: Theme, welcome: WelcomeScreen) -> None:
        super().__init__()
        invitation = Button("Open an invitation…", "primary", "mail-open", theme)
        invitation.clicked.connect(welcome.choose_file)
        sample = Button("Look at the sample board", "", "book-open", theme)
        sample.clicked.connect(welcome.sample_wanted)
        guide = Button("Read how it works", "link")
        guide.clicked.connect(welcome.help_wanted)
        secretary = Button("Begin as a secretary", "", "send", theme)
        secretary.clicked.connect(welcome.secretary_wanted)
        self.first = invitation
        title = Text("Board packs, on your own desk", "title")
        lead = Text(
            "Read, mark and search your board papers anywhere, without a network. They are sealed for you alone.",
            "lead",
        )
        first = card(
            Text("Have you been sent an invitation?", "heading"),
            Text("It is a file whose name ends in .despatch. Open it here, or drop it onto this window."),
            row(invitation),
            space=12,
            margin=24,
        )
        second = card(
            Text("Just looking?", "heading"),
            Text("The sample board has an agenda, minutes and reports of a committee that does not exist."),
            row(sample),
            space=12,
            margin=24,
        )
        third = card(
            Text("Do you send papers out?", "heading"),
            Text("Put packs together from your PDFs, check them, and send them to the members of your board."),
            row(secretary),
            space=12,
            margin=24,
        )
        parts = (title, lead, first, second, third, row(guide))
        layout = column(self, IconLabel(theme, "library", "accent", 40), *parts, space=16)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
