"""Who sees a note, in words."""

from collections.abc import Mapping

from desktop.annotations.entries import EVERYBODY, Sharing
from desktop.ui.kit.words import say_list

PRIVATE_WORDS = "Private to you"
_MOST = 3  # names said one by one


def say_seen(sharing: Sharing, names: Mapping[str, str], me: str = "") -> str:
    """ "Seen by John Roe and Mary Poe" of one's own; "From Jane Doe, to you and Mary Poe" of another's."""
    if sharing.by:
        others = _others(sharing, names, me)
        ended = f". {say_ended(sharing)}" if sharing.ended else ""
        return f"From {sharing.name}, to {others}{ended}"
    if not sharing.to:
        return PRIVATE_WORDS
    return "Seen by everybody" if EVERYBODY in sharing.to else f"Seen by {_listed(_named(sharing, names))}"


def say_ended(sharing: Sharing) -> str:
    """That a note of another is not at its author's any more."""
    return f"Destroyed at {sharing.name}’s under the body’s rule"


def _others(sharing: Sharing, names: Mapping[str, str], me: str) -> str:
    if EVERYBODY in sharing.to:
        return "everybody"
    rest = [names.get(person, "somebody who left") for person in sharing.to if person != me]
    return _listed(["you", *sorted(rest)])


def _named(sharing: Sharing, names: Mapping[str, str]) -> list[str]:
    return sorted(names.get(person, "somebody who left") for person in sharing.to)


def _listed(names: list[str]) -> str:
    if len(names) <= _MOST:
        return say_list(names)
    return f"{', '.join(names[: _MOST - 1])} and {len(names) - _MOST + 1} others"


def emblem_of(sharing: Sharing) -> str:
    """The icon that says the same: a lock on what only I can see."""
    if sharing.by:
        return "user"
    return "users" if sharing.to else "lock"


def initials(name: str) -> str:
    """ "JD" of Jane Doe: who wrote what stands in a margin."""
    parts = [part for part in name.split() if part[:1].isalnum()]
    return "".join(part[0].upper() for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)) or "?"
