"""Notes from several computers: in any order and any number of times they come to the same, and nothing is lost."""

import itertools
import json
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from desktop.annotations.merging import ALSO, State, delete, from_fields, join, rescue, write

AT = "2026-01-{:02}T10:00:00.000000Z"
A, B, C = "a", "b", "c"


def made() -> State:
    return write(State(), A, AT.format(1), {"colour": "risk"}, {"words": "First"})


def test_each_part_is_its_last_writers() -> None:
    first = made()
    one = write(first, A, AT.format(2), {"colour": "agree"}, {})
    other = write(first, B, AT.format(3), {}, {"words": "Second"})
    joined = join(one, other)
    assert joined.facts == {"colour": "agree"}
    assert joined.words == {"words": "Second"}
    assert joined == join(other, one) == join(joined, one) == join(joined, joined)


def test_at_the_same_moment_the_device_decides() -> None:
    one, other = (write(made(), device, AT.format(2), {"colour": device}, {}) for device in (A, B))
    assert join(one, other).facts == join(other, one).facts == {"colour": B}


def test_two_wordings_that_did_not_know_of_each_other_are_both_kept() -> None:
    one = write(made(), A, AT.format(2), {}, {"words": "Ask about cost"})
    other = write(made(), B, AT.format(3), {}, {"words": "Ask about time"})
    joined = join(one, other)
    assert joined.words["words"] == f"Ask about time\n\n{ALSO}\n\nAsk about cost"
    settled = write(joined, A, AT.format(4), {}, {"words": "Ask about cost and time"})
    assert join(settled, join(one, other)).words["words"] == "Ask about cost and time"


def test_what_goes_on_from_the_same_words_is_not_said_twice() -> None:
    one = write(made(), A, AT.format(2), {}, {"words": "First, and more"})
    other = write(made(), B, AT.format(3), {}, {"words": "First"})
    assert join(one, other).words["words"] == "First, and more"


def test_a_clock_that_is_behind_does_not_undo_what_is_written_after_reading() -> None:
    ahead = write(made(), B, AT.format(30), {"colour": "action"}, {})
    after = write(join(made(), ahead), A, AT.format(2), {"colour": "agree"}, {})
    assert join(ahead, after).facts["colour"] == "agree"


def test_what_was_deleted_stays_so_and_leaves_nothing_behind() -> None:
    first = made()
    gone = delete(first)
    for joined in (join(first, gone), join(gone, first)):
        assert joined.gone is not None
        assert "First" not in joined.to_text()


def test_brought_back_it_counts_for_more_than_its_deletion() -> None:
    gone = delete(made())
    again = write(gone, A, AT.format(3), {"colour": "risk"}, {"words": "First"})
    assert join(gone, again) == join(again, gone) == again


def test_what_the_deleter_did_not_know_is_not_lost() -> None:
    first = made()
    gone, mine = delete(first), write(first, B, AT.format(2), {}, {"words": "Second"})
    joined = rescue(mine, join(mine, gone), B, AT.format(5))
    assert joined.gone is None
    assert joined.words["words"] == "Second"
    assert joined.facts["colour"] == "risk"
    assert join(joined, gone) == join(gone, joined) == joined


def test_what_the_deleter_knew_is_not_brought_back() -> None:
    mine = write(made(), B, AT.format(2), {}, {"words": "Second"})
    gone = delete(mine)
    assert rescue(mine, join(mine, gone), B, AT.format(5)) == gone


def test_a_new_life_and_an_old_edit_that_did_not_know_of_it_keep_both() -> None:
    first = made()
    again = write(delete(first), A, AT.format(3), {"colour": "risk"}, {"words": "Once more"})
    mine = write(first, B, AT.format(2), {"colour": "agree"}, {"words": "Elsewhere"})
    joined = rescue(mine, join(mine, again), B, AT.format(5))
    assert set(joined.words["words"].split(f"\n\n{ALSO}\n\n")) == {"Once more", "Elsewhere"}


def test_a_new_life_does_not_claim_to_know_what_was_only_heard_of() -> None:
    """A brings back what B deleted; B had heard of C's words meanwhile, and kept nothing of them."""
    first = made()
    at_a = write(first, A, AT.format(2), {"colour": "agree"}, {})
    at_c = write(first, C, AT.format(3), {}, {"words": "Of C"})
    at_b = join(delete(first), at_c)
    at_a = rescue(at_a, join(at_a, at_b), A, AT.format(4))
    at_c = rescue(at_c, join(at_c, at_a), C, AT.format(5))
    assert "Of C" in at_c.words["words"]


