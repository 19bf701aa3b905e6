"""The sealed picture of what was last in the window: it comes back once, and only by its key."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.still import Still, forget_still, has_still, keep_still, still_of, take_still

KEY, OTHER = b"k" * 32, b"o" * 32
STILL = Still(0, 12, 40, 30, 1.25, "#fbf9f4", b"Wrenmoor" * (40 * 30 // 2))


def test_it_comes_back_as_it_was_and_only_once(tmp_path: Path) -> None:
    assert not has_still(tmp_path)
    assert take_still(tmp_path, KEY) is None
    keep_still(tmp_path, KEY, STILL)
    assert has_still(tmp_path)
    assert take_still(tmp_path, KEY) == STILL
    assert not has_still(tmp_path)
    assert take_still(tmp_path, KEY) is None


def test_the_newest_replaces_the_one_before(tmp_path: Path) -> None:
    newer = replace(STILL, top=99)
    keep_still(tmp_path, KEY, STILL)
    keep_still(tmp_path, KEY, newer)
    assert [path.name for path in tmp_path.iterdir()] == ["still"]
    assert take_still(tmp_path, KEY) == newer


def test_nothing_of_it_can_be_read_on_the_disk(tmp_path: Path) -> None:
    keep_still(tmp_path, KEY, STILL)
    (file,) = tmp_path.iterdir()
    data = file.read_bytes()
    assert b"Wrenmoor" not in data
    assert b"fbf9f4" not in data


@pytest.mark.parametrize("spoil", [lambda data: b"", lambda data: data[:-1], lambda data: data[:20] + b"x" + data[21:]])
def test_what_another_key_sealed_or_time_spoilt_is_none_and_goes(tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    keep_still(tmp_path, OTHER, STILL)
    assert take_still(tmp_path, KEY) is None
    assert not has_still(tmp_path)
    keep_still(tmp_path, KEY, STILL)
    file = tmp_path / "still"
    file.write_bytes(spoil(file.read_bytes()))
    assert take_still(tmp_path, KEY) is None
    assert not has_still(tmp_path)


def test_it_can_be_forgotten_whether_there_is_one_or_not(tmp_path: Path) -> None:
    forget_still(tmp_path)
    keep_still(tmp_path, KEY, STILL)
    forget_still(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_takes_none_keeps_no_older_one(tmp_path: Path) -> None:
    keep_still(tmp_path, KEY, STILL)
    (tmp_path / "still.new").mkdir()
    with pytest.raises(OSError, match=r"still\.new"):
        keep_still(tmp_path, KEY, STILL)
    assert not has_still(tmp_path)


@pytest.mark.parametrize(
    "wrong", [{"width": 41}, {"width": 0, "height": 0}, {"ratio": 0}, {"background": None}, {"width": "40"}]
)
def test_facts_that_do_not_fit_the_pixels_are_no_still(wrong: dict[str, object]) -> None:
    facts: dict[str, object] = {"left": 0, "top": 0, "width": 40, "height": 30, "ratio": 1.0, "background": "#ffffff"}
    assert still_of(facts, b"\0" * 4800).width == 40
    with pytest.raises(ValueError, match=r"not"):
        still_of(facts | wrong, b"\0" * 4800)
