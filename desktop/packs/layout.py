"""Where things lie in a repository, what they may be called, and how large they may be."""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

METADATA, TARGETS, REQUESTS = "metadata", "targets", "requests"
OUTBOX = f"{TARGETS}/out"  # what members send each other: a folder for each device it is for

KIB, MIB = 1024, 1024 * 1024
MAX_ROOT, MAX_TIMESTAMP, MAX_SNAPSHOT, MAX_TARGETS = 512 * KIB, 16 * KIB, 256 * KIB, 16 * MIB
MAX_LETTER, MAX_LETTERS = 4 * MIB, 64 * MIB  # notes to one device, and a file of notes to several
MAX_INDEX, MAX_PAPER, MAX_REQUEST, MAX_INVITATION = 4 * MIB, 2048 * MIB, 64 * KIB, 256 * KIB

BLOB = re.compile(r"blob/[0-9a-f]{32}\.age")
INDEX = re.compile(r"idx/([0-9a-f]{32})-[0-9a-f]{16}\.age")
REQUEST = re.compile(r"requests/[0-9a-f]{32}\.age")
LETTER = re.compile(r"targets/out/([0-9a-f]{32})/[0-9a-f]{32}\.age")
STORED = re.compile(r"targets/(blob|idx)/[0-9a-f]{64}\.[0-9a-f]{32}(-[0-9a-f]{16})?\.age")

# A part starts with a letter or digit, so neither ".." nor a hidden file is ever a name.
_PART = r"[a-z0-9][a-z0-9.-]{0,127}"
_SAME = 6  # hex digits of a tag
SHA256 = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(rf"{_PART}(/{_PART}){{0,3}}")


def is_name(name: str) -> bool:
    """Whether name is one an object of a repository may have: opaque, relative, and the same on every system."""
    return _NAME.fullmatch(name) is not None


def new_blob_name() -> str:
    """A name for one sealed paper version; says nothing of it."""
    return f"blob/{secrets.token_hex(16)}.age"


def new_index_name(tag: str) -> str:
    """A name for one index of the device with this tag; random, so that one device has as many as it has packs."""
    return f"idx/{tag}-{secrets.token_hex(8)}.age"


def new_request_name() -> str:
    """A name for one join request."""
    return f"{REQUESTS}/{secrets.token_hex(16)}.age"


def outbox_of(tag: str) -> str:
    """Where a device finds what members send it."""
    return f"{OUTBOX}/{tag}"


def letter_name(tag: str, sealed: bytes) -> str:
    """A name for notes sealed to a device; says nothing of them, and is another for other notes."""
    return f"{outbox_of(tag)}/{hashlib.sha256(sealed).hexdigest()[:32]}.age"


def tag_of_index(name: str) -> str:
    """The tag of the device an index is for, "" where name is no index."""
    found = INDEX.fullmatch(name)
    return found[1] if found else ""


def stored_at(target: str, sha256: str) -> str:
    """Where the target with this hash lies in the repository (TUF's consistent snapshots)."""
    folder, _, base = target.rpartition("/")
    return f"{TARGETS}/{folder}/{sha256}.{base}"


def target_at(stored: str) -> str:
    """The target name of an object stored by `stored_at`, "" where it is none."""
    if not STORED.fullmatch(stored):
        return ""
    _, folder, base = stored.split("/")
    return f"{folder}/{base.partition('.')[2]}"


def size_limit(target: str) -> int:
    """The most bytes a target of this name may have."""
    return MAX_INDEX if INDEX.fullmatch(target) else MAX_PAPER


@dataclass(frozen=True)
class TargetFacts:
    """What the signed metadata says of an object: its length in bytes and its SHA-256 in hex.

    readers: of an index that several devices share, the beginnings of their tags (see `readers_of`); "" of any other.
    """

    length: int
    sha256: str
    readers: str = ""


def readers_of(tags: Iterable[str]) -> str:
    """Whom a shared index is for: three bytes of each tag. Two of a thousand devices may look alike once in a hundred
    bodies; the wrong one then fetches what it cannot open."""
    return base64.b64encode(b"".join(sorted(bytes.fromhex(tag[:_SAME]) for tag in tags))).decode()


def is_for(name: str, facts: TargetFacts, tag: str) -> bool:
    """Whether an object is an index for the device with this tag, its own or one it shares."""
    if not facts.readers:
        return tag_of_index(name) == tag
    try:
        starts = base64.b64decode(facts.readers, validate=True)
    except ValueError:
        return False
    mine, width = bytes.fromhex(tag[:_SAME]), _SAME // 2
    shared = any(starts[at : at + width] == mine for at in range(0, len(starts), width))
    return bool(tag_of_index(name)) and shared
