import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contest.uncertainty.distribution import tally_ranks

NOMINAL = np.array([1, 2, 3])
RANKS = np.array([[1, 2, 3], [2, 1, 3], [1, 3, 2], [1, 1, 3]])


def describe(ranks, nominal=NOMINAL, coverage=0.9):
    return tally_ranks(ranks, nominal=nominal).describe(codes=("A", "B", "C"), rank=nominal, coverage=coverage)


def test_four_draws_counted_by_hand():
    found = describe(RANKS)

    assert found.probability.tolist() == [[0.75, 0.25, 0], [0.5, 0.25, 0.25], [0, 0.25, 0.75]]
    assert found.above.tolist() == [[0, 0.5, 1], [0.25, 0, 0.75], [0, 0.25, 0]]
    assert found.shift.tolist() == [0.25, 0.75, 0.25]
    assert (found.low.tolist(), found.high.tolist()) == ([1, 1, 2], [2, 3, 3])
    assert found.mean.tolist() == [1.25, 1.75, 2.75]
    assert found.median.tolist() == [1, 1, 3]
    assert found.quantile(0.75).tolist() == [1, 2, 3]
    assert found.top(2).tolist() == [1, 0.75, 0.25]
    assert found.entropy == pytest.approx([0.811278, 1.5, 0.811278], abs=1e-6)


def test_who_is_not_ranked_is_above_nobody_and_below_nobody():
    found = describe(np.array([[1, 0, 2], [1, 0, 2]]), nominal=np.array([1, 0, 2]))

    assert found.above.tolist() == [[0, 0, 1], [0, 0, 0], [0, 0, 0]]
    assert (found.low[1], found.high[1], found.median[1]) == (0, 0, 0)
    assert np.isnan([found.shift[1], found.mean[1], found.entropy[1]]).all()


@given(st.integers(1, 60), st.integers(2, 7), st.integers(0, 99))
def test_counts_of_blocks_add_up_to_those_of_the_whole(draws, n, seed):
    ranks = np.random.default_rng(seed).integers(0, n + 1, size=(draws, n))
    nominal = np.arange(1, n + 1)
    cut = draws // 2

    whole = tally_ranks(ranks, nominal=nominal)
    parts = tally_ranks(ranks[:cut], nominal=nominal) + tally_ranks(ranks[cut:], nominal=nominal)

    for one, two in zip(whole.__slots__, parts.__slots__, strict=True):
        assert np.array_equal(getattr(whole, one), getattr(parts, two))
    brute = [[sum(0 < r[i] < r[j] for r in ranks) for j in range(n)] for i in range(n)]
    assert whole.above.tolist() == brute
