"""Words that point elsewhere, in packs of many styles: where they lead, how surely, and why not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from link_making import Written, led, links_of, make_pack

from desktop.links.facts import Scope
from desktop.papers.finding import Confidence
from desktop.pdf.client import PdfClient

BREAK = '<p style="page-break-before:always"></p>'
LONG = "<p>" + "The council heard the officers and asked for more. " * 12 + "</p>"


@pytest.fixture(scope="module")
def client() -> Iterator[PdfClient]:
    client = PdfClient("test-links")
    yield client
    client.shut_down()


def minutes(day: str, *numbered: tuple[str, str, str], head: str = "") -> str:
    """Minutes of a meeting: (number, title, what is said) each."""
    said = "".join(f"<h2>{number} {title}</h2><p>{words}</p>" for number, title, words in numbered)
    return (
        f"<h1>Minutes of the meeting of the Board held on {day}</h1>{head}"
        f"<p>Present: Cllr Ann Lee (Chair), Cllr Jo Shah</p><p>Apologies: none</p>{said}"
    )


STYLES = {
    "letters, year, number": ("GTB/25/14", "GTB/25/15", "GTB/25/16"),
    "year of two halves": ("FGB 20/2122", "FGB 21/2122", "FGB 22/2122"),
    "day and number": ("18.07.3", "18.07.4", "18.07.5"),
    "number and year": ("268/19", "269/19", "270/19"),
    "prefix stuck to the year": ("TB25/040", "TB25/041", "TB25/042"),
    "plain": ("28.", "29.", "30."),
}


@pytest.mark.parametrize("style", STYLES)
def test_a_minute_is_found_in_the_minutes_whatever_the_style_of_its_number(
    style: str, client: PdfClient, tmp_path: Path
) -> None:
    first, second, third = STYLES[style]
    text = minutes(
        "4 March 2025", (first, "Apologies", "None."), (second, "Budget", "AGREED."), (third, "Close", "4 pm.")
    )
    said = f"<h1>Budget report</h1><p>The Board agreed the budget in March (Minute {second.rstrip('.')} refers).</p>"
    pack = make_pack(
        client, tmp_path, "2025-05-06",
        {"minutes": Written("2", "Minutes of the last meeting", text, "minutes"), "budget": Written("5", "Budget report", said)},  # noqa: E501
    )  # fmt: skip
    (link,) = links_of(pack, "budget").values()
    assert led(link) == [("2025-05-06", "minutes", 0)]
    assert "Budget" in link.targets[0].title
    assert link.is_certain


def test_a_number_in_the_bodys_own_style_needs_no_word_before_it_and_another_number_is_none(
    client: PdfClient, tmp_path: Path
) -> None:
    text = minutes(
        "4 March 2025",
        ("CB/25/01", "Apologies", "None."),
        ("CB/25/02", "Budget", "AGREED."),
        ("CB/25/03", "Close", "."),
    )
    said = "<h1>Report</h1><p>As in CB/25/02, and in contract PO/44/9917; see also CB/24/77.</p>"
    pack = make_pack(
        client, tmp_path, "2025-05-06",
        {"minutes": Written("2", "Minutes", text, "minutes"), "report": Written("5", "Report", said)},
    )  # fmt: skip
    found = links_of(pack, "report")
    assert set(found) == {"CB/25/02", "CB/24/77"}
    assert led(found["CB/25/02"]) == [("2025-05-06", "minutes", 0)]
    assert not found["CB/24/77"].targets
    assert "store" in found["CB/24/77"].reason


def test_a_minute_named_with_its_meeting_waits_for_that_pack_and_is_found_when_it_comes(
    client: PdfClient, tmp_path: Path
) -> None:
    said = minutes(
        "10 October 2016", ("26.", "Apologies", "None."),
        ("27.", "Plan", "Work since the Board's meeting on 6 June 2016. (Minute 10 refers)"), ("28.", "Close", "."),
    )  # fmt: skip
    pack = make_pack(client, tmp_path, "2016-12-15", {"minutes": Written("3", "Minutes", said, "minutes")})
    alone = links_of(pack, "minutes")
    assert not alone["Minute 10"].targets
    assert alone["Minute 10"].reason == "The minutes of the meeting of 6 June 2016 are not in your store."
    old = minutes("6 June 2016", ("9.", "Minutes", "Confirmed."), ("10.", "Plan", "Noted."), ("11.", "Close", "."))
    earlier = make_pack(client, tmp_path, "2016-08-18", {"old": Written("3", "Minutes", old, "minutes")})
    together = links_of(pack, "minutes", earlier)
    assert led(together["Minute 10"]) == [("2016-08-18", "old", 0)]
    assert led(together["meeting on 6 June 2016"]) == [("2016-08-18", "old", 0)]
    assert together["Minute 10"].scope is Scope.EARLIER


def test_a_plain_minute_that_several_meetings_have_is_a_short_list(client: PdfClient, tmp_path: Path) -> None:
    text = [("4.", "Apologies", "None."), ("5.", "Roads", "Noted."), ("6.", "Close", ".")]
    packs = [
        make_pack(client, tmp_path, day, {f"m{day}": Written("2", "Minutes", minutes(said, *text), "minutes")})
        for day, said in (("2024-03-05", "6 February 2024"), ("2024-05-07", "2 April 2024"))
    ]
    report = Written("4", "Roads", "<h1>Roads</h1><p>This was put off (Minute 5 refers).</p>")
    now = make_pack(client, tmp_path, "2024-07-02", {"roads": report})
    (link,) = links_of(now, "roads", *packs).values()
    assert led(link) == [("2024-05-07", "m2024-05-07", 0), ("2024-03-05", "m2024-03-05", 0)]
    assert link.confidence is Confidence.UNSURE


# ---- the traps of real packs


def test_an_appendix_to_the_report_is_last_times_in_minutes(client: PdfClient, tmp_path: Path) -> None:
    said = minutes(
        "10 October 2016", ("30.", "Needs assessment", "Appendix B to the report listed the topics."), ("31.", "Close", "."),  # noqa: E501
        ("32.", "End", "."),
    )  # fmt: skip
    other = Written("4", "Plan", "<h1>Plan</h1><p>Words.</p><h2>Appendix B. Costs</h2><p>Ten pounds.</p>")
    pack = make_pack(
        client, tmp_path, "2016-12-15", {"minutes": Written("3", "Minutes", said, "minutes"), "plan": other}
    )
    link = links_of(pack, "minutes")["Appendix B"]
    assert not link.targets
    assert "10 October 2016" in link.reason
    report = "<h1>Needs assessment</h1><p>Topics follow.</p>" + BREAK + "<h2>Appendix B. Topics</h2><p>Roads.</p>"
    last = make_pack(
        client, tmp_path, "2016-10-10", {"needs": Written("7", "Needs assessment", report)}, [("7", "Needs assessment")]
    )
    assert led(links_of(pack, "minutes", last)["Appendix B"]) == [("2016-10-10", "needs", 1)]


def test_an_appendix_with_an_appendix_of_its_own(client: PdfClient, tmp_path: Path) -> None:
    plan = "<h1>Plan</h1><p>See Appendix 1.</p>" + BREAK + "<h2>Appendix 1. Numbers</h2><p>Ten.</p>"
    pack = make_pack(
        client, tmp_path, "2025-01-09",
        {"report": Written("4", "Report", "<h1>Report</h1><p>The plan is in Appendix A.</p>"),
         "a": Written("4", "Appendix A. Plan", f"<p>Appendix A</p>{plan}", "appendix"),
         "one": Written("5", "Appendix 1. Another", "<p>Appendix 1</p><h1>Another</h1>", "appendix")},
    )  # fmt: skip
    assert led(links_of(pack, "report")["Appendix A"]) == [("2025-01-09", "a", 0)]
    assert led(links_of(pack, "a")["Appendix 1"]) == [("2025-01-09", "a", 1)]


def test_a_page_is_the_papers_own_page(client: PdfClient, tmp_path: Path) -> None:
    first = Written("1", "Long paper", "<h1>Long paper</h1>" + "".join(BREAK + f"<p>Part {n}</p>" for n in range(2, 7)))
    said = (
        "<h1>Finance</h1><p>The costs are in table 6, page 2.</p>" + BREAK + "<p><b>Table 6: costs</b></p><p>Ten.</p>"
    )
    pack = make_pack(client, tmp_path, "2025-01-09", {"long": first, "finance": Written("2", "Finance", said)})
    found = links_of(pack, "finance")
    assert led(found["table 6"]) == led(found["page 2"]) == [("2025-01-09", "finance", 1)]
    assert found["page 2"].scope is Scope.PAPER


@pytest.mark.parametrize(
    "words",
    [
        "an enquiry under Section 47 of the Children Act 1989", "the section 75 agreement with the council",
        "a Section 151 officer", "excluded under paragraph 3 of Schedule 12A to the Local Government Act 1972",
        "section 1(2), Public Bodies (Admission to Meetings) Act 1960", "Section 9 of our Local Digital Roadmap",
        "Regulation 17 and section 106 monies", "45 minutes 10 seconds", "item of business 7 days later",
        "page 3 of 12", "table tennis and a page boy", "the meeting of the Finance Committee held on 9 July 2025",
        "a contract meeting on 3 February 2026",
    ],
)  # fmt: skip
def test_statutes_and_other_peoples_sections_are_not_ours(words: str, client: PdfClient, tmp_path: Path) -> None:
    html = (
        f"<h1>Report</h1><h2>1. Why</h2><p>The council considered {words}, and noted it.</p><h2>2. How</h2><p>So.</p>"
    )
    pack = make_pack(client, tmp_path, "2025-01-09", {"report": Written("4", "Report", html)})
    assert links_of(pack, "report") == {}


def risk_sheet(name: str, title: str) -> str:
    return (
        f"{BREAK}<h2>{name} {title}</h2><p>Consequence 4, likelihood 4; current score 16, target score 8.</p>"
        "<p>Controls: a plan. Risk appetite: open.</p>"
    )


def test_each_register_is_its_own_whatever_the_spelling(client: PdfClient, tmp_path: Path) -> None:
    sheets = "<h1>Group Board Assurance Framework</h1>" + risk_sheet("GROUP BAF 1", "Digital")
    sheets += risk_sheet("GROUP BAF 3", "Research") + risk_sheet("GROUP BAF 4", "Culture")
    said = "<h1>Report</h1><p>Group BAF3 was seen. Also BAF 1. Others: NHFT - BAF04, LPT – BAF 5.4.</p>"
    pack = make_pack(
        client,
        tmp_path,
        "2026-01-29",
        {"baf": Written("5", "Group BAF", sheets), "report": Written("6", "Report", said)},
    )
    found = links_of(pack, "report")
    assert led(found["Group BAF3"]) == [("2026-01-29", "baf", 2)]
    assert found["Group BAF3"].is_certain
    assert led(found["BAF 1"]) == [("2026-01-29", "baf", 1)]
    assert found["BAF 1"].confidence is Confidence.LIKELY
    for other in ("NHFT - BAF04", "LPT – BAF 5.4"):
        assert not found[other].targets
        assert "register" in found[other].reason


def test_a_paragraph_may_be_numbered_in_words(client: PdfClient, tmp_path: Path) -> None:
    html = "<h1>Report</h1><p>Approve the functions outlined in paragraph nine.</p>" + BREAK
    html += "".join(f"<p>{number}. {LONG[3:120]}</p>" for number in range(5, 12))
    pack = make_pack(client, tmp_path, "2025-01-09", {"report": Written("4", "Report", html)})
    (link,) = links_of(pack, "report").values()
    assert led(link) == [("2025-01-09", "report", 1)]
    assert link.targets[0].title.startswith("9.")


# ---- names, items, enclosures, dates


def test_what_is_named_is_led_to_by_number_name_and_letter(client: PdfClient, tmp_path: Path) -> None:
    said = (
        "<h1>Overview</h1><p>See the finance report, section 2, and table 1 of the workforce report. Item 7.2 and Enclosure C "  # noqa: E501
        "say more; paragraph 3.1 of the workforce report too. The Estates Strategy is provided as a separate paper.</p>"
    )
    finance = "<h1>Finance report</h1><h2>1. Income</h2>" + LONG + BREAK + "<h2>2. Spending</h2>" + LONG
    people = "<h1>Workforce report</h1><h2>3. Staff</h2><p>3.1 Most stayed.</p><p>3.2 Some left.</p><p><b>Table 1: leavers</b></p>"  # noqa: E501
    pack = make_pack(
        client, tmp_path, "2025-01-09",
        {"overview": Written("4", "Overview", said), "fin": Written("5", "Finance report, month 8", finance),
         "people": Written("6", "Workforce report", people), "c": Written("7.2", "Estates strategy", "<p>Enclosure C</p><h1>Estates strategy</h1>")},  # noqa: E501
        [("4", "Overview"), ("5", "Finance"), ("6", "Workforce"), ("7.2", "Estates")],
    )  # fmt: skip
    found = {words: led(link) for words, link in links_of(pack, "overview").items()}
    assert found == {
        "section 2": [("2025-01-09", "fin", 1)], "table 1": [("2025-01-09", "people", 0)],
        "Item 7.2": [("2025-01-09", "c", 0)], "Enclosure C": [("2025-01-09", "c", 0)],
        "paragraph 3.1": [("2025-01-09", "people", 0)], "Estates Strategy": [("2025-01-09", "c", 0)],
    }  # fmt: skip


def test_web_addresses_are_whole_over_the_end_of_a_line(client: PdfClient, tmp_path: Path) -> None:
    html = (
        "<h1>Report</h1><p>Guidance: https://www.example.org/long-read/urgent-and-emergency-<br>mental-health-care/ (also "  # noqa: E501
        "www.example.org/a_(b)). Write to ann.lee@example.org.</p>"
    )
    pack = make_pack(client, tmp_path, "2025-01-09", {"report": Written("4", "Report", html)})
    assert sorted(link.address for link in links_of(pack, "report").values()) == [
        "https://www.example.org/a_(b)", "https://www.example.org/long-read/urgent-and-emergency-mental-health-care/",
        "mailto:ann.lee@example.org",
    ]  # fmt: skip


def test_days_are_read_in_many_spellings(client: PdfClient, tmp_path: Path) -> None:
    text = minutes("4 March 2025", ("1.", "Apologies", "None."), ("2.", "Budget", "AGREED."), ("3.", "Close", "."))
    spelled = ("4th March 2025", "Tuesday 4 March 2025", "04/03/2025", "March 4, 2025", "4 March")
    for number, day in enumerate(spelled):
        said = f"<h1>Report</h1><p>At the meeting held on {day} the Board asked for this.</p>"
        pack = make_pack(
            client, tmp_path, f"2025-05-0{number + 1}",
            {"minutes": Written("2", "Minutes", text, "minutes"), "report": Written("5", "Report", said)},
        )  # fmt: skip
        (link,) = links_of(pack, "report").values()
        assert led(link) == [(f"2025-05-0{number + 1}", "minutes", 0)], day
