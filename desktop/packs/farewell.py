"""The last word to a device that was taken off a body's list: it is to destroy what it has."""

import json

from desktop.packs.fields import ID, Malformed, read_fields
from desktop.packs.layout import MAX_INDEX

FORMAT = "despatch-farewell/1"
_LENGTH = 4096


def farewell_to_bytes(tag: str, body_id: str) -> bytes:
    """To be sealed to the device alone; as long as the smallest index, so that its length says nothing."""
    plain = json.dumps({"format": FORMAT, "tag": tag, "body": body_id}).encode()
    return plain + b" " * (-len(plain) % _LENGTH)


def is_farewell(data: bytes, tag: str, body_id: str) -> bool:
    """Whether opened bytes are the body's farewell to the device with this tag; False for anything else."""
    try:
        fields = read_fields(data, MAX_INDEX)
        if not fields.has("format") or fields.text("format", 40) != FORMAT:
            return False
        return fields.text("tag", 32) == tag and fields.text("body", 16, ID) == body_id
    except Malformed:
        return False
