"""Receipts: a secretary who asks hears that a pack came and was opened, and nothing else; the member sees what."""

from dataclasses import replace
from pathlib import Path

import pytest
from at_work import Secretary, pdf_bytes
from intake_making import LONG, Laptop, admit, join_by_file, until

from desktop.changes import Event
from desktop.errors import KnownError
from desktop.library.receipts import Receipts, Telling
from desktop.packs.fields import Malformed
from desktop.packs.layout import letter_name, outbox_of
from desktop.packs.receipt import Line, Receipt, mailbox_of, open_receipt
from desktop.packs.sealing import new_key
from desktop.secretary import roster
from desktop.secretary.receipts import Has, WhoHas, ask_for_receipts, take_receipts, who_has


@pytest.fixture
def asking(secretary: Secretary, laptop: Laptop) -> Secretary:
    """A board that asks for receipts, with one pack out."""
    admit(secretary, laptop)
    ask_for_receipts(secretary.registry, secretary.office, True)
    secretary.despatch()
    return secretary


def pack_id(laptop: Laptop) -> str:
    assert laptop.room
    (pack,) = laptop.do(laptop.room.shelf.packs).values()
    return pack.id


def mailbox(secretary: Secretary) -> list[Path]:
    return sorted((secretary.folder / outbox_of(mailbox_of(secretary.office.recipient))).glob("*"))


def receipts_of(laptop: Laptop) -> Receipts:
    assert laptop.room
    assert laptop.room.receipts
    return laptop.room.receipts


def heard(secretary: Secretary, laptop: Laptop) -> WhoHas:
    receipts_of(laptop).send(laptop.body_id).result(LONG)
    take_receipts(secretary.registry, secretary.office)
    return who_has(secretary.registry, secretary.office, pack_id(laptop))


def told(laptop: Laptop) -> list[Telling]:
    return laptop.do(receipts_of(laptop).tellings)


def test_the_secretary_hears_that_it_came_and_then_that_it_was_opened(asking: Secretary, laptop: Laptop) -> None:
    laptop.fetch()
    found = heard(asking, laptop)
    assert (found.asked, found.edition) == (True, 1)
    assert [(each.member, each.has) for each in found.members] == [("Jane Doe", Has.RECEIVED)]
    assert found.to_call == ()
    assert laptop.room
    laptop.do(laptop.room.mark_open, pack_id(laptop))
    found = heard(asking, laptop)
    assert found.members[0].has is Has.OPENED
    (line,) = [device.line for device in found.members[0].devices]
    assert line
    assert (line.received, line.opened) == (1, 1)
    assert mailbox(asking) == [], "what was taken is out of the repository"


def test_a_correction_is_an_earlier_edition_until_it_has_come(asking: Secretary, laptop: Laptop) -> None:
    laptop.fetch()
    heard(asking, laptop)
    asking.plan(_2_finance=pdf_bytes("Finance, corrected"))
    asking.despatch()
    found = who_has(asking.registry, asking.office, pack_id(laptop))
    assert found.members[0].has is Has.EARLIER
    assert found.to_call == ("Jane Doe",)
    laptop.fetch()
    assert heard(asking, laptop).to_call == ()


def test_who_never_came_by_is_to_be_called_first(asking: Secretary, laptop: Laptop) -> None:
    asking.welcome("Adam Poe")
    laptop.fetch()
    found = heard(asking, laptop)
    assert [(each.member, each.has) for each in found.members] == [
        ("Adam Poe", Has.NOTHING),
        ("Jane Doe", Has.RECEIVED),
    ]
    assert found.to_call == ("Adam Poe",)


def test_a_pack_that_asks_for_none_is_told_of_to_nobody(secretary: Secretary, laptop: Laptop) -> None:
    admit(secretary, laptop)
    secretary.despatch()
    laptop.fetch()
    assert laptop.room
    laptop.do(laptop.room.mark_open, pack_id(laptop))
    assert receipts_of(laptop).send(laptop.body_id).result(LONG)
    assert mailbox(secretary) == []
    assert told(laptop) == []
    ask_for_receipts(secretary.registry, secretary.office, True)
    secretary.publisher().reissue()
    laptop.fetch()
    assert told(laptop) == [], "asking begins with the next edition, which says so"


def test_the_member_sees_what_is_told_and_nothing_else_is_in_it(asking: Secretary, laptop: Laptop) -> None:
    laptop.fetch()
    until(lambda: Event.RECEIPT_SENT in laptop.events(Event.RECEIPT_SENT))
    (telling,) = told(laptop)
    ((title, line),) = telling.lines
    assert title == "Group Board, 29 January 2026"
    assert not telling.waits
    (file,) = mailbox(asking)
    opened = open_receipt(file.read_bytes(), asking.office.identity)
    assert opened.receipt.lines == (line,)
    assert set(vars(opened.receipt)) == {"body_id", "author", "sequence", "lines"}
    assert set(vars(line)) == {"pack_id", "received", "received_at", "opened", "opened_at"}


