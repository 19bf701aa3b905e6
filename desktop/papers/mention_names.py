"""Papers and sections that are called by their names: "the Group BAF pack is provided as a separate paper"."""

import re
from collections.abc import Iterator

from desktop.papers.mention import MentionKind
from desktop.papers.raw_mention import RawMention

HEAD = (
    r"(?:reports?|papers?|packs?|framework|cases?|minutes|plans?|workplan|logs?|sheet|strategy|strategies|document|"
    r"appendix|appendices|annex|agenda|submission|policy|review|summary|register|schedule|statement|presentation|update|"
    r"assessment|accounts|letter)"
)
_NAME = rf"(?:[\w’'&/-]+[ ]){{0,8}}?{HEAD}\b(?![ ]{HEAD}\b)"
_SEEN = re.compile(
    r"\b(?:[Ss]ee(?:[ ]also)?|[Rr]efer(?:s|red)?[ ]to|(?:set[ ]out|described|detailed|contained|included|provided|shown|given|"  # noqa: E501
    r"explained|covered|reported|found|available|presented)[ ](?:in|at|by|within|elsewhere[ ]in))[ ]"
    rf"(?P<name>(?:the|our|its|their|a|today’s|today's)[ ]{_NAME})",
    re.IGNORECASE,
)
_SEPARATE = re.compile(
    rf"\b(?P<name>[Tt]he[ ]{_NAME})[ ](?:is|are|has been|have been|was|were)[ ]"
    r"(?:also[ ])?(?:provided|attached|appended|enclosed|presented|included|circulated|submitted|available|on)[ ]?"
    r"(?:as|at|in|separately|elsewhere|with)?[ ]?(?:(?:a|the|this|today’s|today's)[ ])?"
    r"(?:separate|separately|agenda|paper|papers|pack|item|here|below|supporting|appendix)\b",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"\b(?:[Tt]he[ ]|[Ss]ee[ ](?:the[ ])?|in[ ](?:the[ ])?)"
    r"(?P<name>[A-Z][\w&’'-]*(?:[ ](?:and|of|&|the|for|[A-Z][\w&’'-]*)){0,5})[ ][Ss]ection\b(?![ ]*\d)"
)


def named_papers(text: str) -> Iterator[RawMention]:
    """Names of papers where the words around say that they are to be looked at. Whether there is such a paper, the
    pack tells."""
    for pattern in (_SEEN, _SEPARATE):
        for found in pattern.finditer(text):
            name = re.sub(r"^(?:the|our|its|their|a|today[’']s)\s+", "", found["name"], flags=re.IGNORECASE)
            start = found.end("name") - len(name)
            yield RawMention(MentionKind.PAPER, start, found.end("name"), " ".join(name.split()), {"cued": "yes"})


def named_sections(text: str) -> Iterator[RawMention]:
    """Sections by their titles."""
    if "ection" not in text:
        return
    for found in _SECTION.finditer(text):
        facts = {"named": "yes"}
        yield RawMention(MentionKind.SECTION, found.start("name"), found.end(), found["name"], facts)
