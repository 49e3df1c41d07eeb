"""Vertical, horizontal and network governance."""

import pytest

from jinghe.errors import DataError
from jinghe.network import find_modes

from .conftest import actors_of, meeting

RING = [meeting(f"e{n}", (str(n), str((n + 1) % 6))) for n in range(6)]


def test_one_superior_that_convenes_everything_is_vertical():
    found = find_modes([meeting("e", "abc", ("p",)), meeting("f", "ab", ("p",))], actors=actors_of("abc"), draws=50)

    assert {"vertical": 1.0, "horizontal": 0.0, "network": 0.0} == dict(found.share)
    assert "vertical" == found.leading


def test_a_ring_of_peers_of_one_kind_is_horizontal_and_no_network():
    found = find_modes(RING, actors=actors_of("012345"), draws=50)

    assert {"vertical": 0.0, "horizontal": 1.0, "network": 0.0} == dict(found.share)
    assert "horizontal" == found.leading


def test_peers_of_many_kinds_without_a_centre_are_a_network():
    actors = [*actors_of("024"), *actors_of("135", kind="firm")]

    assert {"vertical": 0.0, "horizontal": 1.0, "network": 0.5} == dict(find_modes(RING, actors=actors, draws=5).share)


def test_where_the_interval_spans_one_half_no_mode_leads():
    mixed = [meeting("e", "ab", ("p",)), meeting("f", "bc"), meeting("g", "ac", ("p",)), meeting("h", "ab")]

    found = find_modes(mixed, actors=actors_of("abc"), draws=200, seed=1)
    assert (0.5, "") == (found.share["vertical"], found.leading)
    assert found.low["vertical"] < 0.5 < found.high["vertical"]


def test_the_same_seed_gives_the_same_interval():
    first, second = (find_modes(RING, actors=actors_of("012345"), draws=20, seed=3) for _ in range(2))

    assert first == second


def test_no_event_is_no_network():
    with pytest.raises(DataError, match="no event to draw"):
        find_modes([], actors=actors_of("ab"))
