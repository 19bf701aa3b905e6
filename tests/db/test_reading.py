"""What was found in files and how they are read: kept, added up, and gone with what it belongs to."""

from dataclasses import replace

from db.findings import Findings
from db.packs import Packs
from db.reading import Reading
from db.records import DwellRecord, FindingRecord, PrintedRecord, StructureRecord
from db.store import Store
from db.structures import Structures
from db.versions import Versions
from tests.db.conftest import version

FOUND = StructureRecord("aa", '{"entries": []}', "[[1, 2]]")


def test_a_structure_goes_with_the_last_version_of_its_file(packed: Store) -> None:
    structures, versions = Structures(packed), Versions(packed)
    versions.put(version(paper_id="paper2"))
    assert structures.get("aa") is None
    structures.put(FOUND)
    versions.remove("aa", "paper1")
    assert structures.get("aa") == FOUND
    versions.remove("aa", "paper2")
    assert structures.get("aa") is None


def test_a_page_put_right_by_hand_is_kept_until_it_is_taken_back(packed: Store) -> None:
    reading = Reading(packed)
    reading.set_printed(PrintedRecord("pack1", "paper1", 3, "47"))
    reading.set_printed(PrintedRecord("pack1", "paper1", 3, "48"))
    assert reading.printed("pack1") == [PrintedRecord("pack1", "paper1", 3, "48")]
    reading.forget_printed("pack1", "paper1", 3)
    assert reading.printed("pack1") == []
    reading.set_printed(PrintedRecord("pack1", "paper1", 3, "48"))
    Packs(packed).remove("pack1")
    assert reading.printed("pack1") == []


def test_times_at_a_page_add_up_and_the_latest_come_first(packed: Store) -> None:
    reading = Reading(packed)
    for page, seconds, at in ((0, 30.0, "01"), (1, 90.0, "02"), (0, 15.0, "03"), (2, 60.0, "02")):
        reading.add_dwell(DwellRecord("pack1", "paper1", page, seconds, at))
    assert reading.latest_dwells(2) == [45.0, 60.0]
    assert reading.latest_dwells(9) == [45.0, 60.0, 90.0]
    reading.forget_dwells()
    assert reading.latest_dwells(9) == []


def test_a_paper_marked_as_unread_has_no_page_seen(packed: Store) -> None:
    versions = Versions(packed)
    for paper_id in ("paper1", "paper2"):
        versions.mark_seen("pack1", paper_id, 0, "")
    versions.unmark_seen("pack1", "paper1")
    assert versions.seen("pack1") == {("paper2", 0)}


def test_findings_replace_those_before_and_go_with_the_last_version_of_their_file(packed: Store) -> None:
    findings, versions = Findings(packed), Versions(packed)
    versions.put(version(paper_id="paper2"))
    findings.put("aa", [FindingRecord("aa", n, "minute", f"{n}.", n, "Minutes", "{}") for n in range(3)])
    later = [
        FindingRecord("aa", 0, "minute", "29.", 1, "Risk", "{}"),
        FindingRecord("aa", 1, "action", "A", 2, "", "{}"),
    ]
    findings.put("aa", later)
    assert findings.of("aa") == findings.of_kinds([]) == later
    assert findings.of("aa", ["action"]) == findings.of_kinds(["action", "risk"]) == later[1:]
    versions.remove("aa", "paper1")
    assert findings.of("aa") == later
    versions.remove("aa", "paper2")
    assert findings.of("aa") == []


def test_what_is_left_to_understand_newcomers_first_then_the_newest_of_an_earlier_edition(packed: Store) -> None:
    structures, versions = Structures(packed), Versions(packed)
    for name in ("bb", "cc", "dd", "ee"):
        versions.put(version(sha256=name, paper_id=f"paper {name}"))
    versions.put(version(sha256="bb", paper_id="the same file"))
    assert structures.behind(3) == [], "their words come first"
    for row in versions.of_pack("pack1"):
        versions.set_state(row.sha256, row.paper_id, "indexed")
    assert structures.behind(3) == ["aa", "bb", "cc", "dd", "ee"]
    for name, edition in (("aa", 2), ("bb", 3), ("cc", 0), ("dd", 2)):
        structures.put(replace(FOUND, sha256=name, recognised=edition))
    assert structures.behind(3) == ["cc", "ee", "dd", "aa"]
    assert structures.behind(2) == ["cc", "ee"]
    assert structures.recognised(["aa", "bb", "cc", "ee"]) == {"aa": 2, "bb": 3}
