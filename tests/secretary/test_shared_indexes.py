"""Members who may see the same papers share one index; what each must fetch stays small however many they are."""

from pathlib import Path

import pytest
from at_work import PLAN, Member, Secretary

from db.records import RosterRecord
from desktop.library.offers import offers_in
from desktop.packs.index import pack_from_bytes
from desktop.packs.layout import TargetFacts, is_for, readers_of, tag_of_index
from desktop.packs.sealing import CannotOpen, new_key, open_sealed, tag_of
from desktop.secretary import roster
from desktop.secretary.indexes import SHARED_FROM

MANY = SHARED_FROM + 5


@pytest.fixture(scope="module")
def crowd() -> list[tuple[str, str]]:
    """(identity, recipient) of devices."""
    return [new_key() for _ in range(MANY)]


def admit_all(secretary: Secretary, crowd: list[tuple[str, str]]) -> None:
    for number, (_, recipient) in enumerate(crowd):
        entry = RosterRecord(
            secretary.office.body_id, tag_of(recipient), f"Member {number}", "laptop", recipient, "",
            roster.ADMITTED, "",
            person=f"{number:016x}", signing="a" * 64,
        )  # fmt: skip
        secretary.registry.roster.put(entry)


def indexes(member: Member) -> dict[str, TargetFacts]:
    repository = member.repository()
    repository.refresh()
    return {name: facts for name, facts in repository.targets().items() if tag_of_index(name)}


def opened(member: Member, identity: str, name: str) -> bytes:
    repository = member.repository()
    repository.refresh()
    return open_sealed(repository.read_target(name, 1 << 20), identity)


def test_they_share_one_and_whoever_may_see_less_has_another(ready: Secretary, crowd: list[tuple[str, str]]) -> None:
    jane = ready.welcome("Jane Doe")
    admit_all(ready, crowd)
    ready.plan(PLAN.replace('title = "Finance report"', 'title = "Finance report"\nnot_to = ["Jane Doe"]'))
    ready.despatch()
    (shared,) = [name for name, facts in indexes(jane).items() if facts.readers]
    (own,) = [name for name in indexes(jane) if name != shared]
    assert tag_of_index(own) == jane.identity.tag
    for identity, recipient in crowd:
        assert is_for(shared, indexes(jane)[shared], tag_of(recipient))
        pack = pack_from_bytes(opened(jane, identity, shared), tag_of_index(shared), jane.body_id)
        assert all(paper.key for paper in pack.papers)
    assert not is_for(shared, indexes(jane)[shared], jane.identity.tag)
    with pytest.raises(CannotOpen):
        opened(jane, jane.identity.key, shared)
    assert [paper.withheld for paper in jane.pack().papers] == [False, True]


def test_a_newcomer_has_an_own_one_and_a_leaver_is_named_no_more(
    ready: Secretary, crowd: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a body so large that its members are not told of each other: then nothing is sealed anew."""
    monkeypatch.setattr("desktop.secretary.telling.MOST_TOLD", 10)
    admit_all(ready, crowd)
    ready.despatch()
    jane = ready.welcome("Jane Doe")
    (shared,) = [name for name, facts in indexes(jane).items() if facts.readers]
    assert jane.pack().edition == 1
    leaver = ready.registry.roster.get(ready.office.body_id, tag_of(crowd[0][1]))
    assert leaver
    roster.remove(ready.registry, ready.office, leaver, may_keep=True)
    ready.publisher().reissue()
    after = indexes(jane)
    assert not is_for(shared, after[shared], leaver.tag)
    assert is_for(shared, after[shared], tag_of(crowd[1][1]))


def test_so_many_share_one_that_opening_it_takes_no_time(
    ready: Secretary, crowd: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.secretary.indexes.MOST_SHARING", 30)
    jane = ready.welcome("Jane Doe")
    admit_all(ready, crowd)
    ready.despatch()
    shared = {name: facts for name, facts in indexes(jane).items() if facts.readers}
    assert len(shared) == 2
    for _, recipient in crowd:
        assert sum(is_for(name, facts, tag_of(recipient)) for name, facts in shared.items()) == 1
    assert jane.pack().edition == 1


def test_a_tag_that_begins_alike_is_passed_over(ready: Secretary, crowd: list[tuple[str, str]]) -> None:
    jane = ready.welcome("Jane Doe")
    admit_all(ready, crowd)
    ready.despatch()
    repository = jane.repository()
    repository.refresh()
    stranger = jane.identity.__class__(**{**vars(jane.identity), "key": new_key()[0]})
    offers = offers_in(repository, repository.targets(), stranger, jane.body_id, ())
    assert offers.new == []
    assert len(offers.names) == 1


@pytest.mark.parametrize("readers", ["!", "AAAA", "A" * 7, "\u00e9"])
def test_nonsense_about_readers_is_for_nobody(readers: str) -> None:
    name = "idx/" + "a" * 32 + "-" + "b" * 16 + ".age"
    assert not is_for(name, TargetFacts(1, "c" * 64, readers), "d" * 32)
    assert not is_for("blob/" + "a" * 32 + ".age", TargetFacts(1, "c" * 64, readers_of(["d" * 32])), "d" * 32)


def test_an_index_a_device_shares_is_found_by_the_real_reader(
    ready: Secretary, crowd: list[tuple[str, str]], tmp_path: Path
) -> None:
    jane = ready.welcome("Jane Doe")
    admit_all(ready, crowd)
    ready.despatch()
    assert all(facts.readers for facts in indexes(jane).values())
    assert [paper.title for paper in jane.pack().papers] == ["Minutes of 29 November", "Finance report"]
    assert jane.read("Finance report").startswith(b"%PDF")
