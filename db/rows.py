# ruff: noqa: S608 - names of tables and columns come from our own records, never from outside; values are bound
"""A table whose columns carry the names of a record's fields: what the table families have in common."""

from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Generic, TypeVar

from db.store import Store

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound="DataclassInstance")


class Rows(Generic[R]):
    """Records of one kind in one table, found by their key columns."""

    def __init__(self, store: Store, table: str, record: type[R], keys: tuple[str, ...]) -> None:
        self._store, self._table, self._record, self._keys = store, table, record, keys
        self._flags = tuple(field.type is bool for field in fields(record))
        self._names = tuple(field.name for field in fields(record))
        self._key_is = _all_are(keys)

    def put(self, record: R, keep: Sequence[str] = (), only_if: str = "1") -> None:
        """Insert, or replace every field but the keys and those to keep, where only_if holds of the row there."""
        changed = [f'"{name}" = excluded."{name}"' for name in self._names if name not in (*self._keys, *keep)]
        self._store.write(
            f"INSERT INTO {self._table} ({_listed(self._names)}) VALUES ({', '.join('?' * len(self._names))}) "
            f"ON CONFLICT ({_listed(self._keys)}) DO UPDATE SET {', '.join(changed)} WHERE {only_if}",
            [getattr(record, name) for name in self._names],
        )

    def add(self, record: R) -> None:
        """Insert; raises the driver's IntegrityError where the key is taken."""
        self._store.write(
            f"INSERT INTO {self._table} ({_listed(self._names)}) VALUES ({', '.join('?' * len(self._names))})",
            [getattr(record, name) for name in self._names],
        )

    def get(self, *key: object) -> R | None:
        """The record with this key, or None."""
        found = self.where(self._key_is, key, self._keys[0])
        return found[0] if found else None

    def where(self, condition: str = "1", values: Sequence[object] = (), order: str = "rowid") -> list[R]:
        """Every record for which the condition holds."""
        rows = self._store.rows(
            f"SELECT {_listed(self._names)} FROM {self._table} WHERE {condition} ORDER BY {order}", values
        )
        return [self._made(row) for row in rows]

    def change(self, key: Sequence[object], changes: dict[str, object]) -> bool:
        """Set some fields of the record with this key; False if there is none. Raises TypeError for unknown fields."""
        if strange := set(changes) - set(self._names):
            raise TypeError(f"{self._record.__name__} has no {', '.join(sorted(strange))}")
        if not changes:
            return self.get(*key) is not None
        settings = ", ".join(f'"{name}" = ?' for name in changes)
        touched = self._store.write(
            f"UPDATE {self._table} SET {settings} WHERE {self._key_is}", [*changes.values(), *key]
        )
        return touched > 0

    def remove(self, *key: object) -> bool:
        """Delete the record with this key and all that hangs on it; False if there was none."""
        return self._store.write(f"DELETE FROM {self._table} WHERE {self._key_is}", key) > 0

    def _made(self, row: Sequence[object]) -> R:
        return self._record(*[bool(value) if flag else value for value, flag in zip(row, self._flags, strict=True)])


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _all_are(names: Sequence[str]) -> str:
    return " AND ".join(f'"{name}" = ?' for name in names)
