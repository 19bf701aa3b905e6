"""Making what an attacker, or a secretary gone bad, could make: signed with real keys, and wrong."""

from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

from serving import Answer, Body, Web

from desktop.packs.layout import TargetFacts
from desktop.packs.signed import Metadata, MetaFile, Snapshot, Targets, Timestamp
from desktop.secretary.signing import _signer, sign_state


def endless(web: Web, path: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> bool:
        if handler.path != path:
            return False
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        handler.close_connection = True
        while not web.done.is_set():
            handler.wfile.write(bytes(65536))
        return True

    return answer


def publish_strange(body: Body, more: dict[str, TargetFacts]) -> None:
    """Signed by the real daily key, with targets that ours would never list (TUF's own checks left in place)."""
    body.version += 1
    harmless = {name: TargetFacts(max(facts.length, 1), facts.sha256) for name, facts in more.items()}
    state = sign_state(body.facts() | harmless, body.version, body.daily, datetime.now(UTC))
    targets = Metadata[Targets].from_bytes(state.targets)
    for name, facts in more.items():
        targets.signed.targets[name].length = facts.length
    parts = resigned(body, targets.signed, body.version, body.version)
    for part, role in zip(parts, (f"{body.version}.targets", f"{body.version}.snapshot", "timestamp"), strict=True):
        body.folder.write(f"metadata/{role}.json", part)


def resigned(body: Body, targets: bytes | Targets, of: int, version: int) -> tuple[bytes, bytes, bytes]:
    """targets (version `of`) under a snapshot and timestamp newly signed as `version`."""
    signed = targets if isinstance(targets, bytes) else sign(body, targets)
    listed = {"targets.json": MetaFile.from_data(of, signed, ["sha256"])}
    snapshot = sign(body, Snapshot(version, expires=soon(), meta=listed))
    return signed, snapshot, resigned_timestamp(body, snapshot, version, version)


def resigned_timestamp(body: Body, snapshot: bytes, of: int, version: int) -> bytes:
    return sign(body, Timestamp(version, expires=soon(), snapshot_meta=MetaFile.from_data(of, snapshot, ["sha256"])))


def sign(body: Body, signed: object) -> bytes:
    forged = Metadata(signed)
    forged.sign(_signer(body.daily))
    return forged.to_bytes()


def soon() -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=30)
