"""Notes shared with other members: whom they go to is asked, what came is taken up, and who sees what is said."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from desktop.annotations.entries import EVERYBODY, Annotation, Entry, Sharing
from desktop.annotations.notebook import Notebook
from desktop.changes import Change, Event
from desktop.library.standing import Company
from desktop.ui.kit.sharing_words import say_seen
from desktop.ui.kit.words import say_count, say_list
from desktop.ui.panels.marking import Marking
from desktop.ui.panels.notes import NotesPanel
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.reading.open_pack import OpenPack
from desktop.ui.reading.open_packs import OpenPacks
from desktop.ui.reading.split import Split

if TYPE_CHECKING:
    from desktop.library.post import Exchanged

_NOBODY = "Notes cannot be shared with this board's members yet: its secretary has to publish with a newer Despatch."
_LATER = "Shared. It goes out as soon as the packs' repository can be reached."
_BY_HAND = (
    "Shared, but nothing can be sent from here: this board's packs come from a web address. Export your shared notes "
    "as a file, and send that."
)


class SharingNotes(QObject):
    """Joins the editor and the panel to the other members. One question at a time."""

    def __init__(
        self, desk: ReadingDesk, marking: Marking, panel: NotesPanel, packs: OpenPacks, split: Split, holder: QWidget
    ) -> None:
        super().__init__(holder)
        self._desk, self._marking, self._panel, self._holder = desk, marking, panel, holder
        self._packs, self._split = packs, split
        self._companies: dict[str, Company] = {}  # by body
        self._dialog: QDialog | None = None
        marking.editor.say_seen = panel.say_seen = self._say_seen
        marking.editor.sharing_asked.connect(lambda mark_id: self.ask([mark_id]))
        marking.editor.reply_asked.connect(self.reply)
        panel.sharing_asked.connect(self.ask)
        panel.stopped.connect(self.stop)
        packs.notes_came.connect(lambda pack: self._learn(pack.book.pack.body.id))
        desk.bridge.changed.connect(self._changed)

    # ---- asked

    def ask(self, mark_ids: Sequence[str]) -> None:
        """Ask who is to see these notes, as far as they are the reader's own."""
        pack = self._split.in_use.pack
        marks = self._own(pack, mark_ids)
        if pack is None or self._dialog is not None:
            return
        if not marks:
            self._marking.say("Only your own notes can be shared.")
            return
        body_id = pack.book.pack.body.id
        company = self._desk.fellowship.company(body_id)
        self._desk.bridge.then(company, lambda found: self._ask_with(pack, marks, found), owner=self)

    def share(self, pack: OpenPack, mark_ids: Iterable[str], persons: Iterable[str]) -> None:
        """Let these persons see the notes, and send what there is to send."""
        if pack.notebook is None:
            return
        self._marking.close_all()
        persons = tuple(persons)
        pack.notebook.share(mark_ids, persons)
        self._panel.refresh()
        # The store's lane has what was shared before it is asked what there is to send.
        exchanged = self._desk.fellowship.exchange(pack.book.pack.body.id)
        self._desk.bridge.then(exchanged, lambda came: self._say_shared(came, persons), self._say_later, owner=self)

    def reply(self, mark_id: str) -> None:
        """Write a reply to a note; it goes to all who see the note."""
        pack = self._split.in_use.pack
        mark = pack.notebook.get(mark_id) if pack is not None and pack.notebook is not None else None
        if pack is not None and isinstance(mark, Annotation):
            self._marking.reply(mark_id, self._who_sees(mark, self._company(pack).me))

    def withdraw(self, mark_ids: Sequence[str]) -> None:
        """Nobody else is to see these notes any more."""
        pack = self._split.in_use.pack
        if pack is not None and (marks := self._own(pack, mark_ids)):
            self.share(pack, [mark.id for mark in marks], ())

    def add_to_menu(self, menu: QMenu, marks: Sequence[Annotation]) -> None:
        """What can be done about who sees these notes."""
        own = [mark for mark in marks if mark.is_mine and not mark.sharing.reply_to]
        ids = [mark.id for mark in own]
        if own:
            name = "Share this note…" if len(own) == 1 else f"Share {say_count(len(own), 'note')}…"
            menu.addAction(name, lambda: self.ask(ids))
        if any(mark.sharing.to for mark in own):
            menu.addAction("Stop sharing", lambda: self.withdraw(ids))
        if len(marks) == 1 and (marks[0].sharing.by or marks[0].sharing.to):
            menu.addAction("Reply", lambda: self.reply(marks[0].id))

    def stop(self) -> None:
        """The pack is left: nothing is asked any more."""
        if self._dialog is not None:
            self._dialog.reject()

    def _ask_with(self, pack: OpenPack, marks: Sequence[Annotation], company: Company) -> None:
        from desktop.ui.panels.share_dialog import ShareDialog

        self._companies[pack.book.pack.body.id] = company
        if not company.me:
            self._marking.say(_NOBODY)
            return
        together = frozenset(marks[0].sharing.to)
        shared = together if all(frozenset(mark.sharing.to) == together for mark in marks) else frozenset()
        dialog = ShareDialog(self._desk.theme, company.people, shared, len(marks), self._holder)
        dialog.chosen.connect(lambda persons: self.share(pack, [mark.id for mark in marks], persons))
        dialog.finished.connect(self._forget_dialog)
        self._dialog = dialog
        dialog.open()

    def _forget_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = None

    def _say_later(self, _error: BaseException) -> None:
        self._marking.say(_LATER)

    def _say_shared(self, came: "Exchanged", persons: tuple[str, ...]) -> None:
        if came.waiting:
            self._marking.say(_BY_HAND)
        elif not persons:
            self._marking.say("Private to you again. Whoever has read it has read it.", self._marking.undo)
        else:
            names = sorted(came.sent)
            words = f"Shared with {say_list(names)}." if 0 < len(names) <= 3 else "Shared."
            self._marking.say(words, self._marking.undo)

    # ---- what came

    def _changed(self, change: Change) -> None:
        if change.event is Event.NOTES_RECEIVED and (pack := self._packs.get(change.pack_id)) is not None:
            self._take_up(pack)
        elif change.event in (Event.BODY_CHECKED, Event.DEVICES_CHANGED) and change.body_id in self._companies:
            self._learn(change.body_id)

    def _take_up(self, pack: OpenPack) -> None:
        """What the store holds of the notes now, into the notebook that is shown."""
        if pack.notebook is None:
            return
        entries: list[Entry] = [*pack.notebook.annotations, *pack.notebook.bookmarks]
        before = {entry.id: entry for entry in entries}

        def read(kept: Notebook) -> None:
            if pack.notebook is None:
                return
            whole = pack.notebook.take_received(before, [*kept.annotations, *kept.bookmarks])
            self._panel.refresh()
            if not whole:  # something was written meanwhile
                self._take_up(pack)

        self._desk.bridge.then(self._desk.open_notebook(pack.id), read, owner=self)

    # ---- who is who

    def _learn(self, body_id: str) -> None:
        def learnt(company: Company) -> None:
            if self._companies.get(body_id) != company:
                self._companies[body_id] = company
                self._panel.relook()

        self._desk.bridge.then(self._desk.fellowship.company(body_id), learnt, owner=self)

    def _company(self, pack: OpenPack | None) -> Company:
        return self._companies.get(pack.book.pack.body.id if pack is not None else "", Company("", ()))

    def _say_seen(self, sharing: Sharing) -> str:
        company = self._company(self._split.in_use.pack)
        return say_seen(sharing, {each.person: each.name for each in company.people}, company.me)

    @staticmethod
    def _who_sees(mark: Annotation, me: str) -> list[str]:
        """All who see a note, and whoever wrote it, but the reader."""
        if EVERYBODY in mark.sharing.to:
            return [EVERYBODY]
        return sorted({*mark.sharing.to, mark.sharing.by} - {me, ""})

    @staticmethod
    def _own(pack: OpenPack | None, mark_ids: Iterable[str]) -> list[Annotation]:
        notebook = pack.notebook if pack is not None else None
        found = [notebook.get(mark_id) for mark_id in mark_ids] if notebook is not None else []
        return [mark for mark in found if isinstance(mark, Annotation) and mark.is_mine and not mark.sharing.reply_to]
