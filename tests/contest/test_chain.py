from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.aggregate import AGGREGATIONS
from jinghe.contest.chain import find_weights, normalise_columns, run_chain
from jinghe.contest.indicator import read_tree
from jinghe.contest.normalise import NORMALISATIONS
from jinghe.contest.prepare import Context
from jinghe.contest.steps import Steps, Weighing
from jinghe.contest.treat import Outliers
from jinghe.contest.tree import Tree
from jinghe.errors import RuleError

NAN = float("nan")
TREE = Tree.of(read_tree({"index": {"growth": ["gdp", "rd"], "green": ["air"]}}))
WEIGHTS = {"growth": 0.75, "green": 0.25, "gdp": 0.6, "rd": 0.4, "air": 1.0}
RAW = np.array([[4.0, 1.0, 30.0], [8.0, 2.0, 20.0], [6.0, 3.0, 10.0]])
LESS = (1, 1, -1)
PLAIN = Steps(scale=(0.0, 100.0))
CELL = st.one_of(st.integers(1, 60).map(float), st.just(NAN))
TABLE = st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=3, max_size=6).map(np.array)
RELATIVE = [name for name in NORMALISATIONS if name not in ("goalposts", "target", "reference")]
POSITIVE = [name for name in RELATIVE if name != "zscore_open"]
WEIGHED = [name for name in AGGREGATIONS if name != "benefit_of_doubt"]
FAST = settings(max_examples=40)


def run(raw=RAW, steps=PLAIN, weights=WEIGHTS, **context):
    return run_chain(raw, tree=TREE, steps=steps, weights=weights, directions=LESS, context=Context(**context))


def codes(error):
    return [(p.code, p.place.path) for p in error.value.problems]


def test_three_cities_are_scored_by_hand():
    # gdp 0 100 50; rd 0 50 100; air, less being better, 0 50 100; growth 0 80 70; index 0 72.5 77.5
    found = run()

    assert found.normalised.tolist() == [[0, 0, 0], [100, 50, 50], [50, 100, 100]]
    assert found.nodes["growth"] == pytest.approx([0, 80, 70])
    assert found.total == pytest.approx([0, 72.5, 77.5])
    assert found.raw is not found.normalised
    assert found.weights == WEIGHTS


def test_a_dropped_leaf_gives_its_weight_to_its_siblings():
    raw = np.column_stack([RAW[:, :1], [NAN, NAN, 3.0], RAW[:, 2:]])

    found = run(raw, replace(PLAIN, coverage=0.5))

    assert (found.covered.tolist(), found.kept.tolist()) == ([True, False, True], [True, False, True])
    assert found.total == pytest.approx([0, 0.75 * 100 + 0.25 * 50, 0.75 * 50 + 0.25 * 100])


def test_a_city_that_does_not_pass_sets_no_end_of_a_scale():
    raw = np.vstack([RAW, [1000.0, NAN, NAN]])

    found = run(raw, replace(PLAIN, unit_coverage=0.65))

    assert found.fit.tolist() == [True, True, True, False]
    assert found.total == pytest.approx([0, 72.5, 77.5, NAN], nan_ok=True)


def test_the_figures_that_enter_a_step_can_be_read():
    raw = np.vstack([RAW, [5.0, 2.0, NAN]])

    found = run(raw, replace(PLAIN, imputation="median", order=("impute", "screen", "denominate", "treat")))

    assert found.entering("impute") is found.raw
    assert found.entering("screen") is found.imputed
    assert not np.isnan(found.total).any()


def test_a_base_window_fixes_treatment_and_scale():
    base = np.vstack([RAW, RAW + 1, [[500.0, 500.0, 500.0]]])
    steps = replace(PLAIN, outliers=Outliers())

    one, more = run(steps=steps, base=base), run(np.vstack([RAW, [9.0, 9.0, 9.0]]), steps, base=base)

    assert one.normalised.tolist() == more.normalised[:3].tolist()
    assert {treatment.form for treatment in one.treatments} == {"winsorise"}


def test_weights_frozen_on_a_base_window_do_not_move():
    weighing = Weighing("entropy", base=("2020",))
    steps = replace(PLAIN, weighing=weighing, scale=(1.0, 100.0))
    base = np.vstack([RAW, RAW * 2])

    one, other = run(steps=steps, weigh_base=base, base=base), run(RAW * 1.3, steps, weigh_base=base, base=base)

    assert one.weights == other.weights
    assert one.weights != run(steps=steps).weights
    assert one.weights["gdp"] + one.weights["rd"] == pytest.approx(1)


def test_a_scheme_weighs_only_the_node_it_stands_at():
    steps = replace(PLAIN, weighing=Weighing(schemes={"index": "critic"}))

    found = run(steps=steps).weights

    assert (found["gdp"], found["rd"]) == (0.6, 0.4)
    assert found["growth"] != 0.75


