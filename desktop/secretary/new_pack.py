"""A first pack.toml from nothing but file names: numbers become items, words become kinds."""

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.errors import KnownError
from desktop.packs.pack import PaperKind
from desktop.papers.days import dates_in, first_date
from desktop.secretary.plan import NAME

_HYPHENED = re.compile(r"[-_. ]+")
_NUMBER = re.compile(r"(?:item|agenda item)?[ _-]*(\d{1,3}(?:\.\d{1,3})*)([a-z]?)(?=[^a-z\d]|$)[ ._)-]*", re.IGNORECASE)
_KINDS = (
    (PaperKind.ACTION_LOG, re.compile(r"\baction (log|sheet|tracker)s?\b|\bmatters arising\b")),
    (PaperKind.AGENDA, re.compile(r"\bagenda\b")),
    (PaperKind.MINUTES, re.compile(r"\bminutes?\b")),
    (
        PaperKind.ASSURANCE,
        re.compile(
            r"\bbaf\b|\bassurance\b|\brisk register\b|\bcrr\b|\baaa\b|\balert advise assure\b|\bupward report\b"
        ),
    ),
    (PaperKind.APPENDIX, re.compile(r"\bappendix\b|\bannex\b|\benclosure\b")),
)
_PRIVATE = re.compile(r"\b(private|confidential|part (2|ii|b))\b", re.IGNORECASE)


@dataclass(frozen=True)
class Guess:
    """What a file's name says. number: of its agenda item, "" if it names none."""

    file: str
    number: str
    title: str
    kind: PaperKind


def new_pack(folder: Path, body: str = "") -> Path:
    """Write folder/pack.toml from the PDFs lying there; returns its path. Never writes over one that is there."""
    path = folder / NAME
    try:
        files = [each.name for each in folder.iterdir() if each.suffix.lower() == ".pdf"]
        guesses = sorted(map(guess_of, files), key=_by_number)
        text = _template(folder.absolute().name, body, _numbered(guesses))
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise KnownError(
            f"There is a {NAME} in {folder} already.", "It was left as it is.", "Edit it, or move it away first."
        ) from error
    except OSError as error:
        raise KnownError(f"{NAME} could not be written in {folder}: {error.strerror}.") from error
    return path


def _by_number(guess: Guess) -> tuple[bool, list[int], list[tuple[int, str]]]:
    """By item, 2 before 10 and 3.2 after 3; then by name, counting likewise; files without a number last."""
    name = [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", guess.file.casefold())]
    return not guess.number, [int(part) for part in guess.number.split(".") if part], name


def guess_of(name: str) -> Guess:
    """What the name of a file says: "07 Finance report.pdf" is a report for item 7."""
    stem = re.sub(r"[_]+", " ", Path(name).stem)
    begins = next(dates_in(_HYPHENED.sub("-", stem)), None)
    dated = begins is not None and begins[0] == 0
    found = None if dated else _NUMBER.match(stem)
    rest = stem[found.end() :] if found else stem
    title = (
        " ".join(re.sub(r"(?<=\w)-(?=\w)", " ", rest).split()) if " " not in rest.strip() else " ".join(rest.split())
    )
    title = title.strip(" -.") or stem
    number = ".".join(str(int(part)) for part in found[1].split(".")) if found else ""
    return Guess(name, number, title[:1].upper() + title[1:], _kind(rest))


def _kind(words: str) -> PaperKind:
    plain = re.sub(r"[\W_]+", " ", words.casefold())
    return next((kind for kind, pattern in _KINDS if pattern.search(plain)), PaperKind.REPORT)


def _numbered(guesses: list[Guess]) -> list[Guess]:
    """Files without a number come after the last one, each as an item of its own; the agenda itself comes first."""
    first = [guess for guess in guesses if guess.kind is PaperKind.AGENDA and guess.number in ("", "0")]
    rest = [guess for guess in guesses if guess not in first]
    highest = max((int(guess.number.split(".")[0]) for guess in rest if guess.number), default=0)
    result = [Guess(guess.file, "0", guess.title, guess.kind) for guess in first]
    for guess in rest:
        if not guess.number:
            highest += 1
        result.append(guess if guess.number else Guess(guess.file, str(highest), guess.title, guess.kind))
    return result


def _date(name: str) -> date | None:
    """The day a name says, with whatever between its parts: "2026_01_29 Board", "29th January 2026"."""
    return first_date(_HYPHENED.sub("-", name))


def _template(folder: str, body: str, guesses: list[Guess]) -> str:
    held_on = _date(folder)
    session = "private" if _PRIVATE.search(folder.replace("_", " ")) else "public"
    parts = [
        _HEAD.format(
            body=_quoted(body),
            date=held_on.isoformat() if held_on else '""  # for example 2026-01-29',
            session=_quoted(session),
        )
    ]
    seen: set[str] = set()
    for guess in guesses:
        if guess.number not in seen:
            parts.append(_ITEM.format(number=_quoted(guess.number), title=_quoted(guess.title)))
            seen.add(guess.number)
    parts.append(_PAPERS)
    parts += [
        _PAPER.format(
            item=_quoted(guess.number),
            title=_quoted(guess.title),
            file=_quoted(guess.file),
            kind=_quoted(guess.kind.value),
        )
        for guess in guesses
    ]
    return "\n".join(parts)


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are the same for everything a file name can hold."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


_HEAD = """\
# What is in this pack. Mend what was guessed wrong, then run: despatch compile FOLDER -o PACK
# A line that begins with # is a remark. Text stands in "quotation marks".

[body]
name = {body}            # the board or committee, as you named it with despatch new-body

[meeting]
date = {date}
starts = ""          # for example "13:30"
place = ""
session = {session}   # "public" or "private"

[pack]
title = ""           # leave empty for "Board, 29 January 2026"
note = ""            # in a later edition: what is new in it

# The agenda, in order.
#   number   as printed: "3" or "3.2"
#   purpose  "decision", "assurance", "information" or ""
#   lead     who presents it
#   starts   when, if the agenda says so
"""

_ITEM = """\
[[items]]
number = {number}
title = {title}
purpose = ""
lead = ""
starts = ""
"""

_PAPERS = """\
# The papers, in order.
#   item     the number of its agenda item
#   file     the PDF's name in this folder; none for a paper that is verbal or to follow
#   kind     "agenda", "minutes", "action log", "report", "assurance", "appendix" or "other"
#   status   "present", "late", "tabled", "verbal", "to follow" or "withdrawn"
#   to       only these members may read it:  to = ["Jane Doe"]
#   not_to   these members must not read it:  not_to = ["Jane Doe"]
"""

_PAPER = """\
[[papers]]
item = {item}
title = {title}
file = {file}
kind = {kind}
status = "present"
"""
