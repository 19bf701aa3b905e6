"""Where the pages lay in the window, as the settings keep it."""

import math

import pytest

from desktop.pdf.protocol import Tones
from desktop.reader.glance import Port


@pytest.mark.parametrize("tones", [None, Tones(0x101010, 0xE8E8E8)])
def test_where_pages_lay_comes_back_as_it_was_kept(tones: Tones | None) -> None:
    port = Port(211.0, 45.0, 955.0, 735.0, 1.25, tones)
    assert Port.from_dict(port.to_dict()) == port


@pytest.mark.parametrize(
    "spoilt",
    [{}, {"left": 1}, {"width": 0}, {"height": -4}, {"width": 1e9}, {"ratio": "1"}, {"top": math.nan}, {"ratio": 0}],
)
def test_what_no_window_can_have_is_nothing(spoilt: dict[str, object]) -> None:
    whole = Port(211.0, 45.0, 955.0, 735.0, 1.0).to_dict()
    assert Port.from_dict({**whole, **spoilt} if spoilt and spoilt != {"left": 1} else spoilt) is None
