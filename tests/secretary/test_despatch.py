"""From a folder of PDFs to what each member can read: editions, exclusions, late members, leavers, interruptions."""

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from at_work import PLAN, Secretary, pdf_bytes

from desktop.errors import KnownError
from desktop.packs.folder import RepositoryFolder
from desktop.packs.pack import PaperKind, PaperStatus, Purpose, Session
from desktop.packs.packfile import open_packfile
from desktop.secretary import roster
from desktop.secretary.places import open_place
from desktop.secretary.publish import Publisher, open_edition

NOT_JANE = PLAN + 'not_to = ["Jane Doe"]\n'


def files_of(folder: Path, under: str = "targets/blob") -> set[str]:
    return {path.name for path in (folder / under).iterdir()} if (folder / under).is_dir() else set()


class TestOneEdition:
    def test_a_member_reads_what_was_compiled(self, ready: Secretary) -> None:
        jane = ready.welcome("Jane Doe")
        assert jane.packs() == {}
        published = ready.despatch()
        assert (published.sent, published.kept, published.devices) == (2, 0, 1)
        pack = jane.pack()
        assert pack.title == "Group Board, 29 January 2026"
        assert (pack.edition, pack.note, pack.meeting.session) == (1, "First papers", Session.PUBLIC)
        assert (pack.meeting.starts, pack.meeting.place) == ("13:30", "Kettering")
        assert [(item.number, item.purpose) for item in pack.items] == [("1", Purpose.DECISION), ("2", Purpose.NONE)]
        assert [(paper.kind, paper.pages) for paper in pack.papers] == [(PaperKind.MINUTES, 3), (PaperKind.REPORT, 2)]
        assert datetime.now(UTC) - pack.despatched < timedelta(minutes=5)
        assert jane.read("Finance report") == (ready.papers / "2 finance.pdf").read_bytes()

    def test_nothing_readable_is_in_pack_file_or_repository(self, ready: Secretary) -> None:
        ready.welcome("Jane Doe")
        compiled = ready.compile()
        ready.publish(compiled)
        files = [path for path in ready.folder.rglob("*") if path.is_file()] + [compiled.path]
        assert len(files) > 8
        for path in files:
            data = path.read_bytes() + path.name.encode()
            for word in (b"Finance", b"Minutes", b"Jane", b"Board", b"%PDF", b"Kettering", b"AGE-SECRET"):
                assert word not in data, (path, word)

    def test_names_in_the_repository_are_opaque_and_plain(self, ready: Secretary) -> None:
        ready.welcome("Jane Doe")
        ready.despatch()
        targets = json.loads((ready.folder / "metadata/3.targets.json").read_text())["signed"]["targets"]
        for name in targets:
            assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789./-")
        (index,) = [facts for name, facts in targets.items() if name.startswith("idx/")]
        assert index["length"] > 4096

    def test_papers_without_a_file_keep_their_place(self, ready: Secretary) -> None:
        jane = ready.welcome("Jane Doe")
        more = '[[papers]]\nitem = "2"\ntitle = "Verbal update"\nstatus = "verbal"\n'
        more += '[[papers]]\nitem = "2"\ntitle = "Budget"\nstatus = "to follow"\n'
        ready.plan(PLAN + more)
        ready.despatch()
        assert [paper.status for paper in jane.pack().papers[2:]] == [PaperStatus.VERBAL, PaperStatus.TO_FOLLOW]
        assert not any(paper.target or paper.key or paper.pages for paper in jane.pack().papers[2:])

    def test_a_paper_that_is_not_to_be_printed_says_so_to_the_member(self, ready: Secretary) -> None:
        jane = ready.welcome("Jane Doe")
        ready.plan(PLAN + "printing = false\n")
        ready.despatch()
        assert {paper.title: paper.no_printing for paper in jane.pack().papers} == {
            "Minutes of 29 November": False,
            "Finance report": True,
        }

    def test_a_paper_that_is_not_to_be_copied_may_still_be_printed(self, ready: Secretary) -> None:
        jane = ready.welcome("Jane Doe")
        ready.plan(PLAN + "copying = false\n")
        ready.despatch()
        finance = next(paper for paper in jane.pack().papers if paper.title == "Finance report")
        assert (finance.no_printing, finance.no_export, finance.may_be_copied) == (False, True, False)

    def test_one_file_under_two_items_is_sealed_once(self, ready: Secretary) -> None:
        jane = ready.welcome("Jane Doe")
        ready.plan(PLAN + '[[papers]]\nitem = "1"\ntitle = "Finance again"\nfile = "2 finance.pdf"\n')
        assert ready.despatch().sent == 2
        assert jane.read("Finance again") == jane.read("Finance report")
        assert len({paper.id for paper in jane.pack().papers}) == 3


