"""A mention as it is found in a page's running text, before its place on the page is known."""

from dataclasses import dataclass, field

from desktop.papers.mention import MentionKind


@dataclass
class RawMention:
    """From one letter of the text to before another; ref and facts as in `Mention`.

    until: where the words end that say what it is in, 0 where none follow it.
    """

    kind: MentionKind
    start: int
    end: int
    ref: str
    facts: dict[str, str] = field(default_factory=dict)
    until: int = 0
