from __future__ import annotations

import numpy as np
import pytest

from jinghe.simulation.choice import best_efforts, collect, look
from jinghe.simulation.design import numbers_of
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.logit import draw_efforts, mean_joint
from jinghe.simulation.model import start_state
from jinghe.simulation.parameters import LOGIT, Parameters
from jinghe.simulation.setting import make_setting

BASE = Parameters(promotion_slots=2, choice=LOGIT, structured=1, levels=301, reach=3.0)
COUNT = 400


def drawn(parameters, **kept):
    setting = make_setting(parameters, n=5, growth_weight=0.5, collaboration_weight=0.4)
    design = prepare(setting).design
    state, p = start_state(design, seed=7, replications=range(COUNT)), numbers_of(design, 0)
    scene = look(design, 0, state, np.full((COUNT, 5), 0.3), p)
    u = np.random.default_rng(7)
    uniforms = {"own": u.random((COUNT, 4, 5)), "edge": u.random((COUNT, 20)), "whole": u.random((COUNT, 5))}
    return design, state, p, scene, draw_efforts(design, 0, scene, state, p, **(uniforms | kept))


def test_as_tau_goes_to_nothing_the_best_effort_is_drawn() -> None:
    from dataclasses import replace

    design, _, p, scene, found = drawn(replace(BASE, tau=1e-7))

    best = best_efforts(design, 0, scene, p)
    step = 3.0 * design.unit / 300
    assert np.abs(found.growth - best.growth).max() <= 0.6 * step
    assert np.abs(found.joint - best.joint).max() <= 0.6 * step / design.degree


def test_the_mean_of_what_is_drawn_is_the_mean_of_the_distribution() -> None:
    design, state, p, scene, found = drawn(BASE)

    exact = mean_joint(design, 0, scene, state, p)

    gap = (found.joint - exact).mean(axis=1)
    assert abs(gap.mean()) < 4 * gap.std(ddof=1) / COUNT**0.5


def test_a_task_that_is_off_gets_no_effort_by_mistake() -> None:
    from dataclasses import replace

    *_, found = drawn(replace(BASE, gaming=0.0))

    assert not found.dressing.any()
    assert not found.protection.any()
    assert not found.innovation.any()


def test_one_level_for_all_partners_is_one_level() -> None:
    from dataclasses import replace

    design, *_, found = drawn(replace(BASE, reduced=1))

    spread = found.joint.reshape(COUNT, 5, 4)
    assert (spread == spread[..., :1]).all()
    assert collect(design, found.joint).std() > 0


def test_a_higher_draw_gives_no_lower_effort() -> None:
    low = drawn(BASE, edge=np.full((COUNT, 20), 0.2))[-1]
    high = drawn(BASE, edge=np.full((COUNT, 20), 0.8))[-1]

    assert (high.joint >= low.joint).all()
    assert low.growth == pytest.approx(high.growth)
