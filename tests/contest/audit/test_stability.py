from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.audit.stability import find_reliability, find_stability

NAN = float("nan")
SHROUT = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float)


def test_the_published_example_of_reliability():
    # Shrout & Fleiss (1979), tables 2 and 4: six targets, four judges, ICC(2,1) = .29
    assert find_reliability(SHROUT) == pytest.approx(0.29, abs=0.005)  # printed with two digits


def test_the_same_scores_every_year_are_fully_reliable_and_a_shift_is_not():
    still = np.array([[1.0, 1.0], [2.0, 2.0], [4.0, 4.0]])

    assert find_reliability(still) == pytest.approx(1)
    assert find_reliability(still + np.array([0.0, 5.0])) < 0.5


@pytest.mark.parametrize("scores", [[[1.0, 2.0]], [[1.0], [2.0]], [[3.0, 3.0], [3.0, 3.0]]])
def test_too_little_has_no_reliability(scores):
    assert isnan(find_reliability(np.array(scores)))


@settings(max_examples=30)
@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=6), st.integers(-5, 5))
def test_reliability_does_not_hang_on_the_unit(table, shift):
    scores = np.array(table, dtype=float)

    assert find_reliability(scores * 3 + shift) == pytest.approx(find_reliability(scores), abs=1e-9, nan_ok=True)


def test_years_by_hand():
    totals = np.array([[9.0, 5.0, 1.0, NAN], [9.0, 1.0, 5.0, 2.0], [9.0, 1.0, 5.0, 2.0]])
    low, high = np.array([1, 2, 3, 0]), np.array([1, 2, 3, 0])
    wide = (np.array([1, 1, 1, 1]), np.array([4, 4, 4, 4]))

    found = find_stability(totals, periods=["2021", "2022", "2023"], intervals=[(low, high), wide, wide])

    first, second = found.transitions
    assert (first.before, first.after, first.n) == ("2021", "2022", 3)
    assert first.spearman == pytest.approx(0.5)
    assert first.kendall == pytest.approx(1 / 3)
    assert (first.moved, first.beyond) == (2 / 3, 2 / 3)  # B falls from 2 to 4, C rises from 3 to 2
    assert (second.spearman, second.moved, second.beyond) == (pytest.approx(1), 0, 0)
    assert found.n == 3


def test_without_intervals_nothing_is_beyond_them():
    [one] = find_stability(np.array([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]]), periods=["2021", "2022"]).transitions

    assert one.beyond is None
    assert one.kendall == pytest.approx(-1)
