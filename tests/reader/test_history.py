"""Back and forward over jumps."""

from desktop.reader.history import History, Place


def at(page: int, y: float = 0.0, paper: str = "a") -> Place:
    return Place(paper, page, y=y)


def test_back_and_forward_retrace_jumps() -> None:
    history = History()
    history.jumped(at(1), at(40))
    history.jumped(at(40), at(7))
    assert history.back(at(7)) == at(40)
    assert history.back(at(40)) == at(1)
    assert history.back(at(1)) is None
    assert history.forward(at(1)) == at(40)
    assert history.forward(at(40)) == at(7)
    assert not history.can_go_forward


def test_back_leads_to_where_the_reader_had_scrolled_to_before_the_jump() -> None:
    history = History()
    history.jumped(at(1), at(40))
    history.jumped(at(43, 310), at(7))
    assert history.back(at(7)) == at(43, 310)


def test_small_scrolls_are_forgotten() -> None:
    history = History()
    history.jumped(at(1, 0), at(1, 150))
    assert not history.can_go_back
    history.jumped(at(1, 0), at(9))
    history.jumped(at(1, 60), at(12))
    assert history.back(at(12)) == at(1, 0)
    assert not history.can_go_back


def test_a_new_jump_forgets_what_lay_ahead() -> None:
    history = History()
    history.jumped(at(1), at(40))
    history.back(at(40))
    history.jumped(at(1), at(90))
    assert not history.can_go_forward
    assert history.back(at(90)) == at(1)


def test_the_same_page_of_another_paper_is_another_place() -> None:
    history = History()
    history.jumped(at(1), at(1, paper="b"))
    assert history.back(at(1, paper="b")) == at(1)


def test_it_does_not_grow_without_end() -> None:
    history = History()
    for page in range(1000):
        history.jumped(at(page), at(page + 1))
    steps = 0
    now = at(1000)
    while (place := history.back(now)) is not None:
        now, steps = place, steps + 1
    assert steps == 200
