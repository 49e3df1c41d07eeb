from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from jinghe.simulation import model
from jinghe.simulation.choice import Efforts
from jinghe.simulation.limits import spillover_effort
from jinghe.simulation.model import Paths, State, draw_shocks, join_paths, run_model, start, step, update_trust
from jinghe.simulation.parameters import Parameters
from jinghe.simulation.setting import Setting, make_setting


def play(setting: Setting, *, seed: int = 7, replications: range = range(60)) -> Paths:
    return run_model(setting, draw_shocks(setting, seed=seed, replications=replications), equilibrium=start(setting))


def lively(**numbers: float) -> Setting:
    return make_setting(Parameters(**numbers), n=5, years=4, growth_weight=0.5, collaboration_weight=0.4)


def test_officials_who_imagine_contests_find_the_closed_form_on_average() -> None:
    p = Parameters(sharing=0.0, spillover=0.4, willingness=0.0)
    paths = play(make_setting(p, n=11, years=3), replications=range(200))
    exact = spillover_effort(11, 3, prize=1, effort_cost=1, noise=1, spillover=0.4)

    efforts = paths.growth.mean(axis=2)

    errors = efforts.std(axis=0, ddof=1) / 200**0.5
    assert (np.abs(efforts.mean(axis=0) - exact) < 4 * errors).all()
    assert efforts.mean() == pytest.approx(exact, rel=0.01)  # and the estimate is no blur


def test_first_replications_of_a_longer_run_are_the_shorter_run() -> None:
    setting = lively()

    long, short = play(setting), play(setting, replications=range(20))

    for field in fields(Paths):
        assert np.array_equal(getattr(long, field.name)[:20], getattr(short, field.name)), field.name


def test_blocks_joined_are_the_whole_run() -> None:
    setting = lively()

    joined = join_paths([play(setting, replications=r) for r in (range(7), range(7, 31), range(31, 60))])

    whole = play(setting)
    for field in fields(Paths):
        assert np.array_equal(getattr(joined, field.name), getattr(whole, field.name)), field.name


def test_scenarios_share_what_is_random() -> None:
    one, two = lively(), lively(sharing=0.6)

    shocks = [draw_shocks(s, seed=7, replications=range(5)) for s in (one, two)]

    assert np.array_equal(shocks[0].imagined[3], shocks[1].imagined[3])
    assert np.array_equal(shocks[0].turnover[2], shocks[1].turnover[2])


def test_another_seed_gives_other_paths() -> None:
    assert not np.array_equal(play(lively()).output, play(lively(), seed=8).output)


def test_nobody_cooperates_without_hope_or_contract() -> None:
    paths = play(lively(willingness=0.0))

    assert not paths.cooperation.any()
    assert not paths.joint.any()


def test_a_contract_raises_joint_effort() -> None:
    bare = lively(willingness=0.0)
    bound = replace(bare, floors=np.full_like(bare.floors, 0.5))

    assert play(bound).cooperation.mean() > 0.2 * bare.attention


def test_without_weight_on_collaboration_nobody_dresses_windows() -> None:
    setting = make_setting(Parameters(), n=5, years=3)

    assert not play(setting).dressing.any()
    assert (play(lively()).dressing > 0).any()


def test_without_promotion_only_the_residual_claim_is_left() -> None:
    paths = play(lively(prize=0.0))

    assert paths.growth == pytest.approx(0.4)


def test_output_adds_own_effort_spillover_and_joint_work() -> None:
    setting = lively(spillover=0.2)
    shocks = draw_shocks(setting, seed=7, replications=range(3))

    paths = run_model(setting, shocks, equilibrium=start(setting))

    growth = paths.growth[:, 0]
    others = (growth.sum(axis=1, keepdims=True) - growth) / 4
    expected = growth + 0.2 * others + 0.5 * paths.joint[:, 0] + shocks.output[0]
    assert paths.output[:, 0] == pytest.approx(expected)


def test_joint_output_is_the_same_on_both_sides() -> None:
    setting = make_setting(Parameters(promotion_slots=1), n=2, years=2, growth_weight=0.5, collaboration_weight=0.5)

    joint = play(setting).joint

    assert joint[..., 0] == pytest.approx(joint[..., 1])


