"""Members are told of each other's devices, and an older reader is not troubled by it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from at_work import Member, Secretary, pdf_bytes

from desktop.errors import KnownError
from desktop.packs.device_keys import holds, new_device_key, public_half, sign
from desktop.packs.fellows import Roster, roster_in
from desktop.packs.fields import Malformed
from desktop.packs.invitation import JoinRequest
from desktop.packs.layout import MAX_INDEX, tag_of_index
from desktop.packs.sealing import new_key, open_sealed
from desktop.secretary import roster


def rosters(member: Member) -> list[Roster]:
    """Every roster in the indexes that a device is sent now."""
    repository = member.repository()
    repository.refresh()
    ours = [name for name in repository.targets() if tag_of_index(name) == member.identity.tag]
    opened = [open_sealed(repository.read_target(name, MAX_INDEX), member.identity.key) for name in ours]
    return [found for plain in opened if (found := roster_in(plain)) is not None]


def told(member: Member) -> Roster:
    (found,) = rosters(member)
    return found


def indexes(ready: Secretary) -> set[str]:
    return {path.name for path in (ready.folder / "targets" / "idx").iterdir()}


def another(ready: Secretary, name: str, folder: Path) -> Member:
    """One more device of a member, admitted."""
    member = Member(folder, name, ready.bodies(folder))
    member.answer(roster.invite(ready.registry, ready.office, name, another_device=True).to_bytes(), "tablet")
    ready.admit_all()
    return member


def test_everybody_is_told_of_everybody(ready: Secretary) -> None:
    jane = ready.welcome("Jane Doe")
    ready.despatch()
    john = ready.welcome("John Roe")
    for member in (jane, john):
        fellows = {each.member: each for each in told(member).fellows}
        assert set(fellows) == {"Jane Doe", "John Roe"}
        for each in (jane, john):
            assert fellows[each.name].signing == public_half(each.identity.signing) != ""
            assert fellows[each.name].recipient == each.identity.recipient
    assert fellows["Jane Doe"].person != fellows["John Roe"].person


def test_only_the_edition_despatched_last_tells_and_only_what_is_new(ready: Secretary) -> None:
    jane = ready.welcome("Jane Doe")
    ready.despatch()
    first = told(jane)
    index = indexes(ready)
    ready.publisher().reissue()
    assert indexes(ready) == index
    ready.welcome("John Roe")
    assert told(jane).number > first.number
    ready.plan(_2_finance=pdf_bytes("Corrected"))
    ready.despatch()
    assert sorted(each.member for each in told(jane).fellows) == ["Jane Doe", "John Roe"]


def test_a_leaver_is_told_of_no_more(ready: Secretary) -> None:
    jane, _ = ready.welcome("Jane Doe"), ready.welcome("John Roe")
    ready.despatch()
    entry = roster.find(ready.registry, ready.office, "John Roe", (roster.ADMITTED,))
    roster.remove(ready.registry, ready.office, entry)
    ready.publisher().reissue()
    assert [each.member for each in told(jane).fellows] == ["Jane Doe"]


def test_another_device_is_the_same_person_and_named_to_that_person_alone(ready: Secretary, tmp_path: Path) -> None:
    jane, john = ready.welcome("Jane Doe"), ready.welcome("John Roe")
    ready.despatch()
    tablet = another(ready, "Jane Doe", tmp_path / "tablet")
    hers = [each for each in told(jane).fellows if each.member == "Jane Doe"]
    assert len({each.person for each in hers}) == 1
    assert {each.device for each in hers} == {"laptop", "tablet"}
    assert told(tablet) == told(jane)
    assert {each.device for each in told(john).fellows} == {"", "laptop"}


def test_one_name_is_not_taken_for_one_person(ready: Secretary) -> None:
    ready.welcome("Jane Doe")
    with pytest.raises(KnownError, match="on the roster already"):
        roster.invite(ready.registry, ready.office, "jane  doe")
    with pytest.raises(KnownError, match="Nobody called John Roe"):
        roster.invite(ready.registry, ready.office, "John Roe", another_device=True)


def test_the_five_words_vouch_for_the_signing_key_too(ready: Secretary) -> None:
    _, recipient = new_key()
    request = JoinRequest("b" * 16, "Jane", "laptop", recipient, "0" * 32, public_half(new_device_key()))
    other = replace(request, signing=public_half(new_device_key()))
    before = replace(request, signing="")
    phrases = {each.phrase(ready.office.recipient) for each in (request, other, before)}
    assert len(phrases) == 3
    read = JoinRequest.from_sealed(request.to_sealed(ready.office.recipient), ready.office.identity)
    assert read == request


def test_a_signature_holds_for_what_was_signed_alone() -> None:
    key = new_device_key()
    signature = sign(b"words", key)
    assert holds(signature, b"words", public_half(key))
    assert not holds(signature, b"other words", public_half(key))
    assert not holds(signature, b"words", public_half(new_device_key()))
    assert not holds(signature, b"words", "")
    assert not holds("00", b"words", public_half(key))


def test_a_roster_that_gives_a_device_anothers_name_is_refused(ready: Secretary) -> None:
    jane = ready.welcome("Jane Doe")
    ready.despatch()
    repository = jane.repository()
    repository.refresh()
    (name,) = [name for name in repository.targets() if tag_of_index(name)]
    facts = json.loads(open_sealed(repository.read_target(name, MAX_INDEX), jane.identity.key))
    facts["roster"]["fellows"][0]["recipient"] = new_key()[1]
    with pytest.raises(Malformed):
        roster_in(json.dumps(facts).encode())
    del facts["roster"]
    assert roster_in(json.dumps(facts).encode()) is None
