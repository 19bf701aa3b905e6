"""One subject through time on the screen: gathered from every pack of a body, asked for from wherever it is named."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPointF
from PySide6.QtWidgets import QMenu

from desktop.annotations.entries import Annotation
from desktop.annotations.subject import ACTION, RISK, Subject
from desktop.library.current import current_rows
from desktop.library.kept_notes import KeptNote, notes_of_body
from desktop.library.linking import pointers_kept
from desktop.packs.index import kept_pack
from desktop.papers.finding import Finding
from desktop.papers.mention import MentionKind
from desktop.registers.table import Entry
from desktop.registers.through_time import KINDS, How, Moment, PastPaper, Sought, in_order, meant, moments_of
from desktop.search.finder import Finder, Hit, Narrowing, Results
from desktop.search.quick import Kind, Target
from desktop.search.text import tokens
from desktop.ui.kit.widgets import add_shortcut
from desktop.ui.reading.references import kept_of
from desktop.ui.window import Screen

if TYPE_CHECKING:
    from desktop.app.application import Application
    from desktop.library.holdings import Holdings
    from desktop.room import Room
    from desktop.ui.reader_screen import ReaderScreen
    from desktop.ui.reading.pane import Pane
    from desktop.ui.registers import RegistersScreen
    from desktop.ui.through_time import ThroughTimeScreen

KEYS = "Ctrl+Shift+Y"
_NAME = "Follow through time"
_NONE = "Select the words of what you want to follow first: a name, a service, a risk or an action."
_LONGEST = 80  # letters of a selection that are looked for
_KINDS = {MentionKind.RISK: RISK, MentionKind.ACTION: ACTION}


class ThroughTime(QObject):
    """Works while a room is open. then: goes on with a future unless the room was left."""

    def __init__(self, application: "Application", room: "Room", finder: Finder, then: Callable[..., None]) -> None:
        super().__init__(application)
        self._app, self._room, self._finder, self._then = application, room, finder, then
        self._body_id, self._wanted = "", 0

    def make(self) -> "ThroughTimeScreen":
        """The screen, answered here."""
        from desktop.ui.through_time import ThroughTimeScreen

        screen = ThroughTimeScreen(self._app.theme)
        screen.closed.connect(self._app.window.go_back)
        screen.words_asked.connect(lambda words: self._ask(Sought("", "", words)))
        screen.place_wanted.connect(self._open)
        return screen

    def watch_reader(self, reader: "ReaderScreen") -> None:
        """Follow what is selected in it, a link of its pages, or the subject of a note."""
        add_shortcut(reader, KEYS, _NAME, lambda: self._follow_selected(reader))
        reader.tools.also.append(self._add_to_menu)
        reader.noting.through_asked.connect(lambda subject: self.follow_subject(subject, _pack_of(reader)))

    def watch_registers(self, screen: "RegistersScreen") -> None:
        """Follow a risk or an action of a register."""
        screen.through_wanted.connect(self._follow_entry)

    def follow_target(self, target: Target) -> None:
        """What was found by its name."""
        if target.kind is Kind.RISK:
            self.follow(Sought(RISK, target.words.strip('"'), target.title), target.pack_id)
        else:
            self.follow(Sought("", "", target.title), target.pack_id)

    def follow_subject(self, subject: Subject, pack_id: str) -> None:
        """What a note is about."""
        kind = subject.kind if subject.ref else ""
        self.follow(Sought(kind, subject.ref, subject.name), pack_id)

    def follow(self, sought: Sought, pack_id: str) -> None:
        """In every pack of the body that sent this one."""
        if not pack_id:
            return
        self._app.window.show_screen(Screen.THROUGH)
        self._screen().wait_for(sought)

        def body() -> str:
            record = self._room.holdings.packs.get(pack_id)
            return record.body_id if record is not None else ""

        self._then(self._room.store.do(body), lambda body_id: self._begin(body_id, sought))

    def _follow_entry(self, register: str, entry: Entry) -> None:
        kind = {"Risks": RISK, "Actions": ACTION}.get(register)
        if kind is not None and entry.cells[0]:
            self.follow(Sought(kind, entry.cells[0], entry.cells[1]), entry.pack_id)

    # ---- from the reader

    def _add_to_menu(self, menu: QMenu, pane: "Pane", pos: QPointF) -> None:
        link = kept_of(pane.canvas.links.at(pos))
        mention = link.link.mention if link is not None else None
        if mention is not None and mention.kind in _KINDS:
            sought, said = Sought(_KINDS[mention.kind], mention.ref, mention.text), mention.text
        else:
            said = _selected(pane)
            sought = Sought("", "", said)
        pack_id = pane.pack.id if pane.pack is not None else ""
        shown = f"“{said[:32]}{'…' if len(said) > 32 else ''}”".replace("&", "&&")
        action = menu.addAction(f"Follow {shown} through time" if said else _NAME)
        action.triggered.connect(lambda _on=False: self.follow(sought, pack_id))
        action.setEnabled(bool(said))

    def _follow_selected(self, reader: "ReaderScreen") -> None:
        pane = reader.pane
        link = kept_of(pane.canvas.links.focused)
        if link is not None and link.link.mention.kind in _KINDS:
            mention = link.link.mention
            self.follow(Sought(_KINDS[mention.kind], mention.ref, mention.text), _pack_of(reader))
        elif words := _selected(pane):
            self.follow(Sought("", "", words), _pack_of(reader))
        else:
            reader.marking.say(_NONE)

    # ---- gathering

    def _begin(self, body_id: str, sought: Sought) -> None:
        self._body_id = body_id
        self._ask(sought)

    def _ask(self, sought: Sought, corrected: bool = False) -> None:
        self._wanted += 1
        wanted, body_id = self._wanted, self._body_id
        self._screen().wait_for(sought)

        def came(found: "tuple[Sought, list[Moment]]") -> None:
            if wanted != self._wanted:
                return
            told, moments = found
            if told.kind:
                self._screen().show_moments(told, moments)
            else:
                self._look(wanted, told, moments, corrected)

        self._then(self._room.store.do(gather, self._room.holdings, body_id, sought), came)

    def _look(self, wanted: int, sought: Sought, moments: list[Moment], corrected: bool) -> None:
        """By words, in the index; by the nearest words, once, where none is found."""
        narrowed = Narrowing(bodies=frozenset((self._body_id,)))

        def came(results: Results) -> None:
            if wanted != self._wanted:
                return
            if not results.hits and not moments and not corrected:
                nearest = self._finder.meant(sought.name, narrowed)
                self._then(nearest, lambda words: self._correct(wanted, sought, words))
                return
            said = [_said(hit, results) for hit in results.hits if not _is_told(hit, moments)]
            self._screen().show_moments(sought, in_order([*moments, *said]))

        # Closed with a blank: the last word is a word, and not the beginning of one.
        self._then(self._finder.search(f"{sought.name} ", narrowed), came)

    def _correct(self, wanted: int, sought: Sought, words: str) -> None:
        if wanted != self._wanted:
            return
        if words:
            self._ask(Sought("", "", words), corrected=True)
        else:
            self._screen().show_moments(sought, [])

    def _open(self, moment: Moment, words: str, beside: bool) -> None:
        y = max(0.0, moment.boxes[0][1] - 80.0) if moment.boxes else None
        self._app.window.open_place(moment.pack_id, moment.paper_id, moment.page, words, beside, y)

    def _screen(self) -> "ThroughTimeScreen":
        return cast("ThroughTimeScreen", self._app.window.screen_of(Screen.THROUGH))


def gather(holdings: "Holdings", body_id: str, sought: Sought) -> tuple[Sought, list[Moment]]:
    """What was meant, and where it was read, is mentioned by number, or is in a note. In the store's lane."""
    papers = list(_papers(holdings, body_id, with_mentions=bool(sought.kind)))
    told = sought if sought.kind else meant(sought.name, papers)
    if told.kind and not sought.kind:
        papers = list(_papers(holdings, body_id, with_mentions=True))
    packs = holdings.packs.of_body(body_id)
    notes = notes_of_body(holdings, packs[0].id) if packs else []
    moments = moments_of(told, papers)
    return told, in_order([*moments, *(_noted(note) for note in notes if _is_about(note, told))])


