import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contest.uncertainty.ties import find_tie_groups


def test_a_chain_of_ties_is_one_band():
    above = np.array([[0, 0.6, 1.0], [0.4, 0, 0.7], [0.0, 0.3, 0]])

    assert find_tie_groups(above, rank=np.array([1, 2, 3])) == ((0, 1, 2),)
    assert find_tie_groups(above, rank=np.array([1, 2, 3]), alpha=0.35) == ((0, 1), (2,))


def test_a_wider_band_of_doubt_needs_less_to_part():
    above = np.array([[0, 0.8], [0.2, 0]])

    assert find_tie_groups(above, rank=np.array([1, 2]), alpha=0.1) == ((0, 1),)
    assert find_tie_groups(above, rank=np.array([1, 2]), alpha=0.3) == ((0,), (1,))


def test_exact_ties_in_every_draw_are_one_band():
    assert find_tie_groups(np.zeros((2, 2)), rank=np.array([1, 1])) == ((0, 1),)


def test_who_has_no_rank_is_in_no_band():
    assert find_tie_groups(np.array([[0, 0], [0, 0]]), rank=np.array([0, 1])) == ((1,),)


@given(st.integers(1, 7), st.integers(0, 200), st.floats(0, 0.49))
def test_bands_hold_everyone_once_and_nobody_is_tied_across(n, seed, alpha):
    rng = np.random.default_rng(seed)
    share = rng.random((n, n))
    above = np.triu(share, 1) + np.tril(1 - share.T, -1)

    bands = find_tie_groups(above, rank=rng.permutation(n) + 1, alpha=alpha)

    assert sorted(row for band in bands for row in band) == list(range(n))
    for band in bands:
        others = [row for row in range(n) if row not in band]
        assert all(max(above[i, j], above[j, i]) >= 1 - alpha for i in band for j in others)
