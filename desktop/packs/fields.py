"""Reading JSON that may have been made to hurt: every value is checked for type, size and shape."""

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from typing import Any, NoReturn, TypeVar

E = TypeVar("E", bound=Enum)
T = TypeVar("T")

HEX = re.compile(r"[0-9a-f]*")
ID = re.compile(r"[0-9a-f]{16}")
SHA256 = re.compile(r"[0-9a-f]{64}")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d|")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # change the direction of what follows
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")


class Malformed(ValueError):
    """The data is not what it claims to be."""


class Fields:
    """One JSON object whose values are asked for by name; what does not fit raises Malformed."""

    def __init__(self, values: object) -> None:
        if not isinstance(values, dict):
            raise Malformed("not an object")
        self._values: dict[str, Any] = values

    def has(self, name: str) -> bool:
        """Whether there is a value called name: for what only newer files have."""
        return name in self._values

    def raw(self, name: str) -> object:
        """Whatever is called name, None where it is missing: for whoever checks it themselves."""
        return self._values.get(name)

    def text(self, name: str, limit: int = 500, shape: re.Pattern[str] | None = None, lines: bool = False) -> str:
        """The string called name: at most limit characters, matching shape, without control characters."""
        value = self._values.get(name)
        if not isinstance(value, str) or len(value) > limit:
            raise Malformed(name)
        if shape is not None and not shape.fullmatch(value):
            raise Malformed(name)
        if any(hurts(sign) and not (lines and sign == "\n") for sign in value):
            raise Malformed(name)
        return value

    def number(self, name: str, low: int, high: int) -> int:
        """The whole number called name, between low and high."""
        value = self._values.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise Malformed(name)
        return value

    def decimal(self, name: str, low: float, high: float) -> float:
        """The number called name, between low and high."""
        value = self._values.get(name)
        if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
            raise Malformed(name)
        return float(value)

    def flag(self, name: str) -> bool:
        """The true or false called name; false where it is missing."""
        value = self._values.get(name, False)
        if not isinstance(value, bool):
            raise Malformed(name)
        return value

    def choice(self, name: str, kind: type[E]) -> E:
        """The member of kind whose value is called name."""
        value = self._values.get(name)
        for member in kind:
            if member.value == value:
                return member
        raise Malformed(name)

    def day(self, name: str) -> date:
        """The date "2026-01-29" called name."""
        return _parsed(date.fromisoformat, self.text(name, 10, _DATE))

    def instant(self, name: str) -> datetime:
        """The UTC time "2026-01-29T13:30:00Z" called name."""
        return _parsed(datetime.fromisoformat, self.text(name, 30, _INSTANT))

    def inner(self, name: str) -> "Fields":
        """The object called name."""
        return Fields(self._values.get(name))

    def each(self, name: str, limit: int) -> list["Fields"]:
        """The list of objects called name, at most limit long."""
        return [Fields(value) for value in self._list(name, limit)]

    def texts(self, name: str, limit: int) -> list[str]:
        """The list of strings called name, at most limit long."""
        return [Fields({name: value}).text(name) for value in self._list(name, limit)]

    def named(self, name: str, limit: int) -> dict[str, "Fields"]:
        """The object of objects called name, at most limit long."""
        inner = self.inner(name)._values
        if len(inner) > limit:
            raise Malformed(name)
        return {key: Fields(value) for key, value in inner.items()}

    def _list(self, name: str, limit: int) -> list[object]:
        value = self._values.get(name)
        if not isinstance(value, list) or len(value) > limit:
            raise Malformed(name)
        return value


def read_fields(data: bytes, limit: int) -> Fields:
    """The JSON object in data; raises Malformed when it is none, longer than limit bytes, too deep or ambiguous."""
    if len(data) > limit:
        raise Malformed("too long")
    try:
        return Fields(json.loads(data.decode("utf-8"), object_pairs_hook=_once_each, parse_constant=_refuse))
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON") from error


def _parsed(parse: Callable[[str], T], text: str) -> T:
    try:
        return parse(text)
    except ValueError as error:
        raise Malformed(text) from error


def hurts(sign: str) -> bool:
    """Whether a character could steer a terminal, or make a name read as another."""
    return sign in _TURNING or unicodedata.category(sign) in ("Cc", "Cs")


def tidy_name(name: str, limit: int = 200) -> str:
    """A name a person typed, as it can be read back: single blanks, no control characters, at most limit long."""
    return " ".join("".join(" " if hurts(sign) else sign for sign in name).split())[:limit]


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise Malformed("a name twice")
    return values


def _refuse(constant: str) -> NoReturn:
    raise Malformed(constant)


def spell_instant(moment: datetime) -> str:
    """A UTC time as it is written in every file of ours."""
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
