"""Invitations, join requests and sealed files that were made to hurt."""

import json
import os
from datetime import UTC, datetime

import pytest

from desktop.errors import KnownError
from desktop.packs.invitation import Invitation, JoinRequest
from desktop.packs.pack import Body
from desktop.packs.sealing import CannotOpen, new_key, open_sealed, seal
from desktop.packs.signed import Metadata, Root, check_root
from desktop.secretary.signing import add_signature, make_root, new_signing_key, public_key


def signed_root() -> bytes:
    officer, daily = new_signing_key(), new_signing_key()
    root = make_root([public_key(officer)], 1, [public_key(daily)], datetime.now(UTC))
    add_signature(root, officer)
    return root.to_bytes()


ROOT = signed_root()


class TestFlippedBytes:
    def test_anywhere_in_a_sealed_file(self) -> None:
        identity, recipient = new_key()
        sealed = seal(b"private", recipient)
        for at in range(len(sealed)):
            with pytest.raises(CannotOpen):
                open_sealed(sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], identity)

    def test_anywhere_in_the_invitations_root(self) -> None:
        root = json.dumps(json.loads(ROOT), separators=(",", ":")).encode()
        check_root(root)
        accepted = 0
        for at in range(0, len(root), 7):
            changed = root[:at] + bytes([root[at] ^ 1]) + root[at + 1 :]
            try:
                check_root(changed)
            except KnownError:
                continue
            accepted += 1
            # A flip in a name TUF does not read (or in a signature not needed) changes nothing that is signed.
            assert Metadata[Root].from_bytes(changed).signed == Metadata[Root].from_bytes(root).signed
        assert accepted < 5


class TestHostileInvitation:
    def good(self) -> dict[str, object]:
        _, recipient = new_key()
        invitation = Invitation(Body("a" * 16, "Board", "Trust"), "/x", ROOT, recipient, "0" * 32, "Jane")
        assert Invitation.from_bytes(invitation.to_bytes()) == invitation
        return json.loads(invitation.to_bytes())

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("body", None),
            ("body", {"id": "../../etc/passwd", "name": "x", "organisation": ""}),
            ("body", {"id": "a" * 16, "name": "x\x1b[2J", "organisation": ""}),
            ("body", {"id": "a" * 16, "name": "x" * 5000, "organisation": ""}),
            ("body", {"id": "a" * 16, "name": "Board \u202egnitidua", "organisation": ""}),
            ("secretary", "age1nonsense"),
            ("secretary", ["age1"]),
            ("secret", "0" * 31),
            ("repository", 7),
            ("root", "\ud800"),
            ("root", None),
            ("format", "something/1"),
        ],
    )
    def test_fields_that_may_not_be(self, name: str, value: object) -> None:
        with pytest.raises(KnownError, match="not an invitation"):
            Invitation.from_bytes(json.dumps(self.good() | {name: value}).encode())

    @pytest.mark.parametrize(
        "data", [b"", b"null", b"[" * 200_000, b"\xff", b'{"format":NaN}', b" " * 300_000, b'{"a":1,"a":2}']
    )
    def test_files_that_are_none(self, data: bytes) -> None:
        with pytest.raises(KnownError, match="not an invitation"):
            Invitation.from_bytes(data)

    def test_a_newer_one_is_told_apart(self) -> None:
        with pytest.raises(KnownError, match="newer Despatch"):
            Invitation.from_bytes(json.dumps(self.good() | {"format": "despatch-invitation/2"}).encode())

    @pytest.mark.parametrize("root", ["", "{}", '{"signed": {}}', "not json"])
    def test_a_root_that_does_not_hold(self, root: str) -> None:
        with pytest.raises(KnownError, match="do not hold"):
            check_root(root.encode())

    def test_a_join_request_that_is_nonsense(self) -> None:
        identity, recipient = new_key()
        for plain in (b"", b"{}", b"[" * 50_000, b'{"format":"despatch-request/1","body":7}'):
            with pytest.raises(KnownError, match="not a join request"):
                JoinRequest.from_sealed(seal(plain, recipient), identity)
        with pytest.raises(KnownError):
            JoinRequest.from_sealed(os.urandom(5000), identity)
