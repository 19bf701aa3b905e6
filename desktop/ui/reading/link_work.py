"""Links at work: followed on the page, listed in their panel, rejected where they are none, and made by hand."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop.annotations.anchor import Anchor
from desktop.annotations.entries import Annotation, new_id, time_now
from desktop.links.kept import End, KeptLink, OwnLink
from desktop.ui.panels.links_panel import LinksPanel, Reach, Told
from desktop.ui.panels.reader_actions import ReaderActions
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.panels.side_panel import SidePanel
from desktop.ui.reader.picture_store import PictureStore
from desktop.ui.reading.going import Going
from desktop.ui.reading.link_rows import Here, Listed, rows_of
from desktop.ui.reading.linking import Linking
from desktop.ui.reading.pane import Pane
from desktop.ui.reading.references import kept_of
from desktop.ui.reading.split import Split

_NO_WORDS = "Select the words that the link should begin at first."
_NO_LINK = "Put the keys on a link that Despatch found first (Tab), or right-click it."
_SAME = "A link leads from one place to another: go to the place it should lead to first."
_NONE = {
    Reach.PASSAGE: "Nothing is linked at the selected words. Select some, or choose the page or the paper.",
    Reach.PAGE: "Nothing on this page points elsewhere, and nothing points here, as far as the papers on this computer tell.",  # noqa: E501
    Reach.PAPER: "This paper points nowhere, and nothing points to it, as far as the papers on this computer tell.",
}


class LinkWork(QObject):
    """Owns the panel. want_panel: opens it with the keys in it, or (False) closes it; say: tells the reader."""

    def __init__(
        self, desk: ReadingDesk, do: ReaderActions, pictures: PictureStore, split: Split, going: Going, side: SidePanel,
        want_panel: Callable[[QWidget, bool], None], say: Callable[..., None], holder: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(holder)
        self._desk, self._do, self._split, self._going = desk, do, split, going
        self.linking = Linking(desk, pictures, split, going, say, holder)
        self._side, self._want_panel, self._say, self._holder = side, want_panel, say, holder
        self._listed: dict[str, Listed] = {}
        self._start: End | None = None
        self._was_open = False
        self.panel = LinksPanel(desk.theme)
        side.add(self.panel, "Links")
        self._connect()

    def watch(self, pane: Pane) -> None:
        """Follow the links of a pane, and list those of what is read in it while it is in use."""
        self.linking.watch(pane)
        pane.page_changed.connect(lambda: self._follow(pane))
        pane.canvas.selection_changed.connect(lambda *_told: self._follow(pane))

    def show_state(self) -> None:
        """Bring the command to what is open."""
        is_open, was_open = self._side.is_showing(self.panel), self._was_open
        self._do.links.setChecked(is_open)
        self._was_open = is_open
        if is_open and not was_open:
            self.refresh()

    def leave(self) -> None:
        """The packs are closed."""
        self.linking.close()
        self._end()
        self._listed.clear()
        self.panel.show_links(Told("", ()))
        self.linking.references.forget()

    def refresh(self) -> None:
        """List the links of what is read now."""
        pane = self._split.in_use
        page, pack = pane.page, pane.pack
        if not self._side.is_showing(self.panel) or page is None or pack is None:
            return
        links = self.linking.references.of_pack(pack.id)
        if links is None:
            self.panel.show_links(Told("", (), "Looking for links…"))
            return
        anchor = pane.canvas.selected_anchor() if self.panel.reach is Reach.PASSAGE else None
        here = Here(pack.id, page.paper.paper_id, page.paper.version, page.index, anchor.quads if anchor else ())
        if self.panel.reach is Reach.PASSAGE and anchor is None:
            self._listed = {}
            self.panel.show_links(Told("", (), _NONE[Reach.PASSAGE]))
            return
        notes = pack.notebook.annotations if pack.notebook is not None else []
        listed = rows_of(links, here, self.panel.reach, notes)
        self._listed = {each.row.key: each for each in listed}
        about = f"{page.paper.title}, page {page.index + 1}" if self.panel.reach is Reach.PAGE else page.paper.title
        self.panel.show_links(Told(about, [each.row for each in listed], _NONE[self.panel.reach]))
        self._show_fields(self.panel.list.current_key())

    # ---- by hand

    def begin(self) -> None:
        """A link begins at the selected words; where one was begun already, it ends here."""
        if self._start is not None:
            self.panel.fields.here.click()
            return
        pane = self._split.in_use
        if pane.canvas.has_selection:
            pane.canvas.with_words(lambda: self._begin(pane))
        else:
            self._say(_NO_WORDS)

    def _begin(self, pane: Pane) -> None:
        anchor = pane.canvas.selected_anchor()
        if anchor is None or pane.pack is None:
            self._say(_NO_WORDS)
            return
        self._start = End(pane.pack.id, anchor)
        words = " ".join(anchor.exact.split())
        self.panel.fields.begin(f"From “{words[:80]}{'…' if len(words) > 80 else ''}”")
        self._want_panel(self.panel, True)
        pane.canvas.clear_selection()

    def _place(self, kind: str, words: str) -> None:
        pane, start = self._split.in_use, self._start
        if start is None or pane.pack is None:
            return
        if pane.canvas.has_selection:
            pane.canvas.with_words(lambda: self._keep(pane, start, kind, words))
        else:
            self._keep(pane, start, kind, words)

    def _keep(self, pane: Pane, start: End, kind: str, words: str) -> None:
        page, pack = pane.page, pane.pack
        if page is None or pack is None:
            return
        anchor = pane.canvas.selected_anchor() or Anchor(
            page.paper.paper_id, page.paper.version, page.index, page.label
        )
        end, now = End(pack.id, anchor), time_now()
        if (end.pack_id, anchor.paper_id, anchor.page, anchor.exact) == (
            start.pack_id, start.anchor.paper_id, start.anchor.page, start.anchor.exact,
        ):  # fmt: skip
            self._say(_SAME)
            return
        own = OwnLink(new_id(), start, end, kind, words, now, now)
        self._end()
        self._then(self._desk.links.put(own), lambda: self._say("Linked.", lambda: self._drop(own)))

    def _end(self) -> None:
        self._start = None
        self.panel.fields.put_away()

    def _drop(self, own: OwnLink) -> None:
        self._then(self._desk.links.remove(own), lambda: None)

    def _change(self, kind: str, words: str) -> None:
        own = self._own_now()
        if own is not None and (own.kind, own.words) != (kind, words):
            changed = replace(own, kind=kind, words=words, changed=time_now())
            self._then(self._desk.links.put(changed), lambda: None)

    def _own_now(self) -> OwnLink | None:
        listed = self._listed.get(self.panel.list.current_key())
        return listed.what if listed is not None and isinstance(listed.what, OwnLink) else None

    def _show_fields(self, key: str) -> None:
        if self._start is not None:
            return
        own = self._own_now() if key else None
        if own is not None:
            words = " ".join(own.start.anchor.exact.split())[:60]
            self.panel.fields.show_link(f"Your link from “{words}”", own.kind, own.words)
        else:
            self.panel.fields.put_away()

    # ---- rows

    def _go(self, key: str, beside: bool) -> None:
        listed = self._listed.get(key)
        if listed is None:
            return
        if isinstance(listed.what, Annotation):
            self._going.to_entry(listed.what.id, beside)
        elif listed.target is not None:
            self.linking.go_to(listed.target, beside)
        elif isinstance(listed.what, KeptLink):
            self._say(listed.what.link.address or listed.what.link.reason)

    def _remove(self, key: str) -> None:
        listed = self._listed.get(key)
        if listed is not None and isinstance(listed.what, OwnLink):
            own = listed.what
            put_back = self._desk.links.put
            self._then(
                self._desk.links.remove(own),
                lambda: self._say("Link deleted.", lambda: self._then(put_back(own), lambda: None)),
            )
        elif listed is not None and isinstance(listed.what, KeptLink) and not key.startswith("to "):
            self._reject(key)

    def _reject(self, key: str) -> None:
        listed = self._listed.get(key)
        if listed is None or not isinstance(listed.what, KeptLink):
            return
        self._put_rejected(listed.what)

    def _put_rejected(self, link: KeptLink) -> None:
        """Reject it, or take that back where it was."""
        told = "It counts as a reference again." if link.rejected else "Not a reference: that is remembered."
        undo = self._desk.links.reject
        self._then(
            undo(link, not link.rejected),
            lambda: self._say(told, lambda: self._then(undo(link, link.rejected), lambda: None)),
        )

    def _menu(self, key: str, at: QPoint) -> None:
        listed = self._listed.get(key)
        if listed is None:
            return
        menu = QMenu(self._holder)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if listed.target is not None:
            menu.addAction("Go there", lambda: self._go(key, False))
            menu.addAction("Open in the other pane", lambda: self._go(key, True))
        if isinstance(listed.what, KeptLink):
            name = "It is a reference after all" if listed.what.rejected else "Not a reference"
            menu.addAction(name, lambda: self._reject(key)).setShortcut("Backspace")
        if isinstance(listed.what, OwnLink):
            menu.addAction("Delete this link", lambda: self._remove(key)).setShortcut("Del")
        menu.popup(at)

    # ---- on the page

    def add_to_menu(self, menu: QMenu, pane: Pane, pos: QPointF) -> None:
        """What can be done with the words and the links at a position of a page."""
        make = menu.addAction("Link these words…", self._do.link_words.trigger)
        make.setShortcut(self._do.link_words.shortcut())
        make.setEnabled(pane.canvas.has_selection)
        if (link := kept_of(pane.canvas.links.at(pos))) is not None:
            menu.addAction("Not a reference", lambda: self._put_rejected(link))
        for gone in self.linking.references.rejected_at(pane, pos):
            words = " ".join(gone.link.mention.text.split())
            menu.addAction(f"“{words}” is a reference after all", partial(self._put_rejected, gone))

    def _reject_focused(self) -> None:
        """The link with the keys on it is none."""
        link = kept_of(self._split.in_use.canvas.links.focused)
        if link is None:
            self._say(_NO_LINK)
        else:
            self._put_rejected(link)

    # ---- joining

    def _follow(self, pane: Pane) -> None:
        if pane is self._split.in_use:
            self.refresh()

    def _then(self, asked: "Future[None]", done: Callable[[], None]) -> None:
        self._desk.bridge.then(asked, lambda _none: done(), lambda error: self._say(str(error)), owner=self)

    def _connect(self) -> None:
        panel, do = self.panel, self._do
        panel.chosen.connect(self._go)
        panel.reach_changed.connect(self.refresh)
        panel.removal_asked.connect(self._remove)
        panel.rejection_asked.connect(self._reject)
        panel.menu_asked.connect(self._menu)
        panel.row_changed.connect(self._show_fields)
        panel.making_asked.connect(self.begin)
        panel.fields.placed.connect(self._place)
        panel.fields.ended.connect(self._end)
        panel.fields.changed.connect(self._change)
        panel.fields.removal_asked.connect(lambda: self._remove(panel.list.current_key()))
        self.linking.references.changed.connect(lambda _pack_id: self.refresh())
        self._split.in_use_changed.connect(self.refresh)
        do.links.triggered.connect(lambda: self._want_panel(panel, do.links.isChecked()))
        do.link_words.triggered.connect(lambda _on=False: self.begin())
        do.no_reference.triggered.connect(lambda _on=False: self._reject_focused())
