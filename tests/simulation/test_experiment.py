from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from jinghe.compact import Alternative, Compact, load_compact, load_panel
from jinghe.errors import RuleError
from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.region import Jurisdiction, Region
from jinghe.simulation import VARIABLES, compare, simulate
from jinghe.simulation.experiment import Scenario, run_scenarios
from jinghe.simulation.limits import spillover_effort
from jinghe.simulation.parameters import Parameters
from jinghe.simulation.setting import make_setting


@pytest.fixture(scope="module")
def toy(root) -> Compact:
    return load_compact(root / "cases" / "toy")


@pytest.fixture(scope="module")
def panel(toy) -> Panel:
    return load_panel(toy).panel


def textbook(toy: Compact, *, n: int, k: int, spillover: float) -> Compact:
    """A compact of n neighbours that ranks growth alone, without contracts and without a residual claim."""
    codes = [f"9{i:05d}" for i in range(n)]
    cities = tuple(Jurisdiction(code, Text(code, code), "prefecture") for code in codes)
    contest = replace(toy.contest, level="prefecture", weights=growth_only(toy))
    parameters = {"promotion_slots": k, "spillover": spillover, "sharing": 0.0, "joint_value": 0.0, "willingness": 0.0}
    plan = replace(toy.simulate, preset="zhou", horizon=3, parameters=parameters)
    region = Region(cities, borders=tuple(combinations(codes, 2)))
    return replace(toy, region=region, contracts=(), items=(), contest=contest, simulate=plan)


def growth_only(toy: Compact) -> dict[str, tuple[tuple[object, float], ...]]:
    day = min(day for weight in toy.contest.weights.values() for day, _ in weight)
    return {node.id: ((day, float(node.id == "growth")),) for node in toy.contest.root.children}


@pytest.mark.parametrize("n, k", [(2, 1), (3, 1), (11, 3), (21, 3)])
def test_zhou_gives_the_effort_of_the_closed_form(toy, n, k) -> None:
    run = simulate(textbook(toy, n=n, k=k, spillover=0.4), panel=Panel(), seed=7, replications=200)

    exact = spillover_effort(n, k, prize=1, effort_cost=1, noise=1, spillover=0.4)
    effort = run.summary["growth_effort"]
    assert effort.value == pytest.approx(exact, abs=1e-8)


def test_a_run_has_every_variable_for_every_year_and_city(toy, panel) -> None:
    run = simulate(toy, panel=panel, replications=20)

    shape = (len(run.periods), len(run.codes))
    assert set(run.means) == set(run.low) == set(run.high) == set(run.regional) == set(VARIABLES)
    for name in VARIABLES:
        assert run.means[name].shape == shape
        assert (run.low[name] <= run.high[name]).all()
        assert run.regional[name].mean == pytest.approx(run.means[name].mean(axis=1))
    assert not run.calibrated
    assert run.notes[0].zh.startswith("未校准")


def test_the_same_seed_gives_the_same_run_and_another_does_not(toy, panel) -> None:
    runs = [simulate(toy, panel=panel, seed=seed, replications=20) for seed in (7, 7, 8)]

    assert np.array_equal(runs[0].means["output"], runs[1].means["output"])
    assert not np.array_equal(runs[0].means["output"], runs[2].means["output"])


def test_seed_and_replications_default_to_the_compact(toy, panel) -> None:
    short = replace(toy, simulate=replace(toy.simulate, seed=11, replications=12))

    run = simulate(short, panel=panel)

    assert (run.seed, run.replications) == (11, 12)


def test_compare_runs_the_compact_first_and_then_its_alternatives(toy, panel) -> None:
    runs = compare(toy, panel=panel, replications=20)

    assert [run.id for run in runs] == ["compact", *(a.id for a in toy.simulate.alternatives)]
    alone = simulate(toy, panel=panel, replications=20)
    assert np.array_equal(runs[0].means["trust"], alone.means["trust"])


def test_weight_on_collaboration_raises_it_and_buys_window_dressing(toy, panel) -> None:
    compact, growth = compare(toy, panel=panel, replications=100)

    more = compact.summary["cooperation"].value - growth.summary["cooperation"].value
    assert more > 4 * compact.summary["cooperation"].error
    assert compact.means["window_dressing"].min() > 0
    assert not growth.means["window_dressing"].any()


def test_threads_change_nothing() -> None:
    scenarios = [
        Scenario(
            name, Text(name, name), make_setting(Parameters(), n=5, years=3, growth_weight=w, collaboration_weight=0.4)
        )
        for name, w in (("a", 0.6), ("b", 0.5))
    ]

    whole = run_scenarios(scenarios, seed=7, replications=31)
    blocks = run_scenarios(scenarios, seed=7, replications=31, threads=3)

    for one, other in zip(whole, blocks, strict=True):
        assert all(np.array_equal(one.high[name], other.high[name]) for name in VARIABLES)
        assert [e.value for e in one.summary.values() if e.value == e.value] == [
            e.value for e in other.summary.values() if e.value == e.value
        ]