def _papers(holdings: "Holdings", body_id: str, with_mentions: bool) -> Iterable[PastPaper]:
    kinds = [kind.value for kind in KINDS]
    for record in holdings.packs.of_body(body_id):
        pack = kept_pack(record.index)
        here = {row.paper_id: row.sha256 for row in current_rows(holdings, pack)}
        for order, paper in enumerate(pack.papers):
            if paper.id in here:
                found = tuple(Finding.from_row(row) for row in holdings.findings.of(here[paper.id], kinds))
                pointers = pointers_kept(holdings, here[paper.id]) if with_mentions else None
                yield PastPaper(
                    pack.id, pack.title or pack.body.name, pack.meeting.held_on, paper.id, paper.title, order, found,
                    pointers.mentions if pointers is not None else (),
                )  # fmt: skip


def _is_about(note: KeptNote, sought: Sought) -> bool:
    entry = note.entry
    if not isinstance(entry, Annotation):
        return False
    if sought.kind:
        return entry.subject is not None and entry.subject.key == Subject(sought.kind, sought.ref, sought.name).key
    wanted = tokens(sought.name)
    said = set(tokens(f"{entry.words} {entry.subject.label if entry.subject else ''}"))
    return bool(wanted) and all(word in said for word in wanted)


def _noted(note: KeptNote) -> Moment:
    entry = note.entry
    assert isinstance(entry, Annotation)
    boxes = tuple((quad.x0, quad.y0, quad.x1, quad.y1) for quad in entry.anchor.quads)
    words = " ".join((entry.words or entry.anchor.exact).split())
    return Moment(
        date.fromisoformat(note.held_on), entry.pack_id, note.pack, entry.anchor.paper_id, note.paper, 0,
        entry.place[0], How.NOTED, words, "", boxes,
    )  # fmt: skip


def _said(hit: Hit, results: Results) -> Moment:
    pack = results.packs[hit.pack_id]
    order = next((place for place, paper in enumerate(pack.papers) if paper.id == hit.paper_id), 0)
    words = " ".join("".join(text for text, _ in hit.snippet).split()).strip("… ")
    title = pack.papers[order].title if pack.papers else ""
    held_on = pack.meeting.held_on
    return Moment(
        held_on, pack.id, pack.title or pack.body.name, hit.paper_id, title, order, hit.page, How.SAID, words
    )  # fmt: skip


def _is_told(hit: Hit, moments: Iterable[Moment]) -> bool:
    """Whether something was read on that page."""
    where = (hit.pack_id, hit.paper_id, hit.page)
    return any((each.pack_id, each.paper_id, each.page) == where for each in moments if each.how is How.READ)


def _selected(pane: "Pane") -> str:
    words = " ".join(pane.canvas.selected_text().split())
    return words if len(words) <= _LONGEST else words[: words.rfind(" ", 0, _LONGEST)]


def _pack_of(reader: "ReaderScreen") -> str:
    return reader.pane.pack.id if reader.pane.pack is not None else ""
