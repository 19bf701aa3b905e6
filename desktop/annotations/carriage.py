"""What became of a note when its paper was replaced: where it stood before, and how sure its new place is."""

import json
from dataclasses import asdict, dataclass

from desktop.annotations.anchor import Anchor

EXACT, MOVED, CHANGED, CHECK, ORPHAN, KEPT = "exact", "moved", "changed", "check", "orphan", "kept"
UNSURE = (CHECK, ORPHAN)  # what needs a look


@dataclass(frozen=True)
class Carriage:
    """state: "" for a note that never left the version it was made on, or one of these.

    EXACT: the same words among the same neighbours. MOVED: the same words elsewhere in the paper, or in another paper
    of the pack. CHANGED: the words were changed where they stood. CHECK: perhaps here. ORPHAN: the words are not in the
    new version; the note stands where it stood in the old one. KEPT: left with the old version by its writer.
    against: sha256 of the version this was found out with. earlier: the places before, the oldest first.
    settled: the writer has seen it and agreed.
    """

    state: str = ""
    against: str = ""
    earlier: tuple[Anchor, ...] = ()
    settled: bool = False

    @property
    def needs_look(self) -> bool:
        """Whether its writer should look at it."""
        return self.state in UNSURE and not self.settled

    def on(self, version: str) -> Anchor | None:
        """Where the note stood in that earlier version, None where it did not stand in it."""
        return next((anchor for anchor in reversed(self.earlier) if anchor.sha256 == version), None)

    def to_text(self) -> str:
        """As the store keeps it; "" for a note that was never carried."""
        if self == NOT_CARRIED:
            return ""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_text(text: str) -> "Carriage":
        """From the store's own text."""
        if not text:
            return NOT_CARRIED
        fields = json.loads(text)
        fields["earlier"] = tuple(Anchor.from_json(json.dumps(each)) for each in fields["earlier"])
        return Carriage(**fields)


NOT_CARRIED = Carriage()
