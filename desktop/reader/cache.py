"""A store bounded by bytes that forgets what was used longest ago."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class ByteCache(Generic[K, V]):
    """Keeps values up to a number of bytes. What is pinned stays, even beyond it: it is in sight."""

    def __init__(self, limit: int, size_of: Callable[[V], int]) -> None:
        self._limit, self._size_of = limit, size_of
        self._values: OrderedDict[K, V] = OrderedDict()
        self.bytes = 0

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: K) -> V | None:
        """The value, now the one used last; None if it is not here."""
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: K, value: V, pinned: Collection[K] = ()) -> list[K]:
        """Keep a value, and return the keys of those that had to go for it."""
        self.drop(key)
        self._values[key] = value
        self.bytes += self._size_of(value)
        return self._make_room(key, pinned)

    def drop(self, key: K) -> None:
        """Forget one value, if it is here."""
        value = self._values.pop(key, None)
        if value is not None:
            self.bytes -= self._size_of(value)

    def drop_where(self, unwanted: Callable[[K], bool]) -> None:
        """Forget every value whose key is unwanted."""
        for key in [key for key in self._values if unwanted(key)]:
            self.drop(key)

    def clear(self) -> None:
        """Forget everything."""
        self._values.clear()
        self.bytes = 0

    def _make_room(self, newest: K, pinned: Collection[K]) -> list[K]:
        gone: list[K] = []
        for key in list(self._values):
            if self.bytes <= self._limit:
                break
            if key != newest and key not in pinned:
                self.drop(key)
                gone.append(key)
        return gone