def test_it_is_kept_as_text() -> None:
    for state in (made(), delete(made()), join(write(made(), B, AT.format(9), {}, {"words": "x"}), made())):
        assert from_fields(json.loads(state.to_text())) == state


STATES = st.lists(
    st.tuples(
        st.sampled_from((A, B, C)), st.integers(1, 28), st.sampled_from(("colour", "words", "delete", "take")),
        st.sampled_from((A, B, C)),
    ),
    max_size=12,
)  # fmt: skip


@given(STATES, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_any_order_and_repetition_gives_the_same(steps: Sequence[tuple[str, int, str, str]], chance: object) -> None:
    known = dict.fromkeys((A, B, C), made())
    sent: list[State] = [made()]
    for device, day, what, other in steps:
        mine = known[device]
        if what == "take":
            mine = join(mine, known[other])
        elif what == "delete":
            mine = delete(mine)
        elif what == "colour":
            mine = write(mine, device, AT.format(day), {"colour": f"{device}{day}"}, {})
        else:
            mine = write(mine, device, AT.format(day), {}, {"words": f"{device}{day}"})
        known[device] = mine
        sent.append(mine)
    results = set()
    for _ in range(4):
        order = [*sent, *chance.choices(sent, k=3)]  # type: ignore[attr-defined]
        chance.shuffle(order)  # type: ignore[attr-defined]
        state = order[0]
        for each in order[1:]:
            state = join(state, each)
        results.add(state.to_text())
    assert len(results) == 1


class SeveralComputers(RuleBasedStateMachine):
    """Three computers that write, delete and hear of each other in any order, each thing any number of times."""

    messages = Bundle("messages")

    @initialize()
    def begin(self) -> None:
        self.known = dict.fromkeys((A, B, C), made())
        self.day = 0
        self.count = itertools.count()
        self.written: dict[str, str] = {}  # by text: who wrote it last
        self.answered: set[str] = set()  # texts that were there to be read by who wrote over or deleted them

    def _now(self) -> str:
        self.day += 1
        return f"2026-02-01T00:00:{self.day % 60:02}.{self.day:06}Z"

    def _take(self, device: str, state: State) -> None:
        mine = self.known[device]
        self.known[device] = rescue(mine, join(mine, state), device, self._now())

    @rule(device=st.sampled_from((A, B, C)))
    def reword(self, device: str) -> None:
        text = f"<{device}{next(self.count)}>"
        self._read(device)
        self.known[device] = write(self.known[device], device, self._now(), {}, {"words": text})
        self.written[text] = device

    @rule(device=st.sampled_from((A, B, C)), colour=st.sampled_from(("risk", "agree")))
    def recolour(self, device: str, colour: str) -> None:
        if self.known[device].gone is None:
            self.known[device] = write(self.known[device], device, self._now(), {"colour": colour}, {})

    @rule(device=st.sampled_from((A, B, C)))
    def remove(self, device: str) -> None:
        self._read(device)
        self.known[device] = delete(self.known[device])

    def _read(self, device: str) -> None:
        shown = self.known[device].words.get("words", "")
        self.answered |= {text for text in self.written if text in shown}

    @rule(target=messages, device=st.sampled_from((A, B, C)))
    def send(self, device: str) -> State:
        return self.known[device]

    @rule(device=st.sampled_from((A, B, C)), message=messages)
    def receive(self, device: str, message: State) -> None:
        self._take(device, message)

    @invariant()
    def all_agree_in_the_end_and_nothing_unread_is_lost(self) -> None:
        before, day = dict(self.known), self.day
        for _ in range(4):
            for device, other in itertools.permutations((A, B, C), 2):
                self._take(device, self.known[other])
        texts = {state.to_text() for state in self.known.values()}
        assert len(texts) == 1
        end = self.known[A]
        shown = end.words.get("words", "")
        lost = {text for text in self.written if text not in shown} - self.answered
        assert not lost
        self.known, self.day = before, day


TestSeveralComputers = SeveralComputers.TestCase
TestSeveralComputers.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
