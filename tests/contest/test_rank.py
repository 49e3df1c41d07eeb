import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contest.rank import find_ranks

NAN = float("nan")


def test_ties_share_the_lowest_number():
    assert find_ranks(np.array([70.0, 90, 70, 60])).tolist() == [2, 1, 2, 4]


def test_noise_of_floating_point_breaks_no_tie():
    assert find_ranks(np.array([0.1 + 0.2, 0.3, 0.2])).tolist() == [1, 1, 3]


def test_without_a_score_there_is_no_rank():
    assert find_ranks(np.array([NAN, 3.0, NAN, 5.0])).tolist() == [0, 2, 0, 1]
    assert find_ranks(np.array([NAN, NAN])).tolist() == [0, 0]


@given(st.lists(st.lists(st.integers(0, 5), min_size=6, max_size=6), min_size=1, max_size=4))
def test_a_rank_is_one_more_than_the_number_of_better_cities(rows):
    scores = np.array(rows, dtype=float)

    found = find_ranks(scores)

    assert found.tolist() == [[1 + sum(other > own for other in row) for own in row] for row in rows]