class TestEditions:
    def test_a_corrected_paper_costs_that_paper_and_keeps_its_id(self, ready: Secretary) -> None:
        jane = ready.welcome("Jane Doe")
        ready.despatch()
        first = jane.pack()
        ready.plan(PLAN.replace("First papers", "Finance corrected"), _2_finance=pdf_bytes("Finance corrected", 4))
        published = ready.despatch()
        assert (published.sent, published.kept) == (1, 1)
        second = jane.pack()
        assert (second.id, second.edition, second.note) == (first.id, 2, "Finance corrected")
        assert [paper.id for paper in second.papers] == [paper.id for paper in first.papers]
        assert second.papers[0] == first.papers[0]
        assert second.papers[1].key != first.papers[1].key
        assert jane.read("Finance report") == (ready.papers / "2 finance.pdf").read_bytes()

    def test_a_renamed_paper_is_known_by_its_file(self, ready: Secretary) -> None:
        jane = ready.welcome("Jane Doe")
        ready.despatch()
        first = jane.pack()
        ready.plan(PLAN.replace('"Finance report"', '"Report on finance"'))
        ready.despatch()
        assert jane.pack().papers[1].id == first.papers[1].id

    def test_an_id_can_be_given(self, ready: Secretary) -> None:
        jane = ready.welcome("Jane Doe")
        ready.plan(PLAN + 'id = "00112233445566aa"\n')
        ready.despatch()
        assert jane.pack().papers[1].id == "00112233445566aa"

    def test_another_session_of_the_day_is_another_pack(self, ready: Secretary) -> None:
        jane = ready.welcome("Jane Doe")
        ready.despatch()
        ready.plan(PLAN.replace('"public"', '"private"').replace('note = "First papers"', 'title = "Private"'))
        assert ready.despatch().sent == 0
        packs = jane.packs()
        assert len(packs) == 2
        assert packs["Private"].edition == 1

    def test_a_file_compiled_before_the_last_publishing_is_refused(self, ready: Secretary) -> None:
        stale = ready.compile()
        kept = shutil.copy(stale.path, ready.papers / "stale.despatch-pack")
        ready.despatch()
        packfile = open_packfile(Path(kept))
        with pytest.raises(KnownError, match="Compile the pack again"):
            ready.publisher().publish(packfile, open_edition(ready.registry, packfile)[1])

    def test_publishing_the_same_file_again_changes_nothing_for_members(self, ready: Secretary) -> None:
        jane = ready.welcome("Jane Doe")
        compiled = ready.compile()
        ready.publish(compiled)
        before = jane.pack()
        again = ready.publish(compiled)
        assert (again.sent, again.kept) == (0, 2)
        assert jane.pack() == before

    def test_replaced_objects_stay_for_one_more_state_and_then_go(self, ready: Secretary) -> None:
        ready.welcome("Jane Doe")
        ready.despatch()
        first = files_of(ready.folder)
        ready.plan(_2_finance=pdf_bytes("Corrected"))
        ready.despatch()
        assert first < files_of(ready.folder)
        ready.publisher().reissue()
        assert len(files_of(ready.folder)) == 2
        assert len(files_of(ready.folder, "targets/idx")) == 1

    def test_metadata_does_not_pile_up(self, ready: Secretary) -> None:
        ready.despatch()
        for _ in range(5):
            ready.publisher().reissue()
        assert len(files_of(ready.folder, "metadata")) == 2 + 3 + 3


