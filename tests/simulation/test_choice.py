from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import RuleError
from jinghe.simulation import model
from jinghe.simulation.choice import (
    Efforts,
    Equilibrium,
    Outlook,
    find_equilibrium,
    joint_output,
    mean_scores,
    respond,
    true_friction,
)
from jinghe.simulation.limits import beta, sharing_effort, spillover_effort
from jinghe.simulation.marginal import Marginals, exact_marginals
from jinghe.simulation.parameters import Parameters
from jinghe.simulation.setting import Setting, make_setting


def look(setting: Setting, *, partner: float = 0.0, trust: float = 1.0, standards: float = 0.1) -> Outlook:
    edges = setting.network.edges
    return Outlook(np.full(edges, trust), np.full(edges, partner), np.ones(edges), np.full(1, standards))


def settle(setting: Setting, *, partner: float = 0.0) -> Equilibrium:
    outlook = look(setting, partner=partner)
    return find_equilibrium(setting, 0, outlook, joint=outlook.partner)


def equal_marginals(setting: Setting) -> Marginals:
    own = beta(setting.n, setting.slots) / setting.spread(0)
    return Marginals(np.full(setting.n, own), np.full(setting.network.edges, own / (setting.n - 1)))


@pytest.mark.parametrize("n, k", [(2, 1), (3, 1), (11, 3), (21, 3)])
@pytest.mark.parametrize("spillover, sharing", [(0.0, 0.0), (0.4, 0.0), (-0.3, 0.4)])
def test_equilibrium_is_the_closed_form(n, k, spillover, sharing) -> None:
    """Collaboration weight 0 and nobody hoping for a partner: ZHOU plus SHARE, exactly."""
    numbers = {"prize": 1.2, "effort_cost": 0.9, "noise": 1.1}
    parameters = Parameters(promotion_slots=k, spillover=spillover, sharing=sharing, **numbers)
    setting = make_setting(parameters, n=n)

    found = settle(setting)

    exact = spillover_effort(n, k, spillover=spillover, **numbers)
    exact += sharing_effort(sharing=sharing, productivity=1.0, effort_cost=0.9)
    assert found.efforts.growth == pytest.approx(exact, abs=1e-8)
    assert not found.efforts.dressing.any()
    assert found.regret < 1e-9


def test_a_branch_that_is_noise_weakens_the_incentive() -> None:
    """Weight 0.9 on growth and 0.1 on noise is a contest with noise σ·√0.82/0.9."""
    setting = make_setting(Parameters(sharing=0.0, spillover=0.0), n=11, growth_weight=0.9)

    found = settle(setting)

    assert found.efforts.growth == pytest.approx(beta(11, 3) * 0.9 / 0.82**0.5, abs=1e-8)


def test_indicator_weights_saturate_as_in_the_reference() -> None:
    """Reference §1.5: σ = 0.35 both, weights 0.7/0.3: y 2.857 → 2.626, q 0 → 1.125 per unit of V β."""
    setting = make_setting(Parameters(noise=0.35, measure_noise=1.0), n=11, growth_weight=0.7, collaboration_weight=0.3)

    assert setting.scale_growth(0) / setting.spread(0) == pytest.approx(2.626, abs=5e-4)  # printed to 3 digits
    assert setting.scale_joint(0) / setting.spread(0) == pytest.approx(1.125, abs=5e-4)


def test_too_little_noise_is_said_and_not_cycled_over() -> None:
    setting = make_setting(Parameters(promotion_slots=1, prize=20.0, sharing=0.0), n=2)

    with pytest.raises(RuleError) as caught:
        settle(setting)

    [found] = caught.value.problems
    assert found.code == "equilibrium-none"
    assert "no pure equilibrium: noise 1 is too small for the prize 20" in found.text("en")


