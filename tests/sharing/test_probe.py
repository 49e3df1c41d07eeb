from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.sharing.probe import Fall, Jump, Kink, probe

GRID = [Fraction(k) for k in range(13)]


def test_whole_tiers_jump_at_their_edge() -> None:
    """Shanxi's air scheme read as whole steps: 10 up to 5 µg, 20 for all above."""
    found = probe(lambda x: ((10 if x <= 5 else 20) * x,), parties="A", grid=GRID)

    (jump,) = found.jumps
    assert ("A", 5.0, pytest.approx(50, abs=1e-6)) == (jump.party, float(round(jump.at, 6)), jump.size)
    assert not found.is_continuous
    assert found.is_monotone
    assert found.is_complete


def test_marginal_tiers_only_bend() -> None:
    found = probe(lambda x: (10 * min(x, 5) + 20 * max(x - 5, 0),), parties="A", grid=GRID)

    assert (Kink("A", Fraction(5), pytest.approx(10), pytest.approx(20)),) == found.kinks
    assert found.is_continuous


def test_an_edge_off_the_grid_is_found() -> None:
    cap = Fraction(73, 7)

    found = probe(lambda x: (min(x / 3, cap / 3), x - min(x / 3, cap / 3)), parties="AB", grid=GRID)

    assert [pytest.approx(float(cap)), pytest.approx(float(cap))] == [float(kink.at) for kink in found.kinks]
    assert ("A", "B") == tuple(kink.party for kink in found.kinks)


def test_who_loses_is_told_from_the_top_to_the_bottom() -> None:
    found = probe(lambda x: (x if x < 4 else 8 - x if x < 6 else x - 4, x), parties="AB", grid=GRID)

    assert (Fall("A", Fraction(4), Fraction(6), pytest.approx(2)),) == found.falls
    assert not found.is_monotone


def test_a_curve_is_called_a_curve() -> None:
    found = probe(lambda x: (float(x) ** 2, x), parties="AB", grid=GRID)

    assert ("A",) == found.curved
    assert () == found.kinks
    assert () == found.jumps


def test_leaps_on_both_sides_of_a_tie_are_one() -> None:
    found = probe(lambda x: ((x > 4) + (x >= 4),), parties="A", grid=GRID)

    assert (Jump("A", Fraction(4), pytest.approx(2)),) == found.jumps


def test_the_limit_of_trials_is_told() -> None:
    assert not probe(lambda x: (float(x) ** 2,), parties="A", grid=GRID, limit=50).is_complete


@settings(max_examples=40, deadline=None)
@given(
    st.fractions(0, 12, max_denominator=1000).filter(lambda x: x.denominator > 1),
    st.integers(1, 1000),
    st.integers(-50, 50),
)
def test_every_jump_is_found_where_it_is(at: Fraction, size: int, slope: int) -> None:
    found = probe(lambda x: (slope * x + (size if x >= at else 0),), parties="A", grid=GRID)

    (jump,) = found.jumps
    assert 0 <= jump.at - at <= Fraction(13, 10**9)
    assert pytest.approx(size, abs=1e-4) == jump.size
    assert (slope < 0) == bool(found.falls)
