from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from jinghe.errors import RuleError
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.limits import beta, spillover_effort
from jinghe.simulation.parameters import Parameters
from jinghe.simulation.setting import Fund, make_setting, splice

BARE = Parameters(sharing=0.0, spillover=0.0)


@pytest.mark.parametrize("n, k", [(2, 1), (3, 1), (11, 3), (21, 3)])
def test_equilibrium_is_the_closed_form_to_1e_8(n, k) -> None:
    prepared = prepare(make_setting(replace(BARE, promotion_slots=k, spillover=0.4), n=n))

    exact = spillover_effort(n, k, prize=1, effort_cost=1, noise=1, spillover=0.4)
    assert prepared.equilibria[0].growth == pytest.approx(exact, abs=1e-8)
    assert prepared.regret < 1e-9


def test_weight_on_collaboration_weakens_growth_and_buys_dressing() -> None:
    """Reference: w_q from 0 to 0.3 moves the incentive on growth 2.857 → 2.626 (σ = .35) and on quality 0 → 1.125."""
    noise = 0.35
    given = {"n": 11, "growth_weight": 0.7, "collaboration_weight": 0.3}
    p = replace(BARE, prize=0.1, noise=noise, measure_noise=1.0, gaming=1.0, audit=0.0, joint_value=0.0)

    found = prepare(make_setting(p, **given)).equilibria[0]

    push = 0.1 * beta(11, 3)
    spread = (0.7**2 + 0.3**2) ** 0.5
    assert found.growth == pytest.approx(push * 0.7 / noise / spread, abs=1e-8)
    assert found.growth[0] / push == pytest.approx(2.626, abs=1e-3)
    assert found.dressing[0] / push == pytest.approx(1.125, abs=1e-3)


def test_tasks_that_crowd_each_other_out_share_the_first_order_conditions() -> None:
    p = replace(BARE, prize=0.0, substitution=0.4, pay_growth=1.0, pay_joint=0.8, gaming=1.0, audit=0.0)

    found = prepare(make_setting(p, n=1)).equilibria[0]

    exact = np.linalg.solve([[1, 0.4], [0.4, 1]], [1.0, 0.8])
    assert [found.growth[0], found.dressing[0]] == pytest.approx(exact, abs=1e-9)


def test_too_little_noise_is_said_and_not_cycled_over() -> None:
    with pytest.raises(RuleError) as caught:
        prepare(make_setting(replace(BARE, noise=0.05, promotion_slots=1), n=2))

    assert [p.code for p in caught.value.problems] == ["equilibrium-none"]
    assert "noise 0.05 is too small" in caught.value.problems[0].text("en")


def test_a_contest_too_decisive_is_said() -> None:
    setting = make_setting(replace(BARE, decisiveness=5.0, linear_cost=1.0, promotion_slots=1), n=2, pairs=())

    with pytest.raises(RuleError) as caught:
        prepare(setting)

    assert [p.code for p in caught.value.problems] == ["contest-none"]


def test_every_regime_has_its_own_equilibrium() -> None:
    base = make_setting(BARE, n=5, years=4)

    prepared = prepare(splice(base, base.with_parameters(prize=2.0), at=2))

    first, second = prepared.equilibria
    assert second.growth == pytest.approx(2 * first.growth)


def test_a_fund_is_a_prize_among_the_first_few() -> None:
    p = replace(BARE, prize=0.0, promotion_slots=1)
    with_fund = replace(make_setting(p, n=5), funds=(Fund(2, 0.6),))

    found = prepare(with_fund).equilibria[0].growth

    assert found == pytest.approx(0.3 * beta(5, 2), abs=1e-8)


def test_places_must_fit_the_smallest_pool() -> None:
    setting = replace(make_setting(replace(BARE, promotion_slots=2), n=5), pools=np.array([0, 0, 0, 1, 1]))

    with pytest.raises(RuleError) as caught:
        prepare(setting)

    assert [p.code for p in caught.value.problems] == ["promotion-slots"]


def test_the_slope_of_the_table_at_the_middle_is_that_of_the_equilibrium() -> None:
    prepared = prepare(make_setting(BARE, n=11))

    assert prepared.design.tilt[0, 0, :, 8] == pytest.approx(beta(11, 3), abs=1e-10)
    assert prepared.design.lead[0] == pytest.approx(0.1, abs=1e-10)


def test_given_efforts_are_held_and_their_regret_is_told() -> None:
    n = 3
    setting = make_setting(replace(BARE, promotion_slots=1), n=n, pairs=())
    held = replace(setting, efforts=(np.full(n, 1.0), np.zeros(0), np.zeros(n)))

    prepared = prepare(held)

    assert prepared.equilibria[0].growth.tolist() == [1.0] * 3
    assert prepared.regret > 0.1


def test_the_certificate_grows_when_an_effort_is_moved() -> None:
    n = 4
    setting = make_setting(replace(BARE, promotion_slots=1), n=n, pairs=())
    exact = prepare(setting).equilibria[0].growth

    for moved in (0.01, 0.1):
        efforts = (exact + moved, np.zeros(0), np.zeros(n))
        assert prepare(replace(setting, efforts=efforts)).regret == pytest.approx(moved**2 / 2, rel=0.25)
