from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from jinghe.simulation.choice import Efforts, best_efforts, collect, imitate, look, spread_standing, value_at
from jinghe.simulation.design import numbers_of
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.marginal import chances
from jinghe.simulation.model import start_state
from jinghe.simulation.parameters import Parameters
from jinghe.simulation.setting import make_setting

SETTING = make_setting(Parameters(promotion_slots=2), n=5, growth_weight=0.5, collaboration_weight=0.4)


def scene_of(setting, push=0.3, count=4):
    design = prepare(setting).design
    state = start_state(design, seed=7, replications=range(count))
    p = numbers_of(design, 0)
    return design, state, p, look(design, 0, state, np.full((count, setting.n), push), p)


def payoff(design, p, scene, efforts, floors):
    """What an official expects of the efforts at the returns seen: returns less cost."""
    joint = collect(design, efforts.joint)
    share, kappa = design.degree / design.unit, p.substitution * p.effort_cost
    own = efforts.growth + efforts.dressing
    value = scene.value * share * scene.partner * efforts.joint - scene.cost * efforts.joint
    value = (
        value
        - scene.fine * np.maximum(floors - efforts.joint, 0)
        - p.effort_cost * design.degree * efforts.joint**2 / 2
    )
    crowd = kappa * (efforts.growth * efforts.dressing + own * joint)
    tasks = scene.growth * efforts.growth + scene.dressing * efforts.dressing
    return collect(design, value) + tasks - p.effort_cost * (efforts.growth**2 + efforts.dressing**2) / 2 - crowd


@pytest.mark.parametrize("kappa", [0.0, 0.15])
def test_response_is_the_best_one(kappa) -> None:
    setting = replace(SETTING.with_parameters(substitution=kappa), floors=np.full((1, 20), 0.3))
    design, _, p, scene = scene_of(setting)
    best = best_efforts(design, 0, scene, p)
    top = payoff(design, p, scene, best, design.floors[0])
    drawn = np.random.default_rng(7)

    for scale in (1e-3, 1e-1, 1.0):
        other = Efforts(*(np.maximum(e + scale * drawn.normal(size=e.shape), 0.0) for e in best))
        assert (payoff(design, p, scene, other, design.floors[0]) <= top + 1e-12).all()


def test_cooperation_tips_at_the_critical_mass() -> None:
    """c = T J c − F̃: below F̃/(T J − 1) the response is less than what is hoped for, above it more."""
    numbers = {
        "trust": 0.8,
        "trust_spread": 0.0,
        "barrier": 0.0,
        "local_first": 0.0,
        "risk": 0.0,
        "sharing": 1.0,
        "prize": 0.0,
    }
    setting = replace(SETTING.with_parameters(**numbers, joint_value=6.0, friction=0.4), attention=1.0)
    critical = 0.4 / (0.8 * 6.0 * 0.5 - 1)

    for hope, grows in ((0.9 * critical, False), (1.1 * critical, True)):
        design, _, p, scene = scene_of(setting.with_parameters(willingness=hope), push=0.0)
        effort = collect(design, best_efforts(design, 0, scene, p).joint).mean()
        assert (effort > hope) == grows


def test_in_a_ranking_of_two_nobody_cooperates_for_rank() -> None:
    setting = make_setting(Parameters(promotion_slots=1, sharing=0.0), n=2, growth_weight=0.5, collaboration_weight=0.4)

    design, _, p, scene = scene_of(setting, push=5.0)

    assert not best_efforts(design, 0, scene, p).joint.any()


def test_partners_ranked_apart_lose_nothing_to_each_other() -> None:
    apart = replace(make_setting(Parameters(promotion_slots=1), n=4), pools=np.array([0, 0, 1, 1]))

    design, _, _, scene = scene_of(apart)

    same = apart.pools[design.giver] == apart.pools[design.partner]
    assert scene.value[0, ~same].min() > scene.value[0, same].max()


def test_a_table_gives_back_the_chances_it_was_made_of() -> None:
    prepared = prepare(SETTING)
    design, shift = prepared.design, np.full((1, 5), 0.3)

    value, _ = value_at(design, 0, shift, slopes=False)
    slope, _ = value_at(design, 0, np.zeros((1, 5)), slopes=True)

    args = {"pools": design.pools, "slots": 2, "spread": float(design.scales[0, 3])}
    exact, _ = chances(prepared.equilibria[0].means, **args, shifts=np.array([0.3]))
    _, steep = chances(prepared.equilibria[0].means, **args, shifts=np.zeros(1))
    assert value[0] == pytest.approx(exact[:, 0], abs=1e-4)
    assert slope[0] == pytest.approx(steep[:, 0], abs=1e-12)


def test_standing_counts_relative_to_the_pool() -> None:
    design = prepare(SETTING).design

    found = spread_standing(design, 0, design.reference[0] + np.array([[3.0, 3.0, 3.0, 3.0, 3.0]]))

    assert found == pytest.approx(0.0)


def test_who_earns_much_more_is_followed_and_who_earns_much_less_is_not() -> None:
    design, state, p, _ = scene_of(SETTING, count=1)
    growth = np.arange(5.0)[None]
    state = state._replace(efforts=state.efforts._replace(growth=growth), earned=1e3 * growth)

    whom, follow = np.array([[0.99, 0.99, 0.99, 0.99, 0.0]]), np.full((1, 5), 0.5)  # the last of the others; the first
    found = imitate(design, state, p, whom=whom, follow=follow)

    assert found.growth.tolist() == [[4, 4, 4, 4, 4]]
