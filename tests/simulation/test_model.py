from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from jinghe.simulation.checks_laws import make_full
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.limits import spillover_effort
from jinghe.simulation.measures import RECORDS
from jinghe.simulation.model import play_model, start_state, step
from jinghe.simulation.parameters import FIXED, Parameters
from jinghe.simulation.setting import make_setting

COUNT = range(8)


def test_in_growth_alone_everyone_plays_the_closed_form_every_year() -> None:
    p = Parameters(sharing=0.0, spillover=0.3, willingness=0.0, packaged_floor=0.0)

    told = play_model(prepare(make_setting(p, n=11, years=3, pairs=())).design, seed=7, replications=COUNT)

    assert told["growth"] == pytest.approx(
        spillover_effort(11, 3, prize=1, effort_cost=1, noise=1, spillover=0.3), abs=1e-9
    )


def test_the_first_replications_of_a_longer_run_are_the_shorter_run() -> None:
    design = prepare(make_full(years=3)).design

    many, few = (play_model(design, seed=7, replications=range(count)) for count in (9, 4))

    assert all(np.array_equal(many[name][:4], few[name]) for name in RECORDS)


def test_everyone_begins_at_the_equilibrium_with_trust_drawn_around_its_mean() -> None:
    prepared = prepare(make_setting(Parameters(promotion_slots=2), n=6))

    state = start_state(prepared.design, seed=7, replications=range(300))

    assert state.efforts.growth[0] == pytest.approx(prepared.equilibria[0].growth)
    assert (state.trust >= 0.4).all()
    assert (state.trust <= 0.6).all()
    assert state.trust.mean() == pytest.approx(0.5, abs=0.005)
    assert not state.stock.any()


def test_stock_settles_between_building_and_wear() -> None:
    setting = make_setting(Parameters(promotion_slots=1, choice=FIXED, progress=0.5, wear=0.2), n=3, years=80)
    level = setting.attention / setting.network.degree
    held = replace(setting, efforts=(np.ones(3), np.full(6, level), np.zeros(3)))
    design = prepare(held).design

    state = start_state(design, seed=7, replications=range(1))
    for t in range(80):
        state, _ = step(design, t, state, seed=7, replications=range(1))

    assert state.stock == pytest.approx(0.5 / 0.7)


def test_output_of_joint_work_waits_for_its_lag() -> None:
    setting = make_setting(Parameters(promotion_slots=1, choice=FIXED, noise=1e-6, lag=2, spillover=0.0), n=3, years=4)
    held = replace(setting, efforts=(np.zeros(3), np.full(6, 0.3), np.zeros(3)))

    told = play_model(prepare(held).design, seed=7, replications=range(1))

    seen = told["output"][0, :, 0]
    assert seen[:2] == pytest.approx(0, abs=1e-4)
    assert seen[2] == pytest.approx(told["joint"][0, 0, 0] / 2, abs=1e-4)


def test_sabotage_lowers_what_rivals_make_and_help_from_the_province_is_paid_for() -> None:
    full = make_full(years=3)

    told = play_model(prepare(full).design, seed=7, replications=COUNT)
    calm = play_model(prepare(full.with_parameters(protection=0.0)).design, seed=7, replications=COUNT)

    assert told["contribution"].mean() < calm["contribution"].mean()
    assert np.abs(told["balance"]).max() < 1e-12