class TestExclusions:
    def test_a_withheld_paper_keeps_title_and_pages_but_no_key(self, ready: Secretary) -> None:
        jane, john = ready.welcome("Jane Doe"), ready.welcome("John Roe")
        ready.plan(NOT_JANE)
        ready.despatch()
        paper = jane.pack().papers[1]
        assert (paper.title, paper.pages, paper.withheld) == ("Finance report", 2, True)
        assert (paper.sha256, paper.length, paper.target, paper.key) == ("", 0, "", "")
        assert john.read("Finance report").startswith(b"%PDF")

    def test_to_names_the_only_readers(self, ready: Secretary) -> None:
        jane, john = ready.welcome("Jane Doe"), ready.welcome("John Roe")
        ready.plan(PLAN + 'to = ["jane  DOE"]\n')
        ready.despatch()
        assert not jane.pack().papers[1].withheld
        assert john.pack().papers[1].withheld

    def test_an_exclusion_after_despatch_makes_a_new_key_and_blob_and_says_so(self, ready: Secretary) -> None:
        jane, john = ready.welcome("Jane Doe"), ready.welcome("John Roe")
        ready.despatch()
        old = jane.pack().papers[1]
        old_blobs = files_of(ready.folder)
        ready.plan(NOT_JANE)
        compiled = ready.compile()
        assert len(compiled.warnings) == 1
        assert "“Finance report”" in compiled.warnings[0]
        assert "Jane Doe" in compiled.warnings[0]
        assert "cannot be called back" in compiled.warnings[0]
        assert (compiled.fresh, compiled.kept) == (1, 1)
        ready.publish(compiled)
        assert jane.pack().papers[1].withheld
        new = john.pack().papers[1]
        assert new.key != old.key
        assert new.target != old.target
        assert john.read("Finance report").startswith(b"%PDF")
        assert not any(old.target.removeprefix("blob/") in name for name in files_of(ready.folder))
        assert len(files_of(ready.folder) & old_blobs) == 1

    def test_the_old_key_is_not_used_again_in_a_third_edition(self, ready: Secretary) -> None:
        ready.welcome("Jane Doe")
        john = ready.welcome("John Roe")
        ready.plan(PLAN.replace('"public"', '"private"').replace("[pack]", '[pack]\ntitle = "Private"'))
        ready.despatch()
        ready.plan(PLAN)
        ready.despatch()
        ready.plan(NOT_JANE)
        ready.despatch()
        second = john.packs()["Group Board, 29 January 2026"].papers[1]
        ready.publisher().reissue()
        compiled = ready.compile()
        assert (compiled.fresh, compiled.warnings) == (0, ())
        ready.publish(compiled)
        third = john.packs()["Group Board, 29 January 2026"].papers[1]
        assert third.key == second.key

    def test_a_name_that_is_nobodys_is_refused(self, ready: Secretary) -> None:
        ready.welcome("Jane Doe")
        ready.plan(PLAN + 'not_to = ["Jane Dow"]\n')
        with pytest.raises(KnownError, match="“Jane Dow”, who is not on the roster"):
            ready.compile()

    def test_a_lifted_exclusion_needs_no_new_blob(self, ready: Secretary) -> None:
        jane = ready.welcome("Jane Doe")
        ready.plan(NOT_JANE)
        ready.despatch()
        ready.plan(PLAN)
        assert ready.despatch().sent == 0
        assert jane.read("Finance report").startswith(b"%PDF")


