"""Members' computers that share notes over a repository, without anything that draws pages."""

import secrets
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from at_work import Secretary
from intake_making import paper

from db.bodies import Bodies
from db.store import Store
from desktop.annotations.anchor import Anchor, Quad
from desktop.annotations.entries import Annotation, Bookmark
from desktop.annotations.notebook import Notebook
from desktop.annotations.saver import Notes
from desktop.changes import Change, Changes, Event
from desktop.jobs import Lane
from desktop.library.arrivals import Arrivals, Offer
from desktop.library.holdings import Holdings
from desktop.library.joining import join
from desktop.library.post import Exchanged, Post
from desktop.library.repository import Repository
from desktop.library.sources import open_source
from desktop.library.standing import Among, Person, catch_up, own_devices, people, stand_among
from desktop.packs.index import kept_pack, pack_from_bytes
from desktop.packs.layout import MAX_INDEX, outbox_of
from desktop.packs.pack import Pack, Paper
from desktop.packs.sealing import open_sealed
from desktop.pdf.client import PdfClient
from desktop.secretary import roster
from desktop.secretary.new_body import new_body
from desktop.secretary.registry import Registry

LONG = 180.0


@dataclass
class Computer:
    """One computer of one member: its store, its post, and the notes of the pack that is open on it."""

    home: Path
    name: str
    device: str
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    heard: list[Change] = field(default_factory=list)
    body_id: str = ""
    _notebook: Notebook | None = None

    def start(self) -> None:
        """Unlock."""
        self.lane, changes = Lane("store"), Changes()
        changes.listen(self.heard.append)
        self.held = self.lane.do(Holdings.open, self.home, self.key).result(LONG)
        self.post = Post(self.held, self.lane, changes)
        self.notes = Notes(self.lane, self.held.annotations, self.held.bookmarks, changes, partial(catch_up, self.held))

    def stop(self) -> None:
        """Save, and lock."""
        self.notes.saver.flush(LONG)
        self._notebook = None
        self.post.close()
        self.lane.do(self.held.store.close).result(LONG)
        self.lane.close()

    def do(self, work: Callable[..., object], *args: object) -> object:
        return self.lane.do(work, *args).result(LONG)

    def answer(self, invitation: bytes) -> bytes:
        joined = self.lane.do(join, self.held.bodies, invitation, self.name, self.device).result(LONG)
        self.body_id = joined.body_id
        return joined.request

    def look(self) -> None:
        """Take in what the secretary published, as intake does, but for the papers."""
        arrivals = Arrivals(self.held)
        known = self.lane.do(arrivals.known, self.body_id).result(LONG)
        assert known
        assert known.identity
        source = open_source(known.body.repository)
        repository = Repository(source, self.home / "metadata", known.body.root, known.floor)
        assert not repository.refresh().expired
        targets = repository.targets()
        ours = {name for name in targets if name.startswith(f"idx/{known.identity.tag}-")}
        offers = []
        for name in sorted(ours - known.indexes):
            plain = open_sealed(repository.read_target(name, MAX_INDEX), known.identity.key)
            offers.append(Offer(name, plain, pack_from_bytes(plain, known.identity.tag, self.body_id)))
        self.do(arrivals.take, self.body_id, offers, ours, targets)

    def exchange(self) -> Exchanged:
        """The usual check: papers' news, then the post; then the screen takes up what came."""
        self.look()
        self.notes.saver.flush(LONG)
        exchanged = self.post.exchange(self.body_id).result(LONG)
        self.take_up()
        return exchanged

    def take_up(self) -> None:
        """As the reader does when something came for the pack it shows."""
        if self._notebook is not None:
            before = {entry.id: entry for entry in (*self._notebook.annotations, *self._notebook.bookmarks)}
            fresh = self.notes.open(self.pack.id).result(LONG)
            assert self._notebook.take_received(before, [*fresh.annotations, *fresh.bookmarks])

    @property
    def pack(self) -> Pack:
        (record,) = self.lane.do(self.held.packs.of_body, self.body_id).result(LONG)
        return kept_pack(record.index)

    @property
    def notebook(self) -> Notebook:
        """Of the pack, which is open from now on."""
        if self._notebook is None:
            self._notebook = self.notes.open(self.pack.id).result(LONG)
        return self._notebook

    def close_pack(self) -> None:
        self.notes.saver.flush(LONG)
        self._notebook = None

    @property
    def among(self) -> Among:
        found = self.lane.do(stand_among, self.held, self.body_id).result(LONG)
        assert found
        return found

    @property
    def person(self) -> str:
        return self.among.me.person

    def person_called(self, name: str) -> str:
        return next(each.person for each in self.people() if each.name == name)

    def people(self) -> list[Person]:
        return self.lane.do(people, self.held, self.body_id).result(LONG)

    def paper(self, title: str = "Finance report") -> Paper:
        return next(paper for paper in self.pack.papers if paper.title == title)

    def write(self, words: str, title: str = "Finance report", colour: str = "risk") -> Annotation:
        """A note on some words of a paper."""
        paper = self.paper(title)
        version = paper.sha256 or "0" * 64
        anchor = Anchor(paper.id, version, 0, "1", (Quad(0, 72.0, 60.0, 200.0, 74.0),), "Finance, page 1", "", "")
        return self.notebook.add_note(anchor, words, colour)

    def share(self, mark: Annotation, *names: str) -> None:
        """With these members, or with everybody."""
        self.notebook.share([mark.id], [name if name == "*" else self.person_called(name) for name in names])

    def words(self) -> list[str]:
        """What every note in the store says, by author."""
        self.notes.saver.flush(LONG)
        rows = self.lane.do(self.held.annotations.all).result(LONG)
        marks = [Annotation.from_record(row) for row in rows]
        return sorted(f"{mark.sharing.name}: {mark.words}" if not mark.is_mine else mark.words for mark in marks)

    def names(self) -> list[str]:
        """Of every bookmark in the store."""
        self.notes.saver.flush(LONG)
        return sorted(Bookmark.from_record(row).name for row in self.lane.do(self.held.bookmarks.all).result(LONG))

    def refusals(self) -> list[str]:
        """What was said of letters that could not be used."""
        return [change.words for change in self.heard if change.event is Event.NOTES_REFUSED]

    def letters(self, folder: Path) -> list[Path]:
        """What lies in the repository for this computer."""
        return sorted((folder / outbox_of(self.tag)).glob("*.age"))

    @property
    def tag(self) -> str:
        return self.among.identity.tag

    def everything_kept(self) -> str:
        """All text in the tables of notes, as the store would give it to anybody who can open it."""
        tables = ("annotations", "bookmarks", "note_states", "note_held")

        def read() -> str:
            return "\n".join(str(row) for table in tables for row in self.held.store.rows(f"SELECT * FROM {table}"))

        return self.lane.do(read).result(LONG)


