"""Members' homes to measure in: despatched by a real secretary, fetched and taken in by the real intake."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.changes import Changes
from desktop.jobs import Lane
from desktop.pdf.client import PdfClient
from desktop.room import OPEN_PACK, Room
from desktop.vault import Vault
from tests.benchmarks.surroundings import ROOT, cache_folder, large

PASSPHRASE = "a passphrase for measuring with"
_PAPER_PAGES = 25
_PATIENCE = 300.0
_BODY = """[body]
name = "Board"
[meeting]
date = 2026-01-29
starts = "13:30"
place = "Room"
session = "public"
"""


def text_pack() -> Path:
    """The 500-page text pack; where the shared maker is absent, a plainer one of the same length."""
    made = large("text500")
    plain = cache_folder() / "plain500.pdf"
    if made is not None or plain.exists():
        return made or plain
    import pymupdf  # here, so that it takes no memory where memory is measured

    with pymupdf.open() as document:
        for number in range(1, 501):
            page = document.new_page(width=595.28, height=841.89)
            page.insert_text((500, 815), f"Page {number} of 500", fontsize=8)
            said = "The board received the report on item"
            lines = [f"{number}.{line} {said} {number * line % 97} and noted it." for line in range(48)]
            page.insert_text((54, 62), lines, fontsize=10.5, lineheight=15 / 10.5)  # line by line takes minutes
        document.save(plain, garbage=4, deflate=True)
    return plain


def reading_home() -> Path:
    """A member's home with the text pack as one paper of 500 pages, taken in, and last left open. Kept in the cache."""
    return _kept("reading", [text_pack()], taken_in=True)


def fetched_home(into: Path) -> Path:
    """A member's home whose sealed files have come (20 papers of 25 pages) and are yet to be opened; made anew."""
    kept = _kept("fetched", _split(text_pack()), taken_in=False)
    shutil.copytree(kept, into, symlinks=True)
    return into


@contextmanager
def room_of(home: Path) -> Iterator[Room]:
    """The reading room of a home, as the window has it."""
    store = Lane("bench-store")
    key = Vault(home).open_with_passphrase(PASSPHRASE)
    room = store.do(Room, home, key, Changes(), store, PdfClient("bench-sight")).result()
    try:
        yield room
    finally:
        room.close()


def _split(whole: Path) -> list[Path]:
    import pymupdf

    folder = cache_folder() / "papers"
    folder.mkdir(exist_ok=True)
    parts = []
    with pymupdf.open(whole) as document:
        for first in range(0, len(document), _PAPER_PAGES):
            part = folder / f"{first // _PAPER_PAGES + 1:02}.pdf"
            parts.append(part)
            if not part.exists():
                with pymupdf.open() as paper:
                    paper.insert_pdf(document, from_page=first, to_page=first + _PAPER_PAGES - 1)
                    paper.save(part, garbage=4, deflate=True)
    return parts


def _kept(name: str, files: list[Path], taken_in: bool) -> Path:
    """In the cache, by what it was made from: the store's shape and the papers."""
    made_of = hashlib.sha256((ROOT / "db" / "migrations.py").read_bytes())
    for file in files:
        made_of.update(file.read_bytes())
    folder = cache_folder() / f"{name}-{made_of.hexdigest()[:12]}"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        print(f"Making the {name} home, once", flush=True)
        _Despatch(folder, files).make(taken_in)
        (folder / "made").touch()
    return folder / "member"


class _Despatch:
    """Plays secretary and member, as the sample committee does."""

    def __init__(self, folder: Path, files: list[Path]) -> None:
        self._folder, self._files = folder, files
        self._member = folder / "member"

    def make(self, taken_in: bool) -> None:
        from db.store import Store
        from desktop.secretary import roster
        from desktop.secretary.new_body import new_body
        from desktop.secretary.registry import Registry

        self._folder.mkdir(parents=True)
        store = Store.open(self._folder / "secretary", bytes(32))
        try:
            registry = Registry(store)
            office = new_body(registry, "Board", "Trust", self._folder / "repository")
            invitation = roster.invite(registry, office, "Member").to_bytes()
            Vault(self._member).create(PASSPHRASE, use_keyring=False)
            with room_of(self._member) as room:
                room.store.do(room.join, invitation, "Member", "laptop").result()
                roster.admit(registry, office, roster.take_requests(registry, office).entries)
                self._publish(registry)
                self._take_in(room) if taken_in else self._only_fetch(room)
        finally:
            store.close()

    def _publish(self, registry: object) -> None:
        from desktop.packs.packfile import open_packfile
        from desktop.secretary.compile import compile_pack
        from desktop.secretary.places import open_place
        from desktop.secretary.publish import Publisher, open_edition
        from desktop.secretary.registry import Registry

        assert isinstance(registry, Registry)
        pdf = PdfClient("bench-secretary")
        try:
            with tempfile.TemporaryDirectory() as name:
                papers, plan = Path(name), _BODY
                for number, file in enumerate(self._files, 1):
                    shutil.copy(file, papers / f"{number}.pdf")
                    plan += f'[[items]]\nnumber = "{number}"\ntitle = "Item {number}"\n'
                    plan += f'[[papers]]\nitem = "{number}"\ntitle = "Paper {number}"\nfile = "{number}.pdf"\n'
                (papers / "pack.toml").write_text(plan, "utf-8")
                compile_pack(registry, papers, papers / "pack.despatch-pack", pdf)
                packfile = open_packfile(papers / "pack.despatch-pack")
                office, edition = open_edition(registry, packfile)
                Publisher(registry, office, open_place(registry, office.repository)).publish(packfile, edition)
        finally:
            pdf.shut_down()

    def _take_in(self, room: Room) -> None:
        intake = room.begin(ask=False)
        intake.check().result()
        if not intake.wait(_PATIENCE):
            raise TimeoutError("the pack did not arrive")
        (pack_id,) = room.store.do(room.shelf.packs).result()
        room.store.do(room.holdings.settings.set, OPEN_PACK, pack_id).result()

    def _only_fetch(self, room: Room) -> None:
        """The sealed files as fetching leaves them, before any is opened."""
        from desktop.library.arrivals import Arrivals
        from desktop.packs.index import pack_from_bytes
        from desktop.packs.layout import MAX_INDEX, tag_of_index
        from desktop.packs.sealing import open_sealed

        (body,) = room.store.do(room.holdings.bodies.all).result()
        known = room.store.do(Arrivals(room.holdings).known, body.id).result()
        assert known is not None
        assert known.identity is not None
        repository = room.connect(known)
        repository.refresh()
        files = room.holdings.files
        (index,) = [name for name in repository.targets() if tag_of_index(name) == known.identity.tag]
        plain = open_sealed(repository.read_target(index, MAX_INDEX), known.identity.key)
        for paper in pack_from_bytes(plain, known.identity.tag, body.id).papers:
            target = repository.targets()[paper.target]
            with files.receiving(target.sha256, target.length) as part:
                repository.fetch(paper.target, part, lambda done: None, lambda: False)
            files.keep(target.sha256)
