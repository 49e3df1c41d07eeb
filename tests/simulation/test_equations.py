from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.simulation import equations
from jinghe.simulation.parameters import ADDITIVE, CES, FORMS, MINIMUM, PRODUCT, Parameters

BASE = Parameters(prize=0.0)
SHARE = st.floats(0, 1)
FORM = st.sampled_from(range(len(FORMS)))


def array(*values: float) -> np.ndarray:
    return np.array(values)


@pytest.mark.parametrize("form", range(len(FORMS)))
def test_all_forms_agree_where_both_give_the_same_full_effort(form) -> None:
    p = replace(BASE, joint_form=form)

    assert equations.combine(p, array(2.0), array(2.0), 0.5) == pytest.approx(2.0)


def test_forms_by_hand() -> None:
    x, y = array(1.0), array(4.0)

    found = [equations.combine(replace(BASE, joint_form=f), x, y, 0.5)[0] for f in (PRODUCT, ADDITIVE, MINIMUM, CES)]

    assert found == pytest.approx([2.0, 2.5, 1.0, 2.25])  # CES with ρ = ½: ((1 + 2)/2)²


@given(FORM, st.floats(0, 5), st.floats(0, 3), st.floats(0, 3), st.floats(0, 2), st.floats(0, 2))
def test_no_other_joint_effort_is_better(form, value, partner, cost, floor, fine) -> None:
    p, slope, share = replace(BASE, joint_form=form), 1.5, 0.8
    given_ = (array(partner), array(cost), array(floor), array(fine))

    best = equations.best_joint(p, array(value), *given_, slope, share)

    def worth(x: np.ndarray) -> np.ndarray:
        together = equations.combine(p, x, np.full_like(x, partner), share)
        return equations.utility_joint(x, value, together, cost, floor, fine, slope)

    assert worth(best)[0] >= worth(np.linspace(0, 8, 801)).max() - 1e-9


@given(SHARE, st.floats(0, 5), st.floats(0.01, 5))
def test_trust_stays_a_share_and_rises_only_when_the_promise_is_kept(trust, partner, expected) -> None:
    after = equations.next_trust(BASE, array(trust), array(partner), array(expected))[0]

    assert 0 <= after <= 1
    assert (after >= trust) if partner >= 0.9 * expected else (after <= trust)


def test_trust_by_hand() -> None:
    found = [equations.next_trust(BASE, array(0.5), array(x), array(1.0))[0] for x in (2.0, 0.95, 0.4)]

    assert found == pytest.approx([0.5 + 0.25 * 0.5, 0.5 + 0.25 * 0.5 * 0.95, 0.5 - 0.35 * 0.5 * 0.6])


def test_standards_carry_trust_over_to_a_successor() -> None:
    trust, broken = array(0.8, 0.8, 0.8), array(1.0, 1.0, 0.0)

    found = equations.pass_on(BASE, trust, array(0.0, 1.0, 0.0), broken)

    assert found == pytest.approx([0.4, 0.8, 0.8])


@given(SHARE, st.floats(0, 10))
def test_stock_and_standards_stay_shares(share, effort) -> None:
    for found in (
        equations.next_stock(BASE, array(share), array(effort), 1.0),
        equations.next_standards(BASE, array(share), array(effort), 0.3),
    ):
        assert 0 <= found[0] <= 1


def test_friction_by_hand() -> None:
    p = replace(
        BASE, friction=0.2, coordination=0.5, standards_ease=0.5, authority_ease=0.4, risk=0.3, dispute_drag=0.1
    )

    found = equations.friction(p, array(0.6), array(0.2), array(2.0), array(1.0), 3.0)

    assert found == pytest.approx([(0.2 * 0.5 * 0.9 * 0.6 + 0.1 * 2 + 0.3 * 0.4) * 3])


def test_a_benefit_after_years_counts_less_the_sooner_officials_go() -> None:
    assert equations.claim_factor(replace(BASE, lag=2, discount=0.9, turnover=0.5)) == pytest.approx(0.45**2)
    assert equations.claim_factor(BASE) == 1.0


def test_only_an_enforced_contract_makes_up_for_missing_trust() -> None:
    args = (array(0.25), array(2.0), array(1.0))

    assert equations.expect(BASE, *args) == pytest.approx([0.25 * 2 + 0.75])
    assert equations.expect(replace(BASE, penalty=0.0), *args) == pytest.approx([0.5])


