"""The sample committee: a real body with its own secretary, whose packs are compiled, sealed, published and fetched."""

import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.changes import Changes
from desktop.jobs import Lane
from desktop.paths import resource
from desktop.pdf.client import PdfClient

if TYPE_CHECKING:
    from db.records import OfficeRecord
    from desktop.secretary.registry import Registry

SAMPLE_PASSPHRASE = "the sample board"  # noqa: S105  of a board that does not exist: it keeps nothing from anybody
SAMPLE_NOW = datetime(2026, 1, 26, 9, 0).astimezone()  # on the sample's shelf it is always the Monday before
MEMBER = "Colin Westerby"  # who has an interest in item 19, and is not sent its paper
FIRST, CORRECTION = ("2025-09-25", "2025-11-27", "2026-01-29"), "2026-01-29-edition-2"

_ORGANISATION = "Wrenmoor and Calder Vale University Hospitals NHS Trust"
_BODY = "Trust Board"
_MADE = "sample-is-complete"
_SECRETARY = "secretary"
_RENEW_AFTER = 30 * 24 * 3600  # seconds; a signature lasts three months
_PATIENCE = 300.0  # seconds for fetching

Say = Callable[[str], None]


def sample_home(data: Path) -> Path:
    """The folder of the sample committee's member, in the data folder of the person."""
    return data / "sample"


def is_sample(home: Path) -> bool:
    """Whether the sample committee was wholly made in this folder."""
    return (home / _MADE).exists()


def make_sample(home: Path, say: Say = lambda words: None) -> None:
    """Make the sample committee in home, unless it is there already; what was half made before is made anew.

    say is told what is being done, from this thread. Raises KnownError or StoreError.
    """
    if is_sample(home):
        _renew(home)
        return
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True, mode=0o700)
    pdf = PdfClient("sample")
    try:
        _Maker(home, pdf, say).make()
    finally:
        pdf.shut_down()
    (home / _MADE).touch()


class _Maker:
    """Plays both parts: the secretary in a store of their own, and the member."""

    def __init__(self, home: Path, pdf: PdfClient, say: Say) -> None:
        self._home, self._pdf, self._say = home, pdf, say

    def make(self) -> None:
        from db.store import Store
        from desktop.secretary.registry import Registry
        from desktop.vault import Vault

        folder = self._home / _SECRETARY
        key, _ = Vault(folder).create(SAMPLE_PASSPHRASE, use_keyring=False)
        store = Store.open(folder, key)
        try:
            self._play(Registry(store))
        finally:
            store.close()

    def _play(self, registry: "Registry") -> None:
        from desktop.secretary import roster
        from desktop.secretary.new_body import new_body
        from desktop.vault import Vault

        office = new_body(registry, _BODY, _ORGANISATION, self._home / "repository")
        invitation = roster.invite(registry, office, MEMBER).to_bytes()
        key, _ = Vault(self._home).create(SAMPLE_PASSPHRASE, use_keyring=False)
        member = _Member(self._home, key)
        try:
            member.join(invitation)
            roster.admit(registry, office, roster.take_requests(registry, office).entries)
            # The sample's papers are no secret: they ship with the application. A secretary's folder is open just so.
            with tempfile.TemporaryDirectory(prefix="despatch-sample-") as papers:
                for edition in FIRST:
                    self._despatch(registry, edition, Path(papers, edition))
                self._say("Fetching the papers")
                member.fetch()
                member.read(FIRST)
                self._despatch(registry, CORRECTION, Path(papers, FIRST[-1]))
            member.fetch()
        finally:
            member.leave()

    def _despatch(self, registry: "Registry", edition_name: str, papers: Path) -> None:
        """Typeset, compile and publish one edition; a correction goes over the papers of the edition it corrects."""
        from desktop.packs.packfile import open_packfile
        from desktop.secretary.compile import compile_pack
        from desktop.secretary.places import open_place
        from desktop.secretary.publish import Publisher, open_edition

        self._say(f"Compiling and sealing the pack of {edition_name[:10]}")
        papers.mkdir(exist_ok=True)
        self._typeset(resource("sample", edition_name), papers)
        out = papers / f"{edition_name}.despatch-pack"
        compile_pack(registry, papers, out, self._pdf)
        packfile = open_packfile(out)
        office, edition = open_edition(registry, packfile)
        Publisher(registry, office, open_place(registry, office.repository)).publish(packfile, edition)

    def _typeset(self, folder: Path, papers: Path) -> None:
        css = resource("sample", "paper.css").read_text("utf-8")
        pages = sorted(folder.glob("*.html"))
        typeset = [self._pdf.typeset(page.read_text("utf-8"), css) for page in pages]
        for page, made in zip(pages, typeset, strict=True):
            (papers / f"{page.stem}.pdf").write_bytes(made.result())
        shutil.copy(folder / "pack.toml", papers / "pack.toml")


class _Member:
    """The member's computer, worked as the window works it."""

    def __init__(self, home: Path, key: bytes) -> None:
        from desktop.room import Room

        self._store = Lane("sample-store")
        sight = PdfClient("sample-sight")
        self.room = self._store.do(Room, home, key, Changes(), self._store, sight).result()

    def join(self, invitation: bytes) -> None:
        self._store.do(self.room.join, invitation, MEMBER, "This computer").result()

    def fetch(self) -> None:
        intake = self.room.begin(ask=False)
        intake.check().result()
        if not self.room.wait(_PATIENCE):
            raise TimeoutError("the sample's papers did not arrive")

    def read(self, meetings: tuple[str, ...]) -> None:
        """The first meeting's pack read through, the second's in part, the third's only opened."""
        self._store.do(self._read, meetings).result()

    def _read(self, meetings: tuple[str, ...]) -> None:
        packs = {pack.meeting.held_on.isoformat(): pack for pack in self.room.shelf.packs().values()}
        for share, meeting in zip((1.0, 0.4, 0.0), meetings, strict=True):
            book = self.room.shelf.book(packs[meeting].id)
            assert book is not None
            self.room.shelf.mark_opened(book.pack.id)
            for page in book.pages[: round(len(book.pages) * share)]:
                self.room.shelf.mark_seen(book.pack.id, page.paper.paper_id, page.index)

    def leave(self) -> None:
        self.room.close()


def _renew(home: Path) -> None:
    """Sign the sample's repository anew before its signatures run out."""
    mark = home / _MADE
    if time.time() - mark.stat().st_mtime < _RENEW_AFTER:
        return
    from db.store import Store
    from desktop.secretary.places import open_place
    from desktop.secretary.publish import Publisher
    from desktop.secretary.registry import Registry
    from desktop.vault import Vault

    folder = home / _SECRETARY
    store = Store.open(folder, Vault(folder).open_with_passphrase(SAMPLE_PASSPHRASE))
    try:
        registry = Registry(store)
        office: OfficeRecord = registry.office()
        Publisher(registry, office, open_place(registry, office.repository)).reissue()
    finally:
        store.close()
    mark.touch()
