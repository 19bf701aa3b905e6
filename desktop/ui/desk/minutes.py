"""Minutes of a meeting, written item by item: what was said, decided, and is to be done."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.secretary.minutes import Minuted, Minutes, line_of, to_do_of
from desktop.ui.desk.fields import DayField, Labelled
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, Column, Hairline, Text, column, labelled, row
from desktop.ui.kit.words import say_count, say_date
from desktop.ui.panels.rows import Row, RowsView, said

_PEOPLE = "people"
_ABOUT = "Kept as you write. The actions go onto the body’s log when you export the minutes or put them into a pack."
_DECISIONS = "Decisions, one on each line"
_ACTIONS = "Actions, one on each line: what | who | by when"


class MinutesDialog(QDialog):
    """kept(Minutes) · word_wanted · carry_wanted · confirmed(day)."""

    kept = Signal(object)
    word_wanted = Signal()
    carry_wanted = Signal()
    confirmed = Signal(object)

    def __init__(self, theme: Theme, minutes: Minutes, parent: QWidget) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._at = -1  # the item in sight; -1: who was there
        self.setWindowTitle("Minutes")
        self.setAccessibleName(f"Minutes of {minutes.body}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = RowsView(theme, "Items")
        self.list.selectionModel().currentChanged.connect(lambda *_: self._turn())
        self.heading = Text("", "heading")
        self.said, self.decisions, self.to_do = _area(theme, 18), _area(theme, 9), _area(theme, 9)
        for short in (self.decisions, self.to_do):
            short.setMaximumHeight(theme.grid(12))
        self.present, self.apologies, self.attending = (
            Labelled(name, "names, with commas between them") for name in ("Present", "Apologies", "In attendance")
        )
        self.day = DayField("Confirmed by the next meeting on", "29 January 2026")
        self.state = Text("", "quiet")
        self._lay_out(theme)
        self._fill_people()
        self._show_rows()
        self.list.put_cursor_first()
        self._show()
        self.resize(theme.grid(128), theme.grid(88))

    @property
    def minutes(self) -> Minutes:
        """As they stand, with what is being typed."""
        self._take()
        return self._minutes

    def show_confirmed(self, minutes: Minutes) -> None:
        """They were confirmed."""
        self._minutes = replace(self._minutes, confirmed=minutes.confirmed)
        self._say_state()

    def done(self, result: int) -> None:
        """Whatever closes it, what was typed is kept."""
        self._take()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._take()
        super().closeEvent(event)

    def _turn(self) -> None:
        self._take()
        self._show()

    def _take(self) -> None:
        """Keep what stands in the fields, if it is other than before."""
        after = self._with_people() if self._at < 0 else self._minutes.with_item(self._at, self._typed())
        if after != self._minutes:
            self._minutes = after
            self._show_rows()
            self.kept.emit(after)

    def _typed(self) -> Minuted:
        lines = self.to_do.toPlainText().splitlines()
        return replace(
            self._minutes.items[self._at],
            said=self.said.toPlainText().strip(),
            decisions=tuple(line.strip() for line in self.decisions.toPlainText().splitlines() if line.strip()),
            actions=tuple(action for line in lines if (action := to_do_of(line)) is not None),
        )

    def _with_people(self) -> Minutes:
        fields = (self.present, self.apologies, self.attending)
        present, apologies, attending = (_names(each.text()) for each in fields)
        return replace(self._minutes, present=present, apologies=apologies, attending=attending)

    def _show(self) -> None:
        key = self.list.current_key()
        self._at = int(key) if key and key != _PEOPLE else -1
        self._people.setVisible(self._at < 0)
        self._item.setVisible(self._at >= 0)
        if self._at < 0:
            self.heading.setText("Who was there")
            return
        item = self._minutes.items[self._at]
        self.heading.setText(f"{item.number}  {item.title}".strip())
        self.said.setPlainText(item.said)
        self.decisions.setPlainText("\n".join(item.decisions))
        self.to_do.setPlainText("\n".join(map(line_of, item.actions)))

    def _fill_people(self) -> None:
        for field, names in (
            (self.present, self._minutes.present),
            (self.apologies, self._minutes.apologies),
            (self.attending, self._minutes.attending),
        ):
            field.show_text(", ".join(names))
        self._say_state()

    def _show_rows(self) -> None:
        people = len(self._minutes.present)
        about = f"{say_count(people, 'member')} present" if people else "Not said yet"
        first = Row(_PEOPLE, (said("Who was there", strong=True), said(about, tint="quiet")), f"Who was there, {about}")
        self.list.show_rows([first, *(_row(at, item) for at, item in enumerate(self._minutes.items))])

    def _say_state(self) -> None:
        day = self._minutes.confirmed
        self.state.say(f"Confirmed on {say_date(day)}." if day else "A draft until the next meeting confirms them.")

    def _confirm(self) -> None:
        day = self.day.day()
        if day is None:
            self.day.trouble.say("Say on which day they were confirmed.")
            self.day.field.setFocus()
        else:
            self.confirmed.emit(day)

    def _lay_out(self, theme: Theme) -> None:
        self._item, self._people = QWidget(), QWidget()
        column(
            self._item, labelled("What was said", self.said), self.said, labelled(_DECISIONS, self.decisions),
            self.decisions, labelled(_ACTIONS, self.to_do), self.to_do, space=4,
        )  # fmt: skip
        confirm = Button("They were confirmed")
        confirm.clicked.connect(self._confirm)
        column(
            self._people, self.present, self.apologies, self.attending, self.state, self.day, row(confirm), space=12
        )  # fmt: skip
        fields = Column(theme.grid(80))
        for part in (self.heading, self._item, self._people):
            fields.rows.addWidget(part)
        fields.rows.addStretch(1)
        middle = QHBoxLayout()
        middle.addWidget(self.list, 2)
        middle.addWidget(Hairline(upright=True))
        middle.addWidget(fields, 3)
        word, carry, close = Button("Write them as Word…"), Button("Put into the next pack", "primary"), Button("Close")
        word.clicked.connect(self.word_wanted)
        carry.clicked.connect(self.carry_wanted)
        close.clicked.connect(self.accept)
        for button in (word, carry, close, confirm):
            button.setAutoDefault(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.addWidget(Text(_ABOUT, "quiet"))
        whole.addLayout(middle, 1)
        whole.addWidget(row(carry, word, close))


def _row(at: int, item: Minuted) -> Row:
    counts = [say_count(len(item.decisions), "decision") if item.decisions else ""]
    counts.append(say_count(len(item.actions), "action") if item.actions else "")
    about = ", ".join(part for part in counts if part) or ("Written" if item.said else "")
    lines = [said(item.title, strong=True)] + ([said(about, tint="quiet")] if about else [])
    return Row(str(at), tuple(lines), f"Item {item.number}, {item.title}. {about}", number=item.number)


def _area(theme: Theme, height: int) -> QPlainTextEdit:
    area = QPlainTextEdit()
    area.setTabChangesFocus(True)
    area.setMinimumHeight(theme.grid(height))
    return area


def _names(words: str) -> tuple[str, ...]:
    return tuple(name for part in words.split(",") if (name := " ".join(part.split())))