@dataclass
class Board:
    """A secretary, and the members' computers."""

    secretary: Secretary
    folder: Path
    computers: list[Computer] = field(default_factory=list)

    def welcome(self, name: str, device: str = "laptop", another: bool = False) -> Computer:
        """Admit one more computer."""
        computer = Computer(self.folder / secrets.token_hex(4), name, device)
        computer.home.mkdir()
        computer.start()
        self.computers.append(computer)
        office = self.secretary.office
        computer.answer(roster.invite(self.secretary.registry, office, name, another).to_bytes())
        self.secretary.admit_all()
        return computer

    def second(self, one: Computer, device: str = "tablet") -> Computer:
        """Another computer of a member, and both say so."""
        other = self.welcome(one.name, device, another=True)
        for computer in (one, other):
            computer.exchange()
        for here, there in ((one, other), (other, one)):
            (found,) = here.lane.do(own_devices, here.held, here.body_id).result(LONG)
            assert found.agreed is None
            assert found.tag == there.tag
            here.post.answer(here.body_id, found.tag, True).result(LONG)
        return other

    def settle(self, rounds: int = 3) -> None:
        """Everybody looks, until everything has come to everybody."""
        for _ in range(rounds):
            for computer in self.computers:
                computer.exchange()

    @property
    def people(self) -> tuple[Computer, ...]:
        return tuple(self.computers)


@dataclass
class Template:
    """A board as it begins, made once and copied for each test: three members, or one with two computers."""

    folder: Path
    secretary_key: bytes
    names: list[tuple[str, str, str, bytes, str]]  # home, member, device, key, body


def make_template(folder: Path, pdf: PdfClient, two: bool = False) -> Template:
    """two: one member with two computers, both agreed to, instead of three members."""
    key = secrets.token_bytes(32)
    store = Store.open(folder / "secretary", key)
    registry = Registry(store)
    office = new_body(registry, "Group Board", "Anytown NHS Group", folder / "repository")
    secretary = Secretary(registry, office, folder / "repository", folder / "papers", pdf, Bodies)  # type: ignore[arg-type]
    secretary.plan(_1_minutes=paper("Minutes", 3), _2_finance=paper("Finance", 2))
    board = Board(secretary, folder)
    for name in ("Jane Doe",) if two else ("Jane Doe", "John Roe", "Mary Poe"):
        board.welcome(name)
    secretary.despatch()
    board.settle(1)
    if two:
        board.second(board.computers[0])
    for computer in board.computers:
        computer.stop()
    store.close()
    names = [(each.home.name, each.name, each.device, each.key, each.body_id) for each in board.computers]
    return Template(folder, key, names)


@contextmanager
def board_of(template: Template, folder: Path, pdf: PdfClient) -> Iterator[Board]:
    """A copy of the template's board, at work."""
    shutil.copytree(template.folder, folder, dirs_exist_ok=True)
    before = threading.active_count()
    store = Store.open(folder / "secretary", template.secretary_key)
    registry = Registry(store)
    repository = str(folder / "repository")
    office = registry.move(registry.office(), repository, repository)
    secretary = Secretary(registry, office, folder / "repository", folder / "papers", pdf, Bodies)  # type: ignore[arg-type]
    board = Board(secretary, folder)
    try:
        for home, name, device, key, body_id in template.names:
            computer = Computer(folder / home, name, device, key, body_id=body_id)
            computer.start()
            board.computers.append(computer)
            change = partial(computer.held.bodies.change, body_id, repository=repository)
            computer.lane.do(change).result(LONG)
        yield board
    finally:
        for computer in board.computers:
            computer.stop()
        store.close()
    assert threading.active_count() <= before