class TestRoster:
    def test_both_sides_see_the_same_five_words(self, ready: Secretary) -> None:
        jane = ready.invite("Jane Doe")
        assert jane.joined
        (entry,) = roster.take_requests(ready.registry, ready.office).entries
        assert entry.phrase == jane.joined.phrase == jane.identity.phrase
        assert len(entry.phrase.split()) == 5
        assert (entry.member, entry.device, entry.tag) == ("Jane Doe", "laptop", jane.identity.tag)
        assert jane.joined.delivered == str(ready.folder)

    def test_a_new_member_needs_only_an_index(self, ready: Secretary) -> None:
        ready.welcome("Jane Doe")
        ready.despatch()
        blobs = files_of(ready.folder)
        late = ready.welcome("John Roe")
        assert files_of(ready.folder) == blobs
        assert late.read("Finance report").startswith(b"%PDF")

    def test_nobody_reads_before_being_admitted(self, ready: Secretary) -> None:
        jane = ready.invite("Jane Doe")
        ready.despatch()
        assert jane.packs() == {}
        ready.admit_all()
        assert jane.pack().edition == 1

    def test_a_leaver_gets_nothing_new(self, ready: Secretary) -> None:
        jane, john = ready.welcome("Jane Doe"), ready.welcome("John Roe")
        ready.despatch()
        entry = roster.find(ready.registry, ready.office, "Jane Doe", (roster.ADMITTED,))
        roster.remove(ready.registry, ready.office, entry)
        ready.publisher().reissue()
        assert jane.packs() == {}
        assert john.pack().edition == 1
        ready.plan(_2_finance=pdf_bytes("Corrected"))
        ready.despatch()
        assert jane.packs() == {}

    def test_an_invitation_is_good_for_one_device(self, ready: Secretary) -> None:
        invitation = roster.invite(ready.registry, ready.office, "Jane Doe").to_bytes()
        jane, thief = ready.invite("Somebody"), ready.invite("Somebody else")
        jane.answer(invitation)
        thief.answer(invitation)
        asked = roster.take_requests(ready.registry, ready.office)
        both = [entry for entry in asked.entries if entry.member == "Jane Doe"]
        assert len({entry.phrase for entry in both}) == 2
        mine = next(entry for entry in both if entry.tag == jane.identity.tag)
        roster.admit(ready.registry, ready.office, [mine])
        with pytest.raises(KnownError, match="used by another device"):
            roster.admit(ready.registry, ready.office, [entry for entry in both if entry is not mine])
        later = ready.invite("Third")
        later.answer(invitation)
        asked = roster.take_requests(ready.registry, ready.office)
        assert any("invitation is not open" in trouble for trouble in asked.troubles)

    def test_requests_that_are_rubbish_are_told_and_do_not_stop_the_good(
        self, ready: Secretary, tmp_path: Path
    ) -> None:
        ready.invite("Jane Doe")
        (ready.folder / "requests" / ("0" * 32 + ".age")).write_bytes(os.urandom(500))
        (ready.folder / "requests" / ("1" * 32 + ".age")).write_bytes(bytes(1_000_000))
        os.mkfifo(ready.folder / "requests" / ("2" * 32 + ".age"))
        (tmp_path / "file").write_bytes(b"rubbish")
        asked = roster.take_requests(ready.registry, ready.office, [tmp_path / "file"])
        assert [entry.member for entry in asked.entries] == ["Jane Doe"]
        assert len(asked.troubles) == 3

    def test_a_request_can_come_as_a_file(self, ready: Secretary, tmp_path: Path) -> None:
        shutil.rmtree(ready.folder / "requests", ignore_errors=True)
        invitation = roster.invite(ready.registry, ready.office, "Jane Doe")
        jane = ready.invite("Other")
        joined = jane.answer(invitation.to_bytes())
        shutil.rmtree(ready.folder / "requests")
        (tmp_path / "jane.despatch-request").write_bytes(joined.request)
        asked = roster.take_requests(ready.registry, ready.office, [tmp_path / "jane.despatch-request"])
        assert [entry.member for entry in asked.entries] == ["Jane Doe"]

    def test_a_share_that_is_away_does_not_keep_a_file_from_being_read(self, ready: Secretary, tmp_path: Path) -> None:
        jane = ready.invite("Jane\u202e\tDoe")
        assert jane.joined
        assert jane.identity.member == "Jane Doe"
        (tmp_path / "jane").write_bytes(jane.joined.request)
        ready.folder.rename(tmp_path / "away")
        asked = roster.take_requests(ready.registry, ready.office, [tmp_path / "jane"])
        assert len(asked.entries) == 1
        assert "There is no folder" in asked.troubles[0]

    def test_an_invitation_has_nothing_written_into_a_folder_that_is_no_repository(
        self, ready: Secretary, tmp_path: Path
    ) -> None:
        from dataclasses import replace

        (tmp_path / "elsewhere").mkdir()
        invitation = roster.invite(ready.registry, ready.office, "Jane Doe")
        jane = ready.invite("Other")
        joined = jane.answer(replace(invitation, repository=str(tmp_path / "elsewhere")).to_bytes())
        assert joined.delivered == ""
        assert list((tmp_path / "elsewhere").iterdir()) == []

    def test_a_body_already_joined_is_not_joined_again(self, ready: Secretary) -> None:
        jane = ready.welcome("Jane Doe")
        jane.bodies.change_identity(jane.body_id, admitted=True)
        with pytest.raises(KnownError, match="already"):
            jane.answer(roster.invite(ready.registry, ready.office, "Jane Doe").to_bytes())


