"""The labels that were made by reading: that they are whole, and that scoring tells right from wrong."""

from collections import Counter

from desktop.papers.finding import Finding, FindingKind, Place
from tests.benchmarks.gold import read_styles, score
from tests.benchmarks.labelled import read_labels


def test_there_are_enough_labels_and_each_names_its_page_and_kind() -> None:
    rows = read_labels(references=False)
    assert len(rows) >= 400
    kinds = Counter(FindingKind(row["kind"]) for row in rows)
    for kind in (FindingKind.DECISION, FindingKind.MINUTE, FindingKind.ACTION, FindingKind.RISK):
        assert kinds[kind] >= 40
    assert all(row["paper"].endswith(".pdf") and row["page"] >= 0 for row in rows)
    said = Counter((row["paper"], row["page"], row["kind"], row.get("ref"), row.get("text")) for row in rows)
    minutes = [row for row in said if row[2] == "minute"]
    assert all(said[row] == 1 for row in minutes)


def test_what_is_missed_wrong_or_elsewhere_counts_against() -> None:
    gold = [
        {"paper": "a.pdf", "page": 0, "kind": "minute", "ref": "29.", "text": "Finance", "facts": {"level": "1"}},
        {"paper": "a.pdf", "page": 1, "kind": "minute", "ref": "30", "text": "People"},
        {"paper": "b.pdf", "page": 0, "kind": "minute", "ref": "1", "text": "Of a paper that is not at hand"},
    ]
    found = [
        Finding(FindingKind.MINUTE, Place(0), "FINANCE", "29", {"level": "2"}),
        Finding(FindingKind.MINUTE, Place(0), "People", "30"),
    ]
    scores, wrong = score(gold, {"a.pdf": found})
    told = scores[FindingKind.MINUTE]
    assert (told.labelled, told.shown, told.right, told.facts, told.right_facts) == (2, 2, 1, 1, 0)
    assert [line.split(":")[0] for line in wrong] == ["field", "missed", "wrong"]


def test_papers_of_many_bodies_say_what_was_read_in_them_and_papers_of_none_say_nothing() -> None:
    """Councils, schools, trusts, charities, housing associations, universities: none of them those of the corpus."""
    papers = read_styles().papers
    gold = [row for row in read_labels(references=False) if row["paper"] in papers]
    scores, wrong = score(gold, papers)
    for kind in (
        FindingKind.DECISION,
        FindingKind.MINUTE,
        FindingKind.ACTION,
        FindingKind.RISK,
        FindingKind.AGENDA_ITEM,
    ):
        assert min(scores[kind].precision, scores[kind].recall) >= 95, wrong
        assert scores[kind].right_facts >= 0.95 * scores[kind].facts, wrong
    silent = {name: found for name, found in papers.items() if name.startswith("styles/nothing-")}
    assert len(silent) >= 3
    assert not any(silent.values()), silent
