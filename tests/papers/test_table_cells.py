"""Tables as they are drawn by different hands: ruled, merged, over pages, and without a rule at all."""

import pytest
from paper_making import LANDSCAPE, Read, Sheet, client, read

__all__ = ["client", "read"]

SCORES = [
    ["Ref", "Risk", "Score"],
    ["CR1", "Loss of a principal contractor while the programme of planned works is under way", "12"],
    [("Health and safety", 3)],
    ["CR2", "Fire safety works are late", "16"],
]


def test_a_ruled_table_keeps_its_rows_its_merged_cells_and_their_words_in_order(read: Read) -> None:
    sheet = Sheet()
    sheet.say("The register as it stands. Nothing of this belongs to the table below it.")
    sheet.rows([60, 220, 60], SCORES, shade=True)
    sheet.say("And this is what follows the table.")
    (table,) = read(sheet).cells(0)
    assert table.headed
    assert table.ruled
    assert table.texts() == [
        ["Ref", "Risk", "Score"],
        ["CR1", "Loss of a principal contractor while the programme of planned works is under way", "12"],
        ["Health and safety", "", ""],
        ["CR2", "Fire safety works are late", "16"],
    ]
    band = table.rows[2][0]
    assert band is not None
    assert band.columns == 3
    risk = table.rows[1][1]
    assert risk is not None
    assert len(risk.texts) == 2
    assert len(risk.boxes) == 2
    assert risk.boxes[0][3] <= risk.boxes[1][1] + 3


def test_a_cell_over_two_rows_is_said_once_and_tells_how_far_it_reaches(read: Read) -> None:
    sheet = Sheet()
    page = sheet.page
    for y in (100, 160):
        page.draw_line((50, y), (400, y))
    page.draw_line((150, 130), (400, 130))
    for x in (50, 150, 300, 400):
        page.draw_line((x, 100), (x, 160))
    for x, y, words in ((55, 120, "Finance"), (155, 118, "Cash"), (305, 118, "8"), (155, 148, "Debt"), (305, 148, "9")):
        page.insert_text((x, y), words, fontsize=9)
    (table,) = read(sheet).cells(0)
    assert table.texts() == [["Finance", "Cash", "8"], ["", "Debt", "9"]]
    assert table.rows[0][0] is not None
    assert table.rows[0][0].rows == 2


def test_a_table_that_goes_on_over_pages_is_one_and_its_head_is_said_once(read: Read) -> None:
    sheet = Sheet(LANDSCAPE)
    head = ["Reference", "Action", "Owner", "Due"]
    widths = [80, 300, 120, 80]
    sheet.rows(widths, [head, *([f"A{n}", f"Do thing {n} and report on it", "Bursar", "May 2026"] for n in range(8))])
    sheet.turn()
    rest = ["", "once the auditors have answered", "", ""]
    sheet.rows(widths, [head, rest, ["A8", "Do the last thing", "Head", "June 2026"]])
    sheet.say("Members are asked to note the above.")
    (table,) = read(sheet).tables
    assert [row.text(0) for row in table.rows] == ["Reference", *(f"A{n}" for n in range(9))]
    assert table.rows[8].text(1) == "Do thing 7 and report on it once the auditors have answered"
    assert [row.page for row in table.rows[-2:]] == [0, 1]


def test_two_tables_with_text_between_them_stay_two_whatever_page_they_are_on(read: Read) -> None:
    sheet = Sheet()
    sheet.rows([100, 100], [["Name", "Post"], ["A. Green", "Chair"]])
    sheet.turn()
    sheet.say("Appendix B. Something else altogether")
    sheet.rows([100, 100], [["Name", "Post"], ["B. Brown", "Clerk"]])
    assert len(read(sheet).tables) == 2


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_reads_the_same_with_rules_and_without(read: Read, ruled: bool) -> None:
    sheet = Sheet()
    sheet.say("Performance in the quarter is set out in the table, which the trustees are asked to note.")
    given = [
        ["Measure", "Target", "Actual", "Direction"],
        ["Rent collected", "98.5%", "97.9%", "down"],
        ["Repairs finished at the first visit, all trades", "90%", "92%", "up"],
        ["Empty homes", "12", "9", "steady"],
        ["Days lost to sickness", "7.0", "8.2", "up"],
    ]
    sheet.rows([160, 80, 80, 80], given, ruled=ruled)
    sheet.say("Collection fell in December and recovered in January. " * 6)
    (table,) = read(sheet).cells(0)
    assert table.ruled == ruled
    assert table.texts() == given


def test_running_text_a_list_and_a_letter_head_are_no_tables(read: Read) -> None:
    sheet = Sheet()
    sheet.say("Northfield Almshouses", 14, bold=True)
    for _ in range(12):
        sheet.say("The trustees met in the hall and went through the accounts, and found them in order. " * 3)
    for number in range(6):
        sheet.say(f"{number + 1}.   that the grant be paid", x=70)
    assert read(sheet).tables == ()
