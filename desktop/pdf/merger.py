"""The window's side of merging: papers and typeset sheets go in one after another, one PDF's bytes come out."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from desktop.errors import KnownError
from desktop.pdf.client import PdfClient
from desktop.pdf.errors import PdfError
from desktop.pdf.protocol import Facts, Source

_PIECE = 16 << 20
_MOST = 2 << 30
_SAFE = "Nothing was written."


@dataclass(frozen=True)
class Marks:
    """How pages that are added are marked.

    stamps: words at the foot of each page; labels: what a viewer calls each; key: what links of sheets lead here
    by (`href="to:KEY"`); bookmark: the line of the contents that leads here, on this level, "" for none; watermark:
    words across each page.
    """

    stamps: Sequence[str] = ()
    labels: Sequence[str] = ()
    key: str = ""
    bookmark: str = ""
    level: int = 1
    watermark: str = ""


@dataclass(frozen=True)
class Taken:
    """What a paper brought with it."""

    files: int
    tagged: bool


@dataclass
class Merger:
    """One PDF put together in the worker of a client, which should have nothing else to do. For lanes: each step waits.

    Raises KnownError with one sentence that names the paper, where a paper cannot be taken.
    """

    pdf: PdfClient
    title: str
    author: str
    made: datetime
    language: str = "en-GB"
    facts: dict[str, Facts] = field(default_factory=dict)

    def begin(self) -> None:
        """Begin the file."""
        said = {"title": self.title, "author": self.author, "language": self.language}
        self.pdf.merge("begin", said | {"made": self.made.replace(tzinfo=None).isoformat("T", "seconds")}).result()

    def look_at(self, source: Source) -> Facts:
        """What a paper is, before it is taken."""
        try:
            self.facts[source.version] = self.pdf.open(source).result()
        except PdfError as error:
            raise _stopped(error) from error
        return self.facts[source.version]

    def sheet(self, html: str, css: str, marks: Marks) -> int:
        """Typeset pages; how many there are."""
        count = int(self.pdf.merge("sheet", {"html": html, "css": css, **asdict(marks)}).result())
        if not 0 < count < 10_000:
            raise _stopped(None)
        return count

    def bookmark(self, title: str, level: int, key: str) -> None:
        """A line of the contents that leads to pages by their key."""
        self.pdf.merge("bookmark", {"title": title, "level": level, "key": key}).result()

    def paper(self, version: str, marks: Marks, with_files: bool = True, with_comments: bool = True) -> Taken:
        """All pages of a paper that was looked at, with the lines of its own contents under its bookmark."""
        outline = [list(entry) for entry in self.facts[version].outline]
        said = asdict(marks) | {"outline": outline, "files": with_files, "comments": with_comments}
        try:
            answer = self.pdf.merge("paper", said, version).result().decode().split()
        except PdfError as error:
            raise _stopped(error) from error
        finally:
            self.pdf.close_document(version)
        if len(answer) != 2 or not all(part.isdecimal() for part in answer):
            raise _stopped(None)
        return Taken(int(answer[0]), answer[1] == "1")

    def finish(self) -> Iterator[bytes]:
        """The whole file, in pieces."""
        try:
            length = int(self.pdf.merge("finish", {}, limit=300.0).result())
            if not 0 < length < _MOST:
                raise _stopped(None)
            got = 0
            while got < length:
                piece = self.pdf.merge("take", {"start": got, "most": _PIECE}).result()
                if not piece:
                    raise _stopped(None)
                got += len(piece)
                yield piece
        except PdfError as error:
            raise _stopped(error) from error


def _stopped(error: PdfError | None) -> KnownError:
    what = error.what if error is not None else "The papers could not be put into one PDF."
    return KnownError(what, _SAFE, "Ask its author for a sound file, or leave it out." if error is not None else "")
