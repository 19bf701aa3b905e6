"""The small parts: words, labels' text, shared memory, the clock."""

import os
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.pdf import memory, styles, words
from desktop.pdf.deadline import Deadline
from desktop.pdf.protocol import MOST_PIXELS, MOST_SIDE, Source, bounded, device_size

coordinate = st.floats(-1e6, 1e6, width=32)
word = st.tuples(
    coordinate,
    coordinate,
    coordinate,
    coordinate,
    st.text(max_size=12).filter(lambda text: "\n" not in text and text.isprintable()),
    st.integers(0, 65535),
    st.integers(0, 65535),
)


@given(st.lists(word, max_size=30))
def test_words_come_back_as_they_were_and_pass_the_check(given_words):
    words.check(words.lay(given_words))
    found = words.unpack(words.pack(given_words))
    assert [(w.x0, w.y0, w.x1, w.y1, w.text, w.block, w.line) for w in found] == given_words


@given(st.binary(max_size=200))
def test_whatever_passes_the_check_can_be_unpacked(data):
    try:
        words.check(data)
    except ValueError:
        return
    words.unpack(words.press(data))


@given(st.lists(word, min_size=1, max_size=5), st.data())
def test_a_changed_page_of_words_is_noticed_or_harmless(given_words, data):
    laid = bytearray(words.lay(given_words))
    laid[data.draw(st.integers(0, len(laid) - 1))] = data.draw(st.integers(0, 255))
    test_whatever_passes_the_check_can_be_unpacked.hypothesis.inner_test(bytes(laid))


def test_a_box_that_is_nowhere_is_no_box():
    with pytest.raises(ValueError, match="nowhere"):
        words.check(words.lay([(1.0, 2.0, float("nan"), 4.0, "word", 0, 0)]))


@given(st.integers(1, 10**7), st.integers(1, 10**7))
def test_an_image_is_never_larger_than_it_may_be(width, height):
    across, down = bounded(width, height)
    assert across * down <= MOST_PIXELS
    assert 1 <= across <= min(width, MOST_SIDE)
    assert 1 <= down <= min(height, MOST_SIDE)


def test_a_page_has_as_many_pixels_as_it_needs():
    assert device_size(595.28, 841.89, 2.0) == (1191, 1684)
    assert device_size(600.0, 800.0, 1.0) == (600, 800)
    assert device_size(0.1, 0.1, 0.1) == (1, 1)


def test_a_source_does_not_show_its_key(tmp_path):
    source = Source("v", tmp_path / "x.age", "AGE-SECRET-KEY-1")
    assert "SECRET" not in repr(source)
    assert (source.name, Source("v", tmp_path / "x.pdf").name) == ("This paper", "x.pdf")
    assert Source("v", tmp_path / "x.age", "k", "Minutes").name == "Minutes"


@pytest.mark.parametrize("make", ["_nameless_file", "_unlinked_file"])
def test_shared_pixels_have_no_name_and_are_gone_when_closed(make, monkeypatch):
    monkeypatch.setattr(memory, "_nameless_file", getattr(memory, make))
    before = set(os.listdir("/dev/shm")) if os.path.isdir("/dev/shm") else set()
    files = len(os.listdir("/dev/fd"))
    pixels = memory.Pixels()
    kind, _, number = pixels.handle.partition(":")
    theirs = memory.attach(f"{kind}:{os.dup(int(number))}")
    theirs[memory.SLOT : memory.SLOT + 4] = b"abcd"
    assert pixels.take(1, 4) == b"abcd"
    if before:
        assert set(os.listdir("/dev/shm")) == before
    large = 20 << 20
    theirs[0:large] = b"x" * large
    assert pixels.take(0, large) == b"x" * large
    assert pixels.take(0, 4) in (b"\0\0\0\0", b"xxxx")
    theirs.close()
    pixels.close()
    assert len(os.listdir("/dev/fd")) == files


def test_shared_pixels_cannot_be_made_shorter_by_the_worker():
    pixels = memory.Pixels()
    with pytest.raises(PermissionError):
        os.ftruncate(pixels.files[0], 4096)
    pixels.close()


def test_the_clock_calls_for_the_last_mark_set_and_no_other():
    late: list[int] = []
    called = threading.Event()
    clock = Deadline("test", lambda mark: (late.append(mark), called.set()))
    clock.set(600, 1)
    clock.clear()
    clock.set(600, 2)
    clock.set(0.001, 3)
    assert called.wait(30)
    called.clear()
    clock.set(0.001, 4)
    assert called.wait(30)
    clock.close()
    assert late == [3, 4]


line = st.tuples(st.integers(0, 65535), st.integers(0, 65535), st.floats(0, 10_000, width=32), st.booleans())


@given(st.lists(line, max_size=30))
def test_how_lines_are_set_comes_back_as_it_was(given_lines):
    found = styles.read(styles.lay(given_lines))
    assert [(each.block, each.line, each.size, each.bold) for each in found] == given_lines


@given(st.binary(max_size=60))
def test_lines_a_worker_makes_up_are_refused_or_harmless(data):
    try:
        found = styles.read(data)
    except ValueError:
        return
    assert all(0 <= each.size <= 10_000 for each in found)
