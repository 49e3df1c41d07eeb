from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import RuleError
from jinghe.simulation.limits import beta
from jinghe.simulation.parameters import Parameters
from jinghe.simulation.setting import Network, add_up, attention_unit, make_setting, splice


def test_every_pair_stands_twice_and_knows_its_other_side() -> None:
    network = Network.of(4, [(2, 0), (0, 1)])

    assert list(zip(network.giver, network.partner, strict=True)) == [(0, 1), (0, 2), (1, 0), (2, 0)]
    assert network.reverse.tolist() == [2, 3, 0, 1]
    assert network.degree == 1.0


@given(st.integers(2, 8), st.data())
def test_collecting_sums_what_each_giver_has(n, data) -> None:
    pairs = data.draw(st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda p: p[0] < p[1])))
    network = Network.of(n, pairs)
    values = np.arange(2.0 * network.edges).reshape(2, network.edges)

    found = network.collect(values)

    expected = np.zeros((2, n))
    for edge, giver in enumerate(network.giver):
        expected[:, giver] += values[:, edge]
    assert np.array_equal(expected, found)


def test_a_city_without_partners_collects_nothing() -> None:
    network = Network.of(3, [(0, 2)])

    assert network.collect(np.ones(2)).tolist() == [1, 0, 1]
    assert Network.of(3, []).collect(np.ones((5, 0))).shape == (5, 3)


def test_attention_unit_is_the_effort_of_a_contest_in_growth_alone() -> None:
    parameters = Parameters(prize=2.0, effort_cost=4.0, noise=0.5, sharing=0.3)

    assert attention_unit(parameters, n=11) == pytest.approx((2 * beta(11, 3) / 0.5 + 0.3) / 4)
    assert attention_unit(Parameters(prize=0.0, sharing=0.0), n=11) == 1.0


def test_promotions_must_fit_the_contestants() -> None:
    with pytest.raises(RuleError) as caught:
        attention_unit(Parameters(promotion_slots=3), n=3)

    assert [p.code for p in caught.value.problems] == ["promotion-slots"]


def test_noise_of_the_score_counts_every_branch() -> None:
    """0.6 growth, 0.3 collaboration, 0.1 the rest: √(0.36 + 0.09 + 0.01); per unit 0.6/σ and 0.3/(1.5σ)."""
    setting = make_setting(Parameters(noise=2.0), n=4, growth_weight=0.6, collaboration_weight=0.3)

    assert setting.scales[0] == pytest.approx([0.3, 0.1, 0.1, 0.46**0.5])
    assert setting.n == 4


def test_a_rule_changed_at_the_start_of_a_year_leaves_the_years_before() -> None:
    base = make_setting(Parameters(promotion_slots=1), n=3, years=4, growth_weight=0.8)
    after = make_setting(Parameters(promotion_slots=1, audit=0.9), n=3, years=4, growth_weight=0.5)

    found = splice(base, after, at=1)

    assert found.growth_weight.tolist() == [0.8, 0.5, 0.5, 0.5]
    assert [p.audit for p in found.yearly] == [0.2, 0.9, 0.9, 0.9]
    assert found.attention == base.attention


def test_adding_up_keeps_leading_axes() -> None:
    found = add_up(np.ones((2, 5, 3)), np.array([0, 2, 2]), 3)

    assert found.shape == (2, 5, 3)
    assert found[1, 4].tolist() == [1, 0, 2]
