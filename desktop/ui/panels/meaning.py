"""What an abbreviation stands for, as a sentence."""

from typing import Protocol

from desktop.papers.acronyms import bare_acronym


class Meaning(Protocol):
    """What the library found of an abbreviation."""

    @property
    def meaning(self) -> str:
        """The words it stands for."""
        ...

    @property
    def said_at(self) -> tuple[str, str]:
        """(printed page, its pack's title where that is another pack, else "")."""
        ...


def say_meaning(word: str, found: Meaning | None) -> str:
    """ "BAF: Board Assurance Framework (page 39)"."""
    acronym = bare_acronym(word)
    if found is None:
        return f"{acronym} is not explained in this pack, nor in an earlier one on this computer."
    label, title = found.said_at
    where = f"page {label} of {title}" if title else f"page {label}"
    return f"{acronym}: {found.meaning} ({where})"
