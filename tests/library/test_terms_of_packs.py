"""Packs under embargo, which nobody can open before it ends; and packs that leave when their day is over."""

from datetime import UTC, date, datetime, timedelta

import pytest
from at_work import PLAN, Secretary, pdf_bytes
from intake_making import Laptop, admit, until

from desktop.changes import Event
from desktop.errors import KnownError
from desktop.library.expiring import over_now
from desktop.library.shelf import PackState
from desktop.packs.folder import RepositoryFolder
from desktop.packs.index import pack_from_bytes, pack_to_bytes
from desktop.packs.pack import Pack
from desktop.secretary.due import What, coming, do_what_is_due, is_due
from desktop.secretary.publish import Publisher

SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)


def with_terms(**terms: object) -> str:
    lines = "\n".join(f'{name} = "{value}"' for name, value in terms.items())
    return PLAN.replace('note = "First papers"', f'note = "First papers"\n{lines}')


EMBARGOED = with_terms(embargo=f"{SOON.astimezone():%Y-%m-%d %H:%M:%S}")


def publisher_at(secretary: Secretary, now: datetime) -> Publisher:
    return Publisher(secretary.registry, secretary.office, RepositoryFolder(secretary.folder), now)


def pack_of(laptop: Laptop) -> Pack:
    assert laptop.room
    (pack,) = laptop.do(laptop.room.shelf.packs).values()
    return pack


def state_of(laptop: Laptop) -> PackState:
    assert laptop.room
    ((pack,),) = [body.packs for body in laptop.do(laptop.room.shelf.bodies)]
    return pack.state


class TestEmbargo:
    def test_papers_come_sealed_and_open_when_the_keys_come(self, secretary: Secretary, laptop: Laptop) -> None:
        admit(secretary, laptop)
        secretary.plan(EMBARGOED)
        secretary.despatch()
        laptop.fetch()
        pack = pack_of(laptop)
        assert pack.is_sealed
        assert pack.opens == SOON
        assert state_of(laptop) is PackState.SEALED
        assert [item.title for item in pack.items] == ["Under embargo"]
        assert "Finance" not in repr(pack)
        assert all(laptop.has_file(row) for row in laptop.do(laptop.room.holdings.versions.of_pack, pack.id))  # type: ignore[union-attr]
        assert laptop.found("finance") == []
        sealed = sorted((secretary.folder / "targets/blob").iterdir())
        publisher_at(secretary, SOON - timedelta(seconds=1)).reissue()
        laptop.fetch()
        assert pack_of(laptop).is_sealed
        publisher_at(secretary, SOON).reissue()
        laptop.fetch()
        assert not pack_of(laptop).is_sealed
        assert laptop.states() == {"Minutes of 29 November": "indexed", "Finance report": "indexed"}
        assert laptop.found("finance") != []
        assert sorted((secretary.folder / "targets/blob").iterdir()) == sealed, "nothing is sent twice"
        assert laptop.events(Event.PACK_ARRIVED) == [Event.PACK_ARRIVED] * 2

    def test_no_key_is_on_the_laptop_before(self, secretary: Secretary, laptop: Laptop) -> None:
        admit(secretary, laptop)
        secretary.plan(EMBARGOED)
        secretary.despatch()
        laptop.fetch()
        assert laptop.room
        rows = laptop.do(laptop.room.holdings.versions.of_pack, pack_of(laptop).id)
        assert [row.key for row in rows] == ["", ""]
        laptop.close()
        laptop.open()
        laptop.fetch()  # a new start does not try them either
        assert state_of(laptop) is PackState.SEALED

    def test_it_is_due_when_the_embargo_ends_and_not_before(self, secretary: Secretary) -> None:
        secretary.welcome("Jane Doe")
        secretary.plan(EMBARGOED)
        secretary.despatch()
        registry, office = secretary.registry, secretary.office
        found = coming(registry, office)
        assert [(each.what, each.at) for each in found if each.what is What.OPENS] == [(What.OPENS, SOON)]
        assert do_what_is_due(registry, office, SOON - timedelta(minutes=1)) is None
        assert do_what_is_due(registry, office, SOON) is not None
        assert not is_due(coming(registry, office), SOON)

    def test_what_members_have_cannot_be_put_under_it(self, secretary: Secretary) -> None:
        secretary.despatch()
        secretary.plan(EMBARGOED)
        with pytest.raises(KnownError, match="have this pack already"):
            secretary.compile()

    def test_a_paper_excluded_before_it_ends_keeps_its_key(self, secretary: Secretary) -> None:
        """Nobody had it, so that nothing has to be sealed and sent anew."""
        jane = secretary.welcome("Jane Doe")
        secretary.plan(EMBARGOED)
        secretary.despatch()
        secretary.plan(EMBARGOED + 'not_to = ["Jane Doe"]\n')
        compiled = secretary.compile()
        assert (compiled.fresh, compiled.kept, compiled.warnings) == (0, 2, ())
        secretary.publish(compiled)
        publisher_at(secretary, SOON).reissue()
        assert [paper.withheld for paper in jane.pack().papers] == [False, True]

    def test_an_index_in_which_some_keys_lack_is_refused(self, secretary: Secretary) -> None:
        from dataclasses import replace

        jane = secretary.welcome("Jane Doe")
        secretary.despatch()
        pack = jane.pack()
        first, second = pack.papers
        for wrong in (
            replace(pack, papers=(replace(first, key=""), second)),
            replace(pack, opens=SOON, papers=(replace(first, key=""), second)),
        ):
            with pytest.raises(KnownError, match="without its key"):
                pack_from_bytes(pack_to_bytes(wrong, "a" * 32, "Jane"), "a" * 32)


