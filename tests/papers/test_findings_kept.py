"""A finding as the store keeps it and `inspect` prints it."""

import json

from desktop.papers.finding import Confidence, Finding, FindingKind, Place, of_kind

CONTROL = Finding(FindingKind.PART, Place(4), "Weekly rota review", facts={"what": "control"})
RISK = Finding(
    FindingKind.RISK,
    Place(3, ((10.0, 20.04, 30.0, 40.0), (10.0, 45.0, 30.0, 60.0))),
    "Failure to staff the wards – “safely”",
    "Group BAF3",
    {"score_current": "16"},
    Confidence.LIKELY,
    (CONTROL,),
)


def test_it_comes_back_from_the_store_as_it_went_in() -> None:
    row = RISK.to_row("aa", 7)
    assert (row.sha256, row.number, row.kind, row.ref, row.page) == ("aa", 7, "risk", "Group BAF3", 3)
    back = Finding.from_row(row)
    assert back.place.boxes[0] == (10.0, 20.0, 30.0, 40.0)  # tenths of a point are enough
    assert (back.text, back.facts, back.confidence) == (RISK.text, RISK.facts, RISK.confidence)
    assert back.parts[0].fact("what") == "control"
    assert back.parts[0].fact("owner") == ""


def test_what_is_printed_says_only_what_is_there() -> None:
    said = json.loads(json.dumps(CONTROL.to_json()))
    assert said == {
        "kind": "part",
        "text": "Weekly rota review",
        "page": 4,
        "facts": {"what": "control"},
        "confidence": "certain",
    }


def test_findings_are_picked_by_kind() -> None:
    assert of_kind([CONTROL, RISK], FindingKind.RISK, FindingKind.ACTION) == [RISK]
