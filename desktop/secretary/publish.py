"""Publishing: an edition, a new member or a removal becomes the repository's next signed state, in one step."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from db.records import DespatchRecord, OfficeRecord, RosterRecord, SealedPaperRecord
from desktop.errors import KnownError
from desktop.packs import layout
from desktop.packs.fields import Malformed, spell_instant
from desktop.packs.layout import TargetFacts
from desktop.packs.packfile import PackFile
from desktop.packs.sealing import CannotOpen, open_sealed
from desktop.packs.signed import read_root
from desktop.secretary import deposit
from desktop.secretary.edition import Edition
from desktop.secretary.embargo import holds_at
from desktop.secretary.indexes import Indexes, farewells
from desktop.secretary.membership import Memberships
from desktop.secretary.places import Place
from desktop.secretary.receipts import wants_receipts
from desktop.secretary.registry import Registry, Standing
from desktop.secretary.retention import retention_now
from desktop.secretary.roster import ADMITTED, ENDED
from desktop.secretary.signing import add_signature, make_root, public_key, sign_state
from desktop.secretary.telling import Telling

_RENEW_ROOT = timedelta(days=365)

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Published:
    """What a publishing did. sent and kept: papers sent now, and already there. devices: how many have an index."""

    editions: tuple[Edition, ...]
    sent: int
    kept: int
    devices: int
    version: int


def signed_note(body_id: str) -> str:
    """Under which name it is kept when a body's repository was signed last."""
    return f"signed/{body_id}"


def open_edition(registry: Registry, packfile: PackFile) -> tuple[OfficeRecord, Edition]:
    """Whose pack file it is, and the edition in it. Raises KnownError when it is none of this secretary's."""
    for office in registry.offices.all():
        try:
            edition = Edition.from_bytes(open_sealed(packfile.edition(), office.identity))
        except CannotOpen:
            continue
        except Malformed as error:
            raise _not_ours(packfile) from error
        if edition.pack.body.id == office.body_id:
            return office, edition
    raise _not_ours(packfile)


