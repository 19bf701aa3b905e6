"""Reading a table that a secretary wrote by hand: every mistake is noted in a sentence, and reading goes on."""

import difflib
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import TypeVar

from desktop.packs.fields import hurts

E = TypeVar("E", bound=Enum)

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


class Table:
    """One table of pack.toml. where: what it is called in sentences. What is wrong goes to problems."""

    def __init__(self, values: object, where: str, problems: list[str]) -> None:
        self._where, self._problems = where, problems
        self._values: Mapping[str, object] = values if isinstance(values, dict) else {}
        self._asked: set[str] = set()
        if not isinstance(values, dict):
            problems.append(f"{where} should be a table.")

    def name(self, where: str) -> None:
        """Call this table something better from now on."""
        self._where = where

    def wrong(self, words: str) -> None:
        """Note a mistake in this table."""
        self._problems.append(f"{self._where}: {words}")

    def text(self, key: str, needed: bool = False, limit: int = 500, lines: bool = False, tidy: bool = True) -> str:
        """The text at key, tidied unless it must stay as it is; "" where it is missing or wrong."""
        value = self._get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None:
            value = ""
        if not isinstance(value, str):
            self.wrong(f"{key} should be text in quotation marks.")
            return ""
        text = _tidy(value, lines) if tidy else value
        if needed and not text:
            self.wrong(f"{key} is missing.")
        if len(text) > limit:
            self.wrong(f"{key} is longer than {limit} characters.")
        return text[:limit]

    def choice(self, key: str, kind: type[E], default: E) -> E:
        """The choice at key."""
        text = self.text(key).casefold()
        for member in kind:
            if text == member.value and text:
                return member
        if text:
            names = ", ".join(f'"{member.value}"' for member in kind if member.value)
            self.wrong(f'{key} is "{text}" but should be one of {names}.')
        return default

    def flag(self, key: str, default: bool) -> bool:
        """The true or false at key."""
        value = self._get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.wrong(f"{key} should be true or false, without quotation marks.")
            return default
        return value

    def count(self, key: str, most: int) -> int:
        """The whole number at key, 0 where it is missing or wrong."""
        value = self._get(key)
        if value is None:
            return 0
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            self.wrong(f"{key} should be a whole number up to {most}, without quotation marks.")
            return 0
        return value

    def day(self, key: str) -> date:
        """The date at key, written 2026-01-29 with or without quotation marks."""
        value = self._get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            self.wrong(f"{key} should be a date such as 2026-01-29.")
            return date(2000, 1, 1)

    def moment(self, key: str) -> datetime | None:
        """The time at key (UTC), written "2026-01-29 09:00" as the clock of this computer shows it; None for none."""
        value = self._get(key)
        if value in (None, ""):
            return None
        try:
            found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip())
        except ValueError:
            self.wrong(f'{key} should be a day and a time such as "2026-01-29 09:00".')
            return None
        return found.astimezone(UTC).replace(microsecond=0)

    def has(self, key: str) -> bool:
        """Whether anything stands at key."""
        return self._get(key) not in (None, "")

    def clock(self, key: str) -> str:
        """The time of day at key as "13:30", or ""."""
        value = self._get(key)
        if isinstance(value, time):
            return value.strftime("%H:%M")
        if value in (None, ""):
            return ""
        found = _CLOCK.fullmatch(str(value).strip())
        if not found:
            self.wrong(f'{key} should be a time such as "13:30".')
            return ""
        return f"{int(found[1]):02d}:{found[2]}"

    def names(self, key: str) -> tuple[str, ...]:
        """The list of names at key."""
        value = self._get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            self.wrong(f'{key} should be a list of names such as ["Jane Doe"].')
            return ()
        return tuple(_tidy(name, False) for name in value)

    def inner(self, key: str, needed: bool = True) -> "Table":
        """The table at key."""
        value = self._get(key)
        if value is None:
            if needed:
                self._problems.append(f"[{key}] is missing.")
            value = {}
        return Table(value, f"[{key}]", self._problems)

    def each(self, key: str) -> list["Table"]:
        """The tables written [[key]]."""
        value = self._get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self._problems.append(f"[[{key}]] needs two brackets on each side.")
            return []
        return [Table(entry, f"[[{key}]] no. {number}", self._problems) for number, entry in enumerate(value, 1)]

    def end(self) -> None:
        """Note every key that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                near = difflib.get_close_matches(key, sorted(self._asked), 1)
                self.wrong(f'there is no field called "{key}"' + (f'; did you mean "{near[0]}"?' if near else "."))

    def _get(self, key: str) -> object:
        self._asked.add(key)
        return self._values.get(key)


def _tidy(text: str, lines: bool) -> str:
    """Without control characters, and with single blanks; lines are kept where they may be."""
    kept = "".join(sign if sign in "\n\t" or not hurts(sign) else " " for sign in text)
    rows = [" ".join(row.split()) for row in kept.split("\n")] if lines else [" ".join(kept.split())]
    return "\n".join(rows).strip()
