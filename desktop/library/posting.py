"""What others are to be told of the member's notes: gathered in the store's lane, sealed outside it."""

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from db.records import FellowRecord, PlaceRecord, StateRecord
from desktop.annotations.entries import Annotation
from desktop.annotations.merging import State
from desktop.library.ends_told import write_down_kept
from desktop.library.holdings import Holdings
from desktop.library.ledger import Ledger, is_for, withdrawn
from desktop.library.standing import Among
from desktop.packs.index import kept_pack
from desktop.packs.letter import MAX_CHOICES, MAX_ITEMS, MAX_PLACES, Chosen, Item, Letter, Spot
from desktop.packs.sealing import recipient_of, seal

_MOST_WORDS = 1 << 20  # characters in a letter, unless one note alone has more
_ENDED = "ended"  # in the place of what stands for a note's words


@dataclass(frozen=True)
class Note:
    """One note to be told of. key: of its paper, "" where nothing of what was written is told."""

    entry: str
    pack_id: str
    paper_id: str
    text: str = field(repr=False)
    key: str = field(repr=False)
    digest: str


@dataclass(frozen=True)
class Due:
    """One letter that is to go out. own: to another device of the member's."""

    among: Among
    to: FellowRecord
    own: bool
    sequence: int
    whole: bool
    notes: tuple[Note, ...]
    spots: tuple[Spot, ...]
    digests: dict[str, str] = field(repr=False)
    ended: tuple[str, ...] = ()
    choices: tuple[Chosen, ...] = ()

    @property
    def carried(self) -> list[str]:
        """The notes it carries."""
        return [note.entry for note in self.notes]

    def sealed(self) -> bytes:
        """The letter as it goes out."""
        items = tuple(_item(note, self.own) for note in self.notes)
        author = self.among.identity
        letter = Letter(
            self.among.body_id, author.tag, self.to.tag, self.sequence, self.whole, items, self.spots, self.ended,
            self.choices,
        )  # fmt: skip
        return letter.to_sealed(self.to.recipient, author.signing)


@dataclass(frozen=True)
class _Beside:
    """What goes in a letter beside its notes. digests: that stand for it."""

    spots: tuple[Spot, ...] = ()
    ended: tuple[str, ...] = ()
    choices: tuple[Chosen, ...] = ()
    digests: dict[str, str] = field(default_factory=dict, repr=False)


