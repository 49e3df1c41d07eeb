from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.audit.association import (
    correlate_pair,
    find_kendall,
    find_least_correlation,
    find_spearman,
    find_swaps,
)

NAN = float("nan")
ROW = st.lists(st.one_of(st.integers(0, 6).map(float), st.just(NAN)), min_size=3, max_size=9)


def test_correlation_is_over_rows_that_both_have():
    one, two = np.array([1.0, 2.0, 3.0, NAN, 9.0]), np.array([1.0, 2.0, 4.0, 5.0, NAN])

    assert correlate_pair(one, two) == pytest.approx(np.corrcoef(one[:3], two[:3])[0, 1])


@pytest.mark.parametrize("two", [[1.0, NAN, 2.0], [5.0, 5.0, 5.0], [0.1 + 0.2, 0.3, 0.3]])
def test_too_few_rows_or_no_variation_has_no_correlation(two):
    assert isnan(correlate_pair(np.array([1.0, 2.0, 3.0]), np.array(two)))


def test_kendall_and_spearman_by_hand_where_there_are_ties():
    # Pairs: 7 agree, 1 is opposed, 2 are tied in one of the two, so that τ = 6 / √(9 · 9).
    # Mid-ranks less 3: −2 −½ −½ 1 2 and −1 −2 ½ ½ 2, so that ρ = 7.25 / 9.5.
    one, two = np.array([1.0, 2.0, 2.0, 4.0, 5.0]), np.array([2.0, 1.0, 3.0, 3.0, 9.0])

    assert find_kendall(one, two) == pytest.approx(6 / 9)
    assert find_spearman(one, two) == pytest.approx(7.25 / 9.5)


def test_the_least_correlation_of_eleven_cities_is_the_tabled_one():
    assert find_least_correlation(11) == pytest.approx(0.6021, abs=5e-5)  # table of critical values, df 9, 5 %
    assert isnan(find_least_correlation(2))


def test_swaps_are_pairs_that_change_places_and_ties_are_none():
    assert find_swaps(np.array([3.0, 2.0, 1.0]), np.array([1.0, 2.0, 2.0])) == [(0, 1), (0, 2)]
    assert find_swaps(np.array([3.0, 2.0, NAN]), np.array([2.0, 2.0, 9.0])) == []


@settings(max_examples=40)
@given(ROW, st.randoms())
def test_agreement_is_symmetric_and_whole_with_itself(row, shuffler):
    one = np.array(row)
    two = one.copy()
    shuffler.shuffle(two)

    for measure in (correlate_pair, find_kendall, find_spearman):
        assert measure(one, two) == pytest.approx(measure(two, one), nan_ok=True)
        own = measure(one, one)
        assert isnan(own) or own == pytest.approx(1)
