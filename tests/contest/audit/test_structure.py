from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.audit.structure import find_alpha, find_components

NAN = float("nan")
TABLE = st.integers(3, 8).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 9).map(float), min_size=3, max_size=3), min_size=n, max_size=n)
)


def columns(scores, node, figures):
    tree = scores.stages.tree
    return figures[:, [tree.leaves.index(leaf) for leaf in tree.children[node]]]


def test_alpha_of_asem_people_to_people_is_that_of_coinr(asem):
    raw, scaled = columns(asem, "P2P", asem.stages.raw), columns(asem, "P2P", asem.stages.normalised)

    assert find_alpha(raw) == pytest.approx(0.0513, abs=5e-5)  # printed with four digits
    assert find_alpha(scaled) == pytest.approx(0.8502, abs=5e-5)


def test_components_of_asem_sustainability_are_those_of_coinr(asem):
    found = find_components(np.column_stack([asem.nodes[name] for name in ("Environ", "Social", "SusEcFin")]))

    assert found.spreads == pytest.approx([1.0566, 1.0292, 0.9079], abs=5e-5)  # printed with four digits
    assert found.loadings[:, 0] == pytest.approx([0.6513, -0.7444, 0.1473], abs=5e-5)
    assert found.strong == 2


def test_two_columns_by_hand():
    # s = [[1, 0.5], [0.5, 1]]: α = 2 (1 − 2/3) = 2/3; eigenvalues of the correlations 1.5 and 0.5.
    values = np.array([[1.0, 1.0], [2.0, 3.0], [3.0, 2.0]])

    assert find_alpha(values) == pytest.approx(2 / 3)
    assert (find_components(values).spreads ** 2).tolist() == pytest.approx([1.5, 0.5])


@settings(max_examples=40)
@given(TABLE)
def test_components_keep_the_variance_and_their_length(table):
    found = find_components(np.array(table))

    if found is not None:
        assert float((found.spreads**2).sum()) == pytest.approx(found.spreads.size)
        assert (found.loadings**2).sum(axis=0).tolist() == pytest.approx([1.0] * found.spreads.size)
        assert (found.loadings.sum(axis=0) >= -1e-12).all()


@settings(max_examples=40)
@given(TABLE)
def test_alpha_is_at_most_one_and_does_not_hang_on_a_common_unit(table):
    values = np.array(table)
    alpha = find_alpha(values)

    assert isnan(alpha) or alpha <= 1 + 1e-9
    assert find_alpha(values * 7) == pytest.approx(alpha, nan_ok=True)


def test_what_cannot_be_told_is_none_or_nan():
    still = np.array([[1.0, 2.0], [1.0, 3.0], [1.0, 5.0]])

    assert find_components(still) is None
    assert isnan(find_alpha(still[:, :1]))
    assert isnan(find_alpha(np.array([[1.0, -1.0], [2.0, -2.0], [4.0, -4.0]])))  # the sum does not vary
    assert isnan(find_alpha(np.array([[1.0, NAN], [2.0, NAN], [4.0, 1.0]])))


def test_a_column_that_does_not_vary_has_no_loading():
    values = np.array([[1.0, 7.0, 2.0], [2.0, 7.0, 3.0], [4.0, 7.0, 9.0]])

    assert find_components(values).loadings[1].tolist() == [0.0, 0.0]
