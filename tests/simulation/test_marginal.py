from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from jinghe.simulation.limits import beta
from jinghe.simulation.marginal import chances, find_leads
from jinghe.simulation.setting import Network

UNEQUAL = np.array([0.3, -0.5, 1.0, 0.0, 0.2])
SPREAD = 1.3
HERE = np.zeros(1)


def together(n: int) -> np.ndarray:
    return np.zeros(n, dtype=np.int64)


def complete(n: int) -> Network:
    return Network.of(n, [(a, b) for a in range(n) for b in range(a)])


@pytest.mark.parametrize("n, k", [(2, 1), (3, 1), (11, 3), (21, 3), (100, 7)])
def test_equal_contestants_have_the_marginal_of_the_closed_form(n, k) -> None:
    value, slope = chances(np.full(n, 0.7), pools=together(n), slots=k, spread=2.0, shifts=HERE)

    assert value == pytest.approx(k / n, abs=1e-10)
    assert slope == pytest.approx(beta(n, k) / 2, abs=1e-10)


def test_two_contestants_have_the_normal_chance_to_win() -> None:
    """Φ(1/√2) = 0.7602 for a lead of one standard deviation."""
    value, _ = chances(np.array([1.0, 0.0]), pools=together(2), slots=1, spread=1.0, shifts=HERE)

    assert value[:, 0] == pytest.approx([0.760250, 0.239750], abs=1e-6)


@given(arrays(float, 6, elements=st.floats(-3, 3)), st.integers(1, 5))
def test_chances_sum_to_the_promotions(means, k) -> None:
    value, _ = chances(means, pools=together(6), slots=k, spread=1.0, shifts=HERE)

    assert value.sum() == pytest.approx(k, abs=1e-9)


def test_slopes_are_those_of_the_chances_and_leads_those_of_the_partners() -> None:
    network, step = complete(5), 1e-4
    _, slope = chances(UNEQUAL, pools=together(5), slots=2, spread=SPREAD, shifts=HERE)
    leads = find_leads(UNEQUAL, network, pools=together(5), slots=2, spread=SPREAD)

    for i in range(5):
        high, low = (
            chances(UNEQUAL + sign * step * np.eye(5)[i], pools=together(5), slots=2, spread=SPREAD, shifts=HERE)[0][
                :, 0
            ]
            for sign in (1, -1)
        )
        moved = (high - low) / (2 * step)
        assert slope[i, 0] == pytest.approx(moved[i], abs=1e-7)
        edges = network.partner == i
        assert -leads[edges] * slope[network.giver[edges], 0] == pytest.approx(moved[network.giver[edges]], abs=1e-7)


def test_a_partner_in_another_pool_takes_nothing_back() -> None:
    pools = np.array([0, 0, 1, 1, 1])

    leads = find_leads(UNEQUAL, complete(5), pools=pools, slots=1, spread=1.0)

    net = complete(5)
    apart = pools[net.giver] != pools[net.partner]
    assert not leads[apart].any()
    assert net.collect(leads) == pytest.approx(1.0)


def test_everyone_may_move_by_steps_of_their_own() -> None:
    shifts = np.linspace(-1, 1, 10).reshape(5, 2)

    own, _ = chances(UNEQUAL, pools=together(5), slots=2, spread=SPREAD, shifts=shifts)

    for i in range(5):
        one, _ = chances(UNEQUAL, pools=together(5), slots=2, spread=SPREAD, shifts=shifts[i])
        assert own[i] == pytest.approx(one[i], abs=1e-12)


def test_a_pool_with_as_many_places_as_members_has_no_contest() -> None:
    value, slope = chances(UNEQUAL, pools=together(5), slots=5, spread=1.0, shifts=HERE)

    assert value[:, 0].tolist() == [1.0] * 5
    assert not slope.any()
