"""The encrypted database: opened, settled, migrated, and its errors told. The only file that knows the driver."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db import errors, migrations, seals

if TYPE_CHECKING:
    from sqlite_utils import Database

NAME = "despatch.db"
_KEY_LENGTH = 32

# What must hold on every connection, and how SQLite says that it does. temp_store: FILE would write plaintext.
_SETTINGS = (
    ("temp_store", "MEMORY", 2),
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("secure_delete", "ON", 1),
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cache_size", "-32768", -32768),
    ("journal_size_limit", str(1 << 26), 1 << 26),
    ("wal_autocheckpoint", "4000", 4000),  # pages; four times the default takes in a pack a quarter faster
)


class Store:
    """One person's store, for the one thread that opened it. Every table class takes it."""

    def __init__(self, path: Path, connection: Any) -> None:
        """connection: SQLCipher's, keyed."""
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, folder: Path, key: bytes, wait: float = 5.0) -> "Store":
        """Open folder/despatch.db with its raw 32-byte key, making and migrating it as needed.

        wait: seconds to wait for another connection's transaction before Busy is raised.
        Raises WrongKey, DamagedStore, NewerStore, NoRoom, Busy or OutOfReach.
        """
        if len(key) != _KEY_LENGTH:
            raise ValueError("a store's key is 32 bytes")
        path = folder / NAME
        _make_private(path)
        store = cls(path, _connect(path, key, wait))
        try:
            store._settle(key)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Close the connection, folding the write-ahead log into the file. The store is of no use after."""
        self._connection.close()

    @cached_property
    def database(self) -> "Database":
        """sqlite-utils over the connection, for what changes tables. Loading it takes a while: it waits until then."""
        return _wrap(self._connection)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and on the disk when it ends. Inside another it is a part that can fail alone."""
        with self._told():
            if self._connection.in_transaction:
                yield from self._part()
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.rollback()
                raise

    def _part(self) -> Iterator[None]:
        """A name may be used again within: the innermost is meant."""
        self._connection.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:  # a full disk has ended all of it already
                self._connection.execute("ROLLBACK TO part")
                self._connection.execute("RELEASE part")
            raise
        self._connection.execute("RELEASE part")

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Every row of a query."""
        with self._told():
            return list(self._connection.execute(sql, values).fetchall())

    def write(self, sql: str, values: Sequence[object] = ()) -> int:
        """One statement, durable at once unless in a transaction; returns how many rows it touched."""
        with self._told():
            return int(self._connection.execute(sql, values).rowcount)

    def write_each(self, sql: str, values: Iterable[Sequence[object]]) -> int:
        """One statement for each of values, all or nothing; returns how many rows were touched."""
        with self.transaction():
            return int(self._connection.executemany(sql, values).rowcount)

    def fold_log(self) -> bool:
        """Fold the write-ahead log into the file and empty it, so that nothing taken out is left in it; False while
        another connection still reads from it."""
        ((busy, *_),) = self.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        return not busy

    def _settle(self, key: bytes) -> None:
        try:
            self.rows("SELECT count(*) FROM sqlite_master")
        except errors.DamagedStore as refused:
            if seals.some_page_fits(self.path, key):
                raise
            raise errors.wrong_key(self.path) from refused
        for name, value, shown in _SETTINGS:
            self.rows(f"PRAGMA {name}={value}")
            if self.rows(f"PRAGMA {name}") != [(shown,)]:
                raise RuntimeError(f"SQLCipher did not take {name}={value}")
        self._migrate()

    def _migrate(self) -> None:
        known = [step.__name__ for step in migrations.ALL]
        with self._told():
            done = migrations.done(self._connection)
        if strange := [name for name in done if name not in known]:
            raise errors.newer_store(self.path, strange)
        for step in migrations.ALL[len(done) :]:
            with self.transaction():
                if step.__name__ not in migrations.done(self._connection):  # another window may have been quicker
                    migrations.run(self.database, step)

    @contextmanager
    def _told(self) -> Iterator[None]:
        from sqlcipher3.dbapi2 import Error

        try:
            yield
        except Error as error:
            told = errors.of_driver(error, self.path)
            if told is None:
                raise
            raise told from error


def _make_private(path: Path) -> None:
    """The folder 0700 and the file 0600 before SQLite sees them: its log and index files take the file's mode."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        if os.name == "posix":
            path.parent.chmod(0o700)
            path.chmod(0o600)
    except OSError as error:
        raise errors.of_system(error, path) from error


def load_driver() -> None:
    """Load SQLCipher; `Store.open` does if nobody has, but it takes a while."""
    import sqlcipher3  # noqa: F401  (loaded, not used, here)


def _connect(path: Path, key: bytes, wait: float) -> Any:
    import sqlcipher3

    connection = sqlcipher3.connect(str(path), timeout=wait, isolation_level=None, cached_statements=256)
    connection.execute("PRAGMA cipher_log_level=NONE")  # else a wrong key is told on standard error
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    return connection


def _wrap(connection: Any) -> "Database":
    # sqlite_utils takes pysqlite3 for its driver if there is one; its errors and rows must be SQLCipher's.
    import sqlcipher3

    sys.modules["pysqlite3"] = sqlcipher3
    sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2
    from sqlite_utils import Database, utils

    if vars(utils)["sqlite3"] is not sqlcipher3:
        raise RuntimeError("sqlite_utils was imported before db.store gave it its driver")
    return Database(connection, execute_plugins=False)
