"""What a repository offers this device: the indexes it has not seen, opened and checked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from db.records import IdentityRecord
from desktop.library.arrivals import Offer
from desktop.library.repository import Repository
from desktop.packs.farewell import is_farewell
from desktop.packs.index import pack_from_bytes
from desktop.packs.layout import TargetFacts, is_for, tag_of_index
from desktop.packs.sealing import CannotOpen, open_sealed

INDEX_LIMIT = 8 * 1024 * 1024  # bytes; an index of a thousand papers takes half a megabyte


@dataclass(frozen=True)
class Offers:
    """new: indexes not seen before. names: of all for this device there are now. farewell: the body has taken it off
    its list, and what it has is to be destroyed."""

    new: list[Offer]
    names: set[str]
    farewell: bool = False


def offers_in(
    repository: Repository,
    targets: Mapping[str, TargetFacts],
    identity: IdentityRecord | None,
    body_id: str,
    seen: Collection[str],
) -> Offers:
    """seen: names of indexes taken before. Raises KnownError where one cannot be used."""
    if identity is None:
        return Offers([], set())
    names = {name for name, facts in targets.items() if is_for(name, facts, identity.tag)}
    new = []
    for name in sorted(names - set(seen)):
        sealed = repository.read_target(name, INDEX_LIMIT)
        try:
            plain = open_sealed(sealed, identity.key)
        except CannotOpen:
            if targets[name].readers:  # shared by devices of which one has a tag that begins as ours does
                continue
            raise
        if is_farewell(plain, identity.tag, body_id):
            return Offers([], names, farewell=True)
        new.append(Offer(name, plain, pack_from_bytes(plain, tag_of_index(name), body_id)))
    return Offers(new, names)
