"""Publishing to servers and fetching from them: real ones, on loopback."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from at_work import Secretary, pdf_bytes
from far_serving import KEY, SECRET, Dav, own_dav, rclone

from db.bodies import Bodies
from db.store import Store
from desktop.errors import KnownError
from desktop.library.joining import join
from desktop.library.repository import Repository
from desktop.library.sources import open_source
from desktop.packs.folder import NotThere, Refused, Unreachable
from desktop.packs.index import pack_from_bytes
from desktop.packs.layout import MAX_INDEX, tag_of_index
from desktop.packs.pack import Pack
from desktop.packs.packfile import open_packfile
from desktop.packs.sealing import open_sealed
from desktop.pdf.client import PdfClient
from desktop.secretary import roster, webdav
from desktop.secretary.new_body import new_body
from desktop.secretary.places import keep_keys, keys_of, kind_of, open_place
from desktop.secretary.publish import Published, Publisher, open_edition
from desktop.secretary.registry import Registry

Stores = Callable[[Path], Store]


@dataclass
class Far:
    """A secretary whose repository is far away, and one member, who fetches from read_from."""

    secretary: Secretary
    address: str
    read_from: str
    member: Bodies
    home: Path

    def publish(self, compiled: Path | None = None) -> Published:
        packfile = open_packfile(compiled or self.secretary.compile().path)
        registry = self.secretary.registry
        office, edition = open_edition(registry, packfile)
        return Publisher(registry, office, open_place(registry, self.address)).publish(packfile, edition)

    def repository(self) -> Repository:
        (body,) = self.member.all()
        return Repository(open_source(self.read_from), self.home / "metadata", body.root)

    def packs(self) -> list[Pack]:
        (body,) = self.member.all()
        identity = self.member.identity(body.id)
        assert identity
        repository = self.repository()
        repository.refresh()
        ours = [name for name in repository.targets() if tag_of_index(name) == identity.tag]
        plain = [open_sealed(repository.read_target(name, MAX_INDEX), identity.key) for name in ours]
        return [pack_from_bytes(each, identity.tag, body.id) for each in plain]

    def papers(self) -> list[bytes]:
        """As they lie in the secretary's folder."""
        return [path.read_bytes() for path in sorted(self.secretary.papers.glob("*.pdf"))]

    def fetch(self) -> list[bytes]:
        """Every paper, opened."""
        (pack,) = self.packs()
        repository = self.repository()
        repository.refresh()
        papers = []
        for paper in pack.papers:
            part = self.home / paper.sha256
            assert repository.fetch(paper.target, part, lambda done: None, lambda: False)
            papers.append(open_sealed(part.read_bytes(), paper.key))
        return papers


def far(tmp_path: Path, stores: Stores, pdf: PdfClient, address: str, read_from: str, keys: dict[str, str]) -> Far:
    registry = Registry(stores(tmp_path / "secretary"))
    keep_keys(registry, address, keys)
    office = new_body(registry, "Group Board", "Anytown NHS Group", address, read_from)
    secretary = Secretary(registry, office, tmp_path, tmp_path / "papers", pdf, lambda home: Bodies(stores(home)))
    secretary.plan(_1_minutes=pdf_bytes("Minutes", 3), _2_finance=pdf_bytes("Finance", 2))
    member = Bodies(stores(tmp_path / "member"))
    joined = join(member, roster.invite(registry, office, "Jane Doe").to_bytes(), "Jane Doe", "laptop")
    request = tmp_path / "jane.despatch-request"
    request.write_bytes(joined.request)
    roster.admit(registry, office, roster.take_requests(registry, office, [request]).entries)
    return Far(secretary, address, read_from, member, tmp_path / "member")


@pytest.fixture
def dav(tmp_path: Path) -> Iterator[Dav]:
    with own_dav(tmp_path / "server") as dav:
        yield dav


@pytest.fixture
def over_dav(tmp_path: Path, stores: Stores, pdf: PdfClient, dav: Dav) -> Far:
    return far(tmp_path, stores, pdf, dav.address, dav.address, {"username": "jane", "password": SECRET})


def check_whole_life(there: Far) -> None:
    """An edition, nothing new, a corrected paper: each fetched, and only what changed is sent."""
    published = there.publish()
    assert (published.sent, published.devices) == (2, 1)
    assert there.fetch() == there.papers()
    assert there.publish().sent == 0
    (there.secretary.papers / "2 finance.pdf").write_bytes(pdf_bytes("Finance corrected", 2))
    assert there.publish().sent == 1
    assert there.fetch() == there.papers()


def test_a_pack_goes_by_webdav_and_comes_back(over_dav: Far, dav: Dav) -> None:
    check_whole_life(over_dav)
    last = [path for command, path in dav.asked if command == "PUT"][-1]
    assert last.endswith("metadata/part-timestamp.json"), "what makes it visible goes last"


