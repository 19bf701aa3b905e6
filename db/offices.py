"""The secretary's side: bodies served, their rosters, papers sealed and editions despatched."""

from db.records import DespatchRecord, OfficeRecord, RosterRecord, SealedPaperRecord
from db.rows import Rows
from db.store import Store


class Offices:
    """Bodies this machine is secretary of."""

    def __init__(self, store: Store) -> None:
        self._offices = Rows(store, "offices", OfficeRecord, ("body_id",))

    def put(self, office: OfficeRecord) -> None:
        """Add it, or replace its facts."""
        self._offices.put(office)

    def get(self, body_id: str) -> OfficeRecord | None:
        """The office, or None."""
        return self._offices.get(body_id)

    def all(self) -> list[OfficeRecord]:
        """Every office, by name."""
        return self._offices.where(order="name COLLATE NOCASE, body_id")


class Roster:
    """Members' devices; the office must be there first."""

    def __init__(self, store: Store) -> None:
        self._roster = Rows(store, "roster", RosterRecord, ("body_id", "tag"))

    def put(self, entry: RosterRecord) -> None:
        """Add it, or replace the one with its tag."""
        self._roster.put(entry)

    def get(self, body_id: str, tag: str) -> RosterRecord | None:
        """The entry, or None."""
        return self._roster.get(body_id, tag)

    def of_body(self, body_id: str) -> list[RosterRecord]:
        """The body's roster, by member and device."""
        return self._roster.where("body_id = ?", (body_id,), "member COLLATE NOCASE, device COLLATE NOCASE, tag")

    def change(self, tag: str, body_id: str, /, **fields: object) -> None:
        """Set some fields, named as in RosterRecord (the tag itself may be among them)."""
        self._roster.change((body_id, tag), fields)

    def remove(self, tag: str, body_id: str) -> None:
        """Forget the entry altogether; a leaver is rather changed to state "removed"."""
        self._roster.remove(body_id, tag)


class SealedPapers:
    """Paper versions this secretary sealed."""

    def __init__(self, store: Store) -> None:
        self._papers = Rows(store, "sealed_papers", SealedPaperRecord, ("body_id", "sha256"))

    def put(self, paper: SealedPaperRecord) -> None:
        """Add it, or replace it where it was sealed anew."""
        self._papers.put(paper)

    def find(self, body_id: str, sha256: str) -> SealedPaperRecord | None:
        """How this file was sealed for this body, or None."""
        return self._papers.get(body_id, sha256)

    def forget_object(self, body_id: str, target: str) -> None:
        """The sealed object lies in the repository no longer: the file is sealed anew when it is wanted again."""
        for paper in self._papers.where("body_id = ? AND target = ?", (body_id, target)):
            self._papers.remove(body_id, paper.sha256)


class Despatches:
    """Published editions."""

    def __init__(self, store: Store) -> None:
        self._despatches = Rows(store, "despatches", DespatchRecord, ("body_id", "pack_id", "edition"))

    def put(self, despatch: DespatchRecord) -> None:
        """Keep it, or replace the same edition where publishing went on."""
        self._despatches.put(despatch)

    def latest(self, body_id: str, pack_id: str) -> DespatchRecord | None:
        """The pack's newest edition, or None."""
        found = self._despatches.where("body_id = ? AND pack_id = ?", (body_id, pack_id), "edition DESC LIMIT 1")
        return found[0] if found else None

    def of_pack(self, body_id: str, pack_id: str) -> list[DespatchRecord]:
        """Every edition of a pack, the newest last."""
        return self._despatches.where("body_id = ? AND pack_id = ?", (body_id, pack_id), "edition")

    def of_body(self, body_id: str) -> list[DespatchRecord]:
        """The newest edition of each of the body's packs, last despatched first."""
        return self._despatches.where(
            "body_id = ? AND edition = (SELECT max(edition) FROM despatches AS other"
            " WHERE other.body_id = despatches.body_id AND other.pack_id = despatches.pack_id)",
            (body_id,),
            "despatched DESC, pack_id",
        )
