"""What changed: the one record that comes back up after data went down. Events are facts in the past tense."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Event(Enum):
    """Everything that can have happened, with the fields of `Change` that it fills."""

    BODY_JOINED = "an invitation was opened; body_id"
    BODY_CONFIRMED = "the repository was reached and its signatures held; body_id"
    BODY_UNREACHABLE = "the repository could not be reached or was refused; body_id, words"
    BODY_LEAVING = "a body is being destroyed here and counts as gone; body_id, words (its name)"
    BODY_LEFT = "nothing of a body is here any more; body_id, words (its name)"
    PACK_ARRIVED = "a pack or a new edition of it is known; body_id, pack_id"
    PAPER_PROGRESSED = "more of a paper was fetched; pack_id, paper_id, done, total (bytes)"
    PAPER_ARRIVED = "a paper can be read; pack_id, paper_id"
    PAPER_REFUSED = "a paper could not be taken in; pack_id, paper_id, words"
    PAPERS_REMOVED = "the papers of a pack were taken off this computer by its reader; body_id, pack_id"
    PACK_EXPIRED = "a pack's papers went, since its secretary let them stay until a day that is over; pack_id"
    PAPER_INDEXED = "a paper's text can be searched and selected; pack_id, paper_id"
    PAPER_UNDERSTOOD = "what a paper says, points to and is made up of was found, a little later; pack_id, paper_id"
    ALL_UNDERSTOOD = "the last of the papers that could be understood now was"
    READ_MARKED = "a pack or paper was opened or read further; pack_id"
    PAGES_RENUMBERED = "the numbers of a pack's pages were put right; pack_id"
    NOTES_CHANGED = "annotations of a paper were added, changed or removed; pack_id, paper_id"
    BOOKMARKS_CHANGED = "bookmarks of a pack were added, changed or removed; pack_id"
    NOTES_CARRIED = "notes followed their papers to a new edition; pack_id, done (how many)"
    PAPERS_WITHDRAWN = (
        "papers that the secretary keeps from this member now were destroyed here; body_id, pack_id, done"
    )
    BODY_ENDED = "a body has taken this device off its list and asks that all of it is destroyed here; body_id, words"
    NOTES_DESTROYED = "notes were destroyed as the body's rule says; body_id, pack_id, done (how many)"
    LINKS_FOUND = "what a pack's papers point to was resolved anew; pack_id, done (how many)"
    LINKS_CHANGED = "a link was made, changed, removed or rejected by the reader; pack_id"
    BODY_CHECKED = "what a body's repository offers is known, its roster too; body_id"
    NOTES_RECEIVED = "notes came from other members, or from the member's other computer; body_id, pack_id, done, words"
    RETENTION_CHOSEN = "the member chose what becomes of their notes; body_id or pack_id"
    CHOICES_CAME = "what the member chose of that on another computer has come; body_id"
    NOTES_SENT = "notes are where others will find them; body_id, done (how many), words (whose)"
    NOTES_REFUSED = "notes that came cannot be used, or are missing; body_id, words"
    RECEIPT_SENT = "the secretary was told which packs came here and were opened; body_id, done (how many packs)"
    DEVICES_CHANGED = "another computer of the member's is on the roster of a body, or none any more; body_id"
    STORE_FAILED = "something could not be saved; words"


@dataclass(frozen=True)
class Change:
    """One fact. origin: the object that caused it, so that it can skip its own echo. words: a KnownError's text."""

    event: Event
    body_id: str = ""
    pack_id: str = ""
    paper_id: str = ""
    done: int = 0
    total: int = 0
    words: str = ""
    origin: object = None


Listener = Callable[[Change], None]


class Changes:
    """Carries each change to every listener, on the thread that publishes it."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._lock = threading.Lock()

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call listener with every change from now on; returns the function that stops it."""
        with self._lock:
            self._listeners.append(listener)
        return lambda: self._forget(listener)

    def publish(self, change: Change) -> None:
        """Tell every listener; called from any lane. Listeners must return at once."""
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(change)

    def _forget(self, listener: Listener) -> None:
        with self._lock:
            if listener in self._listeners:
                self._listeners.remove(listener)
