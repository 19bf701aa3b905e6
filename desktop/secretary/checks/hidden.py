"""What goes out unseen with a paper: words under a black box, comments, names in its file, tracked changes."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop.secretary.checks.remark import ReadPaper, Remark, Weight

_ORGANISATION = re.compile(
    r"\b(?:NHS|trust|group|council|board|university|hospital|ltd|limited|plc|llp|office|department|team|committee|"
    r"services?|authority|icb|ccg|user|admin\w*|unknown)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"[A-Z][\w'’-]+,? +(?:[A-Z]\.? +)?[A-Z][\w'’-]+(?: \([^)]*\))?")
_LARGEST = 64 << 20  # bytes of a document's text
_PARTS = re.compile(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml")
_CHANGED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)[ >]")
_COMMENT = re.compile(rb"<w:comment[ >]")
_COVERED = "Have them taken out of the file; a box over words hides nothing."
_AGAIN = "Accept or reject the changes in Word, take the comments out, and save the PDF again."


def check(papers: Sequence[ReadPaper]) -> Iterator[Remark]:
    """Of PDFs, as the worker that read them saw it."""
    for paper in papers:
        if (look := paper.look) is None:
            continue
        for page, words in look.hidden:
            what = f"{paper.name} has words that cannot be seen and can be copied out: “{_short(words)}”."
            yield paper.remark(Weight.SEE_TO, what, _COVERED, page + 1)
        if look.comments:
            count = len(look.comments)
            what = f"{paper.name} has {'a comment' if count == 1 else f'{count} comments'} that its writers left in it."
            yield paper.remark(Weight.SEE_TO, what, "Have them taken out before it goes out.", look.comments[0][0] + 1)
        if look.hidden_layers:
            what = f"{paper.name} has layers that are switched off; anybody can switch them on."
            yield paper.remark(Weight.SEE_TO, what, "Have them taken out before it goes out.", 1)
        if look.carries_files:
            what = f"{paper.name} carries attached files, which members get with it."
            yield paper.remark(Weight.KNOW, what, "See whether they are meant to go out.", 1)
        yield from _named(paper, dict(look.named))


def check_documents(folder: Path, files: Sequence[str]) -> Iterator[Remark]:
    """Word documents that lie beside the papers: what is still open in them may be in their PDF too."""
    stems = {Path(file).stem.casefold() for file in files}
    for path in sorted(folder.glob("*.docx")):
        if path.stem.casefold() not in stems:
            continue
        what = open_changes(path)
        if what is None:
            unseen = f"{path.name} could not be looked through for tracked changes and comments."
            yield Remark(Weight.SEE_TO, unseen, "Open it in Word and see whether any are left in it.")
        elif what:
            yield Remark(Weight.SEE_TO, f"{path.name} has {what}.", _AGAIN)


def open_changes(path: Path) -> str | None:
    """What is still open in a Word document: "3 tracked changes and 2 comments"; "" for nothing. None where it cannot
    be read, as with a damaged or a locked one."""
    changes = comments = 0
    try:
        with zipfile.ZipFile(path) as document:
            for entry in document.infolist():
                if entry.file_size <= _LARGEST and _PARTS.fullmatch(entry.filename):
                    changes += len(_CHANGED.findall(_part(document, entry)))
                elif entry.file_size <= _LARGEST and entry.filename == "word/comments.xml":
                    comments += len(_COMMENT.findall(_part(document, entry)))
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return None
    counted = ((changes, "tracked change"), (comments, "comment"))
    said = [f"{count} {noun}{'s' * (count != 1)}" for count, noun in counted if count]
    return " and ".join(said)


def _part(document: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with document.open(entry) as part:
        return part.read(_LARGEST)  # whatever size it claims


def _named(paper: ReadPaper, named: dict[str, str]) -> Iterator[Remark]:
    for field in ("Author", "Manager"):
        words = named.get(field, "")
        if _PERSON.fullmatch(words) and not _ORGANISATION.search(words):
            what = f"The file of {paper.name} names {words} as its {field.casefold()}."
            yield paper.remark(Weight.KNOW, what, "Have its properties emptied, if that should not go out.", 1)
    title = named.get("Title", "")
    if title.casefold().startswith("microsoft ") or re.search(r"\bdraft\b", title, re.IGNORECASE):
        what = f"The file of {paper.name} is called “{_short(title, 60)}” inside."
        yield paper.remark(Weight.KNOW, what, "Its title shows in some viewers; have it changed.", 1)


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[:most].rstrip() + " …"