@given(
    st.floats(0, 0.3),
    st.floats(0.0, 1.0),
    st.floats(0.0, 0.6),
    st.lists(st.floats(0, 2), min_size=5, max_size=5),
)
def test_response_is_the_best_one(substitution, partner, floor, other) -> None:
    """Written out from the payoff, with marginal chances fixed: no other efforts of the first official pay more."""
    p = Parameters(substitution=substitution, joint_value=12.0)
    setting = make_setting(p, n=4, growth_weight=0.5, collaboration_weight=0.4)
    setting = replace(setting, floors=np.full_like(setting.floors, floor))
    outlook, marginals = look(setting, partner=partner, trust=0.8), equal_marginals(setting)
    degree, unit = setting.network.degree, setting.attention

    def payoff(g: float, x: np.ndarray, w: float) -> float:
        own, cross = marginals.own[0], marginals.cross[0]
        output = p.joint_value * degree * x * partner / unit
        rank = setting.scale_growth(0) * own * g * (1 - p.spillover / 3)
        rank += (setting.scale_growth(0) * p.joint_credit + setting.scale_joint(0)) * (own - cross) * output.sum()
        rank += setting.scale_joint(0) * own * p.gaming * (1 - p.audit) * w
        money = p.sharing * (g + (1 - p.local_first * 0.9) * p.joint_claim * output.sum())
        friction = (p.friction * (1 - p.standards_ease * 0.1) + p.risk * 0.2) * unit * (1 + p.barrier * 0.9)
        short = np.maximum(floor * unit / degree - x, 0).sum()
        cost = (g * g + degree * (x * x).sum() + w * w) / 2
        cost += substitution * (g * x.sum() + g * w + w * x.sum())
        return p.prize * rank + money - cost - friction * x.sum() - p.enforcement * unit * short

    best = respond(setting, 0, outlook, marginals)

    found = payoff(best.growth[0], best.joint[:3], best.dressing[0])
    assert found >= payoff(other[0], np.array(other[1:4]), other[4]) - 1e-12
    for nudge in (0.99, 1.01):
        assert found >= payoff(best.growth[0] * nudge, best.joint[:3], best.dressing[0]) - 1e-12
        assert found >= payoff(best.growth[0], best.joint[:3] * nudge, best.dressing[0]) - 1e-12
        assert found >= payoff(best.growth[0], best.joint[:3], best.dressing[0] * nudge) - 1e-12


@given(st.floats(0.2, 5.0))
def test_counting_money_in_another_unit_changes_no_choice(factor) -> None:
    p = Parameters()
    scaled = Parameters(
        prize=p.prize * factor, sharing=p.sharing * factor, effort_cost=p.effort_cost * factor, promotion_slots=3
    )
    one, two = (make_setting(q, n=5, growth_weight=0.5, collaboration_weight=0.4) for q in (p, scaled))

    found = [settle(s, partner=0.3).efforts for s in (one, two)]

    for name in ("growth", "dressing"):
        assert getattr(found[0], name) == pytest.approx(getattr(found[1], name), rel=1e-8)


def test_relabelling_cities_relabels_their_efforts() -> None:
    order = np.array([3, 0, 4, 1, 2])
    base = make_setting(Parameters(), n=5, growth_weight=0.5, collaboration_weight=0.4)
    theta = np.array([0.5, 0.8, 1.0, 1.2, 1.5])

    found = [settle(replace(base, theta=t), partner=0.3) for t in (theta, theta[order])]

    assert found[1].efforts.growth == pytest.approx(found[0].efforts.growth[order], abs=1e-9)
    assert found[1].efforts.dressing == pytest.approx(found[0].efforts.dressing[order], abs=1e-9)


def test_in_a_ranking_of_two_nobody_cooperates_for_rank() -> None:
    setting = make_setting(
        Parameters(promotion_slots=1, sharing=0.0, friction=0.0, risk=0.0),
        n=2,
        growth_weight=0.3,
        collaboration_weight=0.7,
    )

    found = respond(setting, 0, look(setting, partner=1.0), equal_marginals(setting))

    assert not found.joint.any()
    assert (found.dressing > 0).all()


def test_cooperation_tips_at_the_critical_mass() -> None:
    """Reference §1.9: with T J > 1 joint effort grows above c_u = F̃/(T J − 1) and dies out below (κ = 0)."""
    setting = make_setting(Parameters(joint_value=12.0), n=11, growth_weight=0.5, collaboration_weight=0.4)
    marginals, trust, degree = equal_marginals(setting), 0.8, setting.network.degree

    def answer(hoped: float) -> float:  # per unit of attention, both measured in attention units
        outlook = look(setting, partner=trust * hoped * setting.attention / degree, trust=trust)
        return float(respond(setting, 0, outlook, marginals).joint[0]) * degree / setting.attention

    high, higher = answer(2.0), answer(3.0)
    slope = higher - high  # T J
    friction = 2 * slope - high  # F̃, from x = T J x̂ − F̃
    critical = friction / (slope - 1)

    assert slope > 1
    assert answer(critical) == pytest.approx(critical, rel=1e-9)
    assert answer(0.99 * critical) < 0.99 * critical
    assert answer(1.01 * critical) > 1.01 * critical


