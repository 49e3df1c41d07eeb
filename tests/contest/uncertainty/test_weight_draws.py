import numpy as np
import pytest

from jinghe.contest.indicator import read_tree
from jinghe.contest.tree import Tree
from jinghe.contest.uncertainty.weight_draws import draw_box, draw_dirichlet, draw_simplex

TREE = Tree.of(read_tree({"index": {"a": ["x", "y"], "b": ["z"], "c": ["u"]}}))
WEIGHTS = {"a": 0.6, "b": 0.4, "c": 0.0, "x": 0.5, "y": 0.5, "z": 1.0, "u": 1.0}
COMMON = {"weights": WEIGHTS, "under": TREE.nodes, "seed": 7}


def test_dirichlet_weights_scatter_as_the_concentration_says():
    tiles = [draw_dirichlet(TREE, concentration=50, tile=tile, **COMMON) for tile in range(20)]

    for name, nominal in WEIGHTS.items():
        drawn, deviation = np.concatenate([tile[name] for tile in tiles]), (nominal * (1 - nominal) / 51) ** 0.5
        assert drawn.mean() == pytest.approx(nominal, abs=4 * deviation / drawn.size**0.5 + 1e-12)
        assert drawn.std() == pytest.approx(deviation, rel=0.05)


def test_a_change_elsewhere_in_the_tree_leaves_draws_as_they_are():
    larger = Tree.of(read_tree({"index": {"a": ["x", "y"], "b": ["z", "v"], "c": ["u"]}}))

    before, after = (
        draw_dirichlet(
            tree, concentration=50, tile=0, **COMMON | {"weights": WEIGHTS | {"v": 0.5}, "under": tree.nodes}
        )
        for tree in (TREE, larger)
    )

    assert (before["x"] == after["x"]).all()
    assert (before["a"] == after["a"]).all()


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