def test_ambition_peaks_in_the_third_and_fourth_year() -> None:
    found = equations.tenure_factor(replace(BASE, tenure_slope=0.2), np.arange(1.0, 11.0))

    assert found == pytest.approx([0.6, 0.8, 1, 1, 0.8, 0.6, 0.4, 0.2, 0, 0])


def test_a_milestone_is_paid_once_and_the_subsidy_by_progress() -> None:
    p = replace(BASE, subsidy=1.0, milestone=0.4)

    found = equations.share_of_task(p, array(0.3, 0.45, 0.6), array(0.1, 0.1, 0.1))

    assert found == pytest.approx([0.05, 0.05 + 0.2, 0.05])


def test_cases_are_poisson() -> None:
    u = (np.arange(200_000) + 0.5) / 200_000

    found = equations.poisson(np.full(u.shape, 1.3), u)

    assert found.mean() == pytest.approx(1.3, abs=1e-4)
    assert found.var() == pytest.approx(1.3, abs=1e-3)
    assert not equations.poisson(np.zeros(3), array(0.1, 0.5, 0.999)).any()


def test_between_two_points_of_a_table_a_cubic_is_exact() -> None:
    def cube(x: float) -> float:
        return x**3 - x

    u = np.linspace(0, 1, 7)
    ends = (array(cube(0)), array(cube(1)), array(-1.0), array(2.0))

    assert equations.hermite(*ends, u) == pytest.approx(cube(u))


def test_marginal_value_of_an_absolute_prize_is_the_slope_of_its_chance() -> None:
    from scipy.special import ndtr

    p, scale, step = replace(BASE, absolute_prize=2.0, absolute_target=1.0), 1.5, 1e-5
    chance = [2.0 * ndtr((0.9 + s) / scale - 1.0) for s in (step, -step)]

    assert equations.marginal_chance(p, array(0.9), scale)[0] == pytest.approx((chance[0] - chance[1]) / (2 * step))


def test_adoption_is_pressed_from_all_sides() -> None:
    p = replace(BASE, adoption=0.1, diffusion=0.2, diffusion_region=0.3, top_down=0.05, innovation=0.4)

    found = equations.hazard(p, array(0.5), array(0.2), array(2.0), 4.0)

    assert found == pytest.approx([1 - np.exp(-(0.1 + 0.1 + 0.06 + 0.05 + 0.2))])


def test_productivity_and_the_value_of_tasks_by_hand() -> None:
    p = replace(
        BASE, ability_spread=0.2, innovation_gain=0.1, authority_gain=0.5, subsidy=1.0, milestone=0.4, progress=0.3
    )

    assert equations.productivity(p, array(1.0, -9.0), array(1.0), array(1.0)) == pytest.approx([1.2 * 1.1 * 1.5, 0])
    assert equations.gain_of_task(p, array(0.2, 0.8), 2.0) == pytest.approx(
        [0.5 * 1.8 * 0.3 * 2 * 0.8, 0.5 * 0.3 * 2 * 0.2]
    )


def test_returns_of_own_tasks_and_the_worth_of_joint_output_by_hand() -> None:
    p = replace(
        BASE, gaming=0.5, audit=0.2, audit_penalty=0.1, protection=0.3, pay_growth=0.1, pay_joint=0.2, joint_measure=2.0
    )
    one = array(1.0)

    growth, dressing, harm = equations.own_returns(
        p, 2 * one, 0.3 * one, 0.1 * one, 0.05 * one, 0.4 * one, 1.5 * one, 0.6, 0.2, 3.0, 4 * one
    )
    worth = equations.value_of_joint(
        p, 2 * one, 0.25 * one, 0.5 * one, 0.4 * one, 0.3 * one, 0.1 * one, one, 0.7 * one, 0.6, 0.2
    )

    assert growth == pytest.approx([1.5 * (2 * 0.6 * 0.95 + 0.4 + 0.1 + 0.1)])
    assert dressing == pytest.approx([0.4 * (2 * 0.2 + 0.2 + 0.3 + 0.1) - 0.2 * 0.1 * 3])
    assert harm == pytest.approx([2 * 0.6 * 0.3 / 4])
    rank = 2 * (0.6 * (0.5 - 0.25 * 0.4) + 0.2 * 2 * 0.75)
    assert worth == pytest.approx([rank + 0.1 * 0.5 + 0.5 * 2 + 0.1 * (2.5 + 2.4) + 0.7])


def test_utility_of_an_own_task_is_return_less_cost() -> None:
    assert equations.utility_own(array(2.0), array(1.5), 0.5) == pytest.approx([3.0 - 1.0])