def test_progress_runs_up_to_one(toy, panel) -> None:
    shares: list[float] = []

    compare(toy, panel=panel, replications=10, progress=shares.append)

    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_finding_that_rests_on_promotion_does_not_survive_without_it() -> None:
    heavy = make_setting(Parameters(), n=5, years=3, growth_weight=0.5, collaboration_weight=0.4)
    light = make_setting(Parameters(), n=5, years=3, growth_weight=0.9)

    base, other = run_scenarios(
        [Scenario("a", Text("甲", "A"), heavy), Scenario("b", Text("乙", "B"), light)], seed=7, replications=60
    )

    assert not other.survives_without_promotion
    assert "不复存在" in other.notes[-1].zh
    assert base.summary["cooperation_without_promotion"].value < base.summary["cooperation"].value


def test_a_finding_that_rests_on_the_residual_claim_survives() -> None:
    generous = make_setting(Parameters(sharing=1.0, joint_value=20.0), n=5, years=3, growth_weight=0.9)
    stingy = generous.with_parameters(sharing=0.1)

    base, other = run_scenarios(
        [Scenario("a", Text("甲", "A"), generous), Scenario("b", Text("乙", "B"), stingy)], seed=7, replications=60
    )

    assert base.survives_without_promotion
    assert other.survives_without_promotion
    assert "方向不变" in other.notes[-1].zh


def test_faults_of_all_alternatives_are_told_at_once(toy, panel) -> None:
    wrong = tuple(
        Alternative(name, Text(name, name), {f"simulate.parameters.{key}": value})
        for name, key, value in (("a", "sharing", 3.0), ("b", "promotion_slots", 9))
    )
    broken = replace(toy, simulate=replace(toy.simulate, alternatives=wrong))

    with pytest.raises(RuleError) as caught:
        compare(broken, panel=panel)

    assert [p.code for p in caught.value.problems] == ["parameter-range", "promotion-slots"]


def test_one_replication_gives_no_error_and_is_refused(toy, panel) -> None:
    with pytest.raises(RuleError) as caught:
        simulate(toy, panel=panel, replications=1)

    assert caught.value.problems[0].text("en") == (
        "simulate.replications: there are 1 replications. Two at least are needed to give an error. "
        "Raise the number of replications."
    )


def test_a_prize_too_large_for_the_noise_is_refused_before_anything_runs(toy, panel) -> None:
    greedy = replace(toy, simulate=replace(toy.simulate, parameters={"promotion_slots": 1, "prize": 100.0}))

    with pytest.raises(RuleError) as caught:
        simulate(greedy, panel=panel)

    assert [p.code for p in caught.value.problems] == ["equilibrium-none"]


LAST = ("cooperation", "cooperation_without_promotion")


def twins() -> tuple[Scenario, Scenario]:
    setting = make_setting(Parameters(), n=5, years=3, growth_weight=0.5, collaboration_weight=0.4)
    return Scenario("a", Text("甲", "A"), setting), Scenario("b", Text("乙", "B"), setting)


def test_no_difference_is_not_called_one_that_keeps_its_direction() -> None:
    _, twin = run_scenarios(twins(), seed=7, replications=20)

    assert twin.survives_without_promotion
    assert twin.notes[-1].en == "The last joint effort does not differ from the compact's, with promotion or without."


def test_a_difference_that_appears_without_promotion_is_not_said_to_vanish() -> None:
    """The alternative has half the residual claim and so much more prize that joint effort is about the same."""
    base = make_setting(Parameters(sharing=0.6), n=5, growth_weight=0.5, collaboration_weight=0.4)
    other = base.with_parameters(sharing=0.3, prize=1.42)
    pair = [Scenario("a", Text("甲", "A"), base), Scenario("b", Text("乙", "B"), other)]

    first, found = run_scenarios(pair, seed=7, replications=20)

    levels, left = ([run.summary[name].value for run in (first, found)] for name in LAST)
    assert levels[0] == pytest.approx(levels[1], rel=0.01)
    assert left[0] > 10 * left[1]
    assert not found.survives_without_promotion
    assert "only without promotion" in found.notes[-1].en


def test_projects_finished_faster_than_there_are_any_are_said() -> None:
    """At b = 50 the first year finishes more than everything that is left, and effort collapses in the second."""
    calm, _ = twins()
    wild = replace(calm, setting=calm.setting.with_parameters(joint_value=50.0))

    runs = [run_scenarios([one], seed=7, replications=4)[0] for one in (calm, wild)]

    said = [any("Out of the model's range" in note.en for note in run.notes) for run in runs]
    assert said == [False, True]


def test_an_alternative_may_change_rules_but_not_how_all_are_simulated(toy, panel) -> None:
    wrong = (Alternative("longer", Text("更长", "Longer"), {"simulate.horizon": 20}),)

    with pytest.raises(RuleError) as caught:
        compare(replace(toy, simulate=replace(toy.simulate, alternatives=wrong)), panel=panel)

    assert [p.code for p in caught.value.problems] == ["alternative-setting"]


def test_bands_of_cities_say_when_they_rest_on_fewer_replications(monkeypatch) -> None:
    from jinghe.simulation import experiment

    monkeypatch.setattr(experiment, "_KEPT", 13 * 5 * 3 * 7)

    run = run_scenarios(twins()[:1], seed=7, replications=20)[0]

    assert any("first 7 replications" in note.en for note in run.notes)
