"""The secretary's desk: bodies, meetings being prepared, people and despatching, on a thread and connection of its own.

Compiling and publishing take seconds to minutes; on the reader's own lane every note would wait for them.
"""

import json
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import ParamSpec, TypeVar

from db.places import Settings
from db.records import OfficeRecord, RosterRecord
from db.store import Store
from desktop.errors import KnownError
from desktop.jobs import Lane
from desktop.packs.packfile import ENDING, open_packfile
from desktop.packs.retention import Retention, Rule
from desktop.papers.scholar import Scholar
from desktop.pdf.client import PdfClient
from desktop.pdf.protocol import Source
from desktop.secretary import adding, roster
from desktop.secretary.aftercare import Aftercare
from desktop.secretary.compile import Compiled, compile_pack, pack_id_of
from desktop.secretary.edition import Edition
from desktop.secretary.membership import Membership, Memberships
from desktop.secretary.membership import change as change_membership
from desktop.secretary.merged import MergedPack, Wish, merge_pack
from desktop.secretary.minuting_desk import MinutesDesk
from desktop.secretary.new_body import new_body
from desktop.secretary.new_pack import new_pack
from desktop.secretary.places import keep_keys, keys_of, open_place
from desktop.secretary.plan import NAME
from desktop.secretary.preflight import Remark, check_project
from desktop.secretary.project import Project, load_project, save_project
from desktop.secretary.publish import Progress, Published, Publisher, open_edition
from desktop.secretary.registry import Registry
from desktop.secretary.retention import retention_now, set_hold, set_rule
from desktop.secretary.roster import Asked
from desktop.secretary.workplan import Offer, offers_for

P = ParamSpec("P")
T = TypeVar("T")

_PROJECTS = "desk/projects"  # setting: folders of the meetings that are on the desk, newest first
_FIRST_LINES = 12


@dataclass(frozen=True)
class DeskMeeting:
    """A meeting on the desk. edition: the one despatched last, 0 for none. trouble: why it cannot be opened."""

    folder: Path
    project: Project | None
    edition: int = 0
    trouble: str = ""

    @property
    def empty_slots(self) -> int:
        """How many papers are still to come."""
        papers = [paper for item in self.project.items for paper in item.papers] if self.project else []
        return sum(paper.status.value == "to follow" for paper in papers)


@dataclass(frozen=True)
class Opened:
    """A project taken up. loose: PDFs in its folder that are not on the agenda. members: how many devices receive."""

    folder: Path
    project: Project
    loose: tuple[str, ...]
    edition: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Brought:
    """Files that lie in the folder now: by name, how the first page begins. troubles: of each that does not.

    They are placed by whoever holds the project, which may have been changed while they were read.
    """

    beginnings: Mapping[str, str]
    troubles: tuple[str, ...]


@dataclass(frozen=True)
class Despatched:
    """What a despatch did."""

    compiled: Compiled
    published: Published
    address: str


