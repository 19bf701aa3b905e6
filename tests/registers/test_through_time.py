"""A subject through time: what was read of it at each meeting, what was that before, and where it is mentioned."""

from datetime import date

from desktop.annotations.subject import ACTION, RISK
from desktop.papers.finding import Finding, FindingKind, Place
from desktop.papers.mention import Mention, MentionKind
from desktop.registers.through_time import How, PastPaper, Sought, meant, moments_of

DAYS = (date(2025, 9, 25), date(2025, 11, 27), date(2026, 1, 29))


def paper(at: int, *findings: Finding, mentions: tuple[Mention, ...] = (), name: str = "Register") -> PastPaper:
    return PastPaper(f"pack{at}", f"Board {at}", DAYS[at], f"{name}{at}", name, 0, findings, mentions)


def risk(ref: str, score: int, title: str = "Urgent care and flow") -> Finding:
    facts = {"key": ref, "register": "BAF", "score_current": str(score), "score_target": "12"}
    return Finding(FindingKind.RISK, Place(1), title, ref, facts)


def action(ref: str, status: str, due: str) -> Finding:
    facts = {"status": status, "due": due, "lead": "Ann Lee", "source": "log"}
    return Finding(FindingKind.ACTION, Place(0), "Bring a paper on the winter plan", ref, facts)


def mention(kind: MentionKind, ref: str, page: int = 3) -> Mention:
    return Mention(kind, Place(page), ref, ref, {"context": f"as {ref} says"})


def test_a_risk_is_followed_through_another_number_and_says_what_its_score_was() -> None:
    papers = [
        paper(0, risk("BAF 2", 16)),
        paper(1, risk("BAF 4", 20), mentions=(mention(MentionKind.RISK, "BAF4"), mention(MentionKind.RISK, "BAF9"))),
    ]
    found = moments_of(Sought(RISK, "BAF 4", ""), papers)
    assert [(moment.held_on, moment.how) for moment in found] == [
        (DAYS[0], How.READ), (DAYS[1], How.READ), (DAYS[1], How.SAID),
    ]  # fmt: skip
    assert dict(found[1].facts)["score"] == "20"
    assert found[1].was == (("score", "16"),)


def test_an_action_is_followed_from_log_to_log() -> None:
    papers = [
        paper(0, action("A25-17", "Open", "27 Nov 2025")),
        paper(2, action("A25-17", "Open, late", "29 Jan 2026, moved to 26 Mar 2026")),
        paper(1, action("A25-18", "Open", "29 Jan 2026")),
    ]
    found = moments_of(Sought(ACTION, "a25-17", ""), papers)
    assert [moment.held_on for moment in found] == [DAYS[0], DAYS[2]]
    assert dict(found[1].was)["due"] == "27 Nov 2025"


def test_a_person_is_found_as_a_lead_and_words_that_are_a_number_are_known() -> None:
    papers = [paper(0, action("A25-17", "Open", "27 Nov 2025"), risk("BAF 2", 16))]
    assert [moment.sort for moment in moments_of(Sought("", "", "ann lee"), papers)] == ["Action"]
    assert moments_of(Sought("", "", "Bo Day"), papers) == []
    assert meant("baf2", papers) == Sought(RISK, "BAF 2", "Urgent care and flow")
    assert meant("winter", papers) == Sought("", "", "winter")