class Posting:
    """Finds what is to be told to whom. In the store's lane."""

    def __init__(self, holdings: Holdings, ledger: Ledger) -> None:
        self._holdings, self._ledger = holdings, ledger

    def due(self, among: Among) -> list[Due]:
        """What was not told yet; and all there is to tell, to whom a letter lies that has to be taken back."""
        self._write_down(among)
        overdue = self._holdings.note_post.overdue(among.body_id)
        return [due for each in self._told(among) for due in self._letters(among, each, anew=each.tag in overdue)]

    def everything(self, among: Among) -> list[Due]:
        """All there is to tell to each, in as few letters as hold it: for a file that may come late, or twice."""
        self._write_down(among)
        return [due for each in self._told(among) for due in self._letters(among, each, whole=True)]

    def sent(self, due: Due, name: str) -> None:
        """A letter is where its device will find it, under this name."""
        post, among = self._holdings.note_post, due.among
        post.mark_sent(among.body_id, due.to.tag, due.sequence, due.digests, name, due.carried)

    def _write_down(self, among: Among) -> None:
        with self._holdings.store.transaction():
            for pack in self._holdings.packs.of_body(among.body_id):
                self._ledger.write_down(pack.id, among.me)
                if among.me.shares_all:
                    rows = self._holdings.annotations.of_pack(pack.id)
                    write_down_kept(self._holdings, map(Annotation.from_record, rows))

    def _told(self, among: Among) -> list[FellowRecord]:
        return [each for each in among.others if not among.own(each) or each.tag in among.agreed]

    def _letters(self, among: Among, to: FellowRecord, whole: bool = False, anew: bool = False) -> list[Due]:
        """whole: for a file; anew: by the repository, in the place of letters that are taken back."""
        own, post = among.own(to), self._holdings.note_post
        before = post.sent(among.body_id, to.tag)
        known = {} if whole or anew else before
        notes = [note for note in self._notes(among, to, own, set(before)) if known.get(note.entry) != note.digest]
        beside = self._beside(among, own, before, known)
        if not (notes or beside.digests or anew):
            return []
        sequence, made = post.sequence(among.body_id, to.tag), []
        parts = list(_parts(notes)) or [()]
        for number, part in enumerate(parts):
            first = beside if number == 0 else _Beside()
            digests = {note.entry: note.digest for note in part} | first.digests
            # What goes by file makes needless what went before; what goes by the repository is the next of it.
            numbered = sequence if whole else sequence + number + 1
            is_all = (whole or not before) and len(parts) == 1
            made.append(
                Due(
                    among, to, own, numbered, is_all or (anew and number == 0), part, first.spots, digests,
                    first.ended, first.choices,
                )
            )  # fmt: skip
        return made

    def _beside(self, among: Among, own: bool, before: dict[str, str], known: dict[str, str]) -> "_Beside":
        """What goes with the notes: to one's own devices, where papers were left and what was chosen; to others, which
        notes they were told of have ended."""
        gone = [entry for entry, digest in before.items() if digest == ""]
        digests = dict.fromkeys(gone, _ENDED)
        if not own:
            return _Beside((), tuple(gone[:MAX_ITEMS]), (), digests)
        spots = [spot for spot in self._spots(among) if known.get(_spot_name(spot)) != spot.at][:MAX_PLACES]
        every = self._holdings.retained.of_body(among.body_id)
        chosen = [each for each in every if known.get(json.dumps(each.key)) != each.at][:MAX_CHOICES]
        digests |= {_spot_name(spot): spot.at for spot in spots}
        digests |= {json.dumps(each.key): each.at for each in chosen}
        return _Beside(tuple(spots), (), tuple(Chosen(*each.key, each.words, each.at) for each in chosen), digests)

    def _notes(self, among: Among, to: FellowRecord, own: bool, told: set[str]) -> Iterable[Note]:
        keys = self._keys(among.body_id)
        for record in self._holdings.note_states.of_body(among.body_id):
            if record.author:
                continue
            state = self._ledger.read(record)
            if own:
                yield _note(record, state, "")
            elif is_for(state, to.person):
                if key := self._key(record, state, keys):
                    yield _note(record, state, key)
            elif record.id in told:
                yield _note(record, _empty(withdrawn(state)), "")

    def _keys(self, body_id: str) -> dict[tuple[str, str], str]:
        """The key of each paper, by pack and paper, in the editions in force."""
        packs = [kept_pack(record.index) for record in self._holdings.packs.of_body(body_id)]
        return {(pack.id, paper.id): paper.key for pack in packs for paper in pack.papers if paper.key}

    def _key(self, record: StateRecord, state: State, keys: dict[tuple[str, str], str]) -> str:
        """Of a note's paper: the newest one, which nobody has who must not read the paper now; of a withdrawn paper
        the one that everybody had who could read it."""
        paper_id, sha256 = _paper_of(state)
        if key := keys.get((record.pack_id, paper_id)):
            return key
        version = self._holdings.versions.get(sha256, paper_id)
        return version.key if version is not None else ""

    def _spots(self, among: Among) -> Iterable[Spot]:
        places = self._holdings.places
        for pack in self._holdings.packs.of_body(among.body_id):
            left = places.get(pack.id)
            if left is not None:
                yield _spot(left, True)
            yield from (_spot(each, False) for each in places.of_papers(pack.id))


def keys_of(holdings: Holdings, body_id: str, pack_id: str, paper_id: str) -> list[str]:
    """Every key of a paper that this device was ever given, the newest first."""
    record = holdings.packs.get(pack_id)
    if record is None or record.body_id != body_id:
        return []
    now = [paper.key for paper in kept_pack(record.index).papers if paper.id == paper_id]
    then = [version.key for version in reversed(holdings.versions.older(paper_id)) if version.pack_id == pack_id]
    return [key for key in dict.fromkeys((*now, *then)) if key]


def _parts(notes: list[Note]) -> Iterable[tuple[Note, ...]]:
    """As many at a time as a letter holds."""
    part: list[Note] = []
    size = 0
    for note in notes:
        if part and (size + len(note.text) > _MOST_WORDS or len(part) == MAX_ITEMS):
            yield tuple(part)
            part, size = [], 0
        part.append(note)
        size += len(note.text)
    if part:
        yield tuple(part)


def _note(record: StateRecord, state: State, key: str) -> Note:
    text = state.to_text()
    paper_id, _ = _paper_of(state)
    return Note(record.id, record.pack_id, paper_id, text, key, hashlib.sha256(text.encode()).hexdigest()[:32])


def _paper_of(state: State) -> tuple[str, str]:
    place = state.facts.get("place")
    return (str(place["paper_id"]), str(place["sha256"])) if isinstance(place, dict) else ("", "")


def _empty(state: State) -> State:
    """Whom else it is shared with is not told to those it is not shared with."""
    return replace(state, parts={name: replace(part, value=[]) for name, part in state.parts.items()})


def _item(note: Note, own: bool) -> Item:
    if own or not note.key:
        return Item(note.entry, note.pack_id, note.paper_id, state=note.text)
    sealed = seal(note.text.encode(), recipient_of(note.key))
    return Item(note.entry, note.pack_id, note.paper_id, sealed=base64.b64encode(sealed).decode())


def _spot(place: PlaceRecord, last: bool) -> Spot:
    return Spot(place.pack_id, place.paper_id, place.page, place.y, place.number, place.at, last)


def _spot_name(spot: Spot) -> str:
    return json.dumps([spot.pack_id, "" if spot.last else spot.paper_id])
