"""The two small files of joining: the secretary's invitation, and the device's sealed answer."""

import json
import re
from dataclasses import dataclass, field

from desktop.errors import KnownError
from desktop.packs.device_keys import SIGNING
from desktop.packs.fields import ID, Malformed, read_fields
from desktop.packs.index import body_of, check_format
from desktop.packs.layout import MAX_INVITATION, MAX_REQUEST
from desktop.packs.pack import Body
from desktop.packs.sealing import RECIPIENT, open_sealed, phrase_of, seal

INVITATION_FORMAT = "despatch-invitation/1"
REQUEST_FORMAT = "despatch-request/1"
INVITATION_ENDING, REQUEST_ENDING = ".despatch", ".despatch-request"

_SECRET = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Invitation:
    """What opens a body to one device. root: TUF metadata. secretary: age recipient. secret: good for one device."""

    body: Body
    repository: str
    root: bytes
    secretary: str
    secret: str = field(repr=False)
    member: str = ""

    def to_bytes(self) -> bytes:
        """The file that is sent to the member."""
        facts = {
            "format": INVITATION_FORMAT,
            "body": {"id": self.body.id, "name": self.body.name, "organisation": self.body.organisation},
            "member": self.member,
            "repository": self.repository,
            "secretary": self.secretary,
            "secret": self.secret,
            "root": self.root.decode("utf-8"),
        }
        return json.dumps(facts, ensure_ascii=False, indent=1).encode() + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes) -> "Invitation":
        """Read an invitation, trusting nothing in it; raises KnownError. Joining checks the root's signatures."""
        try:
            fields = read_fields(data, MAX_INVITATION)
            check_format(fields, INVITATION_FORMAT, "This invitation")
            return cls(
                body_of(fields.inner("body")),
                fields.text("repository", 1000),
                fields.text("root", MAX_INVITATION, lines=True).encode(),
                fields.text("secretary", 62, RECIPIENT),
                fields.text("secret", 32, _SECRET),
                fields.text("member", 200),
            )
        except Malformed as error:
            raise KnownError(
                "This file is not an invitation that Despatch can use.",
                "Nothing was changed.",
                "Ask the secretary to send the invitation again as a file.",
            ) from error


@dataclass(frozen=True)
class JoinRequest:
    """A device's answer to an invitation; sealed to the secretary. signing: the public key by which it signs notes it
    shares, "" where it was made before it could."""

    body_id: str
    member: str
    device: str
    recipient: str
    secret: str = field(repr=False)
    signing: str = ""

    def phrase(self, secretary: str) -> str:
        """The five words that vouch for the device's keys to the secretary of this recipient."""
        return phrase_of(self.recipient, self.body_id, secretary, *filter(None, [self.signing]))

    def to_sealed(self, secretary: str) -> bytes:
        """The request, sealed to the secretary's recipient; padded so that its length says nothing of the names."""
        facts = {
            "format": REQUEST_FORMAT,
            "body": self.body_id,
            "member": self.member,
            "device": self.device,
            "recipient": self.recipient,
            "secret": self.secret,
            "signing": self.signing,
        }
        plain = json.dumps(facts, ensure_ascii=False).encode()
        return seal(plain + b" " * (-len(plain) % 2048), secretary)

    @classmethod
    def from_sealed(cls, sealed: bytes, identity: str) -> "JoinRequest":
        """Open and read a request, trusting nothing in it; raises KnownError."""
        try:
            if len(sealed) > MAX_REQUEST:
                raise Malformed("too long")
            fields = read_fields(open_sealed(sealed, identity), MAX_REQUEST)
            check_format(fields, REQUEST_FORMAT, "This join request")
            return cls(
                fields.text("body", 16, ID),
                fields.text("member", 200),
                fields.text("device", 200),
                fields.text("recipient", 62, RECIPIENT),
                fields.text("secret", 32, _SECRET),
                fields.text("signing", 64, SIGNING) if fields.has("signing") else "",
            )
        except Malformed as error:
            raise KnownError(
                "This file is not a join request that Despatch can use.", "Nothing was changed."
            ) from error
