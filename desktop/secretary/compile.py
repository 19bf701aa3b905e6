"""Compiling: a folder of PDFs and its pack.toml become one sealed file, or a list of everything that is wrong."""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from db.records import OfficeRecord, SealedPaperRecord
from desktop.errors import KnownError
from desktop.packs.index import MAX_PAGES
from desktop.packs.layout import MAX_PAPER, TargetFacts, new_blob_name
from desktop.packs.pack import Body, Meeting, Pack, Paper
from desktop.packs.packfile import write_packfile
from desktop.packs.sealing import new_key, seal
from desktop.pdf.protocol import Facts, Source
from desktop.secretary.edition import Audience, Edition
from desktop.secretary.embargo import holds_at
from desktop.secretary.membership import Memberships, names_known
from desktop.secretary.numbers import numbers_of
from desktop.secretary.plan import Plan, PlannedPaper, Problems, read_plan
from desktop.secretary.registry import Registry, same_name
from desktop.secretary.retention import retention_now
from desktop.secretary.roster import ADMITTED


class PdfReader(Protocol):
    """The part of the PDF worker's client that compiling needs."""

    def open(self, source: Source) -> "Future[Facts]":
        """Open a paper in the worker."""
        ...

    def close_document(self, version: str) -> None:
        """Let go of it."""
        ...


@dataclass(frozen=True)
class Compiled:
    """What was compiled. fresh: papers sealed now; kept: unchanged since an earlier edition. warnings: to be read."""

    path: Path
    edition: Edition
    fresh: int
    kept: int
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class _Checked:
    """A PDF that was read and is whole."""

    sha256: str
    length: int
    pages: int


@dataclass
class _Sealed:
    """What came of sealing so far: blobs with their files, and sentences for the secretary."""

    fresh: dict[str, tuple[Path, str, str]] = field(default_factory=dict)  # target -> file, its hash, recipient
    facts: dict[str, TargetFacts] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    shared: dict[tuple[str, Audience], Paper] = field(default_factory=dict)
    kept: int = 0


def compile_pack(registry: Registry, folder: Path, out: Path, pdf: PdfReader, whole: bool = False) -> Compiled:
    """Compile folder into the pack file out. whole: seal every paper anew, for a repository that lost the old ones.

    Raises Problems, listing everything that is wrong; then nothing is written.
    """
    plan = read_plan(folder)
    problems = list(plan.problems)
    office = _office(registry, plan, problems)
    if office:
        problems += _strangers(registry, office, plan)
    checked = _check_pdfs(plan, pdf, problems)
    if problems or office is None:
        raise Problems(folder, problems)
    before = edition_before(registry, office, plan)
    if holds_at(plan.opens, datetime.now(UTC)) and before is not None and not before.sealed:
        raise Problems(folder, ["Members have this pack already, so that it cannot be put under embargo any more."])
    sealed = _Sealed()
    sealer = _Sealer(registry, office, checked, sealed, whole)
    papers = tuple(sealer.paper(planned, key) for planned, key in with_ids(plan, before))
    numbers = numbers_of([(paper.id, paper.pages) for paper in papers], before, plan.supplement)
    edition = _edition(office, plan, numbers.put_on(papers), before, numbers.retired)
    edition = replace(edition, pack=replace(edition.pack, retention=retention_now(registry, office.body_id)))
    return _write(out, office, edition, sealed)


def pack_id_of(body_id: str, meeting: Meeting) -> str:
    """The id of the pack of this meeting: the same for every edition, whichever computer compiles it."""
    words = f"despatch-pack-id/1\n{body_id}\n{meeting.held_on}\n{meeting.session.value}"
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def pack_before(registry: Registry, plan: Plan) -> Edition | None:
    """The edition of this meeting's pack that was despatched last, None for none."""
    try:
        return edition_before(registry, registry.office(plan.body), plan)
    except KnownError:
        return None  # no such body: compiling says so


