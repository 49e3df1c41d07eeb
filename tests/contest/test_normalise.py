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


@given(FIGURES, st.sampled_from(NORMALISATIONS), st.sampled_from([1, -1]))
def test_every_method_keeps_to_the_order_and_all_but_the_open_ones_to_the_scale(values, method, direction):
    posts = (-500.0, 500.0) if method == "goalposts" else None

    found = normalise(values, method=method, direction=direction, goalposts=posts, aim=float(np.median(values)))

    order = np.argsort(direction * values)
    assert (np.diff(found[order]) >= 0).all()
    if method != "zscore_open":
        assert (found >= 1).all()
    if method not in ("zscore_open", "reference"):
        assert (found <= 100).all()


@pytest.mark.parametrize(
    "method,direction,expected",
    [
        ("borda", 1, [25, 75, 25, 0, 100]),  # number of worse figures / (n − 1)
        ("borda", -1, [50, 25, 50, 100, 0]),
        ("percentile", 1, [40, 70, 40, 10, 90]),  # (below + half the equal) / n
        ("percentile", -1, [60, 30, 60, 90, 10]),
    ],
)
def test_borda_and_percentile_by_hand(method, direction, expected):
    values = np.array([5.0, 7.0, 5.0, 1.0, 9.0])

    assert normalise(values, method=method, direction=direction, to=(0, 100)) == pytest.approx(expected)


@pytest.mark.parametrize(
    "direction,aim,expected",
    [
        (1, 9, [0, 50, 100, 100]),  # (x − min) / (target − min), full marks from the target on
        (-1, 5, [100, 100, 50, 0]),  # 1 − (x − target) / (max − target)
        (1, 1, [100, 100, 100, 100]),  # all have reached it
        (-1, 14, [100, 100, 100, 100]),
    ],
)
def test_the_distance_to_a_target(direction, aim, expected):
    values = np.array([1.0, 5.0, 9.0, 13.0])

    assert normalise(values, method="target", direction=direction, to=(0, 100), aim=aim) == pytest.approx(expected)


def test_beyond_the_reference_city_there_is_more_than_full_marks():
    values = np.array([1.0, 5.0, 9.0, 13.0])

    assert normalise(values, method="reference", to=(0, 100), aim=9.0) == pytest.approx([0, 50, 100, 150])
    assert np.isnan(normalise(values, method="reference", aim=NAN)).all()
    assert np.isnan(normalise(values, method="reference", aim=1.0)).all()  # the worst city is no reference


def test_efficacy_runs_from_60_to_100_between_the_not_allowed_and_the_satisfactory_value():
    values = np.array([0.0, 10.0, 15.0, 30.0])

    assert normalise(values, method="efficacy", goalposts=(10, 20)).tolist() == [60, 60, 80, 100]
    assert normalise(values, method="efficacy", direction=-1, goalposts=(10, 20)).tolist() == [100, 100, 80, 60]
    assert normalise(values, method="efficacy")[2] == 80  # without posts from the worst to the best figure


def test_an_open_standard_score_is_linear_beyond_three_standard_deviations():
    values = np.append(np.zeros(30), 31.0)  # mean 1, sd √31

    found = normalise(values, method="zscore_open", to=(-3, 3))

    assert found[-1] == pytest.approx(30 / np.sqrt(31))
    assert normalise(values, method="zscore", to=(-3, 3))[-1] == 3


@pytest.mark.parametrize("method", ["minmax", "zscore", "percentile"])
def test_under_a_base_window_a_newcomer_moves_nobody(method):
    base, values = np.array([0.0, 2.0, 4.0, 6.0]), np.array([1.0, 3.0])

    before = normalise(values, method=method, base=base)

    assert normalise(np.append(values, 99.0), method=method, base=base)[:2].tolist() == before.tolist()


def test_above_the_base_window_there_is_more_than_full_marks_and_below_it_the_floor():
    found = normalise(np.array([-5.0, 5.0, 15.0]), method="minmax", to=(1, 101), base=np.array([0.0, 10.0]))

    assert found.tolist() == [1, 51, 151]


@given(FIGURES, st.sampled_from(["minmax", "rank", "zscore", "zscore_open", "borda", "percentile", "efficacy"]))
def test_the_unit_does_not_matter(values, method):
    assert normalise(values * 1000, method=method) == pytest.approx(normalise(values, method=method), abs=1e-9)


@given(FIGURES)
def test_turning_direction_and_sign_changes_nothing(values):
    turned = normalise(-values, method="minmax", direction=-1)

    assert turned == pytest.approx(normalise(values, method="minmax"), abs=1e-9)