class TestExpiry:
    def test_papers_go_when_the_day_is_over_and_notes_stay(self, secretary: Secretary, laptop: Laptop) -> None:
        admit(secretary, laptop)
        last = date.today()
        secretary.plan(with_terms(expires=last))
        secretary.despatch()
        laptop.fetch()
        assert pack_of(laptop).expires == last
        assert laptop.room
        rows = laptop.do(laptop.room.holdings.versions.of_pack, pack_of(laptop).id)
        assert all(laptop.has_file(row) for row in rows)
        assert laptop.do(over_now, laptop.room.holdings, last) == []
        assert laptop.do(over_now, laptop.room.holdings, last + timedelta(days=1)) == [pack_of(laptop).id]

    def test_what_is_over_goes_by_itself_and_is_not_fetched_again(self, secretary: Secretary, laptop: Laptop) -> None:
        admit(secretary, laptop)
        secretary.despatch()
        laptop.fetch()
        assert laptop.found("finance") != []
        yesterday = date.today() - timedelta(days=1)
        secretary.plan(with_terms(expires=yesterday))
        before = datetime.now(UTC) - timedelta(days=3)
        self.publish_at(secretary, before)
        laptop.fetch()
        until(lambda: Event.PACK_EXPIRED in laptop.events(Event.PACK_EXPIRED))
        assert state_of(laptop) is PackState.EXPIRED
        assert laptop.found("finance") == []
        assert laptop.room
        rows = laptop.do(laptop.room.holdings.versions.of_pack, pack_of(laptop).id)
        assert not any(laptop.has_file(row) for row in rows)
        laptop.intake.want([pack_of(laptop).id])
        laptop.fetch()
        assert state_of(laptop) is PackState.EXPIRED

    def test_an_edition_that_stays_longer_brings_it_back(self, secretary: Secretary, laptop: Laptop) -> None:
        self.test_what_is_over_goes_by_itself_and_is_not_fetched_again(secretary, laptop)
        secretary.plan(with_terms(expires=date.today() + timedelta(days=30)))
        secretary.despatch()
        laptop.fetch()
        assert set(laptop.states().values()) == {"indexed"}
        assert laptop.found("finance") != []

    def test_the_repository_lets_go_of_the_papers_and_of_nobody(self, secretary: Secretary, laptop: Laptop) -> None:
        admit(secretary, laptop)
        secretary.plan(with_terms(expires=date.today()))
        secretary.despatch()
        laptop.fetch()
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        assert do_what_is_due(secretary.registry, secretary.office, tomorrow) is not None
        publisher_at(secretary, tomorrow).reissue()  # what went out of the last state goes with the next
        assert list((secretary.folder / "targets/blob").iterdir()) == []
        laptop.fetch()
        assert laptop.trouble() == "", "it is still sent packs"
        secretary.plan(with_terms(expires=date.today() + timedelta(days=9)))
        assert secretary.despatch().sent == 2, "sealed anew, since the old ones are gone"

    @staticmethod
    def publish_at(secretary: Secretary, now: datetime) -> None:
        from desktop.packs.packfile import open_packfile
        from desktop.secretary.publish import open_edition

        packfile = open_packfile(secretary.compile().path)
        _, edition = open_edition(secretary.registry, packfile)
        publisher_at(secretary, now).publish(packfile, edition)


def test_terms_that_cannot_be_are_told(secretary: Secretary) -> None:
    secretary.plan(with_terms(embargo="soon"), _1_minutes=pdf_bytes("Minutes"))
    with pytest.raises(KnownError, match="a day and a time"):
        secretary.compile()
    secretary.plan(with_terms(embargo="2026-05-01 09:00", expires="2026-04-01"))
    with pytest.raises(KnownError, match="expires before its embargo"):
        secretary.compile()
