from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from jinghe.simulation.draws import Purpose, draw_normals
from jinghe.simulation.limits import beta
from jinghe.simulation.marginal import chance, exact_marginals, sampled_marginals
from jinghe.simulation.setting import Network

UNEQUAL = np.array([0.3, -0.5, 1.0, 0.0, 0.2])
SPREAD = 1.3


def complete(n: int) -> Network:
    return Network.of(n, [(a, b) for a in range(n) for b in range(a)])


def imagine(n: int, *, replications: int = 300, count: int = 64):
    rows = range(replications)
    return draw_normals(7, purpose=Purpose.IMAGINED, replications=rows, period=0, places=n, count=count)


@pytest.mark.parametrize("n, k", [(2, 1), (3, 1), (11, 3), (21, 3)])
def test_equal_contestants_have_the_marginal_of_the_closed_form(n, k) -> None:
    found = exact_marginals(np.full(n, 0.7), complete(n), slots=k, spread=2.0)

    assert found.own == pytest.approx(beta(n, k) / 2, abs=1e-10)
    assert found.cross == pytest.approx(beta(n, k) / 2 / (n - 1), abs=1e-10)


def test_two_contestants_have_the_normal_chance_to_win() -> None:
    """Φ(1/√2) = 0.7602 for a lead of one standard deviation."""
    found = chance(np.array([1.0, 0.0]), np.zeros((2, 1)), slots=1, spread=1.0)

    assert found[:, 0] == pytest.approx([0.760250, 0.239750], abs=1e-6)


@given(arrays(float, 6, elements=st.floats(-3, 3)), st.integers(1, 5))
def test_chances_sum_to_the_promotions(means, k) -> None:
    assert chance(means, np.zeros((6, 1)), slots=k, spread=1.0).sum() == pytest.approx(k, abs=1e-9)


def test_exact_marginals_are_the_slopes_of_the_chances() -> None:
    network, step = complete(5), 1e-4

    found = exact_marginals(UNEQUAL, network, slots=2, spread=SPREAD)

    for i in range(5):
        moved = [
            chance(UNEQUAL + sign * step * np.eye(5)[i], np.zeros((5, 1)), slots=2, spread=SPREAD)[:, 0]
            for sign in (1, -1)
        ]
        slopes = (moved[0] - moved[1]) / (2 * step)
        assert found.own[i] == pytest.approx(slopes[i], abs=1e-7)
        on_others = found.cross[network.partner == i]
        assert -on_others == pytest.approx(slopes[network.giver[network.partner == i]], abs=1e-7)


def test_imagined_contests_estimate_the_exact_marginals() -> None:
    network, draws = complete(5), imagine(5)
    exact = exact_marginals(UNEQUAL, network, slots=2, spread=SPREAD)

    found = sampled_marginals(np.tile(UNEQUAL, (300, 1)), draws, network, slots=2, spread=SPREAD)

    for sampled, true in ((found.own, exact.own), (found.cross, exact.cross)):
        errors = sampled.std(axis=0, ddof=1) / 300**0.5
        assert (np.abs(sampled.mean(axis=0) - true) < 4 * errors).all()


def test_a_rival_alone_takes_back_all_that_a_shared_credit_gives() -> None:
    found = sampled_marginals(np.zeros((50, 2)), imagine(2, replications=50), complete(2), slots=1, spread=1.0)

    assert np.array_equal(found.own, found.cross)


def test_marginals_do_not_depend_on_the_other_replications() -> None:
    draws, network = imagine(11), complete(11)
    means = np.linspace(0, 1, 11) * np.ones((300, 1))

    whole = sampled_marginals(means, draws, network, slots=3, spread=1.0)
    part = sampled_marginals(means[40:57], draws[40:57], network, slots=3, spread=1.0)

    assert np.array_equal(whole.own[40:57], part.own)
    assert np.array_equal(whole.cross[40:57], part.cross)
