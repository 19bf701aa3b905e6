"""A secretary with a real store, real PDFs and a real worker, and members who receive."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pymupdf

from db.bodies import Bodies
from db.records import IdentityRecord, OfficeRecord
from desktop.library.joining import Joined, join
from desktop.library.offers import offers_in
from desktop.library.repository import Repository
from desktop.library.sources import FolderSource
from desktop.packs.folder import RepositoryFolder
from desktop.packs.pack import Pack
from desktop.packs.packfile import open_packfile
from desktop.packs.sealing import open_sealed
from desktop.pdf.client import PdfClient
from desktop.secretary import roster
from desktop.secretary.compile import Compiled, compile_pack
from desktop.secretary.publish import Published, Publisher, open_edition
from desktop.secretary.registry import Registry

PLAN = """
[body]
name = "Group Board"
[meeting]
date = 2026-01-29
starts = "13:30"
place = "Kettering"
session = "public"
[pack]
note = "First papers"
[[items]]
number = "1"
title = "Minutes"
purpose = "decision"
[[items]]
number = "2"
title = "Finance"
[[papers]]
item = "1"
title = "Minutes of 29 November"
file = "1 minutes.pdf"
kind = "minutes"
[[papers]]
item = "2"
title = "Finance report"
file = "2 finance.pdf"
"""


def pdf_bytes(words: str, pages: int = 1) -> bytes:
    with pymupdf.open() as document:
        for page in range(pages):
            document.new_page().insert_text((72, 72), f"{words}, page {page + 1}")
        return document.tobytes()


@dataclass
class Member:
    """A member's laptop: its own store, and what it can open of a repository."""

    home: Path
    name: str
    bodies: Bodies
    joined: Joined | None = None
    body_id: str = ""

    def answer(self, invitation: bytes, device: str = "laptop") -> Joined:
        self.joined = join(self.bodies, invitation, self.name, device)
        self.body_id = self.joined.body_id
        return self.joined

    @property
    def identity(self) -> IdentityRecord:
        found = self.bodies.identity(self.body_id)
        assert found
        return found

    def repository(self, address: str = "") -> Repository:
        body = self.bodies.get(self.body_id)
        assert body
        return Repository(FolderSource(Path(address or body.repository)), self.home / "metadata", body.root)

    def packs(self, address: str = "") -> dict[str, Pack]:
        repository = self.repository(address)
        assert not repository.refresh().expired
        offers = offers_in(repository, repository.targets(), self.identity, self.body_id, ())
        packs = [offer.pack for offer in offers.new]
        assert len({pack.id for pack in packs}) == len(packs)
        return {pack.title: pack for pack in packs}

    def pack(self) -> Pack:
        (pack,) = self.packs().values()
        return pack

    def read(self, title: str) -> bytes:
        """The plain bytes of a paper, fetched, verified and opened as the intake does."""
        paper = next(paper for paper in self.pack().papers if paper.title == title)
        repository = self.repository()
        repository.refresh()
        part = self.home / secrets.token_hex(4)
        assert repository.fetch(paper.target, part, lambda done: None, lambda: False)
        return open_sealed(part.read_bytes(), paper.key)


@dataclass
class Secretary:
    """A secretary at work."""

    registry: Registry
    office: OfficeRecord
    folder: Path
    papers: Path
    pdf: PdfClient
    bodies: Callable[[Path], Bodies]
    members: list[Member] = field(default_factory=list)

    def plan(self, text: str = PLAN, **files: bytes) -> None:
        self.papers.mkdir(exist_ok=True)
        (self.papers / "pack.toml").write_text(text)
        for name, data in files.items():
            (self.papers / f"{name.replace('_', ' ').strip()}.pdf").write_bytes(data)

    def compile(self, whole: bool = False) -> Compiled:
        return compile_pack(self.registry, self.papers, self.papers / "out.despatch-pack", self.pdf, whole)

    def publisher(self, without_lost: bool = False) -> Publisher:
        return Publisher(self.registry, self.office, RepositoryFolder(self.folder), without_lost=without_lost)

    def publish(self, compiled: Compiled) -> Published:
        packfile = open_packfile(compiled.path)
        _, edition = open_edition(self.registry, packfile)
        return self.publisher().publish(packfile, edition)

    def despatch(self) -> Published:
        return self.publish(self.compile())

    def invite(self, name: str) -> Member:
        home = self.folder.parent / secrets.token_hex(4)
        member = Member(home, name, self.bodies(home))
        member.answer(roster.invite(self.registry, self.office, name).to_bytes())
        return member

    def admit_all(self) -> None:
        roster.admit(self.registry, self.office, roster.take_requests(self.registry, self.office).entries)
        self.publisher().reissue()

    def welcome(self, name: str) -> Member:
        member = self.invite(name)
        self.admit_all()
        return member
