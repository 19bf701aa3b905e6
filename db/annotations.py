"""What the reader wrote and named: annotations and bookmarks."""

from collections.abc import Iterable

from db.records import AnnotationRecord, BookmarkRecord
from db.rows import Rows
from db.store import Store


class Annotations:
    """Highlights and notes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._annotations = Rows(store, "annotations", AnnotationRecord, ("id",))

    def put(self, annotation: AnnotationRecord) -> None:
        """Add it, or replace the one with its id."""
        self._annotations.put(annotation)

    def bring(self, kept: Iterable[AnnotationRecord], gone: Iterable[str]) -> None:
        """Put these and destroy those, all or nothing."""
        with self._store.transaction():
            for annotation in kept:
                self._annotations.put(annotation)
            for annotation_id in gone:
                self._annotations.remove(annotation_id)

    def remove(self, annotation_id: str) -> None:
        """Destroy it."""
        self._annotations.remove(annotation_id)

    def get(self, annotation_id: str) -> AnnotationRecord | None:
        """The annotation with this id, or None."""
        return self._annotations.get(annotation_id)

    def of_pack(self, pack_id: str) -> list[AnnotationRecord]:
        """The pack's annotations, oldest first."""
        return self._annotations.where("pack_id = ?", (pack_id,), "created, rowid")

    def all(self) -> list[AnnotationRecord]:
        """Every annotation, oldest first."""
        return self._annotations.where(order="created, rowid")


class Bookmarks:
    """Named places."""

    def __init__(self, store: Store) -> None:
        self._bookmarks = Rows(store, "bookmarks", BookmarkRecord, ("id",))

    def put(self, bookmark: BookmarkRecord) -> None:
        """Add it, or replace the one with its id."""
        self._bookmarks.put(bookmark)

    def remove(self, bookmark_id: str) -> None:
        """Destroy it."""
        self._bookmarks.remove(bookmark_id)

    def get(self, bookmark_id: str) -> BookmarkRecord | None:
        """The bookmark with this id, or None."""
        return self._bookmarks.get(bookmark_id)

    def of_pack(self, pack_id: str) -> list[BookmarkRecord]:
        """The pack's bookmarks, oldest first."""
        return self._bookmarks.where("pack_id = ?", (pack_id,), "created, rowid")

    def all(self) -> list[BookmarkRecord]:
        """Every bookmark, oldest first."""
        return self._bookmarks.where(order="created, rowid")
