from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from jinghe.contest.indicator import read_tree
from jinghe.contest.tree import Tree
from jinghe.contest.uncertainty.robust_pairs import find_robust_pairs
from jinghe.contest.uncertainty.stage import Stage
from jinghe.errors import RuleError

FLAT = Tree.of(read_tree({"index": ["x", "y", "z"]}))
DEEP = Tree.of(read_tree({"index": {"a": ["x", "y"], "b": ["z", "u", "v"]}}))
NAN = float("nan")


def make(tree, figures, mean="arithmetic", **weights):
    nominal = {name: 1 / len(below) for below in tree.children.values() for name in below} | weights
    return Stage(tree, np.asarray(figures, dtype=float), nominal, dict.fromkeys(tree.nodes, mean))


def test_a_lead_on_one_indicator_holds_while_its_weight_may_not_shrink_too_far():
    stage = make(FLAT, [[10.0, 0, 0], [0.0, 4, 4]])  # leads by 10 w_x − 4 (1 − w_x) = 14 w_x − 4

    narrow, wide = find_robust_pairs(stage, within=0.1), find_robust_pairs(stage, within=0.2)

    assert narrow.margin[0, 1] == pytest.approx(14 * 0.3 - 4)
    assert narrow.ahead.tolist() == [[False, True], [False, False]]
    assert wide.margin[0, 1] == pytest.approx(14 * 4 / 15 - 4)
    assert not wide.ahead.any()


@given(st.integers(0, 5000), st.floats(0, 1))
def test_the_least_lead_is_that_of_a_linear_programme(seed, within):
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet([2, 2, 2])
    figures = rng.uniform(1, 100, (2, 3))

    found = find_robust_pairs(make(FLAT, figures, **dict(zip("xyz", weights, strict=True))), within=within)

    bounds = [(w * (1 - within), min(1, w * (1 + within))) for w in weights]
    best = linprog(figures[0] - figures[1], A_eq=[[1, 1, 1]], b_eq=[1], bounds=bounds)
    assert found.margin[0, 1] == pytest.approx(best.fun, abs=5e-5)  # HiGHS keeps to bounds within 1e-7 · 100 · 3


@given(
    st.integers(0, 5000),
    st.sampled_from(("arithmetic", "geometric", "harmonic")),
    st.sampled_from((None, "arithmetic", "harmonic")),
)
def test_no_weights_in_the_box_turn_a_proved_pair(seed, mean, below):
    rng = np.random.default_rng(seed)
    means = {"index": "geometric" if below else mean, "a": below or mean, "b": below or mean}
    stage = replace(make(DEEP, rng.uniform(20, 100, (5, 5))), aggregations=means)
    found = find_robust_pairs(stage, within=0.3)

    drawn = {}
    for names in DEEP.children.values():
        tilt = rng.uniform(-1, 1, (200, len(names)))
        tilt -= tilt.mean(axis=1, keepdims=True)
        tilt /= np.abs(tilt).max(axis=1, keepdims=True)
        drawn |= {name: (1 + 0.3 * tilt[:, k]) / len(names) for k, name in enumerate(names)}
    scores = stage.score(drawn)
    for i, j in np.argwhere(found.ahead):
        assert (scores[:, i] > scores[:, j]).all()


def test_who_is_ahead_on_every_indicator_is_ahead_for_all_weights():
    stage = make(DEEP, [[2.0, 2, 2, 2, 2], [1.0, 1, 1, 1, 1], [3.0, 1, 1, 1, 1]])

    found = find_robust_pairs(stage, within=1)

    assert found.ahead[0, 1]
    assert not found.ahead[1].any()
    assert not found.ahead[2, 1], "its lead may weigh nothing"


def test_without_any_room_the_order_is_that_of_the_scores():
    rng = np.random.default_rng(1)
    stage = make(DEEP, rng.uniform(1, 100, (6, 5)))

    found = find_robust_pairs(stage, within=0)

    scores = stage.nominal
    assert found.margin == pytest.approx(scores[:, None] - scores[None, :])
    mixed = replace(stage, aggregations={"index": "geometric", "a": "arithmetic", "b": "harmonic"})
    logs = np.log(mixed.nominal)
    assert find_robust_pairs(mixed, within=0).margin == pytest.approx(logs[:, None] - logs[None, :])


def test_gaps_prove_nothing_and_dropped_indicators_do_not_count():
    found = find_robust_pairs(make(FLAT, [[9.0, 9, NAN], [1.0, 1, NAN], [1.0, NAN, NAN]]), within=0.5)

    assert found.ahead.tolist() == [[False, True, False], [False] * 3, [False] * 3]
    assert np.isnan(found.margin[:, 2]).all()


def test_the_least_ratio_below_a_geometric_mean_is_found_at_a_corner():
    """Two leaves: min over w_x in [0.3, 0.7] of (w·8 + (1 − w)·2)/(w·4 + (1 − w)·4) = 3.8/4."""
    tree = Tree.of(read_tree({"index": {"a": ["x", "y"]}}))
    stage = replace(make(tree, [[8.0, 2.0], [4.0, 4.0]]), aggregations={"index": "geometric", "a": "arithmetic"})

    found = find_robust_pairs(stage, within=0.4)

    assert found.margin[0, 1] == pytest.approx(np.log(3.8 / 4))
    assert found.margin[1, 0] == pytest.approx(np.log(4 / 6.2))


@pytest.mark.parametrize("means", [("arithmetic", "geometric"), ("topsis", "arithmetic"), ("geometric", "copeland")])
def test_a_tree_of_other_means_is_refused(means):
    top, below = means
    mixed = replace(make(DEEP, np.ones((2, 5))), aggregations={"index": top, "a": below, "b": below})

    with pytest.raises(RuleError) as error:
        find_robust_pairs(mixed, within=0.2)

    assert [p.code for p in error.value.problems] == ["robust-pairs-mean"]
