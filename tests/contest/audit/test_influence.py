from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.audit.influence import find_correlation_ratio, find_influence
from jinghe.contest.indicator import read_tree
from jinghe.contest.tree import Tree

TREE = Tree.of(read_tree({"index": {"growth": ["gdp", "rd"], "green": ["air", "soil", "mud"]}}))
WEIGHT = st.floats(0.1, 9)


def test_a_curve_explains_what_a_line_does_not():
    x = np.linspace(-1, 1, 21)

    assert np.corrcoef(x, x**2)[0, 1] ** 2 < 1e-12
    assert find_correlation_ratio(x, x**2) == pytest.approx(1)


def test_a_line_is_found_to_be_one_and_noise_is_not_followed():
    x = np.linspace(0, 1, 30)
    noise = np.random.default_rng(5).normal(size=30)

    assert find_correlation_ratio(x, 3 - 2 * x) == pytest.approx(1)
    assert find_correlation_ratio(x, noise) < 0.2


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=4, max_size=15))
def test_the_ratio_is_a_share_of_at_least_r_squared(pairs):
    x, y = np.array(pairs, dtype=float).T
    found = find_correlation_ratio(x, y)

    if not isnan(found):
        assert found <= 1
        assert found >= np.corrcoef(x, y)[0, 1] ** 2 - 1e-9


@pytest.mark.parametrize("x", [[1.0, 2.0, 3.0], [1.0, 1.0, 1.0, 1.0]])
def test_few_or_constant_figures_have_no_ratio(x):
    assert isnan(find_correlation_ratio(np.array(x), np.arange(len(x), dtype=float)))


def test_an_indicator_that_hardly_varies_weighs_on_paper_only():
    rng = np.random.default_rng(1)
    wide, still = rng.normal(size=60) * 30, rng.normal(size=60)
    tree = Tree.of(read_tree({"index": ["wide", "still"]}))
    values = {"wide": wide, "still": still, "index": (wide + still) / 2}

    one, two = find_influence(values, tree=tree, weights={"wide": 1, "still": 1})

    assert (one.id, one.node, one.own, one.weight) == ("wide", "index", 0.5, 0.5)
    assert one.share > 0.9
    assert one.share + two.share == pytest.approx(1)
