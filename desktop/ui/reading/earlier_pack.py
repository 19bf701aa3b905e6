"""A pack with one of its papers as it was in an earlier edition, to be looked at beside what took its place."""

from dataclasses import replace

from PySide6.QtCore import QObject

from desktop.annotations.notebook import Annotation, Notebook
from desktop.annotations.standing import stand_at
from desktop.packs.book import Book, BookPage
from desktop.ui.panels.reading_desk import ReadingDesk
from desktop.ui.reading.open_pack import OpenPack


class EarlierPack(OpenPack):
    """Shows the notes where they stood then. Nothing that is read here counts as seen, and no place is kept."""

    is_earlier = True

    def __init__(self, desk: ReadingDesk, book: Book, notebook: Notebook | None, parent: QObject) -> None:
        super().__init__(desk, book, (), parent)
        self.notebook = notebook

    def marks_on(self, page: BookPage) -> list[Annotation]:
        """The marks that stand on this version, or stood on it before they were carried."""
        paper = page.paper
        marks = self.notebook.annotations if self.notebook else []
        then = [then for mark in marks if (then := _as_it_was(mark, paper.version)) is not None]
        return [mark for mark in then if mark.anchor.paper_id == paper.paper_id and page.index in mark.pages]

    def see(self, number: int) -> None:
        """An earlier version is not what is to be read."""

    def close(self, seconds: float) -> bool:
        """The notebook is another's."""
        self.notebook = None
        self.deleteLater()
        return True

    def _begin(self) -> None:
        """It is given its notebook."""


def _as_it_was(mark: Annotation, version: str) -> Annotation | None:
    if mark.anchor.sha256 == version:
        return mark
    before = mark.carriage.on(version)
    placed = stand_at(mark, before) if before is not None else None
    return replace(placed, carriage=mark.carriage) if isinstance(placed, Annotation) else None
