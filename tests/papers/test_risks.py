"""Risks read off registers in the styles of many bodies, none of them the one these rules were first tried on."""

import pytest
from paper_making import LANDSCAPE, Read, Sheet, client, read

from desktop.papers.finding import Confidence, Finding
from desktop.papers.recognisers.risks import recognise
from desktop.papers.risks.refs import leading_ref, risk_key, risk_ref
from desktop.papers.risks.scores import Score, read_score

__all__ = ["client", "read"]


def parts(risk: Finding, part: str) -> list[str]:
    return [each.text for each in risk.parts if each.fact("part") == part]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_housing_association_scores_impact_and_likelihood_in_columns_under_two_heads(read: Read, ruled: bool) -> None:
    sheet = Sheet(LANDSCAPE, font=8)
    sheet.say("Strategic risk register, quarter 2", 14, bold=True)
    sheet.rows(
        [45, 150, 35, 35, 40, 150, 35, 35, 40, 80, 80],
        [
            ["", "", ("Inherent risk", 3), "", ("Residual risk", 3), "", ""],
            ["Risk ref", "Risk", "Impact", "Likeli-\nhood", "Score", "Key controls", "Impact", "Likeli-\nhood",
             "Score", "Risk owner", "Direction"],
            ["HA01", "Rents cannot be collected", "4", "5", "20", "Arrears team", "4", "3", "12",
             "Finance Director", "same"],
            ["HA02", "Homes fall below the decency standard", "5", "4", "20", "Stock survey", "5", "2", "10",
             "Property Director", "down"],
            ["HA03", "A gas safety check is missed", "5", "3", "15", "Weekly report", "5", "1", "5",
             "Property Director", "up"],
        ],
        ruled=ruled,
    )  # fmt: skip
    found = list(recognise(read(sheet)))
    assert [risk.ref for risk in found] == ["HA01", "HA02", "HA03"]
    first = found[0]
    assert first.text == "Rents cannot be collected"
    assert {name: first.fact(name) for name in ("score_initial", "consequence_initial", "likelihood_initial")} == {
        "score_initial": "20", "consequence_initial": "4", "likelihood_initial": "5",
    }  # fmt: skip
    assert (first.fact("score_current"), first.fact("likelihood_current")) == ("12", "3")
    assert (first.fact("owner"), first.fact("movement")) == ("Finance Director", "same")
    assert parts(first, "control") == ["Arrears team"]
    assert first.confidence is Confidence.CERTAIN
    assert first.place.boxes
    assert not any(risk.fact("scores_wrong") for risk in found)


def test_a_council_multiplies_likelihood_by_impact_in_one_cell(read: Read) -> None:
    sheet = Sheet(LANDSCAPE)
    sheet.say("Corporate Risk Register", 14, bold=True)
    widths = [50, 190, 95, 95, 95, 110, 70]
    head = ["Ref", "Risk description", "Inherent score (L x I)", "Current score (L x I)", "Target score (L x I)",
            "Lead officer", "Review date"]  # fmt: skip
    rows = [
        [("Corporate resources", 7)],
        [
            "CR1",
            "Medium term budget gap is not closed",
            "5 x 4 = 20",
            "4 x 4 = 16",
            "2 x 4 = 8",
            "S151 Officer",
            "March",
        ],
        ["CR-02", "Adult care providers leave the market", "20 (5x4)", "12 (3x4)", "8 (2x4)", "Director", "May"],
        ["CR 03", "A cyber attack stops services", "4x5", "3x5", "2x5 = 11", "Chief Digital Officer", "May"],
    ]
    sheet.rows(widths, [head, *rows[:2]])
    sheet.turn()
    sheet.rows(widths, [head, *rows[2:]])
    found = list(recognise(read(sheet)))
    assert [risk.ref for risk in found] == ["CR1", "CR-02", "CR 03"]
    assert [risk.page for risk in found] == [0, 1, 1]
    assert [risk.fact("key") for risk in found] == ["CR 1", "CR 2", "CR 3"]
    assert found[0].fact("section") == "Corporate resources"
    assert [risk.fact("score_current") for risk in found] == ["16", "12", "15"]
    assert (found[0].fact("likelihood_initial"), found[0].fact("consequence_initial")) == ("5", "4")
    assert [risk.fact("scores_wrong") for risk in found] == ["", "", "target: 5 × 2 is 10, not 11"]