def test_weights_are_found_from_the_bottom_up():
    steps = replace(PLAIN, scale=(1.0, 100.0), weighing=Weighing("variation"))
    normalised = normalise_columns(RAW, tree=TREE, steps=steps, directions=LESS)

    found = find_weights(normalised, tree=TREE, steps=steps, weights=WEIGHTS)

    growth = found["gdp"] * normalised[:, 0] + found["rd"] * normalised[:, 1]
    ratio = growth.std(ddof=1) / growth.mean(), normalised[:, 2].std(ddof=1) / normalised[:, 2].mean()
    assert found["growth"] == pytest.approx(ratio[0] / sum(ratio))


def test_a_scheme_without_anything_to_weigh_by_names_its_node():
    steps = replace(
        PLAIN, goalposts=dict.fromkeys(TREE.leaves, (0.0, 10.0)), weighing=Weighing(schemes={"growth": "entropy"})
    )

    with pytest.raises(RuleError) as error:
        run(np.full((3, 3), 5.0), steps)

    assert codes(error) == [("weight-uninformative", "contest.steps[weigh].growth")]


def test_a_figure_that_does_not_suit_its_aggregate_names_its_node():
    with pytest.raises(RuleError) as error:
        run(steps=replace(PLAIN, aggregations={"growth": "geometric"}))

    assert codes(error) == [("mean-positive", "contest.steps[aggregate].growth")]


@pytest.mark.parametrize(
    "change,expected",
    [
        ({"weights": {**WEIGHTS, "water": 1.0}}, ("node-unknown", "contest.weights.water")),
        ({"weights": {k: w for k, w in WEIGHTS.items() if k != "rd"}}, ("weight-missing", "contest.weights")),
        ({"weights": {**WEIGHTS, "rd": -0.4}}, ("contest-range", "contest.weights.rd")),
        ({"weights": {**WEIGHTS, "rd": NAN}}, ("contest-range", "contest.weights.rd")),
        ({"raw": RAW[:, :2]}, ("figures-shape", "contest.tree")),
        ({"raw": np.where(RAW == 8, np.inf, RAW)}, ("figures-infinite", "contest.tree")),
    ],
)
def test_input_that_does_not_fit_is_told(change, expected):
    with pytest.raises(RuleError) as error:
        run(**change)

    assert codes(error) == [expected]


def test_constant_columns_and_empty_rows_are_no_numbers():
    raw = np.array([[5.0, 1.0, NAN], [5.0, NAN, NAN], [NAN, NAN, NAN], [5.0, 4.0, NAN]])

    found = run(raw)

    assert found.kept.tolist() == [False, True, False]
    assert found.total == pytest.approx([0, NAN, NAN, 100], nan_ok=True)


@FAST
@given(TABLE, st.sampled_from(POSITIVE), st.sampled_from(WEIGHED), st.data())
def test_permuting_the_cities_permutes_every_stage(raw, method, mean, data):
    order = data.draw(st.permutations(range(len(raw))))
    steps = Steps(normalisation=method, aggregation=mean, imputation="median", outliers=Outliers())

    one, other = run(raw, steps), run(raw[order], steps)

    assert other.normalised == pytest.approx(one.normalised[order], abs=1e-9, nan_ok=True)
    assert other.total == pytest.approx(one.total[order], abs=1e-7, nan_ok=True)


@FAST
@given(
    TABLE,
    st.sampled_from(POSITIVE),
    st.sampled_from(["arithmetic", "geometric", "harmonic", "mazziotta_pareto", "copeland"]),
)
def test_permuting_the_indicators_changes_nothing(raw, method, mean):
    turned = Tree.of(read_tree({"index": {"green": ["air"], "growth": ["rd", "gdp"]}}))
    steps = Steps(normalisation=method, aggregation=mean)

    other = run_chain(raw[:, [2, 1, 0]], tree=turned, steps=steps, weights=WEIGHTS, directions=LESS[::-1])

    assert other.total == pytest.approx(run(raw, steps).total, abs=1e-7, nan_ok=True)


@FAST
@given(TABLE, st.sampled_from(RELATIVE))
def test_the_unit_of_an_indicator_does_not_matter(raw, method):
    steps = Steps(normalisation=method, outliers=Outliers(), imputation="mean")

    assert run(raw * [1000, 1, 0.01], steps).total == pytest.approx(run(raw, steps).total, abs=1e-7, nan_ok=True)


@FAST
@given(TABLE, st.sampled_from(WEIGHED), st.floats(0.1, 50))
def test_weights_scaled_by_a_number_change_nothing(raw, mean, factor):
    steps = Steps(aggregation=mean)

    other = run(raw, steps, {name: weight * factor for name, weight in WEIGHTS.items()})

    assert other.total == pytest.approx(run(raw, steps).total, abs=1e-7, nan_ok=True)


@FAST
@given(TABLE, st.sampled_from(["arithmetic", "geometric", "harmonic", "generalised", "copeland"]), st.data())
def test_raising_a_good_figure_never_lowers_the_score(raw, mean, data):
    raw = np.nan_to_num(raw, nan=30.0)
    row = data.draw(st.integers(0, len(raw) - 1))
    steps = Steps(aggregation=mean, goalposts=dict.fromkeys(TREE.leaves, (0.0, 70.0)))
    raised = raw.copy()
    raised[row, 0] += data.draw(st.integers(1, 20))

    assert run(raised, steps).total[row] >= run(raw, steps).total[row] - 1e-9