class TestPublishing:
    def test_stopped_half_way_members_see_the_old_edition_and_it_goes_on(
        self, ready: Secretary, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        jane = ready.welcome("Jane Doe")
        ready.despatch()
        first = jane.pack()
        ready.plan(_1_minutes=pdf_bytes("Other minutes"), _2_finance=pdf_bytes("Corrected"))
        compiled = ready.compile()
        write = RepositoryFolder.write
        cut = ""

        def power_cut(folder: RepositoryFolder, name: str, data: bytes) -> None:
            if cut in name:
                raise KeyboardInterrupt
            write(folder, name, data)

        monkeypatch.setattr(RepositoryFolder, "write", power_cut)
        for cut in ("blob/", "idx/", ".targets.json", ".snapshot.json", "timestamp.json"):  # noqa: B007  # used above
            with pytest.raises(KeyboardInterrupt):
                ready.publish(compiled)
            assert jane.pack() == first
        monkeypatch.undo()
        published = ready.publish(compiled)
        assert (published.sent, published.kept) == (0, 2)
        assert jane.pack().edition == 2
        ready.publisher().reissue()
        assert len(files_of(ready.folder, "targets/idx")) == 1

    def test_a_crash_after_publishing_and_before_remembering_it_mends_itself(
        self, ready: Secretary, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        jane = ready.welcome("Jane Doe")
        compiled = ready.compile()
        monkeypatch.setattr(Publisher, "_remember", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            ready.publish(compiled)
        monkeypatch.undo()
        assert jane.pack().edition == 1
        ready.publish(compiled)
        assert jane.pack().edition == 1

    def test_a_damaged_blob_is_sent_again(self, ready: Secretary) -> None:
        jane = ready.welcome("Jane Doe")
        compiled = ready.compile()
        ready.publish(compiled)
        name = sorted(files_of(ready.folder))[0]
        path = ready.folder / "targets/blob" / name
        path.write_bytes(bytes(path.stat().st_size))
        assert ready.publish(compiled).sent == 1
        assert jane.read("Finance report").startswith(b"%PDF")

    def test_a_lost_repository_is_told_and_can_be_made_whole_again(self, ready: Secretary) -> None:
        jane = ready.welcome("Jane Doe")
        ready.despatch()
        shutil.rmtree(ready.folder / "targets")
        ready.plan(PLAN.replace("First", "Second"))
        with pytest.raises(KnownError, match="does not hold 2 of the papers"):
            ready.despatch()
        ready.publish(ready.compile(whole=True))
        assert jane.read("Finance report").startswith(b"%PDF")

    def test_a_new_empty_folder_can_take_over(self, ready: Secretary, tmp_path: Path) -> None:
        jane = ready.welcome("Jane Doe")
        ready.despatch()
        jane.pack()
        shutil.copytree(ready.folder, tmp_path / "stick")
        Publisher(ready.registry, ready.office, RepositoryFolder(tmp_path / "stick")).reissue()
        assert len(jane.packs(str(tmp_path / "stick"))) == 1

    def test_a_repository_rolled_back_under_the_secretary_never_gets_an_old_version(self, ready: Secretary) -> None:
        jane = ready.welcome("Jane Doe")
        shutil.copytree(ready.folder, ready.folder.with_name("old"))
        ready.despatch()
        assert jane.pack().edition == 1
        shutil.rmtree(ready.folder)
        ready.folder.with_name("old").rename(ready.folder)
        ready.plan(PLAN.replace("First", "Second"))
        ready.publish(ready.compile(whole=True))
        assert jane.pack().edition == 2

    def test_another_bodys_folder_and_a_forged_one_are_refused(self, ready: Secretary, tmp_path: Path) -> None:
        from desktop.secretary.new_body import new_body

        other = new_body(ready.registry, "Audit Committee", "Anytown", tmp_path / "audit")
        before = {path: path.read_bytes() for path in (tmp_path / "audit").rglob("*") if path.is_file()}
        with pytest.raises(KnownError, match="another body"):
            Publisher(ready.registry, ready.office, RepositoryFolder(Path(other.repository))).reissue()
        assert before == {path: path.read_bytes() for path in (tmp_path / "audit").rglob("*") if path.is_file()}
        shutil.copy(tmp_path / "audit/metadata/timestamp.json", ready.folder / "metadata/timestamp.json")
        with pytest.raises(KnownError, match="changed by somebody else"):
            ready.publisher().reissue()

    def test_a_file_address_is_a_folder(self, ready: Secretary) -> None:
        assert open_place(ready.registry, ready.folder.as_uri()).address == str(ready.folder)

    def test_a_web_address_and_a_missing_folder_are_told(self, ready: Secretary, tmp_path: Path) -> None:
        with pytest.raises(KnownError, match="folder that the web server serves"):
            open_place(ready.registry, "https://example.org/packs")
        with pytest.raises(KnownError, match="There is no folder"):
            open_place(ready.registry, str(tmp_path / "none"))

    def test_publishing_renews_what_would_run_out(self, ready: Secretary) -> None:
        jane = ready.welcome("Jane Doe")
        old = datetime.now(UTC) - timedelta(days=91)
        Publisher(ready.registry, ready.office, RepositoryFolder(ready.folder), old).reissue()
        assert jane.repository().refresh().expired
        ready.publisher().reissue()
        assert jane.packs() == {}

    def test_a_root_that_would_run_out_is_renewed_and_followed(self, ready: Secretary) -> None:
        jane = ready.welcome("Jane Doe")
        later = datetime.now(UTC) + timedelta(days=500)
        Publisher(ready.registry, ready.office, RepositoryFolder(ready.folder), later).reissue()
        assert (ready.folder / "metadata/2.root.json").exists()
        ready.despatch()
        assert jane.pack().edition == 1
        assert (
            roster.invite(ready.registry, ready.office, "New").root
            == ready.registry.standing(ready.office.body_id).roots[1]
        )

    def test_a_pack_file_of_another_secretary_or_a_changed_one_is_refused(
        self, ready: Secretary, tmp_path: Path
    ) -> None:
        compiled = ready.compile()
        data = bytearray(compiled.path.read_bytes())
        data[len(data) // 3] ^= 1
        compiled.path.write_bytes(data)
        with pytest.raises(KnownError):
            ready.publish(compiled)
        (tmp_path / "x.despatch-pack").write_bytes(b"PK nonsense")
        with pytest.raises(KnownError, match="not a whole pack file"):
            open_packfile(tmp_path / "x.despatch-pack")

    def test_a_folder_that_cannot_be_written_is_a_sentence(self, ready: Secretary) -> None:
        compiled = ready.compile()
        shutil.rmtree(ready.folder / "targets", ignore_errors=True)
        (ready.folder / "targets").write_bytes(b"a file in the way")
        with pytest.raises(KnownError, match="an ordinary file"):
            ready.publish(compiled)