def test_trust_rises_with_partners_who_do_as_expected_and_falls_with_others() -> None:
    """By hand: a partner at the expected 0.25 a₀ lifts 0.5 to 0.5 + 0.25·0.5, one at nothing cuts to 0.5 − 0.35·0.5."""
    setting = make_setting(Parameters(promotion_slots=1), n=3)
    full = 0.25 * setting.attention / setting.network.degree
    state = trusting(setting, 0.5)

    found = update_trust(setting, state, np.array([[full, 0.0, full / 2, 2 * full, 0.9 * full, full]]), 0)

    assert found[0] == pytest.approx([0.625, 0.325, 0.4125, 0.625, 0.6125, 0.625])


def test_trust_settles_where_the_reference_says() -> None:
    """E[T] = a₊p/(a₊p + a₋(1−p)) when a partner keeps faith with chance p (reference §1.9)."""
    setting = make_setting(Parameters(promotion_slots=1), n=2)
    full = 0.25 * setting.attention / setting.network.degree
    keeps = np.random.default_rng(7).random((200, 4000, 2)) < 0.5
    state = trusting(setting, 0.4, runs=4000)

    for year in keeps:
        state = replace(state, trust=update_trust(setting, state, full * year, 0))

    error = state.trust.std(ddof=1) / state.trust.size**0.5
    assert abs(state.trust.mean() - 0.25 / (0.25 + 0.35)) < 4 * error


def test_standards_settle_where_the_reference_says() -> None:
    """S* = ηc/(ηc + d) for a constant joint effort c (reference §1.9)."""
    setting = make_setting(Parameters(promotion_slots=1), n=3)
    joint = np.full((1, 6), 0.5 * setting.attention / 2)  # half an attention unit each, over two partners
    efforts = Efforts(np.ones((1, 3)), joint, np.zeros((1, 3)))
    state = trusting(setting, 0.5)

    for _ in range(300):
        state = model._next(setting, state, efforts, joint, state.trust)

    assert state.standards[0, 0] == pytest.approx(0.12 * 0.5 / (0.12 * 0.5 + 0.03), abs=1e-9)


def test_projects_settle_between_building_and_wear() -> None:
    """P* = v f/(v f + d_P), f = 0.25 when both give half of their attention."""
    setting = make_setting(Parameters(promotion_slots=1), n=3)
    joint = np.full((1, 6), 0.5 * setting.attention / 2)
    efforts = Efforts(np.ones((1, 3)), joint, np.zeros((1, 3)))
    state = trusting(setting, 0.5)

    for _ in range(300):
        state = model._next(setting, state, efforts, joint, state.trust)

    assert state.stock == pytest.approx(0.3 * 0.25 / (0.3 * 0.25 + 0.2))


def test_turnover_costs_trust_and_standards_carry_it_over() -> None:
    calm, stormy, bridged = lively(turnover=0.0), lively(turnover=1.0), lively(turnover=1.0, standards=1.0)

    trust = [play(setting).trust[:, 0].mean() for setting in (calm, stormy, bridged)]

    assert trust[1] < trust[2] <= trust[0] + 0.2
    assert trust[1] == pytest.approx(trust[0] * 0.55, rel=1e-6)  # χ + (1−χ)S at S = 0.1, first year


def test_a_year_is_recorded_under_the_names_of_the_paths() -> None:
    setting = lively()
    shocks = draw_shocks(setting, seed=7, replications=range(2))
    state = trusting(setting, 0.5, runs=2)

    after, record = step(setting, state, shocks, 0)

    assert set(record) == {field.name for field in fields(Paths)}
    assert after.trust.shape == state.trust.shape


def trusting(setting: Setting, trust: float, *, runs: int = 1) -> State:
    edges = (runs, setting.network.edges)
    efforts = Efforts(np.zeros((runs, setting.n)), np.zeros(edges), np.zeros((runs, setting.n)))
    return State(efforts, np.full(edges, trust), np.zeros(edges), np.full((runs, 1), 0.1))
