import numpy as np
import pytest

from jinghe.contest.indicator import read_tree
from jinghe.contest.tree import Tree
from jinghe.contest.uncertainty.acceptability import find_acceptability
from jinghe.contest.uncertainty.stage import Stage

TREE = Tree.of(read_tree({"index": ["x", "y"]}))


def make(figures, **weights):
    return Stage(TREE, np.array(figures), {"x": 0.5, "y": 0.5} | weights, {"index": "arithmetic"})


def test_two_criteria_split_the_simplex_where_the_scores_cross():
    """A = (4, 0), B = (0, 1): A leads where 4 w > 1 − w, w > 1/5; its central weight is the middle of (1/5, 1)."""
    found = find_acceptability(make([[4.0, 0], [0.0, 1]]), codes=("A", "B"), draws=20_000, seed=1)

    assert found.ranks.probability[:, 0] == pytest.approx([0.8, 0.2], abs=0.012)  # 4 standard errors
    assert found.central["x"] == pytest.approx([0.6, 0.1], abs=0.01)
    assert found.central["x"] + found.central["y"] == pytest.approx([1, 1])


def test_who_is_worse_on_everything_is_first_under_no_weights():
    found = find_acceptability(make([[4.0, 4], [3.0, 3]]), codes=("A", "B"), draws=100, seed=1)

    assert found.ranks.probability.tolist() == [[1, 0], [0, 1]]
    assert np.isnan(found.central["x"][1])


def test_the_nominal_weights_do_not_matter_unless_they_are_zero():
    even, odd, none = (
        find_acceptability(make([[4.0, 0], [0.0, 1]], x=w, y=1 - w), codes=("A", "B"), draws=500, seed=1)
        for w in (0.5, 0.9, 0.0)
    )

    assert even.ranks.probability.tolist() == odd.ranks.probability.tolist()
    assert none.ranks.probability.tolist() == [[0, 1], [1, 0]]
