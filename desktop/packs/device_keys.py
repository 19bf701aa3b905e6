"""The keys by which a member's device signs what it sends to other members. Ed25519, as `cryptography` has it."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SIGNING = re.compile(r"[0-9a-f]{64}|")  # a public key, "" where a device has none
SIGNATURE = re.compile(r"[0-9a-f]{128}")


def new_device_key() -> str:
    """A new private key: 64 hex digits."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes_raw().hex()


def public_half(private: str) -> str:
    """The key that others check signatures with, 64 hex digits; "" of none."""
    return _key(private).public_key().public_bytes_raw().hex() if private else ""


def sign(data: bytes, private: str) -> str:
    """The signature of data, 128 hex digits."""
    return _key(private).sign(data).hex()


def holds(signature: str, data: bytes, public: str) -> bool:
    """Whether the holder of a public key signed exactly this; never for a device without a key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if not public:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _key(private: str) -> "Ed25519PrivateKey":
    # Imported late, for the window's sake.
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private))
