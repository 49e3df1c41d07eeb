from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.simulation.draws import Purpose, draw_normals, draw_uniforms, philox

ONES = 0xFFFFFFFF
KNOWN = [  # Random123, kat_vectors: philox4x32 with 10 rounds
    ((0, 0, 0, 0), (0, 0), ("6627e8d5", "e169c58d", "bc57ac4c", "9b00dbd8")),
    ((ONES, ONES, ONES, ONES), (ONES, ONES), ("408f276d", "41c83b0e", "a20bc7c6", "6d5451fd")),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        ("d16cfe09", "94fdcceb", "5001e420", "24126ea1"),
    ),
]


@pytest.mark.parametrize("counter, key, words", KNOWN)
def test_philox_gives_the_published_words(counter, key, words) -> None:
    found = philox(tuple(np.array([c], dtype=np.uint64) for c in counter), key)

    assert words == tuple(f"{int(word[0]):08x}" for word in found)


def test_first_hundred_of_five_hundred_replications_are_a_run_of_one_hundred() -> None:
    asked = {"purpose": Purpose.YEAR, "period": 3, "places": 11, "count": 5}

    many = draw_normals(7, replications=range(500), **asked)

    assert np.array_equal(many[:100], draw_normals(7, replications=range(100), **asked))
    assert np.array_equal(many[137:200], draw_normals(7, replications=range(137, 200), **asked))


@given(st.integers(0, 2**64 - 1), st.integers(1, 9), st.integers(1, 9))
def test_more_draws_or_places_leave_the_first_ones(seed, count, places) -> None:
    asked = {"purpose": Purpose.OFFICIAL, "replications": range(3), "period": 0}

    few = draw_uniforms(seed, places=places, count=count, **asked)
    many = draw_uniforms(seed, places=places + 2, count=count + 5, **asked)

    assert np.array_equal(few, many[:, :count, :places])
    assert ((few > 0) & (few < 1)).all()


def test_places_may_be_given_by_key() -> None:
    asked = {"purpose": Purpose.EDGE, "replications": range(3), "period": 2, "count": 4}

    found = draw_uniforms(7, places=np.array([6, 1]), **asked)

    assert np.array_equal(found, draw_uniforms(7, places=7, **asked)[..., [6, 1]])


def test_every_part_of_the_key_gives_other_draws() -> None:
    base = {"seed": 7, "purpose": Purpose.YEAR, "replications": range(4), "period": 0}
    changes = [{}, {"seed": 8}, {"seed": 7 + 2**32}, {"purpose": Purpose.EDGE}, {"replications": range(4, 8)}]
    changes.append({"period": 1})

    drawn = []
    for change in changes:
        asked = base | change
        drawn.append(draw_uniforms(asked.pop("seed"), places=3, **asked).ravel())

    assert len(np.unique(np.concatenate(drawn))) == sum(map(len, drawn))


def test_normals_have_the_moments_of_a_normal() -> None:
    drawn = draw_normals(7, purpose=Purpose.OFFICIAL, replications=range(500), period=0, places=10, count=40).ravel()
    error = len(drawn) ** -0.5

    assert abs(drawn.mean()) < 4 * error
    assert abs((drawn**2).mean() - 1) < 4 * error * 2**0.5
    assert abs((drawn**3).mean()) < 4 * error * 15**0.5
    assert abs((drawn**4).mean() - 3) < 4 * error * 96**0.5
