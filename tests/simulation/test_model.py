from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from jinghe.simulation import model
from jinghe.simulation.choice import Efforts
from jinghe.simulation.limits import spillover_effort
from jinghe.simulation.model import Paths, State, draw_shocks, join_paths, run_model, start, step, update_trust
from jinghe.simulation.parameters import Parameters
from jinghe.simulation.setting import Network, Setting, make_setting


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


def test_contracts_that_nobody_enforces_raise_no_hope_of_the_partner() -> None:
    """Reference §4.4 (9): belief is T·x̂, and (1 − T) of the contract only if it is enforced."""
    bare = lively(willingness=0.0, enforcement=0.0)
    asked = replace(bare, floors=np.full_like(bare.floors, 0.5))

    assert not play(asked).cooperation.any()


def test_what_a_city_adds_does_not_change_with_the_statistical_credit() -> None:
    settings = [lively(joint_credit=credit) for credit in (0.5, 1.0)]
    shocks = draw_shocks(settings[0], seed=7, replications=range(3))
    joint, growth = np.full((3, 5), 2.0), np.ones((3, 5))
    efforts = Efforts(growth, np.zeros((3, 20)), np.zeros((3, 5)))

    records = [model._record(setting, efforts, joint, shocks, 0) for setting in settings]

    assert np.array_equal(records[0]["contribution"], records[1]["contribution"])
    assert records[1]["output"] == pytest.approx(records[0]["output"] + 1.0)


def test_another_pair_of_partners_leaves_the_draws_of_the_others() -> None:
    """Common random numbers: a rule that adds a pair must not reshuffle the starting trust of the pairs there are."""
    few = make_setting(Parameters(), n=5)
    nets = [Network.of(5, pairs) for pairs in ([(0, 2), (3, 4)], [(0, 1), (0, 2), (3, 4)])]

    trust = [draw_shocks(replace(few, network=net), seed=7, replications=range(4)).trust for net in nets]

    assert np.array_equal(trust[0], trust[1][:, (nets[1].giver + nets[1].partner) != 1])


def test_a_run_of_relabelled_cities_is_the_relabelled_run() -> None:
    """Uneven network, unequal cities, floors on some pairs, shocks relabelled with them."""
    pairs, new = [(0, 1), (1, 2), (2, 3), (0, 3), (3, 4)], np.array([3, 0, 5, 1, 2, 4])  # 5 is alone
    old = np.argsort(new)
    theta = np.array([0.5, 0.8, 1.0, 1.2, 1.5, 1.0])
    base = make_setting(Parameters(promotion_slots=2), n=6, years=3, growth_weight=0.5, collaboration_weight=0.4)

    def build(network: Network, theta: np.ndarray, floor: np.ndarray) -> Setting:
        return replace(base, network=network, theta=theta, floors=np.tile(floor, (3, 1)))

    net, other = Network.of(6, pairs), Network.of(6, [(new[a], new[b]) for a, b in pairs])
    edges = list(zip(net.giver, net.partner, strict=True))
    at = [edges.index((old[a], old[b])) for a, b in zip(other.giver, other.partner, strict=True)]
    floor = np.minimum(net.giver, net.partner) * 0.2
    one, two = build(net, theta, floor), build(other, theta[old], floor[at])
    shocks = draw_shocks(one, seed=7, replications=range(9))
    moved = {name: tuple(x[..., old] for x in values) for name, values in vars(shocks).items() if name != "trust"}

    here = run_model(one, shocks, equilibrium=start(one))
    there = run_model(two, replace(shocks, trust=shocks.trust[:, at], **moved), equilibrium=start(two))

    for field in fields(Paths):
        order = at if field.name == "pairs" else old
        assert getattr(there, field.name) == pytest.approx(getattr(here, field.name)[..., order], abs=1e-9), field.name


def test_money_and_growth_counted_in_other_units_change_no_run() -> None:
    """Money: V, s, c times 2. Growth: σ times 3, so c by 9 and s by 3 less, and efforts three times the number."""
    one = lively(substitution=0.1)
    p = one.parameters
    dear = lively(substitution=0.1, prize=2 * p.prize, sharing=2 * p.sharing, effort_cost=2 * p.effort_cost)
    fine = lively(substitution=0.1, noise=3 * p.noise, effort_cost=p.effort_cost / 9, sharing=p.sharing / 3)

    runs = [play(replace(s, floors=np.full_like(s.floors, 0.3))) for s in (one, dear, fine)]

    assert runs[1].pairs == pytest.approx(runs[0].pairs, rel=1e-9)
    assert runs[1].gain == pytest.approx(2 * runs[0].gain, abs=1e-9)
    assert runs[2].pairs == pytest.approx(3 * runs[0].pairs, rel=1e-9)
    assert runs[2].trust == pytest.approx(runs[0].trust, rel=1e-9)
    assert runs[2].score == pytest.approx(runs[0].score, abs=1e-9)


def test_a_larger_claim_raises_own_effort_and_a_larger_spillover_lowers_it() -> None:
    claim = [play(lively(sharing=s)).growth.mean() for s in (0.0, 0.2, 0.5, 0.9)]
    spill = [play(lively(spillover=r)).growth.mean() for r in (-0.5, 0.0, 0.3, 0.9)]

    assert claim == sorted(claim)
    assert spill == sorted(spill, reverse=True)