class Desk:
    """Every method returns at once; what it comes to is in the future. Failures are KnownError or StoreError."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """Open the store of `folder` once more, in this desk's own lane."""
        self._lane = Lane("desk")
        self._opening: Future[Registry] = self._lane.do(self._open, folder, key)
        self._pdf: PdfClient | None = None
        self._scholar: Scholar | None = None
        self._merging: PdfClient | None = None
        self._stopping = threading.Event()
        self.after = Aftercare(self._do)
        self.minutes = MinutesDesk(self._do, self._reader, self._folders)

    def close(self) -> None:
        """Stop at the next paper, drop what waits, and let go of the store. A despatch can be begun again."""
        self._stopping.set()
        for pdf in (self._pdf, self._merging):
            if pdf is not None:
                pdf.shut_down()
        scholar = self._scholar
        if scholar is not None:
            scholar.shut_down()
        ending = self._lane.do(self._close)
        self._lane.close()
        ending.result()

    # bodies and people

    def bodies(self) -> "Future[list[OfficeRecord]]":
        """The bodies this person is secretary of."""
        return self._do(lambda registry: registry.offices.all())

    def found(
        self, name: str, organisation: str, where: Path | str, address: str = "", keys: Mapping[str, str] | None = None
    ) -> "Future[OfficeRecord]":
        """Become the secretary of a new body, whose packs lie in an empty folder, or in a place to which keys lead."""

        def found(registry: Registry) -> OfficeRecord:
            if not keys:
                return new_body(registry, name, organisation, where, address)
            before = keys_of(registry, str(where)) or {}
            keep_keys(registry, str(where), keys)
            try:
                return new_body(registry, name, organisation, where, address)
            except KnownError:
                keep_keys(registry, str(where), before)
                raise

        return self._do(found)

    def retention(self, body_id: str) -> "Future[tuple[OfficeRecord, Retention | None]]":
        """What a body has decided about its members' notes."""
        return self._do(lambda registry: (registry.office(body_id), retention_now(registry, body_id)))

    def decide(self, body_id: str, rule: Rule, days: int, hold: str) -> "Future[Published]":
        """Decide it anew, and tell the members."""

        def decide(registry: Registry) -> Published:
            office = registry.office(body_id)
            set_rule(registry, office, rule, days)
            set_hold(registry, office, hold)
            return _publisher(registry, office).tell_retention()

        return self._do(decide)

    def people(self, body_id: str) -> "Future[tuple[OfficeRecord, list[RosterRecord], Asked]]":
        """A body's roster; what lies in its repository is read first, so that whoever asks to join is on it."""

        def look(registry: Registry) -> tuple[OfficeRecord, list[RosterRecord], Asked]:
            office = registry.office(body_id)
            try:
                asked = roster.take_requests(registry, office)
            except KnownError as error:  # the roster can be looked at while the share is away
                asked = Asked((), (str(error),))
            return office, registry.roster.of_body(body_id), asked

        return self._do(look)

    def invite(self, body_id: str, member: str, another_device: bool = False) -> "Future[bytes]":
        """An invitation file's content for one device of a member."""
        return self._do(lambda each: roster.invite(each, each.office(body_id), member, another_device).to_bytes())

    def admit(self, body_id: str, tag: str) -> "Future[Published]":
        """Let a device in, and give it what its member may have."""

        def admit(registry: Registry) -> Published:
            office = registry.office(body_id)
            asked = roster.take_requests(registry, office)
            roster.admit(registry, office, [roster.find(registry, office, tag, (roster.ASKED,))])
            published = _publisher(registry, office).reissue()
            roster.tidy(registry, office, asked, [tag])
            return published

        return self._do(admit)

    def memberships(self, body_id: str) -> "Future[Memberships]":
        """Until when members serve, for whom they stand in, and in which groups."""
        return self._do(lambda registry: Memberships(registry, body_id))

    def change_membership(self, body_id: str, member: str, wanted: Membership) -> "Future[Published]":
        """Let this be what a member is; their devices get what they may have now."""

        def change(registry: Registry) -> Published:
            office = registry.office(body_id)
            return _publisher(registry, office).reissue(change_membership(registry, office, member, wanted))

        return self._do(change)

    def remove(self, body_id: str, tag: str) -> "Future[Published]":
        """Send a device nothing more; its index goes at once."""

        def remove(registry: Registry) -> Published:
            office = registry.office(body_id)
            entry = registry.roster.get(body_id, tag)
            if entry is None:
                raise KnownError("That device is not on the roster any more.", "Nothing was changed.")
            roster.remove(registry, office, entry)
            return _publisher(registry, office).reissue()

        return self._do(remove)

    # meetings

    def meetings(self) -> "Future[list[DeskMeeting]]":
        """Everything on the desk, the latest meeting first."""
        return self._do(self._meetings)

    def begin(self, folder: Path, project: Project) -> "Future[Path]":
        """Put a new meeting on the desk: its agenda in a folder that has none yet."""

        def begin(registry: Registry) -> Path:
            if (folder / NAME).exists():
                raise KnownError(f"{folder} has an agenda already.", "It was left as it is.", "Take it up instead.")
            save_project(folder, project)
            self._remember(folder)
            return folder

        return self._do(begin)

    def take_up(self, folder: Path, body: str = "") -> "Future[Path]":
        """Put a folder of PDFs on the desk; without an agenda it gets one from their names."""

        def take_up(registry: Registry) -> Path:
            if not (folder / NAME).exists():
                new_pack(folder, body)
            load_project(folder)
            self._remember(folder)
            return folder

        return self._do(take_up)

    def put_down(self, folder: Path) -> "Future[None]":
        """Take a meeting off the desk. Its folder stays as it is."""
        return self._do(lambda registry: self._keep([each for each in self._folders() if each != folder]))

    def open(self, folder: Path) -> "Future[Opened]":
        """A meeting's project, and what goes with it."""
        return self._do(lambda registry: self._opened(registry, folder))

    def save(self, folder: Path, project: Project) -> "Future[None]":
        """Keep a project."""
        return self._do(lambda registry: save_project(folder, project))

    def add(self, folder: Path, files: Iterable[Path]) -> "Future[Brought]":
        """Bring files into the folder, and read how each begins."""
        files = tuple(files)

        def add(registry: Registry) -> Brought:
            added = adding.add_files(folder, files)
            return Brought({name: self._beginning(folder / name) for name in added.names}, added.troubles)

        return self._do(add)

    def check(self, folder: Path, project: Project, today: date) -> "Future[list[Remark]]":
        """Pre-flight: what is wrong with a pack, before members find it."""
        return self._do(lambda registry: check_project(folder, project, self._reader(), today, self._scholar_now()))

    def offers(self, folder: Path, project: Project) -> "Future[list[Offer]]":
        """What the body's workplan has for this meeting: the one in its folder, or in those of the meetings before."""

        def offers(registry: Registry) -> list[Offer]:
            others = [each for each in self._meetings(registry) if each.project and each.project.body == project.body]
            folders = dict.fromkeys([folder, *(each.folder for each in others)])
            return offers_for(project, folders, self._reader(), self._scholar_now())

        return self._do(offers)

    def merge(self, folder: Path, wish: Wish, now: datetime, progress: Progress) -> "Future[MergedPack]":
        """Put the papers into one PDF, in a worker of its own."""

        def merge(registry: Registry) -> MergedPack:
            self._merging = PdfClient("merge")
            try:
                return merge_pack(registry, folder, wish, self._merging, now, self._unless_stopped(progress))
            finally:
                self._merging.shut_down()
                self._merging = None

        return self._do(merge)

    def despatch(self, folder: Path, progress: Progress) -> "Future[Despatched]":
        """Compile the folder and publish it, in one go; nothing is published where anything is wrong."""

        def despatch(registry: Registry) -> Despatched:
            with tempfile.TemporaryDirectory(prefix="despatch-") as place:  # sealed before it is written there
                out = Path(place) / f"pack{ENDING}"
                compiled = compile_pack(registry, folder, out, self._reader())
                packfile = open_packfile(out)
                office, edition = open_edition(registry, packfile)
                published = _publisher(registry, office).publish(packfile, edition, self._unless_stopped(progress))
            return Despatched(compiled, published, registry.standing(office.body_id).address)

        return self._do(despatch)

    # inside the lane

    def _unless_stopped(self, progress: Progress) -> Progress:
        def passed(done: int, total: int) -> None:
            if self._stopping.is_set():
                raise CancelledError
            progress(done, total)

        return passed

    def _do(self, work: "Callable[[Registry], T]") -> "Future[T]":
        return self._lane.do(lambda: work(self._opening.result()))

    def _open(self, folder: Path, key: bytes) -> Registry:
        self._store = Store.open(folder, key)
        self._settings = Settings(self._store)
        return Registry(self._store)

    def _close(self) -> None:
        if self._opening.exception() is None:
            self._store.close()

    def _reader(self) -> PdfClient:
        if self._pdf is None:
            self._pdf = PdfClient("compile")
        return self._pdf

    def _scholar_now(self) -> Scholar:
        if self._scholar is None:
            self._scholar = Scholar("pre-flight")
        return self._scholar

    def _meetings(self, registry: Registry) -> list[DeskMeeting]:
        meetings = [self._meeting(registry, folder) for folder in self._folders()]
        return sorted(meetings, key=_day, reverse=True)

    def _meeting(self, registry: Registry, folder: Path) -> DeskMeeting:
        try:
            project = load_project(folder)
        except KnownError as error:
            return DeskMeeting(folder, None, trouble=str(error))
        return DeskMeeting(folder, project, _edition_of(registry, project))

    def _opened(self, registry: Registry, folder: Path) -> Opened:
        project = load_project(folder)
        loose = [name for name in adding.pdfs_in(folder) if name not in project.files()]
        return Opened(
            folder, project, tuple(loose), _edition_of(registry, project), tuple(_receivers(registry, project))
        )

    def _beginning(self, file: Path) -> str:
        """The first words of a file, "" where it has none or cannot be read: compiling will say why."""
        reader, version = self._reader(), f"begin-{file}"
        try:
            reader.open(Source(version, file)).result()
            texts = reader.texts(version, 0, 0).result()
        except KnownError:
            return ""
        finally:
            reader.close_document(version)
        lines = [line.strip() for line in texts[0].text.splitlines() if line.strip()] if texts else []
        return " ".join(lines[:_FIRST_LINES])

    def _folders(self) -> list[Path]:
        return [Path(each) for each in json.loads(self._settings.get(_PROJECTS, "[]"))]

    def _remember(self, folder: Path) -> None:
        self._keep([folder, *(each for each in self._folders() if each != folder)])

    def _keep(self, folders: list[Path]) -> None:
        self._settings.set(_PROJECTS, json.dumps([str(each) for each in folders]))


def _day(meeting: DeskMeeting) -> date:
    return meeting.project.meeting.held_on if meeting.project else date.max


def _publisher(registry: Registry, office: OfficeRecord) -> Publisher:
    return Publisher(registry, office, open_place(registry, office.repository))


def _edition_of(registry: Registry, project: Project) -> int:
    office = _office_of(registry, project)
    row = registry.despatches.latest(office.body_id, pack_id_of(office.body_id, project.meeting)) if office else None
    return Edition.from_bytes(row.index).pack.edition if row else 0


def _receivers(registry: Registry, project: Project) -> list[str]:
    """The members whose devices would receive it now."""
    office = _office_of(registry, project)
    entries = registry.roster.of_body(office.body_id) if office else []
    return sorted({entry.member for entry in entries if entry.state == roster.ADMITTED})


def _office_of(registry: Registry, project: Project) -> OfficeRecord | None:
    try:
        return registry.office(project.body)
    except KnownError:
        return None  # compiling says that there is no such body