def test_an_academy_trust_sets_each_risk_out_under_a_heading_with_labels_and_colours(read: Read) -> None:
    sheet = Sheet()
    for number, (name, before, now) in enumerate(
        (("Falling rolls", "High", "Medium"), ("Safeguarding", "Red", "Amber"))
    ):
        sheet.say(f"Risk ID: FIN{number + 1:02}", bold=True)
        sheet.say(f"Risk title: {name}")
        sheet.say("Risk owner: Chief Finance Officer")
        sheet.say(f"Inherent risk rating: {before}")
        sheet.say(f"Residual risk rating: {now}")
        sheet.say("Risk appetite: Cautious")
        sheet.say("Controls", bold=True)
        sheet.say("• Admissions campaign each autumn")
        sheet.say("• Curriculum-led financial planning")
        sheet.say("Further actions", bold=True)
        sheet.say("• Review the published admission number, Head of Estates, June 2026")
    found = list(recognise(read(sheet)))
    assert [(risk.ref, risk.text) for risk in found] == [("FIN01", "Falling rolls"), ("FIN02", "Safeguarding")]
    assert [(risk.fact("rating_initial"), risk.fact("rating_current")) for risk in found] == [
        ("High", "Medium"),
        ("Red", "Amber"),
    ]
    assert found[0].fact("appetite") == "Cautious"
    assert parts(found[0], "control") == ["Admissions campaign each autumn", "Curriculum-led financial planning"]
    (action,) = [part for part in found[0].parts if part.fact("part") == "action"]
    assert (action.fact("owner"), action.fact("due")) == ("Head of Estates", "June 2026")


def test_a_charity_that_adds_the_impact_once_more_is_not_told_that_it_cannot_multiply(read: Read) -> None:
    sheet = Sheet()
    sheet.rows(
        [170, 60, 60, 60, 145],
        [
            ["Risk", "Likelihood (1-5)", "Impact (1-5)", "Gross risk score", "Mitigation"],
            ["Legacy income falls away", "3", "4", "16", "Reserves policy; three-year forecast"],
            ["A trustee has an interest that is not declared", "2", "3", "9", "Register, read out at each meeting"],
            ["Volunteers are hurt on an outing", "2", "5", "15", "Training and insurance"],
            ["The shop's lease is not renewed", "4", "2", "10", "Talks begun with the landlord"],
        ],
    )
    found = list(recognise(read(sheet)))
    assert found[0].text == "Legacy income falls away"
    assert len(found) == 4
    assert all(risk.confidence is Confidence.LIKELY for risk in found), "risks without a number"
    assert not any(risk.fact("scores_wrong") for risk in found)
    assert parts(found[1], "control") == ["Register, read out at each meeting"]


def test_a_page_for_each_risk_with_scores_across_and_assurance_by_its_lines(read: Read) -> None:
    sheet = Sheet()
    for number, goes in ((4, "Hospital flow"), (5, "Money")):
        sheet.rows(
            [100, 130, 90, 90, 85],
            [
                [f"Strategic Risk SR{number:02}", (goes, 4)],
                ["Executive lead", "Chief Nurse", "Assuring committee", ("Quality Committee", 2)],
                ["", "Inherent", "Current", "Target", ""],
                ["Likelihood", "5", "4", "2", ""],
                ["Impact", "4", "4", "4", ""],
                ["Score", "20", "16", "8", ""],
                ["Risk appetite", ("Open, upper limit of tolerance 15", 4)],
                ["Key controls", "Gaps in control", "Assurances", "Gaps in assurance", "Actions"],
                ["• Winter plan\n• Bed meetings", "• No weekend cover",
                 "1st line: site team\n2nd line: committee\n3rd line: audit, limited", "None",
                 "• Recruit two\nconsultants, Medical\nDirector, Sep 2026"],
            ],
            bold_head=False,
        )  # fmt: skip
        sheet.turn()
    found = list(recognise(read(sheet)))
    assert [(risk.fact("key"), risk.text) for risk in found] == [
        ("SR 4", "Hospital flow"),
        ("SR 5", "Money"),
    ]
    flow = found[0]
    assert [flow.fact(f"score_{kind}") for kind in ("initial", "current", "target")] == ["20", "16", "8"]
    assert (flow.fact("owner"), flow.fact("committee")) == ("Chief Nurse", "Quality Committee")
    assert (flow.fact("appetite"), flow.fact("tolerance")) == ("Open", "15")
    assert parts(flow, "control") == ["Winter plan", "Bed meetings"]
    assert parts(flow, "gap in control") == ["No weekend cover"]
    assert parts(flow, "gap in assurance") == []
    lines = [(part.fact("line"), part.text) for part in flow.parts if part.fact("part") == "assurance"]
    assert lines == [("1", "site team"), ("2", "committee"), ("3", "audit, limited")]
    (action,) = [part for part in flow.parts if part.fact("part") == "action"]
    assert (action.fact("owner"), action.fact("due")) == ("Medical Director", "Sep 2026")


