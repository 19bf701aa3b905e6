"""`despatch self-test`: whether everything Despatch stands on works on this computer, a line each."""

import secrets
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from desktop.errors import KnownError
from desktop.paths import resource

VOID_CALLS = 20_000  # PySide6 6.12.0 on Python 3.11 aborted after a few thousand


def main() -> int:
    """Run every check; 0 when all of them hold."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="despatch-self-test-") as folder:
        for name, check in CHECKS.items():
            try:
                found = check(Path(folder))
            except (KnownError, OSError, RuntimeError, ImportError, AssertionError) as error:
                failed += 1
                _say(f"FAILED  {name}: {type(error).__name__}: {error}")
            else:
                _say(f"ok      {name}: {found}")
    _say("Everything Despatch needs works here." if not failed else f"{failed} of {len(CHECKS)} checks failed.")
    return 1 if failed else 0


def check_window_library(_: Path) -> str:
    """Qt starts, draws, and survives many calls that return nothing."""
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6 import __version__
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication, QLabel

    application = QApplication.instance() or QApplication(sys.argv[:1])
    subject = QObject()
    for _call in range(VOID_CALLS):
        subject.setObjectName("x")
    label = QLabel("Despatch")
    image = QImage(200, 40, QImage.Format.Format_RGB32)
    label.render(image)
    assert application is not None
    assert not image.isNull()
    return f"PySide6 {__version__}"


def check_resources(_: Path) -> str:
    """What ships with the application is there."""
    for part in ("words.txt", "help", "icons", "sample", "brand"):
        assert resource(part).exists(), f"{part} is missing"
    return "words, help, icons and the sample committee are here"


def check_worker(_: Path) -> str:
    """The worker process starts, makes a page, and draws it."""
    from desktop.pdf.client import PdfClient
    from desktop.pdf.protocol import PageRequest, Source, Urgency

    client = PdfClient("self-test")
    try:
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(client.typeset("<h1>A page of nothing confidential</h1>").result(30))
            file.flush()
            facts = client.open(Source("self-test", Path(file.name))).result(30)
            image = client.draw(PageRequest("self-test", 0, 1.0), Urgency.IN_SIGHT).result(30)
        assert len(facts.pages) == 1
        assert image.width > 500
        locks = client.sandbox_report().result(30)
    finally:
        client.shut_down()
    return f"drew {image.width} × {image.height} pixels; " + ", ".join(f"{k}: {v}" for k, v in sorted(locks.items()))


def check_store(folder: Path) -> str:
    """The encrypted store opens, keeps, and refuses another key."""
    from db.errors import WrongKey
    from db.store import Store

    key = secrets.token_bytes(32)
    store = Store.open(folder / "store", key)
    version = store.rows("PRAGMA cipher_version")[0][0]
    store.close()
    Store.open(folder / "store", key).close()
    try:
        Store.open(folder / "store", secrets.token_bytes(32)).close()
    except WrongKey:
        return f"SQLCipher {version}"
    raise AssertionError("another key opened the store")


def check_vault(folder: Path) -> str:
    """The key is wrapped and unwrapped by passphrase and recovery code."""
    from desktop.vault import Vault, system_keyring

    vault = Vault(folder / "store")
    key, code = vault.create("a passphrase for the self-test", use_keyring=False)
    assert vault.open_with_passphrase("a passphrase for the self-test") == key == vault.open_with_recovery(code)
    ring = system_keyring()
    return "passphrase and recovery code; " + (f"keyring {ring.name}" if ring else "no system keyring here")


def check_sealing(_: Path) -> str:
    """A paper is sealed and opened."""
    from desktop.packs.sealing import new_key, open_sealed, seal

    identity, recipient = new_key()
    paper = secrets.token_bytes(100_000)
    assert open_sealed(seal(paper, recipient), identity) == paper
    return "age"


def check_documents(folder: Path) -> str:
    """A Word document is written: its library brings files of its own."""
    import docx

    document = docx.Document()
    document.add_paragraph("A sheet for the meeting")
    document.save(str(folder / "sheet.docx"))
    assert docx.Document(str(folder / "sheet.docx")).paragraphs[0].text == "A sheet for the meeting"
    return "Word"


def check_buckets(_: Path) -> str:
    """Something is put into an object store in memory, and had back."""
    import obstore
    from obstore.store import MemoryStore

    store, said = MemoryStore(), secrets.token_bytes(64)
    obstore.put(store, "papers/1", said)
    assert bytes(obstore.get(store, "papers/1").bytes()) == said
    return f"obstore {obstore.__version__}"


CHECKS: dict[str, Callable[[Path], str]] = {
    "window library": check_window_library,
    "resources": check_resources,
    "PDF worker": check_worker,
    "store": check_store,
    "vault": check_vault,
    "sealing": check_sealing,
    "documents": check_documents,
    "object stores": check_buckets,
}


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
