from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.simulation.ratio import RatioContest, solve_ratio


def alone(n: int, r: float = 1.0, prize: float = 1.0) -> RatioContest:
    return RatioContest(prize, r, np.ones(n), 0.0, np.arange(n))


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 4), st.floats(0.3, 1.0), st.floats(0.1, 10))
def test_equal_contestants_dissipate_what_tullock_says(n, r, prize) -> None:
    found = solve_ratio(alone(n, r, prize))

    assert found.efforts == pytest.approx(r * prize * (n - 1) / n**2, rel=1e-8)
    assert found.settled
    assert found.regret < 1e-9 * prize


def test_who_pays_more_gives_less_by_the_closed_form() -> None:
    """Reference: costs 1, 1.2, 1.5 give .24836, .18992, .10226."""
    found = solve_ratio(RatioContest(1.0, 1.0, np.array([1.0, 1.2, 1.5]), 0.0, np.arange(3)))

    assert found.efforts == pytest.approx([0.24836, 0.18992, 0.10226], abs=5e-6)


def test_somebody_gains_by_leaving_when_the_contest_is_too_decisive() -> None:
    found = solve_ratio(alone(2, r=4.0))

    assert not found.settled or found.regret > 1e-3


def test_a_team_gives_as_much_as_one_whatever_its_size() -> None:
    found = solve_ratio(RatioContest(2.0, 1.0, np.ones(6), 0.0, np.array([0, 0, 0, 0, 1, 1])))

    assert found.efforts[:4].sum() == pytest.approx(0.5)
    assert found.efforts[4:].sum() == pytest.approx(0.5)


def test_what_the_loser_suffers_from_the_winner_makes_both_fight_harder() -> None:
    """Chowdhury and Sheremeta: x* = −(W − L)/(3a₁ + a₂ + b₁ − b₂)."""
    found = solve_ratio(RatioContest(1.0, 1.0, np.zeros(2), 0.0, np.arange(2), -1.0, 0.4, -1.0, -0.4))

    assert found.efforts == pytest.approx(1 / 3.2)
