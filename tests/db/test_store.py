"""Opening, settling and losing the store: what is refused, what is told, what survives."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import ProgrammingError

from db.bodies import Bodies
from db.errors import Busy, DamagedStore, NoRoom, OutOfReach, StoreError, WrongKey
from db.places import Settings
from db.store import NAME, Store
from tests.db.conftest import BODY, KEY

ROOT = Path(__file__).resolve().parents[2]


def fill(folder: Path, rows: int = 300) -> None:
    store = Store.open(folder, KEY)
    settings = Settings(store)
    with store.transaction():
        for row in range(rows):
            settings.set(f"name {row}", "value " * 200)
    store.close()


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 0x40
    path.write_bytes(data)


def test_what_was_put_is_there_again(folder: Path) -> None:
    store = Store.open(folder, KEY)
    Bodies(store).add(BODY)
    store.close()
    store = Store.open(folder, KEY)
    assert Bodies(store).get("body1") == BODY
    store.close()


@pytest.mark.parametrize(
    ("setting", "shown"),
    [("temp_store", 2), ("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1)],
)
def test_each_connection_is_settled(store: Store, setting: str, shown: object) -> None:
    assert store.rows(f"PRAGMA {setting}") == [(shown,)]


def test_the_index_forgets_deleted_words(store: Store) -> None:
    assert store.rows("SELECT v FROM finding_config WHERE k = 'secure-delete'") == [(1,)]


def test_sqlite_utils_speaks_through_sqlcipher(store: Store) -> None:
    assert store.rows("PRAGMA cipher_version")
    assert store.database.table("bodies").count == 0


def test_a_short_key_is_a_mistake_of_ours(folder: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Store.open(folder, b"short")


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_nobody_else_can_look_in(folder: Path) -> None:
    before = os.umask(0)
    try:
        store = Store.open(folder, KEY)
        Settings(store).set("a", "b")
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
        assert (folder / f"{NAME}-wal").exists()
        store.close()
    finally:
        os.umask(before)


def test_another_key_is_refused_and_nothing_is_said_aloud(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    fill(folder)
    before = (folder / NAME).read_bytes()
    with pytest.raises(WrongKey) as told:
        Store.open(folder, b"x" * 32)
    assert str(folder / NAME) in told.value.what
    assert told.value.safe
    assert told.value.do
    assert (folder / NAME).read_bytes() == before
    assert capfd.readouterr().err == ""
    Store.open(folder, KEY).close()


def test_a_damaged_beginning_is_not_taken_for_a_wrong_key(folder: Path) -> None:
    fill(folder)
    flip(folder / NAME, 200)
    with pytest.raises(DamagedStore, match=NAME):
        Store.open(folder, KEY)


@pytest.mark.parametrize("part", [0.0, 0.001, 0.1, 0.3, 0.5, 0.7, 0.9, 0.9999])
def test_no_flipped_byte_is_ever_read_as_if_it_were_true(folder: Path, part: float) -> None:
    fill(folder)
    path = folder / NAME
    flip(path, int(part * (path.stat().st_size - 1)))
    with pytest.raises((DamagedStore, WrongKey)):
        read_everything(folder)


def read_everything(folder: Path) -> None:
    store = Store.open(folder, KEY)
    try:
        assert store.rows("SELECT count(DISTINCT value) FROM settings") == [(1,)]
        told = store.rows("PRAGMA cipher_integrity_check")
        if told:  # a page that holds nothing now: SQLite does not read it, the check does
            raise DamagedStore(str(told))
    finally:
        store.close()


@pytest.mark.parametrize("length", [10, 1000, 4096, 5000, 4096 * 20])
def test_a_cut_file_is_told_as_damage(folder: Path, length: int) -> None:
    fill(folder)
    path = folder / NAME
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises((DamagedStore, WrongKey)):
        read_everything(folder)


def test_something_else_under_its_name_is_told(folder: Path) -> None:
    folder.mkdir()
    (folder / NAME).write_bytes(b"SQLite format 3\0" + b"\0" * 8176)
    with pytest.raises(StoreError, match=NAME):
        Store.open(folder, KEY)


def test_a_folder_in_its_place_is_told(folder: Path) -> None:
    (folder / NAME).mkdir(parents=True)
    with pytest.raises(OutOfReach, match=NAME):
        Store.open(folder, KEY)


def write_both(store: Store, large: str) -> None:
    with store.transaction():
        Settings(store).set("in between", "x")
        Settings(store).set("large", large)


def test_a_full_disk_loses_nothing(store: Store) -> None:
    settings = Settings(store)
    settings.set("before", "kept")
    pages = store.rows("PRAGMA page_count")[0][0]
    store.rows(f"PRAGMA max_page_count={pages + 2}")
    with pytest.raises(NoRoom, match=NAME):
        write_both(store, "x" * 100_000)
    assert settings.get("before") == "kept"
    assert settings.get("in between") == ""
    store.rows("PRAGMA max_page_count=1000000")
    settings.set("after", "kept too")
    assert settings.get("after") == "kept too"


def test_a_store_in_use_is_told(folder: Path, store: Store) -> None:
    other = Store.open(folder, KEY, wait=0)
    with store.transaction():
        Settings(store).set("a", "b")
        with pytest.raises(Busy, match=NAME):
            Settings(other).set("a", "c")
    assert Settings(other).get("a") == "b"
    other.close()


def break_off(store: Store, name: str) -> None:
    with store.transaction():
        Settings(store).set(name, "1")
        raise LookupError


def test_a_part_can_fail_alone(store: Store) -> None:
    settings = Settings(store)
    with store.transaction():
        settings.set("whole", "1")
        with pytest.raises(LookupError):
            break_off(store, "part")
    assert (settings.get("whole"), settings.get("part")) == ("1", "")


def test_all_or_nothing(store: Store) -> None:
    with pytest.raises(LookupError):
        break_off(store, "whole")
    assert Settings(store).get("whole") == ""


def test_another_thread_is_refused(store: Store) -> None:
    refused: list[str] = []

    def look() -> None:
        try:
            store.rows("SELECT 1")
        except ProgrammingError as error:
            refused.append(type(error).__name__)

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert refused == ["ProgrammingError"]


WRITER = """
import sys
from pathlib import Path
from db.places import Settings
from db.store import Store
settings = Settings(Store.open(Path(sys.argv[1]), bytes(range(32))))
for number in range(100000):
    settings.set(str(number), "x" * 500)
    print(number, flush=True)
"""


def test_what_was_committed_survives_a_kill(folder: Path) -> None:
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert writer.stdout
    said = [int(writer.stdout.readline()) for _ in range(200)][-1]
    writer.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    said = max([said, *map(int, writer.stdout.read().split("\n")[:-1])])
    writer.wait()
    writer.stdout.close()
    store = Store.open(folder, KEY)
    assert all(Settings(store).get(str(number)) == "x" * 500 for number in range(said + 1))
    assert store.rows("PRAGMA integrity_check") == [("ok",)]
    store.close()
