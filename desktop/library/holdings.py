"""Everything this machine keeps, opened with the data key: the tables of the store and the sealed files beside it.

Importing this brings in the database libraries (a quarter of a second): import it in the store's lane.
"""

from dataclasses import dataclass
from pathlib import Path

from db.annotations import Annotations, Bookmarks
from db.bodies import Bodies, Fellows
from db.files import SealedFiles
from db.finding import Finding
from db.findings import Findings
from db.links import Links
from db.offices import Offices
from db.packs import Packs
from db.places import Panes, Places, Settings
from db.reading import Reading
from db.retention import Retained
from db.sharing import NotePost, NoteStates
from db.store import Store
from db.structures import Structures
from db.versions import Versions


@dataclass(frozen=True)
class Holdings:
    """The open store. All but `files` belong to the store's lane."""

    folder: Path
    store: Store
    files: SealedFiles
    bodies: Bodies
    fellows: Fellows
    packs: Packs
    versions: Versions
    structures: Structures
    findings: Findings
    links: Links
    reading: Reading
    finding: Finding
    annotations: Annotations
    bookmarks: Bookmarks
    note_states: NoteStates
    note_post: NotePost
    places: Places
    panes: Panes
    settings: Settings
    offices: Offices
    retained: Retained

    @classmethod
    def open(cls, folder: Path, key: bytes) -> "Holdings":
        """Open (or make) the store in `folder` with its 32-byte key. Raises db.errors.StoreError."""
        store = Store.open(folder, key)
        return cls(
            folder,
            store,
            SealedFiles(folder / "papers"),
            Bodies(store),
            Fellows(store),
            Packs(store),
            Versions(store),
            Structures(store),
            Findings(store),
            Links(store),
            Reading(store),
            Finding(store),
            Annotations(store),
            Bookmarks(store),
            NoteStates(store),
            NotePost(store),
            Places(store),
            Panes(store),
            Settings(store),
            Offices(store),
            Retained(store),
        )