class Publisher:
    """Publishes for one body into one place."""

    def __init__(
        self,
        registry: Registry,
        office: OfficeRecord,
        folder: Place,
        now: datetime | None = None,
        without_lost: bool = False,
    ) -> None:
        """without_lost: leave out earlier packs whose papers are not in the folder any more."""
        self._registry, self._office, self._folder = registry, office, folder
        self._now = (now or datetime.now(UTC)).replace(microsecond=0)
        self._body_id, self._without_lost = office.body_id, without_lost

    def publish(self, packfile: PackFile, edition: Edition, progress: Progress = lambda done, total: None) -> Published:
        """Publish an edition. Stopped half-way it can be begun again; what was sent stays. Raises KnownError."""
        before = self._before(edition)
        if before is not None and before.mark == edition.mark:
            edition = before
        else:
            retention = retention_now(self._registry, self._body_id)
            asked = wants_receipts(self._registry, self._body_id)
            pack = replace(edition.pack, despatched=self._now, retention=retention, receipts=asked)
            edition = replace(edition, pack=pack, indexes={}, sealed=holds_at(pack.opens, self._now))
        self._prepare()
        sent = self._send_blobs(packfile, edition, progress)
        others = [each for each in self._editions() if each.pack.id != edition.pack.id]
        return self._issue([edition, *others], sent, _recalled(before, edition), edition.pack.id)

    def reissue(self, afresh: Collection[str] = ()) -> Published:
        """Sign anew: indexes for the newly admitted, none for the removed, and three more months for everybody.

        afresh: tags of devices that are to see other papers than before.
        """
        self._prepare()
        editions = [each.keep_indexes(set(each.indexes) - set(afresh)) for each in self._editions()]
        return self._issue(editions, 0, set())

    def tell_retention(self) -> Published:
        """What the body has decided about notes goes to everybody in a new index of the newest edition."""
        self._prepare()
        editions, retention = self._editions(), retention_now(self._registry, self._body_id)
        staying = [each for each in editions if not self._is_over(each)]
        newest = max(staying, key=lambda each: each.pack.despatched, default=None)
        told = [
            replace(each, pack=replace(each.pack, retention=retention), indexes={}) if each is newest else each
            for each in editions
        ]
        return self._issue(told, 0, set())

    def _before(self, edition: Edition) -> Edition | None:
        latest = self._registry.despatches.latest(self._body_id, edition.pack.id)
        if latest is None:
            return None
        before = Edition.from_bytes(latest.index)
        if before.mark != edition.mark and before.pack.edition >= edition.pack.edition:
            raise KnownError(
                f"Edition {before.pack.edition} of this pack was published after this file was compiled.",
                "Nothing was published.",
                "Compile the pack again and publish that.",
            )
        return before

    def _editions(self) -> list[Edition]:
        rows = self._registry.despatches.of_body(self._body_id)
        editions = [Edition.from_bytes(row.index) for row in rows]
        if self._without_lost:
            editions = [edition for edition in editions if not deposit.missing(self._folder, edition.blobs)]
        return editions

    def _prepare(self) -> None:
        """Check that the folder is this body's before anything is put into it."""
        standing = self._registry.standing(self._body_id)
        root = read_root(standing.roots[-1])
        if root.expires - self._now < _RENEW_ROOT:
            standing = replace(standing, roots=(*standing.roots, self._next_root(root.version + 1)))
            self._registry.keep_standing(self._body_id, standing)
        deposit.put_roots(self._folder, standing.roots)

    def _next_root(self, version: int) -> bytes:
        officer, daily = public_key(self._office.root_key), public_key(self._office.daily_key)
        root = make_root([officer], 1, [daily], self._now, version)
        add_signature(root, self._office.root_key)
        return root.to_bytes()

    def _send_blobs(self, packfile: PackFile, edition: Edition, progress: Progress) -> int:
        sent = done = 0
        total = sum(packfile.blobs.values())
        for target, length in packfile.blobs.items():
            facts = edition.blobs.get(target)
            sealed = packfile.blob(target)
            if facts is None or facts != _facts_of(sealed):
                raise _not_ours(packfile)
            stored = layout.stored_at(target, facts.sha256)
            if not self._holds(stored, facts):
                self._folder.write(stored, sealed)
                sent += 1
            done += length
            progress(done, total)
        return sent

    def _holds(self, stored: str, facts: TargetFacts) -> bool:
        if self._folder.size(stored) != facts.length:
            return False
        return not self._folder.near or _facts_of(self._folder.read(stored, facts.length)) == facts

    def _issue(self, editions: list[Edition], sent: int, recalled: set[str], newest: str = "") -> Published:
        """Make the missing indexes, sign the state that holds them all, put it in place, and remember it."""
        members = self._members()
        before = self._registry.standing(self._body_id)
        over = [each.keep_indexes(members) for each in editions if self._is_over(each)]
        staying = [self._unsealed(each) for each in editions if not self._is_over(each)]
        memberships = Memberships(self._registry, self._body_id)
        serving = {tag: entry for tag, entry in members.items() if memberships.may_have(entry, self._now)}
        telling = Telling(serving, before.version + 1, staying)
        indexes = Indexes(self._folder, members, telling, memberships)
        issued = [indexes.issue(telling.renew(each, before.roster)) for each in staying]
        targets = farewells(self._registry, self._office, self._folder, self._gone())
        for edition in issued:
            targets |= edition.targets()
        for edition in over:  # their papers go; that an index stays there says that the device is still sent packs
            targets |= {name: facts for name, facts in edition.targets().items() if layout.tag_of_index(name)}
        self._check_whole(targets)
        standing = self._sign(targets)
        self._remember([*issued, *over], members, newest)
        self._forget_objects(over, targets)
        keep = {layout.stored_at(name, facts.sha256) for name, facts in targets.items()}
        deposit.sweep(self._folder, keep | (set(standing.stored) - recalled), standing.version)
        standing = replace(standing, stored=tuple(sorted(keep)), roster=telling.mark)
        self._registry.keep_standing(self._body_id, standing)
        blobs = len(issued[0].blobs) if issued else 0
        return Published(tuple(issued), sent, blobs - sent, len(members), standing.version)

    def _is_over(self, edition: Edition) -> bool:
        return edition.pack.is_over(self._now.astimezone().date())

    def _unsealed(self, edition: Edition) -> Edition:
        """The edition, to be given out with its keys once its embargo has ended."""
        if edition.sealed and not holds_at(edition.pack.opens, self._now):
            return replace(edition, sealed=False, indexes={})
        return edition

    def _forget_objects(self, over: Iterable[Edition], targets: Mapping[str, TargetFacts]) -> None:
        """Papers whose sealed files go with this state are sealed anew, should they be wanted again."""
        for name in {name for edition in over for name in edition.blobs} - set(targets):
            self._registry.papers.forget_object(self._body_id, name)

    def _members(self) -> dict[str, RosterRecord]:
        return {entry.tag: entry for entry in self._registry.roster.of_body(self._body_id) if entry.state == ADMITTED}

    def _gone(self) -> list[RosterRecord]:
        return [each for each in self._registry.roster.of_body(self._body_id) if each.state == ENDED]

    def _check_whole(self, targets: Mapping[str, TargetFacts]) -> None:
        absent = deposit.missing(self._folder, targets)
        if absent:
            raise KnownError(
                f"{self._folder.address} does not hold {len(absent)} of the papers that were published earlier.",
                "Members still see what was published before.",
                "Copy the whole repository folder there first. "
                "If it is lost, compile this pack with --whole and publish it with --without-lost.",
            )

    def _sign(self, targets: Mapping[str, TargetFacts]) -> Standing:
        """Sign and put in place. The version is remembered first, so that no two states ever carry the same one."""
        standing = self._registry.standing(self._body_id)
        version = max(standing.version, deposit.current_version(self._folder, standing.roots[-1])) + 1
        standing = replace(standing, version=version)
        self._registry.keep_standing(self._body_id, standing)
        deposit.put_state(self._folder, sign_state(targets, version, self._office.daily_key, self._now))
        self._registry.keep_note(signed_note(self._body_id), spell_instant(self._now.astimezone(UTC)))
        return standing

    def _remember(self, editions: Iterable[Edition], members: Mapping[str, RosterRecord], newest: str) -> None:
        memberships = Memberships(self._registry, self._body_id)
        names = {tag: memberships.names(entry) for tag, entry in members.items()}
        with self._registry.transaction():
            for edition in editions:
                pack = edition.pack
                despatched = spell_instant(pack.despatched)
                self._registry.despatches.put(
                    DespatchRecord(self._body_id, pack.id, pack.edition, despatched, edition.to_bytes())
                )
                self._remember_papers(edition, names, edition.pack.id == newest)

    def _remember_papers(self, edition: Edition, members: Mapping[str, Sequence[str]], newest: bool) -> None:
        for paper in edition.pack.papers:
            if not paper.key:
                continue
            known = self._registry.papers.find(self._body_id, paper.sha256)
            same = known is not None and known.target == paper.target
            if not (same or newest):
                continue  # sealed anew since: what counts is the newer key, and who was given that
            before = set(known.tags.split()) if known and same else set()
            tags = before | edition.readers(paper, members)
            facts = edition.blobs[paper.target]
            self._registry.papers.put(
                SealedPaperRecord(
                    self._body_id,
                    paper.sha256,
                    paper.target,
                    paper.key,
                    facts.sha256,
                    facts.length,
                    paper.length,
                    paper.pages,
                    " ".join(sorted(tags)),
                )
            )


def _recalled(before: Edition | None, edition: Edition) -> set[str]:
    """Blobs whose paper was sealed anew, because somebody must not read it: gone at once, not with the next state."""
    if before is None:
        return set()
    now = {paper.target for paper in edition.pack.papers}
    files = {paper.sha256 for paper in edition.pack.papers if paper.key}
    old = {paper.target for paper in before.pack.papers if paper.sha256 in files} - now - {""}
    return {layout.stored_at(target, before.blobs[target].sha256) for target in old}


def _facts_of(data: bytes) -> TargetFacts:
    return TargetFacts(len(data), hashlib.sha256(data).hexdigest())


def _not_ours(packfile: PackFile) -> KnownError:
    return KnownError(
        f"{packfile.path.name} was not compiled on this computer for one of your bodies, or it was damaged.",
        "Nothing was published.",
        "Compile the pack again.",
    )