def test_where_nothing_can_be_written_the_receipt_goes_as_a_file(
    far_secretary: Secretary, laptop: Laptop, tmp_path: Path
) -> None:
    join_by_file(far_secretary, laptop)
    ask_for_receipts(far_secretary.registry, far_secretary.office, True)
    far_secretary.despatch()
    laptop.fetch()
    body_id = far_secretary.office.body_id
    assert not receipts_of(laptop).send(body_id).result(LONG)
    (telling,) = told(laptop)
    assert telling.by_file
    file = tmp_path / "jane.despatch-receipts"
    receipts_of(laptop).export(body_id, file).result(LONG)
    take_receipts(far_secretary.registry, far_secretary.office, [file])
    found = who_has(far_secretary.registry, far_secretary.office, pack_id(laptop))
    assert found.members[0].has is Has.RECEIVED


class TestRefused:
    """What others may put into the secretary's mailbox."""

    @pytest.fixture
    def real(self, asking: Secretary, laptop: Laptop) -> Receipt:
        laptop.fetch()
        until(lambda: bool(mailbox(asking)))
        return open_receipt(mailbox(asking)[-1].read_bytes(), asking.office.identity).receipt

    def put(self, secretary: Secretary, sealed: bytes) -> list[str]:
        name = letter_name(mailbox_of(secretary.office.recipient), sealed)
        path = secretary.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sealed)
        return take_receipts(secretary.registry, secretary.office).troubles

    def signing(self, laptop: Laptop) -> str:
        assert laptop.room
        identity = laptop.do(laptop.room.holdings.bodies.identity, laptop.body_id)
        assert identity
        return identity.signing

    def test_another_member_speaking_for_jane(self, asking: Secretary, laptop: Laptop, real: Receipt) -> None:
        other = asking.welcome("John Roe")
        forged = replace(real, sequence=99).to_sealed(asking.office.recipient, other.identity.signing)
        assert "nobody on the roster signed it" in self.put(asking, forged)[0]
        found = who_has(asking.registry, asking.office, real.lines[0].pack_id)
        assert {each.member: each.has for each in found.members} == {
            "Jane Doe": Has.RECEIVED,
            "John Roe": Has.NOTHING,
        }

    def test_an_older_receipt_sent_again_takes_nothing_back(
        self, asking: Secretary, laptop: Laptop, real: Receipt
    ) -> None:
        line = replace(real.lines[0], opened=1, opened_at="2026-01-20T10:00:00Z")
        newer = replace(real, sequence=7, lines=(line,)).to_sealed(asking.office.recipient, self.signing(laptop))
        assert self.put(asking, newer) == []
        older = replace(real, sequence=6).to_sealed(asking.office.recipient, self.signing(laptop))
        assert self.put(asking, older) == []
        assert who_has(asking.registry, asking.office, line.pack_id).members[0].has is Has.OPENED

    def test_another_bodys_receipt_and_what_is_sealed_to_somebody_else(
        self, asking: Secretary, laptop: Laptop, real: Receipt
    ) -> None:
        elsewhere = replace(real, body_id="f" * 16).to_sealed(asking.office.recipient, self.signing(laptop))
        assert "cannot be used" in self.put(asking, elsewhere)[0]
        _, stranger = new_key()
        assert any("not sealed to you" in each for each in self.put(asking, real.to_sealed(stranger, "1" * 64)))

    def test_a_removed_device_counts_for_nothing(self, asking: Secretary, laptop: Laptop, real: Receipt) -> None:
        (entry,) = asking.registry.roster.of_body(asking.office.body_id)
        roster.remove(asking.registry, asking.office, entry)
        asking.publisher().reissue()
        assert take_receipts(asking.registry, asking.office).devices == 0
        assert who_has(asking.registry, asking.office, real.lines[0].pack_id).members == ()

    def test_nonsense_and_too_much_of_it(self, asking: Secretary, laptop: Laptop, real: Receipt) -> None:
        assert "cannot be used" in self.put(asking, b"nonsense")[0]
        for wrong in (replace(real, lines=(real.lines[0],) * 2), replace(real, lines=(Line("x"),))):
            sealed = wrong.to_sealed(asking.office.recipient, self.signing(laptop))
            with pytest.raises(Malformed):
                open_receipt(sealed, asking.office.identity)
        with pytest.raises(Malformed):
            open_receipt(b"x" * 300_000, asking.office.identity)


def test_of_a_pack_that_was_not_despatched_nothing_is_known(secretary: Secretary) -> None:
    with pytest.raises(KnownError, match="not despatched"):
        who_has(secretary.registry, secretary.office, "f" * 16)
