"""A secretary's office and a member's laptop, joined by a real repository; what the tests of intake work with."""

import os
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import ParamSpec, TypeVar

import pymupdf
from at_work import Secretary

from db.bodies import Bodies
from db.records import DespatchRecord, VersionRecord
from db.store import Store
from desktop.changes import Change, Changes, Event
from desktop.jobs import Lane
from desktop.library.intake import Intake
from desktop.packs.folder import RepositoryFolder
from desktop.pdf.client import PdfClient
from desktop.room import Room
from desktop.secretary import roster
from desktop.secretary.edition import Edition
from desktop.secretary.new_body import new_body
from desktop.secretary.publish import Publisher
from desktop.secretary.registry import Registry

P = ParamSpec("P")
T = TypeVar("T")
LONG = 180.0  # seconds until something is given up that takes one


def paper(words: str, pages: int = 2, filling: int = 0) -> bytes:
    """A PDF that says its words and page on each page, with so many bytes that nobody reads."""
    with pymupdf.open() as document:
        for page in range(pages):
            document.new_page().insert_text((72, 72), f"{words} page{page + 1}")
        if filling:
            document.embfile_add("filling.bin", os.urandom(filling))
        return document.tobytes()


@contextmanager
def office_of(
    folder: Path, pdf: PdfClient, address: str = "", name: str = "Group Board", trust: str = "Anytown NHS Group"
) -> Iterator[Secretary]:
    """A secretary whose repository is folder/repository, named in invitations by address if one is given."""
    stores = [Store.open(folder / "secretary", secrets.token_bytes(32))]

    def bodies(home: Path) -> Bodies:
        stores.append(Store.open(home, secrets.token_bytes(32)))
        return Bodies(stores[-1])

    try:
        registry = Registry(stores[0])
        office = new_body(registry, name, trust, folder / "repository", address)
        yield Secretary(registry, office, folder / "repository", folder / "papers", pdf, bodies)
    finally:
        for store in stores:
            store.close()


def sign_again(secretary: Secretary, now: datetime) -> None:
    """Sign the repository as of another day."""
    Publisher(secretary.registry, secretary.office, RepositoryFolder(secretary.folder), now).reissue()


def despatch_wrongly(secretary: Secretary, change: Callable[[Edition], Edition]) -> None:
    """What a secretary's computer gone wrong would sign: the newest edition, changed, in new indexes."""
    registry, body_id = secretary.registry, secretary.office.body_id
    (row,) = registry.despatches.of_body(body_id)
    edition = change(Edition.from_bytes(row.index).keep_indexes(()))
    registry.despatches.put(DespatchRecord(body_id, row.pack_id, row.edition, row.despatched, edition.to_bytes()))
    secretary.publisher().reissue()


@dataclass
class Laptop:
    """A member's computer: its room is opened and closed as the window does it, and it hears every change."""

    home: Path
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    heard: list[Change] = field(default_factory=list)
    on_change: Callable[[Change], None] = lambda change: None
    body_id: str = ""
    room: Room | None = None

    def open(self) -> Room:
        """Unlock."""
        changes, store = Changes(), Lane("store")
        changes.listen(self.heard.append)
        changes.listen(self._tell)
        self.room = store.do(Room, self.home, self.key, changes, store, PdfClient("sight")).result(LONG)
        return self.room

    def _tell(self, change: Change) -> None:
        self.on_change(change)

    def close(self) -> None:
        """Lock."""
        room, self.room = self.room, None
        if room is not None:
            room.close()

    @property
    def intake(self) -> Intake:
        """The intake, begun without looking at the repositories."""
        assert self.room
        return self.room.begin(ask=False)

    def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Work in the store's lane."""
        assert self.room
        return self.room.store.do(work, *args, **kwargs).result(LONG)

    def answer(self, invitation: bytes, name: str = "Jane Doe") -> None:
        """Ask to be admitted."""
        assert self.room
        self.body_id = self.do(self.room.join, invitation, name, "laptop").body_id

    def fetch(self) -> None:
        """Look at every repository, and wait until all that came is read and understood."""
        self.intake.check().result(LONG)
        assert self.room
        assert self.room.wait(LONG)

    def rows(self) -> dict[str, VersionRecord]:
        """Where every version stands, by the paper's title."""
        assert self.room
        held = self.room.holdings
        (pack,) = self.do(self.room.shelf.packs).values()
        titles = {paper.id: paper.title for paper in pack.papers}
        return {titles[row.paper_id]: row for row in self.do(held.versions.of_pack, pack.id)}

    def states(self) -> dict[str, str]:
        """The state of each paper, by title."""
        return {title: row.state for title, row in self.rows().items()}

    def events(self, *kinds: Event) -> list[Event]:
        """What was heard of these kinds, in order."""
        return [change.event for change in self.heard if change.event in kinds]

    def found(self, words: str) -> list[tuple[str, int]]:
        """(title, page from 0) of every find in every pack."""
        assert self.room
        (pack,) = self.do(self.room.shelf.packs).values()
        titles = {paper.id: paper.title for paper in pack.papers}
        match = " AND ".join(words.split())
        hits = self.do(self.room.holdings.finding.find, match, 1000)
        return sorted((titles[hit.paper_id], hit.page) for hit in hits)

    def has_file(self, row: VersionRecord) -> bool:
        """Whether the version's sealed file is wholly here."""
        assert self.room
        return self.room.holdings.files.path(row.sealed_sha256).exists()

    def trouble(self) -> str:
        """What the shelf says of the body."""
        assert self.room
        (body,) = self.do(self.room.shelf.bodies)
        return body.trouble


def admit(secretary: Secretary, laptop: Laptop, name: str = "Jane Doe", another_device: bool = False) -> None:
    """Invite and admit a laptop, which is open."""
    laptop.answer(roster.invite(secretary.registry, secretary.office, name, another_device).to_bytes(), name)
    secretary.admit_all()


def join_by_file(secretary: Secretary, laptop: Laptop, name: str = "Jane Doe") -> None:
    """Where the repository is on the web, the request goes as a file."""
    assert laptop.room
    invitation = roster.invite(secretary.registry, secretary.office, name).to_bytes()
    joined = laptop.do(laptop.room.join, invitation, name, "laptop")
    assert joined.delivered == ""
    path = secretary.folder.parent / "request.despatch"
    path.write_bytes(joined.request)
    asked = roster.take_requests(secretary.registry, secretary.office, [path])
    roster.admit(secretary.registry, secretary.office, asked.entries)
    secretary.publisher().reissue()


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds that nobody tells of."""
    pause = threading.Event()
    for _ in range(int(LONG / 0.02)):
        if holds():
            return
        pause.wait(0.02)
    raise AssertionError("waited in vain")


def on(event: Event, act: Callable[[Change], object]) -> Callable[[Change], None]:
    def heard(change: Change) -> None:
        if change.event is event:
            act(change)

    return heard


def hide(secretary: Secretary) -> None:
    secretary.folder.rename(secretary.folder.with_name("away"))


def show_again(secretary: Secretary) -> None:
    secretary.folder.with_name("away").rename(secretary.folder)