def test_standards_and_coordination_cut_friction() -> None:
    """No standards, no trust: (F₀ + ρ_c) c a₀; full standards and trust: F₀(1 − coord)(1 − φ_S) c a₀."""
    setting = make_setting(Parameters(coordination=0.5, effort_cost=2.0), n=4)

    worst = true_friction(setting, look(setting, trust=0.0, standards=0.0))
    best = true_friction(setting, look(setting, trust=1.0, standards=1.0))

    assert worst == pytest.approx((0.05 + 0.1) * 2 * setting.attention)
    assert best == pytest.approx(0.1 * 0.5 * 0.5 * 2 * setting.attention)


def test_scores_expected_add_own_others_and_joint_work() -> None:
    """Three cities, by hand: growth 1, 2, 3; r = 0.5 over two rivals; each pair makes b d̄ x x′/a₀ = 2·2·0.5·0.5/a₀."""
    p = Parameters(promotion_slots=1, spillover=0.5, joint_value=2.0)
    setting = make_setting(p, n=3, growth_weight=0.6, collaboration_weight=0.3)
    efforts = Efforts(np.array([1.0, 2.0, 3.0]), np.full(6, 0.5), np.array([0.0, 0.0, 1.0]))
    outlook = look(setting, partner=0.5)

    joint = joint_output(setting, efforts.joint, outlook.partner, outlook.room)
    found = mean_scores(setting, 0, efforts, outlook)

    each = 1.0 / setting.attention
    assert joint == pytest.approx(each)
    growth = np.array([1 + 0.5 * 2.5, 2 + 0.5 * 2, 3 + 0.5 * 1.5]) + each
    measured = 2 * each + np.array([0.0, 0.0, 0.48])
    assert found == pytest.approx(0.6 * growth + 0.2 * measured)


@pytest.mark.slow
def test_chosen_efforts_are_those_that_win_contests_played_out() -> None:
    """An outside oracle: the model's own scores, ranked by counting, instead of any formula for a marginal chance.

    At the chosen effort the marginal cost is the marginal gain: ΔP is counted over contests in which one official alone
    gives a little more or less, same noise. P is smooth, so the step of 0.15 biases the slope by under one percent.
    """
    p = Parameters(promotion_slots=1, spillover=0.4, prize=1.5, gaming=1.0, audit=0.0, imagined=1)
    setting = make_setting(p, n=4, growth_weight=0.5, collaboration_weight=0.4)
    mean = Efforts(np.array([0.4, 0.6, 0.5, 0.7]), np.full(12, 0.4 * setting.attention), np.full(4, 0.1))
    outlook = look(setting, partner=0.4 * setting.attention)
    means = mean_scores(setting, 0, mean, outlook)
    chosen = respond(setting, 0, outlook, exact_marginals(means, setting.network, slots=1, spread=setting.spread(0)))
    shocks = model.draw_shocks(setting, seed=7, replications=range(300_000))

    def wins(growth: float, joint: float, dressing: float) -> np.ndarray:
        tried = Efforts(mean.growth.copy(), mean.joint.copy(), mean.dressing.copy())
        tried.growth[0] += growth
        tried.joint[0] += joint
        tried.dressing[0] += dressing
        made = joint_output(setting, tried.joint, tried.joint[setting.network.reverse], outlook.room)
        score = model._record(setting, tried, setting.network.collect(made), shocks, 0)["score"]
        return score.argmax(axis=1) == 0

    unit = float(joint_output(setting, np.ones(12), outlook.partner, outlook.room)[0])  # per unit of joint effort
    claim = (1 - p.local_first * 0.9) * p.sharing * p.joint_claim * unit
    friction = (1 + p.barrier * 0.9) * float(true_friction(setting, outlook)[0])
    degree = setting.network.degree
    asked = {  # marginal cost less marginal money: what promotion must be worth at the margin
        (0.15, 0.0, 0.0): chosen.growth[0] - p.sharing,
        (0.0, 0.15 / unit, 0.0): (degree * chosen.joint[0] + friction - claim) / unit,
        (0.0, 0.0, 0.15): chosen.dressing[0],
    }
    for nudge, needed in asked.items():
        change = wins(*nudge).astype(float) - wins(*(-x for x in nudge))
        slope, error = p.prize * change.mean() / 0.3, p.prize * change.std() / 0.3 / len(change) ** 0.5
        assert needed > 5 * error  # the contest tells
        assert abs(slope - needed) < 4 * error + 0.01 * needed
