"""Reads a file of notes beside the window's thread: whose copy it is, and what of it is taken in."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from desktop.annotations.entries import Annotation
from desktop.annotations.importing import Home, Taken, from_pdf, is_same, names_of
from desktop.annotations.text import PaperText, VersionPage
from desktop.annotations.web_import import from_jsonld
from desktop.errors import KnownError
from desktop.packs.book import Book, BookPaper
from desktop.pdf.protocol import Source
from desktop.ui.panels.reading_desk import ReadingDesk

_MOST = 64 << 20  # bytes of a file of Web Annotations
_HEAD = 1024  # bytes within which a PDF says that it is one


class NotesReader:
    """For a lane of its own: it waits for the store and for the worker. paper: the one in front of the member."""

    def __init__(self, desk: ReadingDesk, book: Book, paper: BookPaper, marks: Sequence[Annotation]) -> None:
        """marks: those that are here already."""
        self._desk, self._book, self._paper = desk, book, paper
        self._known = names_of(marks)
        self._homes: dict[str, Home] = {}

    def read(self, path: Path) -> Taken:
        """What the file comes to. Raises KnownError where nothing of it can be taken in."""
        try:
            with path.open("rb") as file:
                is_pdf = b"%PDF-" in file.read(_HEAD)
                file.seek(0)
                version = hashlib.file_digest(file, "sha256").hexdigest()
            data = b"" if is_pdf or path.stat().st_size > _MOST else path.read_bytes()
        except OSError as error:
            raise KnownError(
                f"“{path.name}” could not be read: {error.strerror or 'the disk refused it'}.", "Nothing was imported."
            ) from error
        return self._read_copy(path, version) if is_pdf else self._read_web(path, data)

    def _read_copy(self, path: Path, version: str) -> Taken:
        pdf = self._desk.pdf
        # By a name of its own: the plain file of a paper that is read may well be chosen.
        copy = f"copy of {version}"
        facts = pdf.open(Source(copy, path)).result()
        try:
            last = len(facts.pages) - 1
            texts = pdf.texts(copy, 0, last).result()
            marks = [mark for page in range(last + 1) for mark in pdf.marks(copy, page).result()]
        finally:
            pdf.close_document(copy)
        text = PaperText([VersionPage(page.words, size.height) for page, size in zip(texts, facts.pages, strict=True)])
        home = self._home(self._paper)
        if version != self._paper.version and not is_same(text, home.text):
            raise self._another(path, text)
        if not marks:
            raise KnownError(f"“{path.name}” has no notes in it.", "Nothing was imported.")
        return from_pdf(marks, text, home, self._known)

    def _read_web(self, path: Path, data: bytes) -> Taken:
        taken = from_jsonld(data, self._find, self._known)
        if taken.elsewhere and not (taken.marks or taken.known):
            raise KnownError(
                f"The notes in “{path.name}” are of other papers than those of this pack.", "Nothing was imported.",
                "Open the pack they were made in, and import them there.",
            )  # fmt: skip
        return taken

    def _another(self, path: Path, text: PaperText) -> KnownError:
        what = f"“{path.name}” is not a copy of the paper in front of you, “{self._paper.title}”."
        others = [paper for paper in self._book.papers if paper.count == text.pages and paper is not self._paper]
        for paper in others:
            if paper.path is not None and is_same(text, self._home(paper).text):
                do = f"It is a copy of “{paper.title}”: go to that paper, and import it there."
                return KnownError(what, "Nothing was imported.", do)
        few = len(self._home(self._paper).text.tokens) == 0
        do = "A scanned paper has no words to know it by." if few else "Go to the paper it is a copy of, and try again."
        return KnownError(what, "Nothing was imported.", do)

    def _find(self, name: str) -> Home | None:
        """The paper of this version, or of this id."""
        papers = self._book.papers
        found = next((paper for paper in papers if name in (paper.version, paper.paper_id) and paper.path), None)
        return self._home(found) if found is not None else None

    def _home(self, paper: BookPaper) -> Home:
        if paper.paper_id not in self._homes:
            pages = self._book.pages[paper.first : paper.first + paper.count]
            words = [self._desk.words(paper.version, page.index).result() for page in pages]
            if any(each is None for each in words):
                raise KnownError(
                    f"The words of “{paper.title}” are still being read.", "Nothing was imported.", "Try again soon."
                )
            text = PaperText([VersionPage(each, page.height) for each, page in zip(words, pages, strict=True)])
            labels = tuple(page.label for page in pages)
            self._homes[paper.paper_id] = Home(self._book.pack.id, paper.paper_id, paper.version, labels, text)
        return self._homes[paper.paper_id]
