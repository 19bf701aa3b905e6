"""What an expert who has the store's own key could find in it: every page of the database, its log and its free pages,
tables and index of words alike."""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from db.store import NAME


def holding(home: Path, key: bytes, words: bytes) -> list[str]:
    """Where these words lie: each page opened with the key."""
    found = []
    for path in (home / NAME, home / f"{NAME}-wal"):
        data = path.read_bytes()
        log = path.name.endswith("-wal")
        start, step, head = (32, 4096 + 24, 24) if log else (0, 4096, 0)
        for at in range(start, len(data), step):
            page = data[at + head : at + step]
            first = data[at : at + 4] == b"\0\0\0\1" if log else at == 0
            if words in _opened(page, key, first):
                found.append(f"{path.name} at {at}")
    return found


def _opened(page: bytes, key: bytes, first: bool) -> bytes:
    """SQLCipher 4: AES-256-CBC, the IV 80 bytes before the end; the file's first 16 bytes are its salt."""
    body, iv = page[16 if first else 0 : -80], page[-80:-64]
    opening = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return opening.update(body) + opening.finalize()