def test_a_pack_goes_by_rclones_webdav_and_comes_back(tmp_path: Path, stores: Stores, pdf: PdfClient) -> None:
    with rclone("webdav", tmp_path / "server", "--user", "jane", "--pass", SECRET) as server:
        keys = {"username": "jane", "password": SECRET}
        with own_dav(tmp_path / "server") as web:
            check_whole_life(far(tmp_path, stores, pdf, f"{server}/board", f"{web.root}/board", keys))


def test_a_pack_goes_to_a_bucket_and_comes_back(tmp_path: Path, stores: Stores, pdf: PdfClient) -> None:
    """Written with the key; read over the web without, as members do."""
    (tmp_path / "server" / "bucket").mkdir(parents=True)
    with rclone("s3", tmp_path / "server", "--auth-key", f"{KEY},{SECRET}", "--force-path-style") as server:
        keys = {"access_key_id": KEY, "secret_access_key": SECRET, "endpoint": server}
        with own_dav(tmp_path / "server" / "bucket") as web:
            there = far(tmp_path, stores, pdf, "s3://bucket/board", f"{web.root}/board", keys)
            check_whole_life(there)
            keep_keys(there.secretary.registry, "s3://bucket/board", keys | {"secret_access_key": "another"})
            with pytest.raises(KnownError, match=r"does not accept the key|cannot be reached") as told:
                there.publish()
            assert "another" not in str(told.value)


@pytest.mark.parametrize("edition", [pytest.param(1, marks=pytest.mark.long), 2])
def test_cut_at_every_step_members_see_the_whole_old_or_the_whole_new(
    over_dav: Far, dav: Dav, edition: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And publishing goes on: nothing that arrived is sent again."""
    monkeypatch.setattr(webdav, "_TRIES", 0)
    if edition == 2:
        over_dav.publish()
        (over_dav.secretary.papers / "2 finance.pdf").write_bytes(pdf_bytes("Finance corrected", 2))
    seen, cuts = [pack.edition for pack in over_dav.packs()], 0
    compiled = over_dav.secretary.compile().path
    while True:
        dav.fail_at, dav.writes = cuts, 0
        try:
            over_dav.publish(compiled)
        except Unreachable:
            assert [pack.edition for pack in over_dav.packs()] in (seen, [edition])
            cuts += 1
            continue
        break
    assert cuts > 3
    assert [pack.edition for pack in over_dav.packs()] == [edition]
    blobs = [path for command, path in dav.asked if command == "MOVE" and "/blob/" in path]
    assert len(set(blobs)) == edition + 1


def test_keys_stay_in_the_sealed_store(over_dav: Far, dav: Dav, tmp_path: Path) -> None:
    over_dav.publish()
    assert keys_of(over_dav.secretary.registry, f"{dav.address}/deeper") == {"username": "jane", "password": SECRET}
    hidden = [SECRET.encode(), base64.b64encode(f"jane:{SECRET}".encode())]
    for path in tmp_path.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not any(each in data for each in hidden), path
    keep_keys(over_dav.secretary.registry, dav.address, {})
    with pytest.raises(KnownError, match="no key to write"):
        open_place(over_dav.secretary.registry, dav.address)


def test_another_bodys_repository_is_left_alone(over_dav: Far, dav: Dav) -> None:
    with pytest.raises(KnownError, match="another body"):
        new_body(over_dav.secretary.registry, "Audit Committee", "Anytown", dav.address)


def test_join_requests_are_found_there_too(over_dav: Far, dav: Dav) -> None:
    registry, office = over_dav.secretary.registry, over_dav.secretary.office
    place = open_place(registry, dav.address)
    place.write("requests/" + "a" * 32 + ".age", b"not sealed to anybody")
    asked = roster.take_requests(registry, office)
    assert len(asked.troubles) == 1
    roster.tidy(registry, office, roster.Asked((), (), {"requests/" + "a" * 32 + ".age": "tag"}), ["tag"])
    assert open_place(registry, dav.address).names("requests") == []


@pytest.mark.parametrize(
    "address",
    ["ftp://example.org/x", "s3://", "http://example.org/x", "https://jane:pass@example.org/x", "s3://bucket/x?key=1"],
)
def test_addresses_that_are_none_are_told_without_what_they_hide(address: str) -> None:
    with pytest.raises(KnownError, match="cannot publish to") as told:
        kind_of(address)
    assert "pass@" not in str(told.value)


def test_names_that_lead_elsewhere_are_refused(over_dav: Far, dav: Dav) -> None:
    place = open_place(over_dav.secretary.registry, dav.address)
    for name in ("../x", "/x", "a/../b", "A", ".hidden"):
        with pytest.raises(Refused):
            place.write(name, b"x")
    with pytest.raises(NotThere):
        place.read("metadata/none.json", 100)
