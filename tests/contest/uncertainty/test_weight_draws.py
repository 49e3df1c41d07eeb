import numpy as np
import pytest

from jinghe.contest.indicator import read_tree
from jinghe.contest.rank import draw_weights
from jinghe.contest.tree import Tree
from jinghe.contest.uncertainty.weight_draws import TILE, draw_box, draw_dirichlet, draw_simplex

ROOT = read_tree({"index": {"a": ["x", "y"], "b": ["z"], "c": ["u"]}})
TREE = Tree.of(ROOT)
WEIGHTS = {"a": 0.6, "b": 0.4, "c": 0.0, "x": 0.5, "y": 0.5, "z": 1.0, "u": 1.0}
COMMON = {"weights": WEIGHTS, "under": TREE.nodes, "seed": 7}


def test_the_first_tile_is_that_of_the_plain_draws():
    plain = draw_weights(ROOT, weights={"index": 1.0} | WEIGHTS, concentration=50, draws=TILE, seed=7)

    found = draw_dirichlet(TREE, concentration=50, tile=0, **COMMON)

    assert all((plain[name][:, 0] == found[name]).all() for name in WEIGHTS)


@pytest.mark.parametrize("draw,extra", [(draw_dirichlet, {"concentration": 50}), (draw_box, {"within": 0.25})])
def test_siblings_sum_to_one_around_the_nominal_weights(draw, extra):
    tiles = [draw(TREE, tile=tile, **extra, **COMMON) for tile in range(20)]
    drawn = {name: np.concatenate([tile[name] for tile in tiles]) for name in WEIGHTS}

    assert drawn["a"] + drawn["b"] + drawn["c"] == pytest.approx(1)
    assert drawn["x"] + drawn["y"] == pytest.approx(1)
    assert (drawn["c"] == 0).all()
    assert drawn["a"].mean() == pytest.approx(0.6, abs=0.003)  # 4 standard errors


def test_a_box_keeps_the_ratio_of_two_weights_within_its_bounds():
    drawn = draw_box(TREE, within=0.25, tile=3, **COMMON)

    ratio = drawn["x"] / drawn["y"]
    assert 0.75 / 1.25 <= ratio.min() < 0.7
    assert 1.4 < ratio.max() <= 1.25 / 0.75


def test_the_simplex_takes_every_weighting_alike_and_leaves_zero_weights_out():
    drawn = draw_simplex(TREE, tile=0, **COMMON)

    assert drawn["a"].mean() == pytest.approx(0.5, abs=0.04)  # 4 standard errors of a uniform share
    assert drawn["a"].std() == pytest.approx(12**-0.5, abs=0.03)
    assert (drawn["c"] == 0).all()
    assert drawn["z"] == pytest.approx(1, abs=1e-15)


def test_a_node_has_its_own_stream():
    alone = draw_dirichlet(TREE, concentration=50, tile=2, **(COMMON | {"under": ("a",)}))
    together = draw_dirichlet(TREE, concentration=50, tile=2, **COMMON)

    assert set(alone) == {"x", "y"}
    assert (alone["x"] == together["x"]).all()
