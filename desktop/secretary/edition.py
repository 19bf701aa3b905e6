"""One edition as its secretary keeps it: the pack with every key, who may read what, and where it was published."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.packs.fields import SHA256, Fields, read_fields
from desktop.packs.index import check_format, pack_facts, pack_of
from desktop.packs.layout import MAX_PAPER, MIB, TargetFacts, readers_of, tag_of_index
from desktop.packs.pack import Pack, Paper
from desktop.secretary.registry import same_name

FORMAT = "despatch-edition/1"
_MOST = 20_000  # devices of one body


@dataclass(frozen=True)
class Audience:
    """Who may read a paper: only those named in `to` if there are any, and never those named in `not_to`."""

    to: tuple[str, ...] = ()
    not_to: tuple[str, ...] = ()

    def admits(self, *names: str) -> bool:
        """Whether a member who goes by these names may read it: their own, their groups', that of whom they stand in
        for. One that is kept from it outweighs all that are not."""
        if any(same_name(own, name) for name in self.not_to for own in names):
            return False
        return not self.to or any(same_name(own, name) for name in self.to for own in names)


@dataclass(frozen=True)
class Edition:
    """An edition. mark: random, one for each compiled file. By paper id: audiences, and hashes of file names.

    blobs: by target. indexes: tag of each device -> name and facts of its index, once published. retired: numbers that
    were printed on pages which are no longer in the pack, and are given to no other. sealed: these indexes went out
    under embargo, without a key.
    """

    mark: str
    pack: Pack
    audiences: Mapping[str, Audience]
    files: Mapping[str, str]
    blobs: Mapping[str, TargetFacts]
    indexes: Mapping[str, tuple[str, TargetFacts]]
    retired: str = ""
    sealed: bool = False

    def for_member(self, *names: str) -> Pack:
        """The pack as a member of these names may see it: a withheld paper keeps place, title and pages, no more."""
        papers = tuple(
            paper if not paper.key or self.audiences[paper.id].admits(*names) else _withheld(paper)
            for paper in self.pack.papers
        )
        return replace(self.pack, papers=papers)

    def readers(self, paper: Paper, members: Mapping[str, Sequence[str]]) -> set[str]:
        """The tags among members (tag -> names) that this edition's indexes give the paper's key to."""
        if self.sealed:
            return set()
        audience = self.audiences[paper.id]
        return {tag for tag, names in members.items() if tag in self.indexes and audience.admits(*names)}

    def targets(self) -> dict[str, TargetFacts]:
        """Everything this edition needs in the repository; of an index that is shared, for whom it is."""
        needed = dict(self.blobs)
        sharers: defaultdict[str, list[str]] = defaultdict(list)
        for tag, (name, facts) in self.indexes.items():
            needed[name] = facts
            if tag_of_index(name) != tag:
                sharers[name].append(tag)
        return needed | {name: replace(needed[name], readers=readers_of(tags)) for name, tags in sharers.items()}

    def keep_indexes(self, tags: Collection[str]) -> "Edition":
        """The edition with the indexes of these devices only."""
        return replace(self, indexes={tag: index for tag, index in self.indexes.items() if tag in tags})

    def to_bytes(self) -> bytes:
        """The edition as JSON. It holds keys: to be sealed, or kept in the encrypted store."""
        facts = {
            "format": FORMAT,
            "mark": self.mark,
            **({"retired": self.retired} if self.retired else {}),
            "sealed": self.sealed,
            **pack_facts(self.pack),
            "audiences": {
                key: {"to": list(audience.to), "not_to": list(audience.not_to)}
                for key, audience in self.audiences.items()
            },
            "files": {key: {"name": name} for key, name in self.files.items()},
            "blobs": {name: _facts(facts) for name, facts in self.blobs.items()},
            "indexes": {tag: {"name": name, **_facts(facts)} for tag, (name, facts) in self.indexes.items()},
        }
        return json.dumps(facts, ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Edition":
        """Read an edition; raises Malformed, or KnownError for one made by a newer Despatch."""
        fields = read_fields(data, 32 * MIB)
        check_format(fields, FORMAT, "This pack")
        return cls(
            fields.text("mark", 32),
            pack_of(fields),
            {key: _audience(each) for key, each in fields.named("audiences", 1000).items()},
            {key: each.text("name", 300) for key, each in fields.named("files", 1000).items()},
            {name: _target(each) for name, each in fields.named("blobs", 1000).items()},
            {tag: (each.text("name", 100), _target(each)) for tag, each in fields.named("indexes", _MOST).items()},
            fields.text("retired", 100_000) if fields.has("retired") else "",
            fields.flag("sealed"),
        )


def _withheld(paper: Paper) -> Paper:
    return replace(paper, sha256="", length=0, target="", key="", withheld=True)


def _facts(facts: TargetFacts) -> dict[str, object]:
    return {"length": facts.length, "sha256": facts.sha256}


def _audience(fields: Fields) -> Audience:
    return Audience(tuple(fields.texts("to", 500)), tuple(fields.texts("not_to", 500)))


def _target(fields: Fields) -> TargetFacts:
    return TargetFacts(fields.number("length", 1, MAX_PAPER), fields.text("sha256", 64, SHA256))
