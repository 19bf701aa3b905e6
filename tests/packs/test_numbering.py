"""Which number a page bears: put right by hand, stamped, named by the file, or counted."""

from desktop.packs.numbering import Numbered, following, labels_of


def counted(*counts: int) -> list[Numbered]:
    return [Numbered(count, sum(counts[:place])) for place, count in enumerate(counts)]


def run(first: int, count: int) -> tuple[int, ...]:
    return tuple(range(first, first + count))


def test_without_stamps_the_pages_are_counted() -> None:
    assert labels_of(counted(2, 3), {}) == [["1", "2"], ["3", "4", "5"]]


def test_a_paper_withheld_takes_one_page_and_all_its_numbers() -> None:
    papers = [Numbered(2, 0), Numbered(1, 2), Numbered(2, 11)]
    assert labels_of(papers, {}) == [["1", "2"], ["3"], ["12", "13"]]


def test_numbers_that_begin_again_in_each_paper_are_the_papers_own() -> None:
    papers = [Numbered(5, 0, (run(1, 5),)), Numbered(4, 5, (run(1, 4),)), Numbered(6, 9, (run(1, 6),))]
    assert labels_of(papers, {})[2] == ["10", "11", "12", "13", "14", "15"]


def test_a_stamped_pack_shows_its_stamps_and_says_nothing_where_there_is_none() -> None:
    """As in a council's pack: an unstamped agenda, minutes stamped 1 to 12, a plan stamped 13 to 96."""
    papers = [
        Numbered(6, 0, (run(1, 6),)),
        Numbered(12, 6, (run(1, 12),)),
        Numbered(84, 18, (run(1, 84), run(13, 84))),
    ]
    labels = labels_of(papers, {})
    assert labels[0] == [""] * 6
    assert (labels[1][0], labels[1][-1]) == ("1", "12")
    assert (labels[2][0], labels[2][-1]) == ("13", "96")


def test_an_unstamped_paper_that_just_fits_between_two_stamped_ones() -> None:
    papers = [Numbered(4, 0, (run(1, 4),)), Numbered(2, 4), Numbered(4, 6, (run(7, 4),)), Numbered(3, 10)]
    assert labels_of(papers, {})[1:] == [["5", "6"], ["7", "8", "9", "10"], ["", "", ""]]


def test_a_date_in_the_head_of_a_short_paper_is_no_stamp() -> None:
    papers = [Numbered(10, 0, (run(1, 10),)), Numbered(1, 10, ((29,), (2026,)))]
    assert labels_of(papers, {})[1] == ["11"]
    stamped = [papers[0], Numbered(1, 10, ((29,), (11,))), Numbered(6, 11, (run(12, 6),))]
    assert labels_of(stamped, {})[1:] == [["11"], ["12", "13", "14", "15", "16", "17"]]


def test_labels_of_the_file_count_as_stamps_where_they_count_on() -> None:
    papers = [
        Numbered(3, 0, named=("1", "2", "3")),
        Numbered(3, 3, named=("13", "14", "15")),
    ]
    assert labels_of(papers, {}) == [["1", "2", "3"], ["13", "14", "15"]]
    assert labels_of([Numbered(3, 0, named=("i", "ii", "1"))], {}) == [["i", "ii", "1"]]
    assert labels_of([papers[0], Numbered(3, 3, named=("i", "ii", "1"))], {})[1] == ["4", "5", "6"]


def test_a_page_put_right_counts_onward_to_the_next_one_put_right() -> None:
    papers = counted(3, 3)
    assert labels_of(papers, {(0, 1): "12"}) == [["1", "12", "13"], ["14", "15", "16"]]
    assert labels_of(papers, {(0, 1): "12", (1, 1): "A9"}) == [["1", "12", "13"], ["14", "A9", "A10"]]
    assert labels_of(papers, {(0, 1): "cover"}) == [["1", "cover", "3"], ["4", "5", "6"]]


def test_a_page_put_right_does_not_overrule_the_stamps_of_later_papers() -> None:
    papers = [Numbered(4, 0, (run(1, 4),)), Numbered(4, 4, (run(5, 4),))]
    assert labels_of(papers, {(0, 0): "101"}) == [["101", "102", "103", "104"], ["5", "6", "7", "8"]]


def test_what_follows_a_label() -> None:
    assert [following(label, 2) for label in ("9", "A9", "3-98", "9a", "iv")] == ["11", "A11", "3-100", "11a", None]
