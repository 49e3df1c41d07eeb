import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contest.normalise import NORMALISATIONS, find_posts, has_spread, normalise

NAN = float("nan")
FIGURES = st.lists(st.integers(-1000, 1000), min_size=3, max_size=12, unique=True).map(lambda row: np.array(row, float))


def test_minmax_is_linear_between_the_smallest_and_the_largest():
    assert normalise(np.array([2.0, 4.0, 3.0]), method="minmax").tolist() == [1, 100, 50.5]


def test_less_is_better_turns_the_scale_round():
    assert normalise(np.array([2.0, 4.0, 3.0]), method="minmax", direction=-1).tolist() == [100, 1, 50.5]


def test_goalposts_are_fixed_and_cut():
    found = normalise(np.array([-1.0, 1.0, 2.0, 9.0]), method="goalposts", to=(0, 100), goalposts=(0, 4))

    assert found.tolist() == [0, 25, 50, 100]


def test_ranks_share_the_middle_of_a_tie():
    found = normalise(np.array([5.0, 7.0, 5.0, 1.0]), method="rank", to=(0, 3))

    assert found.tolist() == [1.5, 3, 1.5, 0]


def test_a_standard_score_reaches_the_ends_at_three_standard_deviations():
    values = np.array([1.0, 2.0, 3.0])  # mean 2, sd 1

    assert find_posts(values, method="zscore") == (-1, 5)
    assert normalise(values, method="zscore", to=(0, 60)).tolist() == [20, 30, 40]


def test_gaps_stay_gaps():
    for method in ("minmax", "rank", "zscore"):
        found = normalise(np.array([1.0, NAN, 3.0, 2.0]), method=method)
        assert np.isnan(found).tolist() == [False, True, False, False]
        assert found[3] == pytest.approx(50.5)


@pytest.mark.parametrize("values", [[2.0, 2.0], [2.0, NAN], [NAN, NAN]])
def test_a_relative_scale_needs_two_different_figures(values):
    assert np.isnan(normalise(np.array(values), method="minmax")).all()
    assert np.isnan(normalise(np.array(values), method="zscore")).all()
    assert np.isnan(normalise(np.array(values), method="rank")).all()


def test_figures_too_small_for_a_standard_deviation_have_no_standard_score():
    assert np.isnan(normalise(np.array([1e-198, 2e-198, 4e-198]), method="zscore")).all()


def test_floating_point_noise_is_no_difference():
    same, more = [0.1 + 0.2 + 0.3, 0.3 + 0.3], 1.0  # 0.6000000000000001 and 0.6

    assert normalise(np.array([*same, more]), method="rank").tolist() == [25.75, 25.75, 100]
    for method in ("minmax", "zscore", "rank"):
        assert np.isnan(normalise(np.array(same), method=method)).all()
    assert has_spread(np.array([*same, more]))
    assert not has_spread(np.array(same))


@given(FIGURES, st.sampled_from([name for name in NORMALISATIONS if name != "goalposts"]), st.sampled_from([1, -1]))
def test_every_method_keeps_to_the_scale_and_to_the_order(values, method, direction):
    found = normalise(values, method=method, direction=direction)

    assert ((found >= 1) & (found <= 100)).all()
    order = np.argsort(direction * values)
    assert (np.diff(found[order]) >= 0).all()


@given(FIGURES, st.sampled_from(["minmax", "rank", "zscore"]))
def test_the_unit_does_not_matter(values, method):
    assert normalise(values * 1000, method=method) == pytest.approx(normalise(values, method=method), abs=1e-9)


@given(FIGURES)
def test_turning_direction_and_sign_changes_nothing(values):
    turned = normalise(-values, method="minmax", direction=-1)

    assert turned == pytest.approx(normalise(values, method="minmax"), abs=1e-9)