def test_scores_by_quarter_become_the_risks_past_and_the_last_is_the_current_one(read: Read) -> None:
    sheet = Sheet(LANDSCAPE)
    sheet.rows(
        [60, 220, 60, 60, 60, 60, 60, 80],
        [
            ["Risk No.", "Risk title", "Initial", "Q1 25/26", "Q2 25/26", "Q3 25/26", "Target", "Trend"],
            ["12", "Loss of accreditation", "20", "16", "16", "12", "8", "down"],
            ["13", "Data is lost", "15", "10", "10", "15", "5", "up"],
        ],
    )
    found = list(recognise(read(sheet)))
    assert [risk.ref for risk in found] == ["12", "13"]
    assert [risk.fact("score_current") for risk in found] == ["12", "15"]
    past = [(part.fact("period"), part.fact("score")) for part in found[0].parts if part.fact("part") == "score"]
    assert past == [("Q1 25/26", "16"), ("Q2 25/26", "16"), ("Q3 25/26", "12")]


def test_labels_beside_the_scores_and_in_one_cell_with_what_they_label_are_read(read: Read) -> None:
    sheet = Sheet(LANDSCAPE)
    sheet.rows(
        [110, 200, 90, 90, 120, 120],
        [
            ["Principal Risk 1:", ("If we do not keep staff, care suffers", 3), "Risk owner:", "Chief Nurse"],
            ["Risk rating", "Likelihood", "Consequence", "Score", "Risk appetite", "Cautious"],
            ["Inherent", "4", "4", "16", "Committee", "Quality"],
            ["Current", "3", "4", "12", "Last reviewed", "3 May 2026"],
            [("Key controls", 3), ("Gaps", 3)],
            [("• Rota\n• Bank staff", 3), ("• No cover at night", 3)],
        ],
        bold_head=False,
    )
    sheet.rows(
        [240, 240],
        [
            ["Risk Ref: SR02", "Risk Title: The budget gap is not closed"],
            ["Risk Owner: Town Clerk", "Committee: Audit"],
            ["Inherent score: 5 x 4 = 20", "Residual score: 4 x 3 = 12"],
        ],
        bold_head=False,
    )
    sheet.say("SR3 Failure of the boiler", 13, bold=True)
    sheet.rows([100, 80, 80, 80], [["Current score", "I=4", "L=2", "8"], ["Target score", "I=4", "L=1", "4"]],
               bold_head=False)  # fmt: skip
    principal, budget, boiler = recognise(read(sheet))
    assert (principal.fact("owner"), principal.fact("committee")) == ("Chief Nurse", "Quality")
    assert (principal.fact("appetite"), principal.fact("updated")) == ("Cautious", "3 May 2026")
    assert (parts(principal, "control"), parts(principal, "gap in control")) == (
        ["Rota", "Bank staff"],
        ["No cover at night"],
    )
    assert (budget.ref, budget.text, budget.fact("owner")) == ("SR02", "The budget gap is not closed", "Town Clerk")
    assert (budget.fact("score_initial"), budget.fact("score_current")) == ("20", "12")
    assert (boiler.text, boiler.fact("likelihood_current"), boiler.fact("score_target")) == (
        "Failure of the boiler",
        "2",
        "4",
    )


