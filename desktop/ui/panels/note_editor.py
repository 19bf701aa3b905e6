"""Writing at a passage: a small box beside it, saved while one types."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.annotations.anchor import Anchor
from desktop.annotations.entries import NOTE, QUESTION, TEXT, Asking, Sharing
from desktop.annotations.notebook import Annotation, Notebook
from desktop.annotations.shapes import Shape
from desktop.packs.book import Book
from desktop.ui.kit.mark_words import KIND_NAMES
from desktop.ui.kit.sharing_words import PRIVATE_WORDS, emblem_of
from desktop.ui.kit.theme import Theme
from desktop.ui.kit.widgets import Button, IconLabel, Text
from desktop.ui.panels.colours import ColourRow, quiet_button
from desktop.ui.panels.fields_area import FieldsArea
from desktop.ui.panels.popups import PopUp
from desktop.ui.panels.question_fields import QuestionFields

_WORDED = (NOTE, QUESTION, TEXT)  # nothing is left of these without words
_INVITATIONS = {QUESTION: "What do you want to ask?", TEXT: "Write on the page"}

_PAUSE_MS = 500  # after the last key; less than a second of words is ever unsaved


class NoteEditor(PopUp):
    """Edits one mark: its words, its colour, and whom a question is for.

    A note nobody wrote anything in is never made.
    """

    closed = Signal()
    removal_asked = Signal(str)
    sharing_asked = Signal(str)  # who sees the mark is to be chosen
    reply_asked = Signal(str)
    colour_used = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._notebook: Notebook | None = None
        self._mark_id = ""
        self._draft: Anchor | None = None
        self._kind = NOTE
        self._room = 0  # pixels it may be high, 0 before it was shown
        self._shape: Shape | None = None
        self._answering = ""  # id of the mark that is replied to
        self._to: tuple[str, ...] = ()  # and who sees the reply
        self.say_seen: Callable[[Sharing], str] = lambda sharing: PRIVATE_WORDS
        self._colour = "question"
        self._theme = theme
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save)
        self.title = Text("", "strong")
        self.state = Text("", "quiet")
        self._emblem = IconLabel(theme, "lock", "quiet", 16)
        self.share, self.answer = Button("Share…", "link"), Button("Reply", "link", "reply", theme)
        self.colours = ColourRow(theme, keep=True)
        self.words = QPlainTextEdit()
        self.words.setAccessibleName("Words of the note")
        self.words.setTabChangesFocus(True)
        self.asking = QuestionFields()
        self.asking.changed.connect(self._keep_asking)
        self.words.textChanged.connect(self._typed)
        self.words.installEventFilter(self)
        self.colours.picked.connect(self.pick_colour)
        self._build(theme)

    @property
    def mark_id(self) -> str:
        """The mark being edited, "" while a new note has no words yet."""
        return self._mark_id

    def edit(self, notebook: Notebook, mark: Annotation, at: QPoint, within: QRect) -> None:
        """Edit a mark beside a point; another member's is only read."""
        self._mark_id, self._draft, self._kind = mark.id, None, mark.kind
        self.asking.show_asking(mark.asking)
        self._open(notebook, mark.colour, mark.words, at, within)

    def reply(self, notebook: Notebook, mark: Annotation, to: Iterable[str], at: QPoint, within: QRect) -> None:
        """Write a reply to a mark; it is made with its first words. to: who will see it."""
        self._mark_id, self._draft, self._kind = "", None, NOTE
        self._answering, self._to = mark.id, tuple(sorted(to))
        self.asking.show_asking(None)
        self._open(notebook, mark.colour, "", at, within)

    def draft(
        self,
        notebook: Notebook,
        anchor: Anchor,
        colour: str,
        at: QPoint,
        within: QRect,
        kind: str = NOTE,
        shape: Shape | None = None,
        asking: Asking | None = None,
    ) -> None:
        """Write a new note, question or words on the page at an anchor; it is made with its first words."""
        self._mark_id, self._draft, self._kind, self._shape = "", anchor, kind, shape
        self.asking.show_asking(asking)
        self._open(notebook, colour, "", at, within)

    def show_items(self, book: Book) -> None:
        """The items a question can be for."""
        self.asking.show_items(book)

    def pick_colour(self, colour: str) -> None:
        """Give the note another colour."""
        self._colour = colour
        self.colours.show_picked(colour)
        self._show_title()
        self.colour_used.emit(colour)
        if self._notebook is not None and self._is_mine:
            self._notebook.change(self._mark_id, colour=colour)

    def save(self) -> None:
        """Bring the notebook to what is written."""
        self._timer.stop()
        words = self.words.toPlainText().strip()
        if self._notebook is None:
            return
        if self._draft is not None and words:
            asking = self.asking.asking if self._kind == QUESTION else None
            made = self._notebook.add(self._draft, self._kind, self._colour, words, self._shape, asking)
            self._mark_id = made.id
            self._draft = None
        elif self._answering and words and not self._mark_id:
            self._mark_id = self._notebook.reply(self._answering, words, self._to).id
        elif self._is_mine:
            self._notebook.change(self._mark_id, words=words)
        self.show_state()

    def show_state(self) -> None:
        """Say whether everything written is in the store, and who sees it."""
        refused = self._notebook is not None and self._notebook.failed > 0
        sharing, mark = self._sharing, self._mark
        self.state.setText("Not saved yet: trying again" if refused else self.say_seen(sharing))
        self._emblem.show_icon(emblem_of(sharing), "quiet")
        may_choose = mark is None or (mark.is_mine and not sharing.reply_to)
        self.share.setVisible(may_choose and not self._answering)
        self.share.setEnabled(mark is not None)
        self.share.setText("Change…" if sharing.to else "Share…")
        self.answer.setVisible(mark is not None and bool(sharing.by or sharing.to))

    def close_editor(self) -> None:
        """Save and go; a note left without any words is taken out."""
        if not self.isVisible():
            return
        self.save()
        notebook, mark_id, mine = self._notebook, self._mark_id, self._is_mine
        self._forget()
        if notebook is not None and mark_id and mine:
            notebook.settle()
            mark = notebook.get(mark_id)
            if isinstance(mark, Annotation) and mark.kind in _WORDED and not mark.words:
                notebook.remove(mark_id)
        self.hide()
        self.closed.emit()

    def follow(self, entry_id: str) -> None:
        """The notebook changed an entry, perhaps by undo: show it, or go if it is gone."""
        if self._notebook is None or entry_id != self._mark_id or not entry_id:
            return
        mark = self._notebook.get(entry_id)
        if not isinstance(mark, Annotation):
            self._forget()
            self.hide()
            self.closed.emit()
            return
        self.asking.show_asking(mark.asking)
        self.show_state()
        if not self._timer.isActive() and mark.words != self.words.toPlainText().strip():
            self._show_words(mark.words)
            self.colours.show_picked(mark.colour)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the box saves; Esc and Ctrl+Enter close it."""
        if event.type() == QEvent.Type.FocusOut:
            self.save()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.key() == Qt.Key.Key_Escape or (enter and held):
                self.close_editor()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes from the buttons too."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_editor()
        else:
            super().keyPressEvent(event)

    def _build(self, theme: Theme) -> None:
        self._remove = quiet_button(theme, "trash-2", "Delete this note")
        self._remove.clicked.connect(self._ask_removal)
        close = quiet_button(theme, "x", "Close the note", "Esc")
        close.clicked.connect(self.close_editor)
        fields = QVBoxLayout()
        fields.setContentsMargins(0, 0, 0, 0)
        fields.addWidget(self.asking)
        self._asking_area = FieldsArea(fields)
        head, tools, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(close)
        tools.addWidget(self.colours)
        tools.addStretch(1)
        tools.addWidget(self._remove)
        foot.addWidget(self._emblem)
        foot.addWidget(self.state, 1)
        for button, name, asked in (
            (self.share, "Choose who sees this note", self._ask_sharing),
            (self.answer, "Reply", self._ask_reply),
        ):
            button.setAccessibleName(name)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(asked)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 8, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(tools)
        column.addWidget(self._asking_area)
        column.addWidget(self.words, 1)
        column.addLayout(foot)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """As high as its words, within reason: the page under it is what the note is about."""
        self.words.setMinimumWidth(self._theme.grid(36))
        lines = min(max(3, self.words.document().size().height()), 9)
        spacing = self.words.fontMetrics().lineSpacing()
        self.words.setFixedHeight(round(lines * spacing) + self._theme.grid(3))
        beyond = self.sizeHint().height() - self._room
        if self._room and beyond > 0:  # large text on a low window
            least = 2 * spacing + self._theme.grid(2)
            self.words.setFixedHeight(max(least, self.words.height() - beyond))

    def _open(self, notebook: Notebook, colour: str, words: str, at: QPoint, within: QRect) -> None:
        self._notebook, self._colour = notebook, colour
        self.colours.show_picked(colour)
        self._asking_area.setVisible(not self.asking.isHidden())
        self._show_words(words)
        mine = self._mark is None or self._is_mine
        self.words.setReadOnly(not mine)
        self.colours.setVisible(mine and not self._answering)
        self._remove.setVisible(mine)
        self.asking.setEnabled(mine)
        invitation = "Write a reply" if self._answering else _INVITATIONS.get(self._kind, "Write a note about this")
        self.words.setPlaceholderText(invitation)
        self._show_title()
        self.show_state()
        self._room = within.height()
        self._fit()
        self.show_beside(at, within)
        self.words.setFocus()

    def _show_words(self, words: str) -> None:
        self.words.blockSignals(True)
        self.words.setPlainText(words)
        self.words.blockSignals(False)
        cursor = self.words.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.words.setTextCursor(cursor)

    def _show_title(self) -> None:
        name, sharing = self._theme.note_name(self._colour), self._sharing
        if self._answering or sharing.reply_to:
            self.title.setText(f"Reply from {sharing.name}" if sharing.by else "Your reply")
            return
        if sharing.by:
            name = f"{name}, from {sharing.name}"
        self.title.setText(name if self._kind == NOTE else f"{KIND_NAMES[self._kind]}: {name}")

    @property
    def _mark(self) -> Annotation | None:
        mark = self._notebook.get(self._mark_id) if self._notebook is not None else None
        return mark if isinstance(mark, Annotation) else None

    @property
    def _is_mine(self) -> bool:
        mark = self._mark
        return mark is not None and mark.is_mine

    @property
    def _sharing(self) -> Sharing:
        mark = self._mark
        return mark.sharing if mark is not None else Sharing(self._to, self._answering)

    def _ask_sharing(self) -> None:
        self.save()
        if self._mark_id:
            self.sharing_asked.emit(self._mark_id)

    def _ask_reply(self) -> None:
        mark_id = self._mark_id
        self.close_editor()
        if mark_id:
            self.reply_asked.emit(mark_id)

    def _keep_asking(self) -> None:
        mark = self._notebook.get(self._mark_id) if self._notebook is not None else None
        if self._notebook is not None and isinstance(mark, Annotation) and mark.asking is not None and mark.is_mine:
            self._notebook.change_asking(mark.id, self.asking.asking)

    def _typed(self) -> None:
        self._timer.start(_PAUSE_MS)
        self._fit()
        self.resize(self.width(), min(self.sizeHint().height(), self._room or self.height()))

    def _ask_removal(self) -> None:
        self._timer.stop()
        mark_id = self._mark_id
        self._forget()
        self.hide()
        if mark_id:
            self.removal_asked.emit(mark_id)
        self.closed.emit()

    def _forget(self) -> None:
        self._timer.stop()
        self._notebook, self._mark_id, self._draft, self._shape = None, "", None, None
        self._answering, self._to = "", ()
