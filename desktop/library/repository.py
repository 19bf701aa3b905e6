"""A body's repository as a member's device trusts it: signed state by TUF, then objects that match it."""

import errno
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tuf.ngclient.config import UpdaterConfig
from tuf.ngclient.fetcher import FetcherInterface
from tuf.ngclient.updater import Updater

from desktop.errors import KnownError
from desktop.library.sources import NotThere, Refused, RepositorySource
from desktop.packs import layout
from desktop.packs.layout import TargetFacts
from desktop.packs.signed import ROLES, Metadata, Signed, Targets, Timestamp, read_root
from desktop.packs.signed import exceptions as tuf_errors

_SAFE = "What is already on this computer can be read as before; nothing new was taken in."
_TELL = "Tell the secretary if this goes on."
_BASE = "despatch:///"
_TIMESTAMP = f"{layout.METADATA}/timestamp.json"
_ASKED = "root asked for"  # among the versions: when the next root was, in seconds since 1970
_ROOT_EVERY = 24 * 3600  # seconds
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Confirmation:
    """What a refresh found. expires: when the signatures held so far run out (UTC; year 1 when none ever held).

    expired: they have run out, or this computer's clock is wrong: read on, but take nothing new in.
    """

    expires: datetime
    expired: bool


class Repository:
    """One body's repository. Not for two threads at once while refreshing; fetching may run in several.

    metadata_folder: this repository's own, for the signed state last seen. root: the invitation's root metadata.
    floor: the highest versions seen so far (an earlier run's `versions()`), so that a lost folder allows no roll-back.
    """

    def __init__(
        self, source: RepositorySource, metadata_folder: Path, root: bytes, floor: Mapping[str, int] | None = None
    ) -> None:
        self._source, self._folder, self._root = source, metadata_folder, root
        self._versions = dict(floor or {})
        self._targets: dict[str, TargetFacts] | None = None

    def refresh(self) -> Confirmation:
        """Ask for the newest signed state. Raises Unreachable, or Refused when anything about it does not hold."""
        self._targets = None
        with self._explained(), _saving():
            self._folder.mkdir(parents=True, exist_ok=True)
            fetcher = self._fetcher()
            try:
                updater = self._updater(fetcher)
                updater.refresh()
            except tuf_errors.ExpiredMetadataError:
                return Confirmation(self._held_until(), expired=True)
            self._check_floor(fetcher.asked_for_root)
            self._targets = dict(self._listed(updater))
        return Confirmation(self._held_until(), expired=False)

    def targets(self) -> dict[str, TargetFacts]:
        """Every object of the state just confirmed. Raises KnownError when the last refresh confirmed none."""
        if self._targets is None:
            raise KnownError(f"What {self._source.address} holds has not been confirmed.", _SAFE)
        return dict(self._targets)

    def versions(self) -> dict[str, int]:
        """The highest versions seen, to be kept and given as floor the next time."""
        return dict(self._versions)

    def fetch(self, name: str, part: Path, progress: Callable[[int], None], stop: Callable[[], bool]) -> bool:
        """Bring an object into part, going on where an earlier fetch ended; False when stop() ended it, part kept.

        progress is told the bytes that are here. A part that does not verify is removed and Refused raised.
        """
        facts = self._facts(name)
        with _saving():
            arrival = _Arrival(part, facts)
        with arrival:
            progress(arrival.done)
            pieces = (
                iter(()) if arrival.whole else self._source.stream(layout.stored_at(name, facts.sha256), arrival.done)
            )
            for piece in pieces:
                arrival.add(piece)
                progress(min(arrival.done, facts.length))
                if arrival.done > facts.length:
                    break
                if stop() and not arrival.whole:  # what is whole is worth a moment to verify
                    return False
        if not arrival.holds:
            part.unlink()
            raise self._changed(name)
        return True

    def read_target(self, name: str, limit: int) -> bytes:
        """A small object whole, in memory, verified."""
        facts = self._facts(name)
        if facts.length > limit:
            raise Refused(f"{self._source.address} holds an index that is larger than it may be.", _SAFE, _TELL)
        data = self._source.read(layout.stored_at(name, facts.sha256), facts.length)
        if len(data) != facts.length or hashlib.sha256(data).hexdigest() != facts.sha256:
            raise self._changed(name)
        return data

    def hang_up(self) -> None:
        """End what is under way, from any thread: it fails with Unreachable."""
        self._source.hang_up()

    def _fetcher(self) -> "_Fetcher":
        """Where the timestamp is, to the byte, the one that was verified before, nothing is new, and one request has
        told so: TUF's client then does all its checks on what is here. Who may sign is still asked for once a day, so
        that a key that was taken away is not trusted for longer."""
        held = self._folder / f"{Timestamp.type}.json"
        if not held.exists() or not 0 <= _clock() - self._versions.get(_ASKED, 0) < _ROOT_EVERY:
            return _Fetcher(self._source)
        timestamp = self._source.read(_TIMESTAMP, layout.MAX_TIMESTAMP)
        return _Fetcher(self._source, timestamp, unchanged=timestamp == held.read_bytes())

    def _updater(self, fetcher: "_Fetcher") -> Updater:
        config = UpdaterConfig(
            root_max_length=layout.MAX_ROOT,
            timestamp_max_length=layout.MAX_TIMESTAMP,
            snapshot_max_length=layout.MAX_SNAPSHOT,
            targets_max_length=layout.MAX_TARGETS,
        )
        return Updater(
            str(self._folder),
            _BASE + layout.METADATA,
            fetcher=fetcher,
            config=config,
            bootstrap=self._root,
        )

    def _listed(self, updater: Updater) -> Iterator[tuple[str, TargetFacts]]:
        """Names come from the file just verified; the facts of each from the verified state itself."""
        listing = self._held(Targets.type)
        if not isinstance(listing, Targets) or listing.delegations is not None:
            raise tuf_errors.RepositoryError("delegations are not used")
        for name in listing.targets:
            found = updater.get_targetinfo(name)
            if found is None or not layout.is_name(name) or not 0 < found.length <= layout.size_limit(name):
                raise tuf_errors.RepositoryError("a target that may not be")
            sha256 = found.hashes.get("sha256", "")
            if not layout.SHA256.fullmatch(sha256):
                raise tuf_errors.RepositoryError("a target without its hash")
            custom = found.custom
            readers = custom.get("for", "") if isinstance(custom, dict) else ""
            yield name, TargetFacts(found.length, sha256, readers if isinstance(readers, str) else "")

    def _held(self, role: str) -> Signed:
        signed: Signed = Metadata.from_bytes((self._folder / f"{role}.json").read_bytes()).signed
        return signed

    def _held_until(self) -> datetime:
        """When the last confirmed state runs out. Only what verified was ever kept in the folder."""
        if not self._has(Timestamp.type):
            return _NEVER
        expiries: list[datetime] = [self._held(role).expires for role in ROLES if self._has(role)]
        return min(expiries)

    def _has(self, role: str) -> bool:
        return (self._folder / f"{role}.json").exists()

    def _check_floor(self, asked_for_root: bool) -> None:
        now = {role: self._held(role).version for role in ROLES} | {"signers": self._signers()}
        rekeyed = now["root"] > self._versions.get("root", 0) and now["signers"] != self._versions.get("signers")
        # New daily keys, signed for by the officers, begin a new count: TUF's own way out after a key was stolen.
        bound = ("root",) if rekeyed else ROLES
        if any(now[role] < self._versions.get(role, 0) for role in bound):
            raise tuf_errors.BadVersionNumberError("older than seen before")
        self._versions = now | {_ASKED: _clock() if asked_for_root else self._versions.get(_ASKED, 0)}

    def _signers(self) -> int:
        root = read_root((self._folder / "root.json").read_bytes())
        keys = [sorted(root.roles[role].keyids) for role in ROLES[1:]]
        return int.from_bytes(hashlib.sha256(repr(keys).encode()).digest()[:6], "big")

    def _facts(self, name: str) -> TargetFacts:
        facts = self.targets().get(name)
        if facts is None:
            raise NotThere(f"{name} is no longer in {self._source.address}.", _SAFE)
        return facts

    def _changed(self, name: str) -> Refused:
        what = "a pack's index" if layout.tag_of_index(name) else "a paper"
        return Refused(
            f"{self._source.address} sent {what} that is not what the secretary signed.",
            "It was thrown away; what is already on this computer can be read as before.",
            _TELL,
        )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Say what TUF found in a sentence, and forget what was listed."""
        try:
            yield
        except NotThere as error:
            raise self._refused("holds no complete pack repository") from error
        except tuf_errors.UnsignedMetadataError as error:
            raise self._refused("sent something that the body's secretary did not sign") from error
        except tuf_errors.BadVersionNumberError as error:
            raise self._refused("offers an older state than this computer has already seen") from error
        except tuf_errors.LengthOrHashMismatchError as error:
            raise self._refused("sent parts that do not belong together") from error
        except (tuf_errors.RepositoryError, tuf_errors.DownloadError) as error:
            raise self._refused("sent something that is not what was signed") from error

    def _refused(self, why: str) -> Refused:
        return Refused(f"{self._source.address} {why}.", _SAFE, _TELL)


def _clock() -> int:
    return int(time.time())


class _Fetcher(FetcherInterface):
    """Gives TUF its metadata from our source, bounded.

    timestamp: read already. unchanged: it is the one held, so that no root is asked for. asked_for_root: one was.
    """

    def __init__(self, source: RepositorySource, timestamp: bytes | None = None, unchanged: bool = False) -> None:
        self._source, self._timestamp, self._unchanged = source, timestamp, unchanged
        self.asked_for_root = False

    def download_bytes(self, url: str, max_length: int) -> bytes:
        name = url.removeprefix(_BASE)
        if name == _TIMESTAMP and self._timestamp is not None:
            return self._timestamp
        return self._next_root(name, max_length) if name.endswith(".root.json") else self._source.read(name, max_length)

    def _next_root(self, name: str, max_length: int) -> bytes:
        """Raises DownloadHTTPError at the end of the chain of roots, as TUF wants to hear it."""
        if self._unchanged:
            raise tuf_errors.DownloadHTTPError("not asked for", 404)
        self.asked_for_root = True
        try:
            root = self._source.read(name, max_length)
        except NotThere as error:
            raise tuf_errors.DownloadHTTPError(str(error), 404) from error
        self._timestamp = None  # what was read before may be signed by whom this root has dismissed
        return root

    def _fetch(self, url: str) -> Iterator[bytes]:
        yield self.download_bytes(url, layout.MAX_TARGETS)


class _Arrival:
    """An object on its way: its part on the disk and its running hash, begun from what is there already."""

    def __init__(self, part: Path, facts: TargetFacts) -> None:
        self._facts = facts
        self._file = open(part, "a+b")  # noqa: SIM115  # closed by __exit__
        if self._file.tell() > facts.length:
            self._file.truncate(0)
        self._file.seek(0)
        self._digest = hashlib.file_digest(self._file, "sha256")
        self.done = self._file.seek(0, os.SEEK_END)

    def __enter__(self) -> "_Arrival":
        return self

    def __exit__(self, *_: object) -> None:
        with _saving():
            self._file.close()

    @property
    def whole(self) -> bool:
        return self.done >= self._facts.length

    @property
    def holds(self) -> bool:
        return self.done == self._facts.length and self._digest.hexdigest() == self._facts.sha256

    def add(self, piece: bytes) -> None:
        with _saving():
            self._file.write(piece)
        self._digest.update(piece)
        self.done += len(piece)


@contextmanager
def _saving() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = "the disk is full" if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", -1)) else error.strerror
        raise KnownError(
            f"What was fetched could not be saved: {why}.",
            "What is already on this computer can be read as before.",
            "Make room and try again.",
        ) from error
