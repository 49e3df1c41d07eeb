import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contest.aggregate import aggregate_tree
from jinghe.contest.indicator import read_tree
from jinghe.contest.tree import Tree
from jinghe.contest.uncertainty.stage import Stage, find_leaf_weights, narrow
from jinghe.errors import RuleError

TREE = Tree.of(read_tree({"index": {"a": ["x", "y"], "b": {"c": ["z", "u"], "d": ["v"]}}}))
NAN = float("nan")


def make(figures, means, **weights):
    nominal = dict.fromkeys(TREE.ids[:-1], 0.5) | weights
    return Stage(TREE, np.asarray(figures, dtype=float), nominal, dict(zip(TREE.nodes, means, strict=True)))


def draw(rng, draws=5):
    return {name: rng.random(draws) for name in TREE.ids[:-1]}


def spell_out(stage, weights):
    return aggregate_tree(
        stage.normalised,
        tree=TREE,
        weights={name: weight[:, None] for name, weight in weights.items()},
        aggregations=stage.aggregations,
    )["index"]


@given(
    st.integers(0, 10_000),
    st.floats(0, 0.6),
    st.lists(st.sampled_from(("arithmetic", "geometric", "harmonic", "generalised")), min_size=5, max_size=5),
    st.booleans(),
)
def test_scores_are_those_of_the_tree_spelled_out(seed, gaps, means, alike):
    rng = np.random.default_rng(seed)
    figures = rng.uniform(1, 100, (6, 5))
    figures[rng.random(figures.shape) < gaps] = NAN
    stage, weights = make(figures, means[:1] * 5 if alike else means), draw(rng)

    np.testing.assert_allclose(stage.score(weights), spell_out(stage, weights), rtol=1e-12)


@pytest.mark.parametrize("mean", ["mazziotta_pareto", "topsis", "copeland"])
def test_other_aggregates_are_taken_draw_by_draw(mean):
    rng = np.random.default_rng(1)
    stage = make(rng.uniform(1, 100, (6, 5)), ("arithmetic",) * 4 + (mean,))
    weights = draw(rng)

    assert stage.power is None
    np.testing.assert_allclose(stage.score(weights), spell_out(stage, weights), rtol=1e-12)


def test_a_row_is_scored_alike_in_any_company():
    rng = np.random.default_rng(1)
    stage, weights = make(rng.uniform(1, 100, (6, 5)), ["geometric"] * 5), draw(rng, 64)

    whole = stage.score(weights)
    some = stage.score({name: weight[8:40] for name, weight in weights.items()})

    np.testing.assert_allclose(some, whole[8:40], rtol=1e-14)


def test_weights_of_what_is_not_there_go_to_the_siblings():
    named = {"a": 0.5, "b": 0.5, "x": 0.4, "y": 0.6, "c": 0.5, "d": 0.5, "z": 0.5, "u": 0.5, "v": 1.0}
    weights = {name: np.array([weight]) for name, weight in named.items()}

    found = find_leaf_weights(TREE, weights, [True, True, False, False, True])

    assert found.tolist() == [[0.2, 0.3, 0, 0, 0.5]]
    assert np.isnan(find_leaf_weights(TREE, weights, [False] * 5)).all()


def test_an_indicator_without_figures_and_a_city_without_any_keep_the_fast_way():
    figures = np.array([[1.0, 2, NAN, 4, 5], [5.0, 4, NAN, 2, 1], [NAN] * 5])
    stage = make(figures, ["arithmetic"] * 5)

    assert stage.is_flat
    assert stage.whole.tolist() == [True, True, False]
    assert np.isnan(stage.score(draw(np.random.default_rng(1)))[:, 2]).all()


def test_a_figure_that_does_not_suit_its_mean_is_told():
    stage = make([[0.0, 1, 1, 1, 1], [1.0, 1, 1, 1, 1]], ["geometric"] * 5)

    with pytest.raises(RuleError) as error:
        stage.score(draw(np.random.default_rng(1)))

    assert error.value.problems[0].code == "mean-positive"


@pytest.mark.parametrize("node", ["a", "b", "c", "v", "index"])
def test_a_node_alone_has_the_values_that_it_has_in_the_whole(node):
    rng = np.random.default_rng(2)
    figures = rng.uniform(1, 100, (6, 5))
    figures[0, 2:4] = NAN
    stage = make(figures, ("arithmetic", "geometric", "harmonic", "arithmetic", "geometric"), x=0.7, y=0.3)
    nodes = aggregate_tree(figures, tree=TREE, weights=stage.weights, aggregations=stage.aggregations)

    found = narrow(stage, node)

    np.testing.assert_allclose(found.nominal, nodes.get(node, figures[:, TREE.leaves.index("v")]), rtol=1e-12)
    assert set(found.tree.leaves) <= set(TREE.leaves)
