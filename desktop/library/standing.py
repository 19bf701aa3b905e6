"""Who this device is among a body's members, and whom its notes can go to. Runs in the store's lane."""

import json
from dataclasses import dataclass

from db.records import FellowRecord, IdentityRecord
from desktop.library.holdings import Holdings
from desktop.library.ledger import Ledger, Me
from desktop.packs.sealing import phrase_of


@dataclass(frozen=True)
class Person:
    """A member notes can be shared with. reads: whether a device of theirs can receive any."""

    person: str
    name: str
    reads: bool


@dataclass(frozen=True)
class Company:
    """Who else there is. me: the member as the roster knows them, "" where notes cannot be shared yet."""

    me: str
    people: tuple[Person, ...]


@dataclass(frozen=True)
class OwnDevice:
    """Another computer that the roster says is the member's. words: five, as it showed them when it joined. agreed:
    whether the member has said that it is; None while that is to be asked."""

    tag: str
    name: str
    words: str
    agreed: bool | None


@dataclass(frozen=True)
class Among:
    """This device among the others of a body. others: those on the roster now. agreed: tags of the member's own."""

    body_id: str
    identity: IdentityRecord
    me: Me
    others: tuple[FellowRecord, ...]
    agreed: frozenset[str]

    def own(self, fellow: FellowRecord) -> bool:
        """Whether a device is one more of the member's."""
        return fellow.person == self.me.person


def stand_among(holdings: Holdings, body_id: str) -> Among | None:
    """None where nothing can be shared: the secretary's roster does not name this device, or not its signing key."""
    identity = holdings.bodies.identity(body_id)
    if identity is None or not identity.signing or holdings.bodies.get(body_id) is None:
        return None
    fellows = [each for each in holdings.fellows.of_body(body_id) if each.present]
    mine = next((each for each in fellows if each.tag == identity.tag), None)
    if mine is None or not mine.signing:
        return None
    others = tuple(each for each in fellows if each.tag != identity.tag and each.signing)
    agreed = frozenset(tag for tag, yes in answers(holdings, body_id).items() if yes)
    own = any(each.person == mine.person and each.tag in agreed for each in others)
    return Among(body_id, identity, Me(identity.tag, mine.person, own), others, agreed)


def people(holdings: Holdings, body_id: str) -> list[Person]:
    """Every other member, by name; those who left too, since notes may still name them."""
    identity = holdings.bodies.identity(body_id)
    fellows = holdings.fellows.of_body(body_id)
    mine = {each.person for each in fellows if identity is not None and each.tag == identity.tag}
    found: dict[str, Person] = {}
    for each in fellows:
        if each.person not in mine:
            reads = each.present and bool(each.signing)
            known = found.get(each.person)
            found[each.person] = Person(each.person, each.member, reads or (known is not None and known.reads))
    return list(found.values())


def company_of(holdings: Holdings, body_id: str) -> Company:
    """The other members of a body, as the newest roster has them."""
    among = stand_among(holdings, body_id)
    return Company(among.me.person if among is not None else "", tuple(people(holdings, body_id)))


def own_devices(holdings: Holdings, body_id: str) -> list[OwnDevice]:
    """The member's other computers, as the roster has them now."""
    body, among = holdings.bodies.get(body_id), stand_among(holdings, body_id)
    if body is None or among is None:
        return []
    said = answers(holdings, body_id)
    return [
        OwnDevice(
            each.tag, each.device, phrase_of(each.recipient, body_id, body.secretary, each.signing), said.get(each.tag)
        )
        for each in among.others
        if among.own(each)
    ]


def catch_up(holdings: Holdings, pack_id: str, but: frozenset[str]) -> None:
    """The notes of a pack are about to be read for the screen, all but those that wait to be saved."""
    if not holdings.note_states.behind(pack_id):
        return
    record = holdings.packs.get(pack_id)
    if record is not None and (among := stand_among(holdings, record.body_id)) is not None:
        with holdings.store.transaction():
            Ledger(holdings).catch_up(pack_id, among.me, but)


def answers(holdings: Holdings, body_id: str) -> dict[str, bool]:
    """What the member said of devices that are called theirs, by tag: the roster alone is not enough for private notes
    to go there, since it is not the member who writes it."""
    said = json.loads(holdings.settings.get(_name(body_id), "{}"))
    return {str(tag): bool(yes) for tag, yes in said.items()}


def answer(holdings: Holdings, body_id: str, tag: str, yes: bool) -> None:
    """The member says whether a device is theirs."""
    holdings.settings.set(_name(body_id), json.dumps({**answers(holdings, body_id), tag: yes}))


def _name(body_id: str) -> str:
    return f"devices/{body_id}"
