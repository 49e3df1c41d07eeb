import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.impute import IMPUTATIONS, History, fill, impute, recall

NAN = float("nan")
FAST = settings(max_examples=40)
CELL = st.one_of(st.integers(-50, 50).map(float), st.just(NAN))
MATRIX = st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=2, max_size=6).map(np.array)


def test_a_gap_takes_the_median_of_its_group():
    found = impute(np.array([1.0, 3.0, NAN, 90.0, 100.0]), method="group_median", groups=[[0, 1, 2], [3, 4]])

    assert found.values.tolist() == [1, 3, 2, 90, 100]
    assert found.donor.tolist() == [-2, -2, 0, -2, -2]


def test_a_gap_takes_the_mean_of_its_group():
    assert impute(np.array([1.0, 1.0, 4.0, NAN]), method="group_mean", groups=[[0, 1, 2, 3]]).values[3] == 2


def test_a_city_without_a_group_or_figures_in_it_takes_the_median_of_all():
    found = impute(np.array([1.0, 3.0, NAN, NAN, NAN]), method="group_median", groups=[[3, 4]])

    assert found.values.tolist() == [1, 3, 2, 2, 2]
    assert found.donor.tolist() == [-2, -2, -1, -1, -1]


def test_the_first_group_with_a_figure_counts():
    found = impute(np.array([NAN, NAN, 7.0, 9.0]), method="group_median", groups=[[0, 1], [0, 2]])

    assert (found.values[0], found.donor[0]) == (7, 1)


def test_the_median_of_all_knows_no_groups():
    assert impute(np.array([1.0, NAN, 5.0]), method="median", groups=[[0, 1]]).values.tolist() == [1, 3, 5]


def test_nothing_is_imputed_when_the_rules_say_so_or_nothing_is_known():
    assert not impute(np.array([1.0, NAN]), method="none").mask.any()
    assert not impute(np.array([NAN, NAN]), method="median").mask.any()


def history(*figures, now=3.0, times=(1.0, 2.0, 4.0)):
    return History(np.array(times), np.array(figures, dtype=float).reshape(len(times), 1, 1), now)


@pytest.mark.parametrize(
    "method,figures,expected",
    [
        ("latest", [5, 7, 100], 7),
        ("latest", [5, NAN, 100], 5),
        ("latest", [NAN, NAN, 100], NAN),  # a later figure is no earlier one
        ("linear", [5, 7, 11], 9),
        ("linear", [6, NAN, 12], 10),
        ("linear", [5, 7, NAN], 7),
        ("linear", [NAN, 8, NAN], 8),  # one figure is enough
        ("linear", [NAN, NAN, NAN], NAN),
    ],
)
def test_other_periods_of_the_same_city_fill_the_gap(method, figures, expected):
    found = recall(np.array([[NAN]]), method=method, history=history(*figures))

    assert found.values[0, 0] == pytest.approx(expected, nan_ok=True)
    assert found.donor[0, 0] == (-2 if np.isnan(expected) else -3)


def test_what_history_leaves_open_goes_to_the_next_method():
    past = History(np.array([1.0]), np.array([[[5.0], [NAN], [1.0]]]), 2.0)
    figures = np.array([[NAN], [NAN], [9.0]])

    found = fill(np.column_stack([figures, [[1], [1], [1]]]), method="latest", history=past_of(past), otherwise="mean")

    assert found.values[:, 0].tolist() == [5, 9, 9]
    assert found.donor[:, 0].tolist() == [-3, -1, -2]


def past_of(one):
    return History(one.times, np.concatenate([one.figures, np.full_like(one.figures, NAN)], axis=2), one.now)


def test_multiple_imputations_come_with_their_draws():
    figures = np.array([[1.0, 2.0], [2.0, NAN], [3.0, 6.0], [4.0, 8.0]])

    found = fill(figures, method="multiple", draws=5, seed=1)

    assert found.draws.shape == (5, 4, 2)
    assert found.values[1, 1] == pytest.approx(found.draws[:, 1, 1].mean())
    assert found.donor[1, 1] == -4


@FAST
@given(MATRIX, st.sampled_from(IMPUTATIONS))
def test_observed_figures_never_change_and_no_city_is_made_up(figures, method):
    past = History(np.array([0.0]), np.ones((1, *figures.shape)), 1.0)

    found = fill(figures, method=method, groups=[[0, 1]], history=past, draws=2)

    known = ~np.isnan(figures)
    assert (found.values[known] == figures[known]).all()
    assert not found.mask[known].any()
    assert np.isnan(found.values[~known.any(axis=1)]).all()
    assert (found.mask == (~np.isnan(found.values) & ~known)).all()
