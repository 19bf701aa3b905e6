"""Notes with what answers them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop.annotations.entries import Annotation


@dataclass
class Thread:
    """A note, and its replies with the oldest first. A reply whose note is not here stands for itself."""

    first: Annotation
    replies: list[Annotation] = field(default_factory=list)

    @property
    def changed(self) -> str:
        """When something was last written in it."""
        return max(mark.changed for mark in (self.first, *self.replies))


def threads_of(wanted: Iterable[Annotation], known: Mapping[str, Annotation]) -> list[Thread]:
    """The threads in which something is wanted, in the order of the notes: with a wanted note all that answers it, with
    a wanted reply the note it answers."""
    shown = {mark.id: mark for mark in wanted}
    for mark in tuple(shown.values()):
        if (answered := known.get(mark.sharing.reply_to)) is not None:
            shown[answered.id] = answered
    whole = {mark.id for mark in shown.values() if not mark.sharing.reply_to}
    shown |= {mark.id: mark for mark in known.values() if mark.sharing.reply_to in whole}
    threads = {mark.id: Thread(mark) for mark in shown.values() if mark.sharing.reply_to not in shown}
    for mark in sorted(shown.values(), key=lambda each: each.created):
        if mark.id not in threads:
            threads[mark.sharing.reply_to].replies.append(mark)
    return list(threads.values())
