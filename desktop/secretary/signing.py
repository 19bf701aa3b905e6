"""Signing a body's repository: the officers' root, and the daily keys' targets, snapshot and timestamp."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from securesystemslib.signer import CryptoSigner  # type: ignore[attr-defined]  # public, only not marked as such

from desktop.packs.layout import TargetFacts
from desktop.packs.signed import Key, Metadata, MetaFile, Role, Root, Snapshot, TargetFile, Targets, Timestamp

ROOT_LIFE = timedelta(days=730)
STATE_LIFE = timedelta(days=90)


@dataclass(frozen=True)
class SignedState:
    """Three pieces of metadata that belong together, ready to be put in place; timestamp last."""

    version: int
    targets: bytes
    snapshot: bytes
    timestamp: bytes


def new_signing_key() -> str:
    """A new Ed25519 private key as PEM text."""
    return CryptoSigner.generate_ed25519().private_bytes.decode()


def public_key(pem: str) -> Key:
    """The public half of a signing key, as root metadata lists it."""
    return _signer(pem).public_key


def make_root(
    officers: Sequence[Key], threshold: int, daily: Sequence[Key], now: datetime, version: int = 1
) -> Metadata[Root]:
    """Unsigned root metadata: `threshold` of the officers' keys sign for root, any one daily key for all the rest.

    A new version replaces who may sign; it must be signed by the old threshold and the new one.
    """
    root = Root(version, expires=_later(now, ROOT_LIFE), consistent_snapshot=True)
    root.roles[Root.type] = Role([], threshold)
    for key in officers:
        root.add_key(key, Root.type)
    for role in (Targets.type, Snapshot.type, Timestamp.type):
        for key in daily:
            root.add_key(key, role)
    return Metadata(root)


def add_signature(root: Metadata[Root], pem: str) -> None:
    """Sign root metadata with one more officer's key."""
    root.sign(_signer(pem), append=True)


def sign_state(targets: Mapping[str, TargetFacts], version: int, pem: str, now: datetime) -> SignedState:
    """Sign a whole state with a daily key; its three parts share one version."""
    signer, expires = _signer(pem), _later(now, STATE_LIFE)
    files = {name: _listed(name, facts) for name, facts in targets.items()}
    signed_targets = _signed(Metadata(Targets(version, expires=expires, targets=files)), signer)
    listed = {"targets.json": MetaFile.from_data(version, signed_targets, ["sha256"])}
    signed_snapshot = _signed(Metadata(Snapshot(version, expires=expires, meta=listed)), signer)
    snapshot_facts = MetaFile.from_data(version, signed_snapshot, ["sha256"])
    timestamp = _signed(Metadata(Timestamp(version, expires=expires, snapshot_meta=snapshot_facts)), signer)
    return SignedState(version, signed_targets, signed_snapshot, timestamp)


def _listed(name: str, facts: TargetFacts) -> TargetFile:
    more = {"custom": {"for": facts.readers}} if facts.readers else {}
    return TargetFile(facts.length, {"sha256": facts.sha256}, name, more)


def _signed(metadata: Metadata, signer: CryptoSigner) -> bytes:  # type: ignore[type-arg]
    metadata.sign(signer)
    return metadata.to_bytes()


def _signer(pem: str) -> CryptoSigner:
    key = load_pem_private_key(pem.encode(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("a signing key that is not Ed25519")
    return CryptoSigner(key)


def _later(now: datetime, life: timedelta) -> datetime:
    return (now + life).replace(microsecond=0)
