"""The people a body's packs go to: who asks to join, who receives, who was invited; and inviting somebody."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from db.records import OfficeRecord, RosterRecord
from desktop.secretary.membership import Membership, Memberships, say_membership
from desktop.secretary.roster import ADMITTED, ASKED, INVITED
from desktop.ui.desk.fields import Labelled
from desktop.ui.desk.membership import MembershipDialog
from desktop.ui.kit.asking import ask
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Column, Leading, StateMark, Text, card, column, empty_layout, put, row
from desktop.ui.kit.words import say_count

_WORDS = "Ring them, and have them read out the five words on their screen. Admit them only if these are the same:"


class PeopleScreen(Leading):
    """Shows a roster. invite_wanted(name, another device of theirs)."""

    invite_wanted = Signal(str, bool)
    admit_wanted = Signal(str)  # a device's tag
    removal_wanted = Signal(str)
    membership_changed = Signal(str, object)  # a member's name, and what they are from now on
    refresh_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._memberships: Memberships | None = None
        page = Column(760)
        page.grow(theme)
        column(self, page)
        back = Button("Secretary’s desk", "link", "arrow-left", theme)
        back.clicked.connect(self.closed)
        self.first = back
        self.title, self.about = Text("People", "title"), Text("", "lead")
        self.name = Labelled("Name of the member", "Jane Doe")
        self.another = QCheckBox("For another device of somebody who is on the roster already")
        self.another.setAccessibleName(self.another.text())
        self.invite = Button("Write an invitation…", "primary", "mail", theme)
        self.invite.clicked.connect(self._want_invitation)
        words = "An invitation is a small file, good for one device. Send it to that person alone."
        inviting = card(
            Text("Invite somebody", "heading"), Text(words, "quiet"), self.name, self.another, row(self.invite),
            space=12, margin=24,
        )  # fmt: skip
        holder = QWidget()
        self._rows = column(holder, space=16)
        for part in (row(back), self.title, self.about, holder, inviting):
            page.rows.addWidget(part)
        page.rows.addStretch(1)

    def show_people(
        self, office: OfficeRecord, entries: Sequence[RosterRecord], troubles: Sequence[str], memberships: Memberships
    ) -> None:
        """Show the roster as it is. troubles: requests that cannot be used, in sentences."""
        self._memberships = memberships
        self.title.setText(f"People of {office.name}")
        admitted = [entry for entry in entries if entry.state == ADMITTED]
        members = {entry.member.casefold() for entry in admitted}
        devices = say_count(len(admitted), "device")
        self.about.setText(f"Packs go to {say_count(len(members), 'member')} on {devices}.")
        empty_layout(self._rows)
        put(self._rows, row(self._refresher()))
        asked = [entry for entry in entries if entry.state == ASKED]
        put(self._rows, *(self._make_asked(entry) for entry in asked))
        put(self._rows, *(Text(trouble, "warn") for trouble in troubles))
        if admitted:
            put(self._rows, card(Text("Receiving", "heading"), *map(self._make_device, admitted), space=12, margin=24))
        invited = [entry for entry in entries if entry.state == INVITED]
        if invited:
            waiting = [self._make_device(entry) for entry in invited]
            put(self._rows, card(Text("Invited, not yet joined", "heading"), *waiting, space=12, margin=24))

    def clear_name(self) -> None:
        """The invitation was written."""
        self.name.show_text("")
        self.another.setChecked(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _refresher(self) -> Button:
        look = Button("Look for requests", "", "refresh-cw", self._theme)
        look.clicked.connect(self.refresh_wanted)
        return look

    def _make_asked(self, entry: RosterRecord) -> QFrame:
        admit = Button(f"Admit {entry.member}", "primary")
        admit.clicked.connect(lambda: self.admit_wanted.emit(entry.tag))
        refuse = Button("Refuse…")
        refuse.setAccessibleName(f"Refuse {entry.member} on {entry.device}")
        refuse.clicked.connect(lambda: self._ask_removal(entry))
        return card(
            StateMark(self._theme, "clock", f"{entry.member} asks to join, on “{entry.device}”", "accent"),
            Text(_WORDS),
            Text(entry.phrase, "phrase"),
            row(admit, refuse),
            space=12,
            margin=24,
        )

    def _make_device(self, entry: RosterRecord) -> QWidget:
        remove = Button("Remove…")
        where = f" on “{entry.device}”" if entry.device else ""
        remove.setAccessibleName(f"Remove {entry.member}{where}")
        remove.clicked.connect(lambda: self._ask_removal(entry))
        words, today = QWidget(), date.today()
        membership = self._memberships.of(entry.person) if self._memberships else Membership()
        near = membership.ends_soon(today) or membership.is_over(today)
        about = [Text(each, "warn" if near and each.startswith("Term") else "quiet") for each in say_membership(
            membership, today
        )]  # fmt: skip
        device = Text(entry.device or "No device has answered yet", "quiet")
        column(words, Text(entry.member, "strong"), device, *about, space=2)
        if entry.state != ADMITTED:
            return row(words, remove, stretch=0)
        change = Button("Term and groups…")
        change.setAccessibleName(f"Term and groups of {entry.member}{where}")
        change.clicked.connect(lambda: self._ask_membership(entry.member, membership))
        return row(words, change, remove, stretch=0)

    def _ask_membership(self, member: str, membership: Membership) -> None:
        dialog = MembershipDialog(self, member, membership)
        dialog.changed.connect(lambda wanted: self.membership_changed.emit(member, wanted))
        dialog.open()

    def _ask_removal(self, entry: RosterRecord) -> None:
        where = f" on “{entry.device}”" if entry.device else ""
        words = (
            f"{entry.member} gets nothing more{where} from now on. What was fetched there already cannot be called "
            "back for certain: the device destroys it when it next connects. They can be invited again."
        )
        ask(
            self, f"Remove {entry.member}?", words, f"Remove {entry.member}", "Keep",
            lambda: self.removal_wanted.emit(entry.tag),
        )  # fmt: skip

    def _want_invitation(self) -> None:
        if self.name.text():
            self.invite_wanted.emit(self.name.text(), self.another.isChecked())
        else:
            self.name.trouble.say("The invitation needs a name.")
            self.name.field.setFocus()