def test_a_number_that_leads_the_title_is_learned_where_every_row_has_one(read: Read) -> None:
    sheet = Sheet()
    sheet.rows(
        [300, 60, 60, 70],
        [
            ["Risk", "Inherent", "Residual", "Change"],
            ["H1 Loss of key staff", "High (16)", "Medium (9)", "None"],
            ["H2 Pension deficit", "Red", "Amber", "Down"],
        ],
    )
    found = list(recognise(read(sheet)))
    assert [(risk.ref, risk.text) for risk in found] == [("H1", "Loss of key staff"), ("H2", "Pension deficit")]
    assert [risk.fact("rating_current") for risk in found] == ["Medium", "Amber"]


def test_other_tables_of_a_pack_hold_no_risks(read: Read) -> None:
    sheet = Sheet()
    sheet.say("The risk of a late start is small.")
    sheet.rows([60, 200, 80, 80], [["No.", "Action", "Lead", "Due"], ["1", "Assess the fire risk", "Bursar", "May"],
                                   ["2", "Report to governors", "Head", "June"]])  # fmt: skip
    sheet.rows([180, 60, 60, 60], [["Measure", "Target", "Actual", "RAG"], ["Fire risk reviews", "95", "91", "Amber"],
                                   ["VTE risk assessments", "95", "97", "Green"]])  # fmt: skip
    sheet.rows([120, 120, 120], [["Consequence", "Likelihood 4", "Likelihood 5"], ["5 Severe", "BAF 6", "BAF 2"],
                                 ["4 Major", "BAF 1", "BAF 3"]])  # fmt: skip
    sheet.rows([120, 240], [["Risk", "Mitigation"], ["Contractor fails", "Parent company guarantee"]])
    sheet.rows([40, 160, 160], [["Score", "Consequence", "Likelihood"], ["5", "Severe harm", "Almost certain"],
                                ["4", "Major harm", "Likely"]])  # fmt: skip
    assert list(recognise(read(sheet))) == []


def test_the_registers_of_neighbours_are_told_apart_however_they_are_spelt() -> None:
    spelt = ("BAF 1", "GROUP BAF 1", "Group BAF1", "NHFT - BAF04", "NHFT BAF 4", "LPT – BAF 5.4", "LPT-BAF5.4")
    keys = [risk_key(each) for each in spelt]
    assert keys == ["BAF 1", "GROUP BAF 1", "GROUP BAF 1", "NHFT BAF 4", "NHFT BAF 4", "LPT BAF 5.4", "LPT BAF 5.4"]


@pytest.mark.parametrize("words", ["29 January 2026", "Quality and safety", "If we do not", "", "£4.2m", "BAF No."])
def test_other_words_are_no_number_of_a_risk(words: str) -> None:
    assert risk_ref(words) is None


def test_a_number_is_told_from_the_title_after_it() -> None:
    found = leading_ref("CRR12: Cyber attack")
    assert found is not None
    assert (found[0].spelt, found[1]) == ("CRR12", "Cyber attack")


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("16", Score(16)),
        ("4 x 4 = 16", Score(16, 4, 4)),
        ("16 (4x4)", Score(16, 4, 4)),
        ("C4 × L5 = 20", Score(20, 4, 5)),
        ("L3 x I5", Score(0, 5, 3)),
        ("I4 L3 = 12", Score(12, 4, 3)),
        ("Red 20", Score(20, rating="Red")),
        ("High (12)", Score(12, rating="High")),
        ("Very high", Score(rating="Very high")),
        ("16 → 12", Score(12, before=16)),
    ],
)
def test_scores_are_read_in_every_spelling(said: str, score: Score) -> None:
    assert read_score(said) == score


@pytest.mark.parametrize("said", ["12.5%", "no change from 12", "March 2026", "£2.0m", "-", "12 wards", ""])
def test_what_is_no_score_is_not_read_as_one(said: str) -> None:
    assert read_score(said) is None