def _office(registry: Registry, plan: Plan, problems: list[str]) -> OfficeRecord | None:
    if not plan.body:
        return None
    try:
        return registry.office(plan.body)
    except KnownError as error:
        problems.append(str(error))
        return None


def _strangers(registry: Registry, office: OfficeRecord, plan: Plan) -> Iterator[str]:
    """A name that is nobody's would exclude nobody: that must never pass unseen."""
    members = names_known(registry, office.body_id)
    for paper in plan.papers:
        for name in (*paper.audience.to, *paper.audience.not_to):
            if not any(same_name(name, member) for member in members):
                yield f"Paper “{paper.title}” names “{name}”, who is not on the roster of {office.name}."


def _check_pdfs(plan: Plan, pdf: PdfReader, problems: list[str]) -> dict[Path, _Checked]:
    checked: dict[Path, _Checked] = {}
    for path in dict.fromkeys(paper.file for paper in plan.papers if paper.file):
        try:
            checked[path] = _check_pdf(path, pdf)
        except KnownError as error:
            problems.append(error.what if path.name in error.what else f"{path.name}: {error.what}")
    if sum(facts.pages for facts in checked.values()) > MAX_PAGES:
        problems.append(f"The pack has more than {MAX_PAGES} pages.")
    return checked


def _check_pdf(path: Path, pdf: PdfReader) -> _Checked:
    data = _read(path)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        facts = pdf.open(Source(sha256, path)).result()
    finally:
        pdf.close_document(sha256)
    if facts.sha256 != sha256:
        raise KnownError(f"{path.name} was changed while it was being read.")
    if not facts.pages:
        raise KnownError(f"{path.name} has no pages.")
    return _Checked(sha256, len(data), len(facts.pages))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_PAPER:
            raise KnownError(f"{path.name} is larger than a paper may be.")
        return path.read_bytes()
    except OSError as error:
        raise KnownError(f"{path.name} cannot be read: {error.strerror}.") from error


def edition_before(registry: Registry, office: OfficeRecord, plan: Plan) -> Edition | None:
    """What was despatched of this meeting last."""
    row = registry.despatches.latest(office.body_id, pack_id_of(office.body_id, plan.meeting))
    return Edition.from_bytes(row.index) if row else None


def with_ids(plan: Plan, before: Edition | None) -> list[tuple[PlannedPaper, str]]:
    """Each paper with its id: the one given, else that of the same paper in the edition before, else a new one."""
    taken = {paper.id for paper in plan.papers if paper.id}
    result = []
    for paper in plan.papers:
        key = paper.id or _id_before(paper, before, taken) or secrets.token_hex(8)
        taken.add(key)
        result.append((paper, key))
    return result


def _id_before(paper: PlannedPaper, before: Edition | None, taken: set[str]) -> str:
    if before is None:
        return ""
    free = [old for old in before.pack.papers if old.id not in taken]
    same = [old.id for old in free if old.item == paper.item and same_name(old.title, paper.title)]
    if not same and paper.file:
        same = [old.id for old in free if before.files.get(old.id) == _mark_of(paper.file)]
    return same[0] if same else ""


