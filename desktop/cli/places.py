"""Commands about where packs are published to, and how far a publishing has come."""

import argparse
import getpass
import sys
import time
from collections.abc import Callable

from desktop.errors import KnownError


def add_place_commands(command: Callable[..., argparse.ArgumentParser]) -> None:
    """`command` adds one; see `desktop.cli`."""
    made = command("place", _place, "Keep the key to a bucket or a web server that packs are published to.")
    made.add_argument("address", metavar="ADDRESS", help="s3://BUCKET/PATH, az://…, gs://… or https://… (WebDAV)")
    made.add_argument("--forget", action="store_true", help="keep it no longer")
    made.add_argument(
        "--stdin",
        action="store_true",
        help="read NAME=VALUE a line from standard input, after the passphrase if that is too",
    )


def _place(arguments: argparse.Namespace) -> None:
    from desktop.cli import registry_of, say
    from desktop.secretary.places import keep_keys, keys_of, kind_of, open_place

    kind = kind_of(arguments.address)
    if kind is None:
        raise KnownError("A folder needs no key.", "Nothing was changed.")
    with registry_of(arguments) as registry:
        if arguments.forget:
            keep_keys(registry, arguments.address, {})
            say(f"The key to {arguments.address} is forgotten.")
            return
        names = (*kind.needs, *kind.may_have)
        keys = _read(names) if arguments.stdin else _ask(names, kind.needs, kind.secret)
        if absent := [name for name in kind.needs if not keys.get(name)]:
            raise KnownError(f"To write to {kind.words}, give {_listed(absent)}.", "Nothing was changed.")
        before = keys_of(registry, arguments.address) or {}
        keep_keys(registry, arguments.address, keys)
        place = open_place(registry, arguments.address)
        try:
            place.names("metadata")  # tells now whether the key fits, and not when a pack is due
        except KnownError:
            keep_keys(registry, arguments.address, before)
            raise
        finally:
            place.close()
        say(f"The key to {arguments.address} fits. It is kept in your store, sealed, and nowhere else.")


def _read(names: tuple[str, ...]) -> dict[str, str]:
    """A value may go on over lines that hold no name: a service account's key does."""
    keys: dict[str, str] = {}
    last = ""
    for line in sys.stdin.read().splitlines():
        name, equals, value = line.partition("=")
        if equals and name.strip() in names:
            last = name.strip()
            keys[last] = value.strip()
        elif last:
            keys[last] += line.strip()
    return keys


def _ask(names: tuple[str, ...], needed: tuple[str, ...], secret: tuple[str, ...]) -> dict[str, str]:
    keys = {}
    for name in names:
        asked = f"{name.replace('_', ' ').capitalize()}{'' if name in needed else ' (if any)'}: "
        keys[name] = (getpass.getpass(asked) if name in secret else input(asked)).strip()
    return keys


def _listed(names: list[str]) -> str:
    return " and ".join(names)


class Sending:
    """Tells how far a publishing has come, on a terminal: sizes, and the time that is left."""

    def __init__(self) -> None:
        self._began, self._first = time.monotonic(), -1

    def __call__(self, done: int, total: int) -> None:
        """So many bytes of so many are there."""
        if not sys.stderr.isatty() or not total:
            return
        if self._first < 0:
            self._first = done
        spent = time.monotonic() - self._began
        sent = done - self._first
        left = f", about {_span(spent / sent * (total - done))} left" if sent and spent > 2 and done < total else ""
        sys.stderr.write(f"\r{_size(done)} of {_size(total)}{left}        " + ("\n" if done == total else ""))


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e5 else f"{count / 1e3:.0f} kB"


def _span(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