class _Sealer:
    """Decides for each paper whether it keeps its key and blob or gets new ones."""

    def __init__(
        self,
        registry: Registry,
        office: OfficeRecord,
        checked: Mapping[Path, _Checked],
        sealed: _Sealed,
        whole: bool,
    ) -> None:
        self._registry, self._office, self._checked = registry, office, checked
        self._sealed, self._whole = sealed, whole
        roster = registry.roster.of_body(office.body_id)
        self._members = {entry.tag: entry for entry in roster if entry.recipient}
        self._memberships = Memberships(registry, office.body_id)
        self._admitted = {entry.tag for entry in roster if entry.state == ADMITTED}

    def paper(self, planned: PlannedPaper, key: str) -> Paper:
        """The paper as the edition lists it; what must be sealed is noted."""
        paper = Paper(
            key, planned.item, planned.title, planned.kind, planned.status, "", 0, 0, "", "",
            no_printing=planned.no_printing, no_export=planned.no_export, watermark=planned.watermark,
        )  # fmt: skip
        if planned.file is None:
            return paper
        facts = self._checked[planned.file]
        paper = replace(paper, sha256=facts.sha256, length=facts.length, pages=facts.pages)
        shared = self._sealed.shared.get((facts.sha256, planned.audience))
        if shared:
            return replace(paper, target=shared.target, key=shared.key)
        paper = self._keep_or_seal(paper, planned)
        self._sealed.shared[facts.sha256, planned.audience] = paper
        return paper

    def _keep_or_seal(self, paper: Paper, planned: PlannedPaper) -> Paper:
        known = self._registry.papers.find(self._office.body_id, paper.sha256)
        if known and not self._whole:
            had = self._excluded_readers(known, planned.audience)
            if not had:
                self._sealed.kept += 1
                self._sealed.facts[known.target] = TargetFacts(known.sealed_length, known.sealed_sha256)
                return replace(paper, target=known.target, key=known.key)
            self._sealed.warnings.append(
                f"“{paper.title}” gets a new key, since {' and '.join(had)} must not read it any more. "
                "A copy already fetched cannot be called back."
            )
        assert planned.file is not None
        identity, recipient = new_key()
        target = new_blob_name()
        self._sealed.fresh[target] = planned.file, paper.sha256, recipient
        return replace(paper, target=target, key=identity)

    def _excluded_readers(self, known: SealedPaperRecord, audience: Audience) -> list[str]:
        """Members who were given the key and must not have it now; a removed device counts as nobody."""
        had = [self._members[tag] for tag in known.tags.split() if tag in self._members]
        return sorted({each.member for each in had if not audience.admits(*self._memberships.names(each))})


def _mark_of(file: Path) -> str:
    """What a file's name is remembered by; the name itself may hold anything."""
    return hashlib.sha256(file.name.encode("utf-8", "surrogateescape")).hexdigest()


def _edition(
    office: OfficeRecord, plan: Plan, papers: tuple[Paper, ...], before: Edition | None, retired: str
) -> Edition:
    pack = Pack(
        pack_id_of(office.body_id, plan.meeting),
        Body(office.body_id, office.name, office.organisation),
        plan.meeting,
        plan.title,
        before.pack.edition + 1 if before else 1,
        datetime.now(UTC),  # takes its place until it is published
        plan.note,
        plan.items,
        papers,
        opens=plan.opens,
        expires=plan.expires,
    )
    audiences = {paper.id: planned.audience for paper, planned in zip(papers, plan.papers, strict=True)}
    files = {
        paper.id: _mark_of(planned.file) for paper, planned in zip(papers, plan.papers, strict=True) if planned.file
    }
    return Edition(secrets.token_hex(16), pack, audiences, files, {}, {}, retired)


def _write(out: Path, office: OfficeRecord, edition: Edition, sealed: _Sealed) -> Compiled:
    facts = dict(sealed.facts)
    whole = replace(edition, blobs=facts)

    def blobs() -> Iterator[tuple[str, bytes]]:
        for target, (path, sha256, recipient) in sealed.fresh.items():
            data = _read(path)
            if hashlib.sha256(data).hexdigest() != sha256:
                raise KnownError(f"{path.name} was changed while the pack was compiled.", "No pack was written.")
            blob = seal(data, recipient)
            facts[target] = TargetFacts(len(blob), hashlib.sha256(blob).hexdigest())
            yield target, blob

    write_packfile(out, blobs(), lambda: seal(whole.to_bytes(), office.recipient))
    return Compiled(out, whole, len(sealed.fresh), sealed.kept, tuple(sealed.warnings))
